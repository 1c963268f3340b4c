//! The axis: from instants to places and back. Where nothing but signs of life goes on for longer
//! than a bubble is wide, time is folded into a bubble.

use crate::types::{Instant, Span};
use crate::viewer::Quiet;

use super::UNIT;

/// What part of the run is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// The instant at the left edge.
    pub from: Instant,
    /// How much time the width holds where nothing is folded; not zero.
    pub span: Span,
}

/// The way between time and place within a window.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Axis {
    pieces: Vec<Piece>,
    left: i64,
    right: i64,
    span: u64,
}

/// A part of the axis of one scale.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece {
    /// Its first instant.
    pub from: Instant,
    /// Its last one.
    pub until: Instant,
    /// Where it begins.
    pub left: i64,
    /// Where it ends.
    pub right: i64,
    /// The events folded into it, where it is a bubble.
    pub folded: Option<u64>,
}

/// A place on the axis that is labelled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tick {
    /// Where.
    pub x: i64,
    /// Which instant, in seconds.
    pub label: String,
}

/// How wide a bubble is.
const BUBBLE: i64 = 34 * UNIT;
/// Two labels stand at least so far apart.
const TICK_APART: i64 = 58 * UNIT;
/// What lies outside is placed no further away than so many widths.
const OUTSIDE_MAX: i64 = 16;

/// How wide a time is at a scale of `width` for `span`.
fn wide(time: u64, width: i64, span: u64) -> i64 {
    let wide = u128::from(time) * width.unsigned_abs() as u128 / u128::from(span.max(1));
    i64::try_from(wide).unwrap_or(i64::MAX)
}

/// How long a width lasts.
fn long(width: i64, of: i64, span: u64) -> u64 {
    let long = width.unsigned_abs() as u128 * u128::from(span) / (of.max(1) as u128);
    u64::try_from(long).unwrap_or(u64::MAX)
}

impl Window {
    /// The window of this span and width in which an instant stands `x` behind the left edge, or
    /// nearer to it where the run does not reach back so far. `quiets` are those before the
    /// instant, the last one first.
    pub fn placing(
        at: Instant,
        x: i64,
        width: i64,
        span: Span,
        quiets: impl Iterator<Item = Quiet>,
    ) -> Window {
        let (mut left, mut at) = (x.max(0), at.0);
        for quiet in quiets {
            let (from, until) = (quiet.from.0, quiet.until.0);
            let whole = until.saturating_sub(from);
            if wide(whole, width, span.0) <= BUBBLE || from >= at {
                continue;
            }
            let linear = wide(at.saturating_sub(until), width, span.0);
            if linear >= left {
                break;
            }
            left -= linear;
            at = at.min(until);
            let folded = wide(at - from, BUBBLE, whole);
            if folded >= left {
                return Window { from: Instant(at - long(left, BUBBLE, whole)), span };
            }
            left -= folded;
            at = from;
        }
        Window { from: Instant(at.saturating_sub(long(left, width, span.0))), span }
    }
}

impl Axis {
    /// The axis of a window between two places. `quiets` are those that end behind its left edge,
    /// in order.
    pub fn new(window: Window, left: i64, right: i64, quiets: impl Iterator<Item = Quiet>) -> Axis {
        let span = window.span.0.max(1);
        let mut axis = Axis { pieces: Vec::new(), left, right, span };
        let width = right - left;
        let mut at = window.from;
        for quiet in quiets {
            let whole = quiet.until.since(quiet.from).0;
            if wide(whole, width, span) <= BUBBLE || quiet.until <= at {
                continue;
            }
            if quiet.from > at && !axis.append(at, quiet.from, None, width, span) {
                return axis;
            }
            at = at.max(quiet.from);
            if !axis.append(at, quiet.until, Some(quiet.events), BUBBLE, whole) {
                return axis;
            }
            at = quiet.until;
        }
        axis.append(at, at + Span(span), None, width, span);
        axis
    }

    /// Appends a piece of this scale; false where the axis is full with it.
    fn append(
        &mut self,
        from: Instant,
        until: Instant,
        folded: Option<u64>,
        width: i64,
        span: u64,
    ) -> bool {
        let left = self.pieces.last().map_or(self.left, |piece| piece.right);
        let right = left.saturating_add(wide(until.since(from).0, width, span));
        if right < self.right {
            self.pieces.push(Piece { from, until, left, right, folded });
            return true;
        }
        let until = from + Span(long(self.right - left, width, span).max(1));
        self.pieces.push(Piece { from, until, left, right: self.right, folded });
        false
    }

    /// Its parts, from left to right.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The left end.
    pub fn left(&self) -> i64 {
        self.left
    }

    /// The right end.
    pub fn right(&self) -> i64 {
        self.right
    }

    /// The instant at the left end.
    pub fn from(&self) -> Instant {
        self.pieces.first().map_or(Instant::ZERO, |piece| piece.from)
    }

    /// The instant at the right end.
    pub fn until(&self) -> Instant {
        self.pieces.last().map_or(Instant::ZERO, |piece| piece.until)
    }

    /// The place of an instant, also of one outside.
    pub fn x(&self, at: Instant) -> i64 {
        let width = self.right - self.left;
        let outside = |time: Span| wide(time.0, width, self.span).min(width * OUTSIDE_MAX);
        if at < self.from() {
            return self.left - outside(self.from().since(at));
        }
        let place = self.pieces.partition_point(|piece| piece.until < at);
        let Some(piece) = self.pieces.get(place) else {
            return self.right + outside(at.since(self.until()));
        };
        let (time, whole) = (at.since(piece.from).0, piece.until.since(piece.from).0);
        piece.left + wide(time, piece.right - piece.left, whole)
    }

    /// The instant at a place; the nearest end's where it lies outside.
    pub fn instant(&self, x: i64) -> Instant {
        let place = self.pieces.partition_point(|piece| piece.right < x);
        let Some(piece) = self.pieces.get(place) else { return self.until() };
        let whole = piece.until.since(piece.from).0;
        let width = piece.right - piece.left;
        piece.from + Span(long((x - piece.left).clamp(0, width), width, whole))
    }

    /// The labelled places; none within a bubble.
    pub fn ticks(&self) -> Vec<Tick> {
        let step = self.step();
        let mut ticks = Vec::new();
        for piece in self.pieces.iter().filter(|piece| piece.folded.is_none()) {
            let mut at = piece.from.0.div_ceil(step) * step;
            while at <= piece.until.0 {
                ticks.push(Tick { x: self.x(Instant(at)), label: label(at, step) });
                at += step;
            }
        }
        ticks
    }

    /// 1, 2 or 5 times a power of ten, in microseconds.
    fn step(&self) -> u64 {
        let least = long(TICK_APART, self.right - self.left, self.span).max(1);
        let mut power = 1;
        loop {
            for times in [1, 2, 5] {
                if times * power >= least {
                    return times * power;
                }
            }
            power *= 10;
        }
    }
}

/// Seconds with as many decimals as the step has.
fn label(at: u64, step: u64) -> String {
    let decimals = match step {
        0..10 => 6,
        10..100 => 5,
        100..1_000 => 4,
        1_000..10_000 => 3,
        10_000..100_000 => 2,
        100_000..1_000_000 => 1,
        _ => 0,
    };
    let micros = format!("{:06}", at % 1_000_000);
    match decimals {
        0 => format!("{}", at / 1_000_000),
        _ => format!("{}.{}", at / 1_000_000, &micros[..decimals]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT: i64 = 46 * UNIT;
    const RIGHT: i64 = 646 * UNIT;

    fn quiet(from: u64, until: u64) -> Quiet {
        Quiet { from: Instant(from), until: Instant(until), events: 7 }
    }

    fn axis(from: u64, span: u64, quiets: &[Quiet]) -> Axis {
        let window = Window { from: Instant(from), span: Span(span) };
        Axis::new(window, LEFT, RIGHT, quiets.iter().copied())
    }

    #[test]
    fn time_is_even_where_nothing_is_folded() {
        let axis = axis(1_000, 6_000, &[]);
        assert_eq!(axis.x(Instant(1_000)), LEFT);
        assert_eq!(axis.x(Instant(4_000)), LEFT + 300 * UNIT);
        assert_eq!(axis.instant(LEFT + 300 * UNIT), Instant(4_000));
        assert_eq!(axis.x(Instant(0)), LEFT - 100 * UNIT);
        assert_eq!(axis.until(), Instant(7_000));
    }

    #[test]
    fn a_quiet_time_is_as_wide_as_a_bubble() {
        let axis = axis(0, 60_000, &[quiet(10_000, 1_000_000), quiet(1_001_000, 1_001_500)]);
        assert_eq!(axis.x(Instant(10_000)), LEFT + 100 * UNIT);
        assert_eq!(axis.x(Instant(1_000_000)), LEFT + 100 * UNIT + BUBBLE);
        assert_eq!(axis.x(Instant(1_010_000)), LEFT + 200 * UNIT + BUBBLE);
        let folded: Vec<_> = axis.pieces().iter().filter_map(|piece| piece.folded).collect();
        assert_eq!(folded, [7], "what is short anyway is not folded");
    }

    /// Zooming and following place an instant at a chosen point: the way back must agree with the
    /// way there, through bubbles too.
    #[test]
    fn a_window_places_an_instant_where_it_is_wanted() {
        let quiets = [quiet(10_000, 1_000_000), quiet(1_020_000, 3_000_000)];
        for at in [5_000, 500_000, 1_010_000, 2_000_000, 3_000_000, 3_050_000] {
            for x in [0, 40, 130, 400] {
                let before = quiets.iter().rev().copied();
                let (at, span) = (Instant(at), Span(60_000));
                let window = Window::placing(at, x * UNIT, RIGHT - LEFT, span, before);
                let axis = Axis::new(window, LEFT, RIGHT, quiets.iter().copied());
                let off = axis.x(at) - LEFT - x * UNIT;
                let is_young = window.from == Instant::ZERO && off < 0;
                assert!(off.abs() <= UNIT || is_young, "{at} at {x}: off by {off}");
            }
        }
    }

    #[test]
    fn labels_have_the_decimals_of_their_step() {
        let labels = |from, span| -> Vec<String> {
            axis(from, span, &[]).ticks().into_iter().map(|tick| tick.label).collect()
        };
        assert_eq!(labels(12_430_000, 60_000)[..2], ["12.43", "12.44"]);
        assert_eq!(labels(0, 6_000_000)[..3], ["0", "1", "2"]);
        assert_eq!(labels(1_000, 600)[0], "1.0010".replace("1.", "0."));
    }
}
