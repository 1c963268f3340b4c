//! All that a person can do to a run that is watched.

use super::{STEPS_TO_EVENT, Speed, Viewer, is_milestone, is_notable};
use crate::api::{CreateMode, Op};
use crate::ensemble::{ClientCommand, PacketId};
use crate::sim::{Command, Link, SpanRange, TraceEvent};
use crate::types::{ClientId, ServerId, Span};

/// What is selected.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Selection {
    /// A server.
    Server(ServerId),
    /// A message in flight.
    Packet(PacketId),
}

/// Something a person does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action {
    /// Lets time run, or stops it.
    PlayPause,
    /// Goes on to the next event that is more than a sign of life.
    StepEvent,
    /// Goes on to the next commit, change of role or fault.
    StepMilestone,
    /// Plays at this speed.
    SetSpeed(Speed),
    /// Selects, or selects nothing.
    Select(Option<Selection>),
    /// Takes a server's power, or gives it back.
    CrashOrRestart(ServerId),
    /// Stops a process, or lets it go on.
    PauseOrResume(ServerId),
    /// Takes the leader's power.
    CrashLeader,
    /// Cuts a server from all others.
    Isolate(ServerId),
    /// Cuts the leader from all others.
    IsolateLeader,
    /// Splits the network into a majority and a minority; each time other members.
    Split,
    /// Cuts these servers from all others.
    Cut(Vec<ServerId>),
    /// Cuts the way from the leader to one follower.
    OneWayCut,
    /// Slows the way between the leader and one follower.
    SlowLink,
    /// Removes all cuts and delays.
    HealAll,
    /// Chooses the client that the next three speak for.
    ChooseClient(ClientId),
    /// A write that makes sense now.
    SendWrite,
    /// A read that makes sense now.
    Read,
    /// Several operations, all or nothing.
    Multi,
    /// Goes on past a broken property.
    ContinueAnyway,
}

/// What came of an action, where that is worth a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Done {
    /// A server lost power.
    Crashed(ServerId),
    /// A server was started.
    Restarted(ServerId),
    /// The network is split.
    Split {
        /// The size of the larger part.
        majority: u32,
        /// The size of the smaller part.
        minority: u32,
    },
    /// The network is whole.
    Healed,
    /// There is no leader to do it to.
    NoLeader,
}

/// The znode that the buttons write and read.
const CONFIG: &str = "/config";
/// Where the multi button leaves its marks.
const AUDIT: &str = "/audit-";
/// By how much a slow link is slower.
const SLOWNESS: Span = Span::millis(8);

impl Viewer {
    /// Does it.
    pub fn apply(&mut self, action: &Action) -> Option<Done> {
        match action {
            Action::PlayPause => {
                self.playback.playing = !self.playback.playing;
                self.playback.forget();
                None
            }
            Action::StepEvent => self.step_to(is_notable),
            Action::StepMilestone => self.step_to(is_milestone),
            Action::SetSpeed(speed) => {
                self.playback.speed = *speed;
                self.playback.forget();
                None
            }
            Action::Select(selection) => {
                self.selection = *selection;
                None
            }
            Action::ChooseClient(client) => {
                self.client = Some(*client);
                None
            }
            Action::ContinueAnyway => {
                self.run.stop_at_violation(false);
                self.playback.playing = true;
                self.playback.forget();
                None
            }
            Action::SendWrite => self.submit(self.sensible_write()),
            Action::Read => self.submit(self.sensible_read()),
            Action::Multi => self.submit(self.sensible_multi()),
            fault => self.inflict(fault),
        }
    }

    fn inflict(&mut self, action: &Action) -> Option<Done> {
        let leader = self.world().ensemble().serving_leader();
        match action {
            Action::CrashOrRestart(server) => self.toggle_power(*server),
            Action::PauseOrResume(server) => {
                let found = self.world().ensemble().server(*server)?;
                let pause = !found.is_paused();
                let command = if pause { Command::Pause } else { Command::Resume };
                self.command(command(*server));
                None
            }
            Action::CrashLeader => match leader {
                Some(leader) => self.toggle_power(leader),
                None => Some(Done::NoLeader),
            },
            Action::Isolate(server) => self.cut_off(vec![*server]),
            Action::IsolateLeader => match leader {
                Some(leader) => self.cut_off(vec![leader]),
                None => Some(Done::NoLeader),
            },
            Action::Split => {
                let minority = self.next_minority();
                self.splits += 1;
                self.cut_off(minority)
            }
            Action::Cut(members) => self.cut_off(members.clone()),
            Action::OneWayCut => self.with_follower(|leader, follower| {
                vec![Command::CutLink(Link::new(leader, follower))]
            }),
            Action::SlowLink => {
                let usual = self.world().settings().server_latency;
                let latency = SpanRange { min: usual.min + SLOWNESS, max: usual.max + SLOWNESS };
                self.with_follower(|leader, follower| {
                    let slow = |link| Command::SetLatency { link, latency };
                    vec![slow(Link::new(leader, follower)), slow(Link::new(follower, leader))]
                })
            }
            Action::HealAll => {
                self.command(Command::HealAll);
                self.command(Command::ResetLatency);
                Some(Done::Healed)
            }
            _ => None,
        }
    }

    fn toggle_power(&mut self, server: ServerId) -> Option<Done> {
        let has_power = self.world().ensemble().server(server)?.process().is_some();
        if has_power {
            self.command(Command::Crash(server));
            return Some(Done::Crashed(server));
        }
        self.command(Command::Restart(server));
        Some(Done::Restarted(server))
    }

    fn cut_off(&mut self, members: Vec<ServerId>) -> Option<Done> {
        if members.is_empty() {
            return None;
        }
        let (here, all) = (members.len() as u32, u32::from(self.world().settings().server_count()));
        self.command(Command::Partition { groups: vec![members] });
        let there = all - here.min(all);
        Some(Done::Split { majority: here.max(there), minority: here.min(there) })
    }

    /// Does something to the link between the leader and a follower: the first one whose link is as
    /// it should be, so that doing it again takes the next.
    fn with_follower(
        &mut self,
        commands: impl Fn(ServerId, ServerId) -> Vec<Command>,
    ) -> Option<Done> {
        let Some(leader) = self.world().ensemble().serving_leader() else {
            return Some(Done::NoLeader);
        };
        let network = self.world().network();
        let usual = self.world().settings().server_latency;
        let untouched = |&follower: &ServerId| {
            let link = Link::new(leader, follower);
            follower != leader && !network.is_cut(link) && network.latency(link) == usual
        };
        let follower = self.world().settings().server_ids().find(untouched)?;
        for command in commands(leader, follower) {
            self.command(command);
        }
        None
    }

    fn submit(&mut self, op: Op) -> Option<Done> {
        let client = self.client()?;
        self.command(Command::Client { client, what: ClientCommand::Submit(op) });
        None
    }

    /// Carries out a command at the instant that is shown.
    fn command(&mut self, command: Command) {
        self.acted = true;
        self.run.run_until(self.now);
        self.run.command(command);
        self.absorb();
    }

    /// Goes on to where an event of this kind has happened.
    fn step_to(&mut self, stops: fn(&TraceEvent) -> bool) -> Option<Done> {
        self.playback.playing = false;
        self.playback.forget();
        for _ in 0..STEPS_TO_EVENT {
            let first = self.unread;
            if !self.step() || self.run.trace().iter_from(first).any(stops) {
                break;
            }
        }
        None
    }

    /// Creates the znode, or sets it to its next value.
    fn sensible_write(&self) -> Op {
        match self.config_version() {
            Some(version) => Op::set(CONFIG, &next_value(version)),
            None => Op::create(CONFIG, "v1", CreateMode::Persistent),
        }
    }

    fn sensible_read(&self) -> Op {
        if self.config_version().is_some() { Op::get(CONFIG) } else { Op::children("/") }
    }

    /// Checks the version, sets the next value and leaves a numbered mark; or begins with all that.
    fn sensible_multi(&self) -> Op {
        let mark = Op::create(AUDIT, "", CreateMode::PersistentSequential);
        match self.config_version() {
            Some(version) => {
                let data = Some(next_value(version).into_bytes().into());
                let set = Op::SetData { path: CONFIG.into(), data, version };
                Op::multi([Op::check(CONFIG, version), set, mark])
            }
            None => Op::multi([Op::create(CONFIG, "v1", CreateMode::Persistent), mark]),
        }
    }

    /// The znode's version at the server of the chosen client.
    fn config_version(&self) -> Option<i32> {
        let ensemble = self.world().ensemble();
        let client = ensemble.client(self.client()?)?.client();
        let server = ensemble.server(client.server()?)?;
        let znode = server.process()?.database().tree.znode(CONFIG)?;
        Some(znode.stat().version)
    }
}

/// The value behind version 0 is `v1`.
fn next_value(version: i32) -> String {
    format!("v{}", i64::from(version) + 2)
}
