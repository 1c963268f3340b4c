//! The event list, newest first.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::text::Key;
use crate::view::{EventRow, Spot};

use super::super::hooks::use_text;
use super::super::widgets::{GlyphIcon, epoch_attribute};

#[derive(Properties, PartialEq)]
pub struct EventsProps {
    pub events: Rc<Vec<Rc<EventRow>>>,
    /// Shows the space–time diagram in its place.
    pub on_diagram: Callback<MouseEvent>,
}

/// So many rows are rendered at first, and so many more whenever their end comes in sight.
const BATCH: usize = 24;

/// What happened, line by line.
#[component]
pub fn Events(props: &EventsProps) -> Html {
    let text = use_text();
    let shown = use_state_eq(|| BATCH);
    let total = props.events.len();
    let onscroll = {
        let shown = shown.clone();
        Callback::from(move |event: Event| {
            let list = event.target_unchecked_into::<HtmlElement>();
            let left = list.scroll_height() - list.scroll_top() - list.client_height();
            if left < list.client_height() && *shown < total {
                shown.set(*shown + BATCH);
            }
        })
    };
    let row = |row: &Rc<EventRow>| html! { <EventItem key={row.number} row={row.clone()} /> };
    html! {
        <div class="dock-panel events">
            <div class="panel-head">
                <h2>{ text.get(Key::Events) }</h2>
                <button class="spacetime-act" type="button" onclick={props.on_diagram.clone()}>
                    { text.get(Key::Spacetime) }
                </button>
            </div>
            if props.events.is_empty() {
                <p class="panel-empty">{ text.get(Key::EventsNone) }</p>
            } else {
                <ol class="events-scroll" tabindex="0" aria-label={text.get(Key::Events)}
                    {onscroll}>
                    { for props.events.iter().take(*shown).map(row) }
                </ol>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct EventItemProps {
    row: Rc<EventRow>,
}

/// One event: when, the message or a dot, what.
#[component]
fn EventItem(props: &EventItemProps) -> Html {
    let text = use_text();
    let row = &props.row;
    let place = row.place.map(|place| match place {
        Spot::Server(server) => server.to_string(),
        Spot::Client(client) => client.to_string(),
    });
    html! {
        <li class="event" data-milestone={row.milestone.to_string()}
            data-epoch={epoch_attribute(row.epoch)}>
            <span class="event-time">{ row.at.to_string() }</span>
            <span class="event-sign" data-place={place}>
                if let Some((glyph, label)) = row.glyph {
                    <GlyphIcon {glyph} {label} epoch={row.epoch} />
                } else {
                    <i class="event-dot" aria-hidden="true" />
                }
            </span>
            <span class="event-what">{ text.say(&row.what) }</span>
        </li>
    }
}
