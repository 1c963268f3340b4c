//! Where a rule is from.

use crate::ensemble::Segment;
use crate::run::SpecAction;
use crate::server::{self, Packet};
use crate::sim::EventKind;
use crate::zab::{self, MessageKind};

/// A step of the paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Paper {
    /// The phase, 0 to 3.
    pub phase: u32,
    /// The step: a message, or the leader oracle.
    pub step: &'static str,
}

/// The paper's step for an event: its action's, or that of the message that is sent.
pub(super) fn paper(kind: &EventKind, action: Option<SpecAction>) -> Option<Paper> {
    let of_message = || message_kind(kind).and_then(step_of_message);
    let step = action.and_then(SpecAction::paper_step).or_else(of_message)?;
    let phase = match step {
        "CEPOCH" | "NEWEPOCH" | "ACK-E" => 1,
        "NEWLEADER" | "ACK-LD" | "COMMIT-LD" => 2,
        "PROPOSE" | "ACK" | "COMMIT" => 3,
        _ => 0,
    };
    Some(Paper { phase, step })
}

fn message_kind(kind: &EventKind) -> Option<MessageKind> {
    let (EventKind::Sent(transfer) | EventKind::Delivered(transfer)) = kind else { return None };
    let Segment::Packet(packet) = &transfer.segment else { return None };
    match &**packet {
        Packet::Quorum { message, .. } => Some(message.kind()),
        _ => None,
    }
}

fn step_of_message(kind: MessageKind) -> Option<&'static str> {
    Some(match kind {
        MessageKind::Notification => "leader oracle",
        MessageKind::FollowerInfo => "CEPOCH",
        MessageKind::LeaderInfo => "NEWEPOCH",
        MessageKind::AckEpoch => "ACK-E",
        MessageKind::Diff | MessageKind::Trunc | MessageKind::Snap | MessageKind::NewLeader => {
            "NEWLEADER"
        }
        MessageKind::UpToDate => "COMMIT-LD",
        MessageKind::Proposal => "PROPOSE",
        MessageKind::Ack => "ACK",
        MessageKind::Commit => "COMMIT",
        MessageKind::ObserverInfo | MessageKind::Inform | MessageKind::Ping => return None,
    })
}

/// ZooKeeper's class that does it, with its method where one stands for it.
pub(super) fn class(kind: &EventKind) -> Option<&'static str> {
    if let Some(kind) = message_kind(kind) {
        return Some(class_of_message(kind));
    }
    match kind {
        EventKind::Peer(_, note) => Some(class_of_note(note)),
        EventKind::Server(_, note) => Some(class_of_server(note)),
        EventKind::Client(..) => Some("ClientCnxn"),
        EventKind::Sent(transfer) | EventKind::Delivered(transfer) => {
            let Segment::Packet(packet) = &transfer.segment else { return None };
            Some(match &**packet {
                Packet::Request(_) => "FollowerRequestProcessor",
                Packet::Revalidate { .. } | Packet::Revalidated { .. } => "Learner.validateSession",
                Packet::Sync => "Leader.sendSync",
                Packet::ToServer(_) => "ClientCnxn",
                _ => "FinalRequestProcessor",
            })
        }
        _ => None,
    }
}

fn class_of_message(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Notification => "FastLeaderElection.Notification",
        MessageKind::FollowerInfo | MessageKind::ObserverInfo | MessageKind::AckEpoch => {
            "Learner.registerWithLeader"
        }
        MessageKind::LeaderInfo | MessageKind::NewLeader | MessageKind::UpToDate => {
            "LearnerHandler.run"
        }
        MessageKind::Diff | MessageKind::Trunc | MessageKind::Snap => "LearnerHandler.syncFollower",
        MessageKind::Proposal => "Leader.propose",
        MessageKind::Ack => "SendAckRequestProcessor",
        MessageKind::Commit => "Leader.commit",
        MessageKind::Inform => "Leader.inform",
        MessageKind::Ping => "LearnerHandler.ping",
    }
}

fn class_of_note(note: &zab::Note) -> &'static str {
    use zab::Note;
    match note {
        Note::Entered { .. } | Note::GaveUp { .. } => "QuorumPeer.run",
        Note::RoundStarted { .. }
        | Note::VoteCast { .. }
        | Note::VoteCounted { .. }
        | Note::VotesSettled { .. }
        | Note::LeaderFound { .. }
        | Note::Ignored { message: MessageKind::Notification, .. } => {
            "FastLeaderElection.lookForLeader"
        }
        Note::Registered { .. } | Note::EpochProposed { .. } => "Leader.getEpochToPropose",
        Note::EpochAccepted { .. } => "QuorumPeer.setAcceptedEpoch",
        Note::EpochAcked { .. } => "Leader.waitForEpochAck",
        Note::EpochEntered { .. } => "QuorumPeer.setCurrentEpoch",
        Note::SyncPlanned { .. } => "LearnerHandler.syncFollower",
        Note::NewLeaderAcked { .. } => "Leader.waitForNewLeaderAck",
        Note::Established { .. } => "Leader.startZkServer",
        Note::UpToDate { .. } | Note::Truncated { .. } => "Learner.syncWithLeader",
        Note::Proposed { .. } => "Leader.propose",
        Note::Acked { .. } => "Leader.processAck",
        Note::Committed { .. } => "Leader.tryToCommit",
        Note::LearnerDropped { .. } => "LearnerHandler.shutdown",
        Note::Ignored { .. } => "LearnerHandler.run",
    }
}

fn class_of_server(note: &server::Note) -> &'static str {
    use server::Note;
    match note {
        Note::Applied { .. } | Note::Replied { .. } => "FinalRequestProcessor",
        Note::Flushed { .. } | Note::LogTaken { .. } | Note::SnapshotTaken { .. } => {
            "SyncRequestProcessor"
        }
        Note::Prepared { .. } => "PrepRequestProcessor",
        Note::RequestReceived { .. } => "ZooKeeperServer.processPacket",
        Note::ServingStarted { .. } | Note::ServingStopped => "ZooKeeperServer.setState",
        Note::SessionClosed { .. } | Note::SessionExpired { .. } | Note::SessionOpened { .. } => {
            "SessionTrackerImpl"
        }
        Note::SnapshotLoaded { .. } => "Learner.syncWithLeader",
        Note::Exited { .. } => "ServiceUtils.requestSystemExit",
        Note::DiskDamaged { .. }
        | Note::DiskPut { .. }
        | Note::RefusedToStart { .. }
        | Note::Repaired
        | Note::Started { .. }
        | Note::Replayed { .. }
        | Note::TreeReloaded { .. } => "FileTxnSnapLog.restore",
    }
}
