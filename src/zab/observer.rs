//! OBSERVING: what a learner without a vote does otherwise.
//!
//! An observer runs the same code as a follower, and everything not said here is the same. Whether
//! a server votes is a matter of the configuration, not of its state: there is no flag to go wrong.
//!
//! | | follower | observer |
//! |---|---|---|
//! | election | votes for itself at first | [`Vote::NONE`]; nobody counts it, voters answer at once |
//! | discovery | FOLLOWERINFO | OBSERVERINFO |
//! | NEWLEADER after DIFF | history durable before the ack | ack at once: no quorum rests on it |
//! | broadcast | PROPOSAL, ACK, COMMIT | INFORM; it acknowledges nothing |
//! | leader lost | LOOKING at once | LOOKING after a drawn pause |
//!
//! Deviation: an observer answers no notification. In ZooKeeper it does, although nobody counts
//! what it says; and since a voter answers an observer at once, the two go on like this as fast as
//! the network lets them while the voter is LOOKING.
//!
//! Source: `Observer`, `ObserverZooKeeperServer`, `FastLeaderElection`; fact sheet §§2.6, 4.3.

use std::sync::Arc;

use super::election::{Looking, Stage};
use super::follower::Broadcasting;
use super::role::Next;
use super::{Member, Note, Out, Output, Timer, Vote};
use crate::types::{Span, Txn};

impl Member {
    /// Whether this server has a vote.
    pub(super) fn votes(&self) -> bool {
        self.config.quorum.is_voter(self.id)
    }

    /// The vote with which an election begins: for itself, if it has one.
    pub(super) fn initial_vote(&self) -> Vote {
        if !self.votes() {
            return Vote::NONE;
        }
        let zxid = self.history.last_processed();
        Vote { leader: self.id, zxid, peer_epoch: self.current_epoch }
    }
}

impl Looking {
    /// An observer that has lost its leader leaves the others some time to elect the next one.
    /// Source: `Observer.waitForObserverElectionDelay`.
    pub(super) fn pause(&mut self, member: &Member, out: &mut Out) {
        self.stage = Stage::Pausing;
        let (timer, max) = (Timer::ObserverElection, member.config.observer_election_delay);
        out.push(Output::SetTimer { timer, min: Span::ZERO, max });
    }

    /// The pause is over.
    pub(super) fn on_pause_over(&mut self) -> Next {
        if self.stage == Stage::Pausing { Next::Rested } else { Next::Stay }
    }
}

impl Broadcasting {
    /// INFORM: what is decided goes to the log and to the tree, in this order.
    /// Source: `ObserverZooKeeperServer.commitRequest`.
    pub(super) fn inform(&mut self, member: &mut Member, txn: &Arc<Txn>, out: &mut Out) {
        let zxid = txn.zxid;
        self.last_queued = self.last_queued.max(zxid);
        member.log(txn, out);
        out.note(Note::Committed { zxid });
        member.commit(Arc::clone(txn), out);
    }
}
