//! The timers that are set. Setting one again to a later instant, which every message on a living
//! connection does, only notes the new deadline: the queue entry moves when its turn comes.

use super::EventId;
use super::queue::{Due, Key, Queue};
use crate::ensemble::{Endpoint, SortedMap, TimerName};
use crate::server;
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
    armed: SortedMap<Place, (TimerName, Armed)>,
}

/// A timer's name as a number, which is quicker to compare: the owner, the kind, whom it is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
struct Place(u64);

impl Place {
    fn of(timer: TimerName) -> Place {
        use crate::zab::Timer as PeerTimer;
        let (owner, kind, about) = match timer {
            TimerName::Server(server, server::Timer::SessionTick) => (u32::from(server.0), 0, 0),
            TimerName::Server(server, server::Timer::Peer(timer)) => {
                let (kind, about) = match timer {
                    PeerTimer::Notification => (1, 0),
                    PeerTimer::FinalizeWait => (2, 0),
                    PeerTimer::Dial(other) => (3, u32::from(other.0)),
                    PeerTimer::LeaderDial => (4, 0),
                    PeerTimer::LeaderRead => (5, 0),
                    PeerTimer::QuorumWait => (6, 0),
                    PeerTimer::LearnerRead(connection) => (7, connection.0),
                    PeerTimer::HalfTick => (8, 0),
                    PeerTimer::ObserverElection => (9, 0),
                };
                (u32::from(server.0), kind, about)
            }
            TimerName::Client(client, timer) => (u32::from(client.0) << 8, timer as u64, 0),
        };
        Place(u64::from(owner) << 36 | kind << 32 | u64::from(about))
    }
}

impl Timers {
    /// When the timer runs out.
    pub fn deadline(&self, timer: TimerName) -> Option<Instant> {
        self.armed.find(Place::of(timer)).map(|(_, armed)| armed.deadline.at)
    }

    pub fn iter(&self) -> impl Iterator<Item = (TimerName, Instant)> + '_ {
        self.armed.iter().map(|(_, (timer, armed))| (*timer, armed.deadline.at))
    }

    pub fn set(&mut self, timer: TimerName, at: Instant, set_by: EventId, queue: &mut Queue) {
        let deadline = queue.key(at);
        let fresh = || (timer, Armed { deadline, queued: None, set_by });
        let (_, armed) = self.armed.find_or_insert_with(Place::of(timer), fresh);
        (armed.deadline, armed.set_by) = (deadline, set_by);
        if armed.queued.is_some_and(|queued| queued < deadline) {
            return;
        }
        if let Some(queued) = armed.queued.replace(deadline) {
            queue.remove(queued);
        }
        queue.insert(deadline, Due::Fire(timer));
    }

    pub fn cancel(&mut self, timer: TimerName, queue: &mut Queue) {
        let armed = self.armed.remove(Place::of(timer));
        if let Some((_, Armed { queued: Some(queued), .. })) = armed {
            queue.remove(queued);
        }
    }

    /// Forgets all timers of one owner.
    pub fn cancel_all(&mut self, owner: Endpoint, queue: &mut Queue) {
        let timers: Vec<TimerName> =
            self.iter().map(|(timer, _)| timer).filter(|timer| timer.owner() == owner).collect();
        for timer in timers {
            self.cancel(timer, queue);
        }
    }

    /// The queue's first entry belongs to this timer: moves the entry to where the deadline is by
    /// now. Says whether it moved.
    pub fn postpone(&mut self, timer: TimerName, first: Key, queue: &mut Queue) -> bool {
        let armed = self.armed.find_mut(Place::of(timer));
        let (_, armed) = armed.expect("a timer in the queue is set");
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
        let armed = self.armed.remove(Place::of(timer));
        armed.expect("a timer in the queue is set").1.set_by
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
        for (_, (timer, armed)) in self.armed.iter_mut() {
            match (armed.queued, is_paused(timer.owner())) {
                (Some(queued), true) => {
                    queue.remove(queued);
                    armed.queued = None;
                }
                (None, false) => resumed.push((armed.deadline, *timer)),
                (Some(_), false) | (None, true) => (),
            }
        }
        resumed.sort_unstable();
        for (deadline, timer) in resumed {
            let deadline = queue.key(deadline.at.max(now));
            queue.insert(deadline, Due::Fire(timer));
            let (_, armed) = self.armed.find_mut(Place::of(timer)).expect("seen just now");
            (armed.deadline, armed.queued) = (deadline, Some(deadline));
        }
    }
}
