//! A run in the words of the published system specification, for a checker outside.
//!
//! One line for each event of the protocol: which action of the specification it shows, where it
//! has one, and how the server stands after the step that the event belongs to. So the lines of one
//! step all show the same state of their server. What is about clients only is left out.
//!
//! The folder ends where lines are written to a file.

mod action;

pub use action::{SpecAction, SpecStanding};

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::Run;
use crate::ensemble::TimerName;
use crate::server::{self, Server};
use crate::sim::{Command, EventId, EventKind, TraceEvent, World};
use crate::types::{Epoch, ServerId, Zxid};
use crate::zab::{Message, Note, Phase, RoleName};

/// A run as the specification sees it, written while the run goes on.
#[derive(Clone, Debug)]
pub struct SpecTrace {
    next: EventId,
    standings: BTreeMap<ServerId, (RoleName, Phase)>,
    /// Leader and learner, where NEWLEADER is on its way and not acknowledged.
    awaited: BTreeSet<(ServerId, ServerId)>,
    /// The servers that had a process.
    alive: BTreeSet<ServerId>,
}

/// One event of the protocol.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SpecLine {
    /// The event's number.
    pub index: u64,
    /// When, in microseconds.
    pub instant: u64,
    /// The specification's action; `None` where it has none.
    pub action: Option<&'static str>,
    /// The paper's step that the action belongs to.
    pub paper: Option<&'static str>,
    /// The server that acts.
    pub server: Option<ServerId>,
    /// The other one, where there is one.
    pub peer: Option<ServerId>,
    /// What the event says: a message, a note, a timer or a command.
    pub args: Value,
    /// The server behind the step.
    pub after: Option<After>,
}

/// How a server stands. What is in memory only is `None` where it does not run.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct After {
    /// ZooKeeper's name of its role.
    pub role: Option<&'static str>,
    /// ZooKeeper's name of its phase.
    pub phase: Option<&'static str>,
    /// The promise on its disk.
    pub accepted_epoch: Epoch,
    /// The epoch on its disk.
    pub current_epoch: Epoch,
    /// The end of its history, what is not flushed yet included.
    pub last_zxid: Zxid,
    /// The last transaction that it knows to be committed; see `Peer::last_committed`.
    pub last_committed: Option<Zxid>,
}

impl Default for SpecTrace {
    fn default() -> SpecTrace {
        SpecTrace {
            next: EventId::FIRST,
            standings: BTreeMap::new(),
            awaited: BTreeSet::new(),
            alive: BTreeSet::new(),
        }
    }
}

impl SpecTrace {
    /// The lines of what has happened since the last call: call it after every step.
    pub fn lines(&mut self, run: &Run) -> Vec<SpecLine> {
        let mut lines = Vec::new();
        for event in run.trace().iter_from(self.next) {
            self.next = event.id.next();
            lines.extend(self.line(event, run.world()));
        }
        let servers = run.world().ensemble().servers();
        self.alive = servers.filter(|server| server.process().is_some()).map(Server::id).collect();
        lines
    }

    fn line(&mut self, event: &TraceEvent, world: &World) -> Option<SpecLine> {
        let (server, peer) = self.parties(&event.kind, world);
        let args = args(&event.kind)?;
        let action = SpecAction::of(&event.kind, |server| self.standing(server, peer));
        self.take_note(&event.kind);
        Some(SpecLine {
            index: event.id.number(),
            instant: event.at.0,
            action: action.map(SpecAction::name),
            paper: action.and_then(SpecAction::paper_step),
            server,
            peer,
            args,
            after: server.and_then(|server| world.ensemble().server(server)).map(After::of),
        })
    }

    fn standing(&self, server: ServerId, peer: Option<ServerId>) -> SpecStanding {
        let looking = (RoleName::Looking, Phase::Election);
        let (role, phase) = self.standings.get(&server).copied().unwrap_or(looking);
        let awaits = peer.is_some_and(|learner| self.awaited.contains(&(server, learner)));
        SpecStanding { role, phase, awaits_new_leader_ack: awaits }
    }

    fn take_note(&mut self, kind: &EventKind) {
        match kind {
            EventKind::Peer(server, note) => match note {
                Note::Entered { role, phase, .. } => {
                    self.standings.insert(*server, (*role, *phase));
                }
                // Told at the end of the step only, and what a leader that is a quorum by itself
                // passes through not at all.
                Note::LeaderFound { leader, .. } if leader == server => {
                    self.standings.insert(*server, (RoleName::Leading, Phase::Discovery));
                }
                Note::SyncPlanned { learner, .. } => _ = self.awaited.insert((*server, *learner)),
                _ => (),
            },
            EventKind::Delivered(transfer) => {
                let parties = (transfer.to.server(), transfer.from.server());
                if let (Some(leader), Some(learner)) = parties
                    && let Some(Message::Ack(_)) = action::message(transfer)
                {
                    self.awaited.remove(&(leader, learner));
                }
            }
            EventKind::Server(server, server::Note::Started { .. }) => {
                self.standings.remove(server);
                self.awaited.retain(|(leader, _)| leader != server);
            }
            _ => (),
        }
    }

    /// Who acts, and with whom.
    fn parties(&self, kind: &EventKind, world: &World) -> (Option<ServerId>, Option<ServerId>) {
        match kind {
            EventKind::Command(command) => {
                let mut ended = self.alive.iter().copied().filter(|&server| {
                    let found = world.ensemble().server(server);
                    found.is_some_and(|found| found.process().is_none())
                });
                match &**command {
                    Command::CutLink(link) | Command::HealLink(link) => {
                        (link.from.server(), link.to.server())
                    }
                    Command::Isolate(server) => (Some(*server), None),
                    _ => (ended.next(), None),
                }
            }
            EventKind::Delivered(transfer) => (transfer.to.server(), transfer.from.server()),
            EventKind::Peer(server, note) => (Some(*server), other(note)),
            EventKind::Sent(transfer) => (transfer.from.server(), transfer.to.server()),
            EventKind::Server(server, _) => (Some(*server), None),
            EventKind::TimerFired(TimerName::Server(server, _)) => (Some(*server), None),
            _ => (None, None),
        }
    }
}

/// Whom a note is about, besides the server that reports it.
fn other(note: &Note) -> Option<ServerId> {
    match note {
        Note::VoteCounted { from, .. } | Note::Ignored { from, .. } => Some(*from),
        Note::Registered { learner, .. }
        | Note::EpochAcked { learner, .. }
        | Note::SyncPlanned { learner, .. }
        | Note::NewLeaderAcked { learner, .. }
        | Note::LearnerDropped { learner, .. } => Some(*learner),
        Note::Acked { by, .. } => Some(*by),
        Note::Entered { leader, .. } => *leader,
        Note::LeaderFound { leader, .. } | Note::VotesSettled { leader } => Some(*leader),
        _ => None,
    }
}

/// What an event says; `None` where it is none of the protocol's.
fn args(kind: &EventKind) -> Option<Value> {
    let value = match kind {
        EventKind::Command(command) => serde_json::to_value(&**command),
        EventKind::Delivered(transfer) | EventKind::Sent(transfer) => {
            serde_json::to_value(action::message(transfer)?)
        }
        EventKind::Peer(_, note) => serde_json::to_value(note),
        EventKind::Server(_, note) => match note {
            server::Note::Applied { .. }
            | server::Note::Exited { .. }
            | server::Note::Flushed { .. }
            | server::Note::RefusedToStart { .. }
            | server::Note::Repaired
            | server::Note::Replayed { .. }
            | server::Note::SnapshotLoaded { .. }
            | server::Note::SnapshotTaken { .. }
            | server::Note::Started { .. }
            | server::Note::TreeReloaded { .. } => serde_json::to_value(note),
            _ => return None,
        },
        EventKind::TimerFired(TimerName::Server(_, server::Timer::Peer(timer))) => {
            serde_json::to_value(timer)
        }
        _ => return None,
    };
    // Values of ours have no keys but strings, and so a form as JSON.
    Some(value.unwrap_or(Value::Null))
}

impl After {
    fn of(server: &Server) -> After {
        let durable = server.disk().durable();
        let peer = server.process().map(|process| process.peer());
        After {
            role: peer.map(|peer| peer.role_name().name()),
            phase: peer.map(|peer| peer.phase().name()),
            accepted_epoch: durable.accepted_epoch,
            current_epoch: durable.current_epoch,
            last_zxid: peer.map_or(durable.last_zxid(), |peer| peer.history().last_logged()),
            last_committed: peer.map(|peer| peer.last_committed()),
        }
    }
}
