//! What is in flight, with counts: a legend that never shows what is not there.

use yew::prelude::*;

use crate::text::Key;
use crate::view::{Flight, Flights, in_flight_counts};

use super::super::PageAct;
use super::super::hooks::{use_dispatch, use_text};
use super::super::widgets::GlyphIcon;

#[derive(Properties, PartialEq)]
pub struct InFlightProps {
    pub flights: Flights,
}

/// More kinds than this at once do not fit; the legend has them all.
const KINDS_MAX: usize = 6;

/// The kinds in flight, and the door to the whole legend.
#[component]
pub fn InFlight(props: &InFlightProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let counts = use_memo(props.flights.clone(), |flights| in_flight_counts(&flights.0));
    let item = |(flight, count): &(Flight, u32)| {
        html! {
            <li key={flight.glyph.name()}>
                <GlyphIcon glyph={flight.glyph} label={flight.label} epoch={flight.epoch} />
                <span>{ flight.glyph.name() }</span>
                <b>{ count }</b>
            </li>
        }
    };
    html! {
        <div class="in-flight">
            <div class="in-flight-head">
                if !counts.is_empty() {
                    <span>{ text.get(Key::InFlight) }</span>
                }
                <button class="link" type="button"
                    onclick={dispatch.on_page(PageAct::ToggleLegend)}>
                    { text.get(Key::Legend) }{ " " }<kbd aria-hidden="true">{ "L" }</kbd>
                </button>
            </div>
            <ul>{ for counts.iter().take(KINDS_MAX).map(item) }</ul>
        </div>
    }
}
