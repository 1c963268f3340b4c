//! The dock: the space–time diagram, with the event list as its other view, and the logs.

mod events;
mod logs;
mod spacetime;

use std::rc::Rc;

use yew::prelude::*;

use crate::text::Key;
use crate::view::spacetime::SpacetimeView;
use crate::view::{EventRow, LogGrid};

use super::Theme;
use super::hooks::use_text;
use events::Events;
use logs::Logs;
use spacetime::Spacetime;

#[derive(Properties, PartialEq)]
pub struct DockProps {
    pub spacetime: Rc<SpacetimeView>,
    pub events: Rc<Vec<Rc<EventRow>>>,
    pub logs: Rc<LogGrid>,
    pub theme: Theme,
    pub playing: bool,
}

/// What is in front: beside the logs, or, on a tablet, in their place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Front {
    Spacetime,
    Events,
    Logs,
}

impl Front {
    const fn name(self) -> &'static str {
        match self {
            Front::Spacetime => "spacetime",
            Front::Events => "events",
            Front::Logs => "logs",
        }
    }
}

/// Diagram or event list, and the logs beside it; on a tablet one of the three, by a switch.
#[component]
pub fn Dock(props: &DockProps) -> Html {
    let text = use_text();
    let front = use_state_eq(|| Front::Spacetime);
    let bring = |own: Front| {
        let front = front.clone();
        Callback::from(move |_: MouseEvent| front.set(own))
    };
    let head = |own: Front, key: Key| {
        html! {
            <button class="tab" type="button" aria-pressed={(*front == own).to_string()}
                onclick={bring(own)}>{ text.get(key) }</button>
        }
    };
    html! {
        <section class="dock" aria-label={text.get(Key::RegionDock)} data-front={front.name()}>
            <div class="dock-switch tabs">
                { head(Front::Spacetime, Key::Spacetime) }
                { head(Front::Events, Key::Events) }
                { head(Front::Logs, Key::Logs) }
            </div>
            if *front == Front::Events {
                <Events events={props.events.clone()} on_diagram={bring(Front::Spacetime)} />
            } else {
                <Spacetime view={props.spacetime.clone()} theme={props.theme}
                    playing={props.playing} on_events={bring(Front::Events)} />
            }
            <Logs logs={props.logs.clone()} />
        </section>
    }
}
