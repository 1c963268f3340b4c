//! A leader's SYNCHRONIZATION: every learner gets the leader's history, a quorum confirms it.
//!
//! Source: `LearnerHandler.syncFollower`, `Leader.startForwarding`, `Leader.waitForNewLeaderAck`,
//! `Leader.startZkServer`, fact sheet §3.2, steps 8 to 13, and §3.4.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Broadcasting, Leading, LeadingPhase, Learner, LearnerState};
use crate::types::{ConnectionId, Epoch, ServerId, Txn, Zxid};
use crate::zab::{
    Commit, Diff, DropReason, IgnoreReason, Member, Message, MessageKind, NewLeader, Note, Out,
    Output, Proposal, Snap, Switch, SyncOp, SyncPlan, Timer, Trunc, UpToDate,
};

impl Leading {
    /// currentEpoch is on disk: the leader counts itself, and synchronises all who wait.
    pub(super) fn entered(&mut self, member: &mut Member, epoch: Epoch, out: &mut Out) {
        member.current_epoch = epoch;
        out.note(Note::EpochEntered { epoch });
        self.phase = LeadingPhase::Synchronizing { epoch, acked: BTreeSet::new() };
        out.timer(Timer::QuorumWait, member.config.init_span());
        let waiting = self.connections(|state| matches!(state, LearnerState::EpochAcked { .. }));
        for connection in waiting {
            self.synchronize(member, connection, out);
        }
        self.count_new_leader_ack(member, member.id, out);
    }

    /// Sends one learner all that it lacks, then NEWLEADER. From here on it is among those who get
    /// every proposal and commit.
    pub(super) fn synchronize(&mut self, member: &Member, connection: ConnectionId, out: &mut Out) {
        let learner = self.learner(connection);
        let LearnerState::EpochAcked { last_zxid } = learner.state else {
            unreachable!("a learner is synchronised after its ACKEPOCH")
        };
        learner.state = LearnerState::Synchronizing;
        let server = learner.server;
        self.supersede(server, connection, out);
        let plan = SyncPlan::decide(&member.history, last_zxid, &member.config);
        note_plan(member, server, last_zxid.unwrap_or(Zxid::ZERO), &plan, out);
        if let LeadingPhase::Broadcasting(broadcasting) = &mut self.phase {
            broadcasting.forget_acks(server, plan.last_queued);
        }
        let op_packet = match plan.op {
            SyncOp::Diff(zxid) => Message::Diff(Diff { zxid }),
            SyncOp::Trunc(zxid) => Message::Trunc(Trunc { zxid }),
            SyncOp::Snap(zxid) => Message::Snap(Snap { zxid }),
        };
        out.send(connection, op_packet);
        for txn in &plan.txns {
            send_committed(connection, txn, out);
        }
        if !member.has(Switch::LeaderSkipsSync) {
            self.forward_uncommitted(member, connection, plan.last_queued, out);
        }
        let epoch = member.current_epoch;
        out.send(connection, Message::NewLeader(NewLeader { epoch }));
    }

    /// What a learner said on an earlier connection counts no longer: its log may be cut meanwhile.
    /// Deviation: ZooKeeper's handler of that connection goes on until it notices.
    fn supersede(&mut self, server: ServerId, by: ConnectionId, out: &mut Out) {
        let of_server = |(&connection, learner): (&ConnectionId, &Learner)| {
            (learner.server == server && connection < by).then_some(connection)
        };
        let earlier: Vec<ConnectionId> = self.learners.iter().filter_map(of_server).collect();
        for connection in earlier {
            self.drop_learner(connection, DropReason::Superseded, out);
        }
    }

    /// What is beyond the plan: committed and not yet in the tree, then proposed and not committed.
    /// Source: `Leader.startForwarding`.
    fn forward_uncommitted(
        &mut self,
        member: &Member,
        connection: ConnectionId,
        last_queued: Zxid,
        out: &mut Out,
    ) {
        let to_be_applied = member.history.to_be_applied().iter();
        for txn in to_be_applied.filter(|txn| txn.zxid > last_queued) {
            send_committed(connection, txn, out);
        }
        let half_ticks = self.half_ticks;
        let votes = self.learners[&connection].votes;
        let LeadingPhase::Broadcasting(broadcasting) = &self.phase else { return };
        if !votes {
            // It will be informed when they are committed.
            return;
        }
        let outstanding: Vec<Arc<Txn>> = broadcasting.outstanding().cloned().collect();
        for txn in outstanding.into_iter().filter(|txn| txn.zxid > last_queued) {
            self.learner(connection).acks.sent(txn.zxid, half_ticks);
            out.send(connection, Message::Proposal(Proposal { txn }));
        }
    }

    /// The first ACK after NEWLEADER has to be that of `(e,0)`. Another one is not counted, and
    /// its sender's handler waits for the service to start all the same (ZOOKEEPER-4685).
    pub(super) fn on_ack_new_leader(
        &mut self,
        member: &mut Member,
        connection: ConnectionId,
        zxid: Zxid,
        out: &mut Out,
    ) {
        let is_of_new_leader = zxid == member.epoch_start();
        if !is_of_new_leader {
            self.ignore(connection, MessageKind::Ack, IgnoreReason::NotOfNewLeader, out);
        }
        let learner = self.learner(connection);
        learner.state = LearnerState::Synced;
        let server = learner.server;
        if !matches!(self.phase, LeadingPhase::Synchronizing { .. }) {
            self.bring_up_to_date(member, connection, out);
        } else if is_of_new_leader {
            self.count_new_leader_ack(member, server, out);
        }
    }

    /// Counts an ack of NEWLEADER; with a quorum the leader is established.
    fn count_new_leader_ack(&mut self, member: &mut Member, server: ServerId, out: &mut Out) {
        let LeadingPhase::Synchronizing { epoch, acked } = &mut self.phase else {
            unreachable!("called while waiting for acks of NEWLEADER only")
        };
        let epoch = *epoch;
        if member.config.quorum.is_voter(server) {
            acked.insert(server);
        }
        let count = acked.len() as u32;
        if server != member.id {
            out.note(Note::NewLeaderAcked { learner: server, count });
        }
        if member.config.is_quorum(acked.iter()) {
            self.establish(member, epoch, out);
        }
    }

    /// Serves from here on. The whole initial history is committed by the acks of NEWLEADER.
    fn establish(&mut self, member: &mut Member, epoch: Epoch, out: &mut Out) {
        let initial_last = member.history.last_processed();
        out.push(Output::CancelTimer(Timer::QuorumWait));
        let counter_start = member.config.zxid_counter_start;
        self.phase = LeadingPhase::Broadcasting(Broadcasting::begin(epoch, counter_start));
        member.update_election_vote(epoch);
        member.history.begin_epoch(Zxid::start_of(epoch));
        out.push(Output::StartServing { epoch });
        out.note(Note::Established { epoch, initial_last });
        out.timer(Timer::HalfTick, member.config.tick / 2);
        for connection in self.connections(|state| state == LearnerState::Synced) {
            self.bring_up_to_date(member, connection, out);
        }
    }

    /// The handler goes on: it tells its learner, and reads what has arrived meanwhile.
    fn bring_up_to_date(&mut self, member: &mut Member, connection: ConnectionId, out: &mut Out) {
        let learner = self.learner(connection);
        learner.state = LearnerState::UpToDate;
        let unread = std::mem::take(&mut learner.unread);
        out.send(connection, Message::UpToDate(UpToDate));
        for message in unread {
            self.read(member, connection, message, out);
        }
    }
}

fn send_committed(connection: ConnectionId, txn: &Arc<Txn>, out: &mut Out) {
    let zxid = txn.zxid;
    out.send(connection, Message::Proposal(Proposal { txn: Arc::clone(txn) }));
    out.send(connection, Message::Commit(Commit { zxid }));
}

fn note_plan(
    member: &Member,
    learner: ServerId,
    learner_last: Zxid,
    plan: &SyncPlan,
    out: &mut Out,
) {
    let (min_committed, max_committed) = member.history.committed_bounds();
    out.note(Note::SyncPlanned {
        learner,
        op: plan.op,
        reason: plan.reason,
        learner_last,
        leader_last: member.history.last_processed(),
        min_committed,
        max_committed,
        txns: plan.txns.len() as u32,
    });
}
