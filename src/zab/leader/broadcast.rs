//! A leader's BROADCAST: propose, count acks, commit in order, keep in touch.
//!
//! Source: `Leader.propose`, `Leader.processAck`, `Leader.tryToCommit`, the loop at the end of
//! `Leader.lead`, fact sheet §§4.2, 4.8.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use super::{Leading, LeadingPhase, LearnerState};
use crate::types::{ConnectionId, Epoch, ServerId, Txn, Zxid};
use crate::zab::role::Next;
use crate::zab::{
    Commit, DropReason, GiveUp, IgnoreReason, Inform, Member, Message, MessageKind, Note, Out,
    Ping, Proposal, Switch, Timer,
};

/// An established leader's proposals.
///
/// Invariants, tested by [`Broadcasting::validate`]:
/// 1. the outstanding proposals are those from `last_committed` to `last_proposed`, without a gap.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(in crate::zab) struct Broadcasting {
    last_proposed: Zxid,
    last_committed: Zxid,
    outstanding: VecDeque<Outstanding>,
}

/// A proposal that is not committed yet, and who has it on disk.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(in crate::zab) struct Outstanding {
    pub(in crate::zab) txn: Arc<Txn>,
    pub(in crate::zab) acked: BTreeSet<ServerId>,
}

impl Broadcasting {
    /// Source: `Leader.startZkServer`, with lastProposed and lastCommitted at `(e,0)`.
    pub(super) fn begin(epoch: Epoch, counter_start: u32) -> Broadcasting {
        let start = Zxid { epoch, counter: counter_start };
        Broadcasting { last_proposed: start, last_committed: start, outstanding: VecDeque::new() }
    }

    pub(super) fn epoch(&self) -> Epoch {
        self.last_proposed.epoch
    }

    pub(super) fn outstanding(&self) -> impl Iterator<Item = &Arc<Txn>> {
        self.outstanding.iter().map(|outstanding| &outstanding.txn)
    }

    pub(in crate::zab) fn proposals(&self) -> &VecDeque<Outstanding> {
        &self.outstanding
    }

    pub(in crate::zab) fn last_proposed(&self) -> Zxid {
        self.last_proposed
    }

    pub(in crate::zab) fn validate(&self) {
        let mut last = self.last_committed;
        for outstanding in &self.outstanding {
            assert_eq!(Some(outstanding.txn.zxid), last.next(), "1: a gap behind {last}");
            last = outstanding.txn.zxid;
        }
        assert_eq!(last, self.last_proposed, "1: the last outstanding proposal");
    }

    /// A learner comes back with its log up to `zxid`: what it had acknowledged beyond is cut off
    /// there, and it will acknowledge it again. Deviation: ZooKeeper keeps such acks, so that a
    /// transaction can be committed that is not on a quorum of disks.
    pub(super) fn forget_acks(&mut self, server: ServerId, zxid: Zxid) {
        for outstanding in self.outstanding.iter_mut().filter(|sent| sent.txn.zxid > zxid) {
            outstanding.acked.remove(&server);
        }
    }

    /// The place of a zxid among the outstanding ones, which have no gaps.
    fn position(&self, zxid: Zxid) -> Option<usize> {
        let first = self.outstanding.front()?.txn.zxid;
        if zxid.epoch != first.epoch {
            return None;
        }
        let position = zxid.counter.checked_sub(first.counter)? as usize;
        if self.outstanding.get(position).is_some_and(|sent| sent.txn.zxid == zxid) {
            return Some(position);
        }
        // Gaps come only from commits out of order.
        self.outstanding.iter().position(|sent| sent.txn.zxid == zxid)
    }
}

impl Leading {
    /// Proposes a transaction that the host prepared.
    ///
    /// # Panics
    /// If the leader is not established, or the zxid is not the next one.
    pub(in crate::zab) fn propose(&mut self, member: &mut Member, txn: Arc<Txn>, out: &mut Out) {
        let half_ticks = self.half_ticks;
        let LeadingPhase::Broadcasting(broadcasting) = &mut self.phase else {
            unreachable!("the host prepares transactions between StartServing and StopServing only")
        };
        let zxid = txn.zxid;
        assert_eq!(Some(zxid), broadcasting.last_proposed.next(), "zxids are given in order");
        broadcasting.last_proposed = zxid;
        let outstanding = Outstanding { txn: Arc::clone(&txn), acked: BTreeSet::new() };
        broadcasting.outstanding.push_back(outstanding);
        out.note(Note::Proposed { zxid });
        for (connection, votes) in self.forwarding() {
            if !votes {
                continue;
            }
            self.learner(connection).acks.sent(zxid, half_ticks);
            out.send(connection, Message::Proposal(Proposal { txn: Arc::clone(&txn) }));
        }
        // The leader's own log write runs beside the proposals; its vote counts when it is on disk.
        member.log(&txn, out);
    }

    /// The leader's own log step has everything up to `zxid` on disk.
    pub(in crate::zab) fn on_logged(&mut self, member: &mut Member, zxid: Zxid, out: &mut Out) {
        let LeadingPhase::Broadcasting(broadcasting) = &self.phase else { return };
        let own = member.id;
        let unacknowledged = |outstanding: &&Outstanding| {
            outstanding.txn.zxid <= zxid && !outstanding.acked.contains(&own)
        };
        let mut logged: Vec<Zxid> = broadcasting
            .outstanding
            .iter()
            .filter(unacknowledged)
            .map(|outstanding| outstanding.txn.zxid)
            .collect();
        if member.has(Switch::CommitOutOfOrder) {
            logged.reverse();
        }
        for zxid in logged {
            self.count_ack(member, own, zxid, out);
        }
    }

    pub(super) fn on_ack(
        &mut self,
        member: &mut Member,
        connection: ConnectionId,
        zxid: Zxid,
        out: &mut Out,
    ) {
        if zxid.counter == 0 {
            // The second ack of NEWLEADER, in answer to UPTODATE.
            return self.ignore(
                connection,
                MessageKind::Ack,
                IgnoreReason::NothingOutstanding,
                out,
            );
        }
        let learner = self.learner(connection);
        learner.acked = learner.acked.max(zxid);
        learner.acks.acknowledged(zxid);
        let server = learner.server;
        if !self.count_ack(member, server, zxid, out) {
            self.ignore(connection, MessageKind::Ack, IgnoreReason::NothingOutstanding, out);
        }
    }

    /// Every half tick a ping to all; every tick a look at who is still in touch.
    pub(in crate::zab) fn on_half_tick(&mut self, member: &Member, out: &mut Out) -> Next {
        self.half_ticks += 1;
        out.timer(Timer::HalfTick, member.config.tick / 2);
        let tick = self.tick();
        let in_touch = self.learners.values().filter(|learner| {
            learner.state > LearnerState::Connected && tick <= learner.deadline_tick
        });
        let mut synced: BTreeSet<ServerId> = in_touch.map(|learner| learner.server).collect();
        synced.insert(member.id);
        if self.half_ticks.is_multiple_of(2) && !member.config.is_quorum(&synced) {
            return Next::GiveUp(GiveUp::QuorumLost);
        }
        self.ping_all(member, out);
        Next::Stay
    }

    fn ping_all(&mut self, member: &Member, out: &mut Out) {
        let LeadingPhase::Broadcasting(broadcasting) = &self.phase else {
            unreachable!("half ticks are counted from the service's start on")
        };
        let zxid = broadcasting.last_proposed;
        let overdue = 2 * u64::from(member.config.sync_limit);
        for (connection, _) in self.forwarding() {
            let half_ticks = self.half_ticks;
            if self.learner(connection).acks.is_overdue(half_ticks, overdue) {
                self.drop_learner(connection, DropReason::AckOverdue, out);
            } else {
                out.send(connection, Message::Ping(Ping { zxid }));
            }
        }
    }

    /// Counts an ack and commits if that makes a quorum. False where it is not outstanding.
    fn count_ack(&mut self, member: &mut Member, by: ServerId, zxid: Zxid, out: &mut Out) -> bool {
        let LeadingPhase::Broadcasting(broadcasting) = &mut self.phase else { return false };
        let Some(position) = broadcasting.position(zxid) else { return false };
        let outstanding = &mut broadcasting.outstanding[position];
        if member.config.quorum.is_voter(by) {
            outstanding.acked.insert(by);
        }
        let count = outstanding.acked.len() as u32;
        out.note(Note::Acked { zxid, by, count });
        let has_quorum = member.config.is_quorum(&outstanding.acked);
        // In order: not before the one before it. It is not looked at again until its next ack.
        if has_quorum && (position == 0 || member.has(Switch::CommitOutOfOrder)) {
            self.commit(member, position, out);
        }
        true
    }

    /// Commits the outstanding proposal at this place, which is the oldest.
    fn commit(&mut self, member: &mut Member, position: usize, out: &mut Out) {
        let LeadingPhase::Broadcasting(broadcasting) = &mut self.phase else { return };
        let committed = broadcasting.outstanding.remove(position);
        let txn = committed.expect("a commit takes an outstanding proposal").txn;
        let zxid = txn.zxid;
        broadcasting.last_committed = broadcasting.last_committed.max(zxid);
        out.note(Note::Committed { zxid });
        for (connection, votes) in self.forwarding() {
            out.send(
                connection,
                if votes {
                    Message::Commit(Commit { zxid })
                } else {
                    Message::Inform(Inform { txn: Arc::clone(&txn) })
                },
            );
        }
        member.commit(txn, out);
    }
}
