//! When what is in flight arrives: for each direction of each connection the instants of its
//! packets, in the order in which they were sent. Only the oldest one stands in the queue.

use std::collections::{BTreeMap, VecDeque};

use super::queue::{Due, Key, Queue};
use super::{EventId, Link};
use crate::ensemble::{Direction, PacketId};
use crate::types::{ConnectionId, Instant, Span};

/// Whether a lane's packets arrive.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Flow {
    /// They do; the oldest one stands in the queue.
    Flowing,
    /// The link is cut: they wait for its healing.
    Held,
    /// They do, but the process that should take them is paused.
    Parked,
}

/// When one packet arrives.
#[derive(Clone, Copy, Hash, Debug)]
pub(super) struct Flight {
    pub packet: PacketId,
    /// The event of its sending.
    pub cause: EventId,
    pub sent_at: Instant,
    /// When it arrives; without meaning while the lane is held.
    pub arrival: Key,
}

/// One direction of one connection.
#[derive(Clone, Hash, Debug)]
pub(super) struct Lane {
    pub link: Link,
    pub flow: Flow,
    pub flights: VecDeque<Flight>,
    /// Nothing arrives before what was sent before it.
    last_arrival: Instant,
}

/// All lanes.
#[derive(Clone, Hash, Debug, Default)]
pub(super) struct Lanes {
    by_connection: BTreeMap<ConnectionId, [Lane; 2]>,
}

impl Lane {
    fn new(link: Link, flow: Flow) -> Lane {
        Lane { link, flow, flights: VecDeque::new(), last_arrival: Instant::ZERO }
    }

    fn arrival(&mut self, at: Instant, queue: &mut Queue) -> Key {
        self.last_arrival = self.last_arrival.max(at);
        queue.key(self.last_arrival)
    }
}

impl Lanes {
    pub fn iter(&self) -> impl Iterator<Item = (ConnectionId, Direction, &Lane)> {
        self.by_connection.iter().flat_map(|(&connection, lanes)| {
            Direction::BOTH.into_iter().zip(lanes).map(move |(way, lane)| (connection, way, lane))
        })
    }

    pub fn find(&self, connection: ConnectionId, direction: Direction) -> Option<&Lane> {
        self.by_connection.get(&connection).map(|lanes| &lanes[direction.index()])
    }

    /// The lane of a connection that may be new; `flow` says how each of a new one's lanes begins.
    pub fn ensure(
        &mut self,
        connection: ConnectionId,
        direction: Direction,
        link: Link,
        flow: impl Fn(Link) -> Flow,
    ) -> &mut Lane {
        let lanes = self.by_connection.entry(connection).or_insert_with(|| {
            let back = Link { from: link.to, to: link.from };
            let (forward, backward) = match direction {
                Direction::Forward => (link, back),
                Direction::Backward => (back, link),
            };
            [Lane::new(forward, flow(forward)), Lane::new(backward, flow(backward))]
        });
        &mut lanes[direction.index()]
    }

    fn find_mut(&mut self, connection: ConnectionId, direction: Direction) -> Option<&mut Lane> {
        self.by_connection.get_mut(&connection).map(|lanes| &mut lanes[direction.index()])
    }

    /// Takes the oldest packet out: it arrived (its queue entry is gone), or it is lost.
    ///
    /// # Panics
    /// If another packet than this is the oldest.
    pub fn take(
        &mut self,
        connection: ConnectionId,
        direction: Direction,
        packet: PacketId,
        arrived: bool,
        queue: &mut Queue,
    ) {
        let lane = self.find_mut(connection, direction).expect("a packet in flight has a lane");
        let flight = lane.flights.pop_front().expect("the packet is in flight");
        assert_eq!(flight.packet, packet, "packets leave a lane in order");
        if lane.flow != Flow::Flowing {
            return;
        }
        if !arrived {
            queue.remove(flight.arrival);
        }
        if let Some(next) = lane.flights.front() {
            queue.insert(next.arrival, Due::Deliver { connection, direction });
        }
    }

    /// Forgets a connection that is gone; nothing is in flight on it.
    pub fn forget(&mut self, connection: ConnectionId) {
        let lanes = self.by_connection.remove(&connection);
        debug_assert!(lanes.iter().flatten().all(|lane| lane.flights.is_empty()));
    }

    /// Puts every lane into the state that `flow` wants for its link. Those that flow again are
    /// put into the queue in the order in which they would have arrived; what a cut has held is
    /// under way anew for a span that `travel` draws.
    pub fn regulate(
        &mut self,
        now: Instant,
        queue: &mut Queue,
        flow: impl Fn(Link) -> Flow,
        mut travel: impl FnMut(Link) -> Span,
    ) {
        let mut resumed = Vec::new();
        for (&connection, lanes) in &mut self.by_connection {
            for (direction, lane) in Direction::BOTH.into_iter().zip(lanes) {
                let before = std::mem::replace(&mut lane.flow, flow(lane.link));
                if before == lane.flow {
                    continue;
                }
                if before == Flow::Flowing
                    && let Some(head) = lane.flights.front()
                {
                    queue.remove(head.arrival);
                }
                if before == Flow::Held {
                    lane.last_arrival = now;
                    for index in 0..lane.flights.len() {
                        let at = now + travel(lane.link);
                        lane.flights[index].arrival = lane.arrival(at, queue);
                    }
                }
                if lane.flow == Flow::Flowing
                    && let Some(head) = lane.flights.front()
                {
                    resumed.push((head.arrival, connection, direction));
                }
            }
        }
        resumed.sort_unstable();
        for (_, connection, direction) in resumed {
            let lane = self.find_mut(connection, direction).expect("seen just now");
            lane.last_arrival = lane.last_arrival.max(now);
            for flight in &mut lane.flights {
                flight.arrival = queue.key(flight.arrival.at.max(now));
            }
            queue.insert(lane.flights[0].arrival, Due::Deliver { connection, direction });
        }
    }
}

impl Lane {
    /// A packet is sent on this lane.
    pub fn send(
        &mut self,
        sent: (ConnectionId, Direction, PacketId),
        cause: EventId,
        now: Instant,
        travel: Span,
        queue: &mut Queue,
    ) {
        let (connection, direction, packet) = sent;
        let arrival = self.arrival(now + travel, queue);
        if self.flow == Flow::Flowing && self.flights.is_empty() {
            queue.insert(arrival, Due::Deliver { connection, direction });
        }
        self.flights.push_back(Flight { packet, cause, sent_at: now, arrival });
    }
}
