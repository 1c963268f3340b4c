//! The history at a glance.

use crate::run::{Branch, BranchId};
use crate::types::Instant;
use crate::view::{BranchStrip, MarkKind, OverviewMark, OverviewView, Strip, StripKind};
use crate::viewer::{Eras, Mark, Reign, Story, Viewer};

/// Strata of epochs, stretches without a leader, cuts, and marks.
pub fn overview(viewer: &Viewer) -> OverviewView {
    let eras = viewer.eras();
    let timeline = viewer.timeline();
    let end = timeline.end().now();
    let mut strips = leaderless(eras, end);
    strips.extend(eras.reigns().iter().flat_map(|reign| strata(eras, reign, end)));
    strips.extend(eras.cuts().iter().map(|&(from, until)| Strip {
        kind: StripKind::Cut,
        from,
        until,
    }));
    let mark = |&(at, mark): &(Instant, Mark)| OverviewMark {
        at,
        kind: match mark {
            Mark::Crash => MarkKind::Crash,
            Mark::Restart => MarkKind::Restart,
            Mark::Commit(epoch) => MarkKind::Commit(epoch),
        },
    };
    let mut marks: Vec<OverviewMark> = eras.marks().iter().map(mark).collect();
    if timeline.end().violation().is_some() {
        marks.push(OverviewMark { at: end, kind: MarkKind::Violation });
    }
    let branches = branches(viewer);
    let longest = branches.iter().map(|branch| branch.until).max().unwrap_or(end);
    let now = viewer.now();
    let holds = |reign: &&Reign| reign.from <= now && reign.until.is_none_or(|until| until > now);
    let epoch = eras.reigns().iter().filter(holds).map(|reign| reign.epoch).max();
    OverviewView { end, longest, live: timeline.is_live(), strips, marks, branches, epoch }
}

/// All branches, and where they part from the one that is shown.
fn branches(viewer: &Viewer) -> Vec<BranchStrip> {
    let timeline = viewer.timeline();
    let strip = |(id, branch): (BranchId, &Branch<Story>)| {
        let shown = id == timeline.shown();
        BranchStrip {
            branch: id,
            name: branch.name().map(Into::into),
            from: branch.fork().map(|fork| fork.at),
            until: branch.end().unwrap_or(timeline.end()).now(),
            shown,
            parts: timeline.parting(id),
        }
    };
    timeline.branches().map(strip).collect()
}

/// The gaps between reigns.
fn leaderless(eras: &Eras, end: Instant) -> Vec<Strip> {
    let mut strips = Vec::new();
    let mut covered = Instant::ZERO;
    for reign in eras.reigns() {
        if reign.from > covered {
            let until = Some(reign.from);
            strips.push(Strip { kind: StripKind::NoLeader, from: covered, until });
        }
        covered = covered.max(reign.until.unwrap_or(end));
    }
    let reigned = eras.reigns().iter().any(|reign| reign.until.is_none());
    if !reigned {
        strips.push(Strip { kind: StripKind::NoLeader, from: covered, until: None });
    }
    strips
}

/// A reign, in halves where it shares its time with another.
fn strata(eras: &Eras, reign: &Reign, end: Instant) -> Vec<Strip> {
    let until = reign.until.unwrap_or(end);
    let other = eras.reigns().iter().find(|other| {
        *other != reign && other.from < until && other.until.unwrap_or(end) > reign.from
    });
    let Some(other) = other else {
        let kind = StripKind::Epoch(reign.epoch);
        return vec![Strip { kind, from: reign.from, until: reign.until }];
    };
    let upper = reign.epoch < other.epoch;
    let shared = StripKind::Shared { epoch: reign.epoch, upper };
    let (begin, finish) = (reign.from.max(other.from), until.min(other.until.unwrap_or(end)));
    let mut strips = Vec::new();
    if reign.from < begin {
        let kind = StripKind::Epoch(reign.epoch);
        strips.push(Strip { kind, from: reign.from, until: Some(begin) });
    }
    let open = reign.until.is_none() && other.until.is_none();
    strips.push(Strip { kind: shared, from: begin, until: (!open).then_some(finish) });
    if finish < until {
        let kind = StripKind::Epoch(reign.epoch);
        strips.push(Strip { kind, from: finish, until: reign.until });
    }
    strips
}
