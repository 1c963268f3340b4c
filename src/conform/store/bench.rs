//! An ensemble, driven until it is quiet: everything that is on its way arrives, everything that is
//! queued is done. Time passes only where a step waits for it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::api::{ToClient, ToServer};
use crate::ensemble::{Choice, Effect, Ensemble, EnsembleConfig, Segment, TimerName};
use crate::server::{Config, Note, Packet};
use crate::sim::Settings;
use crate::store::{SessionLimits, StoreConfig};
use crate::types::{ClientId, ConnectionId, Instant, ServerId, Span, WallTime, Zxid};

/// What clocks say when a replay begins.
const CALENDAR_START: WallTime = WallTime(1_700_000_000_000);
/// An ensemble that is whole has elected and serves within this time.
const ELECTION_MAX: Span = Span::millis(60_000);

/// An ensemble, its timers, and what arrived for the clients that speak by hand.
pub(super) struct Bench {
    ensemble: Ensemble,
    servers: Vec<ServerId>,
    now: Instant,
    timers: BTreeMap<TimerName, Instant>,
    /// The zxids of all transactions, in order.
    zxids: Vec<Zxid>,
    /// Those of them that no transaction of the recorded server carries.
    holes: BTreeSet<Zxid>,
    heard: BTreeMap<ConnectionId, Vec<ToClient>>,
    closed: BTreeSet<ConnectionId>,
    dialled: Option<ConnectionId>,
}

impl Bench {
    /// An ensemble that serves. Nothing was ever asked of it.
    pub(super) fn new(servers: u8, store: StoreConfig) -> Bench {
        let settings = Settings::with_servers(servers);
        let limits =
            SessionLimits { timeout_min: Span::millis(500), timeout_max: Span::millis(120_000) };
        let server = Arc::new(Config {
            protocol: Arc::new(settings.protocol()),
            session_limits: limits,
            store,
            autocreate: true,
        });
        let servers: Vec<ServerId> = settings.server_ids().collect();
        let mut bench = Bench {
            ensemble: Ensemble::new(&EnsembleConfig {
                servers: servers.clone(),
                server,
                client_retry_delay_max: settings.client_retry_delay,
            }),
            servers,
            now: Instant::ZERO,
            timers: BTreeMap::new(),
            zxids: Vec::new(),
            holes: BTreeSet::new(),
            heard: BTreeMap::new(),
            closed: BTreeSet::new(),
            dialled: None,
        };
        bench.start_all();
        bench
    }

    /// The servers, by id.
    pub(super) fn servers(&self) -> &[ServerId] {
        &self.servers
    }

    /// The ensemble, to look at.
    pub(super) fn ensemble(&self) -> &Ensemble {
        &self.ensemble
    }

    /// How many transactions there are up to a zxid.
    pub(super) fn offset_of(&self, zxid: Zxid) -> i64 {
        if zxid == Zxid::UNKNOWN {
            return -1;
        }
        let count = self.zxids.partition_point(|known| *known <= zxid);
        i64::try_from(count).expect("a recording is short")
    }

    /// As [`Bench::offset_of`], of what a server has processed: it shows no hole.
    pub(super) fn processed_offset_of(&self, zxid: Zxid) -> i64 {
        let offset = self.offset_of(zxid);
        if self.holes.contains(&self.zxid_at(offset)) { offset - 1 } else { offset }
    }

    /// The newest zxid is used up, and no transaction carries it.
    pub(super) fn leave_hole(&mut self) {
        self.holes.extend(self.zxids.last());
    }

    /// How many transactions there were.
    pub(super) fn transactions(&self) -> usize {
        self.zxids.len()
    }

    /// The zxid of the transaction of this number, counted from 1; 0 is before the first, and a
    /// number that no transaction has is ahead of them all.
    pub(super) fn zxid_at(&self, offset: i64) -> Zxid {
        if offset <= 0 {
            return Zxid::ZERO;
        }
        let place = usize::try_from(offset - 1).unwrap_or(usize::MAX);
        let ahead = Zxid::new(u32::MAX - 1, u32::try_from(offset).unwrap_or(u32::MAX - 1));
        self.zxids.get(place).copied().unwrap_or(ahead)
    }

    /// Ends all processes and starts them again on what is on their disks.
    pub(super) fn restart_all(&mut self) {
        for server in self.servers.clone() {
            self.apply(&Choice::Crash(server));
        }
        self.settle();
        self.now += Span::millis(1);
        self.start_all();
    }

    fn start_all(&mut self) {
        for server in self.servers.clone() {
            self.apply(&Choice::Start(server));
        }
        self.settle();
        let latest = self.now + ELECTION_MAX;
        while !self.all_serve() {
            assert!(self.now < latest, "an ensemble that is whole elects a leader");
            self.pass(Span::millis(10));
        }
    }

    fn all_serve(&self) -> bool {
        self.ensemble.serving_leader().is_some()
            && self
                .ensemble
                .servers()
                .all(|server| server.process().is_some_and(|process| process.peer().is_serving()))
    }

    /// A new connection of a client that speaks by hand; refused where it is not open afterwards.
    pub(super) fn dial(&mut self, client: ClientId, server: ServerId) -> ConnectionId {
        self.apply(&Choice::Dial { client, server });
        let connection = self.dialled.take().expect("a dial sends the call");
        self.settle();
        connection
    }

    /// Sends, without waiting for what comes of it.
    pub(super) fn say(&mut self, connection: ConnectionId, message: ToServer) {
        self.apply(&Choice::Say { connection, message });
    }

    /// Closes the connection from the client's side.
    pub(super) fn hang_up(&mut self, connection: ConnectionId) {
        self.apply(&Choice::HangUp(connection));
        self.settle();
    }

    /// What arrived on a connection since it was last asked for.
    pub(super) fn heard(&mut self, connection: ConnectionId) -> Vec<ToClient> {
        self.heard.remove(&connection).unwrap_or_default()
    }

    /// Whether a server has closed the connection.
    pub(super) fn is_closed(&self, connection: ConnectionId) -> bool {
        self.closed.contains(&connection)
    }

    /// Lets everything happen that is not a timer, in the canonical order, until nothing is left.
    pub(super) fn settle(&mut self) {
        let is_due = |choice: &Choice| !matches!(choice, Choice::Fire(_) | Choice::Start(_));
        while let Some(choice) = self.ensemble.enabled().into_iter().find(is_due) {
            self.apply(&choice);
        }
    }

    /// Lets time pass: timers run out when they are due, and what they bring about happens at once.
    pub(super) fn pass(&mut self, span: Span) {
        let end = self.now + span;
        let due = |timers: &BTreeMap<TimerName, Instant>| {
            timers.iter().map(|(name, at)| (*at, *name)).min().filter(|(at, _)| *at <= end)
        };
        while let Some((at, timer)) = due(&self.timers) {
            self.now = at.max(self.now);
            self.timers.remove(&timer);
            self.apply(&Choice::Fire(timer));
            self.settle();
        }
        self.now = end;
    }

    fn apply(&mut self, choice: &Choice) {
        let millis = i64::try_from(self.now.0 / 1_000).expect("a replay takes minutes");
        let mut effects = Vec::new();
        self.ensemble.apply(choice, CALENDAR_START.plus_millis(millis), &mut effects);
        for effect in effects {
            self.absorb(effect);
        }
    }

    fn absorb(&mut self, effect: Effect) {
        match effect {
            Effect::TimerSet { timer, min, .. } => {
                self.timers.insert(timer, self.now + min);
            }
            Effect::TimerCancelled(timer) => {
                self.timers.remove(&timer);
            }
            Effect::ProcessEnded(server) => {
                self.timers.retain(|timer, _| timer.owner() != server.into());
            }
            Effect::Server(_, Note::Prepared { zxid, .. }) => self.zxids.push(zxid),
            Effect::Sent(transfer)
                if transfer.segment == Segment::Open && transfer.from.client().is_some() =>
            {
                self.dialled = Some(transfer.connection);
            }
            Effect::Delivered(transfer) if transfer.to.client().is_some() => {
                match transfer.segment {
                    Segment::Packet(packet) => {
                        if let Packet::ToClient(message) = &*packet {
                            let heard = self.heard.entry(transfer.connection).or_default();
                            heard.push(message.clone());
                        }
                    }
                    Segment::Close | Segment::Reset => {
                        self.closed.insert(transfer.connection);
                    }
                    Segment::Accept | Segment::Open => {}
                }
            }
            _ => {}
        }
    }
}
