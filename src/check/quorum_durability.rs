//! *QuorumDurability*: what a leader commits, and what any server shows to a client, is on the
//! disks of a quorum of voters.
//!
//! Ours; it is what the acks are for. What was found once is not looked for again: that nothing is
//! taken away later is *CommittedLogDurability*.

use super::{Fact, Moment, Property, PropertyName};
use crate::server::{self, Server};
use crate::types::{ServerId, Zxid};
use crate::zab;

#[derive(Clone, Debug, Default)]
pub(super) struct QuorumDurability {
    /// Everything committed up to here was found on the disks of a quorum.
    found_up_to: Zxid,
}

impl Property for QuorumDurability {
    fn on_peer(&mut self, server: ServerId, note: &zab::Note, moment: &mut Moment<'_>) {
        if let zab::Note::Committed { zxid } = note {
            self.look(server, *zxid, moment);
        }
    }

    fn on_server(&mut self, server: ServerId, note: &server::Note, moment: &mut Moment<'_>) {
        match note {
            server::Note::Applied { zxid } => self.look(server, *zxid, moment),
            server::Note::Replied { zxid, .. } => {
                // The reply's zxid may be (e,0), which is no transaction.
                if let Some(shown) = moment.ghosts.committed.up_to(*zxid) {
                    self.look(server, shown, moment);
                }
            }
            _ => (),
        }
    }
}

impl QuorumDurability {
    fn look(&mut self, server: ServerId, zxid: Zxid, moment: &mut Moment<'_>) {
        if zxid <= self.found_up_to {
            return moment.hold(PropertyName::QuorumDurability);
        }
        let ensemble = moment.world.ensemble();
        let holders: Vec<ServerId> =
            ensemble.servers().filter(|found| holds(found, zxid)).map(Server::id).collect();
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

/// Whether the transaction is in the log on the server's disk, or in a snapshot there.
fn holds(server: &Server, zxid: Zxid) -> bool {
    let durable = server.disk().durable();
    let logged = durable.log.binary_search_by(|txn| txn.zxid.cmp(&zxid)).is_ok();
    logged || durable.snapshots.last().is_some_and(|&snapshot| snapshot >= zxid)
}
