//! What is held, and what is done by hand in spite of it.

use super::steps::Step;
use super::{CommandRefusal, Excess, Link, ServerStep, TraceEvent, World};
use crate::ensemble::{Channel, Choice};
use crate::server::{Contents, Server, Status};
use crate::types::{ConnectionId, ServerId};

impl World {
    /// Lets the oldest messages on a link arrive, one after the other.
    pub(super) fn deliver_now(
        &mut self,
        link: Link,
        channel: Option<Channel>,
        count: u32,
        trace: &mut Vec<TraceEvent>,
    ) -> Result<(), CommandRefusal> {
        if self.lanes.oldest(link, channel).is_none() {
            return Err(CommandRefusal::NothingInFlight(link));
        }
        let receiver = link.to.server().and_then(|server| self.ensemble.server(server));
        if let Some(server) = receiver.filter(|server| server.is_paused()) {
            return Err(CommandRefusal::Paused(server.id()));
        }
        for _ in 0..count {
            let Some((connection, direction)) = self.lanes.oldest(link, channel) else { break };
            let sent_by = self.lanes.hurry(connection, direction, &mut self.queue);
            let clock = self.clock_of(link.to);
            let step = Step { cause: Some(sent_by), root: None };
            self.apply(&Choice::Deliver { connection, direction }, clock, step, trace);
        }
        Ok(())
    }

    /// Holds or releases a server's step.
    pub(super) fn set_held(
        &mut self,
        server: ServerId,
        step: ServerStep,
        hold: bool,
    ) -> Result<(), CommandRefusal> {
        let pause = self.find_server(server)?.is_paused();
        let tasks = self.tasks.get_mut(&server).expect("every server has its tasks");
        let mut held = tasks.held();
        held[step as usize] = hold;
        tasks.regulate(server, pause, held, self.now, &mut self.queue);
        Ok(())
    }

    /// Releases all links and steps.
    pub(super) fn release_all(&mut self) {
        self.network.release_all();
        for (&server, tasks) in &mut self.tasks {
            let pause = self.ensemble.server(server).is_some_and(Server::is_paused);
            let held = [false; ServerStep::ALL.len()];
            tasks.regulate(server, pause, held, self.now, &mut self.queue);
        }
    }

    /// Takes a server's step now, if it has something to do.
    pub(super) fn take_now(
        &mut self,
        server: ServerId,
        step: ServerStep,
        trace: &mut Vec<TraceEvent>,
    ) -> Result<(), CommandRefusal> {
        if self.find_server(server)?.is_paused() {
            return Err(CommandRefusal::Paused(server));
        }
        let tasks = self.tasks.get_mut(&server).expect("every server has its tasks");
        if tasks.key(step).is_none() {
            return Err(CommandRefusal::NothingToDo(server, step));
        }
        tasks.unqueue(step, &mut self.queue);
        self.take(step.due(server), trace);
        Ok(())
    }

    /// Breaks the connections between two endpoints.
    pub(super) fn reset_link(
        &mut self,
        link: Link,
        channel: Option<Channel>,
        step: Step,
        trace: &mut Vec<TraceEvent>,
    ) -> Result<(), CommandRefusal> {
        let Link { from, to } = link;
        let between = self.ensemble.connections().iter().filter(|(_, connection)| {
            let ends = (connection.dialler, connection.acceptor);
            (ends == (from, to) || ends == (to, from))
                && channel.is_none_or(|channel| connection.channel == channel)
        });
        let connections: Vec<ConnectionId> = between.map(|(id, _)| id).collect();
        if connections.is_empty() {
            return Err(CommandRefusal::Unconnected(link));
        }
        for connection in connections {
            self.choose(Choice::BreakConnection(connection), step, trace);
        }
        Ok(())
    }

    /// Puts a history on the disk of a server that is down.
    pub(super) fn put_disk(
        &mut self,
        server: ServerId,
        contents: &Contents,
        step: Step,
        trace: &mut Vec<TraceEvent>,
    ) -> Result<(), CommandRefusal> {
        if self.find_server(server)?.process().is_some() {
            return Err(CommandRefusal::Running(server));
        }
        let was_started = !matches!(self.find_server(server)?.status(), Status::New);
        let contents = contents.clone();
        self.choose(Choice::PutDisk { server, contents }, step, trace);
        self.flag(was_started.then_some(Excess::Tampered), step, trace);
        Ok(())
    }
}
