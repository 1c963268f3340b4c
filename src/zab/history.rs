//! The log of proposals and what of it is in memory.

use std::collections::VecDeque;
use std::sync::Arc;

use imbl::Vector;

use super::Durable;
use crate::types::{Txn, Zxid};

/// One server's history: what it has appended to its log, what it has applied to its tree, and the
/// recent committed transactions that it can pass on.
///
/// Invariants, tested by [`History::validate`]:
/// 1. the zxids of the log, of the committed log and of what waits to be applied rise;
/// 2. what waits to be applied lies beyond `last_processed`;
/// 3. nothing is flushed that was not appended.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct History {
    /// Every record appended, on disk or on its way there.
    log: Vector<Arc<Txn>>,
    /// Up to where each snapshot on disk reaches, oldest first.
    snapshots: Vector<Zxid>,
    /// Where there is no snapshot: how far the tree reaches then, -1 if data may be missing.
    origin: Zxid,
    /// The last transaction handed to the log step.
    queued: Zxid,
    /// The last transaction of the log step that is on disk.
    flushed: Zxid,
    /// The last transaction in the tree. Source: `DataTree.lastProcessedZxid`.
    last_processed: Zxid,
    /// Committed and handed to the commit step, not yet in the tree. Source: `Leader.toBeApplied`.
    to_be_applied: VecDeque<Arc<Txn>>,
    /// The most recent transactions in the tree. What was replayed at load counts too, whether any
    /// quorum ever acknowledged it or not. Source: `ZKDatabase.committedLog`.
    committed_log: Vector<Arc<Txn>>,
    /// How many of them are kept (`commitLogCount`).
    commit_log_count: u32,
}

impl History {
    /// The history that a process starts with: newest snapshot, and every record behind it.
    pub fn load(durable: &Durable, commit_log_count: u32) -> History {
        let mut history = History {
            log: durable.log.clone(),
            snapshots: durable.snapshots.clone(),
            origin: if durable.data_missing { Zxid::MISSING } else { Zxid::ZERO },
            queued: Zxid::ZERO,
            flushed: Zxid::ZERO,
            last_processed: Zxid::ZERO,
            to_be_applied: VecDeque::new(),
            committed_log: Vector::new(),
            commit_log_count,
        };
        history.reload();
        history
    }

    /// What a load from disk leaves in memory. Everything appended must be on disk.
    pub fn reload(&mut self) {
        self.to_be_applied.clear();
        self.committed_log.clear();
        self.last_processed = self.snapshot();
        for txn in self.beyond(self.snapshot()) {
            self.processed(txn);
        }
    }

    /// Appends a record.
    ///
    /// # Panics
    /// If the record does not come after the last one.
    pub fn append(&mut self, txn: &Arc<Txn>) {
        let last = self.log.last().map(|txn| txn.zxid);
        assert!(last < Some(txn.zxid), "record {} appended behind {last:?}", txn.zxid);
        self.log.push_back(Arc::clone(txn));
    }

    /// Appends a record that goes through the log step.
    pub fn queue(&mut self, txn: &Arc<Txn>) {
        self.append(txn);
        self.queued = txn.zxid;
    }

    /// Takes note that the log step has everything up to `zxid` on disk.
    pub fn flush(&mut self, zxid: Zxid) {
        assert!(zxid <= self.queued, "flushed {zxid} of {}", self.queued);
        self.flushed = zxid;
    }

    /// Whether everything handed to the log step is on disk.
    pub fn is_drained(&self) -> bool {
        self.flushed == self.queued
    }

    /// Cuts the log behind `zxid` and loads what is left, from the newest snapshot that does not
    /// reach beyond the cut.
    pub fn truncate(&mut self, zxid: Zxid) {
        self.log.truncate(self.position_after(zxid));
        self.snapshots.retain(|&snapshot| snapshot <= zxid);
        self.reload();
        self.last_processed = zxid;
    }

    /// The tree was replaced by a leader's snapshot that reaches up to `zxid`.
    pub fn replaced(&mut self, zxid: Zxid) {
        self.to_be_applied.clear();
        self.committed_log.clear();
        self.last_processed = zxid;
    }

    /// A leader's snapshot up to `zxid` is on disk in place of the log.
    pub fn replacement_saved(&mut self, zxid: Zxid) {
        self.log.clear();
        self.snapshots = Vector::unit(zxid);
    }

    /// Whether the log and the snapshots are enough to go back to `zxid`: after a SNAP they begin
    /// with it.
    pub fn reaches_back_to(&self, zxid: Zxid) -> bool {
        self.snapshots.front().is_none_or(|&oldest| oldest <= zxid)
    }

    /// A snapshot up to `zxid` is on disk.
    pub fn snapshot_taken(&mut self, zxid: Zxid) {
        self.snapshots.push_back(zxid);
    }

    /// Hands a transaction to the commit step.
    pub fn commit(&mut self, txn: Arc<Txn>) {
        let last = self.to_be_applied.back().map_or(self.last_processed, |txn| txn.zxid);
        assert!(last < txn.zxid, "commit of {} behind {last}", txn.zxid);
        self.to_be_applied.push_back(txn);
    }

    /// The commit step applied the oldest transaction it held.
    ///
    /// # Panics
    /// If that is not `zxid`: the commit step applies in order.
    pub fn applied(&mut self, zxid: Zxid) {
        let txn = self.to_be_applied.pop_front();
        let txn = txn.filter(|txn| txn.zxid == zxid);
        let txn = txn.expect("the commit step applies what it was given, in order");
        self.processed(txn);
    }

    /// The transaction is in the tree now.
    pub fn processed(&mut self, txn: Arc<Txn>) {
        assert!(self.last_processed < txn.zxid, "{} applied twice", txn.zxid);
        self.last_processed = txn.zxid;
        self.committed_log.push_back(txn);
        if self.committed_log.len() > self.commit_log_count as usize {
            self.committed_log.pop_front();
        }
    }

    /// Forgets what was handed to the commit step.
    pub fn forget_commits(&mut self) {
        self.to_be_applied.clear();
    }

    /// A leader's service starts: its count begins at `(e,0)`. Source: `Leader.startZkServer`.
    pub fn begin_epoch(&mut self, zxid: Zxid) {
        assert!(self.last_processed < zxid, "{zxid} begins behind {}", self.last_processed);
        self.last_processed = zxid;
    }

    /// The records beyond `zxid`, oldest first.
    pub fn beyond(&self, zxid: Zxid) -> Vec<Arc<Txn>> {
        self.log.iter().skip(self.position_after(zxid)).cloned().collect()
    }

    /// The records appended, oldest first.
    pub fn log(&self) -> &Vector<Arc<Txn>> {
        &self.log
    }

    /// The recent transactions in the tree.
    pub fn committed_log(&self) -> &Vector<Arc<Txn>> {
        &self.committed_log
    }

    /// Committed, and not yet in the tree.
    pub fn to_be_applied(&self) -> &VecDeque<Arc<Txn>> {
        &self.to_be_applied
    }

    /// The last transaction in the tree.
    pub fn last_processed(&self) -> Zxid {
        self.last_processed
    }

    /// The last record appended, or where a snapshot reaches further, that.
    pub fn last_logged(&self) -> Zxid {
        self.log.last().map_or(self.origin, |txn| txn.zxid).max(self.snapshot())
    }

    /// Up to where the newest snapshot on disk reaches.
    pub fn snapshot(&self) -> Zxid {
        self.snapshots.last().copied().unwrap_or(self.origin)
    }

    /// The oldest and newest of the committed log; both the last processed zxid where it is empty.
    pub fn committed_bounds(&self) -> (Zxid, Zxid) {
        let bound = |txn: Option<&Arc<Txn>>| txn.map_or(self.last_processed, |txn| txn.zxid);
        (bound(self.committed_log.front()), bound(self.committed_log.back()))
    }

    /// Tests the numbered invariants.
    ///
    /// # Panics
    /// If one is broken.
    pub fn validate(&self) {
        assert!(rises(self.log.iter()), "1: log");
        assert!(rises(self.committed_log.iter()), "1: committed log");
        assert!(rises(self.to_be_applied.iter()), "1: to be applied");
        let next = self.to_be_applied.front().map(|txn| txn.zxid);
        assert!(next.is_none_or(|next| next > self.last_processed), "2: {next:?}");
        assert!(self.flushed <= self.queued, "3: {} of {}", self.flushed, self.queued);
    }

    fn position_after(&self, zxid: Zxid) -> usize {
        match self.log.binary_search_by(|txn| txn.zxid.cmp(&zxid)) {
            Ok(position) => position + 1,
            Err(position) => position,
        }
    }
}

fn rises<'a>(mut txns: impl Iterator<Item = &'a Arc<Txn>>) -> bool {
    let mut last = None;
    txns.all(|txn| last.replace(txn.zxid) < Some(txn.zxid))
}
