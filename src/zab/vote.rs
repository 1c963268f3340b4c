//! The vote and the order in which votes replace each other.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::types::{Epoch, ServerId, Zxid};

/// Whom a server wants as leader, and what speaks for that one. Source: `Vote`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Vote {
    /// The candidate.
    pub leader: ServerId,
    /// The last zxid of the candidate's history.
    pub zxid: Zxid,
    /// The candidate's currentEpoch when it made the vote.
    pub peer_epoch: Epoch,
}

/// The field that decided a comparison of two votes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum VoteField {
    /// The epochs differ; zxid and id are not compared.
    PeerEpoch,
    /// Same epoch, the zxids differ; the id is not compared.
    Zxid,
    /// Same epoch and zxid: the higher id wins.
    Leader,
}

impl Vote {
    /// Whether `self` replaces `current`: the total order (epoch, zxid, id), highest first.
    /// Source: `FastLeaderElection.totalOrderPredicate`.
    pub fn beats(&self, current: &Vote) -> bool {
        self.compare(current) == Ordering::Greater
    }

    /// The field by which `self` and `other` differ first, or `None` where they are equal.
    pub fn decided_by(&self, other: &Vote) -> Option<VoteField> {
        if self.peer_epoch != other.peer_epoch {
            return Some(VoteField::PeerEpoch);
        }
        if self.zxid != other.zxid {
            return Some(VoteField::Zxid);
        }
        (self.leader != other.leader).then_some(VoteField::Leader)
    }

    fn compare(&self, other: &Vote) -> Ordering {
        self.peer_epoch
            .cmp(&other.peer_epoch)
            .then_with(|| self.zxid.cmp(&other.zxid))
            .then_with(|| self.leader.cmp(&other.leader))
    }
}
