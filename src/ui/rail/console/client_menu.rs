//! Which client speaks, and what becomes of its session.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::types::{ClientId, ServerId};
use crate::view::{ClientAct, ClientChoice, ConsoleView, Controls};

use super::super::super::Intent;
use super::super::super::hooks::{Menu, use_dispatch, use_menu, use_text};
use super::super::super::widgets::{Icon, IconName};

#[derive(Properties, PartialEq)]
pub struct ClientMenuProps {
    pub console: Rc<ConsoleView>,
    pub controls: Rc<Controls>,
}

/// `C1 on S2`, a button that opens the menu.
#[component]
pub fn ClientMenu(props: &ClientMenuProps) -> Html {
    let text = use_text();
    let Menu { open, button, toggle, close, onkeydown } = use_menu();
    let name = props.controls.chosen().map(|chosen| text.say(&called(chosen)));
    html! {
        <div class="client-menu" {onkeydown}>
            <button class="client-button" type="button" ref={button} aria-haspopup="dialog"
                aria-expanded={open.to_string()} title={text.get(Key::ClientMenu)}
                onclick={toggle}>
                <span>{ name.unwrap_or_else(|| "–".to_owned()) }</span>
                <Icon name={IconName::Down} />
            </button>
            if open {
                <ClientSheet console={props.console.clone()} controls={props.controls.clone()}
                    {close} />
            }
        </div>
    }
}

fn called(choice: &ClientChoice) -> Phrase {
    let key = if choice.connected { Key::ClientOn } else { Key::ClientOff };
    Phrase::new(key).with("client", choice.client).with("server", choice.server)
}

#[derive(Properties, PartialEq)]
struct ClientSheetProps {
    console: Rc<ConsoleView>,
    controls: Rc<Controls>,
    close: Callback<()>,
}

/// The clients, the chosen one's session, and a place for one more.
#[component]
fn ClientSheet(props: &ClientSheetProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let sheet = use_node_ref();
    {
        let sheet = sheet.clone();
        use_effect_with((), move |()| {
            if let Some(sheet) = sheet.cast::<HtmlElement>() {
                sheet.focus().ok();
            }
        });
    }
    let ask = {
        let (model, close) = (dispatch.model.clone(), props.close.clone());
        move |intent: Intent| {
            let (model, close) = (model.clone(), close.clone());
            Callback::from(move |_: MouseEvent| {
                model.emit(intent.clone());
                close.emit(());
            })
        }
    };
    let console = &props.console;
    let choice = |choice: &ClientChoice| {
        let chosen = props.controls.client == Some(choice.client);
        html! {
            <button key={choice.client.0} class="button" type="button"
                aria-pressed={chosen.to_string()}
                onclick={ask(Intent::ChooseClient(choice.client))}>
                { text.say(&called(choice)) }
            </button>
        }
    };
    let addition = |server: &ServerId| {
        let label = text.say(&Phrase::new(Key::ClientAddOn).with("server", *server));
        html! {
            <button key={server.0} class="button" type="button" aria-label={label}
                onclick={ask(Intent::AddClient(*server))}>{ server.to_string() }</button>
        }
    };
    html! {
        <div class="client-sheet" role="dialog" aria-label={text.get(Key::ClientMenu)} tabindex="-1"
            ref={sheet}>
            <h2>{ text.get(Key::ClientChoose) }</h2>
            <div class="client-row">{ for props.controls.clients.iter().map(choice) }</div>
            if let Some(client) = console.client {
                <SessionActs console={console.clone()} {client} close={props.close.clone()} />
            }
            <h2>{ text.get(Key::ClientAdd) }</h2>
            <div class="client-row">{ for console.servers.iter().map(addition) }</div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct SessionActsProps {
    console: Rc<ConsoleView>,
    client: ClientId,
    close: Callback<()>,
}

/// What can become of the client's session.
#[component]
fn SessionActs(props: &SessionActsProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let (console, client) = (&props.console, props.client);
    let ask = |act: ClientAct| {
        let (model, close) = (dispatch.model.clone(), props.close.clone());
        Callback::from(move |_: MouseEvent| {
            model.emit(Intent::Client(client, act.clone()));
            close.emit(());
        })
    };
    let say = |key| text.say(&Phrase::new(key).with("client", client));
    let place = |server: &ServerId| {
        let here = console.server == Some(*server);
        let phrase = Phrase::new(Key::ClientMoveTo).with("client", client);
        let label = text.say(&phrase.with("server", *server));
        html! {
            <button key={server.0} class="button" type="button" aria-label={label}
                aria-pressed={here.to_string()} onclick={ask(ClientAct::Move(*server))}>
                { server.to_string() }
            </button>
        }
    };
    html! {
        <>
            <h2>{ say(Key::ClientMove) }</h2>
            <div class="client-row">{ for console.servers.iter().map(place) }</div>
            <div class="client-row">
                if console.is_over {
                    <button class="button ink" type="button" onclick={ask(ClientAct::Connect)}>
                        { text.get(Key::ClientConnect) }
                    </button>
                } else {
                    <button class="button" type="button" onclick={ask(ClientAct::Close)}>
                        { text.get(Key::ClientClose) }
                    </button>
                    <button class="button" type="button" title={say(Key::ClientExpireAbout)}
                        onclick={ask(ClientAct::Expire)}>{ text.get(Key::ClientExpire) }</button>
                }
            </div>
        </>
    }
}
