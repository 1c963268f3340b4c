//! The messages' lines, with an arrowhead where they arrive and a cross where they are lost.

use std::collections::BTreeMap;

use crate::viewer::HopKind;
use crate::zab::MessageKind;

use super::super::{Diagram, Line, LineState, UNIT};
use super::{Dash, Figure, Gathered, Ink, Place, Stroke};

/// With more lines than this, arrowheads would cover them.
const HEADS_MAX: usize = 700;

pub(super) fn messages(diagram: &Diagram, plot: &mut Vec<Figure>) {
    let mut lines = Gathered::default();
    let mut heads: BTreeMap<(Ink, u8), Vec<[Place; 3]>> = BTreeMap::new();
    let has_heads = diagram.lines.len() <= HEADS_MAX;
    for line in &diagram.lines {
        let stroke = stroke(diagram, line);
        let rank = rank(line);
        let later = Stroke { dash: Dash::Ahead, ..stroke };
        match line.state {
            LineState::Arrived | LineState::Ahead => {
                lines.add(rank, stroke, line.start, line.end);
                if has_heads && !line.kind.is_ping() {
                    let head = heads.entry((stroke.ink, stroke.opacity)).or_default();
                    head.extend(arrowhead(line.start, line.end));
                }
            }
            LineState::InFlight { at, is_lost } => {
                lines.add(rank, stroke, line.start, at);
                lines.add(rank, later, at, line.end);
                if is_lost {
                    cross(&mut lines, line.end);
                }
            }
            LineState::Held => {
                lines.add(rank, stroke, line.start, line.end);
                let further = (line.end.0 + 14 * UNIT, line.end.1);
                lines.add(rank, later, line.end, further);
            }
            LineState::Lost => {
                lines.add(rank, stroke, line.start, line.end);
                cross(&mut lines, line.end);
            }
        }
    }
    plot.extend(lines.into_figures());
    let heads = heads.into_iter();
    plot.extend(heads.map(|((fill, opacity), corners)| Figure::Triangles {
        corners,
        fill,
        opacity,
    }));
}

/// What is drawn later stands above: signs of life below everything, what is lit above.
fn rank(line: &Line) -> u8 {
    match (line.is_hovered, line.light, line.kind) {
        (true, ..) => 4,
        (_, Some(_), _) => 3,
        (.., kind) if kind.is_ping() => 0,
        (.., HopKind::Peer(MessageKind::Commit | MessageKind::Proposal)) => 2,
        _ => 1,
    }
}

fn stroke(diagram: &Diagram, line: &Line) -> Stroke {
    let (ink, width, opacity) = match line.kind {
        kind if kind.is_ping() => (Ink::Track, 13, 75),
        HopKind::Peer(MessageKind::Notification) => (Ink::LookLine, 19, 90),
        HopKind::Peer(MessageKind::Commit) => (Ink::of(line.epoch), 38, 90),
        HopKind::Peer(MessageKind::Inform) => (Ink::of(line.epoch), 29, 90),
        HopKind::Peer(MessageKind::Proposal) => (Ink::of(line.epoch), 27, 90),
        HopKind::Peer(MessageKind::Ack) => (Ink::of(line.epoch), 19, 90),
        HopKind::Peer(_) => (Ink::of(line.epoch), 24, 90),
        _ => (Ink::Ink, 20, 90),
    };
    let opacity = match (line.state, line.light) {
        _ if line.is_hovered => 100,
        (_, Some(_)) => 100,
        (_, None) if diagram.is_lit => 24,
        (LineState::Ahead, _) => 22,
        _ => opacity,
    };
    let wider = if line.is_hovered || line.light.is_some() { 16 } else { 0 };
    Stroke { ink, width: width + wider, dash: Dash::None, opacity }
}

/// The end of the way: a stop across it, and a cross.
fn cross(lines: &mut Gathered, (x, y): Place) {
    let reach = 56;
    let stroke = Stroke::plain(Ink::Soft, 32);
    lines.add(3, stroke, (x - reach, y - reach), (x + reach, y + reach));
    lines.add(3, stroke, (x - reach, y + reach), (x + reach, y - reach));
}

/// A triangle that points where the line ends, just before the lane.
fn arrowhead(start: Place, end: Place) -> Option<[Place; 3]> {
    let (dx, dy) = (end.0 - start.0, end.1 - start.1);
    let length = (dx * dx + dy * dy).isqrt();
    let (short, long, half) = (4 * UNIT, 10 * UNIT, 3 * UNIT);
    if length <= long + short {
        return None;
    }
    let back = |by: i64, aside: i64| {
        let x = end.0 - (dx * by + dy * aside) / length;
        let y = end.1 - (dy * by - dx * aside) / length;
        (x, y)
    };
    Some([back(short, 0), back(long, half), back(long, -half)])
}
