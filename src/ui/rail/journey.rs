//! A request's journey in one line: received, proposed, acks with the majority mark, committed,
//! replied.

use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::view::{Journey, journey_geometry};

use super::super::hooks::use_text;

#[derive(Properties, PartialEq)]
pub struct JourneyMarkProps {
    pub journey: Journey,
}

/// How far a write is.
#[component]
pub fn JourneyMark(props: &JourneyMarkProps) -> Html {
    let text = use_text();
    let journey = &props.journey;
    let places = journey_geometry(journey);
    let [received, proposed, committed, replied] = places.stations;
    let (bar, pitch) = places.bar;
    let acks = |index: u32| {
        let x = places.bars + f64::from(index) * pitch;
        html! {
            <rect class="journey-ack" data-done={(index < journey.acks).to_string()}
                x={x.to_string()} y="-6" width={bar.to_string()} height="12" />
        }
    };
    let stop = |x: f64, done: bool| {
        html! {
            <circle class="journey-stop" data-done={done.to_string()} cx={x.to_string()} r="4" />
        }
    };
    let room = f64::from(journey.voters) * pitch + 6.0;
    let spoken = Phrase::new(Key::RequestAcksSpoken)
        .with("filled", journey.acks)
        .with("total", journey.voters);
    html! {
        <svg class="journey" viewBox={format!("0 -10 {} 20", places.width)} role="img"
            style={format!("--width:{}", places.width)} aria-label={text.say(&spoken)}>
            <path class="journey-way" d={format!("M{received} 0H{replied}")} />
            <path class="journey-reached" d={format!("M{received} 0H{}", places.reached)} />
            <rect class="journey-room" x={(places.bars - 4.0).to_string()} y="-9"
                width={room.to_string()} height="18" />
            { for (0..journey.voters).map(acks) }
            <path class="journey-majority" d={format!("M{} -9.5v19", places.majority)} />
            { stop(received, journey.received) }
            { stop(proposed, journey.proposed) }
            <rect class="journey-stop" data-done={journey.committed.to_string()}
                x={(committed - 4.5).to_string()} y="-4.5" width="9" height="9" />
            { stop(replied, journey.replied) }
        </svg>
    }
}
