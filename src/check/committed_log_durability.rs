//! *CommittedLogDurability*: a synchronisation never cuts a committed transaction off a server's
//! log.
//!
//! A server that has logged up to z has everything that was committed up to z: what is proposed
//! after a transaction was committed stands behind it in every log. So a cut at c is wrong if
//! something between c and z is committed.
//!
//! Committed, that is, when the leader decided on the synchronisation. What was outstanding then
//! and was cut off, the leader sends again behind the cut; others may commit it before the cut is
//! on disk, as a run of the swarm showed, and are a quorum without this server.
//! Source: *CommittedLogDurability* of `Zab.tla`, where deciding and cutting are one step.

use imbl::OrdMap;

use super::{Committed, Evaluated, Fact, Property, Witness};
use crate::server;
use crate::sim::{EventKind, TraceEvent, World};
use crate::types::{ServerId, Zxid};
use crate::zab::{self, Write};

/// For each server the last transaction that it had on disk.
#[derive(Clone, Debug, Default)]
pub(super) struct CommittedLogDurability {
    logged: OrdMap<ServerId, Zxid>,
    /// For each learner the last transaction that was committed when its leader decided.
    decided: OrdMap<ServerId, Zxid>,
    evaluated: Evaluated,
}

impl Property for CommittedLogDurability {
    fn observe(&mut self, event: &TraceEvent, committed: &Committed, _: &World) {
        match &event.kind {
            EventKind::Server(server, server::Note::Flushed { last, write, .. }) => {
                self.flushed(*server, *last, write.as_deref(), event, committed);
            }
            EventKind::Peer(_, zab::Note::SyncPlanned { learner, .. }) => {
                let last = committed.last().unwrap_or(Zxid::ZERO);
                self.decided.insert(*learner, last);
            }
            EventKind::Peer(server, zab::Note::Truncated { zxid }) => {
                self.cut(*server, *zxid, event, committed);
            }
            _ => (),
        }
    }

    fn evaluated(&self) -> &Evaluated {
        &self.evaluated
    }
}

impl CommittedLogDurability {
    fn flushed(
        &mut self,
        server: ServerId,
        last: Zxid,
        write: Option<&Write>,
        event: &TraceEvent,
        committed: &Committed,
    ) {
        match write {
            // The peer reports the cut by itself.
            Some(Write::Truncate(_)) => (),
            // A snapshot in place of the log: what lies beyond it is gone.
            Some(Write::Replace(zxid)) => self.cut(server, *zxid, event, committed),
            _ => {
                self.logged.insert(server, last);
            }
        }
    }

    fn cut(&mut self, server: ServerId, zxid: Zxid, event: &TraceEvent, committed: &Committed) {
        let logged = self.logged.insert(server, zxid).unwrap_or(Zxid::ZERO);
        let decided = self.decided.get(&server).copied().unwrap_or(Zxid::ZERO);
        match committed.behind(zxid).filter(|&lost| lost <= logged.min(decided)) {
            None => self.evaluated.hold(),
            Some(lost) => {
                let fact = Fact::Truncated { server, zxid };
                let breaking = Witness { event: event.id, fact };
                let earlier = committed.witness(lost).unwrap_or(breaking.clone());
                self.evaluated.violate(earlier, breaking);
            }
        }
    }
}
