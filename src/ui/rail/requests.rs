//! The requests, newest first.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::types::ClientId;
use crate::view::{ClientAct, Outcome, RequestPart, RequestRow};

use super::super::Intent;
use super::super::hooks::{use_dispatch, use_text};
use super::super::widgets::{OpIcon, ZxidText, epoch_attribute};
use super::journey::JourneyMark;
use super::outcome::OutcomeMark;

#[derive(Properties, PartialEq)]
pub struct RequestsProps {
    pub requests: Rc<Vec<Rc<RequestRow>>>,
    /// Who would try a command.
    pub client: Option<ClientId>,
}

/// So many rows are rendered at first, and so many more whenever their end comes in sight.
const BATCH: usize = 100;

/// Every request with its journey and its outcome.
#[component]
pub fn Requests(props: &RequestsProps) -> Html {
    let text = use_text();
    let shown = use_state_eq(|| BATCH);
    let total = props.requests.len();
    let onscroll = {
        let shown = shown.clone();
        Callback::from(move |event: Event| {
            let list = event.target_unchecked_into::<HtmlElement>();
            let left = list.scroll_height() - list.scroll_top() - list.client_height();
            if left < list.client_height() && *shown < total {
                shown.set(*shown + BATCH);
            }
        })
    };
    if props.requests.is_empty() {
        return html! {
            <div class="empty">
                <h2>{ text.get(Key::RequestsNone) }</h2>
                <p>{ text.get(Key::RequestsNoneAbout) }</p>
                if let Some(client) = props.client {
                    <ToTry {client} />
                }
            </div>
        };
    }
    let item = |row: &Rc<RequestRow>| {
        let key = format!("{}-{}", row.id.client, row.id.number);
        html! { <RequestItem {key} row={row.clone()} /> }
    };
    html! {
        <div class="requests" {onscroll}>
            <p class="requests-head" aria-hidden="true">{ text.get(Key::RequestsJourney) }</p>
            <ul aria-label={text.get(Key::Requests)}>
                { for props.requests.iter().take(*shown).map(item) }
            </ul>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ToTryProps {
    client: ClientId,
}

/// Commands to begin with; each can be carried out in an ensemble that was never written to, one
/// behind the other.
const TO_TRY: [(&str, Key); 4] = [
    ("create /config v1", Key::TryCreate),
    ("create -e -s /lock- me", Key::TryEphemeral),
    ("get -w /config", Key::TryRead),
    ("multi check /config ; set /config v2", Key::TryMulti),
];

/// What can be tried at the console, at a click.
#[component]
fn ToTry(props: &ToTryProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let item = |(line, about): (&str, Key)| {
        let act = ClientAct::Enter(line.to_owned());
        html! {
            <li>
                <button type="button" onclick={dispatch.on(Intent::Client(props.client, act))}>
                    <code>{ line.to_owned() }</code>
                    <span>{ text.get(about) }</span>
                </button>
            </li>
        }
    };
    html! { <ul class="to-try">{ for TO_TRY.into_iter().map(item) }</ul> }
}

#[derive(Properties, PartialEq)]
struct RequestItemProps {
    row: Rc<RequestRow>,
}

/// One request.
#[component]
fn RequestItem(props: &RequestItemProps) -> Html {
    let text = use_text();
    let row = &props.row;
    let key = match (row.zxid, row.local) {
        (None, _) => Key::RequestWhere,
        (Some(_), true) => Key::RequestReadAt,
        (Some(_), false) => Key::RequestAt,
    };
    let place = Phrase::new(key).with("client", row.id.client).with("server", row.server);
    let (before, behind) = text.say_around(&place, "zxid");
    let remark = match row.outcome {
        Outcome::Unknown => Some(Key::RequestLost),
        Outcome::NoQuorum { .. } => Some(Key::RequestNoQuorum),
        _ => None,
    };
    let epoch = row.zxid.and_then(|zxid| epoch_attribute(zxid.epoch));
    html! {
        <li class="request" data-outcome={row.outcome.name()} data-epoch={epoch}>
            <OpIcon op={row.op} local={row.local} />
            <div class="request-line">
                <span class="request-call" title={row.call.to_string()}>
                    { &*row.call }
                    if !row.flags.is_empty() {
                        <i>{ " " }{ row.flags }</i>
                    }
                </span>
                <OutcomeMark outcome={row.outcome.clone()} />
            </div>
            <div class="request-line request-below">
                <span class="request-place">
                    { before }
                    if let Some(zxid) = row.zxid {
                        <ZxidText {zxid} />
                    }
                    { behind }
                    if let Some(remark) = remark {
                        { " · " }{ text.get(remark) }
                    }
                </span>
                if let Some(journey) = row.journey {
                    <JourneyMark {journey} />
                }
            </div>
            if !row.parts.is_empty() {
                <ul class="request-parts" aria-label={text.get(Key::RequestAllOrNothing)}>
                    { for row.parts.iter().map(part) }
                </ul>
            }
        </li>
    }
}

fn part(part: &RequestPart) -> Html {
    html! {
        <li>
            <span class="request-call">{ &*part.call }</span>
            <OutcomeMark outcome={part.outcome.clone()} />
        </li>
    }
}
