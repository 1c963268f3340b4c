//! *ReplicaEquality*: servers that are at the same zxid have equal trees and know the same
//! sessions.
//!
//! Whenever a server's tree has changed it is compared, by its digest, with the first tree that was
//! seen at that zxid, committed or not: a zxid is given once, behind one history. So are the
//! sessions: by their number, and one by one where the server has loaded them anew, which costs as
//! much. Ours; ZooKeeper compares digests of its own, of trees only, in the same way.

use imbl::OrdMap;

use crate::check::ghosts::ByZxid;
use crate::check::{Fact, Moment, Property, PropertyName, Witness};
use crate::server::{Note, Server};
use crate::sim::EventId;
use crate::store::Database;
use crate::types::{ServerId, SessionId, Span, Zxid};

/// For each zxid the first tree that was seen.
#[derive(Clone, Debug, Default)]
pub(super) struct ReplicaEquality {
    first: ByZxid<Seen>,
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
        let is_reloaded = match note {
            Note::Applied { .. } => false,
            Note::Replayed { .. }
            | Note::SnapshotLoaded { .. }
            | Note::Started { .. }
            | Note::TreeReloaded { .. } => true,
            _ => return,
        };
        let process = moment.world.ensemble().server(server).and_then(Server::process);
        let Some(process) = process else { return };
        self.compare(server, process.database(), is_reloaded, moment);
    }
}

impl ReplicaEquality {
    fn compare(
        &mut self,
        server: ServerId,
        database: &Database,
        is_reloaded: bool,
        moment: &mut Moment<'_>,
    ) {
        let (zxid, digest) = (database.tree.last_processed(), database.tree.digest());
        let sessions = &database.sessions;
        let event = moment.event;
        let Some(first) = self.first.find(zxid) else {
            self.first.push(zxid, Seen { digest, sessions: sessions.clone(), server, event });
            return moment.hold(PropertyName::ReplicaEquality);
        };
        let equal = first.digest == digest
            && first.sessions.len() == sessions.len()
            && !(is_reloaded && first.sessions != *sessions);
        moment.judge(PropertyName::ReplicaEquality, equal, |_| {
            let sessions = sessions.len() as u32;
            (Some(first.witness(zxid)), Fact::Replica { server, zxid, digest, sessions })
        });
    }
}

impl Seen {
    fn witness(&self, zxid: Zxid) -> Witness {
        let Seen { digest, ref sessions, server, event } = *self;
        let sessions = sessions.len() as u32;
        Witness { event, fact: Fact::Replica { server, zxid, digest, sessions } }
    }
}
