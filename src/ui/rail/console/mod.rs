//! The console: what stands on it, the line that is typed, and a sensible write, read, multi or
//! sync without typing.

mod client_menu;
mod log;
mod prompt;

use std::rc::Rc;

use yew::prelude::*;

use crate::text::Key;
use crate::view::{ConsoleView, Controls};

use super::super::Intent;
use super::super::hooks::{use_dispatch, use_text};
use client_menu::ClientMenu;
use log::ConsoleLog;
use prompt::Prompt;

#[derive(Properties, PartialEq)]
pub struct ConsoleProps {
    pub console: Rc<ConsoleView>,
    pub controls: Rc<Controls>,
}

/// A client's console, and the choice of the client.
#[component]
pub fn Console(props: &ConsoleProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let console = &props.console;
    let disabled = console.client.is_none();
    let act = |class: &'static str, key, intent| {
        html! {
            <button class={classes!("button", class)} type="button" {disabled}
                onclick={dispatch.on(intent)}>{ text.get(key) }</button>
        }
    };
    html! {
        <div class="console">
            <p class="console-status">{ text.say(&console.status) }</p>
            <ConsoleLog console={console.clone()} />
            if let Some(waiting) = &console.waiting {
                <p class="console-status" role="status">{ text.say(waiting) }</p>
            }
            <div class="console-line">
                <ClientMenu console={console.clone()} controls={props.controls.clone()} />
                <Prompt console={console.clone()} />
            </div>
            <div class="client-acts">
                { act("ink wide", Key::SendWrite, Intent::SendWrite) }
                { act("wide", Key::Read, Intent::Read) }
                { act("", Key::Multi, Intent::Multi) }
                { act("", Key::Sync, Intent::Sync) }
            </div>
        </div>
    }
}
