//! The space–time diagram as geometry: a lane for each server and client, messages as slanted
//! lines between them, the axis with its folded quiet times.
//!
//! [`diagram`] places what a window of the index shows, no more than there are pixel columns for;
//! [`figures`] says with what strokes it is drawn, the same on a canvas and in an [`svg`];
//! [`hit`] finds what lies under the pointer. All geometry is in whole sixteenths of a pixel, so
//! that a picture has the same bytes on every machine.

mod axis;
mod chain;
mod describe;
mod figure;
mod filter;
mod hit;
mod lanes;
mod messages;
mod svg;
mod tokens;

use std::collections::BTreeMap;

pub use axis::{Axis, Piece, Tick, Window};
pub use chain::{Light, Lit, causes, effects, lit};
pub use describe::{describe, hop_name};
pub use figure::{Anchor, Dash, Figure, Figures, Font, Ink, Place, Stroke, figures, glyph_of};
pub use filter::{Filter, Group};
pub use hit::{Hit, Target, hit};
pub use lanes::{Band, BandLook, DiagramLane, PlacedMark};
pub use messages::{Line, LineState};
pub use svg::{SvgFrame, export, svg};
pub use tokens::Tokens;

use crate::ensemble::PacketId;
use crate::run::BranchId;
use crate::sim::EventId;
use crate::types::{Instant, Span};
use crate::viewer::Spacetime;

/// So many units make a pixel.
pub const UNIT: i64 = 16;

/// What the diagram shows of a run: the index, and where the cursor stands in it.
#[derive(Clone, Debug)]
pub struct SpacetimeView {
    /// Which branch it is of.
    pub branch: BranchId,
    /// The index.
    pub index: Spacetime,
    /// The first event that lies ahead of the cursor.
    pub next: EventId,
    /// When the packets that are in flight will arrive, where nothing keeps them.
    pub arrivals: std::rc::Rc<BTreeMap<PacketId, Instant>>,
    /// The selected event with its causes and effects.
    pub lit: std::rc::Rc<Lit>,
}

/// Everything that decides what the diagram looks like.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// What there is to show.
    pub view: &'a SpacetimeView,
    /// What part of it.
    pub window: Window,
    /// Whether quiet times are folded.
    pub folds: bool,
    /// The ink line.
    pub cursor: Instant,
    /// What is left out.
    pub filter: &'a Filter,
    /// What the pointer is on.
    pub hovered: Option<EventId>,
    /// How wide, in pixels.
    pub width: u32,
    /// How high, in pixels.
    pub height: u32,
}

/// The diagram, placed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagram {
    /// How wide it is.
    pub width: i64,
    /// How high.
    pub height: i64,
    /// Where the lanes begin, below the axis.
    pub top: i64,
    /// Time and place.
    pub axis: Axis,
    /// The ink line.
    pub cursor: Instant,
    /// Its place.
    pub cursor_x: i64,
    /// The lanes, from above.
    pub lanes: Vec<DiagramLane>,
    /// The messages, by their sending.
    pub lines: Vec<Line>,
    /// What was done from outside.
    pub commands: Vec<(EventId, i64)>,
    /// Whether something is lit, so that the rest steps back.
    pub is_lit: bool,
}

/// How high the axis is.
const AXIS: i64 = 18 * UNIT;
/// How wide the column of the lanes' names is.
const NAMES: i64 = 46 * UNIT;
/// Room at the right and the lower edge.
const MARGIN: i64 = 4 * UNIT;
/// Where the ink line stands while it is followed, in hundredths of the width.
const CURSOR_PLACE: i64 = 82;

/// Where the axis begins and ends in a diagram of so many pixels.
pub fn edges(width: u32) -> (i64, i64) {
    let right = i64::from(width) * UNIT - MARGIN;
    (NAMES, right.max(NAMES + 64 * UNIT))
}

/// An index only grows, so its length tells two of a branch apart.
impl PartialEq for SpacetimeView {
    fn eq(&self, other: &SpacetimeView) -> bool {
        let extent = |view: &SpacetimeView| (view.branch, view.index.next(), view.next);
        extent(self) == extent(other)
            && std::rc::Rc::ptr_eq(&self.arrivals, &other.arrivals)
            && self.lit == other.lit
    }
}

impl SpacetimeView {
    /// The window of this span in which an instant stands at a place.
    pub fn placing(&self, at: Instant, x: i64, span: Span, width: u32, folds: bool) -> Window {
        let (left, right) = edges(width);
        let quiets = self.index.quiets_before(at, at.max(self.index.end()));
        Window::placing(at, x - left, right - left, span, quiets.filter(|_| folds))
    }

    /// The window that follows the ink line.
    pub fn following(&self, cursor: Instant, span: Span, width: u32, folds: bool) -> Window {
        let (left, right) = edges(width);
        let place = left + (right - left) * CURSOR_PLACE / 100;
        self.placing(cursor, place, span, width, folds)
    }

    /// The axis of a window.
    pub fn axis(&self, window: Window, cursor: Instant, width: u32, folds: bool) -> Axis {
        let (left, right) = edges(width);
        let quiets = self.index.quiets_from(window.from, cursor.max(self.index.end()));
        Axis::new(window, left, right, quiets.filter(|_| folds))
    }
}

/// Places what the scene shows.
pub fn diagram(scene: &Scene<'_>) -> Diagram {
    let view = scene.view;
    let axis = view.axis(scene.window, scene.cursor, scene.width, scene.folds);
    let height = i64::from(scene.height) * UNIT;
    let lanes = lanes::lanes(scene, &axis, AXIS + 4 * UNIT, height - MARGIN);
    let lines = messages::lines(scene, &axis, &lanes);
    let commands = view.index.commands(axis.from(), axis.until());
    let commands = commands.filter(|(event, _)| *event < view.next);
    let commands = commands.map(|(event, at)| (event, axis.x(at))).collect();
    Diagram {
        width: i64::from(scene.width) * UNIT,
        height,
        top: AXIS,
        cursor: scene.cursor,
        cursor_x: axis.x(scene.cursor),
        axis,
        lanes,
        lines,
        commands: thinned(commands),
        is_lit: !view.lit.is_empty(),
    }
}

/// One command for each pixel column.
fn thinned(mut commands: Vec<(EventId, i64)>) -> Vec<(EventId, i64)> {
    commands.dedup_by_key(|(_, x)| *x / (4 * UNIT));
    commands
}
