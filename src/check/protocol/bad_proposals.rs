//! *BadProposals* (I-13): every PROPOSAL, and to an observer every INFORM, follows the one before
//! it, or what the synchronisation began with; and a TRUNC names a place in the learner's history
//! that is not before what the learner has delivered.
//!
//! Follows: it has the next zxid of the epoch, or the first one of a higher epoch. A learner whose
//! history reaches back to a snapshot has all that the snapshot holds.
//! Source: EuroSys 2025, I-13; the guard of ZOOKEEPER-4925.

use crate::check::ghosts::{Delivery, PerServer, ServiceStart};
use crate::check::{Arrived, Fact, Moment, Property, PropertyName, Witness};
use crate::server::{self, Server};
use crate::sim::EventId;
use crate::types::{ServerId, Zxid};
use crate::zab::{Message, SyncOp};

#[derive(Clone, Debug, Default)]
pub(super) struct BadProposals {
    /// For each learner its last zxid as it told its leader.
    told: PerServer<Zxid>,
    /// For each learner what it was sent last, and when; `None` before the op packet.
    sent: PerServer<Option<(Zxid, EventId)>>,
    /// For each server the last transaction that it has ever delivered, and when.
    delivered: PerServer<Option<(Zxid, EventId)>>,
}

impl Property for BadProposals {
    fn on_message(&mut self, arrived: &Arrived<'_>, moment: &mut Moment<'_>) {
        let server = arrived.to;
        match arrived.message {
            Message::AckEpoch(ack) => *self.told.of(arrived.from) = ack.last_zxid,
            Message::Diff(_) => {
                *self.sent.of(server) = Some((self.told.get(server), moment.event));
            }
            Message::Snap(snap) => *self.sent.of(server) = Some((snap.zxid, moment.event)),
            Message::Trunc(trunc) => {
                *self.sent.of(server) = Some((trunc.zxid, moment.event));
                self.cut(server, trunc.zxid, moment);
            }
            Message::Proposal(proposal) => self.proposal(server, proposal.txn.zxid, moment),
            Message::Inform(inform) => self.proposal(server, inform.txn.zxid, moment),
            _ => (),
        }
    }

    fn on_delivery(&mut self, delivery: &Delivery, moment: &mut Moment<'_>) {
        *self.delivered.of(delivery.server) = Some((delivery.zxid, moment.event));
    }

    fn on_service(&mut self, start: &ServiceStart, moment: &mut Moment<'_>) {
        *self.delivered.of(start.server) = Some((start.served.last, moment.event));
    }

    /// On a wiped disk a server begins anew.
    fn on_server(&mut self, server: ServerId, note: &server::Note, _: &mut Moment<'_>) {
        if let server::Note::Started { last: Zxid::ZERO, .. } = note {
            *self.delivered.of(server) = None;
        }
    }
}

impl BadProposals {
    fn proposal(&mut self, server: ServerId, zxid: Zxid, moment: &mut Moment<'_>) {
        let before = self.sent.of(server).replace((zxid, moment.event));
        let Some((last, event)) = before else { return };
        let first = moment.world.settings().zxid_counter_start.saturating_add(1);
        let begins = last.epoch < zxid.epoch && zxid.counter == first;
        let follows = last.next() == Some(zxid) || begins;
        moment.judge(PropertyName::BadProposals, follows, |_| {
            let earlier = Witness { event, fact: Fact::Queued { server, zxid: last } };
            (Some(earlier), Fact::ProposalCame { server, zxid })
        });
    }

    fn cut(&mut self, server: ServerId, zxid: Zxid, moment: &mut Moment<'_>) {
        let ghosts = moment.ghosts;
        let delivered = self.delivered.get(server);
        let undone = delivered.filter(|&(last, _)| !ghosts.lineage.is_prefix(last, zxid));
        let process = moment.world.ensemble().server(server).and_then(Server::process);
        let Some(history) = process.map(|process| process.peer().history()) else { return };
        let is_logged = history.log().binary_search_by(|txn| txn.zxid.cmp(&zxid)).is_ok();
        let has = is_logged || history.snapshot() >= zxid || zxid.counter == 0;
        moment.judge(PropertyName::BadProposals, has && undone.is_none(), |moment| {
            let stored = || moment.ghosts.histories.find(server).map(|own| own.witness(server));
            let earlier = undone
                .map(|(zxid, event)| Witness { event, fact: Fact::Delivered { server, zxid } });
            let op = SyncOp::Trunc(zxid);
            (earlier.or_else(stored), Fact::SyncOpCame { server, op })
        });
    }
}
