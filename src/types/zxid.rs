//! The transaction id.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Epoch;

/// ZooKeeper's transaction id: epoch and counter, ordered by epoch, then counter (the order of the
/// 64-bit number that it is on the wire). Source: `ZxidUtils`.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
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

    /// "No zxid": -1 on the wire.
    pub const UNKNOWN: Zxid = Zxid::new(u32::MAX, u32::MAX);

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

/// Written `epoch·counter`, as everywhere on the page.
impl fmt::Display for Zxid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}·{}", self.epoch, self.counter)
    }
}
