//! *PrimaryIntegrity* (I-7): what a learner delivers of an earlier epoch, its leader has delivered
//! before its own first proposal.
//!
//! That is: it belongs to the initial history of the epoch in which the learner serves.
//! Source: *PrimaryIntegrity* of `Zab.tla`.

use crate::check::ghosts::{Delivery, ServiceStart};
use crate::check::{Fact, Moment, Property, PropertyName, Witness};
use crate::types::{Epoch, ServerId, Zxid};

pub(super) struct PrimaryIntegrity;

impl Property for PrimaryIntegrity {
    fn on_delivery(&mut self, delivery: &Delivery, moment: &mut Moment<'_>) {
        look(delivery.server, delivery.before.epoch, delivery.zxid, moment);
    }

    fn on_service(&mut self, start: &ServiceStart, moment: &mut Moment<'_>) {
        look(start.server, start.served.epoch, start.served.last, moment);
    }
}

fn look(server: ServerId, epoch: Epoch, zxid: Zxid, moment: &mut Moment<'_>) {
    if zxid.epoch >= epoch {
        return;
    }
    let Some(&reign) = moment.ghosts.lineage.reign(epoch) else { return };
    let delivered = moment.ghosts.lineage.is_prefix(zxid, reign.initial_last);
    moment.judge(PropertyName::PrimaryIntegrity, delivered, |_| {
        let initial_last = reign.initial_last;
        let earlier = reign.leader.map(|leader| Witness {
            event: reign.established,
            fact: Fact::LeadsWithout { server: leader, initial_last, lacks: zxid },
        });
        (earlier, Fact::Delivered { server, zxid })
    });
}
