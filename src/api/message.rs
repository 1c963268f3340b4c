//! What travels on a client's connection, in the order in which a client first meets it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Op, OpError, OpResult, WatchEvent};
use crate::types::{SessionId, Span, Zxid};

/// The number that every ping carries. Source: `ClientCnxn.PING_XID`.
pub const XID_PING: i32 = -2;

/// The number that every proof of identity carries. Source: `ClientCnxn.AUTHPACKET_XID`.
pub const XID_AUTH: i32 = -4;

/// The number that every setWatches carries. Source: `ClientCnxn.SET_WATCHES_XID`.
pub const XID_SET_WATCHES: i32 = -8;

/// A message from a client to its server.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum ToServer {
    /// See [`ConnectRequest`].
    Connect(ConnectRequest),
    /// See [`Request`].
    Request(Request),
}

/// A message from a server to its client.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum ToClient {
    /// See [`ConnectResponse`].
    Connected(ConnectResponse),
    /// See [`Reply`].
    Reply(Reply),
    /// Something that the client watches has changed. It comes before any answer that shows the
    /// change. See [`WatchEvent`].
    Event(WatchEvent),
}

/// The secret of a session, by which a client that comes back proves that the session is its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Password(pub [u8; 16]);

impl fmt::Debug for Password {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

/// "I want a session", or "I come back to mine": the first message on a connection.
/// Source: `ConnectRequest`; fact sheet §7.2.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct ConnectRequest {
    /// The newest zxid that the client has seen. A server that is behind it hangs up.
    pub last_zxid_seen: Zxid,
    /// The timeout that the client would like.
    pub timeout: Span,
    /// The session to take up again; [`SessionId::NONE`] for a new one.
    pub session: SessionId,
    /// The session's password; all zero for a new one.
    pub password: Password,
}

/// The server's answer to a [`ConnectRequest`]. Source: `ConnectResponse`; fact sheet §7.2.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct ConnectResponse {
    /// The timeout that holds from now on; zero where the session is over (or the password wrong).
    pub timeout: Span,
    /// The session.
    pub session: SessionId,
    /// Its password.
    pub password: Password,
}

impl ConnectResponse {
    /// "That session is over." Source: `ZooKeeperServer.finishSessionInit`.
    pub const EXPIRED: ConnectResponse = ConnectResponse {
        timeout: Span::ZERO,
        session: SessionId::NONE,
        password: Password([0; 16]),
    };

    /// Whether this says that the session is over.
    pub fn is_expired(&self) -> bool {
        self.timeout == Span::ZERO
    }
}

/// One operation. The replies of a connection come in the order of its requests.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Request {
    /// The request's number within the client, or [`XID_PING`].
    pub xid: i32,
    /// What is asked.
    pub op: Op,
}

/// The answer to a [`Request`]. Source: `ReplyHeader` and the record behind it.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Reply {
    /// The request's number.
    pub xid: i32,
    /// The answering server's last processed zxid; zero to a proof of identity,
    /// [`Zxid::UNKNOWN`] to a request that the server does not know.
    pub zxid: Zxid,
    /// The answer.
    pub result: Result<OpResult, OpError>,
}
