//! Scenarios drawn from a seed: an ensemble to which everything happens that ZAB has to bear.
//!
//! A [`Chaos`] says of what kind, its [`Chaos::scenario`] draws it. What is drawn is nothing but
//! settings and commands: the scenario replays without it. Faults come in bursts with quiet between
//! them; some are aimed, by a condition, at a server in a certain phase, since DISCOVERY and
//! SYNCHRONIZATION are short.

mod fault;
mod profile;
mod work;

pub use profile::Profile;

use super::{Scenario, TimedCommand};
use crate::sim::{Command, Condition, Purpose, Reach, Rng, Settings, SpanRange};
use crate::types::{Instant, ServerId, Span};
use crate::zab::{Phase, Rules};

/// The kind of a drawn scenario.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Chaos {
    /// How many servers vote.
    pub servers: u8,
    /// How many more there are that do not.
    pub observers: u8,
    /// What happens to them.
    pub profile: Profile,
    /// Which rules are switched off.
    pub rules: Rules,
}

/// When the first fault may come: the first election may be under way.
const FIRST_AT: Instant = Instant(100_000);

/// How long a drawn scenario is.
const LENGTH: Span = Span::millis(60_000);

/// The fewest operations that its clients are told to do.
const OPS_MIN: usize = 50;

/// The fewest faults, but in calm.
const FAULTS_MIN: usize = 3;

/// What is drawn so far.
struct Draw {
    chaos: Chaos,
    rng: Rng,
    /// How many clients there will be.
    clients: u16,
    /// How many disks may still be lost: with them a minority has lost its own.
    losses_left: u8,
}

/// A few commands that belong together, the later ones so long after the one before.
type Group = Vec<(Span, Command)>;

impl Chaos {
    /// Draws the scenario of this seed: faults up to its end, and nothing healed then.
    pub fn scenario(self, seed: u64) -> Scenario {
        let rng = Rng::new(seed, Purpose::Chaos);
        let losses_left = (self.servers - 1) / 2;
        let mut draw = Draw { chaos: self, rng, clients: 0, losses_left };
        let settings = draw.settings();
        draw.clients = u16::try_from(settings.clients.len()).expect("there are a few");
        let mut scenario = Scenario::new(settings, seed);
        let Chaos { servers, observers, profile, .. } = self;
        scenario.title = match observers {
            0 => format!("Chaos of seed {seed}: {profile}, {servers} servers"),
            _ => {
                format!("Chaos of seed {seed}: {profile}, {servers} servers, {observers} observers")
            }
        };
        scenario.until = Instant::ZERO + LENGTH;
        scenario.commands = in_order(draw.work_and_faults());
        scenario
    }
}

/// The groups by the instants at which they begin; what follows on a wait stays behind it.
fn in_order(mut groups: Vec<(Instant, Group)>) -> Vec<TimedCommand> {
    groups.sort_by_key(|(at, _)| *at);
    let mut commands = Vec::new();
    for (at, group) in groups {
        let waits = matches!(group.first(), Some((_, Command::Until { .. })));
        for (place, (after, command)) in group.into_iter().enumerate() {
            let then = (waits && place > 0).then_some(after);
            commands.push((at, TimedCommand { at, steps_before: 0, then, command }));
        }
    }
    commands.into_iter().map(|(_, timed)| timed).collect()
}

impl Draw {
    /// Settings that let rare branches come up: a short committed log means SNAP, few records
    /// between snapshots that a log reaches over several, a slow disk that much is lost in a crash.
    fn settings(&mut self) -> Settings {
        let Chaos { servers, observers, profile, rules } = self.chaos;
        let mut settings = Settings::with_servers(servers);
        (settings.observers, settings.rules) = (observers, rules);
        for observer in (1..=observers).map(|number| ServerId(servers + number)) {
            if self.chance(50) {
                settings.clients.push(observer);
            }
        }
        settings.commit_log_count = [2, 5, 20, 500][self.below(4)];
        settings.snap_count = [4, 20, 100, 100_000][self.below(4)];
        settings.txn_log_sync = self.chance(50);
        settings.session_timeout = Span::millis([400, 1_000, 2_000][self.below(3)]);
        settings.autocreate = profile != Profile::RadioactiveDisk;
        if self.chance(30) {
            settings.flush = SpanRange::micros(1_000, 30_000);
        }
        if self.chance(30) {
            settings.server_latency = SpanRange::micros(500, 20_000);
        }
        if self.chance(30) {
            let server = self.server();
            settings.clock_skew_millis.insert(server, -5_000);
        }
        settings
    }

    fn work_and_faults(&mut self) -> Vec<(Instant, Group)> {
        let bursts: Vec<(Instant, Span)> = (0..1 + self.below(6)).map(|_| self.burst()).collect();
        let mut groups = Vec::new();
        if self.chaos.profile != Profile::Calm {
            for _ in 0..FAULTS_MIN + self.below(25) {
                let at = self.instant_in(&bursts, 85);
                let fault = self.fault();
                self.spread(at, fault, &mut groups);
            }
        }
        let ops = OPS_MIN + self.below(60);
        let mut told = 0;
        while told < ops {
            let at = self.instant_in(&bursts, 40);
            let (count, command) = self.work();
            told += count;
            groups.push((at, vec![(Span(0), command)]));
        }
        groups
    }

    /// The commands of a fault at their instants, or all of them behind a wait.
    fn spread(&mut self, at: Instant, fault: Group, groups: &mut Vec<(Instant, Group)>) {
        if self.chance(30) {
            let server = self.server();
            let phases = [Phase::Election, Phase::Discovery, Phase::Synchronization];
            let condition =
                Condition::Server { server, reaches: Reach::HasPhase(phases[self.below(3)]) };
            let until = Command::Until { condition, within: Span::millis(1_500), or_end: false };
            let from = fault.first().and_then(|(_, command)| target(command));
            let aimed = fault.into_iter().map(|(after, command)| match from {
                Some(from) => (after, retarget(command, from, server)),
                None => (after, command),
            });
            groups.push((at, [(Span(0), until)].into_iter().chain(aimed).collect()));
            return;
        }
        let mut at = at;
        for (after, command) in fault {
            at += after;
            if at < Instant::ZERO + LENGTH {
                groups.push((at, vec![(Span(0), command)]));
            }
        }
    }

    /// When many things happen, and for how long.
    fn burst(&mut self) -> (Instant, Span) {
        let length = Span::millis([150, 1_000, 4_000, 12_000][self.below(4)]);
        let last = SpanRange { min: Span(0), max: Span(LENGTH.0 - length.0 - FIRST_AT.0) };
        (FIRST_AT + self.rng.span(last), length)
    }

    /// An instant: mostly, or rarely, one of a burst.
    fn instant_in(&mut self, bursts: &[(Instant, Span)], percent: usize) -> Instant {
        let (start, length) = if self.chance(percent) {
            bursts[self.below(bursts.len())]
        } else {
            (FIRST_AT, Span(LENGTH.0 - FIRST_AT.0 - 1))
        };
        start + self.rng.span(SpanRange { min: Span(0), max: length })
    }

    /// Any server, observers included.
    fn server(&mut self) -> ServerId {
        let count = self.chaos.servers + self.chaos.observers;
        ServerId(1 + self.below(usize::from(count)) as u8)
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// A place among so many.
    fn below(&mut self, count: usize) -> usize {
        self.rng.below(count as u64) as usize
    }
}

/// The same, with another server in place of the one that it is about.
fn retarget(command: Command, from: ServerId, to: ServerId) -> Command {
    match command {
        Command::Crash(server) if server == from => Command::Crash(to),
        Command::CrashTorn { server, kept } if server == from => {
            Command::CrashTorn { server: to, kept }
        }
        Command::FaultDisk { server, fault } if server == from => {
            Command::FaultDisk { server: to, fault }
        }
        Command::HoldStep { server, step } if server == from => {
            Command::HoldStep { server: to, step }
        }
        Command::Isolate(server) if server == from => Command::Isolate(to),
        Command::Pause(server) if server == from => Command::Pause(to),
        Command::ReleaseStep { server, step } if server == from => {
            Command::ReleaseStep { server: to, step }
        }
        Command::Repair(server) if server == from => Command::Repair(to),
        Command::Restart(server) if server == from => Command::Restart(to),
        Command::Resume(server) if server == from => Command::Resume(to),
        Command::TakeStep { server, step } if server == from => {
            Command::TakeStep { server: to, step }
        }
        other => other,
    }
}

/// The server that a fault is about, if it is about one.
fn target(command: &Command) -> Option<ServerId> {
    match command {
        Command::Crash(server) | Command::Isolate(server) | Command::Pause(server) => Some(*server),
        Command::CrashTorn { server, .. } | Command::FaultDisk { server, .. } => Some(*server),
        Command::HoldStep { server, .. } => Some(*server),
        _ => None,
    }
}
