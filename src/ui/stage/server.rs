//! A server: node and tag, one object.

use wasm_bindgen::JsCast;
use web_sys::SvgElement;
use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::types::ServerId;
use crate::view::{RoleShape, ServerView, Slot};

use super::super::Intent;
use super::super::hooks::{use_dispatch, use_text};
use super::super::widgets::{RoleMark, ZxidTspans, epoch_attribute};
use super::tag::Tag;
use super::tally_ring::TallyRing;

#[derive(Properties, PartialEq)]
pub struct ServerNodeProps {
    pub server: ServerView,
    pub slot: Slot,
    pub selected: bool,
    /// Whether the Tab key stops here.
    pub tab_stop: bool,
    /// How many servers there are, for the way round the ring.
    pub count: u8,
    /// How many make a quorum.
    pub quorum: u32,
    pub tag_height: f64,
    pub dense: bool,
    pub phone: bool,
}

/// One server on the stage.
#[component]
pub fn ServerNode(props: &ServerNodeProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let ServerNodeProps { server, slot, .. } = props;
    let id = server.id;
    let shape = server.shape();
    let onkeydown = {
        let (dispatch, count) = (dispatch.clone(), props.count);
        Callback::from(move |event: KeyboardEvent| {
            let intent = match event.key().as_str() {
                "Enter" | " " => Intent::SelectServer(id),
                "c" => Intent::CrashOrRestart(id),
                "p" => Intent::PauseOrResume(id),
                "i" => Intent::Isolate(id),
                "ArrowRight" | "ArrowDown" => return walk(&event, id, count, 1),
                "ArrowLeft" | "ArrowUp" => return walk(&event, id, count, count - 1),
                _ => return,
            };
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            event.prevent_default();
            event.stop_propagation();
            dispatch.model.emit(intent);
        })
    };
    let onpointerdown = Callback::from(|event: PointerEvent| event.stop_propagation());
    let select = dispatch.on(Intent::SelectServer(id));
    let power = dispatch.on(Intent::CrashOrRestart(id));
    let tag = slot.tag(props.tag_height).relative_to(slot.at);
    let reach = slot.radius + if shape.has_ring() { 24.0 } else { 14.0 };
    html! {
        <g class="server" data-shape={shape.name()} data-selected={props.selected.to_string()}
            data-epoch={epoch_attribute(server.epoch())} {onpointerdown}
            transform={format!("translate({:.2} {:.2})", slot.at.x, slot.at.y)}>
            <g id={format!("server-{}", id.0)} class="server-body" role="button"
                tabindex={if props.tab_stop { "0" } else { "-1" }}
                aria-label={text.say(&server.spoken())} aria-pressed={props.selected.to_string()}
                onclick={select} ondblclick={power} {onkeydown}>
                <circle class="server-reach" r={(slot.radius + 9.0).to_string()} />
                <rect class="server-reach" x={tag.left.to_string()} y={tag.top.to_string()}
                    width={tag.width.to_string()} height={tag.height.to_string()} />
            </g>
            <g class="server-face" aria-hidden="true">
                <circle class="server-focus" r={reach.to_string()} />
                if props.selected {
                    <circle class="server-selected" r={(reach + 1.0).to_string()} />
                }
                if !props.phone {
                    <Tag server={server.clone()} slot={*slot} height={props.tag_height}
                        dense={props.dense} selected={props.selected} />
                }
                <circle class="server-ground" r={ground(shape, slot.radius).to_string()} />
                { ring(props) }
                <RoleMark {shape} radius={slot.radius} named={true} />
                <text class="server-name" y={name_line(shape, slot.radius).to_string()}
                    font-size={(slot.radius * 0.6).to_string()}>{ id.to_string() }</text>
                if props.phone {
                    <text class="server-zxid" y={below(shape, slot.radius).to_string()}>
                        <ZxidTspans zxid={server.last_zxid} />
                    </text>
                }
            </g>
            if !props.phone {
                <PowerSwitch {id} on={shape != RoleShape::Crashed} slot={*slot}
                    height={props.tag_height} />
            }
        </g>
    }
}

fn ring(props: &ServerNodeProps) -> Html {
    let shape = props.server.shape();
    let Some(running) = props.server.running().filter(|_| shape.has_ring()) else {
        return Html::default();
    };
    let radius = props.slot.radius + 14.0;
    html! {
        <TallyRing {radius} tally={running.tally} voters={props.count} quorum={props.quorum} />
    }
}

/// The radius of the clear ground round a node, which parts it from links and tag.
fn ground(shape: RoleShape, radius: f64) -> f64 {
    radius
        + match shape {
            RoleShape::Crashed => 4.0,
            shape if shape.has_ring() => 13.0,
            _ => 9.0,
        }
}

/// Where the name stands: in the middle, or above the bars of a paused one.
fn name_line(shape: RoleShape, radius: f64) -> f64 {
    radius * if matches!(shape, RoleShape::Paused(_)) { 0.05 } else { 0.2 }
}

/// Where the zxid stands under a node that has no tag.
fn below(shape: RoleShape, radius: f64) -> f64 {
    radius + if shape.has_ring() { 34.0 } else { 24.0 }
}

/// Moves the focus round the ring.
fn walk(event: &KeyboardEvent, from: ServerId, count: u8, steps: u8) {
    if event.shift_key() || event.alt_key() || event.ctrl_key() || event.meta_key() {
        return;
    }
    event.prevent_default();
    event.stop_propagation();
    let next = (from.0 - 1 + steps) % count + 1;
    let document = web_sys::window().and_then(|window| window.document());
    let node = document.and_then(|document| document.get_element_by_id(&format!("server-{next}")));
    if let Some(node) = node {
        // It was rendered as an SVG element, which can be focused.
        node.unchecked_into::<SvgElement>().focus().ok();
    }
}

#[derive(Properties, PartialEq)]
struct PowerSwitchProps {
    id: ServerId,
    on: bool,
    slot: Slot,
    height: f64,
}

/// The power switch at the tag's outer end.
#[component]
fn PowerSwitch(props: &PowerSwitchProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let key = if props.on { Key::CrashServer } else { Key::RestartServer };
    let name = text.say(&Phrase::new(key).with("server", props.id));
    let (id, height, slot) = (props.id, props.height, &props.slot);
    let left = if slot.side > 0.0 { slot.tag_width - 26.0 } else { -slot.tag_width };
    let inner_edge = if slot.side > 0.0 { left } else { left + 26.0 };
    let onkeydown = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "Enter" | " ") {
                event.prevent_default();
                event.stop_propagation();
                dispatch.model.emit(Intent::CrashOrRestart(id));
            }
        })
    };
    html! {
        <g class="power-switch" role="button" tabindex="-1" aria-label={name.clone()}
            aria-pressed={(!props.on).to_string()} onclick={dispatch.on(Intent::CrashOrRestart(id))}
            {onkeydown} transform={format!("translate(0 {})", slot.tag_offset)}>
            <title>{ name }</title>
            <rect class="power-reach" x={(left - 9.0).to_string()}
                y={(-height / 2.0 - 4.0).to_string()} width="44"
                height={(height + 8.0).to_string()} />
            <rect class="power-ground" x={(left + 1.2).to_string()}
                y={(-height / 2.0 + 1.2).to_string()} width="23.6"
                height={(height - 2.4).to_string()} rx="3" />
            <path class="power-edge"
                d={format!("M{inner_edge} {}v{}", -height / 2.0 + 6.0, height - 12.0)} />
            <svg class="power-icon" x={(left + 6.0).to_string()} y="-7" width="14" height="14"
                viewBox="0 0 16 16" aria-hidden="true">
                <path d="M8 2.2v5.4M4.9 4.3a5 5 0 1 0 6.2 0" />
            </svg>
        </g>
    }
}
