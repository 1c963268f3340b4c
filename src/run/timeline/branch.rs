//! One of the futures of a run: its trace, what was done on it, and copies of its moments.

use std::sync::Arc;

use super::{Chronicle, DENSE, DENSE_EVENTS, LASTING_EVENTS, Moment};
use crate::run::{Run, Trace};
use crate::sim::{Command, EventId};
use crate::types::Instant;

/// A branch's number, by age.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BranchId(pub u32);

impl BranchId {
    /// The branch that a run begins with.
    pub const FIRST: BranchId = BranchId(0);

    pub(super) fn place(self) -> usize {
        self.0 as usize
    }
}

/// Something that was done from outside, while the run was watched.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Act {
    /// How many moves came before it.
    pub moves: u64,
    /// When.
    pub at: Instant,
    /// What.
    pub command: Command,
    /// Whether it begins something; the others belong to the one before them.
    pub is_first: bool,
}

/// Where a branch began.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fork {
    /// On which branch.
    pub from: BranchId,
    /// When.
    pub at: Instant,
}

/// One of the futures of a run, with its whole past.
#[derive(Clone, Debug)]
pub struct Branch<C> {
    pub(super) name: Option<Arc<str>>,
    pub(super) fork: Option<Fork>,
    pub(super) trace: Trace,
    /// In the order of their moves.
    pub(super) acts: Vec<Act>,
    /// In the order of their moves; the first is the earliest moment that can be gone to.
    pub(super) checkpoints: Vec<Arc<Moment<C>>>,
    /// Its end, while the cursor is elsewhere.
    pub(super) tip: Option<Box<Moment<C>>>,
}

impl<C: Chronicle> Branch<C> {
    pub(super) fn new() -> Branch<C> {
        Branch {
            name: None,
            fork: None,
            trace: Trace::default(),
            acts: Vec::new(),
            checkpoints: Vec::new(),
            tip: None,
        }
    }

    /// The name that was given to it.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Where it began; `None` for the first branch.
    pub fn fork(&self) -> Option<Fork> {
        self.fork
    }

    /// What was done on it, its past before the fork included.
    pub fn acts(&self) -> &[Act] {
        &self.acts
    }

    /// All its events.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// The run at its end; `None` while the cursor is there.
    pub fn end(&self) -> Option<&Run> {
        Some(&self.tip.as_deref()?.run)
    }

    /// Where another branch parts from this one: the first event that differs, or that only one of
    /// them has. `None` where they are the same.
    pub fn parts_from(&self, other: &Branch<C>) -> Option<EventId> {
        let (own, theirs) = (self.trace.iter(), other.trace.iter());
        let common = own.zip(theirs).take_while(|(own, theirs)| own == theirs).count() as u64;
        let first = EventId::after(self.trace.first().number() - 1 + common);
        (self.trace.len().max(other.trace.len()) >= first.number()).then_some(first)
    }

    /// The same past up to a moment, as the beginning of another future.
    pub(super) fn up_to(&self, moment: &Moment<C>, fork: Fork) -> Branch<C> {
        let acts = self.acts.partition_point(|act| act.moves < moment.moves);
        let known = self.checkpoints.partition_point(|kept| kept.moves <= moment.moves);
        Branch {
            name: None,
            fork: Some(fork),
            trace: self.trace.before(moment.run.world().next_event()),
            acts: self.acts[..acts].to_vec(),
            checkpoints: self.checkpoints[..known.max(1)].to_vec(),
            tip: None,
        }
    }

    /// Makes the end a checkpoint where it is far enough from the last one, and thins out those
    /// that are no longer among the newest.
    pub(super) fn keep(&mut self, end: &Moment<C>) {
        let events = |moment: &Moment<C>| moment.run.world().next_event().number();
        let due = |last: &Arc<Moment<C>>| events(end) >= events(last) + DENSE_EVENTS;
        if !self.checkpoints.last().is_none_or(due) {
            return;
        }
        self.checkpoints.push(Arc::new(end.clone()));
        // Only the one that has just ceased to be among the newest can be superfluous.
        let count = self.checkpoints.len();
        if let Some(old) = count.checked_sub(DENSE + 1).filter(|&old| old > 0) {
            let next = events(&self.checkpoints[old + 1]);
            if next - events(&self.checkpoints[old - 1]) <= LASTING_EVENTS {
                self.checkpoints.remove(old);
            }
        }
    }

    /// Folds what is older than so many events into the last checkpoint before these.
    pub(super) fn fold(&mut self, events_kept: u64) {
        let there = self.trace.len() + 1 - self.trace.first().number();
        if there < events_kept + 2 * LASTING_EVENTS {
            return;
        }
        let oldest = EventId::after(self.trace.len() - events_kept);
        let before = |moment: &Arc<Moment<C>>| moment.run.world().next_event() <= oldest;
        let folded = self.checkpoints.partition_point(before).saturating_sub(1);
        self.checkpoints.drain(..folded);
        let base = self.checkpoints[0].run.world().next_event();
        self.trace.forget_before(base);
    }
}
