//! The vote and the order in which votes replace each other.

use serde::{Deserialize, Serialize};

use super::{ProtocolConfig, Rules, Switch};
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
    /// The vote of a server that has none: any other beats it. Source: `FastLeaderElection`, where
    /// all three are the smallest number there is.
    pub const NONE: Vote = Vote { leader: ServerId(0), zxid: Zxid::ZERO, peer_epoch: Epoch::ZERO };

    /// Whether `self` replaces `current`: the total order (epoch, zxid, id), highest first. A
    /// candidate without weight never does.
    /// Source: `FastLeaderElection.totalOrderPredicate`.
    pub fn beats(&self, current: &Vote, config: &ProtocolConfig) -> bool {
        let key = |vote: &Vote| (config.rules.rank(vote.peer_epoch, vote.zxid), vote.leader);
        config.quorum.weight(self.leader) > 0 && key(self) > key(current)
    }

    /// The field by which `self` and `other` differ first, or `None` where they are equal.
    pub fn decided_by(&self, other: &Vote, rules: Rules) -> Option<VoteField> {
        let [own, others] = [self, other].map(|vote| rules.rank(vote.peer_epoch, vote.zxid));
        if own.0 != others.0 {
            return Some(VoteField::PeerEpoch);
        }
        if own.1 != others.1 {
            return Some(VoteField::Zxid);
        }
        (self.leader != other.leader).then_some(VoteField::Leader)
    }
}

impl Rules {
    /// What histories are compared by, in votes and in discovery: the epoch of the leader that was
    /// last followed, then how far the history goes.
    pub(super) fn rank(self, peer_epoch: Epoch, zxid: Zxid) -> (Epoch, Zxid) {
        let by_epoch = !self.has(Switch::VotesWithoutEpoch);
        let by_zxid = !self.has(Switch::VotesWithoutZxid);
        (if by_epoch { peer_epoch } else { Epoch::ZERO }, if by_zxid { zxid } else { Zxid::ZERO })
    }
}
