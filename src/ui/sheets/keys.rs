//! The table of keys, drawn from the table that handles them.

use yew::prelude::*;

use crate::text::Key;

use super::super::commands::{COMMANDS, Command};
use super::super::hooks::use_text;
use super::SheetFrame;

/// Every key and what it does.
#[component]
pub fn KeysSheet() -> Html {
    let text = use_text();
    let cap = |key: &&'static str| html! { <kbd>{ *key }</kbd> };
    let row = |command: &Command| {
        let range = if command.name == "select" { "range" } else { "either" };
        html! {
            <tr>
                <th scope="row" data-keys={range}>{ for command.shown.iter().map(cap) }</th>
                <td>{ text.get(command.label) }</td>
            </tr>
        }
    };
    html! {
        <SheetFrame title={text.get(Key::Keys)} about={text.get(Key::KeysAbout)}>
            <table class="keys-table"><tbody>{ for COMMANDS.iter().map(row) }</tbody></table>
        </SheetFrame>
    }
}
