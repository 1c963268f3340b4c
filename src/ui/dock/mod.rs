//! The dock: the event list, where the space–time diagram will stand, and the logs.

mod events;
mod logs;

use std::rc::Rc;

use yew::prelude::*;

use crate::text::Key;
use crate::view::{EventRow, LogGrid};

use super::hooks::use_text;
use events::Events;
use logs::Logs;

#[derive(Properties, PartialEq)]
pub struct DockProps {
    pub events: Rc<Vec<Rc<EventRow>>>,
    pub logs: Rc<LogGrid>,
}

/// Both panels side by side; on a tablet one of them, by a switch.
#[component]
pub fn Dock(props: &DockProps) -> Html {
    let text = use_text();
    let logs_in_front = use_state_eq(|| false);
    let head = |logs: bool, key: Key| {
        let chosen = logs_in_front.clone();
        let onclick = Callback::from(move |_: MouseEvent| chosen.set(logs));
        html! {
            <button class="tab" type="button" aria-pressed={(*logs_in_front == logs).to_string()}
                {onclick}>{ text.get(key) }</button>
        }
    };
    html! {
        <section class="dock" aria-label={text.get(Key::RegionDock)}
            data-front={if *logs_in_front { "logs" } else { "events" }}>
            <div class="dock-switch tabs">
                { head(false, Key::Events) }
                { head(true, Key::Logs) }
            </div>
            <Events events={props.events.clone()} />
            <Logs logs={props.logs.clone()} />
        </section>
    }
}
