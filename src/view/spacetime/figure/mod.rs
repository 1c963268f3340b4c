//! With what strokes the diagram is drawn: a list that a canvas and an SVG draw alike.
//!
//! What stands between the names and the right edge is clipped there; the names, the axis and the
//! ink line stand over it. Strokes of one kind are one figure, so that a hundred thousand events
//! are a few dozen calls. The folder ends at the strokes: no canvas, no SVG.

mod axis;
mod glyph;
mod lanes;
mod messages;

pub use glyph::glyph_of;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::types::Epoch;
use crate::view::{Paint, hue};

use super::Diagram;

/// A place, in units.
pub type Place = (i64, i64);

/// The diagram, drawn.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Figures {
    /// What is clipped to the plot.
    pub plot: Vec<Figure>,
    /// What stands over it.
    pub frame: Vec<Figure>,
    /// The plot's left, upper, right and lower edge.
    pub clip: (i64, i64, i64, i64),
}

/// One thing to draw.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Figure {
    /// Straight lines of one kind.
    Lines {
        /// From where to where.
        segments: Vec<(Place, Place)>,
        /// With what.
        stroke: Stroke,
    },
    /// A rectangle.
    Box {
        /// Its upper left corner.
        at: Place,
        /// Its width and height.
        size: Place,
        /// Its inside.
        fill: Option<Ink>,
        /// Its line.
        stroke: Option<Stroke>,
        /// How opaque it is, in hundredths.
        opacity: u8,
    },
    /// Triangles of one kind.
    Triangles {
        /// Their corners.
        corners: Vec<[Place; 3]>,
        /// Their inside.
        fill: Ink,
        /// How opaque they are, in hundredths.
        opacity: u8,
    },
    /// An outline in SVG's path language, round a place.
    Outline {
        /// Where its origin is.
        at: Place,
        /// How much larger it is drawn, in hundredths.
        scale: i64,
        /// The outline.
        path: Cow<'static, str>,
        /// Its inside.
        fill: Option<Ink>,
        /// Its line, and its width in hundredths of a pixel before it is scaled.
        line: Option<(Ink, i64)>,
        /// How opaque it is, in hundredths.
        opacity: u8,
    },
    /// A word.
    Text {
        /// Where its base line is.
        at: Place,
        /// What it says.
        text: String,
        /// How high, in units.
        size: i64,
        /// What of it stands at the place.
        anchor: Anchor,
        /// In which letters.
        font: Font,
        /// Whether it is bold.
        is_bold: bool,
        /// With what.
        ink: Ink,
    },
}

/// What of a word stands at its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
}

/// Letters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Font {
    /// Of words.
    Words,
    /// Of numbers.
    Numbers,
}

/// How a line is drawn.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Stroke {
    /// With what.
    pub ink: Ink,
    /// How wide, in units.
    pub width: i64,
    /// With which gaps.
    pub dash: Dash,
    /// How opaque, in hundredths.
    pub opacity: u8,
}

/// The gaps of a line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Dash {
    /// None.
    None,
    /// Not there yet.
    Ahead,
    /// An observer's lane.
    Observer,
    /// Dots.
    Dots,
}

impl Dash {
    /// Strokes and gaps by turns, in units.
    pub const fn pattern(self) -> &'static [i64] {
        match self {
            Dash::None => &[],
            Dash::Ahead => &[40, 48],
            Dash::Observer => &[80, 32],
            Dash::Dots => &[24, 56],
        }
    }
}

/// A colour by its meaning.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Ink {
    /// The hue of an epoch, by its number from 1 to 6; 0 for none.
    Epoch(u8),
    /// The ground of that hue.
    Wash(u8),
    /// On a fill of that hue.
    OnEpoch,
    /// The ground.
    Surface,
    /// A sunken ground.
    Sunken,
    /// Ink.
    Ink,
    /// A softer ink.
    Soft,
    /// A faint ink.
    Faint,
    /// On a fill of ink.
    OnInk,
    /// A rule.
    Rule,
    /// What is hardly worth a line.
    Track,
    /// Hatching.
    Hatch,
    /// Yellow: undecided.
    Look,
    /// The line round it.
    LookLine,
    /// What stands on it.
    OnLook,
}

impl Ink {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Ink> {
        let others = [
            Ink::OnEpoch,
            Ink::Surface,
            Ink::Sunken,
            Ink::Ink,
            Ink::Soft,
            Ink::Faint,
            Ink::OnInk,
            Ink::Rule,
            Ink::Track,
            Ink::Hatch,
            Ink::Look,
            Ink::LookLine,
            Ink::OnLook,
        ];
        (0..=6).flat_map(|hue| [Ink::Epoch(hue), Ink::Wash(hue)]).chain(others)
    }

    /// The ink of an epoch.
    pub fn of(epoch: Epoch) -> Ink {
        Ink::Epoch(hue(epoch).unwrap_or_default())
    }

    /// The ground of an epoch.
    pub fn wash_of(epoch: Epoch) -> Ink {
        Ink::Wash(hue(epoch).unwrap_or_default())
    }

    /// The token that has its colour.
    pub const fn token(self) -> &'static str {
        match self {
            Ink::Epoch(1) => "--e1",
            Ink::Epoch(2) => "--e2",
            Ink::Epoch(3) => "--e3",
            Ink::Epoch(4) => "--e4",
            Ink::Epoch(5) => "--e5",
            Ink::Epoch(6) => "--e6",
            Ink::Wash(1) => "--e1-wash",
            Ink::Wash(2) => "--e2-wash",
            Ink::Wash(3) => "--e3-wash",
            Ink::Wash(4) => "--e4-wash",
            Ink::Wash(5) => "--e5-wash",
            Ink::Wash(6) => "--e6-wash",
            Ink::Epoch(_) | Ink::Faint => "--ink-3",
            Ink::Wash(_) | Ink::Sunken => "--sunken",
            Ink::OnEpoch => "--on-epoch",
            Ink::Surface => "--surface",
            Ink::Ink => "--ink",
            Ink::Soft => "--ink-2",
            Ink::OnInk => "--on-ink",
            Ink::Rule => "--rule",
            Ink::Track => "--track",
            Ink::Hatch => "--hatch",
            Ink::Look => "--look",
            Ink::LookLine => "--look-line",
            Ink::OnLook => "--on-look",
        }
    }

    /// The ink of a glyph's paint, for a message of this epoch.
    fn of_paint(paint: Paint, epoch: Epoch) -> Option<Ink> {
        Some(match paint {
            Paint::None => return None,
            Paint::Epoch => Ink::of(epoch),
            Paint::OnEpoch => Ink::OnEpoch,
            Paint::Surface => Ink::Surface,
            Paint::Ink => Ink::Ink,
            Paint::OnInk => Ink::OnInk,
            Paint::Look => Ink::Look,
            Paint::LookLine => Ink::LookLine,
            Paint::OnLook => Ink::OnLook,
            Paint::Faint => Ink::Faint,
            Paint::Hatch => Ink::Hatch,
        })
    }
}

impl Stroke {
    /// An opaque line without gaps.
    pub const fn plain(ink: Ink, width: i64) -> Stroke {
        Stroke { ink, width, dash: Dash::None, opacity: 100 }
    }
}

/// Lines gathered by their rank, then by their stroke: the lowest rank is drawn first.
#[derive(Default)]
struct Gathered(BTreeMap<(u8, Stroke), Vec<(Place, Place)>>);

impl Gathered {
    fn add(&mut self, rank: u8, stroke: Stroke, from: Place, to: Place) {
        self.0.entry((rank, stroke)).or_default().push((from, to));
    }

    fn into_figures(self) -> impl Iterator<Item = Figure> {
        self.0.into_iter().map(|((_, stroke), segments)| Figure::Lines { segments, stroke })
    }
}

/// Draws the diagram.
pub fn figures(diagram: &Diagram) -> Figures {
    let axis = &diagram.axis;
    let mut figures =
        Figures { clip: (axis.left(), 0, axis.right(), diagram.height), ..Figures::default() };
    axis::ground(diagram, &mut figures);
    lanes::bands(diagram, &mut figures.plot);
    messages::messages(diagram, &mut figures.plot);
    lanes::marks(diagram, &mut figures.plot);
    glyph::glyphs(diagram, &mut figures.plot);
    lanes::names(diagram, &mut figures.frame);
    axis::cursor(diagram, &mut figures.frame);
    figures
}
