//! How far a client is with its server.

use serde::{Deserialize, Serialize};

use crate::api::OpError;
use crate::types::{ConnectionId, ServerId};

/// A session's state as an application sees it. Source: `ZooKeeper.States`, `KeeperState`; fact
/// sheet §7.2.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum SessionState {
    /// Never started.
    NotConnected,
    /// A server was dialled and has not answered for the session yet.
    Connecting,
    /// Requests are sent and answered.
    Connected,
    /// The connection was lost; the next server will be tried after a pause.
    Disconnected,
    /// A server said that the session is over.
    Expired,
    /// The client ended it.
    Closed,
    /// A server did not believe who the client is.
    AuthFailed,
}

impl SessionState {
    /// Whether the session has ended for good.
    pub const fn is_over(self) -> bool {
        matches!(self, SessionState::Expired | SessionState::Closed | SessionState::AuthFailed)
    }

    /// What is told to an application that asks for something once the session is over.
    pub(super) const fn refusal(self) -> OpError {
        match self {
            SessionState::AuthFailed => OpError::AuthFailed,
            _ => OpError::SessionExpired,
        }
    }
}

/// The connection, with what counts in each state.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Link {
    /// Before the start.
    Idle,
    /// Waits for the connection to open.
    Dialling { connection: ConnectionId, to: ServerId },
    /// It is open; waits for the answer to the connect request.
    Associating { connection: ConnectionId, to: ServerId },
    /// The session is alive here.
    Connected { connection: ConnectionId, to: ServerId },
    /// Waits for the timer before the next try.
    Resting,
    /// A server said so.
    Expired,
    /// The client wanted it.
    Closed,
    /// A server did not believe who the client is.
    AuthFailed,
}

impl Link {
    pub(super) fn state(self) -> SessionState {
        match self {
            Link::Idle => SessionState::NotConnected,
            Link::Dialling { .. } | Link::Associating { .. } => SessionState::Connecting,
            Link::Connected { .. } => SessionState::Connected,
            Link::Resting => SessionState::Disconnected,
            Link::Expired => SessionState::Expired,
            Link::Closed => SessionState::Closed,
            Link::AuthFailed => SessionState::AuthFailed,
        }
    }

    pub(super) fn connection(self) -> Option<ConnectionId> {
        Some(self.peer()?.0)
    }

    pub(super) fn server(self) -> Option<ServerId> {
        Some(self.peer()?.1)
    }

    fn peer(self) -> Option<(ConnectionId, ServerId)> {
        match self {
            Link::Dialling { connection, to }
            | Link::Associating { connection, to }
            | Link::Connected { connection, to } => Some((connection, to)),
            Link::Idle | Link::Resting | Link::Expired | Link::Closed | Link::AuthFailed => None,
        }
    }
}
