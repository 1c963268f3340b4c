//! *VoteSanity*: within a round, while it is LOOKING and before it adopts an existing leader, a
//! server's proposal only moves up in the order of votes.
//!
//! The order is that of the paper and of ZooKeeper, whatever the servers themselves compare by:
//! epoch, then zxid, then id. Ours; source of the order: `FastLeaderElection.totalOrderPredicate`.

use crate::check::ghosts::PerServer;
use crate::check::{Fact, Moment, Property, PropertyName, Witness};
use crate::sim::EventId;
use crate::types::{Epoch, ServerId, Zxid};
use crate::zab::{Note, Vote};

/// For each server its last proposal of the round.
#[derive(Clone, Debug, Default)]
pub(super) struct VoteSanity {
    proposals: PerServer<Option<(Vote, EventId)>>,
}

impl Property for VoteSanity {
    fn on_peer(&mut self, server: ServerId, note: &Note, moment: &mut Moment<'_>) {
        match note {
            Note::RoundStarted { .. } | Note::LeaderFound { .. } | Note::GaveUp { .. } => {
                *self.proposals.of(server) = None;
            }
            Note::VoteCast { vote, .. } => {
                let before = self.proposals.of(server).replace((*vote, moment.event));
                let falls = before.filter(|(before, _)| rank(vote) < rank(before));
                moment.judge(PropertyName::VoteSanity, falls.is_none(), |_| {
                    let earlier = falls
                        .map(|(vote, event)| Witness { event, fact: Fact::Voted { server, vote } });
                    (earlier, Fact::Voted { server, vote: *vote })
                });
            }
            _ => (),
        }
    }
}

fn rank(vote: &Vote) -> (Epoch, Zxid, ServerId) {
    (vote.peer_epoch, vote.zxid, vote.leader)
}
