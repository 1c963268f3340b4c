//! Scenarios drawn from a seed: an ensemble to which everything happens that ZAB has to bear.

use super::{Scenario, TimedCommand};
use crate::api::{AddWatchMode, CreateMode, Op, OpClass};
use crate::ensemble::{ClientCommand, Endpoint};
use crate::sim::{Command, Link, Purpose, Rng, Settings, SpanRange};
use crate::types::{ClientId, Instant, ServerId, Span};

/// Draws a scenario of faults and client operations. What it draws is nothing but commands: the
/// scenario replays without it.
#[derive(Clone, Debug)]
pub struct Chaos {
    rng: Rng,
    servers: u8,
    clients: u16,
}

/// When the first fault may come: the first election may be under way.
const FIRST_AT: Instant = Instant(100_000);

/// How many commands are drawn.
const COMMANDS: u64 = 60;

impl Chaos {
    /// The scenario of this seed: faults up to its end, and nothing healed then.
    pub fn scenario(servers: u8, seed: u64) -> Scenario {
        let mut chaos = Chaos { rng: Rng::new(seed, Purpose::Chaos), servers, clients: 0 };
        let settings = chaos.settings();
        chaos.clients = u16::try_from(settings.clients.len()).expect("there are a few");
        let mut scenario = Scenario::new(settings, seed);
        scenario.title = format!("Chaos of seed {seed} with {servers} servers");
        let mut at = FIRST_AT;
        // Some runs are hectic, others leave time to recover.
        let pause_max = Span::millis([40, 200, 800][chaos.below(3)]);
        for _ in 0..COMMANDS {
            at += chaos.rng.span(SpanRange { min: Span::micros(1), max: pause_max });
            let command = chaos.command();
            scenario.commands.push(TimedCommand::new(at, command));
        }
        scenario.until = at;
        scenario
    }

    /// Settings that let rare branches come up: a short committed log means SNAP, a slow disk that
    /// much is lost in a crash.
    fn settings(&mut self) -> Settings {
        let mut settings = Settings::with_servers(self.servers);
        settings.commit_log_count = [2, 5, 20, 500][self.below(4)];
        settings.txn_log_sync = self.chance(50);
        if self.chance(40) {
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

    fn command(&mut self) -> Command {
        match self.below(100) {
            0..40 => {
                let client = ClientId(1 + self.below(usize::from(self.clients)) as u16);
                Command::Client { client, what: self.client_command() }
            }
            40..46 => Command::Crash(self.server()),
            46..50 => Command::CrashLeader,
            50..63 => Command::Restart(self.server()),
            63..66 => Command::Pause(self.server()),
            66..71 => Command::Resume(self.server()),
            71..75 => Command::Partition { groups: self.groups() },
            75..77 => Command::IsolateLeader,
            77..78 => Command::Isolate(self.server()),
            78..83 => Command::CutLink(self.link()),
            83..90 => Command::HealAll,
            90..94 => Command::SetLatency { link: self.link(), latency: self.latency() },
            94..96 => Command::ResetLatency,
            96..98 => Command::Repair(self.server()),
            98 => Command::BreakConnection(crate::types::ConnectionId(self.below(150) as u32)),
            _ if self.clients < 8 => {
                self.clients += 1;
                Command::AddClient { server: self.server() }
            }
            _ => Command::HealAndRestartAll,
        }
    }

    fn client_command(&mut self) -> ClientCommand {
        match self.below(20) {
            0 => ClientCommand::Attach(self.server()),
            1 => ClientCommand::Close,
            2 => ClientCommand::Start,
            3 => ClientCommand::Program((0..4).map(|_| self.op()).collect()),
            4..6 => ClientCommand::Submit(Op::multi([self.op(), self.op()].map(in_multi))),
            _ => ClientCommand::Submit(self.op()),
        }
    }

    fn op(&mut self) -> Op {
        let path = ["/a", "/b", "/a/x", "/a/y", "/b/x"][self.below(5)];
        let data = ["one", "two", "three"][self.below(3)];
        match self.below(20) {
            0..5 => Op::create(path, data, CreateMode::Persistent),
            5..7 => Op::create(path, data, CreateMode::Ephemeral),
            7..9 => Op::create(path, data, CreateMode::PersistentSequential),
            9 => Op::create(path, data, CreateMode::EphemeralSequential),
            10..12 => Op::delete(path),
            12..16 => self.read(path),
            16 => Op::Sync { path: path.into() },
            _ => Op::set(path, data),
        }
    }

    /// A read, mostly one that leaves a watch.
    fn read(&mut self, path: &str) -> Op {
        let (path, watch) = (path.into(), self.chance(70));
        match self.below(8) {
            0..3 => Op::GetData { path, watch },
            3 => Op::GetChildren { path, watch },
            4 => Op::GetChildren2 { path, watch },
            5 => Op::AddWatch { path, mode: AddWatchMode::PersistentRecursive },
            _ => Op::Exists { path, watch },
        }
    }

    fn server(&mut self) -> ServerId {
        ServerId(1 + self.below(usize::from(self.servers)) as u8)
    }

    /// Between two servers; mostly different ones.
    fn link(&mut self) -> Link {
        let (from, to) = (self.server(), self.server());
        Link { from: Endpoint::Server(from), to: Endpoint::Server(to) }
    }

    fn groups(&mut self) -> Vec<Vec<ServerId>> {
        let mut groups = vec![Vec::new(), Vec::new()];
        for server in (1..=self.servers).map(ServerId) {
            groups[self.below(2)].push(server);
        }
        groups.retain(|group| !group.is_empty());
        groups
    }

    fn latency(&mut self) -> SpanRange {
        let max = [20_000, 100_000, 700_000][self.below(3)];
        SpanRange::micros(max / 2, max)
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// A place among so many.
    fn below(&mut self, count: usize) -> usize {
        self.rng.below(count as u64) as usize
    }
}

/// Reads have no place in a multi.
fn in_multi(op: Op) -> Op {
    match op.path() {
        Some(path) if op.class() != OpClass::Write => Op::check(path, 0),
        _ => op,
    }
}
