//! What a scenario can wait for, as a value. Whether it is reached is found out where a run is
//! watched, from trace and world; nothing here looks at either.

use serde::{Deserialize, Serialize};

use crate::types::{ClientId, Epoch, ServerId, Zxid};
use crate::zab::{MessageKind, Phase, RoleName};

/// Something that can come true in a run. Of the two sorts, a *state* is reached where it is so,
/// even at the beginning of the wait; an *event* has to happen from then on.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Condition {
    /// State: every server runs and serves.
    AllServe,
    /// Event: this client is told the outcome of a request.
    Answered(ClientId),
    /// State: nothing but signs of life is under way, and no disk has anything to write. What is
    /// held does not count.
    Quiet,
    /// Of one server.
    Server {
        /// Which.
        server: ServerId,
        /// What of it.
        reaches: Reach,
    },
    /// State: some server is an established leader.
    SomeoneLeads,
}

/// What can come true of one server.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reach {
    /// Event: the transaction is in the tree.
    Applies(Zxid),
    /// Event: the transaction is committed, as far as this server knows.
    Commits(Zxid),
    /// State: it has no process.
    Down,
    /// State: it follows that server, in whatever phase.
    Follows(ServerId),
    /// Event: it goes back to LOOKING out of another role.
    GivesUp,
    /// State: it is in this phase.
    HasPhase(Phase),
    /// State: it has this role.
    HasRole(RoleName),
    /// State: it is the established leader of its epoch.
    Leads,
    /// State: the transaction is in its log on disk.
    Logs(Zxid),
    /// Event: a write is durable.
    Persists(Written),
    /// Event: as leader it proposes the transaction.
    Proposes(Zxid),
    /// Event: a message arrives at it.
    Receives(Letter),
    /// State: it refuses to start.
    Refuses,
    /// Event: it sends a message.
    Sends(Letter),
    /// State: it serves clients.
    Serves,
    /// Event: its log step hands the transaction to the disk.
    Takes(Zxid),
}

/// Which message is meant.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Letter {
    /// Its kind.
    pub message: MessageKind,
    /// Its zxid, where that matters: of LEADERINFO and NEWLEADER the start of the epoch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zxid: Option<Zxid>,
    /// The server at the other end, where that matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<ServerId>,
}

/// Which write is meant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Written {
    /// File `acceptedEpoch`, with this epoch or with any.
    AcceptedEpoch(Option<Epoch>),
    /// File `currentEpoch`, with this epoch or with any.
    CurrentEpoch(Option<Epoch>),
    /// The transactions of a synchronisation.
    SyncTxns,
    /// A snapshot.
    Snapshot,
    /// The cut that TRUNC asks for.
    Truncation,
}
