//! What a client is told at its birth.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::types::{ServerId, Span};

/// A client's settings. Source: `ZooKeeper`'s constructor.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct ClientConfig {
    /// The servers to try, in this order, over and over; at least one. (ZooKeeper's client shuffles
    /// them: here whoever makes the list does, so that a run needs no draw for it.)
    pub servers: Arc<[ServerId]>,
    /// The session timeout that it asks for.
    pub timeout: Span,
    /// The longest pause before it tries the next server; ZooKeeper draws one below a second.
    pub retry_delay_max: Span,
}
