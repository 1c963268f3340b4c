//! What a server asks of the world around it, and what it reports.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Note, Packet};
use crate::types::{ConnectionId, ServerId, Span};
use crate::zab;

/// A server's timers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Timer {
    /// One of its peer's.
    Peer(zab::Timer),
    /// A leader's look at the sessions, every tick.
    SessionTick,
}

/// One thing that a server does to the world, or tells of itself; in the order in which it happens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Call another server.
    Dial {
        /// The new connection's number.
        connection: ConnectionId,
        /// Whom.
        to: ServerId,
        /// What for.
        channel: zab::Channel,
    },
    /// Send.
    Send {
        /// On which connection.
        connection: ConnectionId,
        /// What.
        packet: Arc<Packet>,
    },
    /// Close a connection.
    Close(ConnectionId),
    /// Fire `timer` once, after a span drawn from `min..=max`; replaces the timer of that name.
    SetTimer {
        /// Which.
        timer: Timer,
        /// The shortest span.
        min: Span,
        /// The longest span.
        max: Span,
    },
    /// Forget the timer.
    CancelTimer(Timer),
    /// The log step has something to do.
    LogReady,
    /// The commit step has one entry more to do.
    CommitReady,
    /// All that the commit step had to do is dropped.
    CommitsDropped,
    /// The disk has begun a flush.
    FlushStarted,
    /// The peer reports.
    Peer(zab::Note),
    /// The server reports.
    Note(Note),
    /// The process has ended by itself.
    Ended,
}

/// Where the effects of a step go, and the peers' outputs on the way there. One for a whole
/// ensemble, since it numbers the connections.
#[derive(Clone, Debug)]
pub struct Outbox {
    /// The effects so far; the host drains them in order.
    pub effects: Vec<Effect>,
    /// The outputs of the peer's step, empty between steps.
    pub(super) peer: zab::Out,
}

impl Outbox {
    /// Nothing yet; connections are numbered from `next_connection`.
    pub fn new(next_connection: u32) -> Outbox {
        Outbox { effects: Vec::new(), peer: zab::Out::new(next_connection) }
    }

    /// A number for a new connection, never given before in this run.
    pub fn connection(&mut self) -> ConnectionId {
        self.peer.connection()
    }

    /// The number that the next new connection will have.
    pub fn next_connection(&self) -> u32 {
        self.peer.next_connection()
    }

    /// The numbers below `next_connection` have been given elsewhere.
    pub fn number_from(&mut self, next_connection: u32) {
        if next_connection != self.peer.next_connection() {
            let outputs = std::mem::take(&mut self.peer.outputs);
            self.peer = zab::Out::new(next_connection);
            self.peer.outputs = outputs;
        }
    }
}
