//! A server's clients: who is connected, in which state, and the order of each one's requests.
//!
//! The order is ZooKeeper's `CommitProcessor`: once a session has a write under way, all its later
//! requests wait behind it; what other sessions read goes straight on. Source: fact sheet §4.4.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use crate::api::Op;
use crate::types::{ConnectionId, Identity, PathText, SessionId, Span};

/// What a client's connection is at.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ClientLink {
    /// It has not said yet what it wants.
    Fresh,
    /// Its new session is on the way through the log.
    Creating {
        /// The session.
        session: SessionId,
        /// The timeout that was negotiated.
        timeout: Span,
    },
    /// The leader is asked whether its session lives.
    Revalidating {
        /// The session.
        session: SessionId,
        /// The timeout that was negotiated.
        timeout: Span,
    },
    /// It is served.
    Established {
        /// The session.
        session: SessionId,
        /// The timeout that was negotiated.
        timeout: Span,
    },
}

/// A request that waits for its turn within its session.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Waiting {
    /// The connection it came on, where the answer goes.
    pub connection: ConnectionId,
    /// The request's number.
    pub xid: i32,
    /// What it waits for.
    pub what: Awaited,
}

/// What a request waits for.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Awaited {
    /// The commit of its transaction.
    Commit,
    /// The leader's SYNC, and all commits before it.
    Sync(PathText),
    /// The requests before it; then it is read.
    Turn(Op),
}

/// The clients of one server.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct ClientLinks {
    links: BTreeMap<ConnectionId, ClientLink>,
    /// The one connection of a session that is served or about to be.
    connections: BTreeMap<SessionId, ConnectionId>,
    /// What those have proved to be that have proved something.
    identities: BTreeMap<ConnectionId, Arc<[Identity]>>,
    /// Never an empty queue, and never one that begins with [`Awaited::Turn`].
    queues: BTreeMap<SessionId, VecDeque<Waiting>>,
}

impl ClientLink {
    /// The session, once it is known which.
    pub fn session(&self) -> Option<SessionId> {
        match *self {
            ClientLink::Fresh => None,
            ClientLink::Creating { session, .. }
            | ClientLink::Revalidating { session, .. }
            | ClientLink::Established { session, .. } => Some(session),
        }
    }
}

impl ClientLinks {
    /// The connections and their states.
    pub fn iter(&self) -> impl Iterator<Item = (ConnectionId, ClientLink)> + '_ {
        self.links.iter().map(|(&connection, &link)| (connection, link))
    }

    /// The state of a connection.
    pub fn find(&self, connection: ConnectionId) -> Option<ClientLink> {
        self.links.get(&connection).copied()
    }

    /// The connection of a session.
    pub fn connection_of(&self, session: SessionId) -> Option<ConnectionId> {
        self.connections.get(&session).copied()
    }

    /// What a connection has proved to be, besides that it comes from where it comes.
    pub fn identities(&self, connection: ConnectionId) -> Arc<[Identity]> {
        self.identities.get(&connection).cloned().unwrap_or_default()
    }

    /// The sessions whose requests wait, and the requests, oldest first.
    pub fn queues(&self) -> impl Iterator<Item = (SessionId, &VecDeque<Waiting>)> {
        self.queues.iter().map(|(&session, queue)| (session, queue))
    }

    pub(super) fn open(&mut self, connection: ConnectionId) {
        self.links.insert(connection, ClientLink::Fresh);
    }

    /// The connection is in this state from now on. Answers the connection that the session had
    /// before, which has to go.
    pub(super) fn set(
        &mut self,
        connection: ConnectionId,
        link: ClientLink,
    ) -> Option<ConnectionId> {
        self.links.insert(connection, link);
        let session = link.session()?;
        self.connections.insert(session, connection).filter(|&before| before != connection)
    }

    pub(super) fn identify(&mut self, connection: ConnectionId, identities: Arc<[Identity]>) {
        self.identities.insert(connection, identities);
    }

    /// Forgets a connection. What it asked goes its way all the same; nobody hears the answer.
    pub(super) fn close(&mut self, connection: ConnectionId) -> bool {
        let Some(link) = self.links.remove(&connection) else { return false };
        self.identities.remove(&connection);
        if let Some(session) = link.session()
            && self.connections.get(&session) == Some(&connection)
        {
            self.connections.remove(&session);
        }
        true
    }

    /// Forgets everything; answers the connections, which have to be closed.
    pub(super) fn close_all(&mut self) -> Vec<ConnectionId> {
        let connections = self.links.keys().copied().collect();
        *self = ClientLinks::default();
        connections
    }

    /// Whether the session has something under way that its next request must wait for.
    pub(super) fn is_busy(&self, session: SessionId) -> bool {
        self.queues.contains_key(&session)
    }

    pub(super) fn wait(&mut self, session: SessionId, waiting: Waiting) {
        self.queues.entry(session).or_default().push_back(waiting);
    }

    /// The session's oldest request, if `is_done` says that this is what it waited for.
    pub(super) fn finish(
        &mut self,
        session: SessionId,
        is_done: impl FnOnce(&Waiting) -> bool,
    ) -> Option<Waiting> {
        let queue = self.queues.get_mut(&session)?;
        if !is_done(queue.front()?) {
            return None;
        }
        queue.pop_front()
    }

    /// The session's next request that only waited for its turn, if that has come.
    pub(super) fn next_turn(&mut self, session: SessionId) -> Option<(ConnectionId, i32, Op)> {
        let queue = self.queues.get_mut(&session)?;
        match queue.pop_front() {
            Some(Waiting { connection, xid, what: Awaited::Turn(op) }) => {
                Some((connection, xid, op))
            }
            Some(waiting) => {
                queue.push_front(waiting);
                None
            }
            None => {
                self.queues.remove(&session);
                None
            }
        }
    }

    /// The session is over.
    pub(super) fn forget_queue(&mut self, session: SessionId) {
        self.queues.remove(&session);
    }
}
