//! The transport: play, step, clock, overview, speed.

mod clock;
mod overview;
mod speed;

use std::rc::Rc;

use yew::prelude::*;

use crate::text::Key;
use crate::view::{Controls, OverviewView};

use super::Intent;
use super::hooks::{use_dispatch, use_text};
use super::widgets::{Icon, IconName};
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
    let (icon, name) = if props.controls.playing {
        (IconName::Pause, Key::Pause)
    } else {
        (IconName::Play, Key::Play)
    };
    let name = text.get(name);
    let step = text.get(Key::NextEvent);
    let onstep = {
        let model = dispatch.model.clone();
        Callback::from(move |event: MouseEvent| {
            let milestone = event.shift_key();
            model.emit(if milestone { Intent::StepMilestone } else { Intent::StepEvent });
        })
    };
    html! {
        <section class="transport" aria-label={text.get(Key::RegionTransport)}>
            <button class="play" type="button" aria-label={name.clone()} title={name}
                onclick={dispatch.on(Intent::PlayPause)}>
                <Icon name={icon} />
            </button>
            <button class="step" type="button" aria-label={step.clone()} title={step}
                onclick={onstep}>
                <Icon name={IconName::Step} />
            </button>
            <Clock />
            <Overview overview={props.overview.clone()} />
            <SpeedSlider speed={props.controls.speed} />
        </section>
    }
}
