//! What a server keeps whatever its role: who it is, its epochs, its history, its vote.

use std::sync::Arc;

use super::connections::ElectionLinks;
use super::snapshots::Snapshots;
use super::{Durable, History, Out, Output, ProtocolConfig, Switch, Vote, Write, WriteId};
use crate::types::{Epoch, ServerId, Txn, Zxid};

/// The part of a [`Peer`](super::Peer) that outlives its roles.
///
/// `accepted_epoch` and `current_epoch` are what the disk holds: they change when a write is
/// confirmed, not when it is asked for.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Member {
    pub(super) id: ServerId,
    pub(super) config: Arc<ProtocolConfig>,
    pub(super) accepted_epoch: Epoch,
    pub(super) current_epoch: Epoch,
    pub(super) history: History,
    /// The logical clock: how many elections this process knows of.
    pub(super) round: u64,
    /// While LOOKING the own proposal, afterwards the vote that was elected.
    pub(super) vote: Vote,
    pub(super) links: ElectionLinks,
    /// Its last leader asked for a cut that goes back before the oldest snapshot: the next one is
    /// told that there is no history, so that it sends all of its own.
    pub(super) starts_over: bool,
    /// What the last election of this process ended with, which is what servers without a vote are
    /// told meanwhile.
    pub(super) elected: Vote,
    pub(super) snapshots: Snapshots,
    /// Whether the host decides its elections.
    pub(super) has_leader_oracle: bool,
    next_write: WriteId,
}

impl Member {
    pub(super) fn new(id: ServerId, config: Arc<ProtocolConfig>, durable: &Durable) -> Member {
        let history = History::load(durable, &config);
        let voters = config.quorum.voters();
        let links = ElectionLinks::new(id, voters, config.connection_timeout);
        let mut member = Member {
            id,
            config,
            accepted_epoch: durable.accepted_epoch,
            current_epoch: durable.current_epoch,
            history,
            round: 0,
            vote: Vote::NONE,
            links,
            starts_over: false,
            elected: Vote::NONE,
            snapshots: Snapshots::default(),
            has_leader_oracle: false,
            next_write: WriteId::default(),
        };
        member.vote = member.initial_vote();
        member.elected = member.vote;
        member
    }

    /// Whether a rule is switched off.
    pub(super) fn has(&self, switch: Switch) -> bool {
        self.config.rules.has(switch)
    }

    /// Asks for a write; the answer will carry the id.
    pub(super) fn persist(&mut self, write: Write, out: &mut Out) -> WriteId {
        let id = self.next_write;
        self.next_write.0 += 1;
        out.push(Output::Persist { id, write });
        id
    }

    /// Counts writes anew where none is under way, so that a search that comes to the same place
    /// once more recognises it.
    pub(super) fn forget_writes(&mut self) {
        if !self.snapshots.are_under_way() {
            self.next_write = WriteId::default();
        }
    }

    /// Appends a transaction through the log step.
    pub(super) fn log(&mut self, txn: &Arc<Txn>, out: &mut Out) {
        if self.history.queue(txn) {
            out.push(Output::Log(Arc::clone(txn)));
            self.count_record(out);
        }
    }

    /// Hands a committed transaction to the commit step.
    pub(super) fn commit(&mut self, txn: Arc<Txn>, out: &mut Out) {
        self.history.commit(Arc::clone(&txn));
        out.push(Output::Commit(txn));
    }

    /// Applies a committed transaction of the synchronisation at once.
    pub(super) fn apply(&mut self, txn: Arc<Txn>, out: &mut Out) {
        self.history.processed(Arc::clone(&txn), !self.has(Switch::SkipCommittedLogInSync));
        out.push(Output::Apply(txn));
    }

    /// Brings the tree up to the end of the log, so that what was logged counts in the next vote
    /// even where nobody knows whether it was committed (ZOOKEEPER-2845).
    pub(super) fn fast_forward(&mut self, out: &mut Out) {
        if self.has(Switch::NoFastForward) {
            return;
        }
        for txn in self.history.tail_on_disk() {
            self.history.processed(Arc::clone(&txn), true);
            out.push(Output::Apply(txn));
        }
    }

    /// Without files for the epochs (ZOOKEEPER-335) they are those of the last zxid.
    pub(super) fn forget_epochs(&mut self) {
        if self.has(Switch::NoEpochFiles) {
            let epoch = self.history.last_processed().epoch;
            (self.accepted_epoch, self.current_epoch) = (epoch, epoch);
        }
    }

    /// From now on the vote names the new epoch, so that members that were elected at different
    /// moments report equal votes (ZOOKEEPER-1732). Source: `QuorumPeer.updateElectionVote`.
    pub(super) fn update_election_vote(&mut self, epoch: Epoch) {
        self.vote.peer_epoch = epoch;
        self.elected = self.vote;
    }

    /// `(e,0)` of the epoch that is on disk.
    pub(super) fn epoch_start(&self) -> Zxid {
        Zxid::start_of(self.current_epoch)
    }
}
