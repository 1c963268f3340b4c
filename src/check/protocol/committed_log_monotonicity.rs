//! *CommittedLogMonotonicity* (commit completeness): the history that a leader in BROADCAST has
//! committed only grows, and begins with all that was committed in earlier epochs when it was
//! established.
//!
//! Afterwards only transactions of epochs up to its own count: a minority leader that has not
//! noticed a newer epoch lacks that epoch's commits, and may.
//! Source: the mixed specifications; fact sheet §6.3.

use crate::check::ghosts::{Delivery, Establishment};
use crate::check::{Fact, Moment, Property, PropertyName};

pub(super) struct CommittedLogMonotonicity;

impl Property for CommittedLogMonotonicity {
    fn on_established(&mut self, established: &Establishment, moment: &mut Moment<'_>) {
        let &Establishment { server, initial_last, committed_before, .. } = established;
        let lineage = &moment.ghosts.lineage;
        let lacks = committed_before.filter(|&last| !lineage.is_prefix(last, initial_last));
        let Some(lacks) = lacks else { return moment.hold(PropertyName::CommittedLogMonotonicity) };
        let earlier = moment.ghosts.committed.witness(lacks);
        let fact = Fact::LeadsWithout { server, initial_last, lacks };
        moment.violate(PropertyName::CommittedLogMonotonicity, earlier, fact);
    }

    fn on_delivery(&mut self, delivery: &Delivery, moment: &mut Moment<'_>) {
        let &Delivery { server, zxid, before, place, .. } = delivery;
        if !moment.ghosts.standing(server).leads() {
            return;
        }
        let expected = moment.ghosts.committed.at(before.next);
        let grows = place == before.next
            || place > before.next
                && expected.is_some_and(|expected| expected.epoch > before.epoch);
        moment.judge(PropertyName::CommittedLogMonotonicity, grows, |moment| {
            let expected = expected.filter(|&expected| expected != zxid);
            let earlier = moment.ghosts.committed.witness(expected.unwrap_or(before.last));
            (earlier, Fact::DeliveredInstead { server, zxid })
        });
    }
}
