//! Which sentence tells what a server did.

use crate::text::{Key, Phrase};
use crate::types::{ServerId, Zxid};
use crate::zab::{
    DropReason, GiveUp, IgnoreReason, Note, Phase, RoleName, SyncOp, SyncReason, Vote, VoteField,
};

/// The sentence for a note of this server's.
pub fn narrate(server: ServerId, note: &Note) -> Phrase {
    let says = |key| Phrase::new(key).with("server", server);
    match note {
        Note::Entered { role, phase, leader } => entered(says, *role, *phase, *leader),
        Note::RoundStarted { round } => says(Key::NoteRound).with("round", *round),
        Note::VoteCast { vote, replaces } => vote_cast(says, vote, replaces.as_ref()),
        Note::VoteCounted { from, vote, agreeing } => says(Key::NoteVoteCounted)
            .with("from", *from)
            .with("leader", vote.leader)
            .with("agreeing", *agreeing),
        Note::VotesSettled { leader } => says(Key::NoteSettled).with("leader", *leader),
        Note::LeaderFound { leader, joined: true, .. } => {
            says(Key::NoteJoined).with("leader", *leader)
        }
        Note::LeaderFound { leader, round, joined: false } => {
            says(Key::NoteFound).with("leader", *leader).with("round", *round)
        }
        Note::Registered { learner, accepted_epoch, count } => says(Key::NoteRegistered)
            .with("learner", *learner)
            .with("epoch", *accepted_epoch)
            .with("count", *count),
        Note::EpochProposed { epoch } => says(Key::NoteEpochProposed).with("epoch", *epoch),
        Note::EpochAccepted { epoch } => says(Key::NoteEpochAccepted).with("epoch", *epoch),
        Note::EpochAcked { learner, count } => {
            says(Key::NoteEpochAcked).with("learner", *learner).with("count", *count)
        }
        Note::EpochEntered { epoch } => says(Key::NoteEpochEntered).with("epoch", *epoch),
        Note::SyncPlanned { learner, op, reason, .. } => {
            let (key, zxid) = sync_op(*op);
            let reason = sync_reason(*reason);
            says(key).with("learner", *learner).with("zxid", zxid).with("reason", reason)
        }
        Note::NewLeaderAcked { learner, count } => {
            says(Key::NoteNewLeaderAcked).with("learner", *learner).with("count", *count)
        }
        Note::Established { epoch, initial_last } => {
            says(Key::NoteEstablished).with("epoch", *epoch).with("zxid", *initial_last)
        }
        Note::UpToDate { epoch } => says(Key::NoteUpToDate).with("epoch", *epoch),
        Note::Proposed { zxid } => says(Key::NoteProposed).with("zxid", *zxid),
        Note::Acked { zxid, by, count } => {
            says(Key::NoteAcked).with("zxid", *zxid).with("by", *by).with("count", *count)
        }
        Note::Committed { zxid } => says(Key::NoteCommitted).with("zxid", *zxid),
        Note::Truncated { zxid } => says(Key::NoteTruncated).with("zxid", *zxid),
        Note::GaveUp { reason } => says(Key::NoteGaveUp).with("reason", give_up(*reason)),
        Note::LearnerDropped { learner, reason } => says(Key::NoteLearnerDropped)
            .with("learner", *learner)
            .with("reason", drop_reason(*reason)),
        Note::Ignored { from, message, reason } => says(Key::NoteIgnored)
            .with("from", *from)
            .with("message", message.name())
            .with("reason", ignore_reason(*reason)),
    }
}

fn entered(
    says: impl Fn(Key) -> Phrase,
    role: RoleName,
    phase: Phase,
    leader: Option<ServerId>,
) -> Phrase {
    match (role, leader) {
        (RoleName::Leading, _) => says(Key::NoteLeading).with("phase", station(phase)),
        (RoleName::Following, Some(leader)) => {
            says(Key::NoteFollowing).with("leader", leader).with("phase", station(phase))
        }
        (RoleName::Observing, Some(leader)) => {
            says(Key::NoteObserving).with("leader", leader).with("phase", station(phase))
        }
        _ => says(Key::NoteLooking),
    }
}

fn station(phase: Phase) -> Key {
    match phase {
        Phase::Election => Key::StationElection,
        Phase::Discovery => Key::StationDiscovery,
        Phase::Synchronization => Key::StationSynchronization,
        Phase::Broadcast => Key::StationBroadcast,
    }
}

fn vote_cast(
    says: impl Fn(Key) -> Phrase,
    vote: &Vote,
    replaces: Option<&(Vote, VoteField)>,
) -> Phrase {
    match replaces {
        None => says(Key::NoteVote).with("leader", vote.leader).with("zxid", vote.zxid),
        Some((old, VoteField::PeerEpoch)) => says(Key::NoteVoteEpoch)
            .with("leader", vote.leader)
            .with("better", vote.peer_epoch)
            .with("worse", old.peer_epoch),
        Some((old, VoteField::Zxid)) => says(Key::NoteVoteZxid)
            .with("leader", vote.leader)
            .with("better", vote.zxid)
            .with("worse", old.zxid),
        Some((_, VoteField::Leader)) => says(Key::NoteVoteId).with("leader", vote.leader),
    }
}

fn sync_op(op: SyncOp) -> (Key, Zxid) {
    match op {
        SyncOp::Diff(zxid) => (Key::NoteSyncDiff, zxid),
        SyncOp::Trunc(zxid) => (Key::NoteSyncTrunc, zxid),
        SyncOp::Snap(zxid) => (Key::NoteSyncSnap, zxid),
    }
}

fn sync_reason(reason: SyncReason) -> Key {
    match reason {
        SyncReason::Equal => Key::SyncEqual,
        SyncReason::Ahead => Key::SyncAhead,
        SyncReason::Found => Key::SyncFound,
        SyncReason::OnlyNewLeader => Key::SyncOnlyNewLeader,
        SyncReason::Diverged => Key::SyncDiverged,
        SyncReason::DivergedAcrossEpochs => Key::SyncDivergedAcross,
        SyncReason::TooOld => Key::SyncTooOld,
        SyncReason::NoRule => Key::SyncNoRule,
        SyncReason::DataMissing => Key::SyncDataMissing,
        SyncReason::NotLooked => Key::SyncNotLooked,
    }
}

fn give_up(reason: GiveUp) -> Key {
    match reason {
        GiveUp::LeaderUnreachable => Key::GiveUpUnreachable,
        GiveUp::LeaderGone => Key::GiveUpGone,
        GiveUp::LeaderSilent => Key::GiveUpSilent,
        GiveUp::EpochTooLow => Key::GiveUpEpochLow,
        GiveUp::ProposalGap => Key::GiveUpGap,
        GiveUp::CommitWithoutProposal => Key::GiveUpCommitWithoutProposal,
        GiveUp::CannotTruncate => Key::GiveUpCannotTruncate,
        GiveUp::NoEpochQuorum => Key::GiveUpNoEpochQuorum,
        GiveUp::NoEpochAckQuorum => Key::GiveUpNoEpochAckQuorum,
        GiveUp::NoNewLeaderQuorum => Key::GiveUpNoNewLeaderQuorum,
        GiveUp::QuorumLost => Key::GiveUpQuorumLost,
        GiveUp::ZxidRollover => Key::GiveUpRollover,
    }
}

fn drop_reason(reason: DropReason) -> Key {
    match reason {
        DropReason::MoreRecent => Key::DropMoreRecent,
        DropReason::Silent => Key::DropSilent,
        DropReason::AckOverdue => Key::DropAckOverdue,
        DropReason::Gone => Key::DropGone,
        DropReason::Unexpected => Key::DropUnexpected,
        DropReason::Superseded => Key::DropSuperseded,
    }
}

fn ignore_reason(reason: IgnoreReason) -> Key {
    match reason {
        IgnoreReason::OldRound => Key::IgnoreOldRound,
        IgnoreReason::Settling => Key::IgnoreSettling,
        IgnoreReason::NotLooking => Key::IgnoreNotLooking,
        IgnoreReason::NotAVoter => Key::IgnoreNotAVoter,
        IgnoreReason::DataMissing => Key::IgnoreDataMissing,
        IgnoreReason::NotOfNewLeader => Key::IgnoreNotOfNewLeader,
        IgnoreReason::NothingOutstanding => Key::IgnoreNothingOutstanding,
        IgnoreReason::NothingPending => Key::IgnoreNothingPending,
        IgnoreReason::PingInSync => Key::IgnorePingInSync,
        IgnoreReason::WrongPhase => Key::IgnoreWrongPhase,
    }
}
