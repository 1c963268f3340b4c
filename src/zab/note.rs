//! What a peer reports of itself. Checkers, page and tests read notes; nothing acts on them.

use serde::{Deserialize, Serialize};

use super::{MessageKind, Phase, RoleName, SyncOp, SyncReason, Vote, VoteField};
use crate::types::{Epoch, ServerId, Zxid};

/// Something that happened inside a peer.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Note {
    /// The peer has a new role or phase.
    Entered {
        /// The role from now on.
        role: RoleName,
        /// The phase from now on.
        phase: Phase,
        /// The leader it follows, or itself; `None` while LOOKING.
        leader: Option<ServerId>,
    },
    /// A new election of this process begins, or it catches up with a later one.
    RoundStarted {
        /// The logical clock now.
        round: u64,
    },
    /// The peer's own proposal is new.
    VoteCast {
        /// The vote from now on.
        vote: Vote,
        /// The vote that it replaces and the field that decided; `None` for the first of a round.
        replaces: Option<(Vote, VoteField)>,
    },
    /// A vote of this round was counted.
    VoteCounted {
        /// Whose.
        from: ServerId,
        /// Which.
        vote: Vote,
        /// How many votes, ours included, now equal our own proposal.
        agreeing: u32,
    },
    /// A quorum agrees with our proposal; silence decides.
    VotesSettled {
        /// The candidate.
        leader: ServerId,
    },
    /// The election is over for this server.
    LeaderFound {
        /// Whom it will follow, or itself.
        leader: ServerId,
        /// The round it ended in.
        round: u64,
        /// Whether an established leader was joined rather than a new one elected.
        joined: bool,
    },
    /// A learner registered.
    Registered {
        /// Which.
        learner: ServerId,
        /// The epoch that it had accepted.
        accepted_epoch: Epoch,
        /// How many voters, the leader included, have registered.
        count: u32,
    },
    /// A quorum registered; the leader proposes this epoch.
    EpochProposed {
        /// One more than the highest accepted epoch of that quorum.
        epoch: Epoch,
    },
    /// acceptedEpoch is durable.
    EpochAccepted {
        /// The promise.
        epoch: Epoch,
    },
    /// A learner's ACKEPOCH was counted.
    EpochAcked {
        /// Which learner.
        learner: ServerId,
        /// How many voters, the leader included, have acknowledged.
        count: u32,
    },
    /// currentEpoch is durable.
    EpochEntered {
        /// The epoch.
        epoch: Epoch,
    },
    /// How a learner will be brought up to date.
    SyncPlanned {
        /// Which learner.
        learner: ServerId,
        /// DIFF, TRUNC or SNAP, and its zxid.
        op: SyncOp,
        /// Why.
        reason: SyncReason,
        /// The learner's last zxid.
        learner_last: Zxid,
        /// The leader's last processed zxid.
        leader_last: Zxid,
        /// The oldest transaction in the leader's committed log.
        min_committed: Zxid,
        /// The newest.
        max_committed: Zxid,
        /// How many transactions follow the op packet, before NEWLEADER.
        txns: u32,
    },
    /// A learner's ack of NEWLEADER was counted.
    NewLeaderAcked {
        /// Which learner.
        learner: ServerId,
        /// How many voters, the leader included, have acknowledged.
        count: u32,
    },
    /// The leader is established: a quorum holds its initial history.
    Established {
        /// Its epoch.
        epoch: Epoch,
        /// The last zxid of the initial history, all of which is committed now.
        initial_last: Zxid,
    },
    /// A learner may serve: it has had UPTODATE.
    UpToDate {
        /// The epoch.
        epoch: Epoch,
    },
    /// The leader proposed a transaction.
    Proposed {
        /// Which.
        zxid: Zxid,
    },
    /// The leader counted an ack of a transaction.
    Acked {
        /// Which transaction.
        zxid: Zxid,
        /// By whom (the leader itself included).
        by: ServerId,
        /// How many voters have acknowledged it.
        count: u32,
    },
    /// The transaction is committed: at the leader by its quorum, at a follower by COMMIT.
    Committed {
        /// Which.
        zxid: Zxid,
    },
    /// A truncation is durable.
    Truncated {
        /// The last zxid that was kept.
        zxid: Zxid,
    },
    /// The peer gives up its role and will look for a leader.
    GaveUp {
        /// Why.
        reason: GiveUp,
    },
    /// A leader closes the connection to one learner.
    LearnerDropped {
        /// Which.
        learner: ServerId,
        /// Why.
        reason: DropReason,
    },
    /// A message was legal but of no use.
    Ignored {
        /// Who sent it.
        from: ServerId,
        /// What it was.
        message: MessageKind,
        /// Why it was ignored.
        reason: IgnoreReason,
    },
}

/// Why a leader or learner goes back to LOOKING.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum GiveUp {
    /// Learner: the leader could not be reached in five tries.
    LeaderUnreachable,
    /// Learner: the connection to the leader broke.
    LeaderGone,
    /// Learner: nothing heard from the leader for initLimit (before NEWLEADER) or syncLimit ticks.
    LeaderSilent,
    /// Learner: the leader proposes an epoch below the promised one.
    EpochTooLow,
    /// Learner: a proposal of the synchronisation does not follow the last one.
    ProposalGap,
    /// Learner: a commit of the synchronisation finds no proposal in flight (ZOOKEEPER-4394).
    CommitWithoutProposal,
    /// Learner: it is to cut its log back before the snapshot that it begins with. It registers
    /// again as one that has nothing.
    CannotTruncate,
    /// Leader: no quorum registered within initLimit ticks.
    NoEpochQuorum,
    /// Leader: no quorum acknowledged the epoch within initLimit ticks.
    NoEpochAckQuorum,
    /// Leader: no quorum acknowledged NEWLEADER within initLimit ticks.
    NoNewLeaderQuorum,
    /// Leader: fewer than a quorum have been heard within syncLimit ticks.
    QuorumLost,
    /// Leader: the counter of zxids is used up, a new epoch must begin (ZOOKEEPER-1277).
    ZxidRollover,
}

/// Why a leader drops a learner.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum DropReason {
    /// Its history is more recent than the leader's.
    MoreRecent,
    /// Nothing heard within initLimit (before it acked NEWLEADER) or syncLimit ticks.
    Silent,
    /// It owes the ack of a proposal for longer than syncLimit ticks.
    AckOverdue,
    /// The connection broke.
    Gone,
    /// It sent something that has no place here.
    Unexpected,
    /// It has come back on another connection.
    Superseded,
}

/// Why a message had no effect.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum IgnoreReason {
    /// A vote of an earlier round.
    OldRound,
    /// A vote that arrived while a quorum was settling, and is not better.
    Settling,
    /// Neither side is looking for a leader.
    NotLooking,
    /// From a server that has no vote, or for one.
    NotAVoter,
    /// A vote for a server without data, or counted by one.
    DataMissing,
    /// The first ack of a synchronisation is not that of `(e,0)`: it is not counted.
    NotOfNewLeader,
    /// An ack of something that is not outstanding (any more).
    NothingOutstanding,
    /// A commit with no proposal pending.
    NothingPending,
    /// A ping during the synchronisation, which is not answered.
    PingInSync,
    /// It has no place in the receiver's phase.
    WrongPhase,
}
