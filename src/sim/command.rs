//! Everything that someone outside the ensemble may do.

use serde::{Deserialize, Serialize};

use super::{Condition, Link, SpanRange};
use crate::ensemble::{Channel, ClientCommand};
use crate::server::{Contents, DiskFault};
use crate::types::{ClientId, ConnectionId, ServerId, Span};

/// A step of a server that can be held.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ServerStep {
    /// The commit step: no committed transaction reaches the tree.
    Commit,
    /// The disk: no flush ends, so that nothing becomes durable.
    Disk,
    /// The log step: no transaction is handed to the disk. Single writes of the peer still are.
    Log,
}

impl ServerStep {
    /// All of them.
    pub const ALL: [ServerStep; 3] = [ServerStep::Commit, ServerStep::Disk, ServerStep::Log];

    /// Its name in scenario texts.
    pub const fn name(self) -> &'static str {
        match self {
            ServerStep::Commit => "commit",
            ServerStep::Disk => "disk",
            ServerStep::Log => "log",
        }
    }
}

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
    /// Ends a server's process in the middle of a flush: the first `kept` records of it are on
    /// disk, the next one is torn.
    CrashTorn {
        /// Which server.
        server: ServerId,
        /// How many records are kept.
        kept: u32,
    },
    /// Nothing comes through on this link any more, until healed.
    CutLink(Link),
    /// The oldest messages on a link arrive at once, held or not.
    Deliver {
        /// Which link.
        link: Link,
        /// Of which channel; otherwise of the one that has the oldest.
        channel: Option<Channel>,
        /// How many; fewer where there are not so many.
        count: u32,
    },
    /// Something is done to a server's disk.
    FaultDisk {
        /// Which server.
        server: ServerId,
        /// What.
        fault: DiskFault,
    },
    /// A link is cut and healed again and again, until healed for good.
    Flap {
        /// Which link.
        link: Link,
        /// How long it stays cut, and then open.
        period: Span,
    },
    /// Removes all cuts; no link flaps any more.
    HealAll,
    /// Removes all cuts and holds, sets clocks and disks right, resumes what is paused and restarts
    /// what is down; a server that refuses to start is repaired first.
    HealAndRestartAll,
    /// Removes one cut.
    HealLink(Link),
    /// Nothing arrives on this link, until released, but what is delivered by hand.
    HoldLink {
        /// Which link.
        link: Link,
        /// On which channel; otherwise on all.
        channel: Option<Channel>,
    },
    /// A server takes this step no more, until released, but by hand. A crash does not release it.
    HoldStep {
        /// Which server.
        server: ServerId,
        /// Which step.
        step: ServerStep,
    },
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
    /// Puts a history on the disk of a server that is down, in place of what was there.
    PutDisk {
        /// Which server.
        server: ServerId,
        /// What its disk holds from now on.
        contents: Contents,
    },
    /// Releases all links and steps that are held.
    ReleaseAll,
    /// Releases a link that was held.
    ReleaseLink {
        /// Which link.
        link: Link,
        /// Which channel; otherwise all.
        channel: Option<Channel>,
    },
    /// Releases a step that was held.
    ReleaseStep {
        /// Which server.
        server: ServerId,
        /// Which step.
        step: ServerStep,
    },
    /// Repairs the disk of a server that refuses to start, as an operator would; it stays down.
    Repair(ServerId),
    /// Breaks the connections between the two ends of a link: what is in flight is lost both ways,
    /// both sides hear of it.
    ResetLink {
        /// Which link.
        link: Link,
        /// Of which channel; otherwise of all.
        channel: Option<Channel>,
    },
    /// Back to the settings' latency, on all links.
    ResetLatency,
    /// Starts a server's process again.
    Restart(ServerId),
    /// Lets a paused process go on.
    Resume(ServerId),
    /// How a server's clock goes from now on. Timers that are set run out as before.
    SetClock {
        /// Which server's.
        server: ServerId,
        /// How much time passes on it while 100 pass in truth; otherwise as before.
        rate_percent: Option<u32>,
        /// How far it is ahead of the truth from now on, in milliseconds, or behind; otherwise it
        /// goes on from what it says. The server has to be down for it.
        skew_millis: Option<i64>,
    },
    /// How long a flush of a server's disk takes, from the next one on.
    SetFlush {
        /// Which server's.
        server: ServerId,
        /// How long; otherwise as the settings say.
        flush: Option<SpanRange>,
    },
    /// How long packets travel on a link, from now on.
    SetLatency {
        /// Which link.
        link: Link,
        /// The latency.
        latency: SpanRange,
    },
    /// A server takes one step now, held or not.
    TakeStep {
        /// Which server.
        server: ServerId,
        /// Which step.
        step: ServerStep,
    },
    /// Waits: the commands that follow on this one come once the condition is reached, or once
    /// `within` is over. It changes nothing.
    Until {
        /// What is waited for.
        condition: Condition,
        /// How long at most.
        within: Span,
        /// Whether the run ends where it was not reached.
        or_end: bool,
    },
}

impl Command {
    /// Whether it changes which packets arrive or which steps are taken by themselves.
    pub(super) fn changes_flow(&self) -> bool {
        match self {
            Command::AddClient { .. } | Command::BreakConnection(_) | Command::Client { .. } => {
                false
            }
            Command::Deliver { .. } | Command::PutDisk { .. } | Command::Repair(_) => false,
            Command::ResetLatency | Command::ResetLink { .. } => false,
            Command::SetLatency { .. } | Command::TakeStep { .. } | Command::Until { .. } => false,
            Command::FaultDisk { .. } => false,
            Command::SetClock { .. } | Command::SetFlush { .. } => false,
            Command::CrashTorn { .. } | Command::Flap { .. } => true,
            Command::Crash(_) | Command::CrashLeader | Command::Restart(_) => true,
            Command::CutLink(_) | Command::HealAll | Command::HealLink(_) => true,
            Command::HoldLink { .. } | Command::HoldStep { .. } => true,
            Command::Isolate(_) | Command::IsolateLeader | Command::Partition { .. } => true,
            Command::HealAndRestartAll | Command::Pause(_) | Command::Resume(_) => true,
            Command::ReleaseAll | Command::ReleaseLink { .. } => true,
            Command::ReleaseStep { .. } => true,
        }
    }
}
