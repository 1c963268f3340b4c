//! Connections: first in, first out in each direction, breaking as TCP's do.
//!
//! | happens | travels | the other side hears |
//! |---|---|---|
//! | dial | [`Segment::Open`] | `Dialled`; wanted: [`Segment::Accept`] goes back → `Connected`; not wanted, or no process: [`Segment::Reset`] → `Closed` |
//! | close | [`Segment::Close`] behind what was sent before | `Closed` |
//! | close of a dial that has not arrived | nothing: it is forgotten | nothing |
//! | crash | what was in flight both ways is lost; [`Segment::Reset`] | `Closed` |
//! | break | what was in flight both ways is lost; [`Segment::Reset`] both ways | `Closed`, both |
//!
//! A side that has closed hears nothing more; what still comes in for it is lost on arrival.

mod parts;

use std::collections::VecDeque;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use parts::{Channel, Direction, Endpoint, InFlight, LostReason, PacketId, Segment};

use super::sorted::SortedMap;
use super::{Effect, Transfer};
use crate::server::Packet;
use crate::types::ConnectionId;

/// How one side of a connection sees it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum End {
    /// The acceptor's, before the call arrives.
    Unaware,
    /// The dialler's, before the answer arrives.
    Opening,
    /// Open.
    Open,
    /// Closed by this side, or by the other one, and heard.
    Closed,
}

/// One connection.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Connection {
    /// What it is for.
    pub channel: Channel,
    /// Who dialled.
    pub dialler: Endpoint,
    /// Who was called.
    pub acceptor: Endpoint,
    /// The dialler's end, the acceptor's end.
    ends: [End; 2],
    /// What is in flight forward and backward, oldest first.
    lanes: [VecDeque<InFlight>; 2],
}

/// What the receiver of a delivery is to be told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Arrival {
    Dialled,
    Connected,
    Packet(Arc<Packet>),
    Closed,
    Nothing,
}

impl Connection {
    /// Who sends in this direction.
    pub fn sender(&self, direction: Direction) -> Endpoint {
        match direction {
            Direction::Forward => self.dialler,
            Direction::Backward => self.acceptor,
        }
    }

    /// Who receives in this direction.
    pub fn receiver(&self, direction: Direction) -> Endpoint {
        self.sender(direction.opposite())
    }

    /// What is in flight in this direction, oldest first.
    pub fn in_flight(&self, direction: Direction) -> &VecDeque<InFlight> {
        &self.lanes[direction.index()]
    }

    /// How the sender of this direction sees the connection.
    pub fn sender_end(&self, direction: Direction) -> End {
        self.ends[direction.index()]
    }

    /// Whether both sides have it open.
    pub fn is_open(&self) -> bool {
        self.ends == [End::Open, End::Open]
    }

    /// The direction in which this endpoint sends.
    fn direction_from(&self, sender: Endpoint) -> Direction {
        if sender == self.dialler { Direction::Forward } else { Direction::Backward }
    }

    fn transfer(
        &self,
        connection: ConnectionId,
        direction: Direction,
        packet: PacketId,
        segment: Segment,
    ) -> Transfer {
        let (from, to) = (self.sender(direction), self.receiver(direction));
        Transfer { packet, connection, direction, from, to, segment }
    }

    fn push(
        &mut self,
        packets_sent: &mut u32,
        id: ConnectionId,
        direction: Direction,
        segment: Segment,
        effects: &mut Vec<Effect>,
    ) {
        let packet = PacketId(*packets_sent);
        *packets_sent += 1;
        effects.push(Effect::Sent(self.transfer(id, direction, packet, segment.clone())));
        self.lanes[direction.index()].push_back(InFlight { packet, segment });
    }

    fn end_mut(&mut self, direction: Direction) -> &mut End {
        &mut self.ends[direction.index()]
    }
}

/// All connections of an ensemble.
#[derive(Clone, Debug, Default)]
pub struct Connections {
    by_id: SortedMap<ConnectionId, Connection>,
    packets_sent: u32,
}

/// How many packets there were says nothing about what comes: it is left out.
impl Hash for Connections {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.by_id.hash(state);
    }
}

impl Connections {
    /// The connection, unless it is gone.
    pub fn find(&self, connection: ConnectionId) -> Option<&Connection> {
        self.by_id.find(connection)
    }

    /// All of them, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = (ConnectionId, &Connection)> {
        self.by_id.iter()
    }

    /// `dialler` calls `acceptor`.
    pub(super) fn dial(
        &mut self,
        id: ConnectionId,
        channel: Channel,
        dialler: Endpoint,
        acceptor: Endpoint,
        effects: &mut Vec<Effect>,
    ) {
        let ends = [End::Opening, End::Unaware];
        let lanes = [VecDeque::new(), VecDeque::new()];
        let before = self.by_id.insert(id, Connection { channel, dialler, acceptor, ends, lanes });
        assert!(before.is_none(), "connection number {id:?} was given twice");
        self.push(id, Direction::Forward, Segment::Open, effects);
    }

    /// The call that has just arrived is taken: from now on the acceptor may send.
    pub(super) fn accept(&mut self, id: ConnectionId, effects: &mut Vec<Effect>) {
        self.push(id, Direction::Backward, Segment::Accept, effects);
    }

    /// The call that has just arrived is not wanted, or nobody is there to take it.
    pub(super) fn refuse(&mut self, id: ConnectionId, effects: &mut Vec<Effect>) {
        if let Some(connection) = self.by_id.find_mut(id) {
            *connection.end_mut(Direction::Backward) = End::Closed;
            self.push(id, Direction::Backward, Segment::Reset, effects);
            self.remove_if_done(id, effects);
        }
    }

    /// `sender` sends; forgotten where its end is closed.
    pub(super) fn send(
        &mut self,
        id: ConnectionId,
        sender: Endpoint,
        packet: Arc<Packet>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(connection) = self.by_id.find_mut(id) else { return };
        let direction = connection.direction_from(sender);
        if matches!(connection.sender_end(direction), End::Open | End::Opening) {
            let number = &mut self.packets_sent;
            connection.push(number, id, direction, Segment::Packet(packet), effects);
        }
    }

    /// `closer` closes its end.
    pub(super) fn close(&mut self, id: ConnectionId, closer: Endpoint, effects: &mut Vec<Effect>) {
        let Some(connection) = self.by_id.find_mut(id) else { return };
        let direction = connection.direction_from(closer);
        let end = connection.end_mut(direction);
        if *end == End::Closed {
            return;
        }
        *end = End::Closed;
        match connection.sender_end(direction.opposite()) {
            End::Unaware => self.forget(id, LostReason::Abandoned, effects),
            End::Closed => self.remove_if_done(id, effects),
            End::Open | End::Opening => self.push(id, direction, Segment::Close, effects),
        }
    }

    /// How many packets were sent so far.
    pub fn packets_sent(&self) -> u32 {
        self.packets_sent
    }

    /// Takes the oldest packet in flight in this direction and says what the receiver hears.
    ///
    /// # Panics
    /// If there is none.
    pub(super) fn deliver(
        &mut self,
        id: ConnectionId,
        direction: Direction,
        effects: &mut Vec<Effect>,
    ) -> Arrival {
        let connection = self.by_id.find_mut(id).expect("a delivery needs its connection");
        let InFlight { packet, segment } = connection.lanes[direction.index()]
            .pop_front()
            .expect("a delivery needs a packet in flight");
        let end = connection.end_mut(direction.opposite());
        if *end == End::Closed {
            let why = LostReason::ReceiverClosed;
            effects.push(Effect::Lost { packet, connection: id, direction, why });
            self.remove_if_done(id, effects);
            return Arrival::Nothing;
        }
        let arrival = match &segment {
            Segment::Open => Arrival::Dialled,
            Segment::Accept => Arrival::Connected,
            Segment::Packet(packet) => Arrival::Packet(Arc::clone(packet)),
            Segment::Close | Segment::Reset => Arrival::Closed,
        };
        let closes = matches!(arrival, Arrival::Closed);
        *end = if closes { End::Closed } else { End::Open };
        effects.push(Effect::Delivered(connection.transfer(id, direction, packet, segment)));
        if matches!(arrival, Arrival::Connected) {
            let Connection { channel, dialler, acceptor, .. } = *connection;
            effects.push(Effect::Opened { connection: id, channel, dialler, acceptor });
        }
        if closes {
            self.remove_if_done(id, effects);
        }
        arrival
    }

    /// The process at this end is gone, and with it all its connections.
    pub(super) fn break_all(&mut self, gone: Endpoint, effects: &mut Vec<Effect>) {
        let held = |connection: &Connection| {
            connection.dialler == gone
                || (connection.acceptor == gone
                    && connection.sender_end(Direction::Backward) != End::Unaware)
        };
        let ids: Vec<ConnectionId> =
            self.iter().filter(|(_, connection)| held(connection)).map(|(id, _)| id).collect();
        for id in ids {
            self.reset(id, gone, effects);
        }
    }

    /// Breaks one connection from outside: both sides will hear of it.
    pub(super) fn break_one(&mut self, id: ConnectionId, effects: &mut Vec<Effect>) {
        let Some(connection) = self.by_id.find(id) else { return };
        let ends = connection.ends;
        if ends[1] == End::Unaware {
            // Nobody at the far end knows of the call: its own side is told, as by a refusal.
            self.lose_all(id, LostReason::Broken, effects);
            self.refuse(id, effects);
            return;
        }
        self.lose_all(id, LostReason::Broken, effects);
        for direction in Direction::BOTH {
            if ends[direction.opposite().index()] != End::Closed {
                self.push(id, direction, Segment::Reset, effects);
            }
        }
    }

    fn reset(&mut self, id: ConnectionId, gone: Endpoint, effects: &mut Vec<Effect>) {
        self.lose_all(id, LostReason::Crashed, effects);
        let connection = self.by_id.find_mut(id).expect("listed just now");
        let direction = connection.direction_from(gone);
        *connection.end_mut(direction) = End::Closed;
        match connection.sender_end(direction.opposite()) {
            End::Unaware => self.forget(id, LostReason::Crashed, effects),
            End::Closed => self.remove_if_done(id, effects),
            End::Open | End::Opening => self.push(id, direction, Segment::Reset, effects),
        }
    }

    fn push(
        &mut self,
        id: ConnectionId,
        direction: Direction,
        segment: Segment,
        effects: &mut Vec<Effect>,
    ) {
        let connection = self.by_id.find_mut(id).expect("only a living connection is sent on");
        connection.push(&mut self.packets_sent, id, direction, segment, effects);
    }

    /// Once both ends are closed nobody waits for what is in flight.
    fn remove_if_done(&mut self, id: ConnectionId, effects: &mut Vec<Effect>) {
        if self.by_id.find(id).is_some_and(|found| found.ends == [End::Closed; 2]) {
            self.forget(id, LostReason::ReceiverClosed, effects);
        }
    }

    fn forget(&mut self, id: ConnectionId, why: LostReason, effects: &mut Vec<Effect>) {
        self.lose_all(id, why, effects);
        self.by_id.remove(id);
        effects.push(Effect::Closed { connection: id });
    }

    fn lose_all(&mut self, id: ConnectionId, why: LostReason, effects: &mut Vec<Effect>) {
        let Some(connection) = self.by_id.find_mut(id) else { return };
        for direction in Direction::BOTH {
            for InFlight { packet, .. } in connection.lanes[direction.index()].drain(..) {
                effects.push(Effect::Lost { packet, connection: id, direction, why });
            }
        }
    }
}

#[cfg(test)]
mod tests;
