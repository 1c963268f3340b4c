//! The overview strip: the whole history as strata of epochs, with marks, and the branches below.

use std::sync::Arc;

use crate::run::BranchId;
use crate::types::{Epoch, Instant};

/// The history so far.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OverviewView {
    /// Where the branch that is shown ends: now, while it is live.
    pub end: Instant,
    /// Where the longest branch ends: the strip goes as far.
    pub longest: Instant,
    /// Whether the cursor is at the end, so that what happens next is new.
    pub live: bool,
    /// The strata, by time; two overlap while two leaders exist.
    pub strips: Vec<Strip>,
    /// The marks, by time.
    pub marks: Vec<OverviewMark>,
    /// The branches, oldest first; there is always the one that is shown.
    pub branches: Vec<BranchStrip>,
    /// The epoch that holds at the cursor, where an established leader has one.
    pub epoch: Option<Epoch>,
}

/// A branch of the run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BranchStrip {
    /// Which.
    pub branch: BranchId,
    /// The name that was given to it.
    pub name: Option<Arc<str>>,
    /// Where it began; nowhere is the beginning of the run.
    pub from: Option<Instant>,
    /// Where it ends.
    pub until: Instant,
    /// Whether it is the one that is shown.
    pub shown: bool,
    /// When it parts from the branch that is shown; `None` where it never does.
    pub parts: Option<Instant>,
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

    /// The instant so far along the strip: the other way round.
    pub fn instant(share: f64, end: Instant) -> Instant {
        let length = end.max(LENGTH_MIN).0 as f64;
        Instant((share.clamp(0.0, 1.0) * length) as u64)
    }

    /// The row below the strip on which each other branch is drawn: the first on which it overlaps
    /// none before it. In the order of [`OverviewView::branches`]; `None` for the one that is
    /// shown.
    pub fn branch_rows(&self) -> Vec<Option<u32>> {
        let mut ends: Vec<Instant> = Vec::new();
        let row = |strip: &BranchStrip| {
            if strip.shown {
                return None;
            }
            let from = strip.from.unwrap_or(Instant::ZERO);
            let free = ends.iter().position(|end| *end <= from);
            let row = free.unwrap_or(ends.len());
            ends.truncate(ends.len().max(row));
            match ends.get_mut(row) {
                Some(end) => *end = strip.until,
                None => ends.push(strip.until),
            }
            Some(row as u32)
        };
        self.branches.iter().map(row).collect()
    }

    /// The marks that can be told apart at this many places along the strip: of marks of one kind
    /// on one place only the first is kept.
    pub fn marks_thinned(&self, places: u32) -> Vec<OverviewMark> {
        let place = |mark: &OverviewMark| {
            let share = OverviewView::share(mark.at, self.longest);
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
    fn a_place_on_the_strip_is_an_instant_again() {
        for (at, end) in [(0, 100_000), (300_000, 300_000), (900_000, 1_200_000)] {
            let share = OverviewView::share(Instant(at), Instant(end));
            assert_eq!(OverviewView::instant(share, Instant(end)), Instant(at));
        }
        assert_eq!(OverviewView::instant(7.0, Instant(900_000)), Instant(900_000));
    }

    #[test]
    fn branches_that_overlap_lie_on_rows_of_their_own() {
        let strip = |branch, from, until, shown| BranchStrip {
            branch: BranchId(branch),
            name: None,
            from: Some(Instant(from)),
            until: Instant(until),
            shown,
            parts: None,
        };
        let branches = vec![
            strip(0, 0, 500, true),
            strip(1, 100, 300, false),
            strip(2, 200, 400, false),
            strip(3, 300, 350, false),
        ];
        let view = OverviewView { branches, ..OverviewView::default() };
        assert_eq!(view.branch_rows(), [None, Some(0), Some(1), Some(0)]);
    }

    #[test]
    fn a_long_history_keeps_no_more_marks_than_there_are_places() {
        let commit = |at| OverviewMark { at: Instant(at), kind: MarkKind::Commit(Epoch(1)) };
        let marks = (0..10_000).map(|index| commit(index * 1_000)).collect();
        let longest = Instant(10_000_000);
        let view = OverviewView { longest, marks, ..OverviewView::default() };
        assert_eq!(view.marks_thinned(200).len(), 200);
    }
}
