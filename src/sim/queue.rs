//! The queue of instants: what is due when. Ties are broken by a sequence number, so that the order
//! of a run never depends on anything else.

use std::collections::BTreeMap;

use crate::ensemble::{Direction, TimerName};
use crate::types::{ConnectionId, Instant, ServerId};

/// A place in the queue.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Key {
    pub at: Instant,
    pub sequence: u64,
}

/// What is due.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Due {
    AddClient(ServerId),
    Deliver { connection: ConnectionId, direction: Direction },
    Fire(TimerName),
    FinishFlush(ServerId),
    RunCommit(ServerId),
    RunLog(ServerId),
    Start(ServerId),
}

/// The queue. Nothing in it is void: what is cancelled is taken out.
#[derive(Clone, Hash, Debug, Default)]
pub(super) struct Queue {
    entries: BTreeMap<Key, Due>,
    sequence: u64,
}

impl Queue {
    /// A place at this instant, behind all that were given for it before.
    pub fn key(&mut self, at: Instant) -> Key {
        self.sequence += 1;
        Key { at, sequence: self.sequence }
    }

    pub fn insert(&mut self, key: Key, due: Due) {
        let before = self.entries.insert(key, due);
        debug_assert!(before.is_none(), "two entries at {key:?}");
    }

    /// Takes an entry out; of a paused process it has been taken out before.
    pub fn remove(&mut self, key: Key) {
        self.entries.remove(&key);
    }

    pub fn first(&self) -> Option<(Key, Due)> {
        self.entries.first_key_value().map(|(&key, &due)| (key, due))
    }

    pub fn pop(&mut self) -> Option<(Key, Due)> {
        self.entries.pop_first()
    }

    pub fn iter(&self) -> impl Iterator<Item = (Key, Due)> + '_ {
        self.entries.iter().map(|(&key, &due)| (key, due))
    }
}
