//! How a command is carried out.

use std::sync::Arc;

use super::steps::Step;
use super::{Command, CommandRefusal, EventKind, Excess, TraceEvent, World};
use crate::ensemble::{Choice, ClientCommand};
use crate::server::Server;
use crate::types::{ClientId, ServerId, WallTime};
use crate::zab::LoadError;

impl World {
    /// Carries out a command at the present instant and appends to `trace` what happened. What is
    /// impossible leaves a line that says so, and nothing else.
    pub fn command(&mut self, command: &Command, trace: &mut Vec<TraceEvent>) {
        let root = self.record(None, EventKind::Command(Arc::new(command.clone())), trace);
        let step = Step { cause: None, root: Some(root) };
        if let Err(refusal) = self.intervene(command, step, trace) {
            self.record(Some(root), EventKind::CommandRefused(refusal), trace);
        }
        if command.changes_flow() {
            self.regulate();
        }
        self.settle();
    }

    fn intervene(
        &mut self,
        command: &Command,
        step: Step,
        trace: &mut Vec<TraceEvent>,
    ) -> Result<(), CommandRefusal> {
        match command {
            Command::AddClient { server } => {
                self.find_server(*server)?;
                let session_timeout = self.settings.session_timeout;
                self.choose(Choice::AddClient { server: *server, session_timeout }, step, trace);
            }
            Command::BreakConnection(connection) => {
                if self.ensemble.connections().find(*connection).is_none() {
                    return Err(CommandRefusal::UnknownConnection(*connection));
                }
                self.choose(Choice::BreakConnection(*connection), step, trace);
            }
            Command::Client { client, what } => {
                self.find_client(*client)?;
                if let ClientCommand::Attach(server) = what {
                    self.find_server(*server)?;
                }
                let what = what.clone();
                self.choose(Choice::Client { client: *client, what }, step, trace);
            }
            Command::Crash(server) => self.crash(*server, step, trace)?,
            Command::CrashLeader => self.crash(self.leader()?, step, trace)?,
            Command::CrashTorn { server, kept } => self.crash_torn(*server, *kept, step, trace)?,
            Command::CutLink(link) => self.network.cut(*link),
            Command::Deliver { link, channel, count } => {
                self.deliver_now(*link, *channel, *count, trace)?;
            }
            Command::FaultDisk { server, fault } => {
                self.fault_disk(*server, *fault, step, trace)?;
            }
            Command::Flap { link, period } => self.flap(*link, Some(*period)),
            Command::HealAll => {
                self.stop_flapping();
                self.network.heal_all();
            }
            Command::HealAndRestartAll => {
                self.network.heal_all();
                self.release_all();
                self.mend_all(step, trace);
                self.wake_all(step, trace);
            }
            Command::HealLink(link) => self.flap(*link, None),
            Command::HoldLink { link, channel } => self.network.hold(*link, *channel),
            Command::HoldStep { server, step } => self.set_held(*server, *step, true)?,
            Command::Isolate(server) => self.isolate(*server)?,
            Command::IsolateLeader => self.isolate(self.leader()?)?,
            Command::Partition { groups } => self.partition(groups)?,
            Command::Pause(server) => self.pause(*server, step, trace)?,
            Command::PutDisk { server, contents } => {
                self.put_disk(*server, contents, step, trace)?;
            }
            Command::ReleaseAll => self.release_all(),
            Command::ReleaseLink { link, channel } => self.network.release(*link, *channel),
            Command::ReleaseStep { server, step } => self.set_held(*server, *step, false)?,
            Command::Repair(server) => self.repair(*server, step, trace)?,
            Command::ResetLatency => self.network.reset_latencies(),
            Command::ResetLink { link, channel } => {
                self.reset_link(*link, *channel, step, trace)?;
            }
            Command::Restart(server) => self.restart(*server, step, trace)?,
            Command::Resume(server) => self.resume(*server, step, trace)?,
            Command::SetClock { server, rate_percent, skew_millis } => {
                self.set_clock(*server, *rate_percent, *skew_millis)?;
            }
            Command::SetFlush { server, flush } => {
                self.find_server(*server)?;
                self.machines.set_flush(*server, *flush);
            }
            Command::SetLatency { link, latency } => self.network.set_latency(*link, *latency),
            Command::TakeStep { server, step } => self.take_now(*server, *step, trace)?,
            // Whoever watches the run waits.
            Command::Until { .. } => (),
        }
        Ok(())
    }

    fn crash(
        &mut self,
        server: ServerId,
        step: Step,
        trace: &mut Vec<TraceEvent>,
    ) -> Result<(), CommandRefusal> {
        if self.find_server(server)?.process().is_none() {
            return Err(CommandRefusal::Down(server));
        }
        self.choose(Choice::Crash(server), step, trace);
        Ok(())
    }

    fn pause(
        &mut self,
        server: ServerId,
        step: Step,
        trace: &mut Vec<TraceEvent>,
    ) -> Result<(), CommandRefusal> {
        let found = self.find_server(server)?;
        if found.process().is_none() {
            return Err(CommandRefusal::Down(server));
        }
        if found.is_paused() {
            return Err(CommandRefusal::Paused(server));
        }
        self.choose(Choice::Pause(server), step, trace);
        Ok(())
    }

    fn resume(
        &mut self,
        server: ServerId,
        step: Step,
        trace: &mut Vec<TraceEvent>,
    ) -> Result<(), CommandRefusal> {
        let found = self.find_server(server)?;
        if found.process().is_none() {
            return Err(CommandRefusal::Down(server));
        }
        if !found.is_paused() {
            return Err(CommandRefusal::Running(server));
        }
        self.choose(Choice::Resume(server), step, trace);
        Ok(())
    }

    fn restart(
        &mut self,
        server: ServerId,
        step: Step,
        trace: &mut Vec<TraceEvent>,
    ) -> Result<(), CommandRefusal> {
        if self.find_server(server)?.process().is_some() {
            return Err(CommandRefusal::Running(server));
        }
        self.choose(Choice::Start(server), step, trace);
        Ok(())
    }

    fn repair(
        &mut self,
        server: ServerId,
        step: Step,
        trace: &mut Vec<TraceEvent>,
    ) -> Result<(), CommandRefusal> {
        if self.find_server(server)?.refusal().is_none() {
            return Err(CommandRefusal::NothingToRepair(server));
        }
        self.repair_disk(server, step, trace);
        Ok(())
    }

    /// A disk that cannot be read is emptied: its server loses all that it confirmed.
    fn repair_disk(&mut self, server: ServerId, step: Step, trace: &mut Vec<TraceEvent>) {
        let refusal = self.ensemble.server(server).and_then(Server::refusal);
        self.choose(Choice::Repair(server), step, trace);
        if refusal == Some(LoadError::NoSnapshot) {
            let excess = match (self.settings.autocreate, self.is_quorum_left()) {
                (true, _) => Some(Excess::ConfirmedLost),
                (false, true) => None,
                (false, false) => Some(Excess::NoQuorumLeft),
            };
            self.flag(excess, step, trace);
        }
    }

    fn wake_all(&mut self, step: Step, trace: &mut Vec<TraceEvent>) {
        let servers: Vec<ServerId> = self.ensemble.servers().map(Server::id).collect();
        for id in servers {
            let server = self.ensemble.server(id).expect("listed just now");
            match (server.process(), server.is_paused()) {
                (None, _) => self.start_repaired(id, step, trace),
                (Some(_), true) => self.choose(Choice::Resume(id), step, trace),
                (Some(_), false) => (),
            }
        }
    }

    /// Starts a server; one that refuses, or has refused before, is repaired and started again.
    fn start_repaired(&mut self, id: ServerId, step: Step, trace: &mut Vec<TraceEvent>) {
        let refuses = |world: &World| {
            world.ensemble.server(id).is_some_and(|server| server.refusal().is_some())
        };
        if !refuses(self) {
            self.choose(Choice::Start(id), step, trace);
        }
        if refuses(self) {
            self.repair_disk(id, step, trace);
            self.choose(Choice::Start(id), step, trace);
        }
    }

    fn isolate(&mut self, server: ServerId) -> Result<(), CommandRefusal> {
        self.find_server(server)?;
        let all: Vec<ServerId> = self.ensemble.servers().map(Server::id).collect();
        self.network.isolate(server, &all);
        Ok(())
    }

    fn partition(&mut self, groups: &[Vec<ServerId>]) -> Result<(), CommandRefusal> {
        for &server in groups.iter().flatten() {
            self.find_server(server)?;
        }
        let all: Vec<ServerId> = self.ensemble.servers().map(Server::id).collect();
        self.network.partition(groups, &all);
        Ok(())
    }

    pub(super) fn choose(&mut self, choice: Choice, step: Step, trace: &mut Vec<TraceEvent>) {
        let clock = match &choice {
            Choice::Start(server) => self.clock(*server),
            _ => WallTime::default(),
        };
        self.apply(&choice, clock, step, trace);
    }

    fn leader(&self) -> Result<ServerId, CommandRefusal> {
        self.ensemble.serving_leader().ok_or(CommandRefusal::NoLeader)
    }

    pub(super) fn find_server(&self, server: ServerId) -> Result<&Server, CommandRefusal> {
        self.ensemble.server(server).ok_or(CommandRefusal::UnknownServer(server))
    }

    fn find_client(&self, client: ClientId) -> Result<(), CommandRefusal> {
        let found = self.ensemble.client(client).map(|_| ());
        found.ok_or(CommandRefusal::UnknownClient(client))
    }
}
