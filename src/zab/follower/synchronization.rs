//! A follower's SYNCHRONIZATION: take over the leader's history, make it durable, confirm.
//!
//! The order on NEWLEADER is what four of ZooKeeper's bugs were about (fact sheet §3.6): first the
//! history is durable, then `currentEpoch`, then the ack is sent. Each step waits for the one
//! before. Source: `Learner.syncWithLeader` of 3.9.4 and master, fact sheet §3.5.

use std::collections::VecDeque;
use std::sync::Arc;

use super::broadcast::Broadcasting;
use super::{Following, FollowingPhase};
use crate::types::{ConnectionId, Epoch, Txn, Zxid};
use crate::zab::role::Next;
use crate::zab::{
    Ack, ExitReason, GiveUp, IgnoreReason, Member, Message, Note, Out, Output, Write,
};

/// ACKEPOCH is sent; what the leader queued for us comes.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Synchronizing {
    pub(super) connection: ConnectionId,
    epoch: Epoch,
    stage: Stage,
    /// Proposals not yet logged (`packetsNotLogged`).
    not_logged: VecDeque<Arc<Txn>>,
    /// Commits not yet carried out (`packetsCommitted`).
    committed: VecDeque<Zxid>,
    /// After TRUNC: in the tree, not in the log.
    applied: Vec<Arc<Txn>>,
    /// The last zxid of the history with all that is queued.
    last_queued: Zxid,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Stage {
    /// Before the op packet.
    AwaitingOp,
    /// After DIFF: everything goes through the log.
    Diff,
    /// After TRUNC: commits go to the tree at once, and a snapshot makes them durable. They go to
    /// the log as well, at NEWLEADER. Deviation: ZooKeeper leaves a hole there, which shows when
    /// the log is cut once more, or is read for a DIFF.
    Truncated,
    /// After SNAP: commits go to the tree at once, and a snapshot in place of the log makes all of
    /// it durable.
    Replaced,
    /// NEWLEADER is being made durable, or is confirmed.
    Confirming { acknowledged: bool },
}

/// What a follower does when the write that it waits for is on disk.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum AfterWrite {
    /// acceptedEpoch: send ACKEPOCH.
    Promised { epoch: Epoch },
    /// The log is cut: load what is left.
    Truncated { zxid: Zxid },
    /// What was applied after TRUNC: take the snapshot.
    CaughtUp,
    /// The snapshot that NEWLEADER asks for: write currentEpoch.
    SnapshotTaken { zxid: Zxid },
    /// The snapshot in place of the log: write currentEpoch.
    Replaced { zxid: Zxid },
    /// The committed transactions of a DIFF: write currentEpoch.
    Appended,
    /// currentEpoch: acknowledge NEWLEADER.
    Entered,
}

impl Synchronizing {
    pub(super) fn begin(connection: ConnectionId, epoch: Epoch, last: Zxid) -> Synchronizing {
        Synchronizing {
            connection,
            epoch,
            stage: Stage::AwaitingOp,
            not_logged: VecDeque::new(),
            committed: VecDeque::new(),
            applied: Vec::new(),
            last_queued: last,
        }
    }

    /// Whether NEWLEADER has been acknowledged.
    pub(super) fn is_acknowledged(&self) -> bool {
        self.stage == Stage::Confirming { acknowledged: true }
    }

    /// Whether the tree was replaced or reloaded and no snapshot of it is on disk.
    pub(super) fn has_unsaved_snapshot(&self) -> bool {
        matches!(self.stage, Stage::Truncated | Stage::Replaced)
    }

    /// A proposal must follow the last one, or begin a later epoch (the guard of ZOOKEEPER-4925).
    fn on_proposal(&mut self, txn: Arc<Txn>) -> Next {
        let follows = Some(txn.zxid) == self.last_queued.next()
            || txn.zxid.epoch > self.last_queued.epoch && txn.zxid.counter == 1;
        if !follows {
            return Next::GiveUp(GiveUp::ProposalGap);
        }
        self.last_queued = txn.zxid;
        self.not_logged.push_back(txn);
        Next::Stay
    }

    /// After SNAP or TRUNC a commit before NEWLEADER goes straight to the tree.
    fn on_commit(&mut self, member: &mut Member, zxid: Zxid, out: &mut Out) {
        let head = self.not_logged.front().map(|txn| txn.zxid);
        if !self.has_unsaved_snapshot() {
            self.committed.push_back(zxid);
        } else if head == Some(zxid) {
            let txn = self.not_logged.pop_front().expect("the head was just looked at");
            if zxid > member.history.last_processed() {
                if self.stage == Stage::Truncated {
                    self.applied.push(Arc::clone(&txn));
                }
                member.apply(txn, out);
            }
        }
    }

    /// The proposals at the head of the queue that are committed.
    fn take_committed(&mut self) -> Vec<Arc<Txn>> {
        let mut txns = Vec::new();
        while let (Some(&zxid), Some(txn)) = (self.committed.front(), self.not_logged.front()) {
            if txn.zxid != zxid {
                break;
            }
            self.committed.pop_front();
            txns.extend(self.not_logged.pop_front());
        }
        txns
    }
}

impl Following {
    pub(super) fn on_sync_message(
        &mut self,
        member: &mut Member,
        message: Message,
        out: &mut Out,
    ) -> Next {
        let kind = message.kind();
        let sync = self.synchronizing();
        match (message, sync.stage) {
            (Message::Ping(_), _) => self.ignore(kind, IgnoreReason::PingInSync, out),
            (message, Stage::AwaitingOp) => self.on_op_packet(member, &message, out),
            (Message::Proposal(proposal), _) => sync.on_proposal(proposal.txn),
            (Message::Commit(commit), _) => {
                sync.on_commit(member, commit.zxid, out);
                Next::Stay
            }
            (Message::NewLeader(_), Stage::Diff | Stage::Truncated | Stage::Replaced) => {
                self.on_new_leader(member, out)
            }
            (Message::UpToDate(_), Stage::Confirming { acknowledged: true }) => {
                self.on_up_to_date(member, out)
            }
            _ => self.ignore(kind, IgnoreReason::WrongPhase, out),
        }
    }

    pub(super) fn on_sync_persisted(
        &mut self,
        member: &mut Member,
        then: AfterWrite,
        out: &mut Out,
    ) -> Next {
        match then {
            AfterWrite::Promised { .. } => unreachable!("discovery handles its own write"),
            AfterWrite::Truncated { zxid } => {
                member.history.truncate(zxid);
                out.push(Output::Reload);
                out.note(Note::Truncated { zxid });
                Next::Stay
            }
            AfterWrite::SnapshotTaken { zxid } => {
                member.history.snapshot_taken(zxid);
                self.enter_epoch(member, out)
            }
            AfterWrite::Replaced { zxid } => {
                member.history.replacement_saved(zxid);
                member.starts_over = false;
                self.enter_epoch(member, out)
            }
            AfterWrite::CaughtUp => self.take_snapshot(member, out),
            AfterWrite::Appended => self.enter_epoch(member, out),
            AfterWrite::Entered => {
                let sync = self.synchronizing();
                sync.stage = Stage::Confirming { acknowledged: true };
                let (connection, epoch) = (sync.connection, sync.epoch);
                member.current_epoch = epoch;
                out.note(Note::EpochEntered { epoch });
                out.send(connection, Message::Ack(Ack { zxid: member.epoch_start() }));
                self.wait_for_leader(member, out);
                Next::Stay
            }
        }
    }

    /// DIFF, TRUNC or SNAP; anything else ends the process, as ZooKeeper's does.
    fn on_op_packet(&mut self, member: &mut Member, message: &Message, out: &mut Out) -> Next {
        match message {
            Message::Diff(diff) if member.starts_over => {
                // Only from a leader that has nothing itself.
                self.synchronizing().stage = Stage::Replaced;
                member.history.replaced(diff.zxid);
                out.push(Output::Clear);
            }
            Message::Diff(_) => self.synchronizing().stage = Stage::Diff,
            Message::Snap(snap) => {
                let sync = self.synchronizing();
                sync.stage = Stage::Replaced;
                sync.last_queued = snap.zxid;
                member.history.replaced(snap.zxid);
                out.push(Output::LoadSnapshot);
            }
            Message::Trunc(trunc) if !member.history.reaches_back_to(trunc.zxid) => {
                // Deviation: ZooKeeper ends the process here, and an operator has to wipe its disk.
                member.starts_over = true;
                return Next::GiveUp(GiveUp::CannotTruncate);
            }
            Message::Trunc(trunc) => {
                let zxid = trunc.zxid;
                let sync = self.synchronizing();
                sync.stage = Stage::Truncated;
                sync.last_queued = zxid;
                let id = member.persist(Write::Truncate(zxid), out);
                self.blocked = Some((id, AfterWrite::Truncated { zxid }));
            }
            _ => out.push(Output::Exit { code: 13, reason: ExitReason::BadSyncPacket }),
        }
        Next::Stay
    }

    /// NEWLEADER, first step: make the history durable.
    fn on_new_leader(&mut self, member: &mut Member, out: &mut Out) -> Next {
        let sync = self.synchronizing();
        match std::mem::replace(&mut sync.stage, Stage::Confirming { acknowledged: false }) {
            Stage::Replaced => {
                let zxid = member.history.last_processed();
                let id = member.persist(Write::Replace(zxid), out);
                self.blocked = Some((id, AfterWrite::Replaced { zxid }));
                return Next::Stay;
            }
            Stage::Truncated => return self.save_truncated(member, out),
            Stage::AwaitingOp | Stage::Diff | Stage::Confirming { .. } => (),
        }
        let txns = sync.take_committed();
        if txns.is_empty() {
            return self.enter_epoch(member, out);
        }
        for txn in &txns {
            member.history.append(txn);
            member.apply(Arc::clone(txn), out);
        }
        let id = member.persist(Write::Append(txns.into()), out);
        self.blocked = Some((id, AfterWrite::Appended));
        Next::Stay
    }

    /// After TRUNC: what was applied since goes to the log, then a snapshot is taken.
    fn save_truncated(&mut self, member: &mut Member, out: &mut Out) -> Next {
        let applied = std::mem::take(&mut self.synchronizing().applied);
        if applied.is_empty() {
            return self.take_snapshot(member, out);
        }
        applied.iter().for_each(|txn| member.history.append(txn));
        let id = member.persist(Write::Append(applied.into()), out);
        self.blocked = Some((id, AfterWrite::CaughtUp));
        Next::Stay
    }

    fn take_snapshot(&mut self, member: &mut Member, out: &mut Out) -> Next {
        let zxid = member.history.last_processed();
        let id = member.persist(Write::Snapshot(zxid), out);
        self.blocked = Some((id, AfterWrite::SnapshotTaken { zxid }));
        Next::Stay
    }

    /// NEWLEADER, second step: the history is durable, now the epoch.
    fn enter_epoch(&mut self, member: &mut Member, out: &mut Out) -> Next {
        let epoch = self.synchronizing().epoch;
        let id = member.persist(Write::CurrentEpoch(epoch), out);
        self.blocked = Some((id, AfterWrite::Entered));
        Next::Stay
    }

    /// UPTODATE: serve. What is not committed yet goes the normal way from here on.
    fn on_up_to_date(&mut self, member: &mut Member, out: &mut Out) -> Next {
        let sync = self.synchronizing();
        let (connection, epoch) = (sync.connection, sync.epoch);
        let not_logged = std::mem::take(&mut sync.not_logged);
        let committed = std::mem::take(&mut sync.committed);
        let mut broadcasting = Broadcasting::begin(connection, sync.last_queued);
        out.send(connection, Message::Ack(Ack { zxid: member.epoch_start() }));
        member.update_election_vote(epoch);
        out.push(Output::StartServing { epoch });
        out.note(Note::UpToDate { epoch });
        for txn in not_logged {
            broadcasting.log(member, txn, out);
        }
        for zxid in committed {
            broadcasting.commit(member, self.leader, zxid, out);
        }
        self.phase = FollowingPhase::Broadcasting(broadcasting);
        Next::Stay
    }

    fn synchronizing(&mut self) -> &mut Synchronizing {
        match &mut self.phase {
            FollowingPhase::Synchronizing(synchronizing) => synchronizing,
            _ => unreachable!("called in SYNCHRONIZATION only"),
        }
    }
}
