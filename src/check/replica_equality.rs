//! *ReplicaEquality*: servers that are at the same zxid have equal trees and know the same
//! sessions.
//!
//! Whenever a server's tree has changed it is compared, by its digest, with the first tree that was
//! seen at that zxid, committed or not: a zxid is given once, behind one history. So are the
//! sessions: by their number, and one by one where the server has loaded them anew, which costs as
//! much. Ours; ZooKeeper compares digests of its own, of trees only, in the same way.

use imbl::OrdMap;

use super::{Committed, Evaluated, Fact, Property, Witness};
use crate::server::Note;
use crate::sim::{EventId, EventKind, TraceEvent, World};
use crate::store::Database;
use crate::types::{ServerId, SessionId, Span, Zxid};

/// For each zxid the first tree that was seen.
#[derive(Clone, Debug, Default)]
pub(super) struct ReplicaEquality {
    first: OrdMap<Zxid, Seen>,
    evaluated: Evaluated,
}

#[derive(Clone, Debug)]
struct Seen {
    digest: u64,
    sessions: OrdMap<SessionId, Span>,
    server: ServerId,
    event: EventId,
}

impl Property for ReplicaEquality {
    fn observe(&mut self, event: &TraceEvent, _: &Committed, world: &World) {
        let EventKind::Server(server, note) = &event.kind else { return };
        let changed = matches!(
            note,
            Note::Applied { .. }
                | Note::Replayed { .. }
                | Note::SnapshotLoaded { .. }
                | Note::Started { .. }
                | Note::TreeReloaded { .. }
        );
        let process = world.ensemble().server(*server).and_then(|found| found.process());
        let Some(process) = process.filter(|_| changed) else { return };
        let Database { tree, sessions } = process.database();
        let (digest, sessions) = (tree.digest(), sessions.clone());
        let seen = Seen { digest, sessions, server: *server, event: event.id };
        let is_reloaded = !matches!(note, Note::Applied { .. });
        self.compare(tree.last_processed(), seen, is_reloaded);
    }

    fn evaluated(&self) -> &Evaluated {
        &self.evaluated
    }
}

impl ReplicaEquality {
    fn compare(&mut self, zxid: Zxid, seen: Seen, is_reloaded: bool) {
        match self.first.get(&zxid) {
            Some(first) if first.differs_from(&seen, is_reloaded) => {
                self.evaluated.violate(first.witness(zxid), seen.witness(zxid));
            }
            Some(_) => self.evaluated.hold(),
            None => {
                self.first.insert(zxid, seen);
                self.evaluated.hold();
            }
        }
    }
}

impl Seen {
    fn differs_from(&self, other: &Seen, one_by_one: bool) -> bool {
        self.digest != other.digest
            || self.sessions.len() != other.sessions.len()
            || one_by_one && self.sessions != other.sessions
    }

    fn witness(&self, zxid: Zxid) -> Witness {
        let Seen { digest, ref sessions, server, event } = *self;
        let sessions = sessions.len() as u32;
        Witness { event, fact: Fact::Replica { server, zxid, digest, sessions } }
    }
}
