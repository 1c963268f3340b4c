//! A follower's SYNCHRONIZATION: take over the leader's history, make it durable, confirm.
//!
//! What is between NEWLEADER and its ack stands in `confirmation.rs`.
//! Source: `Learner.syncWithLeader` of 3.9.4 and master, fact sheet §3.5.

use std::collections::VecDeque;
use std::sync::Arc;

use super::broadcast::Broadcasting;
use super::confirmation::Confirmation;
use super::{Following, FollowingPhase};
use crate::types::{ConnectionId, Epoch, Txn, Zxid};
use crate::zab::role::Next;
use crate::zab::{
    Ack, ExitReason, GiveUp, IgnoreReason, Member, Message, Note, Out, Output, Switch, Write,
};

/// ACKEPOCH is sent; what the leader queued for us comes.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Synchronizing {
    pub(super) connection: ConnectionId,
    pub(super) epoch: Epoch,
    pub(super) stage: Stage,
    /// Proposals not yet logged (`packetsNotLogged`).
    pub(super) not_logged: VecDeque<Arc<Txn>>,
    /// Commits not yet carried out (`packetsCommitted`).
    pub(super) committed: VecDeque<Zxid>,
    /// After TRUNC: in the tree, not in the log.
    pub(super) applied: Vec<Arc<Txn>>,
    /// The last zxid of the history with all that is queued.
    last_queued: Zxid,
    /// What is left to be done about NEWLEADER before it is acknowledged.
    pub(super) confirmation: VecDeque<Confirmation>,
    /// Handed to the log step before UPTODATE, not yet in the tree.
    pub(super) in_flight: Vec<Arc<Txn>>,
    /// Handed to the log step before UPTODATE, to be acknowledged by themselves.
    pub(super) to_acknowledge: VecDeque<Zxid>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Stage {
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
    /// A snapshot.
    SnapshotTaken { zxid: Zxid },
    /// A snapshot in place of the log.
    Replaced { zxid: Zxid },
    /// Transactions of the synchronisation; those named here are acknowledged by themselves.
    Appended { acknowledges: Vec<Zxid> },
    /// currentEpoch.
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
            confirmation: VecDeque::new(),
            in_flight: Vec::new(),
            to_acknowledge: VecDeque::new(),
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
    fn on_proposal(&mut self, member: &Member, txn: Arc<Txn>) -> Next {
        let first = member.config.zxid_counter_start.saturating_add(1);
        let begins = txn.zxid.epoch > self.last_queued.epoch && txn.zxid.counter == first;
        let follows = Some(txn.zxid) == self.last_queued.next() || begins;
        if !follows && !member.has(Switch::SkipCommittedLogInSync) {
            return Next::GiveUp(GiveUp::ProposalGap);
        }
        self.last_queued = txn.zxid;
        self.not_logged.push_back(txn);
        Next::Stay
    }

    /// After SNAP or TRUNC a commit before NEWLEADER goes straight to the tree.
    fn on_commit(&mut self, member: &mut Member, zxid: Zxid, out: &mut Out) -> Next {
        let head = self.not_logged.front().map(|txn| txn.zxid);
        if !self.has_unsaved_snapshot() {
            let is_confirming = matches!(self.stage, Stage::Confirming { .. });
            let forgets = member.votes() && member.has(Switch::ClearInFlightAtNewLeader);
            if is_confirming && forgets && head.is_none() {
                return Next::GiveUp(GiveUp::CommitWithoutProposal);
            }
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
        Next::Stay
    }

    /// INFORM: a proposal and its commit in one.
    fn on_inform(&mut self, member: &mut Member, txn: Arc<Txn>, out: &mut Out) -> Next {
        let zxid = txn.zxid;
        match self.on_proposal(member, txn) {
            Next::Stay => self.on_commit(member, zxid, out),
            next => next,
        }
    }

    /// The log step has everything up to `zxid` on disk. No transaction is acknowledged before
    /// NEWLEADER is, and those that were committed before not at all.
    pub(super) fn on_logged(&mut self, member: &Member, zxid: Zxid, out: &mut Out) {
        if !member.has(Switch::TxnAckBeforeNewLeaderAck) {
            return;
        }
        while let Some(logged) = self.to_acknowledge.pop_front_if(|logged| *logged <= zxid) {
            out.send(self.connection, Message::Ack(Ack { zxid: logged }));
        }
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
            (Message::Proposal(proposal), _) => sync.on_proposal(member, proposal.txn),
            (Message::Commit(commit), _) => sync.on_commit(member, commit.zxid, out),
            (Message::Inform(inform), _) => sync.on_inform(member, inform.txn, out),
            (Message::NewLeader(_), Stage::Diff | Stage::Truncated | Stage::Replaced) => {
                self.on_new_leader(member, out);
                Next::Stay
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
                member.history.truncate(zxid, member.has(Switch::SnapshotAtLead));
                out.push(Output::Reload);
                out.note(Note::Truncated { zxid });
                return Next::Stay;
            }
            AfterWrite::SnapshotTaken { zxid } => member.history.snapshot_taken(zxid),
            AfterWrite::Replaced { zxid } => {
                member.history.replacement_saved(zxid);
                member.starts_over = false;
            }
            AfterWrite::Appended { acknowledges } => {
                let connection = self.synchronizing().connection;
                for zxid in acknowledges {
                    out.send(connection, Message::Ack(Ack { zxid }));
                }
            }
            AfterWrite::Entered => {
                let epoch = self.synchronizing().epoch;
                member.current_epoch = epoch;
                out.note(Note::EpochEntered { epoch });
            }
        }
        self.confirm(member, out);
        Next::Stay
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
            Message::Diff(diff) => {
                self.synchronizing().stage = Stage::Diff;
                if member.has(Switch::DiffSetsLastProcessed) {
                    member.history.claim(diff.zxid);
                }
            }
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
                let cut = if member.has(Switch::SnapshotAtLead) {
                    Write::TruncateLogOnly(zxid)
                } else {
                    Write::Truncate(zxid)
                };
                let id = member.persist(cut, out);
                self.blocked = Some((id, AfterWrite::Truncated { zxid }));
            }
            _ => out.push(Output::Exit { code: 13, reason: ExitReason::BadSyncPacket }),
        }
        Next::Stay
    }

    /// UPTODATE: serve. What is not committed yet goes the normal way from here on.
    fn on_up_to_date(&mut self, member: &mut Member, out: &mut Out) -> Next {
        let sync = self.synchronizing();
        let (connection, epoch) = (sync.connection, sync.epoch);
        let not_logged = std::mem::take(&mut sync.not_logged);
        let mut committed = std::mem::take(&mut sync.committed);
        let in_flight = std::mem::take(&mut sync.in_flight);
        let to_acknowledge = std::mem::take(&mut sync.to_acknowledge);
        let mut broadcasting = Broadcasting::begin(connection, sync.last_queued);
        out.send(connection, Message::Ack(Ack { zxid: member.epoch_start() }));
        member.update_election_vote(epoch);
        out.push(Output::StartServing { epoch });
        out.note(Note::UpToDate { epoch });
        broadcasting.take_over(member, in_flight, to_acknowledge, out);
        for txn in not_logged {
            if member.votes() {
                broadcasting.log(member, txn, out);
            } else if committed.pop_front_if(|zxid| *zxid == txn.zxid).is_some() {
                broadcasting.inform(member, &txn, out);
            }
        }
        for zxid in committed {
            broadcasting.commit(member, self.leader, zxid, out);
        }
        self.phase = FollowingPhase::Broadcasting(broadcasting);
        Next::Stay
    }

    pub(super) fn synchronizing(&mut self) -> &mut Synchronizing {
        match &mut self.phase {
            FollowingPhase::Synchronizing(synchronizing) => synchronizing,
            _ => unreachable!("called in SYNCHRONIZATION only"),
        }
    }
}
