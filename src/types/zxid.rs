//! The transaction id.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::Epoch;

/// ZooKeeper's transaction id: epoch and counter, ordered by epoch, then counter (the order of the
/// 64-bit number that it is on the wire). Source: `ZxidUtils`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Zxid {
    /// The epoch of the leader that proposed it.
    pub epoch: Epoch,
    /// The place within the epoch; the first transaction has 1, and 0 is the `NEWLEADER`
    /// pseudo-transaction, which has no log record.
    pub counter: u32,
}

impl Zxid {
    /// The zxid of an empty history.
    pub const ZERO: Zxid = Zxid { epoch: Epoch::ZERO, counter: 0 };

    /// -1 on the wire: "data may be missing". Before all others. Source: `FileTxnSnapLog.restore`;
    /// fact sheet §1.3.
    pub const MISSING: Zxid = Zxid { epoch: Epoch(u32::MAX), counter: u32::MAX };

    /// The zxid with the given epoch and counter.
    pub const fn new(epoch: u32, counter: u32) -> Zxid {
        Zxid { epoch: Epoch(epoch), counter }
    }

    /// `(e,0)`: the pseudo-zxid of `NEWLEADER`, where a leader's count begins.
    pub const fn start_of(epoch: Epoch) -> Zxid {
        Zxid { epoch, counter: 0 }
    }

    /// The zxid that the same leader gives next, or `None` where the counter is used up and a new
    /// epoch has to begin. Source: ZOOKEEPER-1277.
    pub fn next(self) -> Option<Zxid> {
        let counter = self.counter.checked_add(1).filter(|&counter| counter != u32::MAX)?;
        Some(Zxid { epoch: self.epoch, counter })
    }

    /// The zxid before this one in its epoch; `None` for `(e,0)`.
    pub fn previous(self) -> Option<Zxid> {
        Some(Zxid { epoch: self.epoch, counter: self.counter.checked_sub(1)? })
    }

    /// As the signed 64-bit number that travels on the wire.
    pub const fn to_wire(self) -> i64 {
        ((self.epoch.0 as i64) << 32) | self.counter as i64
    }
}

/// As the signed numbers that they are on the wire. Source: fact sheet §1.1.
impl Ord for Zxid {
    fn cmp(&self, other: &Zxid) -> Ordering {
        self.to_wire().cmp(&other.to_wire())
    }
}

impl PartialOrd for Zxid {
    fn partial_cmp(&self, other: &Zxid) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Written `epoch·counter`, as everywhere on the page.
impl fmt::Display for Zxid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Zxid::MISSING {
            return out.write_str("-1");
        }
        write!(out, "{}·{}", self.epoch, self.counter)
    }
}
