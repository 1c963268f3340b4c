//! What a server's disk holds, and so what a crash leaves.

use std::sync::Arc;

use imbl::Vector;
use serde::{Deserialize, Serialize};

use super::Write;
use crate::types::{Epoch, Txn, Zxid};

/// The durable half of a server, as far as the protocol knows it. The content of the snapshots is
/// the host's. Source: fact sheet §1.2.
///
/// Invariants, tested by [`Durable::validate`]:
/// 1. the log's zxids rise;
/// 2. snapshots are in the order of their zxids, which name the files and so decide which one is
///    loaded, and never empty but at the very first start.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Durable {
    /// File `acceptedEpoch`: the highest epoch promised.
    pub accepted_epoch: Epoch,
    /// File `currentEpoch`: the epoch of the last leader this server has synchronised with.
    pub current_epoch: Epoch,
    /// The transaction log, oldest record first. It is never purged (`autopurge` is off), but a
    /// SNAP replaces it.
    pub log: Vector<Arc<Txn>>,
    /// Up to which zxid each snapshot reaches, oldest first.
    pub snapshots: Vector<Zxid>,
}

/// Why a server refuses to start. Source: `QuorumPeer.loadDataBase`, fact sheet §1.3.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum LoadError {
    /// There are log records, and no snapshot that can be read: what came before them is unknown.
    NoSnapshot,
    /// The log reaches into a later epoch than `currentEpoch`.
    LogBeyondCurrentEpoch {
        /// The last zxid of the log.
        last: Zxid,
        /// The file's epoch.
        current_epoch: Epoch,
    },
    /// `acceptedEpoch` is below `currentEpoch`.
    AcceptedBelowCurrent {
        /// The promise.
        accepted_epoch: Epoch,
        /// The file's epoch.
        current_epoch: Epoch,
    },
}

impl Durable {
    /// What this write changes, once it is on disk.
    pub fn apply(&mut self, write: &Write) {
        match write {
            Write::AcceptedEpoch(epoch) => self.accepted_epoch = *epoch,
            Write::CurrentEpoch(epoch) => self.current_epoch = *epoch,
            Write::Append(txns) => txns.iter().for_each(|txn| self.append(Arc::clone(txn))),
            Write::Truncate(zxid) => self.truncate(*zxid),
            Write::TruncateLogOnly(zxid) => self.log.truncate(self.position_after(*zxid)),
            Write::Snapshot(zxid) => insert_snapshot(&mut self.snapshots, *zxid),
            Write::Replace(zxid) => {
                self.log.clear();
                self.snapshots = Vector::unit(*zxid);
            }
        }
    }

    /// Adds a record to the log. One that does not come after the last one, which only a peer with
    /// a rule switched off writes, is not kept: what is read back would skip it.
    pub fn append(&mut self, txn: Arc<Txn>) {
        if self.log.last().map(|txn| txn.zxid) < Some(txn.zxid) {
            self.log.push_back(txn);
        }
    }

    /// The zxid of everything durable: of the last log record or of a later snapshot.
    pub fn last_zxid(&self) -> Zxid {
        let logged = self.log.last().map_or(Zxid::ZERO, |txn| txn.zxid);
        let snapshot = self.snapshots.last().copied().unwrap_or(Zxid::ZERO);
        logged.max(snapshot)
    }

    /// The records that a load replays on top of the newest snapshot.
    pub fn tail(&self) -> impl Iterator<Item = &Arc<Txn>> {
        let snapshot = self.snapshots.last().copied().unwrap_or(Zxid::ZERO);
        self.log.iter().skip(self.position_after(snapshot))
    }

    /// Whether a server may start with this on its disk.
    ///
    /// # Errors
    /// Where the epoch files and the log contradict each other; an operator has to repair that.
    pub fn check(&self) -> Result<(), LoadError> {
        if self.snapshots.is_empty() && !self.log.is_empty() {
            return Err(LoadError::NoSnapshot);
        }
        let (accepted_epoch, current_epoch) = (self.accepted_epoch, self.current_epoch);
        let last = self.last_zxid();
        if last.epoch > current_epoch {
            return Err(LoadError::LogBeyondCurrentEpoch { last, current_epoch });
        }
        if accepted_epoch < current_epoch {
            return Err(LoadError::AcceptedBelowCurrent { accepted_epoch, current_epoch });
        }
        Ok(())
    }

    /// What an operator does about a server that refuses to start: writes the epoch that the log
    /// already reaches into the epoch files. The history of that epoch is on disk by then; only
    /// the last step, `currentEpoch`, was lost (the window of fact sheet §3.6).
    pub fn repair(&mut self) {
        self.current_epoch = self.current_epoch.max(self.last_zxid().epoch);
        self.accepted_epoch = self.accepted_epoch.max(self.current_epoch);
    }

    /// Tests the numbered invariants.
    ///
    /// # Panics
    /// If one is broken.
    pub fn validate(&self) {
        let zxids = || self.log.iter().map(|txn| txn.zxid);
        let rising = zxids().zip(zxids().skip(1)).all(|(earlier, later)| earlier < later);
        assert!(rising, "1: zxids of the log do not rise");
    }

    /// How many records have a zxid of at most `zxid`.
    pub fn position_after(&self, zxid: Zxid) -> usize {
        match self.log.binary_search_by(|txn| txn.zxid.cmp(&zxid)) {
            Ok(position) => position + 1,
            Err(position) => position,
        }
    }

    /// Cuts the log behind `zxid`. Snapshots beyond the cut are gone with it: a dirty snapshot must
    /// not bring back what was truncated (ZOOKEEPER-1549, which ZooKeeper itself leaves open).
    fn truncate(&mut self, zxid: Zxid) {
        self.log.truncate(self.position_after(zxid));
        self.snapshots.retain(|&snapshot| snapshot <= zxid);
    }
}

/// One snapshot more, by its zxid; a second one of the same name replaces the first.
pub(super) fn insert_snapshot(snapshots: &mut Vector<Zxid>, zxid: Zxid) {
    if let Err(place) = snapshots.binary_search(&zxid) {
        snapshots.insert(place, zxid);
    }
}
