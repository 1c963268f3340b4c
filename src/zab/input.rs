//! Everything that can reach a peer.

use std::sync::Arc;

use super::{Channel, Message, Timer, WriteId};
use crate::types::{ConnectionId, ServerId, Txn, Zxid};

/// One thing that happens to a peer. [`Peer::step`](super::Peer::step) takes them one at a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// The process starts; what was durable has been loaded.
    Start,
    /// The host has decided an election that it holds in the servers' place: lead, or follow this
    /// one. For a peer made by [`Peer::with_leader_oracle`](super::Peer::with_leader_oracle) that
    /// [awaits](super::Peer::awaits_leader) it.
    Elected {
        /// The leader.
        leader: ServerId,
    },
    /// Another server dialled us. The peer closes the connection if it does not want it.
    Dialled {
        /// The new connection.
        connection: ConnectionId,
        /// Who dialled. (In ZooKeeper these are the first bytes on the connection.)
        from: ServerId,
        /// What the connection is for.
        channel: Channel,
    },
    /// A connection that we dialled is open.
    Connected(ConnectionId),
    /// A connection is gone: refused, reset, or closed by the other side. Nothing follows on it.
    Closed(ConnectionId),
    /// A message arrived.
    Received {
        /// The connection it came on.
        connection: ConnectionId,
        /// What it says.
        message: Message,
    },
    /// A timer ran out.
    Fired(Timer),
    /// A write handed out by [`Output::Persist`](super::Output::Persist) is on disk.
    Persisted(WriteId),
    /// All transactions handed out by [`Output::Log`](super::Output::Log) up to this one are on
    /// disk.
    Logged(Zxid),
    /// The host, a leader in BROADCAST, has prepared a transaction: propose it.
    Propose(Arc<Txn>),
    /// The host, a leader in BROADCAST, has a request to prepare and no zxid left for it: a new
    /// epoch must begin (ZOOKEEPER-1277).
    ZxidsUsedUp,
    /// The transaction handed out by [`Output::Commit`](super::Output::Commit) is in the tree now.
    Applied(Zxid),
}
