//! The fault bar: presets that act on the current leader.

use std::rc::Rc;

use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::view::Controls;

use super::super::Intent;
use super::super::hooks::{use_dispatch, use_text};
use super::super::widgets::{Icon, IconName};

#[derive(Properties, PartialEq)]
pub struct FaultBarProps {
    pub controls: Rc<Controls>,
}

/// Buttons that break things, and one that mends them.
#[component]
pub fn FaultBar(props: &FaultBarProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let led = props.controls.leader.is_some();
    let split = match props.controls.split {
        Some((majority, minority)) => {
            Phrase::new(Key::FaultSplit).with("majority", majority).with("minority", minority)
        }
        None => Phrase::new(Key::FaultSplitNone),
    };
    let splits = led && props.controls.split.is_some();
    let button = |icon: IconName, name: &Phrase, enabled: bool, intent: Intent| {
        let name = text.say(name);
        let title = if enabled || led {
            name.clone()
        } else {
            text.say(&Phrase::new(Key::FaultNeedsLeader).with("act", name.as_str()))
        };
        html! {
            <button class="button" type="button" disabled={!enabled} {title}
                onclick={dispatch.on(intent)}>
                <Icon name={icon} /><span class="fault-name">{ name }</span>
            </button>
        }
    };
    let on_leader = |icon, key: Key, intent| button(icon, &key.into(), led, intent);
    html! {
        <div class="fault-bar" role="group" aria-label={text.get(Key::Faults)}>
            <span class="fault-label" aria-hidden="true">{ text.get(Key::Faults) }</span>
            { on_leader(IconName::Power, Key::FaultCrashLeader, Intent::CrashLeader) }
            { on_leader(IconName::Isolate, Key::FaultIsolateLeader, Intent::IsolateLeader) }
            { button(IconName::Cut, &split, splits, Intent::Split) }
            { on_leader(IconName::OneWay, Key::FaultOneWay, Intent::OneWayCut) }
            { on_leader(IconName::Slow, Key::FaultSlowLink, Intent::SlowLink) }
            {
                button(
                    IconName::Heal,
                    &Key::FaultHeal.into(),
                    props.controls.faults,
                    Intent::HealAll,
                )
            }
        </div>
    }
}
