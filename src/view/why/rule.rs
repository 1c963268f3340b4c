//! The rule by which something happens.

use crate::api::{ToClient, ToServer};
use crate::ensemble::{Segment, TimerName};
use crate::server::{self, Packet};
use crate::sim::EventKind;
use crate::text::Key;
use crate::zab::{self, MessageKind, Phase, RoleName, SyncOp};

/// The sentence for an event's rule.
pub(super) fn rule(kind: &EventKind) -> Key {
    match kind {
        EventKind::Command(_) => Key::WhyCommand,
        EventKind::CommandRefused(_) => Key::WhyRefused,
        EventKind::Client(..) | EventKind::Console(..) => Key::WhyClient,
        EventKind::ConditionEnded { .. } => Key::WhyCondition,
        EventKind::ConnectionOpened { .. } | EventKind::ConnectionClosed { .. } => {
            Key::WhyConnection
        }
        EventKind::Exceeded(_) => Key::WhyExceeded,
        EventKind::Lost { .. } => Key::WhyLost,
        EventKind::Delivered(transfer) | EventKind::Sent(transfer) => match &transfer.segment {
            Segment::Packet(packet) => of_packet(packet),
            _ => Key::WhyConnection,
        },
        EventKind::Peer(_, note) => of_peer(note),
        EventKind::Server(_, note) => of_server(note),
        EventKind::TimerFired(timer) => of_timer(*timer),
    }
}

fn of_packet(packet: &Packet) -> Key {
    match packet {
        Packet::Quorum { message, .. } => of_message(message.kind()),
        _ if packet.is_ping() => Key::WhyPing,
        Packet::Request(_) | Packet::ToServer(ToServer::Request(_)) => Key::WhyRequest,
        Packet::Sync => Key::WhySyncReply,
        Packet::ToClient(ToClient::Reply(_)) => Key::WhyReply,
        Packet::ToClient(ToClient::Event(_)) => Key::WhyWatch,
        Packet::Revalidate { .. }
        | Packet::Revalidated { .. }
        | Packet::ToServer(ToServer::Connect(_))
        | Packet::ToClient(ToClient::Connected(_)) => Key::WhySession,
    }
}

fn of_message(kind: MessageKind) -> Key {
    match kind {
        MessageKind::Notification => Key::WhyNotification,
        MessageKind::FollowerInfo | MessageKind::ObserverInfo => Key::WhyFollowerInfo,
        MessageKind::LeaderInfo => Key::WhyLeaderInfo,
        MessageKind::AckEpoch => Key::WhyAckEpoch,
        MessageKind::Diff => Key::WhyDiff,
        MessageKind::Trunc => Key::WhyTrunc,
        MessageKind::Snap => Key::WhySnap,
        MessageKind::NewLeader => Key::WhyNewLeader,
        MessageKind::UpToDate => Key::WhyUpToDate,
        MessageKind::Proposal => Key::WhyProposal,
        MessageKind::Ack => Key::WhyAck,
        MessageKind::Commit => Key::WhyCommit,
        MessageKind::Inform => Key::WhyInform,
        MessageKind::Ping => Key::WhyPing,
    }
}

fn of_peer(note: &zab::Note) -> Key {
    use zab::Note;
    match note {
        Note::Entered { role: RoleName::Looking, .. } => Key::WhyLooking,
        Note::Entered { phase: Phase::Election | Phase::Discovery, .. }
        | Note::LeaderFound { .. } => Key::WhyElected,
        Note::Entered { phase: Phase::Synchronization, .. } => Key::WhySynchronization,
        Note::Entered { phase: Phase::Broadcast, .. } => Key::WhyUpToDate,
        Note::RoundStarted { .. } => Key::WhyRound,
        Note::VoteCast { replaces: None, .. } => Key::WhyFirstVote,
        Note::VoteCast { .. } => Key::WhyBetterVote,
        Note::VoteCounted { .. } => Key::WhyVoteCounted,
        Note::VotesSettled { .. } => Key::WhySettled,
        Note::Registered { .. } => Key::WhyFollowerInfo,
        Note::EpochProposed { .. } => Key::WhyLeaderInfo,
        Note::EpochAccepted { .. } => Key::WhyPromise,
        Note::EpochAcked { .. } => Key::WhyAckEpoch,
        Note::EpochEntered { .. } => Key::WhyEpochEntered,
        Note::SyncPlanned { op: SyncOp::Diff(_), .. } => Key::WhyDiff,
        Note::SyncPlanned { op: SyncOp::Trunc(_), .. } | Note::Truncated { .. } => Key::WhyTrunc,
        Note::SyncPlanned { op: SyncOp::Snap(_), .. } => Key::WhySnap,
        Note::NewLeaderAcked { .. } => Key::WhyNewLeader,
        Note::Established { .. } | Note::UpToDate { .. } => Key::WhyUpToDate,
        Note::Proposed { .. } => Key::WhyProposal,
        Note::Acked { .. } => Key::WhyAck,
        Note::Committed { .. } => Key::WhyCommit,
        Note::GaveUp { .. } => Key::WhyGaveUp,
        Note::LearnerDropped { .. } => Key::WhyDropped,
        Note::Ignored { .. } => Key::WhyIgnored,
    }
}

fn of_server(note: &server::Note) -> Key {
    use server::Note;
    match note {
        Note::Applied { .. } => Key::WhyApplied,
        Note::Flushed { .. } | Note::LogTaken { .. } => Key::WhyDisk,
        Note::Prepared { .. } => Key::WhyPrepared,
        Note::Replied { .. } => Key::WhyReply,
        Note::RequestReceived { .. } => Key::WhyRequest,
        Note::ServingStarted { .. } | Note::ServingStopped => Key::WhyServing,
        Note::SessionClosed { .. } | Note::SessionExpired { .. } | Note::SessionOpened { .. } => {
            Key::WhySession
        }
        Note::SnapshotLoaded { .. } | Note::SnapshotTaken { .. } => Key::WhySnapshot,
        Note::DiskDamaged { .. }
        | Note::DiskPut { .. }
        | Note::RefusedToStart { .. }
        | Note::Repaired
        | Note::Started { .. }
        | Note::Replayed { .. }
        | Note::TreeReloaded { .. } => Key::WhyStart,
        Note::Exited { .. } => Key::WhyExit,
    }
}

fn of_timer(timer: TimerName) -> Key {
    use zab::Timer;
    let TimerName::Server(_, server::Timer::Peer(timer)) = timer else { return Key::WhyTimer };
    match timer {
        Timer::Notification => Key::WhyNotification,
        Timer::FinalizeWait => Key::WhySettled,
        Timer::LeaderRead | Timer::LearnerRead(_) | Timer::QuorumWait => Key::WhySilence,
        Timer::HalfTick => Key::WhyPing,
        Timer::Dial(_) | Timer::LeaderDial => Key::WhyConnection,
        Timer::ObserverElection => Key::WhyTimer,
    }
}
