//! The actions of the published system specification, and which event shows which.

use std::fmt;

use crate::ensemble::{Segment, TimerName, Transfer};
use crate::server::{self, Packet};
use crate::sim::{Command, EventKind};
use crate::types::ServerId;
use crate::zab::{self, Message, MessageKind, Phase, RoleName};

/// An action of the system specification for ZooKeeper 3.7, in the order of the protocol.
/// Source: `zookeeper-specifications/system-spec/zk-3.7`; fact sheet §3.7.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SpecAction {
    /// A notification has arrived.
    FleReceiveNotmsg,
    /// No notification for so long: the own vote is sent again.
    FleNotmsgTimeout,
    /// A notification was counted, or ignored.
    FleHandleNotmsg,
    /// Nothing better has come since a quorum agreed: the election is over.
    FleWaitNewNotmsg,
    /// A learner has reached its leader and registers.
    ConnectAndFollowerSendFollowerInfo,
    /// A leader takes a registration.
    LeaderProcessFollowerInfo,
    /// A learner has promised the epoch.
    FollowerProcessLeaderInfo,
    /// A leader takes a promise.
    LeaderProcessAckEpoch,
    /// A leader has decided how to bring a learner up to date.
    LeaderSyncFollower,
    /// A learner gets the op packet: DIFF, TRUNC or SNAP.
    FollowerProcessSyncMessage,
    /// A learner gets a proposal during its synchronisation.
    FollowerProcessProposalInSync,
    /// A learner gets a commit during its synchronisation.
    FollowerProcessCommitInSync,
    /// A learner has made the leader's history and its epoch durable.
    FollowerProcessNewLeader,
    /// A leader takes the ack of NEWLEADER.
    LeaderProcessAckLd,
    /// A learner serves from now on.
    FollowerProcessUpToDate,
    /// A leader proposes.
    LeaderProcessRequest,
    /// A learner gets a proposal.
    FollowerProcessProposal,
    /// A leader takes an ack.
    LeaderProcessAck,
    /// A learner commits.
    FollowerProcessCommit,
    /// A process has ended.
    NodeCrash,
    /// A process has started.
    NodeStart,
    /// Links were cut. In the specification that breaks the connections both ways at once.
    PartitionStart,
    /// Cuts were healed.
    PartitionRecover,
}

impl SpecAction {
    /// All of them.
    pub const ALL: [SpecAction; 23] = [
        SpecAction::FleReceiveNotmsg,
        SpecAction::FleNotmsgTimeout,
        SpecAction::FleHandleNotmsg,
        SpecAction::FleWaitNewNotmsg,
        SpecAction::ConnectAndFollowerSendFollowerInfo,
        SpecAction::LeaderProcessFollowerInfo,
        SpecAction::FollowerProcessLeaderInfo,
        SpecAction::LeaderProcessAckEpoch,
        SpecAction::LeaderSyncFollower,
        SpecAction::FollowerProcessSyncMessage,
        SpecAction::FollowerProcessProposalInSync,
        SpecAction::FollowerProcessCommitInSync,
        SpecAction::FollowerProcessNewLeader,
        SpecAction::LeaderProcessAckLd,
        SpecAction::FollowerProcessUpToDate,
        SpecAction::LeaderProcessRequest,
        SpecAction::FollowerProcessProposal,
        SpecAction::LeaderProcessAck,
        SpecAction::FollowerProcessCommit,
        SpecAction::NodeCrash,
        SpecAction::NodeStart,
        SpecAction::PartitionStart,
        SpecAction::PartitionRecover,
    ];

    /// The action's name in the specification.
    pub const fn name(self) -> &'static str {
        match self {
            SpecAction::FleReceiveNotmsg => "FLEReceiveNotmsg",
            SpecAction::FleNotmsgTimeout => "FLENotmsgTimeout",
            SpecAction::FleHandleNotmsg => "FLEHandleNotmsg",
            SpecAction::FleWaitNewNotmsg => "FLEWaitNewNotmsg",
            SpecAction::ConnectAndFollowerSendFollowerInfo => "ConnectAndFollowerSendFOLLOWERINFO",
            SpecAction::LeaderProcessFollowerInfo => "LeaderProcessFOLLOWERINFO",
            SpecAction::FollowerProcessLeaderInfo => "FollowerProcessLEADERINFO",
            SpecAction::LeaderProcessAckEpoch => "LeaderProcessACKEPOCH",
            SpecAction::LeaderSyncFollower => "LeaderSyncFollower",
            SpecAction::FollowerProcessSyncMessage => "FollowerProcessSyncMessage",
            SpecAction::FollowerProcessProposalInSync => "FollowerProcessPROPOSALInSync",
            SpecAction::FollowerProcessCommitInSync => "FollowerProcessCOMMITInSync",
            SpecAction::FollowerProcessNewLeader => "FollowerProcessNEWLEADER",
            SpecAction::LeaderProcessAckLd => "LeaderProcessACKLD",
            SpecAction::FollowerProcessUpToDate => "FollowerProcessUPTODATE",
            SpecAction::LeaderProcessRequest => "LeaderProcessRequest",
            SpecAction::FollowerProcessProposal => "FollowerProcessPROPOSAL",
            SpecAction::LeaderProcessAck => "LeaderProcessACK",
            SpecAction::FollowerProcessCommit => "FollowerProcessCOMMIT",
            SpecAction::NodeCrash => "NodeCrash",
            SpecAction::NodeStart => "NodeStart",
            SpecAction::PartitionStart => "PartitionStart",
            SpecAction::PartitionRecover => "PartitionRecover",
        }
    }

    /// The paper's step that it belongs to: the message of Junqueira, Reed, Serafini (DSN 2011)
    /// that it is about, or the oracle of phase 0. The paper has no actions for failures.
    pub const fn paper_step(self) -> Option<&'static str> {
        Some(match self {
            SpecAction::FleReceiveNotmsg
            | SpecAction::FleNotmsgTimeout
            | SpecAction::FleHandleNotmsg
            | SpecAction::FleWaitNewNotmsg => "leader oracle",
            SpecAction::ConnectAndFollowerSendFollowerInfo
            | SpecAction::LeaderProcessFollowerInfo => "CEPOCH",
            SpecAction::FollowerProcessLeaderInfo => "NEWEPOCH",
            SpecAction::LeaderProcessAckEpoch => "ACK-E",
            SpecAction::LeaderSyncFollower
            | SpecAction::FollowerProcessSyncMessage
            | SpecAction::FollowerProcessProposalInSync
            | SpecAction::FollowerProcessCommitInSync
            | SpecAction::FollowerProcessNewLeader => "NEWLEADER",
            SpecAction::LeaderProcessAckLd => "ACK-LD",
            SpecAction::FollowerProcessUpToDate => "COMMIT-LD",
            SpecAction::LeaderProcessRequest | SpecAction::FollowerProcessProposal => "PROPOSE",
            SpecAction::LeaderProcessAck => "ACK",
            SpecAction::FollowerProcessCommit => "COMMIT",
            SpecAction::NodeCrash
            | SpecAction::NodeStart
            | SpecAction::PartitionStart
            | SpecAction::PartitionRecover => return None,
        })
    }

    /// The action that an event shows; `standing` is what a server was before the event.
    ///
    /// What is one action there is often several events here: the learner's answer to LEADERINFO
    /// waits for its disk. The event that completes it is the action, so that the state behind the
    /// event is the one behind the action. Received proposals, commits of a synchronisation and op
    /// packets change the state at once, and are taken at their arrival.
    pub fn of(kind: &EventKind, standing: impl Fn(ServerId) -> SpecStanding) -> Option<SpecAction> {
        match kind {
            EventKind::Command(command) => of_command(command),
            EventKind::Delivered(transfer) => {
                let server = transfer.to.server()?;
                of_delivery(message(transfer)?, standing(server))
            }
            EventKind::Peer(server, note) => of_note(note, standing(*server)),
            EventKind::Sent(transfer) => match message(transfer)? {
                Message::FollowerInfo(_) => Some(SpecAction::ConnectAndFollowerSendFollowerInfo),
                Message::AckEpoch(_) => Some(SpecAction::FollowerProcessLeaderInfo),
                _ => None,
            },
            EventKind::Server(_, server::Note::Started { .. }) => Some(SpecAction::NodeStart),
            EventKind::Server(_, server::Note::Exited { .. }) => Some(SpecAction::NodeCrash),
            EventKind::TimerFired(TimerName::Server(_, server::Timer::Peer(timer))) => {
                match timer {
                    zab::Timer::Notification => Some(SpecAction::FleNotmsgTimeout),
                    zab::Timer::FinalizeWait => Some(SpecAction::FleWaitNewNotmsg),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// What of a server decides which action an event shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SpecStanding {
    /// Its role.
    pub role: RoleName,
    /// Its phase.
    pub phase: Phase,
    /// As a leader: whether the sender of what arrives owes it the ack of NEWLEADER.
    pub awaits_new_leader_ack: bool,
}

fn of_command(command: &Command) -> Option<SpecAction> {
    match command {
        Command::Crash(_) | Command::CrashLeader | Command::CrashTorn { .. } => {
            Some(SpecAction::NodeCrash)
        }
        Command::CutLink(_)
        | Command::Isolate(_)
        | Command::IsolateLeader
        | Command::Partition { .. } => Some(SpecAction::PartitionStart),
        Command::HealAll | Command::HealAndRestartAll | Command::HealLink(_) => {
            Some(SpecAction::PartitionRecover)
        }
        _ => None,
    }
}

fn of_delivery(message: &Message, to: SpecStanding) -> Option<SpecAction> {
    let in_sync = to.phase == Phase::Synchronization;
    Some(match message.kind() {
        MessageKind::Notification => SpecAction::FleReceiveNotmsg,
        MessageKind::FollowerInfo => SpecAction::LeaderProcessFollowerInfo,
        MessageKind::AckEpoch => SpecAction::LeaderProcessAckEpoch,
        MessageKind::Diff | MessageKind::Trunc | MessageKind::Snap => {
            SpecAction::FollowerProcessSyncMessage
        }
        MessageKind::Proposal if in_sync => SpecAction::FollowerProcessProposalInSync,
        MessageKind::Proposal => SpecAction::FollowerProcessProposal,
        MessageKind::Commit if in_sync => SpecAction::FollowerProcessCommitInSync,
        MessageKind::Ack if to.awaits_new_leader_ack => SpecAction::LeaderProcessAckLd,
        MessageKind::Ack => SpecAction::LeaderProcessAck,
        _ => return None,
    })
}

fn of_note(note: &zab::Note, standing: SpecStanding) -> Option<SpecAction> {
    let leads = standing.role == RoleName::Leading;
    match note {
        zab::Note::VoteCounted { .. }
        | zab::Note::Ignored { message: MessageKind::Notification, .. } => {
            Some(SpecAction::FleHandleNotmsg)
        }
        zab::Note::SyncPlanned { .. } => Some(SpecAction::LeaderSyncFollower),
        zab::Note::EpochEntered { .. } if !leads => Some(SpecAction::FollowerProcessNewLeader),
        zab::Note::UpToDate { .. } => Some(SpecAction::FollowerProcessUpToDate),
        zab::Note::Proposed { .. } => Some(SpecAction::LeaderProcessRequest),
        zab::Note::Committed { .. } if !leads => Some(SpecAction::FollowerProcessCommit),
        _ => None,
    }
}

/// The protocol's message on its way, if it is one.
pub(super) fn message(transfer: &Transfer) -> Option<&Message> {
    let Segment::Packet(packet) = &transfer.segment else { return None };
    match &**packet {
        Packet::Quorum { message, .. } => Some(message),
        _ => None,
    }
}

impl fmt::Display for SpecAction {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}
