//! The card of a broken law: two facts, and that both cannot be true.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::view::{FactView, SeenFrom, ViolationView};
use crate::viewer::Action;

use super::super::Intent;
use super::super::context::{Dispatch, Language};
use super::super::hooks::{use_dispatch, use_text};
use super::super::widgets::{Icon, IconName, epoch_attribute};

#[derive(Properties, PartialEq)]
pub struct ViolationCardProps {
    pub violation: Rc<ViolationView>,
}

/// What is broken, and the way on. It takes the focus when it appears.
#[component]
pub fn ViolationCard(props: &ViolationCardProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let card = use_node_ref();
    let violation = &props.violation;
    {
        let (card, stopped) = (card.clone(), violation.seen_from == SeenFrom::There);
        use_effect_with((), move |()| {
            if let Some(card) = card.cast::<HtmlElement>().filter(|_| stopped) {
                card.focus().ok();
            }
        });
    }
    let facts = match &violation.facts[..] {
        [alone] => html! {
            <>
                { fact(&text, &dispatch, alone) }
                <p class="violation-both">{ text.get(Key::ViolationAlone) }</p>
            </>
        },
        facts => {
            let both = || {
                html! {
                    <p class="violation-both">{ text.get(Key::ViolationBoth) }</p>
                }
            };
            let part = |(place, found): (usize, &FactView)| {
                html! {
                    <>
                        { for (place > 0).then(both) }
                        { fact(&text, &dispatch, found) }
                    </>
                }
            };
            html! { { for facts.iter().enumerate().map(part) } }
        }
    };
    let last_stretch = Intent::Do(Action::SeekInstant(violation.last_stretch()));
    let remark = match violation.seen_from {
        SeenFrom::Before => Some(Key::ViolationAhead),
        SeenFrom::There => None,
        SeenFrom::Behind => Some(Key::ViolationContinued),
    };
    let property = Phrase::new(Key::ViolationProperty).with("property", violation.property);
    html! {
        <>
            <div class="violation" role="alert" tabindex="-1" ref={card}>
                <h2><Icon name={IconName::Bang} />{ text.get(violation.law.name()) }</h2>
                <div class="violation-body">
                    <p class="violation-law">
                        { text.get(violation.law.about()) }
                        <small>{ text.say(&property) }</small>
                    </p>
                    { facts }
                </div>
            </div>
            <div class="violation-acts">
                <button class="button ink" type="button" onclick={dispatch.on(last_stretch)}>
                    { text.get(Key::ViolationStretch) }
                </button>
                if violation.seen_from == SeenFrom::There {
                    <button class="button" type="button"
                        onclick={dispatch.on(Intent::ContinueAnyway)}>
                        { text.get(Key::ViolationContinue) }
                    </button>
                }
                if let Some(key) = remark {
                    <p>{ text.get(key) }</p>
                }
            </div>
        </>
    }
}

fn fact(text: &Language, dispatch: &Dispatch, fact: &FactView) -> Html {
    let (title, go) = match fact.letter {
        "A" => (Key::ViolationFactA, Key::ViolationGoA),
        _ => (Key::ViolationFactB, Key::ViolationGoB),
    };
    let seek = Intent::Do(Action::SeekEvent(fact.event));
    let when = Phrase::new(Key::ViolationWhen).with("at", fact.at).with("epoch", fact.epoch);
    html! {
        <div class="fact" data-epoch={epoch_attribute(fact.epoch)}>
            <div class="fact-head">
                <h3>{ text.get(title) }</h3><span class="mono">{ text.say(&when) }</span>
            </div>
            <p>{ text.say(&fact.sentence) }</p>
            <button class="button" type="button" onclick={dispatch.on(seek)}>
                { text.get(go) }
            </button>
        </div>
    }
}
