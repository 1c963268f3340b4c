//! The timers that are set. Setting one again to a later instant, which every message on a living
//! connection does, only notes the new deadline: the queue entry moves when its turn comes.

use std::collections::BTreeMap;

use super::EventId;
use super::queue::{Due, Key, Queue};
use crate::ensemble::{Endpoint, TimerName};
use crate::types::Instant;

/// A timer that is set.
#[derive(Clone, Copy, Hash, Debug)]
struct Armed {
    /// When it runs out.
    deadline: Key,
    /// Where it stands in the queue: not behind its deadline. `None` while its owner is paused.
    queued: Option<Key>,
    /// The event that set it.
    set_by: EventId,
}

/// All timers that are set.
#[derive(Clone, Hash, Debug, Default)]
pub(super) struct Timers {
    armed: BTreeMap<TimerName, Armed>,
}

impl Timers {
    /// When the timer runs out.
    pub fn deadline(&self, timer: TimerName) -> Option<Instant> {
        self.armed.get(&timer).map(|armed| armed.deadline.at)
    }

    pub fn iter(&self) -> impl Iterator<Item = (TimerName, Instant)> + '_ {
        self.armed.iter().map(|(&timer, armed)| (timer, armed.deadline.at))
    }

    pub fn set(&mut self, timer: TimerName, at: Instant, set_by: EventId, queue: &mut Queue) {
        let deadline = queue.key(at);
        let queued = self.armed.get(&timer).and_then(|armed| armed.queued);
        let queued = match queued {
            Some(queued) if queued < deadline => queued,
            _ => {
                if let Some(queued) = queued {
                    queue.remove(queued);
                }
                queue.insert(deadline, Due::Fire(timer));
                deadline
            }
        };
        self.armed.insert(timer, Armed { deadline, queued: Some(queued), set_by });
    }

    pub fn cancel(&mut self, timer: TimerName, queue: &mut Queue) {
        if let Some(Armed { queued: Some(queued), .. }) = self.armed.remove(&timer) {
            queue.remove(queued);
        }
    }

    /// Forgets all timers of one owner.
    pub fn cancel_all(&mut self, owner: Endpoint, queue: &mut Queue) {
        let timers: Vec<TimerName> =
            self.armed.keys().copied().filter(|timer| timer.owner() == owner).collect();
        for timer in timers {
            self.cancel(timer, queue);
        }
    }

    /// The queue's first entry belongs to this timer: moves the entry to where the deadline is by
    /// now. Says whether it moved.
    pub fn postpone(&mut self, timer: TimerName, first: Key, queue: &mut Queue) -> bool {
        let armed = self.armed.get_mut(&timer).expect("a timer in the queue is set");
        debug_assert_eq!(armed.queued, Some(first), "{timer} stands elsewhere in the queue");
        if armed.deadline == first {
            return false;
        }
        queue.remove(first);
        queue.insert(armed.deadline, Due::Fire(timer));
        armed.queued = Some(armed.deadline);
        true
    }

    /// The timer has run out, and left the queue; says which event had set it.
    pub fn fire(&mut self, timer: TimerName) -> EventId {
        self.armed.remove(&timer).expect("a timer in the queue is set").set_by
    }

    /// Takes a paused server's timers out of the queue, or puts them back: what has run out
    /// meanwhile is due now.
    pub fn regulate(
        &mut self,
        now: Instant,
        queue: &mut Queue,
        is_paused: impl Fn(Endpoint) -> bool,
    ) {
        let mut resumed = Vec::new();
        for (&timer, armed) in &mut self.armed {
            match (armed.queued, is_paused(timer.owner())) {
                (Some(queued), true) => {
                    queue.remove(queued);
                    armed.queued = None;
                }
                (None, false) => resumed.push((armed.deadline, timer)),
                (Some(_), false) | (None, true) => (),
            }
        }
        resumed.sort_unstable();
        for (deadline, timer) in resumed {
            let deadline = queue.key(deadline.at.max(now));
            queue.insert(deadline, Due::Fire(timer));
            let armed = self.armed.get_mut(&timer).expect("seen just now");
            (armed.deadline, armed.queued) = (deadline, Some(deadline));
        }
    }
}
