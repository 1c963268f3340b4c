//! Everything that someone outside the ensemble may do.

use serde::{Deserialize, Serialize};

use super::{Link, SpanRange};
use crate::ensemble::ClientCommand;
use crate::types::{ClientId, ConnectionId, ServerId};

/// One intervention. What is impossible at that moment has no effect but a line in the trace.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Command {
    /// One client more, which calls this server first.
    AddClient {
        /// Which server.
        server: ServerId,
    },
    /// Breaks one connection: what is in flight is lost, both sides hear of it.
    BreakConnection(ConnectionId),
    /// A client does something.
    Client {
        /// Which.
        client: ClientId,
        /// What.
        what: ClientCommand,
    },
    /// Ends a server's process; what was not flushed is gone.
    Crash(ServerId),
    /// Crashes the established leader of the newest epoch.
    CrashLeader,
    /// Nothing comes through on this link any more, until healed.
    CutLink(Link),
    /// Removes all cuts.
    HealAll,
    /// Removes all cuts, resumes what is paused and restarts what is down; a server that refuses to
    /// start is repaired first.
    HealAndRestartAll,
    /// Removes one cut.
    HealLink(Link),
    /// Cuts a server off from all other servers, both ways.
    Isolate(ServerId),
    /// Isolates the established leader of the newest epoch.
    IsolateLeader,
    /// Cuts the servers into groups: within a group all links work, between groups none does.
    /// Servers that are not named are a group of their own together.
    Partition {
        /// The groups.
        groups: Vec<Vec<ServerId>>,
    },
    /// Stops a process without ending it: it does nothing, its connections stay.
    Pause(ServerId),
    /// Repairs the disk of a server that refuses to start, as an operator would; it stays down.
    Repair(ServerId),
    /// Back to the settings' latency, on all links.
    ResetLatency,
    /// Starts a server's process again.
    Restart(ServerId),
    /// Lets a paused process go on.
    Resume(ServerId),
    /// How long packets travel on a link, from now on.
    SetLatency {
        /// Which link.
        link: Link,
        /// The latency.
        latency: SpanRange,
    },
}

impl Command {
    /// Whether it changes which packets arrive or which processes do something.
    pub(super) fn changes_flow(&self) -> bool {
        match self {
            Command::AddClient { .. } | Command::BreakConnection(_) | Command::Client { .. } => {
                false
            }
            Command::Repair(_) | Command::ResetLatency | Command::SetLatency { .. } => false,
            Command::Crash(_) | Command::CrashLeader | Command::Restart(_) => true,
            Command::CutLink(_) | Command::HealAll | Command::HealLink(_) => true,
            Command::Isolate(_) | Command::IsolateLeader | Command::Partition { .. } => true,
            Command::HealAndRestartAll | Command::Pause(_) | Command::Resume(_) => true,
        }
    }
}
