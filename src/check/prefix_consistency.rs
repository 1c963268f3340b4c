//! *PrefixConsistency*: of what two servers have delivered, one is a prefix of the other.
//!
//! Every server's sequence is held against one: that of all committed transactions. A server that
//! begins to serve stands somewhere in it; from there on each commit must be the next one, or where
//! the server stands at the end, a new one. That what lies before is the same is left to
//! *ReplicaEquality*, whose digests cover it. Source: *PrefixConsistency* of `Zab.tla`, which
//! implies *Agreement* (I-3) and *TotalOrder* (I-4).

use imbl::OrdMap;

use super::{Committed, Evaluated, Fact, Property, Witness};
use crate::sim::{EventKind, TraceEvent, World};
use crate::types::{ServerId, Zxid};
use crate::{server, zab};

/// For each server the last transaction that it has delivered, while it serves.
#[derive(Clone, Debug, Default)]
pub(super) struct PrefixConsistency {
    delivered: OrdMap<ServerId, Zxid>,
    evaluated: Evaluated,
}

impl Property for PrefixConsistency {
    fn observe(&mut self, event: &TraceEvent, committed: &Committed, world: &World) {
        match &event.kind {
            EventKind::Server(server, server::Note::ServingStarted { leading: false, .. }) => {
                self.begin(*server, event, committed, world);
            }
            EventKind::Server(server, server::Note::ServingStopped) => {
                self.delivered.remove(server);
            }
            EventKind::Peer(server, zab::Note::Established { initial_last, .. }) => {
                self.delivered.insert(*server, *initial_last);
            }
            EventKind::Peer(server, zab::Note::Committed { zxid }) => {
                self.deliver(*server, *zxid, event, committed);
            }
            _ => (),
        }
    }

    fn evaluated(&self) -> &Evaluated {
        &self.evaluated
    }
}

impl PrefixConsistency {
    /// A learner serves what is in its tree: that must be committed.
    fn begin(
        &mut self,
        server: ServerId,
        event: &TraceEvent,
        committed: &Committed,
        world: &World,
    ) {
        let process = world.ensemble().server(server).and_then(|found| found.process());
        let Some(process) = process else { return };
        let zxid = process.database().last_processed();
        self.delivered.insert(server, zxid);
        // (e,0) is no transaction, and an empty tree has none.
        if zxid.counter == 0 || committed.contains(zxid) {
            return self.evaluated.hold();
        }
        self.violate(server, zxid, committed.last(), event, committed);
    }

    fn deliver(&mut self, server: ServerId, zxid: Zxid, event: &TraceEvent, committed: &Committed) {
        let Some(&last) = self.delivered.get(&server) else { return };
        self.delivered.insert(server, zxid);
        match committed.behind(last) {
            Some(expected) if expected != zxid => {
                self.violate(server, zxid, Some(expected), event, committed);
            }
            Some(_) => self.evaluated.hold(),
            // It is the first to deliver it.
            None if last < zxid => self.evaluated.hold(),
            None => self.violate(server, zxid, committed.up_to(last), event, committed),
        }
    }

    fn violate(
        &mut self,
        server: ServerId,
        zxid: Zxid,
        instead_of: Option<Zxid>,
        event: &TraceEvent,
        committed: &Committed,
    ) {
        let breaking = Witness { event: event.id, fact: Fact::DeliveredInstead { server, zxid } };
        let earlier = instead_of.and_then(|zxid| committed.witness(zxid));
        self.evaluated.violate(earlier.unwrap_or(breaking.clone()), breaking);
    }
}
