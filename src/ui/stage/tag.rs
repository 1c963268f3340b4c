//! A server's tag: role or phase, last zxid, tally or epochs, the end of its log.

use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::view::{CellState, RoleShape, Running, ServerView, Slot, StripCell};
use crate::zab::RoleName;

use super::super::hooks::use_text;
use super::super::widgets::{ZxidTspans, epoch_attribute, epoch_color};

#[derive(Properties, PartialEq)]
pub struct TagProps {
    pub server: ServerView,
    pub slot: Slot,
    pub height: f64,
    pub dense: bool,
    pub selected: bool,
}

/// Where the tag's content begins and ends, and its first line.
struct Box {
    left: f64,
    right: f64,
    line: f64,
}

const SWITCH_ROOM: f64 = 34.0;
const CELL_PITCH: f64 = 8.5;
const CORNER: f64 = 4.0;

/// The tag beside a node, under its power switch.
#[component]
pub fn Tag(props: &TagProps) -> Html {
    let text = use_text();
    let TagProps { server, slot, .. } = props;
    let content = content_box(props);
    let looking = looking(server);
    let big = if props.dense { 15.0 } else { 17.0 };
    let second = (content.line + big).to_string();
    html! {
        <g class="tag" data-dense={props.dense.to_string()}
            transform={format!("translate(0 {})", slot.tag_offset)}>
            <path class="tag-ground" d={outline(slot, props.height)} />
            if !props.dense {
                <text class="tag-status" x={content.left.to_string()} y={content.line.to_string()}>
                    { text.get(server.status()) }
                </text>
            }
            if let Some(candidate) = looking.and_then(|running| running.vote) {
                <text class="tag-vote" x={content.left.to_string()} y={second}>
                    { text.say(&Phrase::new(Key::VotesFor).with("server", candidate)) }
                </text>
            } else {
                <text class="tag-zxid" x={content.left.to_string()} y={second}>
                    <ZxidTspans zxid={server.last_zxid} />
                </text>
            }
            { right_side(props, &content) }
            { strip(props, &content) }
        </g>
    }
}

fn looking(server: &ServerView) -> Option<&Running> {
    server.running().filter(|running| running.role == RoleName::Looking)
}

fn content_box(props: &TagProps) -> Box {
    let TagProps { server, slot, dense, .. } = props;
    let ring = server.shape().has_ring();
    let node = slot.radius
        + match (ring, *dense) {
            (true, _) => 23.0,
            (false, true) => 11.0,
            (false, false) => 13.0,
        };
    let line = if *dense { -19.0 } else { -13.0 };
    if slot.side > 0.0 {
        Box { left: node, right: slot.tag_width - SWITCH_ROOM, line }
    } else {
        Box { left: SWITCH_ROOM - slot.tag_width, right: -node, line }
    }
}

/// The open tally; else both epochs where they differ; else the epoch.
fn right_side(props: &TagProps, content: &Box) -> Html {
    let server = &props.server;
    let Some(running) = server.running().filter(|running| running.role != RoleName::Looking) else {
        return Html::default();
    };
    let x = content.right.to_string();
    let y = (content.line + if props.dense { 15.0 } else { 17.0 }).to_string();
    let leads = running.role == RoleName::Leading;
    if let Some(tally) = running.tally.filter(|_| leads) {
        if tally.reached() {
            let (x, y) = (content.right - 13.0, content.line + 11.0);
            return html! {
                <path class="tag-tick" transform={format!("translate({x} {y})")}
                    d="m1 .8 3.6 3.7L11.4-4" />
            };
        }
        return html! {
            <text class="tag-tally" {x} {y}>{ tally.filled }{ "/" }{ tally.total }</text>
        };
    }
    if props.dense {
        return Html::default();
    }
    if server.accepted_epoch != server.current_epoch {
        let fill = format!("fill:{};font-weight:700", epoch_color(server.accepted_epoch));
        return html! {
            <text class="tag-epochs" {x} {y}>
                <tspan style={fill}>{ "a" }{ server.accepted_epoch.0 }</tspan>
                { " c" }{ server.current_epoch.0 }
            </text>
        };
    }
    html! { <text class="tag-epoch" {x} {y}>{ "e" }{ server.current_epoch.0 }</text> }
}

/// The last cells of the log; a LOOKING server says its zxid before them.
fn strip(props: &TagProps, content: &Box) -> Html {
    let server = &props.server;
    let looks = looking(server).is_some();
    let count = match (looks, props.dense) {
        (true, _) => 4,
        (false, true) => 5,
        (false, false) => 8,
    };
    let start = content.left + if looks { 32.0 } else { 0.0 };
    let top = content.line + 24.0;
    let cells = &server.log[server.log.len().saturating_sub(count)..];
    let cell = |(index, cell): (usize, &StripCell)| {
        html! {
            <StripMark key={cell.zxid.to_string()} cell={*cell} y={top}
                x={start + CELL_PITCH * index as f64} />
        }
    };
    html! {
        <>
            if looks {
                <text class="tag-own" x={content.left.to_string()}
                    y={(content.line + 33.0).to_string()}>
                    <ZxidTspans zxid={server.last_zxid} />
                </text>
            }
            <g class="strip" data-crashed={(server.shape() == RoleShape::Crashed).to_string()}>
                { for cells.iter().enumerate().map(cell) }
            </g>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct StripMarkProps {
    cell: StripCell,
    x: f64,
    y: f64,
}

/// One cell of a log strip.
#[component]
fn StripMark(props: &StripMarkProps) -> Html {
    let StripMarkProps { cell, x, y } = props;
    let epoch = epoch_attribute(cell.zxid.epoch);
    if cell.state == CellState::Truncated {
        let path = format!("M{x} {:.1}l6.5-9M{x} {:.1}h6.5", y + 9.0, y + 4.5);
        return html! { <path class="strip-truncated" d={path} data-epoch={epoch} /> };
    }
    html! {
        <rect class="strip-cell" data-state={cell.state.name()} data-epoch={epoch}
            x={format!("{:.1}", x + 0.7)} y={format!("{:.1}", y + 0.7)} width="5.1" height="7.6" />
    }
}

/// A rectangle whose corners are round at its outer end only; the node covers the other.
fn outline(slot: &Slot, height: f64) -> String {
    let (half, reach, side) = (height / 2.0, slot.tag_width - CORNER, slot.side);
    let sweep = u8::from(side > 0.0);
    format!(
        "M0 {:.1}H{:.1}a{CORNER} {CORNER} 0 0 {sweep} {:.1} {CORNER}V{:.1}\
         a{CORNER} {CORNER} 0 0 {sweep} {:.1} {CORNER}H0z",
        -half,
        side * reach,
        side * CORNER,
        half - CORNER,
        -side * CORNER,
    )
}
