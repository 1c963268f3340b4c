//! What our ensemble does before the recording begins, so that it then stands as the recorded one
//! did: it elects, its clients write, all by its own rules; only the disks of servers that are
//! down are made.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use imbl::Vector;

use super::history::{self, Made};
use super::names::Names;
use super::outset::{Established, OldClient, Outset, ShownDisk};
use super::record::{ClientName, Notice, Recording};
use super::said::Done;
use super::translate;
use crate::api::{CreateMode, Op};
use crate::ensemble::{
    Channel, Choice, ClientCommand, Effect, Ensemble, EnsembleConfig, Segment, TimerName,
};
use crate::server::{Config, Disk, Packet, Timer};
use crate::sim::Settings;
use crate::store::SessionLimits;
use crate::types::{ClientId, Epoch, ServerId, Span, Txn, WallTime, Zxid};
use crate::zab::{self, Message, ProtocolConfig, RoleName, Rules};

/// What all clocks say when the recording begins: 2026-01-01T00:00:00Z.
pub(super) const CALENDAR_START: WallTime = WallTime(1_767_225_600_000);

/// The longest history that is made: a recording that begins behind more is refused.
const HISTORY_MAX: u32 = 20_000;

/// The latest round in which a leader is made to be elected.
const ROUNDS_MAX: u32 = 50;

/// An ensemble that stands as the recorded one did.
pub(super) struct Prelude {
    pub ensemble: Ensemble,
    pub names: Names,
    /// The last vote that each server cast.
    pub votes: BTreeMap<ServerId, Notice>,
    effects: Vec<Effect>,
    /// Who asks what the recording does not show.
    maker: Option<ClientId>,
    made: Made,
}

impl Prelude {
    /// Brings an ensemble to where the recording begins.
    ///
    /// # Errors
    /// Why it cannot be brought there.
    pub fn play(recording: &Recording, outset: &Outset, rules: Rules) -> Result<Prelude, String> {
        if let Some(zxid) = outset.ends().find(|zxid| zxid.counter > HISTORY_MAX) {
            return Err(format!("{zxid}: expected at most {HISTORY_MAX} transactions an epoch"));
        }
        let config = EnsembleConfig {
            servers: recording.header.servers.iter().map(|&(server, _)| server).collect(),
            server: Arc::new(config(recording, outset, rules)),
            client_retry_delay_max: Span::millis(1_000),
        };
        let mut prelude = Prelude {
            ensemble: Ensemble::new(&config),
            names: Names::default(),
            votes: BTreeMap::new(),
            effects: Vec::new(),
            maker: None,
            made: Made { creates_left: outset.root_creates.unwrap_or(u32::MAX), creates: 0 },
        };
        if let Some(established) = &outset.established {
            prelude.establish(established, outset)?;
            prelude.write_history(established, outset)?;
        }
        prelude.make_disks(outset);
        Ok(prelude)
    }

    fn apply(&mut self, choice: &Choice) {
        self.ensemble.apply(choice, CALENDAR_START, &mut self.effects);
        for effect in self.effects.drain(..) {
            if let Effect::Sent(transfer) = effect
                && let (Some(from), Segment::Packet(packet)) =
                    (transfer.from.server(), &transfer.segment)
                && let Packet::Quorum { message: Message::Notification(vote), .. } = &**packet
                && vote.state == RoleName::Looking
            {
                self.votes.insert(from, translate::notice(vote));
            }
        }
    }

    /// Everything happens that needs no timer.
    fn run(&mut self) {
        self.run_where(|_, _| true);
    }

    fn run_where(&mut self, may: impl Fn(&Choice, &Ensemble) -> bool) {
        let is_step = |choice: &Choice| !matches!(choice, Choice::Fire(_) | Choice::Start(_));
        while let Some(choice) = {
            let mut choices = self.ensemble.enabled().into_iter();
            choices.find(|choice| is_step(choice) && may(choice, &self.ensemble))
        } {
            self.apply(&choice);
        }
    }

    /// The leader and as many servers of smaller ids as make a quorum elect; the others join.
    fn establish(&mut self, established: &Established, outset: &Outset) -> Result<(), String> {
        let Established { leader, learners, last, elected_at, round } = established;
        let refused = || format!("{leader} cannot be made the leader of epoch {}", last.epoch);
        if elected_at.epoch >= last.epoch || *round == 0 || *round > ROUNDS_MAX {
            return Err(refused());
        }
        let before = Epoch(last.epoch.0 - 1);
        let log = self.made_log(outset, Some(*elected_at));
        for &server in learners.iter().chain([leader]) {
            let disk = Disk::with_log(before, before, log.clone());
            self.ensemble.replace_disk(server, disk);
        }
        let smaller = learners.iter().copied().filter(|server| server < leader);
        let electors: Vec<ServerId> = [*leader].into_iter().chain(smaller).collect();
        for &server in &electors {
            self.apply(&Choice::Start(server));
        }
        for _ in 1..*round {
            self.elect_in_vain(&electors);
        }
        self.elect(&electors);
        self.run();
        for &server in learners.iter().filter(|server| *server > leader) {
            self.apply(&Choice::Start(server));
            self.run();
        }
        let leads = self.ensemble.serving_leader() == Some(*leader);
        let serves = |&server: &ServerId| {
            let process = self.ensemble.server(server).and_then(|server| server.process());
            process.is_some_and(|process| {
                process.peer().is_serving() && process.peer().current_epoch() == last.epoch
            })
        };
        if leads && learners.iter().chain([leader]).all(serves) { Ok(()) } else { Err(refused()) }
    }

    /// Votes, repeated for those who began later, and the decision.
    fn elect(&mut self, electors: &[ServerId]) {
        for timer in [zab::Timer::Notification, zab::Timer::FinalizeWait] {
            self.run_where(|choice, ensemble| !is_learners(choice, ensemble));
            for &server in electors {
                self.fire(server, timer);
            }
        }
    }

    /// An election whose leader gives up before anyone reaches it: the next is of a later round.
    fn elect_in_vain(&mut self, electors: &[ServerId]) {
        self.elect(electors);
        for &server in electors {
            self.fire(server, zab::Timer::QuorumWait);
        }
        for _ in 0..ProtocolConfig::LEADER_CONNECT_TRIES {
            self.run();
            for &server in electors {
                self.fire(server, zab::Timer::LeaderDial);
            }
        }
    }

    fn fire(&mut self, server: ServerId, timer: zab::Timer) {
        let timer = Timer::Peer(timer);
        let process = self.ensemble.server(server).and_then(|server| server.process());
        if process.is_some_and(|process| process.timers().contains(&timer)) {
            self.apply(&Choice::Fire(TimerName::Server(server, timer)));
        }
    }

    /// Clients open their sessions and write until the leader has proposed as much as recorded.
    fn write_history(&mut self, established: &Established, outset: &Outset) -> Result<(), String> {
        let last = established.last;
        let mut old: VecDeque<OldClient> = outset.clients.iter().copied().collect();
        for counter in 1..=last.counter {
            let zxid = Zxid { epoch: last.epoch, counter };
            let known = outset.known.get(&zxid);
            let opens = known.map_or(!old.is_empty(), |done| done.body.op == "createSession");
            if opens || self.maker.is_none() {
                let made_at = known.and_then(|done| history::server_of(&done.session));
                let place = old
                    .iter()
                    .position(|client| made_at.is_none_or(|server| client.server == server));
                let client = place.and_then(|place| old.remove(place));
                let server = client.map(|client| client.server).or(made_at);
                let id = self.connect(server.unwrap_or(established.leader), outset.timeout_max);
                self.names.clients.extend(client.map(|client| (client.name, id)));
                if let (Some(done), Some(host)) = (known, self.ensemble.client(id)) {
                    self.names.bind(&done.session, host.client().session());
                }
                self.maker.get_or_insert(id);
            } else {
                self.write(zxid, known);
            }
            let leader = self.ensemble.server(established.leader);
            let process = leader.and_then(|leader| leader.process());
            if process.and_then(|process| process.peer().last_proposed()) != Some(zxid) {
                return Err(format!("{zxid} cannot be made before the recording begins"));
            }
        }
        for client in &outset.clients {
            if let Some(next_xid) = client.next_xid {
                self.count_up(client.name, next_xid);
            }
        }
        Ok(())
    }

    fn connect(&mut self, server: ServerId, session_timeout: Span) -> ClientId {
        self.apply(&Choice::AddClient { server, session_timeout });
        self.run();
        let newest = self.ensemble.clients().last().map(|(id, _)| id);
        newest.expect("a client has just been added")
    }

    /// One transaction more: what the recording shows of it later, or a create under the root as
    /// long as its counter asks for one, or a create that fails.
    fn write(&mut self, zxid: Zxid, known: Option<&Done>) {
        let op = known.and_then(history::op_of).unwrap_or_else(|| {
            if self.made.creates_left > 0 {
                Op::create(&format!("/before-{}", zxid.counter), "", CreateMode::Persistent)
            } else {
                Op::create("/", "", CreateMode::Persistent)
            }
        });
        if op.path().is_some_and(|path| history::is_under_root(path)) {
            self.made.creates_left = self.made.creates_left.saturating_sub(1);
        }
        let session = known.and_then(|done| self.names.session(&done.session));
        let holder = session.and_then(|session| {
            let mut clients = self.ensemble.clients();
            clients.find(|(_, host)| host.client().session() == session).map(|(id, _)| id)
        });
        let client = holder.or(self.maker).expect("the first transaction opened a session");
        self.submit(client, op);
    }

    fn submit(&mut self, client: ClientId, op: Op) {
        self.apply(&Choice::Client { client, what: ClientCommand::Submit(op) });
        self.run();
    }

    /// Reads until the client's next request has the number that is recorded.
    fn count_up(&mut self, name: ClientName, next_xid: i32) {
        let Some(&client) = self.names.clients.get(&name) else { return };
        for _ in 0..HISTORY_MAX {
            if self.next_xid(client).is_none_or(|next| next >= next_xid) {
                return;
            }
            self.submit(client, Op::exists("/"));
        }
    }

    fn next_xid(&self, client: ClientId) -> Option<i32> {
        self.ensemble.client(client).map(|host| host.client().next_xid())
    }

    /// The servers that are down have on disk what their first messages show.
    fn make_disks(&mut self, outset: &Outset) {
        let shown = outset.established.as_ref().and_then(|found| {
            let leader = self.ensemble.server(found.leader)?;
            Some(leader.disk().durable().log.clone())
        });
        let log = match shown {
            Some(log) => log,
            None => self.made_log(outset, None),
        };
        for (&server, disk) in &outset.disks {
            let ShownDisk { accepted_epoch, current_epoch, last } = *disk;
            let last = last.unwrap_or(Zxid::ZERO);
            let log: Vector<Arc<Txn>> =
                log.iter().filter(|txn| txn.zxid <= last).cloned().collect();
            let log = history::extended(log, last);
            let current = current_epoch.unwrap_or(last.epoch).max(last.epoch);
            let accepted = accepted_epoch.unwrap_or(current).max(current);
            self.ensemble.replace_disk(server, Disk::with_log(accepted, current, log));
        }
    }

    /// A history that nobody of ours has written: what is shown of it, filled up; as far as `end`.
    fn made_log(&mut self, outset: &Outset, end: Option<Zxid>) -> Vector<Arc<Txn>> {
        let mut ends: BTreeMap<Epoch, u32> = BTreeMap::new();
        let shown = outset.ends().chain(end).filter(|&zxid| end.is_none_or(|end| zxid <= end));
        for zxid in shown {
            let last = ends.entry(zxid.epoch).or_default();
            *last = zxid.counter.max(*last);
        }
        let mut log = Vector::new();
        for (epoch, last) in ends {
            for counter in 1..=last {
                let zxid = Zxid { epoch, counter };
                let known = outset.known.get(&zxid);
                let txn = self.made.txn(zxid, known, log.is_empty(), &mut self.names);
                log.push_back(Arc::new(txn));
            }
        }
        log
    }
}

/// Whether something of a learner's connection is delivered.
fn is_learners(choice: &Choice, ensemble: &Ensemble) -> bool {
    let Choice::Deliver { connection, .. } = choice else { return false };
    let found = ensemble.connections().find(*connection);
    found.is_some_and(|found| found.channel == Channel::Learner)
}

fn config(recording: &Recording, outset: &Outset, rules: Rules) -> Config {
    let header = &recording.header;
    let settings = Settings {
        tick: header.tick,
        init_limit: header.init_limit,
        sync_limit: header.sync_limit,
        ..Settings::default()
    };
    let mut protocol = settings.protocol();
    let voters = header.servers.iter().filter(|(_, votes)| *votes).map(|&(server, _)| server);
    protocol.quorum = zab::Quorum::majority(voters);
    protocol.rules = rules;
    protocol.txn_log_sync = reads_txn_log(&header.properties);
    let snap_count = property(&header.properties, "zookeeper.snapCount");
    if let Some(count) = snap_count.and_then(|count| count.parse::<u32>().ok()) {
        protocol.snap_count = count.max(2);
    }
    let tick = header.tick;
    let session_limits = SessionLimits { timeout_min: tick * 2, timeout_max: outset.timeout_max };
    let store = settings.store();
    Config { protocol: Arc::new(protocol), session_limits, store, autocreate: true }
}

/// Whether a leader reads its log for a DIFF: not with the default size of preallocated files,
/// which always weigh more than a third of the snapshot, and not with a negative factor.
fn reads_txn_log(properties: &[String]) -> bool {
    let factor = property(properties, "zookeeper.snapshotSizeFactor");
    let off = factor.is_some_and(|factor| factor.starts_with('-'));
    let small = property(properties, "zookeeper.preAllocSize").and_then(|size| size.parse().ok());
    !off && small.is_some_and(|kilobytes: u64| kilobytes < 1_024)
}

fn property<'a>(properties: &'a [String], name: &str) -> Option<&'a str> {
    let pairs = properties.iter().filter_map(|property| property.split_once('='));
    pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).next_back()
}
