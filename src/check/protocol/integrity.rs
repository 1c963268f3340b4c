//! *Integrity* (I-2): what a server delivers was proposed by a leader, and is delivered once.
//!
//! The first application counts: what is applied again after a SNAP has no effect, and is not
//! delivered again (fact sheet §3.4). What was on a disk when the run began counts as proposed.
//! Source: *Integrity* of `Zab.tla`.

use crate::check::ghosts::Delivery;
use crate::check::{Fact, Moment, Property, PropertyName};

pub(super) struct Integrity;

impl Property for Integrity {
    fn on_delivery(&mut self, delivery: &Delivery, moment: &mut Moment<'_>) {
        let &Delivery { server, zxid, .. } = delivery;
        if !moment.ghosts.lineage.has(zxid) {
            let earlier = moment.ghosts.lineage.witness(zxid.epoch);
            let fact = Fact::NeverProposed { server, zxid };
            return moment.violate(PropertyName::Integrity, earlier, fact);
        }
        let is_first = delivery.place >= delivery.before.next;
        moment.judge(PropertyName::Integrity, is_first, |moment| {
            let earlier = moment.ghosts.committed.witness(zxid);
            (earlier, Fact::DeliveredAgain { server, zxid })
        });
    }
}
