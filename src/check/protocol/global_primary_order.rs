//! *GlobalPrimaryOrder* (I-6): what a server delivers of an earlier epoch it delivers before all of
//! a later one. Source: *GlobalPrimaryOrder* of `Zab.tla`.

use crate::check::ghosts::Delivery;
use crate::check::{Fact, Moment, Property, PropertyName};

pub(super) struct GlobalPrimaryOrder;

impl Property for GlobalPrimaryOrder {
    fn on_delivery(&mut self, delivery: &Delivery, moment: &mut Moment<'_>) {
        let &Delivery { server, zxid, before, .. } = delivery;
        let in_order = before.last.epoch <= zxid.epoch;
        moment.judge(PropertyName::GlobalPrimaryOrder, in_order, |moment| {
            let earlier = moment.ghosts.committed.witness(before.last);
            (earlier, Fact::DeliveredBehind { server, zxid, last: before.last })
        });
    }
}
