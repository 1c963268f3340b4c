//! What travels on a connection: the protocol's messages with what the server adds to them, the
//! requests that learners forward, and what clients and servers say to each other.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::api::{ToClient, ToServer};
use crate::store::{Action, Database};
use crate::types::{Identity, SessionId, Span};
use crate::zab::Message;

/// What is said on a connection. All of a learner's connection, the protocol's part and ours, is
/// one stream, first in, first out.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Packet {
    /// A message of the protocol.
    Quorum {
        /// What the peer says.
        message: Message,
        /// What its server adds.
        cargo: Cargo,
    },
    /// Learner to leader: a client's request that the leader has to order.
    /// Source: `Leader.REQUEST`.
    Request(Forwarded),
    /// Learner to leader: a client has come back; is its session alive, and may it live here?
    /// Source: `Leader.REVALIDATE`.
    Revalidate {
        /// The session.
        session: SessionId,
        /// Its timeout, newly negotiated.
        timeout: Span,
    },
    /// Leader to learner: the answer.
    Revalidated {
        /// The session.
        session: SessionId,
        /// Whether it is alive.
        valid: bool,
    },
    /// Leader to learner: all that was committed when your oldest sync reached me is on its way
    /// before this. Source: `Leader.SYNC`.
    Sync,
    /// Client to server.
    ToServer(ToServer),
    /// Server to client.
    ToClient(ToClient),
}

/// What a server attaches to a message of its peer.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Cargo {
    /// Nothing.
    None,
    /// On SNAP: the tree, sessions included.
    Snapshot(#[serde(skip)] Arc<Database>),
    /// On a learner's PING: the sessions heard of since the last one, and their timeouts.
    Touched(Arc<[(SessionId, Span)]>),
}

/// A request on its way to the leader.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Forwarded {
    /// Whose.
    pub session: SessionId,
    /// Its number within the session; 0 for what the server does by itself.
    pub cxid: i32,
    /// What the client has proved to be.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub identities: Arc<[Identity]>,
    /// What is asked.
    pub action: Action,
}

impl Packet {
    /// ZooKeeper's name for it, or the nearest to one.
    pub fn name(&self) -> &'static str {
        match self {
            Packet::Quorum { message, .. } => message.kind().name(),
            Packet::Request(_) => "REQUEST",
            Packet::Revalidate { .. } | Packet::Revalidated { .. } => "REVALIDATE",
            Packet::Sync => "SYNC",
            Packet::ToServer(ToServer::Connect(_)) => "connect",
            Packet::ToServer(ToServer::Request(request)) => request.op.name(),
            Packet::ToClient(ToClient::Connected(_)) => "connected",
            Packet::ToClient(ToClient::Reply(_)) => "reply",
            Packet::ToClient(ToClient::Event(_)) => "watch event",
        }
    }

    /// Whether it only keeps something alive.
    pub fn is_ping(&self) -> bool {
        use crate::api::XID_PING;
        match self {
            Packet::Quorum { message, .. } => matches!(message, Message::Ping(_)),
            Packet::ToServer(ToServer::Request(request)) => request.xid == XID_PING,
            Packet::ToClient(ToClient::Reply(reply)) => reply.xid == XID_PING,
            _ => false,
        }
    }
}
