//! The rail: requests, inspector, data and laws as tabs, the console below them.

mod console;
mod data;
mod inspector;
mod journey;
mod outcome;
mod requests;
mod safety;
mod sessions;
mod violation;
mod znode;
mod znode_tree;

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::text::Key;
use crate::view::{
    ConsoleView, Controls, Forest, InspectorView, LawsPanel, RequestRow, Selection, SessionsView,
};

use super::hooks::{use_dispatch, use_text};
use super::{PageAct, RailTab};
use console::Console;
use data::{DataChoice, DataPanel};
use inspector::Inspector;
use requests::Requests;
use safety::Safety;

#[derive(Properties, PartialEq)]
pub struct RailProps {
    pub tab: RailTab,
    pub forest: Rc<Forest>,
    pub sessions: Rc<SessionsView>,
    pub laws: Rc<LawsPanel>,
    pub requests: Rc<Vec<Rc<RequestRow>>>,
    pub controls: Rc<Controls>,
    pub console: Rc<ConsoleView>,
    pub selection: Option<Selection>,
    pub inspector: Option<Rc<InspectorView>>,
}

/// What clients asked, what is selected, what the servers hold, and what must hold.
#[component]
pub fn Rail(props: &RailProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let tab = props.tab;
    let data = use_state_eq(DataChoice::default);
    let heads = RailTab::ALL.map(|own| {
        let chosen = tab == own;
        let broken = own == RailTab::Safety && props.laws.violation.is_some();
        html! {
            <button id={id_of(own)} class="tab" type="button" role="tab"
                aria-selected={chosen.to_string()} aria-controls="rail-panel"
                data-alarm={broken.to_string()} tabindex={if chosen { "0" } else { "-1" }}
                onclick={dispatch.on_page(PageAct::ShowTab(own))}>
                { text.get(name_of(own)) }
            </button>
        }
    });
    let onkeydown = {
        let page = dispatch.page.clone();
        Callback::from(move |event: KeyboardEvent| {
            let places = match event.key().as_str() {
                "ArrowRight" => 1,
                "ArrowLeft" => RailTab::ALL.len() - 1,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            let other = tab.further(places);
            page.emit(PageAct::ShowTab(other));
            focus(id_of(other));
        })
    };
    let on_choose = {
        let data = data.clone();
        Callback::from(move |choice| data.set(choice))
    };
    html! {
        <aside class="rail" data-tab={id_of(tab)} aria-label={text.get(Key::RegionRail)}>
            <div class="tabs" role="tablist" aria-label={text.get(Key::RegionRail)} {onkeydown}>
                { for heads }
            </div>
            <div id="rail-panel" class="rail-body" role="tabpanel" tabindex="0"
                aria-labelledby={id_of(tab)}>
                { match tab {
                    RailTab::Requests => html! {
                        <Requests requests={props.requests.clone()}
                            client={props.controls.client} />
                    },
                    RailTab::Inspect => html! { <Inspector inspector={props.inspector.clone()} /> },
                    RailTab::Data => html! {
                        <DataPanel forest={props.forest.clone()} sessions={props.sessions.clone()}
                            choice={(*data).clone()} {on_choose} />
                    },
                    RailTab::Safety => html! { <Safety laws={props.laws.clone()} /> },
                } }
            </div>
            <Console controls={props.controls.clone()} console={props.console.clone()} />
        </aside>
    }
}

const fn name_of(tab: RailTab) -> Key {
    match tab {
        RailTab::Requests => Key::Requests,
        RailTab::Inspect => Key::Inspect,
        RailTab::Data => Key::Data,
        RailTab::Safety => Key::Safety,
    }
}

const fn id_of(tab: RailTab) -> &'static str {
    match tab {
        RailTab::Requests => "tab-requests",
        RailTab::Inspect => "tab-inspect",
        RailTab::Data => "tab-data",
        RailTab::Safety => "tab-safety",
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
