//! *CommitConsistency* (I-9): what a follower has delivered is a prefix of what its leader has, and
//! has the initial history of the epoch as a prefix.
//!
//! The first part is the specification's, the second one the paper's, and not of observers, which
//! apply the initial history after they have begun to serve (fact sheet §3.5). Looked at as long as
//! the leader serves in the epoch in which the follower does.
//! Source: EuroSys 2025, I-9; *CommitConsistency* of the system specification.

use crate::check::ghosts::{Delivery, ServiceStart};
use crate::check::{Fact, Moment, Property, PropertyName, Witness};
use crate::types::{Epoch, ServerId, Zxid};
use crate::zab::RoleName;

pub(super) struct CommitConsistency;

impl Property for CommitConsistency {
    fn on_delivery(&mut self, delivery: &Delivery, moment: &mut Moment<'_>) {
        let &Delivery { server, zxid, before, place, .. } = delivery;
        look(server, before.epoch, zxid, place + 1, moment);
    }

    fn on_service(&mut self, start: &ServiceStart, moment: &mut Moment<'_>) {
        let (server, served) = (start.server, start.served);
        let Some(&reign) = moment.ghosts.lineage.reign(served.epoch) else { return };
        let follows = moment.ghosts.standing(server).role == RoleName::Following;
        if follows && !moment.ghosts.lineage.is_prefix(reign.initial_last, served.last) {
            let earlier = reign.leader.map(|leader| {
                let fact = Fact::Leads { server: leader, epoch: served.epoch };
                Witness { event: reign.established, fact }
            });
            let lacks = reign.initial_last;
            let fact = Fact::DeliveredWithout { server, zxid: served.last, lacks };
            return moment.violate(PropertyName::CommitConsistency, earlier, fact);
        }
        look(server, served.epoch, served.last, served.next, moment);
    }
}

/// A follower has come as far as `next`.
fn look(server: ServerId, epoch: Epoch, zxid: Zxid, next: u64, moment: &mut Moment<'_>) {
    let Some(leader) = moment.ghosts.standing(server).leader.filter(|&leader| leader != server)
    else {
        return;
    };
    let leading = moment.ghosts.deliveries.find(leader).filter(|served| served.epoch == epoch);
    let Some(leading) = leading else { return };
    moment.judge(PropertyName::CommitConsistency, next <= leading.next, |moment| {
        let earlier = moment.ghosts.committed.witness(leading.last);
        (earlier, Fact::Delivered { server, zxid })
    });
}
