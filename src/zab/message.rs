//! The messages of the protocol, in the order in which a server first meets them.
//!
//! [`Notification`] travels on the election channel, all others on the learner channel between a
//! learner and its leader. What a server adds to a message for its own layer (a snapshot's content,
//! the sessions touched since the last ping, forwarded requests) is the host's packet, not ours.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{RoleName, Vote};
use crate::types::{Epoch, Txn, Zxid};

/// A message between two peers.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Message {
    /// See [`Notification`].
    Notification(Notification),
    /// See [`FollowerInfo`].
    FollowerInfo(FollowerInfo),
    /// See [`ObserverInfo`].
    ObserverInfo(ObserverInfo),
    /// See [`LeaderInfo`].
    LeaderInfo(LeaderInfo),
    /// See [`AckEpoch`].
    AckEpoch(AckEpoch),
    /// See [`Diff`].
    Diff(Diff),
    /// See [`Trunc`].
    Trunc(Trunc),
    /// See [`Snap`].
    Snap(Snap),
    /// See [`NewLeader`].
    NewLeader(NewLeader),
    /// See [`UpToDate`].
    UpToDate(UpToDate),
    /// See [`Proposal`].
    Proposal(Proposal),
    /// See [`Ack`].
    Ack(Ack),
    /// See [`Commit`].
    Commit(Commit),
    /// See [`Inform`].
    Inform(Inform),
    /// See [`Ping`].
    Ping(Ping),
}

/// A message's kind alone, for notes, legends and tables.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum MessageKind {
    /// `NOTIFICATION`
    Notification,
    /// `FOLLOWERINFO`
    FollowerInfo,
    /// `OBSERVERINFO`
    ObserverInfo,
    /// `LEADERINFO`
    LeaderInfo,
    /// `ACKEPOCH`
    AckEpoch,
    /// `DIFF`
    Diff,
    /// `TRUNC`
    Trunc,
    /// `SNAP`
    Snap,
    /// `NEWLEADER`
    NewLeader,
    /// `UPTODATE`
    UpToDate,
    /// `PROPOSAL`
    Proposal,
    /// `ACK`
    Ack,
    /// `COMMIT`
    Commit,
    /// `INFORM`
    Inform,
    /// `PING`
    Ping,
}

impl Message {
    /// Which message this is.
    pub fn kind(&self) -> MessageKind {
        match self {
            Message::Notification(_) => MessageKind::Notification,
            Message::FollowerInfo(_) => MessageKind::FollowerInfo,
            Message::ObserverInfo(_) => MessageKind::ObserverInfo,
            Message::LeaderInfo(_) => MessageKind::LeaderInfo,
            Message::AckEpoch(_) => MessageKind::AckEpoch,
            Message::Diff(_) => MessageKind::Diff,
            Message::Trunc(_) => MessageKind::Trunc,
            Message::Snap(_) => MessageKind::Snap,
            Message::NewLeader(_) => MessageKind::NewLeader,
            Message::UpToDate(_) => MessageKind::UpToDate,
            Message::Proposal(_) => MessageKind::Proposal,
            Message::Ack(_) => MessageKind::Ack,
            Message::Commit(_) => MessageKind::Commit,
            Message::Inform(_) => MessageKind::Inform,
            Message::Ping(_) => MessageKind::Ping,
        }
    }
}

impl MessageKind {
    /// All of them, in protocol order.
    pub const ALL: [MessageKind; 15] = [
        MessageKind::Notification,
        MessageKind::FollowerInfo,
        MessageKind::ObserverInfo,
        MessageKind::LeaderInfo,
        MessageKind::AckEpoch,
        MessageKind::Diff,
        MessageKind::Trunc,
        MessageKind::Snap,
        MessageKind::NewLeader,
        MessageKind::UpToDate,
        MessageKind::Proposal,
        MessageKind::Ack,
        MessageKind::Commit,
        MessageKind::Inform,
        MessageKind::Ping,
    ];

    /// ZooKeeper's own name, as in `Leader.getPacketType`.
    pub const fn name(self) -> &'static str {
        match self {
            MessageKind::Notification => "NOTIFICATION",
            MessageKind::FollowerInfo => "FOLLOWERINFO",
            MessageKind::ObserverInfo => "OBSERVERINFO",
            MessageKind::LeaderInfo => "LEADERINFO",
            MessageKind::AckEpoch => "ACKEPOCH",
            MessageKind::Diff => "DIFF",
            MessageKind::Trunc => "TRUNC",
            MessageKind::Snap => "SNAP",
            MessageKind::NewLeader => "NEWLEADER",
            MessageKind::UpToDate => "UPTODATE",
            MessageKind::Proposal => "PROPOSAL",
            MessageKind::Ack => "ACK",
            MessageKind::Commit => "COMMIT",
            MessageKind::Inform => "INFORM",
            MessageKind::Ping => "PING",
        }
    }
}

/// "This is my vote." Sent by every server to every voter.
///
/// Phase: ELECTION, and in answer to a LOOKING server from any other.
/// The receiver counts it, may adopt it, or answers with its own.
/// Source: `FastLeaderElection.Notification`; paper: the leader oracle of phase 0.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Notification {
    /// The sender's role.
    pub state: RoleName,
    /// Whom it votes for, or whom it follows.
    pub vote: Vote,
    /// The sender's logical clock: which election of its process this is.
    pub round: u64,
    /// The candidate of the vote has no data at all (a zxid of -1 on the wire): nobody counts it.
    pub data_missing: bool,
}

/// "I follow you, and this is the newest epoch that I have promised." Learner to leader.
///
/// Phase: DISCOVERY, first message of a connection.
/// The leader waits for a quorum of them and takes one more than the highest.
/// Source: `Learner.registerWithLeader`; paper: CEPOCH(f.p).
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct FollowerInfo {
    /// The learner's acceptedEpoch.
    pub accepted_epoch: Epoch,
}

/// "I follow you without a vote, and this is the newest epoch that I have promised." Learner to
/// leader.
///
/// Phase: DISCOVERY, first message of a connection.
/// The leader takes its epoch into account, and does not count it.
/// Source: `Learner.registerWithLeader`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct ObserverInfo {
    /// The learner's acceptedEpoch.
    pub accepted_epoch: Epoch,
}

/// "Promise me this epoch." Leader to learner.
///
/// Phase: DISCOVERY, once a quorum has registered.
/// The learner makes the epoch durable before it answers; a lower one than promised ends the
/// connection.
/// Source: `LearnerHandler.run`; paper: NEWEPOCH(e').
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct LeaderInfo {
    /// The epoch that the leader proposes.
    pub epoch: Epoch,
}

/// "Promised; and this is how far my history goes." Learner to leader.
///
/// Phase: DISCOVERY.
/// The leader checks that no learner of its quorum is more recent than itself.
/// Source: `Learner.registerWithLeader`; paper: ACK-E(f.a, h_f), without the history.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct AckEpoch {
    /// The learner's last logged zxid.
    pub last_zxid: Zxid,
    /// Its currentEpoch, or `None` (-1 on the wire) where it had promised this epoch before: then
    /// it does not count towards the quorum.
    pub current_epoch: Option<Epoch>,
    /// It has no data at all (a last zxid of -1 on the wire): it does not count either, and needs
    /// everything.
    pub data_missing: bool,
}

/// "You lack only what follows." Leader to learner.
///
/// Phase: SYNCHRONIZATION, the op packet.
/// The learner keeps its history and queues the proposals that follow.
/// Source: `LearnerHandler.syncFollower`; paper: part of NEWLEADER(e', I_e').
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Diff {
    /// Where the learner will be after it.
    pub zxid: Zxid,
}

/// "Cut your log back to here." Leader to learner.
///
/// Phase: SYNCHRONIZATION, the op packet.
/// The learner cuts its log, reloads its database from disk and takes a snapshot at `NEWLEADER`.
/// Source: `LearnerHandler.syncFollower`, `Learner.syncWithLeader`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Trunc {
    /// The last zxid to keep.
    pub zxid: Zxid,
}

/// "Forget your tree, here is mine." Leader to learner; the host attaches the content.
///
/// Phase: SYNCHRONIZATION, the op packet.
/// The learner replaces its database and makes it durable at `NEWLEADER`.
/// Source: `LearnerHandler.run`, `Learner.syncWithLeader`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Snap {
    /// The leader's last processed zxid: the snapshot holds everything up to it.
    pub zxid: Zxid,
}

/// "You have my whole initial history; make it durable and confirm." Leader to learner.
///
/// Phase: SYNCHRONIZATION, behind the transactions of the synchronisation.
/// The learner makes history, then currentEpoch durable, then acknowledges `(e,0)`.
/// Source: `LearnerHandler.run`; paper: NEWLEADER(e', I_e').
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct NewLeader {
    /// The epoch that begins.
    pub epoch: Epoch,
}

/// "A quorum has confirmed: serve." Leader to learner.
///
/// Phase: end of SYNCHRONIZATION.
/// The learner acknowledges `(e,0)` a second time and starts serving clients.
/// Source: `LearnerHandler.run`; paper: COMMIT-LD.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct UpToDate;

/// "Log this." Leader to follower.
///
/// Phase: SYNCHRONIZATION and BROADCAST.
/// The follower logs it and acknowledges once it is on disk.
/// Source: `Leader.propose`; paper: PROPOSE.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Proposal {
    /// The transaction.
    pub txn: Arc<Txn>,
}

/// "It is on my disk." Learner to leader.
///
/// Phase: SYNCHRONIZATION (of `NEWLEADER` and, again, of `UPTODATE`: `(e,0)`) and BROADCAST.
/// The leader counts it; at a quorum it commits.
/// Source: `SendAckRequestProcessor`; paper: ACK-LD and ACK.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Ack {
    /// What is acknowledged: one transaction (acks are not cumulative), or `(e,0)`.
    pub zxid: Zxid,
}

/// "It is decided: apply it." Leader to follower.
///
/// Phase: SYNCHRONIZATION and BROADCAST.
/// The follower applies the oldest proposal that it holds, which must be this one.
/// Source: `Leader.commit`; paper: COMMIT.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Commit {
    /// The transaction decided.
    pub zxid: Zxid,
}

/// "This is decided: log and apply it." Leader to observer.
///
/// Phase: SYNCHRONIZATION and BROADCAST.
/// The observer logs and applies it, and acknowledges nothing.
/// Source: `Leader.inform`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Inform {
    /// The transaction decided.
    pub txn: Arc<Txn>,
}

/// A sign of life, both ways.
///
/// Phase: from `NEWLEADER` on, every half tick.
/// The learner answers at once (the host attaches the sessions touched since the last answer);
/// during its synchronisation it does not answer.
/// Source: `LearnerHandler.ping`, `Learner.ping`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Ping {
    /// The leader's last proposed zxid; the answer repeats it.
    pub zxid: Zxid,
}
