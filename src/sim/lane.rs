//! When what is in flight arrives: for each direction of each connection the instants of its
//! packets, in the order in which they were sent. Only the oldest one stands in the queue.

use std::collections::VecDeque;

use super::queue::{Due, Key, Queue};
use super::{EventId, Link};
use crate::ensemble::{Channel, Direction, PacketId, SortedMap};
use crate::types::{ConnectionId, Instant, Span};

/// Whether a lane's packets arrive.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Flow {
    /// They do; the oldest one stands in the queue.
    Flowing,
    /// The link is cut or held: they wait for its healing or release.
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
    pub channel: Channel,
    pub flow: Flow,
    pub flights: VecDeque<Flight>,
    /// Where the oldest packet stands in the queue.
    queued: Option<Key>,
    /// Nothing arrives before what was sent before it.
    last_arrival: Instant,
}

/// All lanes.
#[derive(Clone, Hash, Debug, Default)]
pub(super) struct Lanes {
    by_connection: SortedMap<ConnectionId, [Lane; 2]>,
}

impl Lane {
    fn new(link: Link, channel: Channel, flow: Flow) -> Lane {
        let flights = VecDeque::new();
        Lane { link, channel, flow, flights, queued: None, last_arrival: Instant::ZERO }
    }

    fn arrival(&mut self, at: Instant, queue: &mut Queue) -> Key {
        self.last_arrival = self.last_arrival.max(at);
        queue.key(self.last_arrival)
    }
}

impl Lanes {
    pub fn find(&self, connection: ConnectionId, direction: Direction) -> Option<&Lane> {
        self.by_connection.find(connection).map(|lanes| &lanes[direction.index()])
    }

    /// The lane of a connection that may be new: then `channel` says what it is for, and `flow` how
    /// each of its lanes begins.
    pub fn ensure(
        &mut self,
        connection: ConnectionId,
        direction: Direction,
        link: Link,
        channel: impl Fn() -> Channel,
        flow: impl Fn(Link, Channel) -> Flow,
    ) -> &mut Lane {
        let lanes = self.by_connection.find_or_insert_with(connection, || {
            let channel = channel();
            let back = Link { from: link.to, to: link.from };
            let (forward, backward) = match direction {
                Direction::Forward => (link, back),
                Direction::Backward => (back, link),
            };
            [forward, backward].map(|link| Lane::new(link, channel, flow(link, channel)))
        });
        &mut lanes[direction.index()]
    }

    fn find_mut(&mut self, connection: ConnectionId, direction: Direction) -> Option<&mut Lane> {
        self.by_connection.find_mut(connection).map(|lanes| &mut lanes[direction.index()])
    }

    /// Where the oldest packet on this link is, of one channel or of any.
    pub fn oldest(
        &self,
        link: Link,
        channel: Option<Channel>,
    ) -> Option<(ConnectionId, Direction)> {
        let lanes = self.by_connection.iter().flat_map(|(connection, lanes)| {
            let lanes = Direction::BOTH.into_iter().zip(lanes);
            lanes.map(move |(direction, lane)| (connection, direction, lane))
        });
        let here = lanes.filter(|(_, _, lane)| {
            lane.link == link && channel.is_none_or(|channel| lane.channel == channel)
        });
        let heads = here.filter_map(|(connection, direction, lane)| {
            lane.flights.front().map(|head| (head.packet, connection, direction))
        });
        heads.min().map(|(_, connection, direction)| (connection, direction))
    }

    /// The oldest packet arrives before its turn: its entry, if it has one, leaves the queue.
    pub fn hurry(
        &mut self,
        connection: ConnectionId,
        direction: Direction,
        queue: &mut Queue,
    ) -> EventId {
        let lane = self.find_mut(connection, direction).expect("what is hurried has a lane");
        lane.unqueue(queue);
        lane.flights.front().expect("what is hurried is in flight").cause
    }

    /// The oldest packet's turn has come: its entry has left the queue.
    pub fn due(&mut self, connection: ConnectionId, direction: Direction) -> (Link, EventId) {
        let lane = self.find_mut(connection, direction).expect("what is due has a lane");
        lane.queued = None;
        let flight = lane.flights.front().expect("what is due is in flight");
        (lane.link, flight.cause)
    }

    /// Takes the oldest packet out: it has arrived, or it is lost.
    ///
    /// # Panics
    /// If another packet than this is the oldest.
    pub fn take(
        &mut self,
        connection: ConnectionId,
        direction: Direction,
        packet: PacketId,
        queue: &mut Queue,
    ) {
        let lane = self.find_mut(connection, direction).expect("a packet in flight has a lane");
        let flight = lane.flights.pop_front().expect("the packet is in flight");
        assert_eq!(flight.packet, packet, "packets leave a lane in order");
        lane.unqueue(queue);
        lane.enqueue((connection, direction), queue);
    }

    /// Forgets a connection that is gone; nothing is in flight on it.
    pub fn forget(&mut self, connection: ConnectionId) {
        let lanes = self.by_connection.remove(connection);
        debug_assert!(lanes.iter().flatten().all(|lane| lane.flights.is_empty()));
    }

    /// Puts every lane into the state that `flow` wants for its link. Those that flow again are
    /// put into the queue in the order in which they would have arrived; what a cut or hold kept is
    /// under way anew for a span that `travel` draws.
    pub fn regulate(
        &mut self,
        now: Instant,
        queue: &mut Queue,
        flow: impl Fn(Link, Channel) -> Flow,
        mut travel: impl FnMut(Link) -> Span,
    ) {
        let mut resumed = Vec::new();
        for (connection, lanes) in self.by_connection.iter_mut() {
            for (direction, lane) in Direction::BOTH.into_iter().zip(lanes) {
                let before = std::mem::replace(&mut lane.flow, flow(lane.link, lane.channel));
                if before == lane.flow {
                    continue;
                }
                lane.unqueue(queue);
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
            lane.enqueue((connection, direction), queue);
        }
    }
}

impl Lane {
    /// A packet is sent on this lane.
    pub fn send(
        &mut self,
        (connection, direction, packet): (ConnectionId, Direction, PacketId),
        cause: EventId,
        now: Instant,
        travel: Span,
        queue: &mut Queue,
    ) {
        let arrival = self.arrival(now + travel, queue);
        self.flights.push_back(Flight { packet, cause, sent_at: now, arrival });
        self.enqueue((connection, direction), queue);
    }

    fn enqueue(&mut self, (connection, direction): (ConnectionId, Direction), queue: &mut Queue) {
        if self.flow == Flow::Flowing
            && self.queued.is_none()
            && let Some(head) = self.flights.front()
        {
            queue.insert(head.arrival, Due::Deliver { connection, direction });
            self.queued = Some(head.arrival);
        }
    }

    fn unqueue(&mut self, queue: &mut Queue) {
        if let Some(key) = self.queued.take() {
            queue.remove(key);
        }
    }
}
