//! *HistoryConsistency* (I-10): of the histories that a leader and a learner of its epoch have on
//! disk, one is a prefix of the other.
//!
//! A learner belongs to the epoch once it has acknowledged NEWLEADER; the epoch must be
//! established. Source: EuroSys 2025, I-10.

use crate::check::ghosts::{Change, Histories, Lineage};
use crate::check::{Fact, Moment, Property, PropertyName, Witness};
use crate::types::ServerId;
use crate::zab::Note;

pub(super) struct HistoryConsistency;

impl Property for HistoryConsistency {
    fn on_history(&mut self, change: &Change, moment: &mut Moment<'_>) {
        look(change.server, moment);
    }

    fn on_peer(&mut self, server: ServerId, note: &Note, moment: &mut Moment<'_>) {
        if let Note::EpochEntered { .. } | Note::UpToDate { .. } = note {
            look(server, moment);
        }
    }
}

fn look(server: ServerId, moment: &mut Moment<'_>) {
    let standing = moment.ghosts.standing(server);
    let Some(leader) = standing.leader.filter(|_| standing.learns()) else { return };
    let leading = moment.ghosts.standing(leader);
    let lineage = &moment.ghosts.lineage;
    let is_one_epoch = leading.leads() && leading.epoch == standing.epoch;
    if !is_one_epoch || lineage.reign(standing.epoch).is_none() {
        return;
    }
    match contradiction(server, leader, &moment.ghosts.histories, lineage) {
        None => moment.hold(PropertyName::HistoryConsistency),
        Some((earlier, fact)) => {
            moment.violate(PropertyName::HistoryConsistency, Some(earlier), fact);
        }
    }
}

fn contradiction(
    server: ServerId,
    leader: ServerId,
    histories: &Histories,
    lineage: &Lineage,
) -> Option<(Witness, Fact)> {
    let (own, leading) = (histories.find(server)?, histories.find(leader)?);
    if let Some(hole) = own.hole {
        let fact = Fact::LoggedWithout { server, zxid: hole.record, lacks: hole.lacks };
        return Some((leading.witness(leader), fact));
    }
    let is_prefix = |shorter, longer| lineage.is_prefix(shorter, longer);
    let one_way = is_prefix(own.last, leading.last) || is_prefix(leading.last, own.last);
    (!one_way).then(|| (leading.witness(leader), Fact::Logged { server, zxid: own.last }))
}
