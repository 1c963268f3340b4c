//! LEADING: from a won election to BROADCAST, and the leader's books on each learner.
//!
//! In ZooKeeper one main thread waits for three quorums in turn (registered, epoch acknowledged,
//! NEWLEADER acknowledged), and one `LearnerHandler` thread a learner waits with it. Here
//! [`LeadingPhase`] is where the main thread stands and [`LearnerState`] where each handler does;
//! whenever the former moves on, the handlers that waited for it follow.
//! Source: `Leader.lead`, `LearnerHandler.run`, fact sheet §§3.2, 4.2, 4.8.

mod broadcast;
mod discovery;
mod sync_limit_check;
mod synchronization;

use std::collections::{BTreeMap, BTreeSet};

use super::inspection::{LearnerProgress, LearnerView, Tally, TallyOf};
use super::role::Next;
use super::{
    DropReason, GiveUp, IgnoreReason, Member, Message, MessageKind, Note, Out, Output, Phase,
    Switch, Timer, WriteId,
};
use crate::types::{ConnectionId, Epoch, ServerId, Span, Zxid};

pub(super) use broadcast::Broadcasting;
use sync_limit_check::SyncLimitCheck;

/// The data of a server that is LEADING.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Leading {
    phase: LeadingPhase,
    learners: BTreeMap<ConnectionId, Learner>,
    /// (currentEpoch, last zxid) when it began to lead (`leaderStateSummary`).
    summary: (Epoch, Zxid),
    /// Half ticks since the service started; a tick is two of them.
    half_ticks: u64,
}

/// Where the leader's main thread stands.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum LeadingPhase {
    /// Waiting until a quorum has registered (`connectingFollowers`).
    Registering { registered: BTreeSet<ServerId>, highest: Epoch },
    /// acceptedEpoch is on its way to disk.
    Promising { epoch: Epoch, write: WriteId },
    /// Waiting until a quorum has acknowledged the epoch (`electingFollowers`).
    AwaitingEpochAcks { epoch: Epoch, acked: BTreeSet<ServerId> },
    /// currentEpoch is on its way to disk.
    Entering { epoch: Epoch, write: WriteId },
    /// Waiting until a quorum has acknowledged NEWLEADER.
    Synchronizing { epoch: Epoch, acked: BTreeSet<ServerId> },
    /// Established.
    Broadcasting(Broadcasting),
}

/// A leader's books on one learner's connection.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Learner {
    pub(super) server: ServerId,
    /// Whether it votes: a follower, and not an observer.
    pub(super) votes: bool,
    pub(super) state: LearnerState,
    /// The tick up to which silence is allowed (`tickOfNextAckDeadline`).
    deadline_tick: u64,
    /// The last transaction it acknowledged.
    pub(super) acked: Zxid,
    /// The acks that it owes.
    acks: SyncLimitCheck,
    /// What arrived while its handler waits for the leader's service to start, and reads nothing.
    unread: Vec<Message>,
}

/// Where a learner's handler stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum LearnerState {
    /// Connected; FOLLOWERINFO has not come.
    Connected,
    /// Registered; waits for the epoch.
    Registered,
    /// LEADERINFO is sent.
    Promising,
    /// ACKEPOCH came; waits until a quorum's has.
    /// A `last_zxid` of `None` says that the learner's data are missing.
    EpochAcked { last_zxid: Option<Zxid> },
    /// The op packet, the transactions and NEWLEADER are sent. From here on it gets every proposal.
    Synchronizing,
    /// NEWLEADER is acknowledged; waits for the service to start.
    Synced,
    /// UPTODATE is sent.
    UpToDate,
}

impl Leading {
    /// Waits for learners. The leader itself is the first to register.
    pub(super) fn begin(member: &mut Member, out: &mut Out) -> Leading {
        let summary = (member.current_epoch, member.history.last_processed());
        let (registered, highest) = (BTreeSet::new(), Epoch::ZERO);
        let phase = LeadingPhase::Registering { registered, highest };
        let mut leading = Leading { phase, learners: BTreeMap::new(), summary, half_ticks: 0 };
        out.timer(Timer::QuorumWait, member.config.init_span());
        if member.has(Switch::SnapshotAtLead) {
            member.begin_snapshot(out);
        }
        leading.register(member, member.id, member.accepted_epoch, out);
        leading
    }

    pub(super) fn phase(&self) -> Phase {
        match self.phase {
            LeadingPhase::Registering { .. }
            | LeadingPhase::Promising { .. }
            | LeadingPhase::AwaitingEpochAcks { .. } => Phase::Discovery,
            LeadingPhase::Entering { .. } | LeadingPhase::Synchronizing { .. } => {
                Phase::Synchronization
            }
            LeadingPhase::Broadcasting(_) => Phase::Broadcast,
        }
    }

    pub(super) fn broadcasting(&self) -> Option<&Broadcasting> {
        match &self.phase {
            LeadingPhase::Broadcasting(broadcasting) => Some(broadcasting),
            _ => None,
        }
    }

    /// See [`Peer::tally`](super::Peer::tally).
    pub(super) fn tally(&self) -> Option<Tally> {
        let (of, servers) = match &self.phase {
            LeadingPhase::Registering { registered, .. } => (TallyOf::Registrations, registered),
            LeadingPhase::AwaitingEpochAcks { acked, .. } => (TallyOf::EpochAcks, acked),
            LeadingPhase::Synchronizing { acked, .. } => (TallyOf::NewLeaderAcks, acked),
            LeadingPhase::Promising { .. } | LeadingPhase::Entering { .. } => return None,
            LeadingPhase::Broadcasting(broadcasting) => {
                let oldest = broadcasting.proposals().front()?;
                (TallyOf::ProposalAcks(oldest.txn.zxid), &oldest.acked)
            }
        };
        Some(Tally { of, servers: servers.iter().copied().collect() })
    }

    /// See [`Peer::learners`](super::Peer::learners).
    pub(super) fn learner_views(&self) -> Vec<LearnerView> {
        let view = |(&connection, learner): (&ConnectionId, &Learner)| LearnerView {
            server: learner.server,
            connection,
            progress: learner.state.progress(),
            acked: learner.acked,
            ticks_left: learner.deadline_tick.saturating_sub(self.tick()),
        };
        self.learners.iter().map(view).collect()
    }

    pub(super) fn tick(&self) -> u64 {
        self.half_ticks / 2
    }

    /// A learner connects.
    pub(super) fn on_dialled(
        &mut self,
        member: &Member,
        connection: ConnectionId,
        server: ServerId,
        out: &mut Out,
    ) {
        let limits = u64::from(member.config.init_limit + member.config.sync_limit);
        let learner = Learner {
            server,
            votes: member.config.quorum.is_voter(server),
            state: LearnerState::Connected,
            deadline_tick: self.tick() + limits,
            acked: Zxid::ZERO,
            acks: SyncLimitCheck::default(),
            unread: Vec::new(),
        };
        self.learners.insert(connection, learner);
        out.timer(Timer::LearnerRead(connection), member.config.init_span());
    }

    pub(super) fn on_closed(&mut self, connection: ConnectionId, out: &mut Out) -> bool {
        if !self.learners.contains_key(&connection) {
            return false;
        }
        self.drop_learner(connection, DropReason::Gone, out);
        true
    }

    pub(super) fn on_message(
        &mut self,
        member: &mut Member,
        connection: ConnectionId,
        message: Message,
        out: &mut Out,
    ) -> Next {
        self.heard(member, connection, out);
        self.read(member, connection, message, out);
        Next::Stay
    }

    /// What the handler does with a packet that it reads.
    fn read(
        &mut self,
        member: &mut Member,
        connection: ConnectionId,
        message: Message,
        out: &mut Out,
    ) {
        let Some(learner) = self.learners.get_mut(&connection) else { return };
        let kind = message.kind();
        match (learner.state, message) {
            (LearnerState::Synced, message) => learner.unread.push(message),
            (LearnerState::Connected, Message::FollowerInfo(info)) => {
                self.on_learner_info(member, connection, info.accepted_epoch, out);
            }
            (LearnerState::Connected, Message::ObserverInfo(info)) => {
                self.on_learner_info(member, connection, info.accepted_epoch, out);
            }
            (LearnerState::Promising, Message::AckEpoch(ack)) => {
                self.on_ack_epoch(member, connection, &ack, out);
            }
            (LearnerState::Synchronizing, Message::Ack(ack)) => {
                self.on_ack_new_leader(member, connection, ack.zxid, out);
            }
            (LearnerState::UpToDate, Message::Ack(ack)) => {
                self.on_ack(member, connection, ack.zxid, out);
            }
            (LearnerState::UpToDate, Message::Ping(_)) => {}
            (LearnerState::Connected | LearnerState::Promising, _) => {
                self.drop_learner(connection, DropReason::Unexpected, out);
            }
            _ => self.ignore(connection, kind, IgnoreReason::WrongPhase, out),
        }
    }

    pub(super) fn on_persisted(&mut self, member: &mut Member, id: WriteId, out: &mut Out) -> Next {
        match self.phase {
            LeadingPhase::Promising { epoch, write } if write == id => {
                self.promised(member, epoch, out);
            }
            LeadingPhase::Entering { epoch, write } if write == id => {
                self.entered(member, epoch, out);
            }
            _ => unreachable!("a leader waits for the write {id:?} that it asked for"),
        }
        Next::Stay
    }

    /// One of the three waits took too long.
    pub(super) fn on_quorum_wait(&self) -> Next {
        match self.phase {
            LeadingPhase::Registering { .. } => Next::GiveUp(GiveUp::NoEpochQuorum),
            LeadingPhase::AwaitingEpochAcks { .. } => Next::GiveUp(GiveUp::NoEpochAckQuorum),
            LeadingPhase::Synchronizing { .. } => Next::GiveUp(GiveUp::NoNewLeaderQuorum),
            LeadingPhase::Promising { .. }
            | LeadingPhase::Entering { .. }
            | LeadingPhase::Broadcasting(_) => Next::Stay,
        }
    }

    pub(super) fn on_learner_read_timeout(&mut self, connection: ConnectionId, out: &mut Out) {
        if self.learners.contains_key(&connection) {
            self.drop_learner(connection, DropReason::Silent, out);
        }
    }

    /// Hangs up on everyone.
    pub(super) fn end(&mut self, out: &mut Out) {
        for &connection in self.learners.keys() {
            out.push(Output::Close(connection));
            out.push(Output::CancelTimer(Timer::LearnerRead(connection)));
        }
        self.learners.clear();
        out.push(Output::CancelTimer(Timer::QuorumWait));
        out.push(Output::CancelTimer(Timer::HalfTick));
    }

    /// A packet came: the learner's deadlines move on.
    fn heard(&mut self, member: &Member, connection: ConnectionId, out: &mut Out) {
        let tick = self.tick();
        let Some(learner) = self.learners.get_mut(&connection) else { return };
        learner.deadline_tick = tick + u64::from(member.config.sync_limit);
        out.timer(Timer::LearnerRead(connection), learner.read_timeout(member));
    }

    fn drop_learner(&mut self, connection: ConnectionId, reason: DropReason, out: &mut Out) {
        let learner = self.learners.remove(&connection);
        let learner = learner.expect("a learner is dropped by the connection it is listed under");
        if reason != DropReason::Gone {
            out.push(Output::Close(connection));
        }
        out.push(Output::CancelTimer(Timer::LearnerRead(connection)));
        out.note(Note::LearnerDropped { learner: learner.server, reason });
    }

    /// The connections of those who get every proposal, commit and ping (`forwardingFollowers`,
    /// `observingLearners`), by age, and whether each votes.
    fn forwarding(&self) -> Vec<(ConnectionId, bool)> {
        let forwarding = self
            .learners
            .iter()
            .filter(|(_, learner)| learner.state >= LearnerState::Synchronizing);
        forwarding.map(|(&connection, learner)| (connection, learner.votes)).collect()
    }

    /// The connections of the learners in a state that the test accepts, by age.
    fn connections(&self, accepts: impl Fn(LearnerState) -> bool) -> Vec<ConnectionId> {
        let accepted = self.learners.iter().filter(|(_, learner)| accepts(learner.state));
        accepted.map(|(&connection, _)| connection).collect()
    }

    fn learner(&mut self, connection: ConnectionId) -> &mut Learner {
        self.learners.get_mut(&connection).expect("the handlers look at listed learners only")
    }

    fn ignore(
        &self,
        connection: ConnectionId,
        message: MessageKind,
        reason: IgnoreReason,
        out: &mut Out,
    ) {
        let from = self.learners[&connection].server;
        out.note(Note::Ignored { from, message, reason });
    }
}

impl LearnerState {
    fn progress(self) -> LearnerProgress {
        match self {
            LearnerState::Connected => LearnerProgress::Connected,
            LearnerState::Registered
            | LearnerState::Promising
            | LearnerState::EpochAcked { .. } => LearnerProgress::Discovery,
            LearnerState::Synchronizing | LearnerState::Synced => LearnerProgress::Synchronization,
            LearnerState::UpToDate => LearnerProgress::Broadcast,
        }
    }
}

impl Learner {
    /// initLimit ticks until it has acknowledged NEWLEADER, then syncLimit.
    fn read_timeout(&self, member: &Member) -> Span {
        if self.state >= LearnerState::Synced {
            member.config.sync_span()
        } else {
            member.config.init_span()
        }
    }
}
