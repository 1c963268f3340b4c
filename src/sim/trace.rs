//! What happened: the only way to learn it. A trace event is never changed again.

use std::fmt;
use std::num::NonZeroU64;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Command, CommandRefusal, Condition, Excess};
use crate::ensemble::{Channel, Direction, Endpoint, LostReason, PacketId, TimerName, Transfer};
use crate::types::{ClientId, ConnectionId, Instant, ServerId};
use crate::{client, console, server, zab};

/// A trace event's number, counted from 1 within a run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub NonZeroU64);

impl EventId {
    /// The first event of a run.
    pub const FIRST: EventId = EventId(NonZeroU64::MIN);

    /// The number itself.
    pub const fn number(self) -> u64 {
        self.0.get()
    }

    /// The number of the event that follows on so many.
    ///
    /// # Panics
    /// Behind 2^64 events.
    pub fn after(count: u64) -> EventId {
        let number = NonZeroU64::MIN.checked_add(count);
        EventId(number.expect("a run does not reach 2^64 events"))
    }

    /// The one behind it.
    ///
    /// # Panics
    /// Behind 2^64 events.
    pub fn next(self) -> EventId {
        EventId(self.0.checked_add(1).expect("a run does not reach 2^64 events"))
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0)
    }
}

/// One thing that happened.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct TraceEvent {
    /// Its number.
    pub id: EventId,
    /// When.
    pub at: Instant,
    /// What made it happen: of a delivery the sending, of a fired timer the event that set it, of
    /// anything that happens within a step the event that began the step. A command has none.
    pub cause: Option<EventId>,
    /// What.
    pub kind: EventKind,
}

/// What can happen.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum EventKind {
    /// Someone outside did something.
    Command(Arc<Command>),
    /// It had no effect.
    CommandRefused(CommandRefusal),
    /// A client reports.
    Client(ClientId, Arc<client::Note>),
    /// What a scenario waited for has come true, or it has not in time.
    ConditionEnded {
        /// What it was.
        condition: Arc<Condition>,
        /// Whether it has come true.
        reached: bool,
    },
    /// A connection is open, both ways.
    ConnectionOpened {
        /// Its number.
        connection: ConnectionId,
        /// What it is for.
        channel: Channel,
        /// Who dialled.
        dialler: Endpoint,
        /// Who was called.
        acceptor: Endpoint,
    },
    /// A connection is gone, both ends know.
    ConnectionClosed {
        /// Its number.
        connection: ConnectionId,
    },
    /// A packet has arrived.
    Delivered(Transfer),
    /// What was just done from outside goes beyond what ZAB bears.
    Exceeded(Excess),
    /// A packet never arrives.
    Lost {
        /// Its number.
        packet: PacketId,
        /// On which connection.
        connection: ConnectionId,
        /// Which way.
        direction: Direction,
        /// Why.
        why: LostReason,
    },
    /// A server's peer reports.
    Peer(ServerId, zab::Note),
    /// A packet is on its way.
    Sent(Transfer),
    /// A server reports.
    Server(ServerId, server::Note),
    /// A timer ran out.
    TimerFired(TimerName),
    /// Something stands on a client's console.
    Console(ClientId, Arc<console::Note>),
}
