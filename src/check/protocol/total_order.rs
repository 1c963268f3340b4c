//! *TotalOrder* (I-4): what one server delivers before another transaction, every server that
//! delivers the other one delivers before it.
//!
//! Held against the order in which each transaction was delivered first: who delivers a known one
//! must stand right before it there. Source: *TotalOrder* of `Zab.tla`.

use crate::check::ghosts::Delivery;
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
}
