//! *ReplicaEquality*: servers that are at the same zxid have equal trees and know the same
//! sessions.
//!
//! Whenever a server's tree has changed it is compared, by its digest, with the first tree that was
//! seen at that zxid, committed or not: a zxid is given once, behind one history. So are the
//! sessions: by their number, and one by one where the server has loaded them anew, which costs as
//! much. Ours; ZooKeeper compares digests of its own, of trees only, in the same way.

use imbl::OrdMap;

use super::{Fact, Moment, Property, PropertyName, Witness};
use crate::server::Note;
use crate::sim::EventId;
use crate::store::Database;
use crate::types::{ServerId, SessionId, Span, Zxid};

/// For each zxid the first tree that was seen.
#[derive(Clone, Debug, Default)]
pub(super) struct ReplicaEquality {
    first: OrdMap<Zxid, Seen>,
}

#[derive(Clone, Debug)]
struct Seen {
    digest: u64,
    sessions: OrdMap<SessionId, Span>,
    server: ServerId,
    event: EventId,
}

impl Property for ReplicaEquality {
    fn on_server(&mut self, server: ServerId, note: &Note, moment: &mut Moment<'_>) {
        let changed = matches!(
            note,
            Note::Applied { .. }
                | Note::Replayed { .. }
                | Note::SnapshotLoaded { .. }
                | Note::Started { .. }
                | Note::TreeReloaded { .. }
        );
        let process = moment.world.ensemble().server(server).and_then(|found| found.process());
        let Some(process) = process.filter(|_| changed) else { return };
        let Database { tree, sessions } = process.database();
        let (digest, sessions) = (tree.digest(), sessions.clone());
        let seen = Seen { digest, sessions, server, event: moment.event };
        let is_reloaded = !matches!(note, Note::Applied { .. });
        self.compare(tree.last_processed(), seen, is_reloaded, moment);
    }
}

impl ReplicaEquality {
    fn compare(&mut self, zxid: Zxid, seen: Seen, is_reloaded: bool, moment: &mut Moment<'_>) {
        match self.first.get(&zxid) {
            Some(first) if first.differs_from(&seen, is_reloaded) => {
                let earlier = Some(first.witness(zxid));
                moment.violate(PropertyName::ReplicaEquality, earlier, seen.fact(zxid));
            }
            Some(_) => moment.hold(PropertyName::ReplicaEquality),
            None => {
                self.first.insert(zxid, seen);
                moment.hold(PropertyName::ReplicaEquality);
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

    fn fact(&self, zxid: Zxid) -> Fact {
        let Seen { digest, ref sessions, server, .. } = *self;
        Fact::Replica { server, zxid, digest, sessions: sessions.len() as u32 }
    }

    fn witness(&self, zxid: Zxid) -> Witness {
        Witness { event: self.event, fact: self.fact(zxid) }
    }
}
