//! The client bar: who speaks, and a sensible write, read or multi without typing.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::types::ClientId;
use crate::view::{ClientChoice, Controls};

use super::super::Intent;
use super::super::hooks::{use_dispatch, use_text};
use super::super::widgets::{Icon, IconName};

#[derive(Properties, PartialEq)]
pub struct ClientBarProps {
    pub controls: Rc<Controls>,
}

/// A client and its three buttons.
#[component]
pub fn ClientBar(props: &ClientBarProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let controls = &props.controls;
    let onchange = {
        let model = dispatch.model.clone();
        Callback::from(move |event: Event| {
            let select = event.target_unchecked_into::<HtmlSelectElement>();
            if let Ok(client) = select.value().parse() {
                model.emit(Intent::ChooseClient(ClientId(client)));
            }
        })
    };
    let option = |choice: &ClientChoice| {
        let key = if choice.connected { Key::ClientOn } else { Key::ClientOff };
        let name = Phrase::new(key).with("client", choice.client).with("server", choice.server);
        html! {
            <option key={choice.client.0} value={choice.client.0.to_string()}
                selected={controls.client == Some(choice.client)}>{ text.say(&name) }</option>
        }
    };
    let disabled = controls.chosen().is_none();
    let act = |class: &'static str, key, intent| {
        html! {
            <button class={classes!("button", class)} type="button" {disabled}
                onclick={dispatch.on(intent)}>{ text.get(key) }</button>
        }
    };
    html! {
        <div class="client-bar">
            <div class="client-choice">
                <select aria-label={text.get(Key::ClientChoose)} {onchange}>
                    { for controls.clients.iter().map(option) }
                </select>
                <Icon name={IconName::Down} />
            </div>
            <div class="client-acts">
                { act("ink wide", Key::SendWrite, Intent::SendWrite) }
                { act("wide", Key::Read, Intent::Read) }
                { act("", Key::Multi, Intent::Multi) }
            </div>
        </div>
    }
}
