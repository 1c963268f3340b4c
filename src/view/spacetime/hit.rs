//! What lies under the pointer.

use crate::sim::EventId;
use crate::types::Instant;

use super::{Diagram, Line, LineState, UNIT};

/// What was hit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hit {
    /// What lies there.
    pub target: Target,
    /// The event that it shows, if it shows one.
    pub event: Option<EventId>,
    /// The instant at this place.
    pub at: Instant,
}

/// What lies at a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// A message: its place among the lines.
    Message(usize),
    /// A mark on a lane.
    Mark {
        /// The lane's place.
        lane: usize,
        /// The mark's place on it.
        mark: usize,
    },
    /// A stretch of a lane.
    Band {
        /// The lane's place.
        lane: usize,
        /// The band's place on it.
        band: usize,
    },
    /// Something done from outside.
    Command,
    /// A bubble with so many events.
    Folded(u64),
    /// Nothing.
    Empty,
}

/// The pointer reaches so far round a mark.
const MARK_REACH: i64 = 7 * UNIT;
/// And so far round a line.
const LINE_REACH: i64 = 6 * UNIT;
/// And so far above and below a lane's middle.
const LANE_REACH: i64 = 6 * UNIT;

/// What lies at a place of the diagram: marks before lines, lines before lanes, the nearest first.
/// A message's event is its arrival near where it ends, and its sending otherwise.
pub fn hit(diagram: &Diagram, x: i64, y: i64) -> Hit {
    let at = diagram.axis.instant(x);
    let found = |target, event| Hit { target, event: Some(event), at };
    if y < diagram.top {
        let near = |&&(_, place): &&(EventId, i64)| (place - x).abs() <= MARK_REACH;
        let nearest = diagram.commands.iter().filter(near);
        if let Some(&(event, _)) = nearest.min_by_key(|(_, place)| (place - x).abs()) {
            return found(Target::Command, event);
        }
    }
    if let Some((lane, mark, event)) = mark_at(diagram, x, y) {
        return found(Target::Mark { lane, mark }, event);
    }
    if let Some(place) = line_at(diagram, x, y) {
        let line = &diagram.lines[place];
        return found(Target::Message(place), event_at(line, x));
    }
    let folded = diagram.axis.pieces().iter().find(|piece| piece.left <= x && x <= piece.right);
    if let Some(count) = folded.and_then(|piece| piece.folded) {
        return Hit { target: Target::Folded(count), event: None, at };
    }
    let lanes = diagram.lanes.iter().enumerate();
    let mut lanes = lanes.filter(|(_, lane)| (lane.y - y).abs() <= LANE_REACH);
    let band = lanes.find_map(|(place, lane)| {
        let band = lane.bands.iter().position(|band| band.left <= x && x <= band.right)?;
        Some((place, band))
    });
    match band {
        Some((lane, band)) => Hit { target: Target::Band { lane, band }, event: None, at },
        None => Hit { target: Target::Empty, event: None, at },
    }
}

fn mark_at(diagram: &Diagram, x: i64, y: i64) -> Option<(usize, usize, EventId)> {
    let (place, lane) =
        diagram.lanes.iter().enumerate().find(|(_, lane)| (lane.y - y).abs() <= MARK_REACH)?;
    let marks = lane.marks.iter().enumerate();
    let (mark, found) = marks.min_by_key(|(_, mark)| (mark.x - x).abs())?;
    ((found.x - x).abs() <= MARK_REACH).then_some((place, mark, found.event))
}

fn line_at(diagram: &Diagram, x: i64, y: i64) -> Option<usize> {
    let distances = diagram.lines.iter().enumerate().filter_map(|(place, line)| {
        let away = distance_squared((x, y), line.start, line.end);
        // A sign of life gives way to what says more.
        let away = if line.kind.is_ping() { away * 4 } else { away };
        (away <= LINE_REACH * LINE_REACH).then_some((away, place))
    });
    distances.min().map(|(_, place)| place)
}

fn event_at(line: &Line, x: i64) -> EventId {
    let is_late = (line.end.0 - x).abs() < (x - line.start.0).abs();
    let is_over = matches!(line.state, LineState::Arrived | LineState::Lost);
    line.ended.filter(|_| is_over && is_late).unwrap_or(line.sent)
}

/// The square of the distance of a place from a line.
fn distance_squared(place: (i64, i64), start: (i64, i64), end: (i64, i64)) -> i64 {
    let (dx, dy) = (end.0 - start.0, end.1 - start.1);
    let (px, py) = (place.0 - start.0, place.1 - start.1);
    let length = dx * dx + dy * dy;
    let along = (px * dx + py * dy).clamp(0, length);
    let (nx, ny) = match length {
        0 => (0, 0),
        _ => (scaled(dx, along, length), scaled(dy, along, length)),
    };
    let (away_x, away_y) = (px - nx, py - ny);
    away_x.saturating_mul(away_x).saturating_add(away_y.saturating_mul(away_y))
}

fn scaled(of: i64, times: i64, divided: i64) -> i64 {
    (i128::from(of) * i128::from(times) / i128::from(divided)) as i64
}
