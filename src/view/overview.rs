//! The overview strip: the whole history as strata of epochs, with marks.

use crate::types::{Epoch, Instant};

/// The history so far.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OverviewView {
    /// Where it ends: now, while it runs.
    pub end: Instant,
    /// The strata, by time; two overlap while two leaders exist.
    pub strips: Vec<Strip>,
    /// The marks, by time.
    pub marks: Vec<OverviewMark>,
}

/// A stratum.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Strip {
    /// What it is.
    pub kind: StripKind,
    /// Where it begins.
    pub from: Instant,
    /// Where it ends; `None` for what lasts.
    pub until: Option<Instant>,
}

/// What a stratum is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StripKind {
    /// Nobody leads: yellow.
    NoLeader,
    /// An established leader's epoch.
    Epoch(Epoch),
    /// An epoch whose leader shares the time with another one: half as high.
    Shared {
        /// The epoch.
        epoch: Epoch,
        /// Whether it is drawn in the upper half.
        upper: bool,
    },
    /// The network is cut: hatching above the strip.
    Cut,
}

/// A mark at an instant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OverviewMark {
    /// When.
    pub at: Instant,
    /// What.
    pub kind: MarkKind,
}

/// What a mark stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MarkKind {
    /// A server lost power: ×.
    Crash,
    /// A server started again: ↑.
    Restart,
    /// A transaction was committed: a tick below the strip.
    Commit(Epoch),
    /// A property was violated: a flag.
    Violation,
}

/// The shortest history the strip shows at its full width, so that the first marks do not race.
const LENGTH_MIN: Instant = Instant(600_000);

impl OverviewView {
    /// How far along the strip an instant lies, 0 to 1, when the history has come to `end`.
    pub fn share(at: Instant, end: Instant) -> f64 {
        let length = end.max(LENGTH_MIN).0 as f64;
        (at.0 as f64 / length).min(1.0)
    }

    /// The marks that can be told apart at this many places along the strip: of marks of one kind
    /// on one place only the first is kept.
    pub fn marks_thinned(&self, places: u32) -> Vec<OverviewMark> {
        let place = |mark: &OverviewMark| {
            let share = OverviewView::share(mark.at, self.end);
            (share * f64::from(places)) as u32
        };
        let mut kept: Vec<OverviewMark> = Vec::new();
        for mark in &self.marks {
            let same = |seen: &&OverviewMark| {
                std::mem::discriminant(&seen.kind) == std::mem::discriminant(&mark.kind)
            };
            let last = kept.iter().rev().find(same);
            if last.is_none_or(|last| place(last) != place(mark)) {
                kept.push(*mark);
            }
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_young_history_does_not_fill_the_strip() {
        assert_eq!(OverviewView::share(Instant(300_000), Instant(300_000)), 0.5);
        assert_eq!(OverviewView::share(Instant(900_000), Instant(900_000)), 1.0);
        assert_eq!(OverviewView::share(Instant(300_000), Instant(1_200_000)), 0.25);
    }

    #[test]
    fn a_long_history_keeps_no_more_marks_than_there_are_places() {
        let commit = |at| OverviewMark { at: Instant(at), kind: MarkKind::Commit(Epoch(1)) };
        let marks = (0..10_000).map(|index| commit(index * 1_000)).collect();
        let view = OverviewView { end: Instant(10_000_000), strips: Vec::new(), marks };
        assert_eq!(view.marks_thinned(200).len(), 200);
    }
}
