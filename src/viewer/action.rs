//! All that a person can do to a run that is watched.

use super::{ClientAct, Speed, Stop, Viewer};
use crate::api::{CreateMode, Op};
use crate::ensemble::PacketId;
use crate::run::BranchId;
use crate::sim::{Command, Condition, EventId, Link, SpanRange};
use crate::types::{ClientId, Instant, ServerId, Span};

/// What is selected.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Selection {
    /// A server.
    Server(ServerId),
    /// Something that has happened.
    Event(EventId),
    /// A message in flight.
    Packet(PacketId),
}

/// Something a person does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action {
    /// Lets time run, or stops it.
    PlayPause,
    /// Goes on to where something of the kind has happened.
    StepForward(Stop),
    /// Goes back to where something of the kind had just happened.
    StepBack(Stop),
    /// Goes to right after an event.
    SeekEvent(EventId),
    /// Goes to an instant.
    SeekInstant(Instant),
    /// Goes to the end of the branch, where what happens is new.
    SeekEnd,
    /// Goes so far forwards.
    Forward(Span),
    /// Goes so far back.
    Back(Span),
    /// Goes back to before the last thing that was done.
    Undo,
    /// Goes forward to behind the next thing that was done.
    Redo,
    /// Goes on until it has come true.
    RunUntil(Condition),
    /// Lets the run go on past a violation, or stops it there again.
    StopAtViolation(bool),
    /// Shows a branch.
    SwitchBranch(BranchId),
    /// Names a branch; an empty name takes its name away.
    RenameBranch(BranchId, String),
    /// Deletes a branch that is not shown.
    DeleteBranch(BranchId),
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
    /// Chooses the client that the next four speak for.
    ChooseClient(ClientId),
    /// A write that makes sense now.
    SendWrite,
    /// A read that makes sense now.
    Read,
    /// Several operations, all or nothing.
    Multi,
    /// Waits until the server has all that was committed before.
    Sync,
    /// One client more, at this server.
    AddClient(ServerId),
    /// A client is told to do something.
    Client(ClientId, ClientAct),
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
    /// Nothing was done that could be taken back.
    NothingToUndo,
    /// Nothing that was done lies ahead.
    NothingToRedo,
    /// Nothing of the kind has happened for long.
    NothingCame,
    /// What was waited for has not come true for long.
    NotReached,
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
            Action::SendWrite => self.submit(self.sensible_write()),
            Action::Read => self.submit(self.sensible_read()),
            Action::Multi => self.submit(self.sensible_multi()),
            Action::Sync => self.submit(Op::Sync { path: "/".into() }),
            Action::AddClient(server) => {
                self.add_client(*server);
                None
            }
            Action::Client(client, act) => {
                self.tell_client(*client, act);
                None
            }
            Action::StepForward(_)
            | Action::StepBack(_)
            | Action::SeekEvent(_)
            | Action::SeekInstant(_)
            | Action::SeekEnd
            | Action::Forward(_)
            | Action::Back(_)
            | Action::Undo
            | Action::Redo
            | Action::RunUntil(_)
            | Action::StopAtViolation(_)
            | Action::SwitchBranch(_)
            | Action::RenameBranch(..)
            | Action::DeleteBranch(_) => self.travel(action),
            fault => self.inflict(fault),
        }
    }

    /// All that goes through time.
    fn travel(&mut self, action: &Action) -> Option<Done> {
        match action {
            Action::StepForward(stop) => {
                return (!self.step_forward(*stop)).then_some(Done::NothingCame);
            }
            Action::StepBack(stop) => self.step_back(*stop),
            Action::SeekEvent(event) => self.seek_event(*event),
            Action::SeekInstant(at) => self.seek_instant(*at),
            Action::SeekEnd => self.seek_end(),
            Action::Forward(span) => self.seek_instant(self.now + *span),
            Action::Back(span) => self.seek_instant(Instant(self.now.0.saturating_sub(span.0))),
            Action::Undo => return (!self.undo()).then_some(Done::NothingToUndo),
            Action::Redo => return (!self.redo()).then_some(Done::NothingToRedo),
            Action::RunUntil(condition) => {
                return (!self.run_until(condition)).then_some(Done::NotReached);
            }
            Action::StopAtViolation(stops) => self.timeline.stop_at_violation(*stops),
            Action::SwitchBranch(branch) => self.switch_branch(*branch),
            Action::RenameBranch(branch, name) => self.timeline.rename(*branch, name),
            Action::DeleteBranch(branch) => {
                self.timeline.delete(*branch);
            }
            _ => {}
        }
        None
    }

    fn inflict(&mut self, action: &Action) -> Option<Done> {
        let leader = self.world().ensemble().serving_leader();
        match action {
            Action::CrashOrRestart(server) => self.toggle_power(*server),
            Action::PauseOrResume(server) => {
                let found = self.world().ensemble().server(*server)?;
                let pause = !found.is_paused();
                let command = if pause { Command::Pause } else { Command::Resume };
                self.carry_out(vec![command(*server)]);
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
                self.carry_out(vec![Command::HealAll, Command::ResetLatency]);
                Some(Done::Healed)
            }
            _ => None,
        }
    }

    fn toggle_power(&mut self, server: ServerId) -> Option<Done> {
        let has_power = self.world().ensemble().server(server)?.process().is_some();
        if has_power {
            self.carry_out(vec![Command::Crash(server)]);
            return Some(Done::Crashed(server));
        }
        self.carry_out(vec![Command::Restart(server)]);
        Some(Done::Restarted(server))
    }

    fn cut_off(&mut self, members: Vec<ServerId>) -> Option<Done> {
        if members.is_empty() {
            return None;
        }
        let (here, all) = (members.len() as u32, u32::from(self.world().settings().server_count()));
        self.carry_out(vec![Command::Partition { groups: vec![members] }]);
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
        self.carry_out(commands(leader, follower));
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
