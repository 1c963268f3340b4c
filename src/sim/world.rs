//! The world: an ensemble, the queue of instants, the network, the clocks and the generator.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher as _};
use std::sync::Arc;

use super::lane::{Flow, Lanes};
use super::machine::Machines;
use super::queue::{Due, Key, Queue};
use super::task::Tasks;
use super::timer::Timers;
use super::{
    Condition, EventId, EventKind, Link, Network, Purpose, Rng, ServerStep, Settings, SpanRange,
    StableHasher, TraceEvent,
};
use crate::ensemble::{
    Channel, Direction, Effect, Endpoint, Ensemble, EnsembleConfig, PacketId, Segment, TimerName,
};
use crate::server::{Config, Server};
use crate::store::SessionLimits;
use crate::types::{ConnectionId, Instant, ServerId, Span, WallTime};

/// A run in progress: everything that decides how it goes on. A copy goes on in the same way.
#[derive(Clone, Debug)]
pub struct World {
    pub(super) settings: Arc<Settings>,
    pub(super) ensemble: Ensemble,
    pub(super) network: Network,
    pub(super) machines: Machines,
    /// Where each flapping link's next change stands in the queue.
    pub(super) flaps: BTreeMap<Link, (Span, Key)>,
    pub(super) queue: Queue,
    pub(super) lanes: Lanes,
    pub(super) timers: Timers,
    pub(super) tasks: BTreeMap<ServerId, Tasks>,
    pub(super) rngs: Rngs,
    pub(super) now: Instant,
    pub(super) next_event: EventId,
    /// Empty between steps.
    pub(super) effects: Vec<Effect>,
}

/// The generator's streams.
#[derive(Clone, Hash, Debug)]
pub(super) struct Rngs {
    pub latency: Rng,
    pub disk: Rng,
    pub server_timers: Rng,
    pub client_timers: Rng,
}

/// A packet on its way.
#[derive(Clone, Copy, Debug)]
pub struct PacketInFlight<'a> {
    /// Its number.
    pub packet: PacketId,
    /// On which connection.
    pub connection: ConnectionId,
    /// Which way.
    pub direction: Direction,
    /// Who sent it.
    pub from: Endpoint,
    /// To whom.
    pub to: Endpoint,
    /// When it was sent.
    pub sent_at: Instant,
    /// When it arrives; `None` while a cut or a hold keeps it. Past where its receiver is paused.
    pub arrives_at: Option<Instant>,
    /// What it is.
    pub segment: &'a Segment,
}

impl World {
    /// The beginning of a run: servers and clients are about to be switched on.
    ///
    /// # Panics
    /// If [`Settings::check`] finds the settings impossible.
    pub fn new(settings: &Settings, seed: u64) -> World {
        if let Err(error) = settings.check() {
            panic!("impossible settings: {error}");
        }
        let servers: Vec<ServerId> = settings.server_ids().collect();
        let config = EnsembleConfig {
            servers: servers.clone(),
            server: Arc::new(Config {
                protocol: Arc::new(settings.protocol()),
                session_limits: SessionLimits::of_tick(settings.tick),
                store: settings.store(),
                autocreate: settings.autocreate,
            }),
            client_retry_delay_max: settings.client_retry_delay,
        };
        let mut world = World {
            settings: Arc::new(settings.clone()),
            ensemble: Ensemble::new(&config),
            network: Network::new(settings),
            machines: Machines::default(),
            flaps: BTreeMap::new(),
            queue: Queue::default(),
            lanes: Lanes::default(),
            timers: Timers::default(),
            tasks: servers.iter().map(|&server| (server, Tasks::default())).collect(),
            rngs: Rngs {
                latency: Rng::new(seed, Purpose::Latency),
                disk: Rng::new(seed, Purpose::Disk),
                server_timers: Rng::new(seed, Purpose::ServerTimers),
                client_timers: Rng::new(seed, Purpose::ClientTimers),
            },
            now: Instant::ZERO,
            next_event: EventId::FIRST,
            effects: Vec::new(),
        };
        world.switch_on(&servers, seed);
        world
    }

    fn switch_on(&mut self, servers: &[ServerId], seed: u64) {
        let mut boot = Rng::new(seed, Purpose::Boot);
        for &server in servers {
            let key = self.queue.key(Instant::ZERO + boot.span(self.settings.boot_delay));
            if !self.settings.off.contains(&server) {
                self.queue.insert(key, Due::Start(server));
            }
        }
        for &server in &self.settings.clients {
            let key = self.queue.key(Instant::ZERO + self.settings.client_delay);
            self.queue.insert(key, Due::AddClient(server));
        }
    }

    /// The present instant.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// The settings of the run.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Servers, clients and connections.
    pub fn ensemble(&self) -> &Ensemble {
        &self.ensemble
    }

    /// Latencies and cuts.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The number that the next trace event will have.
    pub fn next_event(&self) -> EventId {
        self.next_event
    }

    /// When something happens next by itself; `None` where nothing ever will.
    pub fn next_instant(&self) -> Option<Instant> {
        self.queue.first().map(|(key, _)| key.at)
    }

    /// Lets what is due next happen, and appends to `trace` what happened. False where nothing is
    /// due ever.
    pub fn step(&mut self, trace: &mut Vec<TraceEvent>) -> bool {
        let Some((key, due)) = self.queue.pop() else { return false };
        debug_assert!(key.at >= self.now, "time goes on");
        self.now = key.at;
        self.take(due, trace);
        self.settle();
        true
    }

    /// Lets everything happen that is due up to `until`, that instant included, and stops the clock
    /// there.
    pub fn run_until(&mut self, until: Instant, trace: &mut Vec<TraceEvent>) {
        while self.next_instant().is_some_and(|next| next <= until) {
            self.step(trace);
        }
        self.now = self.now.max(until);
    }

    /// Lets the clock go on to `until`, but not past anything that is due before.
    pub fn wait_until(&mut self, until: Instant) {
        let until = self.next_instant().map_or(until, |next| next.min(until));
        self.now = self.now.max(until);
    }

    /// What a server's clock says.
    pub fn clock(&self, server: ServerId) -> WallTime {
        self.machines.clock(&self.settings, server, self.now)
    }

    /// When a timer runs out, if it is set.
    pub fn timer_deadline(&self, timer: TimerName) -> Option<Instant> {
        self.timers.deadline(timer)
    }

    /// The timers that are set, and when they run out.
    pub fn timers(&self) -> impl Iterator<Item = (TimerName, Instant)> + '_ {
        self.timers.iter()
    }

    /// The packets on their way, connection by connection, oldest first.
    pub fn packets(&self) -> impl Iterator<Item = PacketInFlight<'_>> {
        self.ensemble.connections().iter().flat_map(move |(connection, link)| {
            Direction::BOTH.into_iter().flat_map(move |direction| {
                let lane = self.lanes.find(connection, direction);
                let lane = lane.expect("every connection has its lanes");
                let segments = link.in_flight(direction).iter();
                lane.flights.iter().zip(segments).map(move |(flight, in_flight)| PacketInFlight {
                    packet: flight.packet,
                    connection,
                    direction,
                    from: lane.link.from,
                    to: lane.link.to,
                    sent_at: flight.sent_at,
                    arrives_at: (lane.flow != Flow::Held).then_some(flight.arrival.at),
                    segment: &in_flight.segment,
                })
            })
        })
    }

    /// Up to when nothing but signs of life is due: `None` while a packet other than a PING is on
    /// its way, or a server has something to log, to flush or to apply. A bound of what is known
    /// now: a sign of life may find that something is wrong, so ask again after each step.
    pub fn quiet_until(&self) -> Option<Instant> {
        let mut quiet_until = Instant(u64::MAX);
        for (key, due) in self.queue.iter() {
            match due {
                Due::Flap(_) => quiet_until = quiet_until.min(key.at),
                Due::Deliver { connection, direction } => {
                    let link = self.ensemble.connections().find(connection)?;
                    if !link.in_flight(direction).iter().all(|flying| flying.segment.is_ping()) {
                        return None;
                    }
                }
                Due::Fire(timer) if timer.is_sign_of_life() => (),
                Due::Fire(timer) => {
                    let deadline = self.timers.deadline(timer).expect("what is due is set");
                    quiet_until = quiet_until.min(deadline);
                }
                Due::AddClient(_)
                | Due::FinishFlush(_)
                | Due::RunCommit(_)
                | Due::RunLog(_)
                | Due::Start(_) => return None,
            }
        }
        Some(quiet_until)
    }

    /// Whether a server's step is held.
    pub fn is_step_held(&self, server: ServerId, step: ServerStep) -> bool {
        self.tasks.get(&server).is_some_and(|tasks| tasks.is_held(step))
    }

    /// Traces how a scenario's wait has ended; it changes nothing.
    pub fn tell_condition(
        &mut self,
        condition: &Arc<Condition>,
        reached: bool,
        trace: &mut Vec<TraceEvent>,
    ) {
        let condition = Arc::clone(condition);
        self.record(None, EventKind::ConditionEnded { condition, reached }, trace);
    }

    /// A number that is equal where two worlds are and go on alike, on every machine. It looks at
    /// the whole state: not for every step.
    pub fn state_hash(&self) -> u64 {
        let mut hasher = StableHasher::new();
        self.ensemble.hash(&mut hasher);
        self.network.hash(&mut hasher);
        self.machines.hash(&mut hasher);
        self.flaps.hash(&mut hasher);
        self.queue.hash(&mut hasher);
        self.lanes.hash(&mut hasher);
        self.timers.hash(&mut hasher);
        self.tasks.hash(&mut hasher);
        self.rngs.hash(&mut hasher);
        self.now.hash(&mut hasher);
        self.next_event.hash(&mut hasher);
        hasher.finish()
    }

    /// Tests the invariants of everything in it.
    ///
    /// # Panics
    /// If one is broken.
    pub fn validate(&self) {
        self.ensemble.validate();
        for (connection, link) in self.ensemble.connections().iter() {
            for direction in Direction::BOTH {
                let lane = self.lanes.find(connection, direction);
                let lane = lane.expect("every connection has its lanes");
                let flights = lane.flights.iter().map(|flight| flight.packet);
                let packets = link.in_flight(direction).iter().map(|flying| flying.packet);
                assert!(flights.eq(packets), "the lane of {connection:?} is out of step");
            }
        }
    }

    /// How the packets of a link's channel fare at present.
    pub(super) fn flow(
        network: &Network,
        ensemble: &Ensemble,
        link: Link,
        channel: Channel,
    ) -> Flow {
        if network.is_cut(link) || network.is_held(link, channel) {
            return Flow::Held;
        }
        let server = link.to.server().and_then(|server| ensemble.server(server));
        if server.is_some_and(Server::is_paused) { Flow::Parked } else { Flow::Flowing }
    }

    /// Numbers and appends a trace event.
    pub(super) fn record(
        &mut self,
        cause: Option<EventId>,
        kind: EventKind,
        trace: &mut Vec<TraceEvent>,
    ) -> EventId {
        let id = self.next_event;
        self.next_event = id.next();
        trace.push(TraceEvent { id, at: self.now, cause, kind });
        id
    }

    /// Moves timers that were set anew to where they belong, until what is first is really due.
    pub(super) fn settle(&mut self) {
        while let Some((key, Due::Fire(timer))) = self.queue.first()
            && self.timers.postpone(timer, key, &mut self.queue)
        {}
    }

    /// How long a timer really runs: a server's as its clock counts.
    pub(super) fn draw(&mut self, timer: TimerName, min: Span, max: Span) -> Span {
        let range = SpanRange { min, max };
        match timer {
            TimerName::Server(server, _) => {
                let span = self.rngs.server_timers.span(range);
                self.machines.true_span(server, span)
            }
            TimerName::Client(..) => self.rngs.client_timers.span(range),
        }
    }
}
