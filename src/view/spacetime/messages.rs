//! The messages: slanted lines from their sending to their arrival.

use std::collections::BTreeMap;

use crate::ensemble::{Endpoint, PacketId};
use crate::sim::EventId;
use crate::types::{Epoch, Instant, Zxid};
use crate::viewer::{Hop, HopEnd, HopKind};

use super::chain::Light;
use super::{Axis, DiagramLane, Scene, UNIT};

/// A message's line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    /// Which packet.
    pub packet: PacketId,
    /// What it is.
    pub kind: HopKind,
    /// The number on it.
    pub label: Option<u32>,
    /// The epoch that it speaks for.
    pub epoch: Epoch,
    /// The transaction that it is about.
    pub zxid: Option<Zxid>,
    /// Who sent it.
    pub from: Endpoint,
    /// To whom.
    pub to: Endpoint,
    /// Its sending.
    pub sent: EventId,
    /// When.
    pub sent_at: Instant,
    /// Its arrival or its loss, where that has come about.
    pub ended: Option<EventId>,
    /// When it arrives or is lost, as far as that is known.
    pub ends_at: Option<Instant>,
    /// Where it begins.
    pub start: (i64, i64),
    /// Where it ends.
    pub end: (i64, i64),
    /// How far it has come.
    pub state: LineState,
    /// Whether it belongs to what is selected.
    pub light: Option<Light>,
    /// Whether the pointer is on it.
    pub is_hovered: bool,
}

/// How far a message has come at the ink line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum LineState {
    /// It has arrived.
    Arrived,
    /// It is on its way, and has come to this point.
    InFlight {
        /// Where it is.
        at: (i64, i64),
        /// Whether it will be lost.
        is_lost: bool,
    },
    /// Something keeps it.
    Held,
    /// It was lost.
    Lost,
    /// It will be sent.
    Ahead,
}

/// How far a message that is kept or lost has come, in hundredths.
const STOPPED_AT: i64 = 42;
/// A line that is no wider counts as upright.
const UPRIGHT: i64 = 2;

/// What lines of one kind between two lanes share.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Track {
    lanes: (usize, usize),
    group: super::Group,
    kind: Option<HopKind>,
    is_ahead: bool,
}

/// The lines of a window. Where more messages were sent between two lanes in one pixel column than
/// can be told apart, the first one stands for all; what is lit or under way is always there.
pub fn lines(scene: &Scene<'_>, axis: &Axis, lanes: &[DiagramLane]) -> Vec<Line> {
    let places: BTreeMap<Endpoint, usize> =
        lanes.iter().enumerate().map(|(place, lane)| (lane.end, place)).collect();
    let mut seen: BTreeMap<Track, (i64, i64)> = BTreeMap::new();
    let mut lines = Vec::new();
    for hop in scene.view.index.hops().within(axis.from(), axis.until()) {
        if !scene.filter.passes(hop) {
            continue;
        }
        let (Some(&from), Some(&to)) = (places.get(&hop.from), places.get(&hop.to)) else {
            continue;
        };
        let columns = columns(scene, axis, hop);
        let is_ahead = hop.sent >= scene.view.next;
        let is_upright = (columns.1 - columns.0).abs() <= UPRIGHT;
        let track = Track {
            lanes: if is_upright { (from.min(to), from.max(to)) } else { (from, to) },
            group: super::Group::of(hop.kind),
            kind: (!is_upright).then_some(hop.kind),
            is_ahead,
        };
        let columns = if is_upright { (columns.0, columns.0) } else { columns };
        let is_twin = seen.get(&track) == Some(&columns);
        let light = scene.view.lit.of_hop(hop);
        let is_hovered = scene.hovered.is_some_and(|event| is_about(hop, event));
        if is_twin && light.is_none() && !is_hovered && !is_under_way(scene, hop) {
            continue;
        }
        seen.insert(track, columns);
        let heights = (lanes[from].y, lanes[to].y);
        let mut line = place(scene, axis, hop, heights);
        (line.light, line.is_hovered) = (light, is_hovered);
        if is_folded(axis, &line) && line.kind.is_ping() {
            continue;
        }
        lines.push(line);
    }
    lines
}

fn is_about(hop: &Hop, event: EventId) -> bool {
    hop.sent == event || hop.end.event() == Some(event)
}

fn is_under_way(scene: &Scene<'_>, hop: &Hop) -> bool {
    hop.sent < scene.view.next && hop.end.event().is_none_or(|event| event >= scene.view.next)
}

/// The pixel columns of sending and end.
fn columns(scene: &Scene<'_>, axis: &Axis, hop: &Hop) -> (i64, i64) {
    let end = hop.end.at().unwrap_or(scene.cursor);
    (axis.x(hop.sent_at) / UNIT, axis.x(end) / UNIT)
}

/// Whether sending and arrival lie in one bubble.
fn is_folded(axis: &Axis, line: &Line) -> bool {
    let middle = (line.start.0 + line.end.0) / 2;
    axis.pieces()
        .iter()
        .any(|piece| piece.folded.is_some() && piece.left <= middle && middle <= piece.right)
}

fn place(scene: &Scene<'_>, axis: &Axis, hop: &Hop, (from, to): (i64, i64)) -> Line {
    let start = (axis.x(hop.sent_at), from);
    let stopped = from + (to - from) * STOPPED_AT / 100;
    let arrival = scene.view.arrivals.get(&hop.packet).copied();
    let is_over = hop.end.event().is_some_and(|event| event < scene.view.next);
    let is_ahead = hop.sent >= scene.view.next;
    let ends_at = hop.end.at().or(arrival);
    let now = axis.x(scene.cursor).max(start.0);
    let (end, state) = match (hop.end, ends_at) {
        (HopEnd::Lost { at, .. }, _) if is_over => ((axis.x(at), stopped), LineState::Lost),
        (HopEnd::Lost { at, .. }, _) => {
            let end = (axis.x(at).max(start.0), stopped);
            (end, under_way(is_ahead, start, end, now, true))
        }
        (_, Some(at)) if is_over => ((axis.x(at), to), LineState::Arrived),
        (_, Some(at)) => {
            let end = (axis.x(at).max(start.0), to);
            (end, under_way(is_ahead, start, end, now, false))
        }
        (_, None) => ((now, stopped), if is_ahead { LineState::Ahead } else { LineState::Held }),
    };
    Line {
        packet: hop.packet,
        kind: hop.kind,
        label: hop.label,
        epoch: hop.epoch,
        zxid: hop.zxid,
        from: hop.from,
        to: hop.to,
        sent: hop.sent,
        sent_at: hop.sent_at,
        ended: hop.end.event(),
        ends_at,
        start,
        end,
        state,
        light: None,
        is_hovered: false,
    }
}

fn under_way(
    is_ahead: bool,
    start: (i64, i64),
    end: (i64, i64),
    now: i64,
    is_lost: bool,
) -> LineState {
    if is_ahead {
        return LineState::Ahead;
    }
    let whole = end.0 - start.0;
    let gone = (now - start.0).clamp(0, whole.max(0));
    let y = if whole > 0 { start.1 + (end.1 - start.1) * gone / whole } else { end.1 };
    LineState::InFlight { at: (start.0 + gone, y), is_lost }
}
