//! Everything a client can ask of its host.

use serde::{Deserialize, Serialize};

use super::Note;
use crate::api::ToServer;
use crate::types::{ConnectionId, ServerId, Span};

/// What a client wants done. The host carries the outputs of one step out in order, before anything
/// else happens to the client.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Output {
    /// Forget the timer.
    CancelTimer(Timer),
    /// Close a connection: what was sent before still arrives, then the other side hears `Closed`.
    /// This side hears nothing more of it.
    Close(ConnectionId),
    /// Open a connection; the answer is `Connected` or `Closed`.
    Dial {
        /// The number that [`Out::connection`] gave for it.
        connection: ConnectionId,
        /// Whom to call.
        to: ServerId,
    },
    /// Something worth knowing happened.
    Note(Note),
    /// Send a message. To a connection that is gone: forget it.
    Send {
        /// On which connection.
        connection: ConnectionId,
        /// What.
        message: ToServer,
    },
    /// Fire `timer` once, after a span drawn from `min..=max`; replaces the timer of that name.
    SetTimer {
        /// Which timer.
        timer: Timer,
        /// The shortest span.
        min: Span,
        /// The longest span.
        max: Span,
    },
}

/// A client's timers. Setting one again replaces it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Timer {
    /// A connection that does not open, or a server that does not answer for the session.
    Connect,
    /// Nothing sent for so long: a sign of life is due.
    Ping,
    /// Nothing heard for so long: the connection is given up.
    Read,
    /// The pause before the next server is tried.
    Retry,
}

/// Where a step's outputs go.
#[derive(Clone, Debug)]
pub struct Out {
    /// The outputs so far; the host drains them in order.
    pub outputs: Vec<Output>,
    next_connection: u32,
}

impl Out {
    /// No outputs yet; connections are numbered from `next_connection`.
    pub fn new(next_connection: u32) -> Out {
        Out { outputs: Vec::new(), next_connection }
    }

    /// A number for a new connection, never given before in this run.
    pub fn connection(&mut self) -> ConnectionId {
        let connection = ConnectionId(self.next_connection);
        self.next_connection += 1;
        connection
    }

    /// The number that the next new connection will have.
    pub fn next_connection(&self) -> u32 {
        self.next_connection
    }

    pub(super) fn push(&mut self, output: Output) {
        self.outputs.push(output);
    }

    pub(super) fn note(&mut self, note: Note) {
        self.outputs.push(Output::Note(note));
    }

    pub(super) fn send(&mut self, connection: ConnectionId, message: ToServer) {
        self.outputs.push(Output::Send { connection, message });
    }

    pub(super) fn timer(&mut self, timer: Timer, after: Span) {
        self.outputs.push(Output::SetTimer { timer, min: after, max: after });
    }
}
