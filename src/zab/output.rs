//! Everything a peer can ask of its host.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Channel, Message, Note};
use crate::types::{ConnectionId, Epoch, ServerId, Span, Txn, Zxid};

/// The name of a write that the peer waits for; counted up within one process.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct WriteId(pub u32);

/// What a peer wants done. The host carries the outputs of one step out in order, before anything
/// else happens to the server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Output {
    /// Open a connection; the answer is `Connected` or `Closed`.
    Dial {
        /// The number that [`Out::connection`] gave for it.
        connection: ConnectionId,
        /// Whom to call.
        to: ServerId,
        /// What for.
        channel: Channel,
    },
    /// Close a connection: what was sent before still arrives, then the other side hears `Closed`.
    /// This side hears nothing more of it.
    Close(ConnectionId),
    /// Send a message. To a connection that is gone: forget it.
    Send {
        /// On which connection.
        connection: ConnectionId,
        /// What.
        message: Message,
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
    /// Forget the timer.
    CancelTimer(Timer),
    /// Make this durable and say [`Input::Persisted`](super::Input::Persisted). Everything handed
    /// to the disk before becomes durable before.
    Persist {
        /// The name for the answer.
        id: WriteId,
        /// What to write.
        write: Write,
    },
    /// Hand the transaction to the log step (ZooKeeper's `SyncRequestProcessor`), which makes it
    /// durable by group commit and says [`Input::Logged`](super::Input::Logged).
    Log(Arc<Txn>),
    /// The transaction is committed: hand it to the commit step (`CommitProcessor`), which applies
    /// it in order and says [`Input::Applied`](super::Input::Applied).
    Commit(Arc<Txn>),
    /// Apply the transaction to the tree at once: a committed one of the synchronisation, or the
    /// tail of the log when a server goes back to LOOKING (ZOOKEEPER-2845). No `Applied` follows.
    Apply(Arc<Txn>),
    /// Replace the tree by the content attached to the `SNAP` just received.
    LoadSnapshot,
    /// Replace the tree by what the disk holds: newest snapshot plus the log behind it. Asked for
    /// after a truncation is durable.
    Reload,
    /// Replace the tree by an empty one: the leader has no history at all.
    Clear,
    /// Serve clients from now on. A leader begins to prepare transactions at `(epoch,1)`.
    StartServing {
        /// The epoch that is established.
        epoch: Epoch,
    },
    /// Serve no longer: hang up on the clients, forget requests, what is prepared, and what is
    /// queued for the commit step. The log step goes on until all it was given is on disk.
    StopServing,
    /// ZooKeeper ends the process here, with this exit code.
    Exit {
        /// The exit code.
        code: u8,
        /// Why, for the screen.
        reason: ExitReason,
    },
    /// Something worth knowing happened.
    Note(Note),
}

/// A single durable change.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Write {
    /// File `acceptedEpoch`. Source: `QuorumPeer.setAcceptedEpoch`.
    AcceptedEpoch(Epoch),
    /// File `currentEpoch`. Source: `QuorumPeer.setCurrentEpoch`.
    CurrentEpoch(Epoch),
    /// Records appended to the transaction log, in order, and one fsync.
    Append(Arc<[Arc<Txn>]>),
    /// The log is cut behind this zxid. Source: `FileTxnLog.truncate`.
    Truncate(Zxid),
    /// The log is cut, and a snapshot that reaches beyond the cut stays (ZOOKEEPER-1549).
    TruncateLogOnly(Zxid),
    /// A snapshot of the tree as it is now, which holds everything up to this zxid.
    Snapshot(Zxid),
    /// Such a snapshot in place of the whole log and of all earlier snapshots, at once: what a SNAP
    /// leaves. Deviation: ZooKeeper keeps the old log files beside it. Their records are not always
    /// those of the leader's history; beyond the snapshot they would be replayed at the next start,
    /// below it they would be sent to others by a DIFF from the log.
    Replace(Zxid),
}

/// A peer's timers, by ZooKeeper's names where it has them. Setting one again replaces it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Timer {
    /// LOOKING: no notification for so long: send ours again, wait twice as long.
    Notification,
    /// LOOKING: a quorum agrees; silence for so long (`finalizeWait`) decides.
    FinalizeWait,
    /// An election connection that does not open (`cnxTimeout`).
    Dial(ServerId),
    /// An observer's pause before it looks for another leader (`observer.election.DelayMs`).
    ObserverElection,
    /// A learner's pause between two tries to reach its leader.
    LeaderDial,
    /// A learner's socket timeout: nothing from the leader for so long.
    LeaderRead,
    /// A leader's limit on each of its three waits for a quorum (`initLimit`).
    QuorumWait,
    /// A leader's socket timeout on one learner.
    LearnerRead(ConnectionId),
    /// A leader's clock: every half tick it pings, every tick it counts its quorum.
    HalfTick,
}

/// Why a process ends by itself. Source: `ExitCode`, `ServiceUtils.requestSystemExit`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum ExitReason {
    /// 12: a COMMIT for another transaction than the oldest pending one.
    UnmatchedCommit {
        /// The zxid of the COMMIT.
        committed: Zxid,
        /// The oldest pending one.
        pending: Zxid,
    },
    /// 13: the first packet of the synchronisation was none of DIFF, TRUNC, SNAP.
    BadSyncPacket,
    /// 1: a write to disk failed. Deviation: ZooKeeper's log step survives it, and logs what comes
    /// behind the hole (ZOOKEEPER-4882).
    DiskFailed,
    /// 1: at start, the log reaches into a later epoch than `currentEpoch` says, or
    /// `acceptedEpoch` is below `currentEpoch`. Source: `QuorumPeer.loadDataBase`.
    InconsistentEpochs,
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

    pub(super) fn send(&mut self, connection: ConnectionId, message: Message) {
        self.outputs.push(Output::Send { connection, message });
    }

    pub(super) fn timer(&mut self, timer: Timer, after: Span) {
        self.outputs.push(Output::SetTimer { timer, min: after, max: after });
    }
}
