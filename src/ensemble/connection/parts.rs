//! What connections are made of: who is at their ends, which way, what for, and what travels.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::server::Packet;
use crate::types::{ClientId, ServerId};
use crate::zab;

/// Who holds an end of a connection.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Endpoint {
    /// A server.
    Server(ServerId),
    /// A client.
    Client(ClientId),
}

impl Endpoint {
    /// The server, where it is one.
    pub fn server(self) -> Option<ServerId> {
        match self {
            Endpoint::Server(server) => Some(server),
            Endpoint::Client(_) => None,
        }
    }

    /// The client, where it is one.
    pub fn client(self) -> Option<ClientId> {
        match self {
            Endpoint::Client(client) => Some(client),
            Endpoint::Server(_) => None,
        }
    }
}

impl From<ServerId> for Endpoint {
    fn from(server: ServerId) -> Endpoint {
        Endpoint::Server(server)
    }
}

impl From<ClientId> for Endpoint {
    fn from(client: ClientId) -> Endpoint {
        Endpoint::Client(client)
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Endpoint::Server(server) => write!(out, "{server}"),
            Endpoint::Client(client) => write!(out, "{client}"),
        }
    }
}

/// What a connection is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Channel {
    /// A client and its server.
    Client,
    /// Notifications between two servers.
    Election,
    /// A learner and its leader.
    Learner,
}

impl Channel {
    /// All of them.
    pub const ALL: [Channel; 3] = [Channel::Client, Channel::Election, Channel::Learner];

    /// Its name in scenario texts.
    pub const fn name(self) -> &'static str {
        match self {
            Channel::Client => "client",
            Channel::Election => "election",
            Channel::Learner => "learner",
        }
    }
}

impl From<zab::Channel> for Channel {
    fn from(channel: zab::Channel) -> Channel {
        match channel {
            zab::Channel::Election => Channel::Election,
            zab::Channel::Learner => Channel::Learner,
        }
    }
}

/// One of the two directions of a connection.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Direction {
    /// From the side that dialled.
    Forward,
    /// Towards the side that dialled.
    Backward,
}

impl Direction {
    /// Both, in order.
    pub const BOTH: [Direction; 2] = [Direction::Forward, Direction::Backward];

    /// The other one.
    pub const fn opposite(self) -> Direction {
        match self {
            Direction::Forward => Direction::Backward,
            Direction::Backward => Direction::Forward,
        }
    }

    /// Where a pair ordered (forward, backward) holds it.
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// The number of one packet in flight, in the order in which packets were sent within a run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PacketId(pub u32);

/// What travels on a connection: packets and what TCP itself sends.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Segment {
    /// "May I?" (SYN.)
    Open,
    /// "You may." (SYN-ACK.)
    Accept,
    /// Something said by a server or a client.
    Packet(Arc<Packet>),
    /// "That was all." (FIN.)
    Close,
    /// "This connection does not exist (any more)." (RST.)
    Reset,
}

impl Segment {
    /// Whether it is a sign of life and no more.
    pub fn is_ping(&self) -> bool {
        matches!(self, Segment::Packet(packet) if packet.is_ping())
    }
}

/// One packet in flight.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InFlight {
    /// Its number.
    pub packet: PacketId,
    /// What it is.
    pub segment: Segment,
}

/// The number says when it was sent, not what it does: equal states may have come about in
/// different ways.
impl Hash for InFlight {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.segment.hash(state);
    }
}

/// Why a packet never arrived.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum LostReason {
    /// The dialler gave up before its call came through.
    Abandoned,
    /// The connection was broken from outside.
    Broken,
    /// The process at one end ended.
    Crashed,
    /// The receiver had closed the connection.
    ReceiverClosed,
}
