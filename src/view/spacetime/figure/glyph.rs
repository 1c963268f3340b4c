//! The messages' glyphs: where those in flight will arrive, and on the lines that have room.

use crate::types::Epoch;
use crate::view::{Glyph, OpSign, Shape};
use crate::viewer::HopKind;

use super::super::{Diagram, Line, LineState, UNIT};
use super::{Anchor, Figure, Font, Ink, Place, Stroke};
use crate::api::OpName;

/// With more lines than this there is no room for glyphs, but of what is in flight.
const LINES_MAX: usize = 260;
/// How much smaller than on the stage, in hundredths.
const SCALE: i64 = 62;
/// Half the room that a glyph takes.
const HALF: Place = (11 * UNIT, 9 * UNIT);
/// A line shorter than this has no room for one.
const LENGTH_MIN: i64 = 40 * UNIT;
/// So many glyphs at most.
const GLYPHS_MAX: usize = 120;

pub(super) fn glyphs(diagram: &Diagram, plot: &mut Vec<Figure>) {
    let mut taken: Vec<Place> = Vec::new();
    let said = diagram.lines.iter().filter(|line| !line.kind.is_ping());
    for line in said.clone() {
        let at = match line.state {
            LineState::InFlight { at, is_lost: false } => {
                plot.push(ring(at, line));
                line.end
            }
            LineState::InFlight { at, is_lost: true } => at,
            LineState::Held => line.end,
            _ => continue,
        };
        if is_free(&taken, at) {
            taken.push(at);
            plot.extend(drawn(line, at, 100));
        }
    }
    if diagram.lines.len() > LINES_MAX {
        return;
    }
    for line in said {
        let far = (line.end.0 - line.start.0).abs().max((line.end.1 - line.start.1).abs());
        let is_over = matches!(line.state, LineState::Arrived | LineState::Lost);
        let fits = is_over && far >= LENGTH_MIN && taken.len() < GLYPHS_MAX;
        let is_dim = diagram.is_lit && line.light.is_none();
        // Near its sending lines from one lane lie apart, near its end those to one.
        let found = [50, 35, 65].map(|part| point(line, part)).into_iter();
        let found = found.filter(|_| fits && !is_dim).find(|at| is_free(&taken, *at));
        if let Some(at) = found.filter(|at| at.0 - HALF.0 > diagram.axis.left()) {
            taken.push(at);
            plot.extend(drawn(line, at, 100));
        }
    }
}

fn point(line: &Line, part: i64) -> Place {
    let between = |start: i64, end: i64| start + (end - start) * part / 100;
    (between(line.start.0, line.end.0), between(line.start.1, line.end.1))
}

fn is_free(taken: &[Place], at: Place) -> bool {
    let clear = |other: &Place| {
        (other.0 - at.0).abs() >= HALF.0 * 2 || (other.1 - at.1).abs() >= HALF.1 * 2
    };
    taken.iter().all(clear)
}

/// Where a message in flight is now.
fn ring((x, y): Place, line: &Line) -> Figure {
    let half = 40;
    Figure::Box {
        at: (x - half, y - half),
        size: (2 * half, 2 * half),
        fill: Some(Ink::Surface),
        stroke: Some(Stroke::plain(Ink::of(line.epoch), 24)),
        opacity: 100,
    }
}

fn drawn(line: &Line, at: Place, opacity: u8) -> Vec<Figure> {
    let marks = glyph_of(line.kind).marks().iter();
    marks.filter_map(|mark| of_mark(mark, line.label, line.epoch, at, opacity)).collect()
}

fn of_mark(
    mark: &crate::view::Mark,
    label: Option<u32>,
    epoch: Epoch,
    at: Place,
    opacity: u8,
) -> Option<Figure> {
    let ink = |paint| Ink::of_paint(paint, epoch);
    Some(match mark.shape {
        Shape::Path(path) => Figure::Outline {
            at,
            scale: SCALE,
            path: path.into(),
            fill: ink(mark.fill),
            // Widths are hundredths as they are written down: 1.8 is 180.
            line: ink(mark.stroke).map(|ink| (ink, (mark.width * 100.0).round() as i64)),
            opacity,
        },
        Shape::Label { prefix, size } => {
            let size = (size * UNIT as f64).round() as i64 * SCALE / 100;
            Figure::Text {
                at: (at.0, at.1 + size * 36 / 100),
                text: format!("{prefix}{}", label?),
                size,
                anchor: Anchor::Middle,
                font: Font::Numbers,
                is_bold: true,
                ink: ink(mark.fill)?,
            }
        }
    })
}

/// The glyph of a message.
pub fn glyph_of(kind: HopKind) -> Glyph {
    match kind {
        HopKind::Peer(kind) => Glyph::Peer(kind),
        HopKind::Ping => Glyph::Peer(crate::zab::MessageKind::Ping),
        HopKind::Request(op) => Glyph::Request(sign(op)),
        HopKind::Response { ok } => Glyph::Response { ok },
        HopKind::Session => Glyph::Session,
        HopKind::Watch => Glyph::WatchEvent,
    }
}

fn sign(op: OpName) -> OpSign {
    match op {
        OpName::Create | OpName::Create2 | OpName::CreateContainer | OpName::CreateTtl => {
            OpSign::Create
        }
        OpName::Delete | OpName::DeleteContainer | OpName::CloseSession => OpSign::Delete,
        OpName::SetAcl | OpName::SetData => OpSign::Set,
        OpName::Multi => OpSign::Multi,
        _ => OpSign::Read,
    }
}
