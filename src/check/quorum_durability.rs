//! *QuorumDurability*: what a leader commits, and what any server shows to a client, is on the
//! disks of a quorum of voters.
//!
//! Ours; it is what the acks are for. What was found once is not looked for again: that nothing is
//! taken away later is *CommittedLogDurability*.

use super::{Committed, Evaluated, Fact, Property, Witness};
use crate::server::{self, Server};
use crate::sim::{EventKind, TraceEvent, World};
use crate::types::{ServerId, Zxid};
use crate::zab;

#[derive(Clone, Debug, Default)]
pub(super) struct QuorumDurability {
    /// Everything committed up to here was found on the disks of a quorum.
    found_up_to: Zxid,
    evaluated: Evaluated,
}

impl Property for QuorumDurability {
    fn observe(&mut self, event: &TraceEvent, committed: &Committed, world: &World) {
        match &event.kind {
            EventKind::Peer(server, zab::Note::Committed { zxid })
            | EventKind::Server(server, server::Note::Applied { zxid }) => {
                self.look(*server, *zxid, event, committed, world);
            }
            EventKind::Server(server, server::Note::Replied { zxid, .. }) => {
                // The reply's zxid may be (e,0), which is no transaction.
                if let Some(shown) = committed.up_to(*zxid) {
                    self.look(*server, shown, event, committed, world);
                }
            }
            _ => (),
        }
    }

    fn evaluated(&self) -> &Evaluated {
        &self.evaluated
    }
}

impl QuorumDurability {
    fn look(
        &mut self,
        server: ServerId,
        zxid: Zxid,
        event: &TraceEvent,
        committed: &Committed,
        world: &World,
    ) {
        if zxid <= self.found_up_to {
            return self.evaluated.hold();
        }
        let holders: Vec<ServerId> =
            world.ensemble().servers().filter(|found| holds(found, zxid)).map(Server::id).collect();
        let Some(asked) = world.ensemble().server(server) else { return };
        let quorum = &asked.config().protocol.quorum;
        if quorum.contains_quorum(&holders) {
            self.found_up_to = zxid;
            return self.evaluated.hold();
        }
        let (disks, quorum) = (quorum.count(&holders), quorum.size());
        let fact = Fact::OnDisks { server, zxid, disks, quorum };
        let breaking = Witness { event: event.id, fact };
        let earlier = committed.witness(zxid).unwrap_or(breaking.clone());
        self.evaluated.violate(earlier, breaking);
    }
}

/// Whether the transaction is in the log on the server's disk, or in a snapshot there.
fn holds(server: &Server, zxid: Zxid) -> bool {
    let durable = server.disk().durable();
    let logged = durable.log.binary_search_by(|txn| txn.zxid.cmp(&zxid)).is_ok();
    logged || durable.snapshots.last().is_some_and(|&snapshot| snapshot >= zxid)
}
