//! *LeaderLogCompleteness*: an established leader's history has everything that was committed
//! before, and later all that is committed in epochs up to its own.
//!
//! Committed transactions of later epochs do not count: a leader that has not noticed a newer one
//! lacks them, and may. Source: *LeaderLogCompleteness* of `Zab.tla`; fact sheet §6.3.

use crate::check::ghosts::{Delivery, Establishment};
use crate::check::{Fact, Moment, Property, PropertyName};
use crate::types::Zxid;

pub(super) struct LeaderLogCompleteness;

impl Property for LeaderLogCompleteness {
    fn on_established(&mut self, established: &Establishment, moment: &mut Moment<'_>) {
        let &Establishment { server, initial_last, .. } = established;
        match lacking(established, moment) {
            None => moment.hold(PropertyName::LeaderLogCompleteness),
            Some(lacks) => {
                let earlier = moment.ghosts.committed.witness(lacks);
                let fact = Fact::LeadsWithout { server, initial_last, lacks };
                moment.violate(PropertyName::LeaderLogCompleteness, earlier, fact);
            }
        }
    }

    /// What becomes committed, its epoch's leader has.
    fn on_delivery(&mut self, delivery: &Delivery, moment: &mut Moment<'_>) {
        let &Delivery { server, zxid, is_new: true, .. } = delivery else { return };
        let lineage = &moment.ghosts.lineage;
        let Some(tip) = lineage.tip(zxid.epoch) else { return };
        let has = lineage.is_prefix(zxid, tip);
        moment.judge(PropertyName::LeaderLogCompleteness, has, |moment| {
            (moment.ghosts.lineage.witness(zxid.epoch), Fact::Committed { server, zxid })
        });
    }
}

/// A transaction that is committed, and missing. The last one of earlier epochs speaks for all; but
/// where the leader's log has a hole, what is missing there.
fn lacking(established: &Establishment, moment: &Moment<'_>) -> Option<Zxid> {
    let &Establishment { server, initial_last, committed_before, .. } = established;
    let ghosts = moment.ghosts;
    let last = committed_before?;
    if !ghosts.lineage.is_prefix(last, initial_last) {
        let next = ghosts.committed.behind(initial_last).filter(|&next| next < last);
        return Some(next.unwrap_or(last));
    }
    let hole = ghosts.histories.find(server)?.hole?;
    ghosts.committed.contains(hole.lacks).then_some(hole.lacks)
}
