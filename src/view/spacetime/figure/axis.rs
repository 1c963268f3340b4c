//! The axis, the folded times, what was done from outside, and the ink line.

use super::super::{Diagram, UNIT};
use super::{Anchor, Dash, Figure, Figures, Font, Gathered, Ink, Stroke};

/// The labels' base line.
const LABELS: i64 = 11 * UNIT;
const LABEL_SIZE: i64 = 168;
/// A label gives way to the ink line's within this.
const CURSOR_ROOM: i64 = 48 * UNIT;
/// And to the edges.
const EDGE_ROOM: i64 = 16 * UNIT;
/// A bubble has a word if it is so wide.
const COUNTED_FROM: i64 = 16 * UNIT;

pub(super) fn ground(diagram: &Diagram, figures: &mut Figures) {
    let mut grid = Gathered::default();
    let rule = Stroke { opacity: 70, ..Stroke::plain(Ink::Rule, 13) };
    let mut labels = Labels { taken: Vec::new(), diagram };
    for tick in diagram.axis.ticks() {
        grid.add(0, rule, (tick.x, diagram.top), (tick.x, diagram.height));
        figures.frame.extend(labels.put(tick.x, tick.label, 46 * UNIT));
    }
    for piece in diagram.axis.pieces() {
        let Some(count) = piece.folded else { continue };
        let width = piece.right - piece.left;
        figures.plot.push(Figure::Box {
            at: (piece.left, diagram.top),
            size: (width, diagram.height - diagram.top),
            fill: Some(Ink::Sunken),
            stroke: None,
            opacity: 60,
        });
        let zigzag = zigzag(piece.left, piece.right, diagram.top - 2 * UNIT);
        figures
            .plot
            .push(Figure::Lines { segments: zigzag, stroke: Stroke::plain(Ink::Faint, 20) });
        let middle = piece.left + width / 2;
        if width >= COUNTED_FROM && count > 0 {
            figures.frame.extend(labels.put(middle, format!("×{count}"), 32 * UNIT));
        }
    }
    figures.plot.extend(grid.into_figures());
    let corners = diagram.commands.iter().map(|&(_, x)| {
        let (low, high, half) = (diagram.top, diagram.top - 6 * UNIT, 4 * UNIT);
        [(x, low), (x - half, high), (x + half, high)]
    });
    let corners = corners.collect();
    figures.plot.push(Figure::Triangles { corners, fill: Ink::Soft, opacity: 100 });
}

/// Up and down between two places.
fn zigzag(left: i64, right: i64, y: i64) -> Vec<((i64, i64), (i64, i64))> {
    let step = 3 * UNIT;
    let height = |place: i64| if place % 2 == 0 { y + UNIT } else { y - 2 * UNIT };
    let count = ((right - left) / step).max(0);
    let point = |place: i64| (left + place * step, height(place));
    (0..count).map(|place| (point(place), point(place + 1))).collect()
}

/// The labels that have been put, so that none covers another.
struct Labels<'a> {
    taken: Vec<i64>,
    diagram: &'a Diagram,
}

impl Labels<'_> {
    /// A label, if there is so much room round its place.
    fn put(&mut self, x: i64, text: String, room: i64) -> Option<Figure> {
        let (axis, cursor_x) = (&self.diagram.axis, self.diagram.cursor_x);
        let inner = axis.left() + EDGE_ROOM..=axis.right() - EDGE_ROOM;
        let is_free = self.taken.iter().all(|other| (other - x).abs() >= room);
        if !is_free || !inner.contains(&x) || (x - cursor_x).abs() < CURSOR_ROOM {
            return None;
        }
        self.taken.push(x);
        Some(Figure::Text {
            at: (x, LABELS),
            text,
            size: LABEL_SIZE,
            anchor: Anchor::Middle,
            font: Font::Numbers,
            is_bold: false,
            ink: Ink::Faint,
        })
    }
}

/// The ink line with its instant; what lies ahead has dots for lanes.
pub(super) fn cursor(diagram: &Diagram, frame: &mut Vec<Figure>) {
    let x = diagram.cursor_x;
    let (left, right) = (diagram.axis.left(), diagram.axis.right());
    let from = x.clamp(left, right);
    let dots = Stroke { dash: Dash::Dots, ..Stroke::plain(Ink::Rule, 24) };
    let segments = diagram.lanes.iter().map(|lane| ((from, lane.y), (right, lane.y)));
    let ahead = Figure::Lines { segments: segments.collect(), stroke: dots };
    if from < right {
        frame.insert(0, ahead);
    }
    if x < left || x > right {
        return;
    }
    let line = vec![((x, 13 * UNIT), (x, diagram.height))];
    frame.push(Figure::Lines { segments: line, stroke: Stroke::plain(Ink::Ink, 29) });
    let half = 31 * UNIT;
    let middle = x.clamp(left + half, right - half);
    frame.push(Figure::Box {
        at: (middle - half, -UNIT),
        size: (2 * half, 16 * UNIT),
        fill: Some(Ink::Ink),
        stroke: None,
        opacity: 100,
    });
    frame.push(Figure::Text {
        at: (middle, LABELS),
        text: diagram.cursor.to_string(),
        size: 176,
        anchor: Anchor::Middle,
        font: Font::Numbers,
        is_bold: true,
        ink: Ink::OnInk,
    });
}
