//! The event list, newest first.

use std::rc::Rc;

use yew::prelude::*;

use crate::text::Key;
use crate::view::{EventRow, Spot};

use super::super::hooks::use_text;
use super::super::widgets::{GlyphIcon, epoch_attribute};

#[derive(Properties, PartialEq)]
pub struct EventsProps {
    pub events: Rc<Vec<EventRow>>,
}

/// What happened, line by line.
#[component]
pub fn Events(props: &EventsProps) -> Html {
    let text = use_text();
    let row = |row: &EventRow| html! { <EventItem key={row.number} row={row.clone()} /> };
    html! {
        <div class="dock-panel events">
            <div class="panel-head"><h2>{ text.get(Key::Events) }</h2></div>
            if props.events.is_empty() {
                <p class="panel-empty">{ text.get(Key::EventsNone) }</p>
            } else {
                <div class="events-scroll" tabindex="0" role="region"
                    aria-label={text.get(Key::Events)}>
                    <table>
                        <thead class="visually-hidden">
                            <tr>
                                <th scope="col">{ text.get(Key::EventsTime) }</th>
                                <th scope="col">{ text.get(Key::EventsWhere) }</th>
                                <th scope="col">{ text.get(Key::EventsWhat) }</th>
                            </tr>
                        </thead>
                        <tbody>{ for props.events.iter().map(row) }</tbody>
                    </table>
                </div>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct EventItemProps {
    row: EventRow,
}

/// One event.
#[component]
fn EventItem(props: &EventItemProps) -> Html {
    let text = use_text();
    let row = &props.row;
    let place = row.place.map(|place| match place {
        Spot::Server(server) => server.to_string(),
        Spot::Client(client) => client.to_string(),
    });
    html! {
        <tr class="event" data-milestone={row.milestone.to_string()}
            data-epoch={epoch_attribute(row.epoch)}>
            <td class="event-time">{ row.at.to_string() }</td>
            <td class="event-place">
                if let Some((glyph, label)) = row.glyph {
                    <GlyphIcon {glyph} {label} epoch={row.epoch} />
                } else {
                    <i class="event-dot" aria-hidden="true" />
                }
                <span class="visually-hidden">{ for place }</span>
            </td>
            <td class="event-what">
                <span>{ text.say(&row.what) }</span>
            </td>
        </tr>
    }
}
