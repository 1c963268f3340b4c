//! Who is who: servers, simulated clients, sessions, connections.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A server's `myid`: the final tie-break of an election and the top byte of session ids, hence at
/// most 254. Source: `QuorumPeer.getMyId`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ServerId(pub u8);

impl fmt::Display for ServerId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "S{}", self.0)
    }
}

/// A simulated client, numbered from 1 within a run. ZooKeeper knows only its session.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClientId(pub u16);

impl fmt::Display for ClientId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "C{}", self.0)
    }
}

/// A session's id: top byte the server that made it, then 40 bits of its start time, then a
/// counter. Source: `SessionTrackerImpl.initializeNextSessionId`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SessionId(pub i64);

impl SessionId {
    /// No session: what a transaction of the server itself carries, and a new client's request.
    pub const NONE: SessionId = SessionId(0);
}

impl fmt::Display for SessionId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:#x}", self.0)
    }
}

/// One TCP connection, numbered in the order in which they were dialled within a run; a number is
/// never used again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ConnectionId(pub u32);
