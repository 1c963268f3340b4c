//! Everything that can reach a client.

use std::sync::Arc;

use super::Timer;
use crate::api::{Op, ToClient, WatcherType};
use crate::types::{ConnectionId, PathText, ServerId};

/// One thing that happens to a client. [`Client::step`](super::Client::step) takes them one at a
/// time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// Move to this server: hang up and take the session there. Before the start, and after the
    /// session's end: the server to begin with.
    Attach(ServerId),
    /// A connection is gone: refused, reset, or closed by the other side. Nothing follows on it.
    Closed(ConnectionId),
    /// A connection that we dialled is open.
    Connected(ConnectionId),
    /// Hang up without a word and stay away for so long that the session has expired meanwhile, as
    /// a process that is stopped would.
    Expire,
    /// A timer ran out.
    Fired(Timer),
    /// Watch this no more, whatever the servers say.
    Forget {
        /// What.
        path: PathText,
        /// Which kind of watch.
        kind: WatcherType,
    },
    /// A message arrived.
    Received {
        /// The connection it came on.
        connection: ConnectionId,
        /// What it says.
        message: ToClient,
    },
    /// Ask these one after the other: each only when the one before is answered, whatever the
    /// answer. They follow those of an earlier program.
    Run(Arc<[Op]>),
    /// Begin, or begin anew with a new session.
    Start,
    /// Ask this now, without waiting for anything, or as soon as there is a connection.
    Submit(Op),
}
