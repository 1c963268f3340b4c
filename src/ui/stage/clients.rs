//! The clients: pills on double session lines.

use std::rc::Rc;

use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::view::{ClientView, Layout, Point, Spot, short_session};

use super::super::Intent;
use super::super::hooks::{use_dispatch, use_text};

#[derive(Properties, PartialEq)]
pub struct ClientsProps {
    pub clients: Vec<ClientView>,
    pub layout: Rc<Layout>,
}

/// All clients with their session lines.
#[component]
pub fn Clients(props: &ClientsProps) -> Html {
    let place = |client: &ClientView| {
        let at = props.layout.client(client.id)?;
        let server = Spot::Server(client.server);
        let (end, _) = props.layout.port(server, Spot::Client(client.id))?;
        let phone = props.layout.frame.phone;
        Some(html! {
            <ClientPill key={client.id.0} client={client.clone()} {at} {end} {phone} />
        })
    };
    html! { <g class="clients">{ for props.clients.iter().filter_map(place) }</g> }
}

#[derive(Properties, PartialEq)]
struct ClientPillProps {
    client: ClientView,
    at: Point,
    end: Point,
    phone: bool,
}

/// One client.
#[component]
fn ClientPill(props: &ClientPillProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let ClientPillProps { client, at, end, phone } = props;
    let key = if client.connected { Key::ClientSpoken } else { Key::ClientSpokenLost };
    let name = Phrase::new(key).with("client", client.id).with("server", client.server);
    let line = if client.connected {
        let (dx, dy) = (at.x - end.x, at.y - end.y);
        let length = dx.hypot(dy).max(1.0);
        let (x, y) = (-dy / length * 1.8, dx / length * 1.8);
        format!(
            "M{:.1} {:.1}L{:.1} {:.1}M{:.1} {:.1}L{:.1} {:.1}",
            end.x + x,
            end.y + y,
            at.x + x,
            at.y + y,
            end.x - x,
            end.y - y,
            at.x - x,
            at.y - y
        )
    } else {
        format!("M{:.1} {:.1}L{:.1} {:.1}", end.x, end.y, at.x, at.y)
    };
    let below = match (client.connected, client.session) {
        (false, _) => Some(text.get(Key::ConnectionLost)),
        (true, session) => session.map(short_session),
    };
    let id = client.id;
    let onpointerdown = Callback::from(|event: PointerEvent| event.stop_propagation());
    html! {
        <g class="client" data-connected={client.connected.to_string()}>
            <path class="client-line" d={line} />
            <g class="client-pill" role="img" aria-label={text.say(&name)}
                transform={format!("translate({:.1} {:.1})", at.x, at.y)}
                {onpointerdown} onclick={dispatch.on(Intent::ChooseClient(id))}>
                <title>{ for client.session.map(|session| session.to_string()) }</title>
                <rect x="-19" y="-12" width="38" height="24" rx="12" />
                <text class="client-name" y="4.2">{ id.to_string() }</text>
                if !phone {
                    <text class="client-session" y="25">{ for below }</text>
                }
            </g>
        </g>
    }
}
