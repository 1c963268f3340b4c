//! The line that is typed: its ghost shows how it could go on, Tab takes it over; the arrows call
//! back what was entered before.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::view::{ClientAct, ConsoleView, Recall, suggest};

use super::super::super::Intent;
use super::super::super::hooks::{use_dispatch, use_text};
use super::super::CONSOLE_INPUT;

#[derive(Properties, PartialEq)]
pub struct PromptProps {
    pub console: Rc<ConsoleView>,
}

/// Where commands are typed.
#[component]
pub fn Prompt(props: &PromptProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let console = &props.console;
    let line = use_state_eq(String::new);
    let recall = use_state_eq(Recall::default);
    let suggested = suggest(&line, &console.paths);
    let oninput = {
        let (line, recall) = (line.clone(), recall.clone());
        Callback::from(move |event: InputEvent| {
            line.set(event.target_unchecked_into::<HtmlInputElement>().value());
            recall.set(Recall::default());
        })
    };
    let onkeydown = {
        let (line, recall, console) = (line.clone(), recall.clone(), console.clone());
        let rest = suggested.rest.clone();
        Callback::from(move |event: KeyboardEvent| {
            let show = |(next, called): (Recall, String)| {
                recall.set(next);
                line.set(called);
            };
            match event.key().as_str() {
                "Enter" if !event.is_composing() => {
                    let Some(client) = console.client else { return };
                    let act = ClientAct::Enter((*line).clone());
                    dispatch.model.emit(Intent::Client(client, act));
                    show((Recall::default(), String::new()));
                }
                "Tab" | "ArrowRight" if !rest.is_empty() && is_at_end(&event) => {
                    line.set(format!("{}{rest}", *line));
                }
                "ArrowUp" => {
                    if let Some(older) = recall.older(&console.history, &line) {
                        show(older);
                    }
                }
                "ArrowDown" => {
                    if let Some(newer) = recall.newer(&console.history) {
                        show(newer);
                    }
                }
                "Escape" => {
                    event.target_unchecked_into::<HtmlInputElement>().blur().ok();
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    let label = console
        .client
        .map(|client| text.say(&Phrase::new(Key::ConsoleInput).with("client", client)));
    html! {
        <>
            <div class="console-typed">
                <p class="console-ghost" aria-hidden="true">
                    <span>{ &*line }</span>{ &suggested.rest }
                </p>
                <input id={CONSOLE_INPUT} type="text" value={(*line).clone()} aria-label={label}
                    placeholder={text.get(Key::ConsoleHint)} disabled={console.client.is_none()}
                    title={console.prompt.to_string()} autocomplete="off" autocapitalize="off"
                    spellcheck="false" enterkeyhint="send" {oninput} {onkeydown} />
            </div>
            if !suggested.usage.is_empty() {
                <p class="console-fits">{ &suggested.usage }</p>
            }
            if !suggested.names.is_empty() {
                <p class="console-fits">
                    { text.say(&Phrase::new(Key::ConsoleFits)
                        .with("names", suggested.names.join("  "))) }
                </p>
            }
        </>
    }
}

/// Whether a key was pressed where the line ends; with Shift, Tab goes elsewhere as always.
fn is_at_end(event: &KeyboardEvent) -> bool {
    let input = event.target_unchecked_into::<HtmlInputElement>();
    let length = input.value().encode_utf16().count() as u32;
    let caret = input.selection_start().ok().flatten();
    !event.shift_key() && caret.is_none_or(|caret| caret == length)
}
