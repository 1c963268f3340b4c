//! *PrefixConsistency*: of what two servers have delivered, one is a prefix of the other.
//!
//! Every server's sequence is held against one: that of all committed transactions. A server that
//! begins to serve stands somewhere in it; from there on each commit must be the next one, or where
//! the server stands at the end, a new one. That what lies before is the same is left to
//! *ReplicaEquality*, whose digests cover it. Source: *PrefixConsistency* of `Zab.tla`, which
//! implies *Agreement* (I-3) and *TotalOrder* (I-4).

use crate::check::ghosts::{Delivery, ServiceStart};
use crate::check::{Fact, Moment, Property, PropertyName};

pub(super) struct PrefixConsistency;

impl Property for PrefixConsistency {
    fn on_delivery(&mut self, delivery: &Delivery, moment: &mut Moment<'_>) {
        let &Delivery { server, zxid, before, place, .. } = delivery;
        moment.judge(PropertyName::PrefixConsistency, place == before.next, |moment| {
            let committed = &moment.ghosts.committed;
            let expected = committed.at(before.next).filter(|&expected| expected != zxid);
            let earlier = committed.witness(expected.unwrap_or(before.last));
            (earlier, Fact::DeliveredInstead { server, zxid })
        });
    }

    /// A learner serves what is in its tree: that must be committed.
    fn on_service(&mut self, start: &ServiceStart, moment: &mut Moment<'_>) {
        let (server, zxid) = (start.server, start.served.last);
        moment.judge(PropertyName::PrefixConsistency, start.is_committed, |moment| {
            let committed = &moment.ghosts.committed;
            let earlier = committed.last().and_then(|last| committed.witness(last));
            (earlier, Fact::DeliveredInstead { server, zxid })
        });
    }
}
