//! A leader's DISCOVERY: a quorum registers, promises the new epoch, and none of it is ahead.
//!
//! Source: `Leader.getEpochToPropose`, `Leader.waitForEpochAck`, fact sheet §3.2, steps 3 to 8.

use std::collections::BTreeSet;

use super::{Leading, LeadingPhase, LearnerState};
use crate::types::{ConnectionId, Epoch, ServerId};
use crate::zab::{
    AckEpoch, DropReason, LeaderInfo, Member, Message, Note, Out, Output, Switch, Timer, Write,
};

impl Leading {
    /// FOLLOWERINFO or OBSERVERINFO. An observer is not counted, but its epoch is.
    pub(super) fn on_learner_info(
        &mut self,
        member: &mut Member,
        connection: ConnectionId,
        accepted_epoch: Epoch,
        out: &mut Out,
    ) {
        let learner = self.learner(connection);
        learner.state = LearnerState::Registered;
        let server = learner.server;
        match self.phase {
            LeadingPhase::Registering { .. } => self.register(member, server, accepted_epoch, out),
            LeadingPhase::Promising { .. } => {}
            // Late callers get the epoch as it is, even where theirs is higher.
            _ => self.propose_epoch(connection, out),
        }
    }

    /// Counts a server as registered; with a quorum the epoch is fixed and promised.
    pub(super) fn register(
        &mut self,
        member: &mut Member,
        server: ServerId,
        accepted_epoch: Epoch,
        out: &mut Out,
    ) {
        let LeadingPhase::Registering { registered, highest } = &mut self.phase else {
            unreachable!("called while registering only")
        };
        if server == member.id || !member.has(Switch::NoEpochCheck) {
            *highest = accepted_epoch.max(*highest);
        }
        if member.config.quorum.is_voter(server) {
            registered.insert(server);
        }
        let count = registered.len() as u32;
        if server != member.id {
            out.note(Note::Registered { learner: server, accepted_epoch, count });
        }
        if !member.config.is_quorum(registered.iter()) {
            return;
        }
        let epoch = highest.next();
        out.push(Output::CancelTimer(Timer::QuorumWait));
        out.note(Note::EpochProposed { epoch });
        // Durable before promised: LEADERINFO is sent when the write is confirmed
        // (ZOOKEEPER-1291).
        let write = member.persist(Write::AcceptedEpoch(epoch), out);
        self.phase = LeadingPhase::Promising { epoch, write };
    }

    /// acceptedEpoch is on disk: propose the epoch to all who wait for it.
    pub(super) fn promised(&mut self, member: &mut Member, epoch: Epoch, out: &mut Out) {
        member.accepted_epoch = epoch;
        out.note(Note::EpochAccepted { epoch });
        self.phase = LeadingPhase::AwaitingEpochAcks { epoch, acked: BTreeSet::new() };
        out.timer(Timer::QuorumWait, member.config.init_span());
        for connection in self.connections(|state| state == LearnerState::Registered) {
            self.propose_epoch(connection, out);
        }
        self.count_epoch_ack(member, member.id, out);
    }

    pub(super) fn on_ack_epoch(
        &mut self,
        member: &mut Member,
        connection: ConnectionId,
        ack: &AckEpoch,
        out: &mut Out,
    ) {
        let last_zxid = ack.last_zxid;
        let learner = self.learner(connection);
        let known_last = (!ack.data_missing).then_some(last_zxid);
        learner.state = LearnerState::EpochAcked { last_zxid: known_last };
        let server = learner.server;
        match self.phase {
            LeadingPhase::AwaitingEpochAcks { .. } => {}
            LeadingPhase::Entering { .. } => return,
            // The election of this leader is over: synchronise at once.
            _ => return self.synchronize(member, connection, out),
        }
        let Some(current_epoch) = ack.current_epoch else { return };
        let rank = |(epoch, zxid)| member.config.rules.rank(epoch, zxid);
        let is_more_recent = rank((current_epoch, last_zxid)) > rank(self.summary);
        if is_more_recent && !member.has(Switch::NoEpochCheck) {
            return self.drop_learner(connection, DropReason::MoreRecent, out);
        }
        if !ack.data_missing {
            self.count_epoch_ack(member, server, out);
        }
    }

    /// Counts an ACKEPOCH; with a quorum the leader enters the epoch.
    fn count_epoch_ack(&mut self, member: &mut Member, server: ServerId, out: &mut Out) {
        let LeadingPhase::AwaitingEpochAcks { epoch, acked } = &mut self.phase else {
            unreachable!("called while waiting for acks of the epoch only")
        };
        let epoch = *epoch;
        if member.config.quorum.is_voter(server) {
            acked.insert(server);
        }
        let count = acked.len() as u32;
        if server != member.id {
            out.note(Note::EpochAcked { learner: server, count });
        }
        if !member.config.is_quorum(acked.iter()) {
            return;
        }
        out.push(Output::CancelTimer(Timer::QuorumWait));
        let write = member.persist(Write::CurrentEpoch(epoch), out);
        self.phase = LeadingPhase::Entering { epoch, write };
    }

    fn propose_epoch(&mut self, connection: ConnectionId, out: &mut Out) {
        let epoch = self.epoch();
        self.learner(connection).state = LearnerState::Promising;
        out.send(connection, Message::LeaderInfo(LeaderInfo { epoch }));
    }

    /// The epoch that this leader proposes.
    fn epoch(&self) -> Epoch {
        match &self.phase {
            LeadingPhase::Registering { .. } => unreachable!("no epoch before a quorum registered"),
            LeadingPhase::Promising { epoch, .. }
            | LeadingPhase::AwaitingEpochAcks { epoch, .. }
            | LeadingPhase::Entering { epoch, .. }
            | LeadingPhase::Synchronizing { epoch, .. } => *epoch,
            LeadingPhase::Broadcasting(broadcasting) => broadcasting.epoch(),
        }
    }
}
