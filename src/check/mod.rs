//! What must always hold, watched while a run goes on. One property a file.
//!
//! | number | property | predicate |
//! |---|---|---|
//! | I-1 | [`PropertyName::Leadership1`] | no two servers lead the same epoch at the same time |
//! | I-1 | [`PropertyName::Leadership2`] | an epoch has at most one established leader, ever |
//! | I-2 | [`PropertyName::Integrity`] | what a server delivers was proposed by a leader, and comes once |
//! | I-3 | [`PropertyName::Agreement`] | of two transactions that two servers delivered, one delivered both |
//! | I-4 | [`PropertyName::TotalOrder`] | all servers deliver in one order |
//! |  | [`PropertyName::PrefixConsistency`] | of what two servers have delivered, one is a prefix of the other |
//! | I-5 | [`PropertyName::LocalPrimaryOrder`] | what a leader proposed before a transaction is delivered before it |
//! | I-6 | [`PropertyName::GlobalPrimaryOrder`] | what belongs to an earlier epoch is delivered before all of a later one |
//! | I-7 | [`PropertyName::PrimaryIntegrity`] | what a learner delivers of earlier epochs is in its leader's initial history |
//! | I-8 | [`PropertyName::InitialHistoryIntegrity`] | initial histories only grow, and have all that was committed before |
//! | I-9 | [`PropertyName::CommitConsistency`] | what a follower has delivered is a prefix of what its leader has |
//! | I-10 | [`PropertyName::HistoryConsistency`] | of a leader's log and its learner's, one is a prefix of the other |
//! | I-11 | [`PropertyName::BadStates`] | no packet comes where it cannot, and nobody serves unsynchronised |
//! | I-12 | [`PropertyName::BadAcks`] | nothing is acknowledged that the leader does not have or wait for |
//! | I-13 | [`PropertyName::BadProposals`] | every PROPOSAL follows the last one, and no TRUNC cuts what is delivered |
//! | I-14 | [`PropertyName::BadCommits`] | every COMMIT is for the oldest proposal held; no snapshot goes beyond it |
//! |  | [`PropertyName::CommittedLogMonotonicity`] | what a leader has committed only grows, on top of all before it |
//! |  | [`PropertyName::LeaderLogCompleteness`] | a leader's history has all that is committed in epochs up to its own |
//! |  | [`PropertyName::CommittedLogDurability`] | a synchronisation never cuts off what is committed |
//! |  | [`PropertyName::ProcessConsistency`] | a learner's log is a prefix of its leader's history |
//! | ours | [`PropertyName::QuorumDurability`] | what is committed, or shown to a client, is on the disks of a quorum |
//! | ours | [`PropertyName::EpochSanity`] | currentEpoch <= acceptedEpoch, neither falls, and a promise is on disk first |
//! | ours | [`PropertyName::VoteSanity`] | within a round a server's proposal only moves up in the order of votes |
//! | ours | [`PropertyName::ReplicaEquality`] | servers at the same zxid have equal trees and know the same sessions |
//! | G1 to G14 | | what clients are promised: see [`guarantee`] |
//!
//! Names and predicates are those of the published specifications (`Zab.tla`, the system
//! specification, EuroSys 2025), worded so that a correct ensemble keeps them; fact sheet §6.
//!
//! A checker reads trace events and the world, and writes nothing but its own history variables
//! (ghosts). These are persistent collections, or as small as the ensemble: a copy costs next to
//! nothing. What several of them need is in [`ghosts`], which also says what an event means to it.
//! An event costs O(log n) at most, by the number of transactions.
//!
//! The folder ends where a run stops because of a violation.

mod fact;
mod ghosts;
mod guarantee;
mod moment;
mod property;
mod protocol;
mod verdict;

pub use fact::Fact;
pub use ghosts::Committed;
pub use guarantee::{ClientFact, Counter};
pub use property::PropertyName;
pub use verdict::{Evaluated, Verdict, Violation, Witness};

use ghosts::{Ghosts, Meaning};
use guarantee::Guarantees;
use moment::{Arrived, Findings, Moment, Property, Show, arrived, shown};
use protocol::Protocol;

use crate::sim::{EventId, EventKind, TraceEvent, World};
use crate::{server, zab};

/// All checkers of a run.
#[derive(Clone, Debug, Default)]
pub struct Checkers {
    ghosts: Ghosts,
    findings: Findings,
    protocol: Protocol,
    guarantees: Guarantees,
}

impl Checkers {
    /// Takes note of the events of one step; `world` is as it is after it.
    pub fn observe(&mut self, events: &[TraceEvent], world: &World) {
        for event in events {
            self.take(event, world);
            let Checkers { ghosts, findings, guarantees, .. } = self;
            let mut moment = Moment { event: event.id, ghosts, world, findings };
            guarantees.observe(event, &mut moment);
        }
    }

    /// The history variables first, then the properties.
    fn take(&mut self, event: &TraceEvent, world: &World) {
        let id = event.id;
        match &event.kind {
            EventKind::Delivered(transfer) => {
                let Some(arrived) = arrived(transfer) else { return };
                self.show(id, world, |moment| shown::Message(arrived, moment));
            }
            EventKind::Peer(server, note) => {
                // What every transaction brings several times is passed over where nobody looks.
                if matches!(note, zab::Note::Acked { .. }) {
                    return;
                }
                let meaning = self.ghosts.on_peer(*server, note, id);
                self.show_meaning(id, world, meaning.as_ref());
                if !matches!(note, zab::Note::Committed { .. }) {
                    self.show(id, world, |moment| shown::Peer(*server, note, moment));
                }
            }
            EventKind::Sent(transfer) => {
                let Some(sent) = arrived(transfer) else { return };
                self.show(id, world, |moment| shown::Sent(sent, moment));
            }
            EventKind::Server(server, note) => {
                if matches!(note, server::Note::LogTaken { .. }) {
                    return;
                }
                let meaning = self.ghosts.on_server(*server, note, id, world);
                self.show_meaning(id, world, meaning.as_ref());
                self.show(id, world, |moment| shown::Server(*server, note, moment));
            }
            // Clients, commands, connections and timers: nothing here speaks of them.
            _ => (),
        }
    }

    fn show_meaning(&mut self, event: EventId, world: &World, meaning: Option<&Meaning>) {
        if let Some(meaning) = meaning {
            self.show(event, world, |moment| shown::Meant(meaning, moment));
        }
    }

    /// Shows something to all properties.
    #[inline]
    fn show<'a, S: Show>(
        &'a mut self,
        event: EventId,
        world: &'a World,
        with: impl FnOnce(Moment<'a>) -> S,
    ) {
        let Checkers { ghosts, findings, protocol, .. } = self;
        let mut shown = with(Moment { event, ghosts, world, findings });
        protocol.show(&mut shown);
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
