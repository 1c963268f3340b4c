//! The event list.

use crate::text::Phrase;
use crate::types::{Epoch, Instant};

use super::{Glyph, Spot};

/// One trace event, as a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EventRow {
    /// Its number within the run.
    pub number: u64,
    /// When it happened.
    pub at: Instant,
    /// Where it happened; `None` for the network or the run as a whole.
    pub place: Option<Spot>,
    /// The message that it is about.
    pub glyph: Option<(Glyph, Option<u32>)>,
    /// The epoch whose hue it wears.
    pub epoch: Epoch,
    /// What happened.
    pub what: Phrase,
    /// Whether it is a commit, a change of role, a fault: what `Shift →` stops at.
    pub milestone: bool,
}
