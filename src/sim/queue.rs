//! The queue of instants: what is due when. Ties are broken by a sequence number, so that the order
//! of a run never depends on anything else.

use super::Link;
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
    Flap(Link),
    RunCommit(ServerId),
    RunLog(ServerId),
    Start(ServerId),
}

/// The queue. Nothing in it is void: what is cancelled is taken out.
///
/// A vector, the next entry last: what is due soon is added and taken near the end, and there are
/// only some dozens of entries, since of the packets of a connection one stands here at a time.
#[derive(Clone, Hash, Debug, Default)]
pub(super) struct Queue {
    entries: Vec<(Key, Due)>,
    sequence: u64,
}

impl Queue {
    /// A place at this instant, behind all that were given for it before.
    pub fn key(&mut self, at: Instant) -> Key {
        self.sequence += 1;
        Key { at, sequence: self.sequence }
    }

    pub fn insert(&mut self, key: Key, due: Due) {
        // What is added is mostly due soon: looking from the end is shorter than halving.
        let before = self.entries.iter().rposition(|(placed, _)| *placed > key);
        self.entries.insert(before.map_or(0, |before| before + 1), (key, due));
    }

    /// Takes an entry out; of a paused process it has been taken out before.
    pub fn remove(&mut self, key: Key) {
        if let Ok(position) = self.entries.binary_search_by(|(placed, _)| key.cmp(placed)) {
            self.entries.remove(position);
        }
    }

    pub fn first(&self) -> Option<(Key, Due)> {
        self.entries.last().copied()
    }

    pub fn pop(&mut self) -> Option<(Key, Due)> {
        self.entries.pop()
    }

    pub fn iter(&self) -> impl Iterator<Item = (Key, Due)> + '_ {
        self.entries.iter().rev().copied()
    }
}
