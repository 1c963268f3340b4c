//! Whether a learner acknowledges what it is sent in time. Source: `LearnerHandler.SyncLimitCheck`.

use crate::types::Zxid;

/// The proposals whose acks are watched: the oldest that is owed, and the newest behind it. What
/// lies between them is not looked at, as in ZooKeeper.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(super) struct SyncLimitCheck {
    oldest: Option<Owed>,
    newest: Option<Owed>,
}

/// A proposal that was sent and not acknowledged.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct Owed {
    zxid: Zxid,
    /// The leader's count of half ticks when it was sent.
    half_ticks: u64,
}

impl SyncLimitCheck {
    /// A proposal was sent.
    pub(super) fn sent(&mut self, zxid: Zxid, half_ticks: u64) {
        let slot = if self.oldest.is_none() { &mut self.oldest } else { &mut self.newest };
        *slot = Some(Owed { zxid, half_ticks });
    }

    /// Its ack came.
    pub(super) fn acknowledged(&mut self, zxid: Zxid) {
        if self.oldest.is_some_and(|owed| owed.zxid == zxid) {
            self.oldest = self.newest.take();
        } else if self.newest.is_some_and(|owed| owed.zxid == zxid) {
            self.newest = None;
        }
    }

    /// Whether the oldest ack is owed for so many half ticks.
    pub(super) fn is_overdue(&self, half_ticks: u64, limit: u64) -> bool {
        self.oldest.is_some_and(|owed| half_ticks - owed.half_ticks >= limit)
    }
}
