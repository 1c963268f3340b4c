//! What the witnesses of a broken guarantee tell.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::api::OpError;
use crate::types::{ClientId, ServerId, SessionId, Span, Zxid};

/// Something about what clients asked and were told, or about the order of transactions that
/// answers are measured by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum ClientFact {
    /// The answer is not what the tree at this zxid gives.
    Answered {
        /// Who was told.
        client: ClientId,
        /// The operation's number.
        xid: i32,
        /// What the answer shows.
        zxid: Zxid,
        /// The error that was told, if one.
        error: Option<OpError>,
    },
    /// The operation was submitted.
    Asked {
        /// By whom.
        client: ClientId,
        /// Its number.
        xid: i32,
    },
    /// A server answers from a tree that lacks something for so long.
    Behind {
        /// The server.
        server: ServerId,
        /// What its tree reaches up to.
        zxid: Zxid,
        /// For how long the next transaction has been committed.
        lag: Span,
        /// How long that may be.
        bound: Span,
    },
    /// A counter of a znode's Stat is another one than the changes add up to.
    Counted {
        /// The transaction behind which it is so.
        zxid: Zxid,
        /// Which counter.
        counter: Counter,
        /// What it is.
        found: i64,
        /// What the changes add up to.
        expected: i64,
    },
    /// An ephemeral znode is there behind this transaction, and belongs to that session.
    EphemeralOf {
        /// The transaction.
        zxid: Zxid,
        /// The session.
        session: SessionId,
    },
    /// The leader ends a session that has been silent for so long by its clock.
    Expired {
        /// The leader.
        server: ServerId,
        /// The session.
        session: SessionId,
        /// How long it was silent.
        silence: Span,
        /// How long it may be silent.
        timeout: Span,
    },
    /// The leader has heard of the session.
    Heard {
        /// The leader.
        server: ServerId,
        /// The session.
        session: SessionId,
    },
    /// The client hears of a change.
    Notified {
        /// Who.
        client: ClientId,
        /// By which transaction.
        zxid: Zxid,
    },
    /// The client hears of a change, and has no watch for it (any more).
    NotWatched {
        /// Who.
        client: ClientId,
        /// By which transaction.
        zxid: Zxid,
    },
    /// The sequence number that the transaction gives.
    Numbered {
        /// The transaction.
        zxid: Zxid,
        /// The number.
        number: i32,
    },
    /// The operation is this transaction.
    Ordered {
        /// Who asked.
        client: ClientId,
        /// The operation's number.
        xid: i32,
        /// The transaction.
        zxid: Zxid,
    },
    /// The client was shown part of what this multi does.
    Part {
        /// Who was told.
        client: ClientId,
        /// What the answer shows.
        zxid: Zxid,
        /// The multi.
        multi: Zxid,
    },
    /// The session is over behind this transaction.
    SessionOver {
        /// The transaction.
        zxid: Zxid,
        /// The session.
        session: SessionId,
    },
    /// An answer has shown the client a state of this zxid.
    Shown {
        /// Who was told.
        client: ClientId,
        /// What the answer shows.
        zxid: Zxid,
    },
    /// The tree behind the transaction, when all transactions up to it are applied in order.
    State {
        /// The transaction.
        zxid: Zxid,
        /// The tree's digest.
        digest: u64,
    },
    /// The leader has processed a sync when it had committed up to here.
    SyncProcessed {
        /// The leader.
        server: ServerId,
        /// Who asked.
        client: ClientId,
        /// The last transaction that it had committed.
        zxid: Zxid,
    },
    /// The client watches, from this state on.
    Watches {
        /// Who.
        client: ClientId,
        /// The state.
        zxid: Zxid,
    },
    /// The transaction is not what the request amounts to on the tree before it.
    WrongOutcome {
        /// Who asked.
        client: Option<ClientId>,
        /// The operation's number.
        xid: i32,
        /// The transaction.
        zxid: Zxid,
    },
}

/// A counter in a znode's Stat.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Counter {
    /// `cversion`
    ChildVersion,
    /// `pzxid`, as it travels on the wire
    ChildZxid,
    /// `version`
    Version,
}

impl fmt::Display for Counter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Counter::ChildVersion => "cversion",
            Counter::ChildZxid => "pzxid",
            Counter::Version => "version",
        })
    }
}

impl fmt::Display for ClientFact {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ClientFact::Answered { client, xid, zxid, error: None } => {
                write!(out, "{client} is told the answer to operation {xid}, at {zxid}")
            }
            ClientFact::Answered { client, xid, zxid, error: Some(error) } => {
                write!(out, "{client} is told {error} to operation {xid}, at {zxid}")
            }
            ClientFact::Asked { client, xid } => write!(out, "{client} asks operation {xid}"),
            ClientFact::Behind { server, zxid, lag, bound } => write!(
                out,
                "{server} answers at {zxid}, and has lacked the next one for {lag}; it may for \
                 {bound}"
            ),
            ClientFact::Counted { zxid, counter, found, expected } => {
                write!(out, "behind {zxid} a {counter} is {found}; the changes make {expected}")
            }
            ClientFact::EphemeralOf { zxid, session } => {
                write!(out, "at {zxid} there is an ephemeral znode of session {session}")
            }
            ClientFact::Expired { server, session, silence, timeout } => write!(
                out,
                "{server} ends session {session} after {silence} of silence; its timeout is \
                 {timeout}"
            ),
            ClientFact::Heard { server, session } => {
                write!(out, "{server} hears of session {session}")
            }
            ClientFact::Notified { client, zxid } => match *zxid {
                Zxid::UNKNOWN => write!(out, "{client} hears of a change"),
                zxid => write!(out, "{client} hears of a change by {zxid}"),
            },
            ClientFact::NotWatched { client, .. } => {
                write!(out, "{client} hears of a change that it has no watch for")
            }
            ClientFact::Numbered { zxid, number } => {
                write!(out, "{zxid} gives the sequence number {number}")
            }
            ClientFact::Ordered { client, xid, zxid } => {
                write!(out, "operation {xid} of {client} is transaction {zxid}")
            }
            ClientFact::Part { client, zxid, multi } => {
                write!(out, "{client} is shown a part of multi {multi} at {zxid}")
            }
            ClientFact::SessionOver { zxid, session } => {
                write!(out, "session {session} is over behind {zxid}")
            }
            ClientFact::Shown { client, zxid } => {
                write!(out, "{client} is shown a state at {zxid}")
            }
            ClientFact::State { zxid, digest } => {
                write!(out, "all transactions up to {zxid} make the tree {digest:016x}")
            }
            ClientFact::SyncProcessed { server, client, zxid } => {
                write!(out, "{server} processes a sync of {client}, with {zxid} committed")
            }
            ClientFact::Watches { client, zxid } => {
                write!(out, "{client} has set a watch on the state at {zxid}, and heard nothing")
            }
            ClientFact::WrongOutcome { client: Some(client), xid, zxid } => write!(
                out,
                "transaction {zxid} is not what operation {xid} of {client} makes of the tree \
                 before it"
            ),
            ClientFact::WrongOutcome { client: None, zxid, .. } => {
                write!(out, "transaction {zxid} is not what the tree before it makes it")
            }
        }
    }
}
