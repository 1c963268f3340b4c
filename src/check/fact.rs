//! What a witness tells: the facts that contradict each other.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::ClientFact;
use crate::types::{Epoch, ServerId, Zxid};
use crate::zab::{MessageKind, Phase, RoleName, SyncOp, Vote};

/// What a witness tells.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Fact {
    /// A server's ACK has come.
    Acknowledged {
        /// The server.
        server: ServerId,
        /// Of which zxid.
        zxid: Zxid,
    },
    /// A server was asked to promise an epoch.
    Asked {
        /// The server.
        server: ServerId,
        /// The epoch.
        epoch: Epoch,
    },
    /// Something about what clients asked and were told.
    Client(ClientFact),
    /// A COMMIT has come.
    CommitCame {
        /// To which server.
        server: ServerId,
        /// Of which transaction.
        zxid: Zxid,
    },
    /// The transaction is committed, as the server says.
    Committed {
        /// The server.
        server: ServerId,
        /// The transaction.
        zxid: Zxid,
    },
    /// The server has delivered everything up to this transaction.
    Delivered {
        /// The server.
        server: ServerId,
        /// The transaction.
        zxid: Zxid,
    },
    /// The server delivers a transaction that it has delivered before.
    DeliveredAgain {
        /// The server.
        server: ServerId,
        /// The transaction.
        zxid: Zxid,
    },
    /// The server delivers a transaction behind one that stands behind it.
    DeliveredBehind {
        /// The server.
        server: ServerId,
        /// The transaction.
        zxid: Zxid,
        /// What it had delivered before.
        last: Zxid,
    },
    /// The server has delivered this transaction where another one is committed.
    DeliveredInstead {
        /// The server.
        server: ServerId,
        /// What it has delivered.
        zxid: Zxid,
    },
    /// The server has delivered a transaction, and not one that stands before it.
    DeliveredWithout {
        /// The server.
        server: ServerId,
        /// What it has delivered.
        zxid: Zxid,
        /// What it has not.
        lacks: Zxid,
    },
    /// A leader hangs up on a learner that sent what has no place.
    Drops {
        /// The leader.
        server: ServerId,
        /// The learner.
        learner: ServerId,
    },
    /// What the epoch files on a server's disk say.
    Epochs {
        /// The server.
        server: ServerId,
        /// acceptedEpoch
        accepted: Epoch,
        /// currentEpoch
        current: Epoch,
    },
    /// A message has come to a server.
    Hears {
        /// The server.
        server: ServerId,
        /// From whom.
        from: ServerId,
        /// Which message.
        message: MessageKind,
    },
    /// The server leads the epoch.
    Leads {
        /// The server.
        server: ServerId,
        /// The epoch.
        epoch: Epoch,
    },
    /// The server leads from an initial history that ends here, and lacks the transaction.
    LeadsWithout {
        /// The server.
        server: ServerId,
        /// The end of its initial history.
        initial_last: Zxid,
        /// The transaction.
        lacks: Zxid,
    },
    /// The server's history on disk ends here.
    Logged {
        /// The server.
        server: ServerId,
        /// Its last transaction.
        zxid: Zxid,
    },
    /// The server has logged a record, and not what its leader had before it.
    LoggedWithout {
        /// The server.
        server: ServerId,
        /// The record.
        zxid: Zxid,
        /// What is missing.
        lacks: Zxid,
    },
    /// The server delivers what no leader has proposed.
    NeverProposed {
        /// The server.
        server: ServerId,
        /// What it delivers.
        zxid: Zxid,
    },
    /// The transaction is on the disks of so many voters only.
    OnDisks {
        /// The server that committed or showed it.
        server: ServerId,
        /// The transaction.
        zxid: Zxid,
        /// On how many disks.
        disks: u32,
        /// How many are a quorum.
        quorum: u32,
    },
    /// A server sends ACKEPOCH.
    Promised {
        /// The server.
        server: ServerId,
        /// Of which epoch.
        epoch: Epoch,
        /// What its disk says.
        accepted: Epoch,
    },
    /// A PROPOSAL has come.
    ProposalCame {
        /// To which server.
        server: ServerId,
        /// Of which transaction.
        zxid: Zxid,
    },
    /// The leader has proposed everything up to this transaction.
    Proposed {
        /// The leader.
        server: ServerId,
        /// The transaction.
        zxid: Zxid,
    },
    /// This is the proposal that the server holds, or was sent last.
    Queued {
        /// The server.
        server: ServerId,
        /// The proposal.
        zxid: Zxid,
    },
    /// The server's tree at this zxid has this digest, and it knows so many sessions.
    Replica {
        /// The server.
        server: ServerId,
        /// What the tree reaches up to.
        zxid: Zxid,
        /// The tree's digest.
        digest: u64,
        /// How many sessions it knows.
        sessions: u32,
    },
    /// The server takes a snapshot.
    SnapshotTaken {
        /// The server.
        server: ServerId,
        /// What it reaches up to.
        zxid: Zxid,
    },
    /// The server's role and phase.
    Stands {
        /// The server.
        server: ServerId,
        /// Its role.
        role: RoleName,
        /// Its phase.
        phase: Phase,
    },
    /// The server was synchronised up to here.
    Synchronized {
        /// The server.
        server: ServerId,
        /// The zxid.
        zxid: Zxid,
    },
    /// The op packet of a synchronisation has come.
    SyncOpCame {
        /// To which server.
        server: ServerId,
        /// Which.
        op: SyncOp,
    },
    /// The server has cut its log here.
    Truncated {
        /// The server.
        server: ServerId,
        /// The last zxid that is left.
        zxid: Zxid,
    },
    /// The server proposes this vote.
    Voted {
        /// The server.
        server: ServerId,
        /// The vote.
        vote: Vote,
    },
}

impl From<ClientFact> for Fact {
    fn from(fact: ClientFact) -> Fact {
        Fact::Client(fact)
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fact::Acknowledged { server, zxid } => write!(out, "{server} acknowledges {zxid}"),
            Fact::Asked { server, epoch } => {
                write!(out, "{server} is asked to promise epoch {epoch}")
            }
            Fact::Client(fact) => write!(out, "{fact}"),
            Fact::CommitCame { server, zxid } => {
                write!(out, "a COMMIT of {zxid} comes to {server}")
            }
            Fact::Committed { server, zxid } => write!(out, "{zxid} is committed at {server}"),
            Fact::Delivered { server, zxid } => write!(out, "{server} has delivered up to {zxid}"),
            Fact::DeliveredAgain { server, zxid } => {
                write!(out, "{server} delivers {zxid} once more")
            }
            Fact::DeliveredBehind { server, zxid, last } => {
                write!(out, "{server} delivers {zxid} behind {last}")
            }
            Fact::DeliveredInstead { server, zxid } => {
                write!(out, "{server} has delivered {zxid} in its place")
            }
            Fact::DeliveredWithout { server, zxid, lacks } => {
                write!(out, "{server} has delivered {zxid} without {lacks}")
            }
            Fact::Drops { server, learner } => {
                write!(out, "{server} hangs up on {learner}, which sent what has no place")
            }
            Fact::Epochs { server, accepted, current } => write!(
                out,
                "{server} has acceptedEpoch {accepted} and currentEpoch {current} on disk"
            ),
            Fact::Hears { server, from, message } => {
                write!(out, "{server} gets {} from {from}", message.name())
            }
            Fact::Leads { server, epoch } => write!(out, "{server} leads epoch {epoch}"),
            Fact::LeadsWithout { server, initial_last, lacks } => write!(
                out,
                "{server} leads from a history that ends at {initial_last} and lacks {lacks}"
            ),
            Fact::Logged { server, zxid } => {
                write!(out, "{server} has a history up to {zxid} on disk")
            }
            Fact::LoggedWithout { server, zxid, lacks } => {
                write!(out, "{server} has logged {zxid} without {lacks}")
            }
            Fact::NeverProposed { server, zxid } => {
                write!(out, "{server} delivers {zxid}, which nobody has proposed")
            }
            Fact::OnDisks { server, zxid, disks, quorum } => write!(
                out,
                "{server} shows {zxid}, which is on {disks} disks; a quorum has {quorum}"
            ),
            Fact::Promised { server, epoch, accepted } => write!(
                out,
                "{server} promises epoch {epoch}, with acceptedEpoch {accepted} on disk"
            ),
            Fact::ProposalCame { server, zxid } => {
                write!(out, "a PROPOSAL of {zxid} comes to {server}")
            }
            Fact::Proposed { server, zxid } => write!(out, "{server} has proposed up to {zxid}"),
            Fact::Queued { server, zxid } => write!(out, "{server} holds {zxid}"),
            Fact::Replica { server, zxid, digest, sessions } => write!(
                out,
                "{server} at {zxid} has the tree {digest:016x} and knows {sessions} sessions"
            ),
            Fact::SnapshotTaken { server, zxid } => {
                write!(out, "{server} takes a snapshot up to {zxid}")
            }
            Fact::Stands { server, role, phase } => {
                write!(out, "{server} is {}, {}", role.name(), phase.name())
            }
            Fact::Synchronized { server, zxid } => {
                write!(out, "{server} is synchronised up to {zxid}")
            }
            Fact::SyncOpCame { server, op } => write!(out, "{} comes to {server}", op_text(*op)),
            Fact::Truncated { server, zxid } => write!(out, "{server} cuts its log behind {zxid}"),
            Fact::Voted { server, vote } => write!(
                out,
                "{server} votes for {} at {}, epoch {}",
                vote.leader, vote.zxid, vote.peer_epoch
            ),
        }
    }
}

fn op_text(op: SyncOp) -> String {
    match op {
        SyncOp::Diff(zxid) => format!("DIFF({zxid})"),
        SyncOp::Trunc(zxid) => format!("TRUNC({zxid})"),
        SyncOp::Snap(zxid) => format!("SNAP({zxid})"),
    }
}
