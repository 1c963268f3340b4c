//! The transport: back, play, forward, clock, the history, the branches, the speed.

mod branches;
mod clock;
mod overview;
mod speed;

use std::rc::Rc;

use yew::prelude::*;

use crate::text::Key;
use crate::view::{Controls, OverviewView};
use crate::viewer::{Action, Stop};

use super::Intent;
use super::hooks::{use_dispatch, use_text};
use super::widgets::{Icon, IconName};
use branches::Branches;
use clock::Clock;
use overview::Overview;
use speed::SpeedSlider;

#[derive(Properties, PartialEq)]
pub struct TransportProps {
    pub controls: Rc<Controls>,
    pub overview: Rc<OverviewView>,
}

/// Everything about time.
#[component]
pub fn Transport(props: &TransportProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let overview = &props.overview;
    let (icon, name) = if props.controls.playing {
        (IconName::Pause, Key::Pause)
    } else {
        (IconName::Play, Key::Play)
    };
    let name = text.get(name);
    html! {
        <section class="transport" aria-label={text.get(Key::RegionTransport)}>
            <Step back=true />
            <button class="play" type="button" aria-label={name.clone()} title={name}
                onclick={dispatch.on(Intent::PlayPause)}>
                <Icon name={icon} />
            </button>
            <Step back=false />
            <Clock />
            <Overview overview={overview.clone()} />
            if overview.branches.len() > 1 {
                <Branches overview={overview.clone()} />
            }
            <button class="live" type="button" aria-pressed={overview.live.to_string()}
                title={text.get(Key::GoLive)} onclick={dispatch.on(Intent::Do(Action::SeekEnd))}>
                <i aria-hidden="true" />{ text.get(Key::IsLive) }
            </button>
            <SpeedSlider speed={props.controls.speed} />
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct StepProps {
    back: bool,
}

/// A step by an event; with Shift, by a milestone.
#[component]
fn Step(props: &StepProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let (icon, name) = match props.back {
        true => (IconName::StepBack, text.get(Key::PreviousEvent)),
        false => (IconName::Step, text.get(Key::NextEvent)),
    };
    let onclick = {
        let (model, back) = (dispatch.model.clone(), props.back);
        Callback::from(move |event: MouseEvent| {
            let stop = if event.shift_key() { Stop::Milestone } else { Stop::Event };
            let action = if back { Action::StepBack } else { Action::StepForward };
            model.emit(Intent::Do(action(stop)));
        })
    };
    html! {
        <button class="step" type="button" aria-label={name.clone()} title={name} {onclick}>
            <Icon name={icon} />
        </button>
    }
}
