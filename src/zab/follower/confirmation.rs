//! From NEWLEADER to its ack.
//!
//! The order is what four of ZooKeeper's bugs were about (fact sheet §3.6): first the history is
//! durable, then `currentEpoch`, then the ack is sent. Each step waits for the one before;
//! [`Confirmation::plan`] lists them, and what becomes of the list with a rule switched off.
//! Source: `Learner.syncWithLeader`, fact sheet §3.5.

use std::collections::VecDeque;
use std::sync::Arc;

use super::Following;
use super::synchronization::{AfterWrite, Stage, Synchronizing};
use crate::types::Txn;
use crate::zab::{Ack, Member, Message, Out, Switch, Write, WriteId};

/// One step on the way from NEWLEADER to its ack.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Confirmation {
    /// Write a snapshot in place of the log.
    Replace,
    /// Append what was applied after TRUNC.
    AppendApplied,
    /// Write a snapshot.
    Snapshot,
    /// Log the committed transactions of a DIFF, and apply them.
    History,
    /// Log what is proposed and not committed.
    InFlight,
    /// Write `currentEpoch`.
    Epoch,
}

impl Confirmation {
    /// The steps after an op packet.
    fn plan(op: Stage, member: &Member) -> VecDeque<Confirmation> {
        let mut steps: VecDeque<Confirmation> = match op {
            Stage::Replaced => [Confirmation::Replace, Confirmation::Epoch].into(),
            Stage::Truncated => {
                [Confirmation::AppendApplied, Confirmation::Snapshot, Confirmation::Epoch].into()
            }
            // No quorum rests on an observer's disk: it logs when it starts to serve.
            _ if !member.votes() => [Confirmation::Epoch].into(),
            _ if member.has(Switch::EpochBeforeHistory) => {
                [Confirmation::Epoch, Confirmation::History].into()
            }
            _ => [Confirmation::History, Confirmation::Epoch].into(),
        };
        if member.votes() && member.has(Switch::ClearInFlightAtNewLeader) {
            steps.push_back(Confirmation::InFlight);
        }
        steps
    }
}

impl Following {
    /// NEWLEADER: one step after the other, and then the ack.
    pub(super) fn on_new_leader(&mut self, member: &mut Member, out: &mut Out) {
        let sync = self.synchronizing();
        sync.confirmation = Confirmation::plan(sync.stage, member);
        sync.stage = Stage::Confirming { acknowledged: false };
        self.confirm(member, out);
    }

    /// Takes the steps up to the next one that has to wait for the disk.
    pub(super) fn confirm(&mut self, member: &mut Member, out: &mut Out) {
        while let Some(step) = self.synchronizing().confirmation.pop_front() {
            self.blocked = self.synchronizing().take_step(step, member, out);
            if self.blocked.is_some() {
                return;
            }
        }
        let sync = self.synchronizing();
        sync.stage = Stage::Confirming { acknowledged: true };
        let connection = sync.connection;
        out.send(connection, Message::Ack(Ack { zxid: member.epoch_start() }));
        self.wait_for_leader(member, out);
    }
}

impl Synchronizing {
    /// Takes a step, and answers with the write that it has to wait for.
    fn take_step(
        &mut self,
        step: Confirmation,
        member: &mut Member,
        out: &mut Out,
    ) -> Option<(WriteId, AfterWrite)> {
        let zxid = member.history.last_processed();
        match step {
            Confirmation::Replace => {
                Some((member.persist(Write::Replace(zxid), out), AfterWrite::Replaced { zxid }))
            }
            Confirmation::Snapshot => {
                let id = member.persist(Write::Snapshot(zxid), out);
                Some((id, AfterWrite::SnapshotTaken { zxid }))
            }
            Confirmation::AppendApplied => {
                let applied = std::mem::take(&mut self.applied);
                self.append(member, applied, false, out)
            }
            Confirmation::History => self.log_history(member, out),
            Confirmation::InFlight => {
                let txns: Vec<Arc<Txn>> = self.not_logged.drain(..).collect();
                self.to_acknowledge.extend(txns.iter().map(|txn| txn.zxid));
                txns.iter().for_each(|txn| member.log(txn, out));
                self.in_flight.extend(txns);
                None
            }
            Confirmation::Epoch => {
                let id = member.persist(Write::CurrentEpoch(self.epoch), out);
                Some((id, AfterWrite::Entered))
            }
        }
    }

    /// The committed transactions of a DIFF: to the log, and to the tree.
    fn log_history(&mut self, member: &mut Member, out: &mut Out) -> Option<(WriteId, AfterWrite)> {
        let txns = self.take_committed();
        if member.has(Switch::AsyncApplyInSync) {
            // They are committed once more, by the commit step, after UPTODATE.
            let zxids = txns.iter().map(|txn| txn.zxid);
            self.committed = zxids.chain(self.committed.drain(..)).collect();
            self.in_flight.extend(txns.iter().cloned());
        } else {
            txns.iter().for_each(|txn| member.apply(Arc::clone(txn), out));
        }
        let acknowledges = member.has(Switch::TxnAckBeforeNewLeaderAck);
        if member.has(Switch::AckBeforeFsync) {
            if acknowledges {
                self.to_acknowledge.extend(txns.iter().map(|txn| txn.zxid));
            }
            txns.iter().for_each(|txn| member.log(txn, out));
            return None;
        }
        self.append(member, txns, acknowledges, out)
    }

    /// Appends transactions, and waits until they are on disk.
    fn append(
        &self,
        member: &mut Member,
        txns: Vec<Arc<Txn>>,
        acknowledges: bool,
        out: &mut Out,
    ) -> Option<(WriteId, AfterWrite)> {
        if txns.is_empty() {
            return None;
        }
        txns.iter().for_each(|txn| _ = member.history.append(txn));
        let zxids = txns.iter().map(|txn| txn.zxid);
        let acknowledges = zxids.filter(|_| acknowledges).collect();
        let id = member.persist(Write::Append(txns.into()), out);
        Some((id, AfterWrite::Appended { acknowledges }))
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
