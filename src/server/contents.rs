//! A disk's contents as a value that people can write down: epochs, and which transactions.

use std::fmt;
use std::sync::Arc;

use imbl::Vector;
use serde::{Deserialize, Serialize};

use super::Disk;
use crate::store::Database;
use crate::types::{Acl, CreateTxn, Epoch, NodeKind, SessionId, Txn, TxnBody, WallTime, Zxid};
use crate::zab::Durable;

/// What is on a disk.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Contents {
    /// File `acceptedEpoch`.
    pub accepted_epoch: Epoch,
    /// File `currentEpoch`.
    pub current_epoch: Epoch,
    /// The transactions of the log, oldest first. Each creates one znode, named by its zxid, so
    /// that equal zxids are equal transactions.
    pub log: Vec<ZxidRange>,
    /// Up to where a snapshot reaches beside the empty one of the first start; of the log.
    pub snapshot: Option<Zxid>,
}

/// Zxids of one epoch, both ends included.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ZxidRange {
    /// The epoch.
    pub epoch: Epoch,
    /// The first counter.
    pub first: u32,
    /// The last one.
    pub last: u32,
}

/// The most transactions that someone may write down.
const TXNS_MAX: u64 = 10_000;

impl Contents {
    /// Whether a disk can hold this. That a server starts on it is another question.
    ///
    /// # Errors
    /// What is wrong, and what was expected.
    pub fn check(&self) -> Result<(), String> {
        let mut last = Zxid::ZERO;
        let mut count = 0;
        for range in &self.log {
            let ZxidRange { epoch, first, last: end } = *range;
            if end < first || first == 0 || epoch == Epoch::ZERO {
                return Err(format!("{range}; expected counters from 1 that rise, and an epoch"));
            }
            // The last counter is never given: a new epoch begins before.
            if end == u32::MAX {
                return Err(format!("{range}; expected counters below 4294967295"));
            }
            if (Zxid { epoch, counter: first }) <= last {
                return Err(format!("{range} behind {}; expected zxids that rise", Written(last)));
            }
            last = Zxid { epoch, counter: end };
            count += u64::from(end - first) + 1;
        }
        if count > TXNS_MAX {
            return Err(format!("{count} transactions; expected at most {TXNS_MAX}"));
        }
        match self.snapshot {
            Some(zxid) if !self.log.iter().any(|range| range.contains(zxid)) => {
                Err(format!("a snapshot up to {}; expected one of the log", Written(zxid)))
            }
            _ => Ok(()),
        }
    }

    /// The disk.
    pub(super) fn disk(&self) -> Disk {
        let zxids = self.log.iter().flat_map(|range| {
            (range.first..=range.last).map(|counter| Zxid { epoch: range.epoch, counter })
        });
        let log: Vector<Arc<Txn>> = zxids.map(|zxid| Arc::new(txn(zxid))).collect();
        let mut images: Vector<(Zxid, Arc<Database>)> =
            Vector::unit((Zxid::ZERO, Arc::new(Database::new())));
        if let Some(zxid) = self.snapshot {
            let mut database = Database::new();
            for txn in log.iter().take_while(|txn| txn.zxid <= zxid) {
                database.apply(txn);
            }
            images.push_back((zxid, Arc::new(database)));
        }
        let snapshots = images.iter().map(|(zxid, _)| *zxid).collect();
        let (accepted_epoch, current_epoch) = (self.accepted_epoch, self.current_epoch);
        let durable = Durable { accepted_epoch, current_epoch, log, snapshots };
        Disk::holding(durable, images)
    }
}

/// The transaction of that zxid: it creates `/txn-EPOCH-COUNTER`.
fn txn(zxid: Zxid) -> Txn {
    let name = format!("/txn-{}-{}", zxid.epoch, zxid.counter);
    let body = TxnBody::Create(CreateTxn {
        path: name.into(),
        data: Some(format!("{zxid}").into_bytes().into()),
        acl: Acl::open_unsafe(),
        kind: NodeKind::Persistent,
        // Known from the zxid alone: equal transactions, whatever else a history holds.
        parent_cversion: (zxid.counter & 0xffff) as i32,
        answers_stat: false,
    });
    Txn { zxid, session: SessionId::NONE, cxid: 0, time: WallTime(0), body }
}

impl ZxidRange {
    fn contains(self, zxid: Zxid) -> bool {
        zxid.epoch == self.epoch && (self.first..=self.last).contains(&zxid.counter)
    }
}

/// `(1,2)`, as in ZooKeeper's literature.
struct Written(Zxid);

impl fmt::Display for Written {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "({},{})", self.0.epoch, self.0.counter)
    }
}

/// `(1,1)..(1,9)`, or `(1,1)`.
impl fmt::Display for ZxidRange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ZxidRange { epoch, first, last } = *self;
        write!(out, "({epoch},{first})")?;
        if first == last { Ok(()) } else { write!(out, "..({epoch},{last})") }
    }
}
