//! The whole legend.

use yew::prelude::*;

use crate::text::Key;
use crate::types::Epoch;
use crate::view::{Glyph, OpSign, RoleShape};
use crate::zab::{MessageKind, RoleName};

use super::super::context::Language;
use super::super::hooks::use_text;
use super::super::widgets::{GlyphIcon, RoleIcon};
use super::SheetFrame;

/// Two neighbouring epochs to draw with.
const OLD: Epoch = Epoch(3);
const NEW: Epoch = Epoch(4);

/// A message: its glyph, its number, its epoch, what it says.
type MessageLine = (Glyph, Option<u32>, Epoch, Key);

const MESSAGES: [MessageLine; 17] = [
    (Glyph::Peer(MessageKind::Notification), Some(3), OLD, Key::LegendNotification),
    (Glyph::Peer(MessageKind::FollowerInfo), Some(3), OLD, Key::LegendFollowerInfo),
    (Glyph::Peer(MessageKind::LeaderInfo), Some(4), NEW, Key::LegendLeaderInfo),
    (Glyph::Peer(MessageKind::AckEpoch), None, NEW, Key::LegendAckEpoch),
    (Glyph::Peer(MessageKind::Diff), None, NEW, Key::LegendDiff),
    (Glyph::Peer(MessageKind::Trunc), None, NEW, Key::LegendTrunc),
    (Glyph::Peer(MessageKind::Snap), None, NEW, Key::LegendSnap),
    (Glyph::Peer(MessageKind::NewLeader), Some(4), NEW, Key::LegendNewLeader),
    (Glyph::Peer(MessageKind::UpToDate), Some(4), NEW, Key::LegendUpToDate),
    (Glyph::Peer(MessageKind::Proposal), Some(9), OLD, Key::LegendProposal),
    (Glyph::Peer(MessageKind::Ack), None, OLD, Key::LegendAck),
    (Glyph::Peer(MessageKind::Commit), Some(9), OLD, Key::LegendCommit),
    (Glyph::Peer(MessageKind::Inform), Some(9), OLD, Key::LegendInform),
    (Glyph::Peer(MessageKind::Ping), None, OLD, Key::LegendPing),
    (Glyph::Request(OpSign::Create), None, OLD, Key::LegendRequest),
    (Glyph::Response { ok: true }, None, OLD, Key::LegendResponse),
    (Glyph::Session, None, OLD, Key::LegendSession),
];

/// Links: the class of the drawing, its paths, its name and a remark.
const LINKS: [(&str, Key, Option<Key>); 6] = [
    ("up", Key::LegendLinkUp, None),
    ("leader", Key::LegendLinkLeader, None),
    ("cut", Key::LegendLinkCut, Some(Key::LegendLinkCutAbout)),
    ("one-way", Key::LegendLinkOneWay, None),
    ("slow", Key::LegendLinkSlow, Some(Key::LegendLinkSlowAbout)),
    ("session", Key::LegendLinkSession, Some(Key::LegendLinkSessionAbout)),
];

/// Every shape, glyph, cell and line with its meaning.
#[component]
pub fn LegendSheet() -> Html {
    let text = use_text();
    let message = |(glyph, label, epoch, key): &MessageLine| {
        let icon = html! { <GlyphIcon glyph={*glyph} label={*label} epoch={*epoch} /> };
        item(icon, glyph.name().to_owned(), Some(text.get(*key)))
    };
    let link = |(kind, name, about): &(&'static str, Key, Option<Key>)| {
        item(link_drawing(kind), text.get(*name), about.map(|about| text.get(about)))
    };
    html! {
        <SheetFrame title={text.get(Key::Legend)} about={text.get(Key::LegendAbout)}>
            <div class="legend">
                <section>
                    <h3>{ text.get(Key::LegendServers) }</h3>
                    { servers(&text) }
                </section>
                <section class="legend-messages">
                    <h3>{ text.get(Key::LegendMessages) }</h3>
                    <ul>{ for MESSAGES.iter().map(message) }</ul>
                </section>
                <section>
                    <h3>{ text.get(Key::LegendLog) }</h3>
                    { cells(&text) }
                    <h3>{ text.get(Key::LegendLinks) }</h3>
                    <ul>{ for LINKS.iter().map(link) }</ul>
                </section>
            </div>
        </SheetFrame>
    }
}

fn item(icon: Html, name: String, about: Option<String>) -> Html {
    html! {
        <li class="legend-item">
            { icon }
            <div>
                <b>{ name }</b>
                if let Some(about) = about {
                    <span>{ about }</span>
                }
            </div>
        </li>
    }
}

fn servers(text: &Language) -> Html {
    let shapes = [
        (RoleShape::Role(RoleName::Leading), Key::RoleLeading, Key::LegendLeading),
        (RoleShape::Role(RoleName::Following), Key::RoleFollowing, Key::LegendFollowing),
        (RoleShape::Role(RoleName::Observing), Key::RoleObserving, Key::LegendObserving),
        (RoleShape::Role(RoleName::Looking), Key::RoleLooking, Key::LegendLooking),
        (RoleShape::Paused(RoleName::Following), Key::Paused, Key::LegendPaused),
        (RoleShape::Crashed, Key::NoPower, Key::LegendCrashed),
    ];
    let line = |(shape, name, about): (RoleShape, Key, Key)| {
        let icon = html! { <RoleIcon {shape} epoch={OLD} /> };
        item(icon, text.get(name), Some(text.get(about)))
    };
    html! { <ul>{ for shapes.map(line) }</ul> }
}

fn cells(text: &Language) -> Html {
    let states = [
        ("memory", Key::LogsMemory, Key::LegendMemory),
        ("disk", Key::LogsDisk, Key::LegendDisk),
        ("committed", Key::LogsCommitted, Key::LegendCommitted),
        ("truncated", Key::LogsTruncated, Key::LegendTruncated),
    ];
    let line = |(state, name, about): (&'static str, Key, Key)| {
        let icon = html! { <i class="cell" data-state={state} data-epoch="3" /> };
        item(icon, text.get(name), Some(text.get(about)))
    };
    html! { <ul>{ for states.map(line) }</ul> }
}

fn link_drawing(kind: &str) -> Html {
    let drawing = match kind {
        "up" => html! { <path class="link-sample" d="M2 0h80" /> },
        "leader" => {
            html! { <path class="link" data-leads="true" data-epoch="3" d="M2 0h80" /> }
        }
        "cut" => html! {
            <>
                <rect class="link-hatch" x="36" y="-11" width="12" height="22" />
                <path class="link-stub" d="M2 0h28M54 0h28" />
                <path class="link-stop" d="M30-6v12M54-6v12" />
            </>
        },
        "one-way" => html! {
            <>
                <rect class="link-hatch" x="34" y="0" width="12" height="10" />
                <path class="link-stub" d="M2-4h80m-6-4 6 4-6 4M82 5H52M32 5H2" />
                <path class="link-stop" d="M52-1v12" />
            </>
        },
        "slow" => html! { <path class="link-slow" d="M2 0h24q4-8 8 0t8 0h40" /> },
        _ => html! { <path class="client-line" d="M2-1.8h80M2 1.8h80" /> },
    };
    html! { <svg class="legend-link" viewBox="0 -11 84 22" aria-hidden="true">{ drawing }</svg> }
}
