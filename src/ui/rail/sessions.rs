//! The sessions, each with an arc that empties until the leader lets it expire.

use std::rc::Rc;

use web_sys::{Element, SvgElement};
use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::view::{Countdown, SessionRow, SessionsView};

use super::super::hooks::{use_frames, use_text};

#[derive(Properties, PartialEq)]
pub struct SessionsProps {
    pub sessions: Rc<SessionsView>,
}

/// All sessions.
#[component]
pub fn Sessions(props: &SessionsProps) -> Html {
    let text = use_text();
    let sessions = &props.sessions;
    let about = match sessions.leader {
        _ if sessions.rows.is_empty() => Key::SessionsNone.into(),
        Some(leader) => Phrase::new(Key::SessionsCounted).with("leader", leader),
        None => Key::SessionsUncounted.into(),
    };
    let title = text.get(Key::Sessions);
    html! {
        <section class="sessions" aria-label={title.clone()}>
            <h2>{ title }</h2>
            <p>{ text.say(&about) }</p>
            <ul>
                { for sessions.rows.iter().map(|row| html! {
                    <Session key={row.session.0} row={row.clone()} />
                }) }
            </ul>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct SessionProps {
    row: SessionRow,
}

/// A session.
#[component]
fn Session(props: &SessionProps) -> Html {
    let text = use_text();
    let row = &props.row;
    let paths = |key, paths: &[Rc<str>]| {
        (!paths.is_empty()).then(|| {
            html! {
                <div class="session-paths">
                    <dt>{ text.get(key) }</dt>
                    { for paths.iter().map(|path| html! { <dd>{ &**path }</dd> }) }
                </div>
            }
        })
    };
    html! {
        <li class="session">
            <TimeoutArc countdown={row.life.countdown()} />
            <div>
                <div class="session-line">
                    <b>{ text.say(&row.place()) }</b>
                    <span class="mono">{ row.session.to_string() }</span>
                </div>
                <p>{ text.say(&row.life()) }</p>
                <dl>
                    { for paths(Key::SessionEphemerals, &row.ephemerals) }
                    { for paths(Key::SessionWatches, &row.watches) }
                </dl>
            </div>
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct TimeoutArcProps {
    countdown: Option<Countdown>,
}

/// The time left, as an arc and in seconds; painted at every frame, rendered only when it is
/// refilled.
#[component]
fn TimeoutArc(props: &TimeoutArcProps) -> Html {
    let frames = use_frames();
    let (arc, seconds) = (use_node_ref(), use_node_ref());
    {
        let (arc, seconds) = (arc.clone(), seconds.clone());
        use_effect_with(props.countdown, move |countdown| {
            let following = countdown.map(|countdown| {
                frames.follow(move |now| {
                    let left = countdown.left(now);
                    if let Some(arc) = arc.cast::<SvgElement>() {
                        // It fails for a malformed name only.
                        arc.set_attribute("stroke-dashoffset", &format!("{:.3}", 1.0 - left)).ok();
                    }
                    let tenths = countdown.until.since(now).0 / 100_000;
                    let said = format!("{}.{} s", tenths / 10, tenths % 10);
                    let element = seconds.cast::<Element>();
                    let changed = element
                        .filter(|element| element.text_content().as_deref() != Some(said.as_str()));
                    if let Some(element) = changed {
                        element.set_text_content(Some(&said));
                    }
                })
            });
            move || drop(following)
        });
    }
    html! {
        <span class="session-time" data-counted={props.countdown.is_some().to_string()}>
            <svg class="session-arc" viewBox="-11 -11 22 22" aria-hidden="true">
                <circle class="session-whole" r="9" />
                if props.countdown.is_some() {
                    <circle ref={arc} class="session-left" r="9" pathLength="1"
                        stroke-dasharray="1" transform="rotate(-90)" />
                }
            </svg>
            <span class="session-seconds" ref={seconds} />
        </span>
    }
}
