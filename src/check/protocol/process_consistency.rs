//! *ProcessConsistency*: what a learner of an established epoch has on disk is a prefix of its
//! leader's history.
//!
//! What the leader has appended and not flushed yet counts: a follower may be on disk first (fact
//! sheet §1.4). So a learner is held against all that was proposed in its epoch, on top of the
//! initial history; which also speaks of a leader that is gone.
//! Source: *ProcessConsistency* of the mixed specifications; fact sheet §6.3.

use crate::check::ghosts::Change;
use crate::check::{Fact, Moment, Property, PropertyName};
use crate::types::ServerId;
use crate::zab::Note;

pub(super) struct ProcessConsistency;

impl Property for ProcessConsistency {
    fn on_history(&mut self, change: &Change, moment: &mut Moment<'_>) {
        look(change.server, moment);
    }

    fn on_peer(&mut self, server: ServerId, note: &Note, moment: &mut Moment<'_>) {
        if let Note::EpochEntered { .. } = note {
            look(server, moment);
        }
    }
}

fn look(server: ServerId, moment: &mut Moment<'_>) {
    let ghosts = moment.ghosts;
    let standing = ghosts.standing(server);
    // Past NEWLEADER both epochs on disk are that of the leader.
    if !standing.learns() || standing.accepted != standing.epoch {
        return;
    }
    let (Some(tip), Some(own)) =
        (ghosts.lineage.tip(standing.epoch), ghosts.histories.find(server))
    else {
        return;
    };
    if let Some(hole) = own.hole {
        let fact = Fact::LoggedWithout { server, zxid: hole.record, lacks: hole.lacks };
        let earlier = ghosts.lineage.witness(standing.epoch);
        return moment.violate(PropertyName::ProcessConsistency, earlier, fact);
    }
    let is_prefix = ghosts.lineage.is_prefix(own.last, tip);
    moment.judge(PropertyName::ProcessConsistency, is_prefix, |moment| {
        let earlier = moment.ghosts.lineage.witness(standing.epoch);
        (earlier, Fact::Logged { server, zxid: own.last })
    });
}
