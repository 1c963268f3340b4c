//! The speed slider: a scale that says what a second buys.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::text::Key;
use crate::view::{Speed, speed_buys, speed_label, speed_spoken};

use super::super::Intent;
use super::super::hooks::{use_dispatch, use_text};

#[derive(Properties, PartialEq)]
pub struct SpeedSliderProps {
    pub speed: Speed,
}

/// From 1/1000 to 16.
#[component]
pub fn SpeedSlider(props: &SpeedSliderProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let oninput = {
        let model = dispatch.model.clone();
        Callback::from(move |event: InputEvent| {
            let slider = event.target_unchecked_into::<HtmlInputElement>();
            model.emit(Intent::SetSpeed(Speed::at(slider.value_as_number() as u8)));
        })
    };
    html! {
        <div class="speed">
            <div class="speed-values" aria-hidden="true">
                <b>{ speed_label(props.speed) }</b>
                <span>{ text.say(&speed_buys(props.speed)) }</span>
            </div>
            <input type="range" min="0" max={(Speed::COUNT - 1).to_string()} {oninput}
                value={props.speed.place().to_string()} aria-label={text.get(Key::SpeedLabel)}
                aria-valuetext={text.say(&speed_spoken(props.speed))} />
        </div>
    }
}
