//! *LocalPrimaryOrder* (I-5): whoever delivers a transaction has delivered, before it, all that the
//! same leader proposed before it.
//!
//! For all such pairs: the published formula asks for one, and is nearly vacuous. It is enough to
//! look at the proposal right before. Source: *LocalPrimaryOrder* of `Zab.tla`.

use crate::check::ghosts::Delivery;
use crate::check::{Fact, Moment, Property, PropertyName};

pub(super) struct LocalPrimaryOrder;

impl Property for LocalPrimaryOrder {
    fn on_delivery(&mut self, delivery: &Delivery, moment: &mut Moment<'_>) {
        let &Delivery { server, zxid, before, .. } = delivery;
        // What nobody proposed has no place in a leader's order: that is Integrity.
        let Some(parent) = moment.ghosts.lineage.parent(zxid) else { return };
        let in_order = parent.epoch != zxid.epoch || before.last == parent;
        moment.judge(PropertyName::LocalPrimaryOrder, in_order, |moment| {
            let earlier = moment.ghosts.committed.witness(parent);
            let earlier = earlier.or_else(|| moment.ghosts.lineage.witness(zxid.epoch));
            (earlier, Fact::DeliveredWithout { server, zxid, lacks: parent })
        });
    }
}
