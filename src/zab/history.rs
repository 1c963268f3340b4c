//! The log of proposals and what of it is in memory.

use std::collections::VecDeque;
use std::sync::Arc;

use imbl::Vector;

use super::durable::insert_snapshot;
use super::{Durable, ProtocolConfig};
use crate::types::{Txn, Zxid};

/// One server's history: what it has appended to its log, what it has applied to its tree, and the
/// recent committed transactions that it can pass on.
///
/// Invariants, tested by [`History::validate`]:
/// 1. the zxids of the log, of the committed log and of what waits to be applied rise;
/// 2. what waits to be applied lies beyond `last_processed`;
/// 3. nothing is flushed that was not appended.
///
/// They hold under the rules of the protocol. With a rule switched off a record may come twice or
/// out of its turn: then it is taken as the files and the tree take it, which keep the first one.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct History {
    /// Every record appended, on disk or on its way there.
    log: Vector<Arc<Txn>>,
    /// Up to where each snapshot on disk reaches, oldest first.
    snapshots: Vector<Zxid>,
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
    /// Whether the invariants are sure to hold: no rule is switched off.
    is_strict: bool,
}

impl History {
    /// The history that a process starts with: newest snapshot, and every record behind it.
    pub fn load(durable: &Durable, config: &ProtocolConfig) -> History {
        let mut history = History {
            log: durable.log.clone(),
            snapshots: durable.snapshots.clone(),
            queued: Zxid::ZERO,
            flushed: Zxid::ZERO,
            last_processed: Zxid::ZERO,
            to_be_applied: VecDeque::new(),
            committed_log: Vector::new(),
            commit_log_count: config.commit_log_count,
            is_strict: config.rules.is_default(),
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
            self.processed(txn, true);
        }
    }

    /// Appends a record. Answers whether it comes after the last one, as it must.
    ///
    /// # Panics
    /// If it does not, and no rule is switched off.
    pub fn append(&mut self, txn: &Arc<Txn>) -> bool {
        let last = self.log.last().map(|txn| txn.zxid);
        let follows = last < Some(txn.zxid);
        assert!(follows || !self.is_strict, "record {} appended behind {last:?}", txn.zxid);
        if follows {
            self.log.push_back(Arc::clone(txn));
        }
        follows
    }

    /// Appends a record that goes through the log step; see [`History::append`].
    pub fn queue(&mut self, txn: &Arc<Txn>) -> bool {
        let follows = self.append(txn);
        if follows {
            self.queued = txn.zxid;
        }
        follows
    }

    /// Takes note that the log step has everything up to `zxid` on disk.
    pub fn flush(&mut self, zxid: Zxid) {
        assert!(zxid <= self.queued || !self.is_strict, "flushed {zxid} of {}", self.queued);
        self.flushed = self.flushed.max(zxid);
    }

    /// Whether this record went through the log step and is on disk.
    pub fn is_flushed(&self, zxid: Zxid) -> bool {
        zxid <= self.flushed
    }

    /// Whether everything handed to the log step is on disk.
    pub fn is_drained(&self) -> bool {
        self.flushed >= self.queued
    }

    /// Whether every record that is in the tree is on disk.
    pub fn is_tree_on_disk(&self) -> bool {
        self.last_processed <= self.flushed || self.queued <= self.flushed
    }

    /// Whether there is neither snapshot nor log: the data are missing, since even a new server
    /// begins with an empty snapshot. Source: a zxid of -1, fact sheet §1.3.
    pub fn is_missing(&self) -> bool {
        self.log.is_empty() && self.snapshots.is_empty() && self.last_processed == Zxid::ZERO
    }

    /// DIFF names a zxid, and it counts before the transactions up to there have come
    /// (ZOOKEEPER-2355).
    pub fn claim(&mut self, zxid: Zxid) {
        self.last_processed = self.last_processed.max(zxid);
    }

    /// Cuts the log behind `zxid`, and with it the snapshots that reach beyond the cut, unless they
    /// are kept; then loads what is left.
    pub fn truncate(&mut self, zxid: Zxid, keeps_snapshots: bool) {
        self.log.truncate(self.position_after(zxid));
        self.queued = self.queued.min(zxid);
        self.flushed = self.flushed.min(zxid);
        if !keeps_snapshots {
            self.snapshots.retain(|&snapshot| snapshot <= zxid);
        }
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
        insert_snapshot(&mut self.snapshots, zxid);
    }

    /// Hands a transaction to the commit step.
    pub fn commit(&mut self, txn: Arc<Txn>) {
        let last = self.to_be_applied.back().map_or(self.last_processed, |txn| txn.zxid);
        assert!(last < txn.zxid || !self.is_strict, "commit of {} behind {last}", txn.zxid);
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
        self.processed(txn, true);
    }

    /// The transaction is in the tree now, and in the committed log if that `remembers` it.
    pub fn processed(&mut self, txn: Arc<Txn>, remembers: bool) {
        let follows = self.last_processed < txn.zxid;
        assert!(follows || !self.is_strict, "{} applied twice", txn.zxid);
        self.last_processed = self.last_processed.max(txn.zxid);
        let last = self.committed_log.last().map(|txn| txn.zxid);
        if !remembers || last >= Some(txn.zxid) {
            return;
        }
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
        let last = self.last_processed;
        assert!(last < zxid || !self.is_strict, "{zxid} begins behind {last}");
        self.last_processed = last.max(zxid);
    }

    /// The records beyond `zxid`, oldest first.
    pub fn beyond(&self, zxid: Zxid) -> Vec<Arc<Txn>> {
        self.log.iter().skip(self.position_after(zxid)).cloned().collect()
    }

    /// The records beyond the tree that are on disk, oldest first.
    pub fn tail_on_disk(&self) -> Vec<Arc<Txn>> {
        let mut tail = self.beyond(self.last_processed);
        tail.retain(|txn| txn.zxid <= self.flushed || txn.zxid > self.queued);
        tail
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
        self.log.last().map_or(Zxid::ZERO, |txn| txn.zxid).max(self.snapshot())
    }

    /// Up to where the newest snapshot on disk reaches.
    pub fn snapshot(&self) -> Zxid {
        self.snapshots.last().copied().unwrap_or(Zxid::ZERO)
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
        if !self.is_strict {
            return;
        }
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
