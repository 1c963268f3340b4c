//! *ReplicaEquality*: servers that are at the same zxid have equal trees.
//!
//! Whenever a server's tree has changed it is compared, by its digest, with the first tree that was
//! seen at that zxid, committed or not: a zxid is given once, behind one history. Ours; ZooKeeper
//! compares digests of its own in the same way.

use imbl::OrdMap;

use super::{Committed, Evaluated, Fact, Property, Witness};
use crate::server::Note;
use crate::sim::{EventId, EventKind, TraceEvent, World};
use crate::types::{ServerId, Zxid};

/// For each zxid the first tree that was seen.
#[derive(Clone, Debug, Default)]
pub(super) struct ReplicaEquality {
    first: OrdMap<Zxid, Seen>,
    evaluated: Evaluated,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    digest: u64,
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
        let tree = &process.database().tree;
        let seen = Seen { digest: tree.digest(), server: *server, event: event.id };
        self.compare(tree.last_processed(), seen);
    }

    fn evaluated(&self) -> &Evaluated {
        &self.evaluated
    }
}

impl ReplicaEquality {
    fn compare(&mut self, zxid: Zxid, seen: Seen) {
        match self.first.get(&zxid) {
            Some(first) if first.digest != seen.digest => {
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
    fn witness(&self, zxid: Zxid) -> Witness {
        let Seen { digest, server, event } = *self;
        Witness { event, fact: Fact::Digest { server, zxid, digest } }
    }
}
