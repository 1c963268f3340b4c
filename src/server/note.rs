//! What a server reports of itself. Checkers, page and tests read notes; nothing acts on them.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::api::{Op, OpError, OpName};
use crate::types::{Epoch, PathText, SessionId, Span, Zxid};
use crate::zab::{ExitReason, LoadError, Write};

/// Something that happened at a server, outside its peer.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Note {
    /// A transaction is in the tree.
    Applied {
        /// Which.
        zxid: Zxid,
    },
    /// At its start a server finds that not all of its disk can be read.
    DiskDamaged {
        /// The last record of the log was torn, and is dropped.
        torn: bool,
        /// So many snapshots are skipped for older ones.
        damaged: u32,
    },
    /// Someone has put a history on its disk, in place of what was there.
    DiskPut {
        /// The last zxid of the history.
        last: Zxid,
    },
    /// The process has ended by itself.
    Exited {
        /// The exit code.
        code: u8,
        /// Why.
        reason: ExitReason,
    },
    /// A flush is done.
    Flushed {
        /// The last zxid in the log now.
        last: Zxid,
        /// How many transactions it made durable.
        txns: u32,
        /// What else it made durable, if anything.
        write: Option<Arc<Write>>,
    },
    /// The log step has taken what was queued and handed it to the disk.
    LogTaken {
        /// The first transaction.
        first: Zxid,
        /// The last one.
        last: Zxid,
    },
    /// A leader has prepared a transaction.
    Prepared {
        /// The zxid it got.
        zxid: Zxid,
        /// The session that asked for it.
        session: SessionId,
        /// The request's number within the session.
        cxid: i32,
        /// What will be answered: `None` where it will succeed.
        error: Option<OpError>,
    },
    /// The process does not start: an operator has to repair the disk.
    RefusedToStart {
        /// Why.
        why: LoadError,
    },
    /// The disk was repaired, from outside: its epoch files say what the log already reaches, or it
    /// is empty.
    Repaired,
    /// A client was answered.
    Replied {
        /// Its session.
        session: SessionId,
        /// The request's number within the session.
        cxid: i32,
        /// The zxid in the answer.
        zxid: Zxid,
        /// The error that was answered, if one.
        error: Option<OpError>,
    },
    /// A client's request came in.
    RequestReceived {
        /// Its session.
        session: SessionId,
        /// The request's number within the session.
        cxid: i32,
        /// What is asked.
        op: OpBrief,
    },
    /// Clients are served from now on.
    ServingStarted {
        /// The epoch.
        epoch: Epoch,
        /// Whether as the leader.
        leading: bool,
    },
    /// Clients are served no longer.
    ServingStopped,
    /// A session has ended: its transaction is applied here.
    SessionClosed {
        /// Which.
        session: SessionId,
    },
    /// The leader has not heard of a session for its timeout and ends it.
    SessionExpired {
        /// Which.
        session: SessionId,
    },
    /// A session has begun, or goes on, at this server.
    SessionOpened {
        /// Which.
        session: SessionId,
        /// Its timeout.
        timeout: Span,
        /// Whether it lived before.
        resumed: bool,
    },
    /// The tree was replaced by the one that a leader sent.
    SnapshotLoaded {
        /// What it reaches up to.
        zxid: Zxid,
    },
    /// A snapshot of the tree was taken and handed to the disk.
    SnapshotTaken {
        /// What it reaches up to.
        zxid: Zxid,
    },
    /// The process has started and loaded what was on disk.
    Started {
        /// The newest snapshot.
        snapshot: Zxid,
        /// How many log records were replayed on top of it.
        replayed: u32,
        /// The last zxid of both.
        last: Zxid,
    },
    /// A transaction is in the tree, not by the commit step: a committed one of a synchronisation,
    /// or the tail of the log, committed or not, when a server goes back to LOOKING.
    Replayed {
        /// Which.
        zxid: Zxid,
    },
    /// The tree was rebuilt from the disk.
    TreeReloaded {
        /// What it reaches up to.
        last: Zxid,
    },
}

/// An operation in short: its name, and the path it is about.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct OpBrief {
    /// ZooKeeper's name of it.
    pub name: OpName,
    /// The path, if it is about one.
    pub path: Option<PathText>,
}

impl From<&Op> for OpBrief {
    fn from(op: &Op) -> OpBrief {
        OpBrief { name: OpName::from(op), path: op.path().cloned() }
    }
}

/// `create /a`.
impl fmt::Display for OpBrief {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name.text())?;
        match &self.path {
            Some(path) => write!(out, " {path}"),
            None => Ok(()),
        }
    }
}
