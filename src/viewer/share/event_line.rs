//! One event as an object: the same six keys for every kind.
//!
//! ```json
//! {"id":211,"at":34121,"cause":198,"server":5,"kind":"Peer","data":{"Committed":{"zxid":…}}}
//! ```

use serde::{Deserialize, Serialize};

use crate::ensemble::{Channel, Direction, Endpoint, LostReason, PacketId, TimerName, Transfer};
use crate::server;
use crate::sim::{Command, CommandRefusal, Condition, EventId, EventKind, Excess, TraceEvent};
use crate::types::{ClientId, ConnectionId, Instant, ServerId};
use crate::zab;
use crate::{client, console};

/// A line of a trace.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line<K, D> {
    /// The event's number, counted from 1; the first line of a file has 0.
    pub id: u64,
    /// Its instant in microseconds.
    pub at: Instant,
    /// The number of the event that made it happen.
    pub cause: Option<EventId>,
    /// The server at which it happened, where it was one.
    pub server: Option<ServerId>,
    /// What kind of event.
    pub kind: K,
    /// What else there is to say of this kind.
    pub data: D,
}

/// What there is to say of an event but its kind and its server.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Data<'a> {
    Client { client: ClientId, note: &'a client::Note },
    Closed { connection: ConnectionId },
    Command(&'a Command),
    Condition { condition: &'a Condition, reached: bool },
    Console { client: ClientId, note: &'a console::Note },
    Excess(&'a Excess),
    Lost { packet: PacketId, connection: ConnectionId, direction: Direction, why: LostReason },
    Opened { connection: ConnectionId, channel: Channel, dialler: Endpoint, acceptor: Endpoint },
    Peer(&'a zab::Note),
    Refusal(&'a CommandRefusal),
    Server(&'a server::Note),
    Timer(&'a TimerName),
    Transfer(&'a Transfer),
}

impl<'a> From<&'a TraceEvent> for Line<&'static str, Data<'a>> {
    fn from(event: &'a TraceEvent) -> Line<&'static str, Data<'a>> {
        let (kind, server, data) = parts(&event.kind);
        let TraceEvent { id, at, cause, .. } = *event;
        Line { id: id.number(), at, cause, server, kind, data }
    }
}

fn parts(kind: &EventKind) -> (&'static str, Option<ServerId>, Data<'_>) {
    match kind {
        EventKind::Command(command) => ("Command", None, Data::Command(command)),
        EventKind::CommandRefused(refusal) => ("CommandRefused", None, Data::Refusal(refusal)),
        EventKind::Client(client, note) => ("Client", None, Data::Client { client: *client, note }),
        EventKind::Console(client, note) => {
            ("Console", None, Data::Console { client: *client, note })
        }
        EventKind::ConditionEnded { condition, reached } => {
            ("ConditionEnded", None, Data::Condition { condition, reached: *reached })
        }
        &EventKind::ConnectionOpened { connection, channel, dialler, acceptor } => {
            ("ConnectionOpened", None, Data::Opened { connection, channel, dialler, acceptor })
        }
        &EventKind::ConnectionClosed { connection } => {
            ("ConnectionClosed", None, Data::Closed { connection })
        }
        EventKind::Delivered(transfer) => {
            ("Delivered", transfer.to.server(), Data::Transfer(transfer))
        }
        EventKind::Exceeded(excess) => ("Exceeded", None, Data::Excess(excess)),
        &EventKind::Lost { packet, connection, direction, why } => {
            ("Lost", None, Data::Lost { packet, connection, direction, why })
        }
        EventKind::Peer(server, note) => ("Peer", Some(*server), Data::Peer(note)),
        EventKind::Sent(transfer) => ("Sent", transfer.from.server(), Data::Transfer(transfer)),
        EventKind::Server(server, note) => ("Server", Some(*server), Data::Server(note)),
        EventKind::TimerFired(timer) => ("TimerFired", timer.owner().server(), Data::Timer(timer)),
    }
}
