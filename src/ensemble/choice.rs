//! What can happen next, and what came of it.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Channel, Direction, Endpoint, LostReason, PacketId, Segment};
use crate::api::{Op, ToServer};
use crate::server::{Contents, DiskFault};
use crate::types::{ClientId, ConnectionId, ServerId, Span};
use crate::{client, console, server, zab};

/// One thing that can happen next. All that a system without time and chance needs to be told.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Choice {
    /// One client more, which calls this server first.
    AddClient {
        /// Which server.
        server: ServerId,
        /// The session timeout that it asks for.
        session_timeout: Span,
    },
    /// A connection breaks; both sides will hear of it.
    BreakConnection(ConnectionId),
    /// A client is told to do something.
    Client {
        /// Which.
        client: ClientId,
        /// What.
        what: ClientCommand,
    },
    /// A server's process ends; what was not flushed is gone.
    Crash(ServerId),
    /// A server's process ends in the middle of a flush.
    CrashTorn {
        /// Which server.
        server: ServerId,
        /// How many of the records that were being flushed are on disk.
        kept: u32,
    },
    /// The oldest packet in flight arrives.
    Deliver {
        /// On which connection.
        connection: ConnectionId,
        /// Which way.
        direction: Direction,
    },
    /// Someone outside calls a server by hand, as a client of that number: one that the ensemble
    /// has none of. What arrives for it, only [`Effect::Delivered`] tells.
    Dial {
        /// A number that no client has.
        client: ClientId,
        /// Which server.
        server: ServerId,
    },
    /// The flush that is running ends.
    FinishFlush(ServerId),
    /// A timer that is set runs out.
    Fire(TimerName),
    /// Someone outside closes the connection that it has dialled.
    HangUp(ConnectionId),
    /// A running process is stopped without ending.
    Pause(ServerId),
    /// The disk of a server that has no process holds this from now on.
    PutDisk {
        /// Which server.
        server: ServerId,
        /// What it holds.
        contents: Contents,
    },
    /// Something is done to a server's disk.
    FaultDisk {
        /// Which server.
        server: ServerId,
        /// What.
        fault: DiskFault,
    },
    /// The disk of a server that refused to start is repaired; the server stays down.
    Repair(ServerId),
    /// A stopped process goes on.
    Resume(ServerId),
    /// The commit step: the next committed transaction is applied.
    RunCommit(ServerId),
    /// The log step: all that is queued is handed to the disk.
    RunLog(ServerId),
    /// Someone outside sends on the connection that it has dialled.
    Say {
        /// Which connection.
        connection: ConnectionId,
        /// What.
        message: ToServer,
    },
    /// A server's process starts.
    Start(ServerId),
}

/// What a client can be told to do.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ClientCommand {
    /// Moves to this server.
    Attach(ServerId),
    /// Ends its session.
    Close,
    /// Runs these one after the other, each once the one before is answered.
    Program(Arc<[Op]>),
    /// Begins anew with a new session, after the old one has ended.
    Start,
    /// Sends one operation.
    Submit(Op),
    /// Enters a line at its console, which begins with the first one.
    Enter(Arc<str>),
    /// Hangs up and stays away until its session must have expired.
    Expire,
}

/// A timer by its owner and name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum TimerName {
    /// A client's.
    Client(ClientId, client::Timer),
    /// A server's.
    Server(ServerId, server::Timer),
}

impl TimerName {
    /// Whose it is.
    pub fn owner(self) -> Endpoint {
        match self {
            TimerName::Client(client, _) => Endpoint::Client(client),
            TimerName::Server(server, _) => Endpoint::Server(server),
        }
    }
}

impl TimerName {
    /// Whether it only makes a sign of life when it runs out.
    pub fn is_sign_of_life(self) -> bool {
        matches!(
            self,
            TimerName::Server(_, server::Timer::SessionTick)
                | TimerName::Server(_, server::Timer::Peer(zab::Timer::HalfTick))
                | TimerName::Client(_, client::Timer::Ping)
        )
    }
}

impl fmt::Display for TimerName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TimerName::Client(client, timer) => write!(out, "{client} {timer:?}"),
            TimerName::Server(server, server::Timer::Peer(timer)) => {
                write!(out, "{server} {timer:?}")
            }
            TimerName::Server(server, timer) => write!(out, "{server} {timer:?}"),
        }
    }
}

/// What a choice brought about, in the order in which it did. The first one of a step tells what
/// the step is; it is what caused the others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// A client reports.
    Client(ClientId, Arc<client::Note>),
    /// A connection is gone, both ends know.
    Closed {
        /// Its number.
        connection: ConnectionId,
    },
    /// One entry more waits for the commit step.
    CommitReady(ServerId),
    /// All that waited for the commit step is dropped.
    CommitsDropped(ServerId),
    /// Something stands on a client's console.
    Console(ClientId, Arc<console::Note>),
    /// A packet has arrived.
    Delivered(Transfer),
    /// A timer ran out.
    Fired(TimerName),
    /// A disk has begun a flush.
    FlushStarted(ServerId),
    /// The log step has something to do.
    LogReady(ServerId),
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
    /// A connection is open, both ways.
    Opened {
        /// Its number.
        connection: ConnectionId,
        /// What it is for.
        channel: Channel,
        /// Who dialled.
        dialler: Endpoint,
        /// Who was called.
        acceptor: Endpoint,
    },
    /// A server's peer reports.
    Peer(ServerId, zab::Note),
    /// A process has ended: it has no timers and no steps any more.
    ProcessEnded(ServerId),
    /// A packet is on its way.
    Sent(Transfer),
    /// A server reports.
    Server(ServerId, server::Note),
    /// A timer is forgotten.
    TimerCancelled(TimerName),
    /// A timer is set, or set anew, to a span of `min..=max`.
    TimerSet {
        /// Which.
        timer: TimerName,
        /// The shortest span.
        min: Span,
        /// The longest span.
        max: Span,
    },
}

/// A packet that is sent or delivered.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Transfer {
    /// Its number.
    pub packet: PacketId,
    /// On which connection.
    pub connection: ConnectionId,
    /// Which way.
    pub direction: Direction,
    /// Who sent it.
    pub from: Endpoint,
    /// To whom.
    pub to: Endpoint,
    /// What it is.
    pub segment: Segment,
}

impl Transfer {
    /// Whether it is a sign of life and no more.
    pub fn is_ping(&self) -> bool {
        self.segment.is_ping()
    }
}
