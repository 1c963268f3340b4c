//! The epoch: one leader's term of office.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One leader's term of office; the upper half of a [`Zxid`](super::Zxid). Zero is "before the
/// first leader". Source: Zab (DSN 2011) §III; `ZxidUtils.getEpochFromZxid`.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Epoch(pub u32);

impl Epoch {
    /// Before any leader was established.
    pub const ZERO: Epoch = Epoch(0);

    /// The epoch after this one.
    ///
    /// # Panics
    /// On the overflow of 32 bits, which ZooKeeper does not handle either.
    pub fn next(self) -> Epoch {
        Epoch(self.0.checked_add(1).expect("an epoch is raised once an election, 2^32 never come"))
    }
}

impl fmt::Display for Epoch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0)
    }
}
