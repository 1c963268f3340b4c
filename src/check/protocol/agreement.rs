//! *Agreement* (I-3): of two transactions that two servers have delivered, one of the servers has
//! delivered both.
//!
//! Delivered at any time, that is: a server that has crashed has delivered what it had. So a server
//! that delivers what is new must have all that anyone has delivered before. One that delivers what
//! is known and skips something contradicts every server that stands between the two.
//! Source: *Agreement* of `Zab.tla`.

use crate::check::ghosts::{Delivery, ServiceStart};
use crate::check::{Fact, Moment, Property, PropertyName};
use crate::server::Server;
use crate::types::{ServerId, Zxid};

pub(super) struct Agreement;

impl Property for Agreement {
    fn on_delivery(&mut self, delivery: &Delivery, moment: &mut Moment<'_>) {
        let &Delivery { server, zxid, before, place, is_new } = delivery;
        let agrees = place <= before.next || !is_new && !stands_between(delivery, moment);
        judge(server, zxid, agrees, before.next, moment);
    }

    /// A learner that serves something unknown must have all that is known.
    fn on_service(&mut self, start: &ServiceStart, moment: &mut Moment<'_>) {
        let served = start.served;
        let agrees = start.is_committed || served.next == moment.ghosts.committed.count();
        judge(start.server, served.last, agrees, served.next, moment);
    }
}

/// Whether another server has delivered what this one skips, and not what it delivers.
fn stands_between(delivery: &Delivery, moment: &Moment<'_>) -> bool {
    let others = moment.world.ensemble().servers().map(Server::id);
    others.filter(|&other| other != delivery.server).any(|other| {
        let served = moment.ghosts.deliveries.find(other);
        served.is_some_and(|served| {
            delivery.before.next < served.next && served.next <= delivery.place
        })
    })
}

fn judge(server: ServerId, zxid: Zxid, agrees: bool, next: u64, moment: &mut Moment<'_>) {
    moment.judge(PropertyName::Agreement, agrees, |moment| {
        let committed = &moment.ghosts.committed;
        let lacks = committed.at(next).unwrap_or(Zxid::ZERO);
        (committed.witness(lacks), Fact::DeliveredWithout { server, zxid, lacks })
    });
}
