//! *TotalOrder* (I-4): what one server delivers before another transaction, every server that
//! delivers the other one delivers before it.
//!
//! Held against the order in which each transaction was delivered first: who delivers a known one
//! must stand right before it there. What a learner has before it begins to serve is held against
//! what is proposed, record by record of its log. Source: *TotalOrder* of `Zab.tla`.

use crate::check::ghosts::{Delivery, ServiceStart};
use crate::check::{Fact, Moment, Property, PropertyName};
use crate::types::Zxid;

pub(super) struct TotalOrder;

impl Property for TotalOrder {
    fn on_delivery(&mut self, delivery: &Delivery, moment: &mut Moment<'_>) {
        let &Delivery { server, zxid, before, place, is_new } = delivery;
        let in_order = is_new || place == before.next;
        moment.judge(PropertyName::TotalOrder, in_order, |moment| {
            let committed = &moment.ghosts.committed;
            if place < before.next {
                let fact = Fact::DeliveredBehind { server, zxid, last: before.last };
                return (committed.witness(before.last), fact);
            }
            let lacks = committed.at(before.next).unwrap_or(Zxid::ZERO);
            (committed.witness(lacks), Fact::DeliveredWithout { server, zxid, lacks })
        });
    }

    /// A learner delivers all at once what is in its tree when it begins to serve: what its log
    /// holds besides is before what follows, and nowhere else.
    fn on_service(&mut self, start: &ServiceStart, moment: &mut Moment<'_>) {
        let ServiceStart { server, served, .. } = *start;
        let Some(stored) = moment.ghosts.histories.find(server) else { return };
        let hole = stored.hole.filter(|hole| hole.record <= served.last);
        moment.judge(PropertyName::TotalOrder, hole.is_none(), |_| {
            let (zxid, lacks) =
                hole.map_or((served.last, Zxid::ZERO), |hole| (hole.record, hole.lacks));
            let fact = Fact::DeliveredWithout { server, zxid, lacks };
            (Some(stored.witness(server)), fact)
        });
    }
}
