//! A trace as a log that ShiViz draws: every event with its vector clock.
//!
//! ```text
//! S1 {"C1":7,"S1":41,"S5":12}
//! 0.412345 s #812 got p77 PROPOSAL 1·3
//! ```
//!
//! Two lines an event, as ShiViz's own parser expects them: `(?<host>\S*)
//! (?<clock>{.*})\n(?<event>.*)`. Each host counts its own events from 1, and knows of the others
//! what the causes of its events knew. Hosts are the servers, the clients, and `outside`: whoever
//! runs the scenario's commands. What the network does by itself (a connection opens or closes, a
//! packet is lost) happens at no host and has no lines, but passes on what it follows from.
//!
//! Source: `js/model/parser.js` and `js/model/modelGraph.js` of DistributedClocks/shiviz.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Write};

use crate::ensemble::Endpoint;
use crate::run::Trace;
use crate::scenario::{command_text, condition_text};
use crate::sim::{EventId, EventKind, TraceEvent};
use crate::types::{ClientId, ServerId};

/// Where something happens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Host {
    Client(ClientId),
    Server(ServerId),
    Outside,
}

/// How many events of each host are known.
type Clock = BTreeMap<Host, u64>;

/// Writes a trace as a log for ShiViz.
///
/// # Errors
/// Where the writer fails.
pub fn write_shiviz(trace: &Trace, out: &mut impl Write) -> io::Result<()> {
    let mut clocks = Clocks { followed: followed(trace), ..Clocks::default() };
    for event in trace.iter() {
        let Some((host, clock)) = clocks.tick(event) else { continue };
        write!(out, "{host} {{")?;
        for (place, (host, count)) in clock.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            write!(out, "{comma}\"{host}\":{count}")?;
        }
        writeln!(out, "}}\n{} s #{} {}", event.at, event.id, one_line(&event.kind))?;
    }
    out.flush()
}

/// The clocks of all hosts, and of the events that another host's will follow from.
#[derive(Default)]
struct Clocks {
    hosts: BTreeMap<Host, Clock>,
    events: BTreeMap<EventId, Clock>,
    followed: BTreeSet<EventId>,
}

impl Clocks {
    /// The event happens: where, and what that host knows from now on.
    fn tick(&mut self, event: &TraceEvent) -> Option<(Host, &Clock)> {
        let cause = event.cause.and_then(|cause| self.events.get(&cause));
        let Some(host) = host_of(&event.kind) else {
            if let Some(passed_on) = cause.filter(|_| self.followed.contains(&event.id)).cloned() {
                self.events.insert(event.id, passed_on);
            }
            return None;
        };
        let clock = self.hosts.entry(host).or_default();
        for (&other, &count) in cause.into_iter().flatten() {
            let known = clock.entry(other).or_default();
            *known = count.max(*known);
        }
        *clock.entry(host).or_default() += 1;
        if self.followed.contains(&event.id) {
            self.events.insert(event.id, clock.clone());
        }
        Some((host, clock))
    }
}

/// The events that cause one elsewhere: their clocks have to be remembered.
fn followed(trace: &Trace) -> BTreeSet<EventId> {
    let elsewhere = |event: &TraceEvent| {
        let cause = event.cause?;
        let causing = host_of(&trace.find(cause)?.kind);
        (causing.is_none() || causing != host_of(&event.kind)).then_some(cause)
    };
    trace.iter().filter_map(elsewhere).collect()
}

fn host_of(kind: &EventKind) -> Option<Host> {
    let host = |endpoint: Endpoint| match endpoint {
        Endpoint::Client(client) => Host::Client(client),
        Endpoint::Server(server) => Host::Server(server),
    };
    match kind {
        EventKind::Client(client, _) | EventKind::Console(client, _) => Some(Host::Client(*client)),
        EventKind::Command(_)
        | EventKind::CommandRefused(_)
        | EventKind::ConditionEnded { .. }
        | EventKind::Exceeded(_) => Some(Host::Outside),
        EventKind::ConnectionClosed { .. }
        | EventKind::ConnectionOpened { .. }
        | EventKind::Lost { .. } => None,
        EventKind::Delivered(transfer) => Some(host(transfer.to)),
        EventKind::Peer(server, _) | EventKind::Server(server, _) => Some(Host::Server(*server)),
        EventKind::Sent(transfer) => Some(host(transfer.from)),
        EventKind::TimerFired(timer) => Some(host(timer.owner())),
    }
}

/// What happened, on one line whatever a path or a program holds.
fn one_line(kind: &EventKind) -> String {
    let text = match kind {
        EventKind::Command(command) => command_text(command).replace("\n  ", " | "),
        EventKind::ConditionEnded { condition, reached } => {
            let how = if *reached { "reached" } else { "not reached" };
            format!("{how}: {}", condition_text(condition))
        }
        _ => kind.to_string(),
    };
    text.replace(char::is_control, " ")
}

impl fmt::Display for Host {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Host::Client(client) => write!(out, "{client}"),
            Host::Server(server) => write!(out, "{server}"),
            Host::Outside => out.write_str("outside"),
        }
    }
}
