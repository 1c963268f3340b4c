//! What must always hold, watched while a run goes on. One property a file.
//!
//! | property | predicate | source |
//! |---|---|---|
//! | [`PropertyName::Leadership2`] | an epoch has at most one established leader, ever | *Leadership2*; I-1 |
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
mod ghosts;
mod guarantee;
mod leader_log_completeness;
mod leadership2;
mod moment;
mod prefix_consistency;
mod property;
mod quorum_durability;
mod replica_equality;
mod verdict;

pub use committed::Committed;
pub use ghosts::Ghosts;
pub use guarantee::{ClientFact, Counter};
pub use property::PropertyName;
pub use verdict::{Evaluated, Fact, Verdict, Violation, Witness};

use committed_log_durability::CommittedLogDurability;
use guarantee::Guarantees;
use leader_log_completeness::LeaderLogCompleteness;
use leadership2::Leadership2;
use moment::{Findings, Moment, Property, Show, arrived, shown};
use prefix_consistency::PrefixConsistency;
use quorum_durability::QuorumDurability;
use replica_equality::ReplicaEquality;

use crate::sim::{EventKind, TraceEvent, World};

/// All checkers of a run.
#[derive(Clone, Debug, Default)]
pub struct Checkers {
    ghosts: Ghosts,
    findings: Findings,
    properties: Properties,
    guarantees: Guarantees,
}

/// The properties that have a state of their own.
#[derive(Clone, Debug, Default)]
struct Properties {
    leadership2: Leadership2,
    prefix_consistency: PrefixConsistency,
    quorum_durability: QuorumDurability,
    committed_log_durability: CommittedLogDurability,
    replica_equality: ReplicaEquality,
}

impl Properties {
    /// Shows something to every property, in the order of [`PropertyName`].
    #[inline]
    fn show(&mut self, mut shown: impl Show) {
        shown.to(&mut self.leadership2);
        shown.to(&mut self.prefix_consistency);
        shown.to(&mut LeaderLogCompleteness);
        shown.to(&mut self.quorum_durability);
        shown.to(&mut self.committed_log_durability);
        shown.to(&mut self.replica_equality);
    }
}

impl Checkers {
    /// Takes note of the events of one step; `world` is as it is after it.
    pub fn observe(&mut self, events: &[TraceEvent], world: &World) {
        for event in events {
            self.show(event, world);
            self.ghosts.observe(event, world);
            let Checkers { ghosts, findings, guarantees, .. } = self;
            guarantees.observe(event, &mut Moment { event: event.id, ghosts, world, findings });
        }
    }

    fn show(&mut self, event: &TraceEvent, world: &World) {
        let Checkers { ghosts, findings, properties, .. } = self;
        let moment = Moment { event: event.id, ghosts, world, findings };
        match &event.kind {
            EventKind::Client(client, note) => {
                properties.show(shown::Client(*client, note, moment));
            }
            EventKind::Command(command) => properties.show(shown::Outside(command, moment)),
            EventKind::Delivered(transfer) => {
                if let Some(arrived) = arrived(transfer) {
                    properties.show(shown::Message(arrived, moment));
                }
            }
            EventKind::Peer(server, note) => properties.show(shown::Peer(*server, note, moment)),
            EventKind::Server(server, note) => {
                properties.show(shown::Server(*server, note, moment));
            }
            EventKind::CommandRefused(_)
            | EventKind::ConnectionOpened { .. }
            | EventKind::ConnectionClosed { .. }
            | EventKind::Lost { .. }
            | EventKind::Sent(_)
            | EventKind::TimerFired(_) => (),
        }
    }

    /// What each property's checker has found, in the order of [`PropertyName::ALL`].
    pub fn verdicts(&self) -> [(PropertyName, &Evaluated); PropertyName::COUNT] {
        PropertyName::ALL.map(|name| (name, self.evaluated(name)))
    }

    /// What one property's checker has found.
    pub fn evaluated(&self, name: PropertyName) -> &Evaluated {
        self.findings.evaluated(name)
    }

    /// How often each property was looked at, in the order of [`PropertyName::ALL`].
    pub fn evaluations(&self) -> [u64; PropertyName::COUNT] {
        PropertyName::ALL.map(|name| self.evaluated(name).evaluations())
    }

    /// The violation that was found first.
    pub fn violation(&self) -> Option<(PropertyName, &Violation)> {
        self.findings.first()
    }

    /// The transactions known to be committed.
    pub fn committed(&self) -> &Committed {
        &self.ghosts.committed
    }
}
