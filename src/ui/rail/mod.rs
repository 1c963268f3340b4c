//! The rail: requests and the inspector as tabs, the console below them.

mod console;
mod inspector;
mod journey;
mod outcome;
mod requests;

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::text::Key;
use crate::view::{ConsoleView, Controls, InspectorView, RequestRow, Selection};

use super::hooks::use_text;
use console::Console;
use inspector::Inspector;
use requests::Requests;

#[derive(Properties, PartialEq)]
pub struct RailProps {
    pub requests: Rc<Vec<Rc<RequestRow>>>,
    pub controls: Rc<Controls>,
    pub console: Rc<ConsoleView>,
    pub selection: Option<Selection>,
    pub inspector: Option<Rc<InspectorView>>,
}

/// A tab of the rail.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Requests,
    Inspect,
}

/// What clients asked, and what is selected. A selection opens the inspector.
#[component]
pub fn Rail(props: &RailProps) -> Html {
    let text = use_text();
    let tab = use_state_eq(|| Tab::Requests);
    {
        let tab = tab.clone();
        use_effect_with(props.selection, move |selection| {
            if selection.is_some() {
                tab.set(Tab::Inspect);
            }
        });
    }
    let heads = [(Tab::Requests, Key::Requests), (Tab::Inspect, Key::Inspect)].map(|(own, key)| {
        let onclick = {
            let tab = tab.clone();
            Callback::from(move |_: MouseEvent| tab.set(own))
        };
        let chosen = *tab == own;
        html! {
            <button id={id_of(own)} class="tab" type="button" role="tab"
                aria-selected={chosen.to_string()} aria-controls="rail-panel"
                tabindex={if chosen { "0" } else { "-1" }} {onclick}>
                { text.get(key) }
            </button>
        }
    });
    let onkeydown = {
        let tab = tab.clone();
        Callback::from(move |event: KeyboardEvent| {
            if !matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight") {
                return;
            }
            event.prevent_default();
            event.stop_propagation();
            let other = if *tab == Tab::Requests { Tab::Inspect } else { Tab::Requests };
            tab.set(other);
            focus(id_of(other));
        })
    };
    html! {
        <aside class="rail" aria-label={text.get(Key::RegionRail)}>
            <div class="tabs" role="tablist" aria-label={text.get(Key::RegionRail)} {onkeydown}>
                { for heads }
            </div>
            <div id="rail-panel" class="rail-body" role="tabpanel" tabindex="0"
                aria-labelledby={id_of(*tab)}>
                if *tab == Tab::Requests {
                    <Requests requests={props.requests.clone()}
                        client={props.controls.client} />
                } else {
                    <Inspector inspector={props.inspector.clone()} />
                }
            </div>
            <Console controls={props.controls.clone()} console={props.console.clone()} />
        </aside>
    }
}

const fn id_of(tab: Tab) -> &'static str {
    match tab {
        Tab::Requests => "tab-requests",
        Tab::Inspect => "tab-inspect",
    }
}

/// Where the console is typed at.
const CONSOLE_INPUT: &str = "console-input";

/// Goes to the console.
pub fn focus_console() {
    focus(CONSOLE_INPUT);
}

fn focus(id: &str) {
    use wasm_bindgen::JsCast;
    let document = web_sys::window().and_then(|window| window.document());
    let element = document.and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        element.focus().ok();
    }
}
