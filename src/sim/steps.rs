//! How the world takes what is due, and what it makes of the ensemble's effects.

use super::queue::Due;
use super::task::{Task, Tasks};
use super::{EventId, EventKind, Link, ServerStep, TraceEvent, World};
use crate::ensemble::{Choice, Effect, Endpoint, Transfer};
use crate::types::{ServerId, Span, WallTime};

/// What a step's events follow from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// What led to the step.
    pub cause: Option<EventId>,
    /// The first event of the step.
    pub root: Option<EventId>,
}

impl World {
    /// Takes what is due.
    pub(super) fn take(&mut self, due: Due, trace: &mut Vec<TraceEvent>) {
        let (choice, cause, clock) = match due {
            Due::AddClient(server) => {
                let session_timeout = self.settings.session_timeout;
                (Choice::AddClient { server, session_timeout }, None, WallTime::default())
            }
            Due::Deliver { connection, direction } => {
                let (link, sent_by) = self.lanes.due(connection, direction);
                let clock = self.clock_of(link.to);
                (Choice::Deliver { connection, direction }, Some(sent_by), clock)
            }
            Due::Fire(timer) => {
                let set_by = self.timers.fire(timer);
                (Choice::Fire(timer), Some(set_by), self.clock_of(timer.owner()))
            }
            Due::FinishFlush(server) => {
                let task = self.tasks_of(server).flush.take();
                let cause = task.map(|task| task.cause);
                (Choice::FinishFlush(server), cause, self.clock(server))
            }
            Due::Flap(link) => return self.flapped(link),
            Due::RunCommit(server) => {
                let tasks = self.tasks_of(server);
                tasks.commit = None;
                let cause = tasks.commit_causes.pop_front();
                (Choice::RunCommit(server), cause, self.clock(server))
            }
            Due::RunLog(server) => {
                let cause = self.tasks_of(server).log.take().map(|task| task.cause);
                (Choice::RunLog(server), cause, self.clock(server))
            }
            // Someone was quicker and has started it by hand.
            Due::Start(server) if self.has_process(server) => return,
            Due::Start(server) => (Choice::Start(server), None, self.clock(server)),
        };
        self.apply(&choice, clock, Step { cause, root: None }, trace);
        if let Due::RunCommit(server) = due {
            self.schedule_commit(server);
        }
    }

    fn has_process(&self, server: ServerId) -> bool {
        self.ensemble.server(server).is_some_and(|server| server.process().is_some())
    }

    /// Lets the ensemble take a choice, traces what came of it and schedules what follows.
    pub(super) fn apply(
        &mut self,
        choice: &Choice,
        clock: WallTime,
        mut step: Step,
        trace: &mut Vec<TraceEvent>,
    ) {
        let mut effects = std::mem::take(&mut self.effects);
        self.ensemble.apply(choice, clock, &mut effects);
        for effect in effects.drain(..) {
            self.absorb(effect, &mut step, trace);
        }
        self.effects = effects;
    }

    fn absorb(&mut self, effect: Effect, step: &mut Step, trace: &mut Vec<TraceEvent>) {
        match effect {
            Effect::Client(id, note) => {
                self.tell(EventKind::Client(id, note), step, trace);
            }
            Effect::Closed { connection } => {
                self.lanes.forget(connection);
                self.tell(EventKind::ConnectionClosed { connection }, step, trace);
            }
            Effect::CommitReady(server) => {
                let cause = self.driver(step);
                self.tasks_of(server).commit_causes.push_back(cause);
                self.schedule_commit(server);
            }
            Effect::CommitsDropped(server) => self.drop_commits(server),
            Effect::Console(id, note) => {
                self.tell(EventKind::Console(id, note), step, trace);
            }
            Effect::Delivered(transfer) => self.delivered(transfer, step, trace),
            Effect::Fired(timer) => {
                self.tell(EventKind::TimerFired(timer), step, trace);
            }
            Effect::FlushStarted(server) => {
                let flush = self.machines.flush(&self.settings, server);
                let span = self.rngs.disk.span(flush);
                let task = self.task(server, ServerStep::Disk, span, step);
                self.tasks_of(server).flush = Some(task);
            }
            Effect::LogReady(server) => {
                let task = self.task(server, ServerStep::Log, self.settings.log_delay, step);
                self.tasks_of(server).log = Some(task);
            }
            Effect::Lost { packet, connection, direction, why } => {
                self.lanes.take(connection, direction, packet, &mut self.queue);
                self.tell(EventKind::Lost { packet, connection, direction, why }, step, trace);
            }
            Effect::Opened { connection, channel, dialler, acceptor } => {
                let kind = EventKind::ConnectionOpened { connection, channel, dialler, acceptor };
                self.tell(kind, step, trace);
            }
            Effect::Peer(server, note) => {
                self.tell(EventKind::Peer(server, note), step, trace);
            }
            Effect::ProcessEnded(server) => self.process_ended(server),
            Effect::Sent(transfer) => self.sent(transfer, step, trace),
            Effect::Server(server, note) => {
                self.tell(EventKind::Server(server, note), step, trace);
            }
            Effect::TimerCancelled(timer) => self.timers.cancel(timer, &mut self.queue),
            Effect::TimerSet { timer, min, max } => {
                let at = self.now + self.draw(timer, min, max);
                let set_by = self.driver(step);
                self.timers.set(timer, at, set_by, &mut self.queue);
            }
        }
    }

    /// Records an event of a step: the first one is what the step is and follows from what led to
    /// the step, all others follow from the first.
    fn tell(&mut self, kind: EventKind, step: &mut Step, trace: &mut Vec<TraceEvent>) -> EventId {
        let id = self.record(step.root.or(step.cause), kind, trace);
        step.root.get_or_insert(id);
        id
    }

    /// What drives a step: its first event, or where it has none yet what led to it.
    fn driver(&self, step: &Step) -> EventId {
        step.root.or(step.cause).unwrap_or(self.next_event)
    }

    fn sent(&mut self, transfer: Transfer, step: &mut Step, trace: &mut Vec<TraceEvent>) {
        let Transfer { packet, connection, direction, from, to, .. } = transfer;
        let cause = self.tell(EventKind::Sent(transfer), step, trace);
        let link = Link { from, to };
        let travel = self.rngs.latency.span(self.network.latency(link));
        let (network, ensemble) = (&self.network, &self.ensemble);
        let flow = |link, channel| World::flow(network, ensemble, link, channel);
        let channel = || {
            let found = ensemble.connections().find(connection);
            found.expect("a packet is sent on a connection").channel
        };
        let lane = self.lanes.ensure(connection, direction, link, channel, flow);
        lane.send((connection, direction, packet), cause, self.now, travel, &mut self.queue);
    }

    fn delivered(&mut self, transfer: Transfer, step: &mut Step, trace: &mut Vec<TraceEvent>) {
        let Transfer { packet, connection, direction, .. } = transfer;
        self.lanes.take(connection, direction, packet, &mut self.queue);
        self.tell(EventKind::Delivered(transfer), step, trace);
    }

    fn task(&mut self, server: ServerId, own: ServerStep, after: Span, step: &Step) -> Task {
        let key = self.queue.key(self.now + after);
        if self.tasks_of(server).is_free(own) {
            self.queue.insert(key, own.due(server));
        }
        Task { key, cause: self.driver(step) }
    }

    fn schedule_commit(&mut self, server: ServerId) {
        let at = self.now + self.settings.commit_delay;
        let tasks = self.tasks.get_mut(&server).expect("every server has its tasks");
        if tasks.commit.is_none() && !tasks.commit_causes.is_empty() {
            let key = self.queue.key(at);
            if tasks.is_free(ServerStep::Commit) {
                self.queue.insert(key, Due::RunCommit(server));
            }
            tasks.commit = Some(key);
        }
    }

    fn drop_commits(&mut self, server: ServerId) {
        let tasks = self.tasks.get_mut(&server).expect("every server has its tasks");
        tasks.commit_causes.clear();
        tasks.unqueue(ServerStep::Commit, &mut self.queue);
        tasks.commit = None;
    }

    fn process_ended(&mut self, server: ServerId) {
        self.timers.cancel_all(server.into(), &mut self.queue);
        let tasks = self.tasks.get_mut(&server).expect("every server has its tasks");
        tasks.end(&mut self.queue);
    }

    pub(super) fn tasks_of(&mut self, server: ServerId) -> &mut Tasks {
        self.tasks.get_mut(&server).expect("every server has its tasks")
    }

    /// What the clock of an endpoint says. A client has none that matters.
    pub(super) fn clock_of(&self, endpoint: Endpoint) -> WallTime {
        endpoint.server().map_or(WallTime::default(), |server| self.clock(server))
    }

    /// After a change of the network, or of who is paused or held: what can arrive or run now
    /// stands in the queue, and nothing else does. A process that goes on finds its packets first.
    pub(super) fn regulate(&mut self) {
        let World { network, ensemble, queue, rngs, .. } = self;
        let now = self.now;
        let flow = |link, channel| World::flow(network, ensemble, link, channel);
        let travel = |link| rngs.latency.span(network.latency(link));
        self.lanes.regulate(now, queue, flow, travel);
        let is_paused = |server: ServerId| {
            ensemble.server(server).is_some_and(crate::server::Server::is_paused)
        };
        for (&server, tasks) in &mut self.tasks {
            let held = tasks.held();
            tasks.regulate(server, is_paused(server), held, now, queue);
        }
        let owner_paused = |owner: Endpoint| owner.server().is_some_and(is_paused);
        self.timers.regulate(now, queue, owner_paused);
    }
}
