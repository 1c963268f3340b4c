//! What came up in a trial: a swarm in which something never comes up says nothing about it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::check::PropertyName;
use crate::client;
use crate::run::Run;
use crate::scenario::Profile;
use crate::server;
use crate::sim::{Command, EventKind, TraceEvent};
use crate::types::{Epoch, ServerId, Zxid};
use crate::zab::{self, Phase, SyncOp, SyncReason};

/// Something that is counted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Counter {
    /// Events of the trace.
    Events,
    /// Leaders that were established.
    Elections,
    /// Synchronisations by DIFF from the committed log, with or without transactions.
    DiffFromMemory,
    /// Synchronisations by DIFF from the log on disk.
    DiffFromDisk,
    /// Synchronisations by TRUNC, with or without transactions behind it.
    Trunc,
    /// Synchronisations by SNAP.
    Snap,
    /// Operations that clients sent.
    Asked,
    /// Faults that were carried out.
    Faults,
    /// Transactions committed.
    Committed,
    /// Proposals that their leader did not commit, and nobody else.
    Lost,
    /// Proposals that their leader did not commit, but a later one.
    Survived,
    /// Sessions that expired.
    Expired,
    /// Servers that refused to start and were repaired.
    Repaired,
}

impl Counter {
    /// All of them.
    pub const ALL: [Counter; 13] = [
        Counter::Events,
        Counter::Elections,
        Counter::DiffFromMemory,
        Counter::DiffFromDisk,
        Counter::Trunc,
        Counter::Snap,
        Counter::Asked,
        Counter::Faults,
        Counter::Committed,
        Counter::Lost,
        Counter::Survived,
        Counter::Expired,
        Counter::Repaired,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Counter::Events => "events",
            Counter::Elections => "elections",
            Counter::DiffFromMemory => "DIFF from the committed log",
            Counter::DiffFromDisk => "DIFF from the log on disk",
            Counter::Trunc => "TRUNC",
            Counter::Snap => "SNAP",
            Counter::Asked => "operations asked",
            Counter::Faults => "faults",
            Counter::Committed => "transactions committed",
            Counter::Lost => "proposals lost",
            Counter::Survived => "proposals that survived",
            Counter::Expired => "sessions expired",
            Counter::Repaired => "servers repaired",
        }
    }

    /// Whether a large swarm of this profile has to come upon it. Without faults nobody is thrown
    /// back. An operator is needed where a crash hits between two writes of one synchronisation or
    /// a disk is damaged, which takes crashes.
    pub fn is_demanded(self, profile: Profile) -> bool {
        match self {
            Counter::Events | Counter::Elections | Counter::Asked | Counter::Committed => true,
            Counter::DiffFromMemory => true,
            Counter::Repaired => profile == Profile::RadioactiveDisk,
            _ => profile != Profile::Calm,
        }
    }
}

impl fmt::Display for Counter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}

/// Where in the protocol the server was that a fault hit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Place {
    /// It had no process.
    Down,
    /// It ran, in this phase.
    In(Phase),
}

impl Place {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Place::Down => "down",
            Place::In(phase) => phase.name(),
        }
    }
}

/// What came up, in one trial or in many together.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Coverage {
    counts: [u64; Counter::ALL.len()],
    /// The highest epoch that a leader established.
    pub highest_epoch: Epoch,
    /// How often each property was looked at, in the order of [`PropertyName::ALL`]; empty before
    /// the first trial.
    pub evaluations: Vec<u64>,
    /// How often each fault hit a server in each place.
    pub cells: BTreeMap<(&'static str, Place), u64>,
}

impl Coverage {
    /// What came up in this run.
    pub fn of(run: &Run) -> Coverage {
        let mut coverage = Coverage {
            evaluations: run.verdicts().map(|(_, evaluated)| evaluated.evaluations()).into(),
            ..Coverage::default()
        };
        let mut places = Places::default();
        let mut events = run.trace().iter().peekable();
        while let Some(event) = events.next() {
            let next = events.peek().map(|event| &event.kind);
            let is_refused = matches!(next, Some(EventKind::CommandRefused(_)));
            coverage.count_event(event, is_refused, &places);
            places.observe(event);
        }
        coverage.count_proposals(run);
        coverage.add(Counter::Events, run.trace().len());
        coverage.add(Counter::Committed, run.checkers().committed().count());
        coverage
    }

    /// How often it came up.
    pub fn count(&self, counter: Counter) -> u64 {
        self.counts[counter as usize]
    }

    /// Adds what came up elsewhere.
    pub fn merge(&mut self, other: &Coverage) {
        for counter in Counter::ALL {
            self.add(counter, other.count(counter));
        }
        self.evaluations.resize(PropertyName::COUNT, 0);
        for (total, count) in self.evaluations.iter_mut().zip(&other.evaluations) {
            *total += count;
        }
        for (cell, count) in &other.cells {
            *self.cells.entry(*cell).or_default() += count;
        }
        self.highest_epoch = self.highest_epoch.max(other.highest_epoch);
    }

    /// What has not come up once, of all that a swarm of this profile has to come upon: counters
    /// and properties, by name.
    pub fn missing(&self, profile: Profile) -> Vec<&'static str> {
        let counters = Counter::ALL.into_iter().filter(|counter| counter.is_demanded(profile));
        let zero = counters.filter(|&counter| self.count(counter) == 0).map(Counter::name);
        let looked_at = PropertyName::ALL.into_iter().zip(&self.evaluations);
        // Whether anything outlives a crash shows where something crashes.
        let is_demanded = |name| name != PropertyName::Durability || profile != Profile::Calm;
        let unseen = looked_at
            .filter(|&(name, &count)| count == 0 && is_demanded(name))
            .map(|(name, _)| name.name());
        zero.chain(unseen).collect()
    }

    fn add(&mut self, counter: Counter, count: u64) {
        self.counts[counter as usize] += count;
    }

    fn count_event(&mut self, event: &TraceEvent, is_refused: bool, places: &Places) {
        match &event.kind {
            EventKind::Client(_, note) if matches!(**note, client::Note::Asked { .. }) => {
                self.add(Counter::Asked, 1);
            }
            EventKind::Command(command) if !is_refused => self.count_fault(command, places),
            EventKind::Peer(_, zab::Note::Established { epoch, .. }) => {
                self.highest_epoch = self.highest_epoch.max(*epoch);
                self.add(Counter::Elections, 1);
            }
            EventKind::Peer(
                _,
                zab::Note::SyncPlanned { op, reason, learner_last, min_committed, .. },
            ) => {
                self.add(sync_kind(*op, *reason, *learner_last, *min_committed), 1);
            }
            EventKind::Server(_, server::Note::SessionExpired { .. }) => {
                self.add(Counter::Expired, 1);
            }
            EventKind::Server(_, server::Note::Repaired) => self.add(Counter::Repaired, 1),
            _ => (),
        }
    }

    fn count_fault(&mut self, command: &Command, places: &Places) {
        let Some((name, server)) = fault(command, places.leader) else { return };
        self.add(Counter::Faults, 1);
        let place = server.and_then(|server| places.of.get(&server).copied());
        if server.is_some() {
            *self.cells.entry((name, place.unwrap_or(Place::Down))).or_default() += 1;
        }
    }

    /// What became of the proposals that the leader that made them did not commit.
    fn count_proposals(&mut self, run: &Run) {
        let mut open: BTreeSet<(Zxid, ServerId)> = BTreeSet::new();
        for event in run.trace().iter() {
            match &event.kind {
                EventKind::Peer(server, zab::Note::Proposed { zxid }) => {
                    open.insert((*zxid, *server));
                }
                EventKind::Peer(server, zab::Note::Committed { zxid }) => {
                    open.remove(&(*zxid, *server));
                }
                _ => (),
            }
        }
        for (zxid, _) in open {
            let survived = run.checkers().committed().contains(zxid);
            self.add(if survived { Counter::Survived } else { Counter::Lost }, 1);
        }
    }
}

fn sync_kind(op: SyncOp, reason: SyncReason, learner_last: Zxid, min_committed: Zxid) -> Counter {
    match op {
        SyncOp::Diff(_) if reason != SyncReason::Equal && learner_last < min_committed => {
            Counter::DiffFromDisk
        }
        SyncOp::Diff(_) => Counter::DiffFromMemory,
        SyncOp::Trunc(_) => Counter::Trunc,
        SyncOp::Snap(_) => Counter::Snap,
    }
}

/// Where each server is, by what the trace has told so far.
#[derive(Default)]
struct Places {
    of: BTreeMap<ServerId, Place>,
    /// The leader that was established last.
    leader: Option<ServerId>,
}

impl Places {
    fn observe(&mut self, event: &TraceEvent) {
        match &event.kind {
            EventKind::Peer(server, zab::Note::Entered { phase, .. }) => {
                self.of.insert(*server, Place::In(*phase));
            }
            EventKind::Peer(server, zab::Note::Established { .. }) => self.leader = Some(*server),
            EventKind::Server(server, server::Note::Started { .. }) => {
                self.of.insert(*server, Place::In(Phase::Election));
            }
            EventKind::Server(server, server::Note::Exited { .. }) => {
                self.of.insert(*server, Place::Down);
            }
            EventKind::Command(command) => {
                let crashed = match **command {
                    Command::Crash(server) | Command::CrashTorn { server, .. } => Some(server),
                    Command::CrashLeader => self.leader,
                    _ => None,
                };
                self.of.extend(crashed.map(|server| (server, Place::Down)));
            }
            _ => (),
        }
    }
}

/// A fault's name, and the server that it hits, where it hits one more than others.
fn fault(command: &Command, leader: Option<ServerId>) -> Option<(&'static str, Option<ServerId>)> {
    Some(match command {
        Command::BreakConnection(_) => ("break", None),
        Command::Crash(server) => ("crash", Some(*server)),
        Command::CrashLeader => ("crash", leader),
        Command::CrashTorn { server, .. } => ("torn crash", Some(*server)),
        Command::CutLink(link) => ("cut", link.to.server()),
        Command::FaultDisk { server, fault } => (fault.name(), Some(*server)),
        Command::Flap { link, .. } => ("flap", link.to.server()),
        Command::HoldLink { link, .. } => ("hold", link.to.server()),
        Command::HoldStep { server, step } => (step.name(), Some(*server)),
        Command::Isolate(server) => ("isolate", Some(*server)),
        Command::IsolateLeader => ("isolate", leader),
        Command::Partition { .. } => ("partition", leader),
        Command::Pause(server) => ("pause", Some(*server)),
        Command::ResetLink { link, .. } => ("reset", link.to.server()),
        Command::SetClock { server, .. } => ("clock", Some(*server)),
        Command::SetFlush { server, .. } => ("slow disk", Some(*server)),
        Command::SetLatency { link, .. } => ("latency", link.to.server()),
        Command::AddClient { .. }
        | Command::Client { .. }
        | Command::Deliver { .. }
        | Command::HealAll
        | Command::HealAndRestartAll
        | Command::HealLink(_)
        | Command::PutDisk { .. }
        | Command::ReleaseAll
        | Command::ReleaseLink { .. }
        | Command::ReleaseStep { .. }
        | Command::Repair(_)
        | Command::ResetLatency
        | Command::Restart(_)
        | Command::Resume(_)
        | Command::TakeStep { .. }
        | Command::Until { .. } => return None,
    })
}
