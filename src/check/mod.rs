//! What must always hold, watched while a run goes on. One property a file.
//!
//! | property | predicate | source |
//! |---|---|---|
//! | [`PropertyName::Leadership`] | an epoch has at most one established leader, ever | *Leadership1*, *Leadership2*; I-1 |
//! | [`PropertyName::PrefixConsistency`] | of what two servers have delivered, one is a prefix of the other | *PrefixConsistency*; implies I-3, I-4 |
//! | [`PropertyName::LeaderLogCompleteness`] | an established leader's initial history has all that was committed | *LeaderLogCompleteness*; I-8 |
//! | [`PropertyName::QuorumDurability`] | what is committed, or shown to a client, is on the disks of a quorum | ours |
//! | [`PropertyName::CommittedLogDurability`] | a synchronisation never cuts off what is committed | *CommittedLogDurability* |
//! | [`PropertyName::ReplicaEquality`] | servers that are at the same zxid have equal trees and sessions | ours |
//!
//! Names and predicates are those of the published specifications (`Zab.tla`, the system
//! specification, EuroSys 2025), worded so that a correct ensemble keeps them; fact sheet §6.
//!
//! A checker reads trace events and the world, and writes nothing but its own history variables
//! (ghosts). These are persistent collections: a copy costs next to nothing. An event costs
//! O(log n) at most, by the number of transactions.
//!
//! The folder ends where a run stops because of a violation.

mod committed;
mod committed_log_durability;
mod leader_log_completeness;
mod leadership;
mod prefix_consistency;
mod property;
mod quorum_durability;
mod replica_equality;
mod verdict;

pub use committed::Committed;
pub use property::PropertyName;
pub use verdict::{Evaluated, Fact, Verdict, Violation, Witness};

use committed_log_durability::CommittedLogDurability;
use leader_log_completeness::LeaderLogCompleteness;
use leadership::Leadership;
use prefix_consistency::PrefixConsistency;
use quorum_durability::QuorumDurability;
use replica_equality::ReplicaEquality;

use crate::sim::{TraceEvent, World};

/// All checkers of a run.
#[derive(Clone, Debug, Default)]
pub struct Checkers {
    committed: Committed,
    leadership: Leadership,
    prefix_consistency: PrefixConsistency,
    leader_log_completeness: LeaderLogCompleteness,
    quorum_durability: QuorumDurability,
    committed_log_durability: CommittedLogDurability,
    replica_equality: ReplicaEquality,
}

/// A property's checker.
trait Property {
    /// Takes note of an event, and looks at the world as it is after the step that the event
    /// belongs to. `committed` does not know of the event yet.
    fn observe(&mut self, event: &TraceEvent, committed: &Committed, world: &World);

    /// What it has found so far.
    fn evaluated(&self) -> &Evaluated;
}

impl Checkers {
    /// Takes note of the events of one step; `world` is as it is after it.
    pub fn observe(&mut self, events: &[TraceEvent], world: &World) {
        for event in events {
            self.leadership.observe(event, &self.committed, world);
            self.prefix_consistency.observe(event, &self.committed, world);
            self.leader_log_completeness.observe(event, &self.committed, world);
            self.committed_log_durability.observe(event, &self.committed, world);
            self.committed.observe(event, world);
            self.quorum_durability.observe(event, &self.committed, world);
            self.replica_equality.observe(event, &self.committed, world);
        }
    }

    /// What each property's checker has found, in the order of [`PropertyName::ALL`].
    pub fn verdicts(&self) -> [(PropertyName, &Evaluated); PropertyName::ALL.len()] {
        PropertyName::ALL.map(|name| (name, self.evaluated(name)))
    }

    /// What one property's checker has found.
    pub fn evaluated(&self, name: PropertyName) -> &Evaluated {
        match name {
            PropertyName::Leadership => self.leadership.evaluated(),
            PropertyName::PrefixConsistency => self.prefix_consistency.evaluated(),
            PropertyName::LeaderLogCompleteness => self.leader_log_completeness.evaluated(),
            PropertyName::QuorumDurability => self.quorum_durability.evaluated(),
            PropertyName::CommittedLogDurability => self.committed_log_durability.evaluated(),
            PropertyName::ReplicaEquality => self.replica_equality.evaluated(),
        }
    }

    /// The violation that was found first.
    pub fn violation(&self) -> Option<(PropertyName, &Violation)> {
        let violated = PropertyName::ALL.into_iter().filter_map(|name| {
            let violation = self.evaluated(name).violation()?;
            Some((name, violation))
        });
        violated.min_by_key(|(_, violation)| violation.event())
    }

    /// The transactions known to be committed.
    pub fn committed(&self) -> &Committed {
        &self.committed
    }
}
