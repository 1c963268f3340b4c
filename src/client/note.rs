//! What a client reports of itself: its history is made of nothing else.

use serde::{Deserialize, Serialize};

use super::SessionState;
use crate::api::{Op, OpError, OpResult, WatchEvent};
use crate::types::{ServerId, SessionId, Span, Zxid};

/// Something that happened to a client.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Note {
    /// An operation was submitted; each gets a number of its own and exactly one of
    /// [`Note::Told`], [`Note::Unknown`], [`Note::Refused`].
    Asked {
        /// Its number.
        xid: i32,
        /// What is asked.
        op: Op,
    },
    /// Something that it watches has changed.
    Notified(WatchEvent),
    /// The operation was never sent: the session is over or ending.
    Refused {
        /// Its number.
        xid: i32,
        /// What the application is told.
        error: OpError,
    },
    /// The session is over, as a server says; its ephemeral znodes are gone or going.
    SessionExpired {
        /// Which session.
        session: SessionId,
    },
    /// A server has taken the client on.
    SessionOpened {
        /// The session.
        session: SessionId,
        /// Its timeout.
        timeout: Span,
        /// The server.
        server: ServerId,
        /// Whether it is the session that the client had before.
        resumed: bool,
    },
    /// The application sees another state, or the same with another server.
    StateChanged {
        /// The state from now on.
        state: SessionState,
        /// The server that it is connected to or tries.
        server: Option<ServerId>,
    },
    /// The answer to an operation.
    Told {
        /// Its number.
        xid: i32,
        /// The answering server's last processed zxid.
        zxid: Zxid,
        /// The answer.
        result: Result<OpResult, OpError>,
    },
    /// The connection was lost before the answer: the operation took effect, or will, or never.
    /// The application is told [`OpError::ConnectionLoss`].
    Unknown {
        /// Its number.
        xid: i32,
    },
}
