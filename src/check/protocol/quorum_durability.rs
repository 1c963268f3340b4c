//! *QuorumDurability*: what is committed, and what any server shows to a client, is on the disks of
//! a quorum of voters, then and after every restart.
//!
//! Ours; it is what the acks are for. What was found once is looked for again where a log is cut or
//! replaced and where a process starts, for a disk may have changed by then; an observer's disk
//! does not count.
//!
//! A voter whose disk was wiped and that has no say until it is brought up to date (`autocreate` is
//! off) counts as if it had everything: every quorum of those that have a say still meets one that
//! has it. Without that, wiping one of three servers would break the property, and nothing is lost.

use crate::check::ghosts::{Change, Delivery, Ghosts};
use crate::check::{Fact, Moment, Property, PropertyName};
use crate::server::{Note, Server};
use crate::types::{ServerId, Zxid};

#[derive(Clone, Debug, Default)]
pub(super) struct QuorumDurability {
    /// Everything committed up to here was found on the disks of a quorum.
    found_up_to: Zxid,
}

impl Property for QuorumDurability {
    fn on_delivery(&mut self, delivery: &Delivery, moment: &mut Moment<'_>) {
        self.look(delivery.server, delivery.zxid, moment);
    }

    fn on_server(&mut self, server: ServerId, note: &Note, moment: &mut Moment<'_>) {
        // The reply's zxid may be (e,0), which is no transaction.
        if let Note::Replied { zxid, .. } = note
            && let Some(shown) = moment.ghosts.committed.up_to(*zxid)
        {
            self.look(server, shown, moment);
        }
    }

    fn on_history(&mut self, change: &Change, moment: &mut Moment<'_>) {
        let is_append = change.before < change.stored.last;
        if self.found_up_to != Zxid::ZERO && !is_append {
            let shown = std::mem::take(&mut self.found_up_to);
            self.look(change.server, shown, moment);
        }
    }
}

impl QuorumDurability {
    fn look(&mut self, server: ServerId, zxid: Zxid, moment: &mut Moment<'_>) {
        if zxid <= self.found_up_to {
            return moment.hold(PropertyName::QuorumDurability);
        }
        let ensemble = moment.world.ensemble();
        let has = |server: &&Server| holds(server.id(), zxid, moment.ghosts) || has_no_say(server);
        let holders: Vec<ServerId> = ensemble.servers().filter(has).map(Server::id).collect();
        let Some(asked) = ensemble.server(server) else { return };
        let quorum = &asked.config().protocol.quorum;
        if quorum.contains_quorum(&holders) {
            self.found_up_to = zxid;
            return moment.hold(PropertyName::QuorumDurability);
        }
        let (disks, quorum) = (quorum.count(&holders), quorum.size());
        let earlier = moment.ghosts.committed.witness(zxid);
        let fact = Fact::OnDisks { server, zxid, disks, quorum };
        moment.violate(PropertyName::QuorumDurability, earlier, fact);
    }
}

/// Whether the transaction is in the history on the server's disk.
fn holds(server: ServerId, zxid: Zxid, ghosts: &Ghosts) -> bool {
    let Some(stored) = ghosts.histories.find(server) else { return false };
    let is_missing = stored.hole.is_some_and(|hole| hole.lacks == zxid);
    !is_missing && ghosts.lineage.is_prefix(zxid, stored.last)
}

/// Whether there is nothing on the server's disk, and it knows that something is missing.
fn has_no_say(server: &Server) -> bool {
    let durable = server.disk().durable();
    let is_empty = durable.snapshots.is_empty() && durable.log.is_empty();
    is_empty && !server.config().autocreate
}
