//! *BadAcks* (I-12): the first ACK behind NEWLEADER is that of `(e,0)`, and nobody acknowledges a
//! transaction that the leader does not have.
//!
//! Source: EuroSys 2025, I-12; `LearnerHandler.run`, which logs an error in the first case and goes
//! on without counting the ack.

use crate::check::ghosts::{Ghosts, PerServer};
use crate::check::{Arrived, Fact, Moment, Property, PropertyName, Witness};
use crate::sim::EventId;
use crate::types::{Epoch, ServerId, Zxid};
use crate::zab::{Ack, Message, Note};

/// For each learner the leader that waits for its ack of NEWLEADER, and since when.
#[derive(Clone, Debug, Default)]
pub(super) struct BadAcks {
    awaited: PerServer<Option<(ServerId, EventId)>>,
}

impl Property for BadAcks {
    fn on_message(&mut self, arrived: &Arrived<'_>, moment: &mut Moment<'_>) {
        let &Message::Ack(Ack { zxid }) = arrived.message else { return };
        let (server, leader) = (arrived.from, arrived.to);
        let standing = moment.ghosts.standing(leader);
        if !standing.leads() {
            return;
        }
        let epoch = standing.epoch;
        if let Some((_, planned)) = self.awaited.get(server).filter(|&(by, _)| by == leader) {
            *self.awaited.of(server) = None;
            let expected = Zxid::start_of(epoch);
            return moment.judge(PropertyName::BadAcks, zxid == expected, |_| {
                let earlier =
                    Witness { event: planned, fact: Fact::Leads { server: leader, epoch } };
                (Some(earlier), Fact::Acknowledged { server, zxid })
            });
        }
        let has = has(leader, epoch, zxid, moment.ghosts);
        moment.judge(PropertyName::BadAcks, has, |moment| {
            let earlier = moment.ghosts.lineage.witness(epoch);
            (earlier, Fact::Acknowledged { server, zxid })
        });
    }

    fn on_peer(&mut self, server: ServerId, note: &Note, moment: &mut Moment<'_>) {
        if let Note::SyncPlanned { learner, .. } = note {
            *self.awaited.of(*learner) = Some((server, moment.event));
        }
    }
}

/// Whether a leader has the transaction, or begins its epoch with this zxid.
fn has(leader: ServerId, epoch: Epoch, zxid: Zxid, ghosts: &Ghosts) -> bool {
    if zxid.counter == 0 {
        return zxid.epoch == epoch;
    }
    // Before it is established, what it has is on its disk.
    let stored = || ghosts.histories.find(leader).map(|stored| stored.last);
    let tip = ghosts.lineage.tip(epoch).or_else(stored);
    tip.is_some_and(|tip| ghosts.lineage.is_prefix(zxid, tip))
}
