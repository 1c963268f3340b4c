//! What a recording consists of: `zab-protocol-trace/1`, typed.

use std::collections::BTreeMap;
use std::fmt;

use super::said::{Asked, Said};
use super::votes::Votes;
use crate::scenario::Place;
use crate::types::{Instant, ServerId, Span};
use crate::zab::RoleName;

/// A recording of what real servers said to each other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recording {
    /// The first line.
    pub header: Header,
    /// All others, by time.
    pub records: Vec<Record>,
}

impl Recording {
    /// Which records a replay holds ours against, by their places: messages between learners and
    /// leaders, the roles that servers take, and each sender's last vote of an election. Everything
    /// else is free or says when something happens.
    pub fn compared(&self) -> Vec<u32> {
        let last_votes = Votes::of(self, BTreeMap::new()).last;
        let is_compared = |(index, record): &(u32, &Record)| match &record.event {
            Event::Quorum { said, .. } => !matches!(said, Said::Ping { .. }),
            Event::State(_, role) => role.is_some(),
            Event::Notification { .. } => last_votes.contains_key(index),
            _ => false,
        };
        (0..).zip(&self.records).filter(is_compared).map(|(index, _)| index).collect()
    }
}

/// The first line of a recording.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Header {
    /// The version recorded, such as `3.8.0`.
    pub zookeeper: String,
    /// What the recording is called.
    pub scenario: String,
    /// What happens in it.
    pub description: String,
    /// The servers and whether each has a vote, by id.
    pub servers: Vec<(ServerId, bool)>,
    /// `tickTime`.
    pub tick: Span,
    /// `initLimit`, in ticks.
    pub init_limit: u32,
    /// `syncLimit`, in ticks.
    pub sync_limit: u32,
    /// System properties, as `name=value`.
    pub properties: Vec<String>,
}

/// One line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// Its place in the file, counted from 1.
    pub line: u32,
    /// Since the start of the recording.
    pub at: Instant,
    /// What happened.
    pub event: Event,
}

/// A client by the number in its name: `c1` is 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct ClientName(pub u16);

/// What a connection is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Channel {
    /// A client and its server.
    Client,
    /// Notifications between two servers.
    Election,
    /// A learner and its leader.
    Quorum,
}

/// One end of a connection.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum End {
    /// A server.
    Server(ServerId),
    /// A client of the test.
    Client(ClientName),
}

/// What happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// The test did something to a server.
    Driver(Driver, ServerId),
    /// The test did something that shows elsewhere too, or nothing at all.
    DriverOther,
    /// The recording ends.
    EndOfCapture,
    /// A server's own log says which role it takes, or (`None`) something finer.
    State(ServerId, Option<RoleName>),
    /// Someone connects; `from` is not known where the connection was refused.
    Connected {
        /// On which channel.
        channel: Channel,
        /// Who called.
        from: Option<End>,
        /// Who was called.
        to: End,
        /// Whether nobody was there.
        refused: bool,
    },
    /// `from` has closed its end.
    Closed {
        /// On which channel.
        channel: Channel,
        /// Who closed.
        from: End,
        /// Who is at the other end.
        to: End,
    },
    /// A vote.
    Notification {
        /// Whose.
        from: ServerId,
        /// To whom.
        to: ServerId,
        /// What it says.
        notice: Notice,
    },
    /// A message between a learner and its leader.
    Quorum {
        /// Who sent it.
        from: ServerId,
        /// To whom.
        to: ServerId,
        /// What it says.
        said: Said,
    },
    /// A client asks for a session; `session` is the one it had.
    ClientConnects {
        /// Which client.
        client: ClientName,
        /// At which server.
        server: ServerId,
        /// The timeout it would like.
        timeout: Span,
        /// The session it comes back to.
        session: Option<String>,
    },
    /// A client has its session.
    ClientConnected {
        /// Which client.
        client: ClientName,
        /// The timeout it got.
        timeout: Span,
        /// The session.
        session: String,
    },
    /// A client asks.
    ClientRequest {
        /// Which client.
        client: ClientName,
        /// Which server.
        server: ServerId,
        /// The request's number.
        xid: i32,
        /// What.
        asked: Asked,
    },
    /// A client is told.
    ClientReply {
        /// Which client.
        client: ClientName,
        /// By which server.
        server: ServerId,
        /// The request's number.
        xid: i32,
        /// The code, 0 for none.
        err: i32,
    },
    /// A client is told of an event, or that its session is over.
    ClientOther,
}

/// What the test did to a server.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Driver {
    /// `start_server`
    Start,
    /// `kill_9`
    Kill,
    /// `pause_server`
    Pause,
    /// `resume_server`
    Resume,
    /// `wiped_data`
    Wipe,
}

/// A vote as it stands on the wire: an observer's has the smallest numbers there are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Notice {
    /// The sender's role.
    pub state: RoleName,
    /// Its logical clock.
    pub round: i64,
    /// The candidate's epoch.
    pub peer_epoch: i64,
    /// The candidate's last zxid.
    pub zxid: (i64, i64),
    /// The candidate.
    pub leader: i64,
}

/// Why a recording cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordingError {
    /// The file, where it came from one.
    pub file: Option<String>,
    /// Where in it.
    pub place: Place,
    /// What is wrong, and what was expected.
    pub problem: String,
}

impl RecordingError {
    pub(super) fn at(place: Place, problem: impl Into<String>) -> RecordingError {
        RecordingError { file: None, place, problem: problem.into() }
    }

    /// The same, with the file it was found in.
    #[must_use]
    pub fn in_file(self, file: impl Into<String>) -> RecordingError {
        RecordingError { file: Some(file.into()), ..self }
    }
}

/// `trunc.jsonl:3:12: …`
impl fmt::Display for RecordingError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { line, column } = self.place;
        match &self.file {
            Some(file) => write!(out, "{file}:{line}:{column}: {}", self.problem),
            None => write!(out, "line {line}, column {column}: {}", self.problem),
        }
    }
}

impl std::error::Error for RecordingError {}

impl fmt::Display for Notice {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Notice { state, round, peer_epoch, zxid: (epoch, counter), leader } = self;
        let state = state.name();
        write!(out, "{state} leader {leader} zxid [{epoch},{counter}] round {round} ")?;
        write!(out, "peer_epoch {peer_epoch}")
    }
}
