//! The tree of branches: which there are, where they part, and the moves between them.

use super::{Branch, BranchId, Chronicle, Timeline};
use crate::types::Instant;

impl<C: Chronicle> Timeline<C> {
    /// The branches, oldest first.
    pub fn branches(&self) -> impl Iterator<Item = (BranchId, &Branch<C>)> {
        let numbered = self.branches.iter().zip(0..);
        numbered.filter_map(|(branch, number)| Some((BranchId(number), branch.as_ref()?)))
    }

    /// The branch that is shown.
    pub fn shown(&self) -> BranchId {
        self.shown
    }

    /// Shows a branch, at the instant that is shown now, or at its end where that comes first.
    /// False where there is no such branch.
    pub fn switch(&mut self, to: BranchId) -> bool {
        if self.branches.get(to.place()).is_none_or(Option::is_none) {
            return false;
        }
        if to != self.shown {
            let at = self.here.run.now();
            self.leave_end();
            self.shown = to;
            // Where the branches part, the other one's moment is no moment of this one.
            let tip = self.branch_mut().tip.take();
            self.here = *tip.expect("the end of a branch that is not shown is kept");
            self.seek_instant(at);
        }
        true
    }

    /// When another branch parts from the one that is shown; `None` for that one itself, and where
    /// there is no such branch.
    pub fn parting(&self, other: BranchId) -> Option<Instant> {
        let (own, theirs) = (self.lineage(self.shown), self.lineage(other));
        let common = |&(branch, until): &(BranchId, Option<Instant>)| {
            let (_, end) = theirs.iter().find(|(other, _)| *other == branch)?;
            Some([until, *end].into_iter().flatten().min())
        };
        own.iter().find_map(common).flatten()
    }

    /// Names a branch; an empty name takes the name away.
    pub fn rename(&mut self, branch: BranchId, name: &str) {
        if let Some(Some(branch)) = self.branches.get_mut(branch.place()) {
            branch.name = (!name.is_empty()).then(|| name.into());
        }
    }

    /// Deletes a branch; those that began on it then hang where it did. False for the one that is
    /// shown, and where there is no such branch.
    pub fn delete(&mut self, branch: BranchId) -> bool {
        if branch == self.shown {
            return false;
        }
        let Some(deleted) = self.branches.get_mut(branch.place()).and_then(Option::take) else {
            return false;
        };
        for other in self.branches.iter_mut().flatten() {
            if other.fork.is_some_and(|fork| fork.from == branch) {
                other.fork = deleted.fork;
            }
        }
        true
    }

    /// A branch and those that it has its past from, each with when it leaves it.
    fn lineage(&self, branch: BranchId) -> Vec<(BranchId, Option<Instant>)> {
        let (mut line, mut next, mut until) = (Vec::new(), branch, None::<Instant>);
        while let Some(Some(found)) = self.branches.get(next.place()) {
            line.push((next, until));
            let Some(fork) = found.fork else { break };
            until = Some(until.map_or(fork.at, |until| until.min(fork.at)));
            next = fork.from;
        }
        line
    }
}
