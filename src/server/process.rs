//! A server's process: its memory, and how one step of it goes.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::disk::Completion;
use super::{
    Cargo, ClientLinks, Config, Disk, Effect, Following, Input, Leading, Note, Outbox, Packet,
    Timer,
};
use crate::store::{Database, SessionIds, Watches};
use crate::types::{ConnectionId, Epoch, ServerId, SessionId, Txn, WallTime, Zxid};
use crate::zab::{self, Channel, ExitReason, Message, Output, Peer, RoleName, Write};

/// What is lost when a server crashes.
#[derive(Clone, Hash, Debug)]
pub struct Process {
    pub(super) peer: Peer,
    pub(super) database: Database,
    pub(super) service: Service,
    /// Handed over by the peer, not yet taken by the log step.
    pub(super) log_queue: Vec<Arc<Txn>>,
    /// Committed, not yet applied.
    pub(super) commit_queue: VecDeque<Commit>,
    pub(super) clients: ClientLinks,
    pub(super) watches: Watches,
    pub(super) session_ids: SessionIds,
    /// The connection to the leader, from the dialling on.
    pub(super) leader_link: Option<ConnectionId>,
    /// The connections of learners that have dialled us.
    pub(super) learner_links: BTreeMap<ConnectionId, ServerId>,
    /// The tree that came with the last SNAP, until the peer has it loaded.
    received_snapshot: Option<Arc<Database>>,
    /// The timers that are set, in order.
    timers: Vec<Timer>,
}

/// What a server does for clients.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Service {
    /// Nothing.
    Closed,
    /// It serves them as a learner.
    Following(Following),
    /// It serves them, and orders all writes.
    Leading(Leading),
}

/// An entry of the commit step's queue.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Commit {
    /// A committed transaction.
    Txn(Arc<Txn>),
    /// The leader's answer to a sync: all commits before it are in the queue before it.
    Sync {
        /// The session that asked for it.
        session: SessionId,
        /// The request's number.
        xid: i32,
    },
}

impl Process {
    /// The protocol's part.
    pub fn peer(&self) -> &Peer {
        &self.peer
    }

    /// Tree and sessions.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// What it does for clients.
    pub fn service(&self) -> &Service {
        &self.service
    }

    /// What the log step will take.
    pub fn log_queue(&self) -> &[Arc<Txn>] {
        &self.log_queue
    }

    /// What the commit step will do, in order.
    pub fn commit_queue(&self) -> &VecDeque<Commit> {
        &self.commit_queue
    }

    /// Its clients.
    pub fn clients(&self) -> &ClientLinks {
        &self.clients
    }

    /// What its clients watch.
    pub fn watches(&self) -> &Watches {
        &self.watches
    }

    /// The timers that are set, in order.
    pub fn timers(&self) -> &[Timer] {
        &self.timers
    }

    /// A process that has just read what the disk holds.
    pub(super) fn load(
        id: ServerId,
        config: &Config,
        disk: &Disk,
        clock: WallTime,
        outbox: &mut Outbox,
    ) -> Process {
        let (database, replayed) = disk.load();
        let snapshot = disk.newest_image().map_or(Zxid::ZERO, |(zxid, _)| zxid);
        let last = database.last_processed();
        outbox.effects.push(Effect::Note(Note::Started { snapshot, replayed, last }));
        Process {
            peer: Peer::new(id, Arc::clone(&config.protocol), disk.durable()),
            database,
            service: Service::Closed,
            log_queue: Vec::new(),
            commit_queue: VecDeque::new(),
            clients: ClientLinks::default(),
            watches: Watches::default(),
            session_ids: SessionIds::new(id, clock),
            leader_link: None,
            learner_links: BTreeMap::new(),
            received_snapshot: None,
            timers: Vec::new(),
        }
    }
}

/// One step of a process, with all that it may touch.
pub(super) struct Step<'a> {
    pub id: ServerId,
    pub config: &'a Config,
    pub disk: &'a mut Disk,
    pub process: &'a mut Process,
    pub clock: WallTime,
    pub outbox: &'a mut Outbox,
    /// Set once the process has ended itself: nothing counts any more.
    pub exit: Option<(u8, ExitReason)>,
}

impl Step<'_> {
    pub fn take(&mut self, input: Input) {
        match input {
            Input::Connected(connection) => self.feed(zab::Input::Connected(connection)),
            Input::Closed(connection) => self.closed(connection),
            Input::DialledByClient(connection) => self.process.clients.open(connection),
            Input::Dialled { connection, from, channel } => {
                if channel == Channel::Learner {
                    self.process.learner_links.insert(connection, from);
                }
                self.feed(zab::Input::Dialled { connection, from, channel });
            }
            Input::Fired(timer) => self.fired(timer),
            Input::FlushFinished => self.flush_finished(),
            Input::Received { connection, packet } => self.received(connection, &packet),
            Input::RunCommit => self.run_commit(),
            Input::RunLog => self.run_log(),
        }
    }

    /// Hands one input to the peer and carries out all that it asks for.
    pub fn feed(&mut self, input: zab::Input) {
        if self.exit.is_some() {
            return;
        }
        self.process.peer.step(input, &mut self.outbox.peer);
        let mut outputs = std::mem::take(&mut self.outbox.peer.outputs);
        for output in outputs.drain(..) {
            if self.exit.is_none() {
                self.carry_out(output);
            }
        }
        self.outbox.peer.outputs = outputs;
        self.release_syncs();
    }

    pub fn effect(&mut self, effect: Effect) {
        self.outbox.effects.push(effect);
    }

    pub fn note(&mut self, note: Note) {
        self.effect(Effect::Note(note));
    }

    pub fn send(&mut self, connection: ConnectionId, packet: Packet) {
        self.effect(Effect::Send { connection, packet: Arc::new(packet) });
    }

    pub fn set_timer(&mut self, timer: Timer, min: crate::types::Span, max: crate::types::Span) {
        if let Err(position) = self.process.timers.binary_search(&timer) {
            self.process.timers.insert(position, timer);
        }
        self.effect(Effect::SetTimer { timer, min, max });
    }

    pub fn cancel_timer(&mut self, timer: Timer) {
        if let Ok(position) = self.process.timers.binary_search(&timer) {
            self.process.timers.remove(position);
            self.effect(Effect::CancelTimer(timer));
        }
    }

    fn carry_out(&mut self, output: Output) {
        match output {
            Output::Dial { connection, to, channel } => {
                if channel == Channel::Learner {
                    self.process.leader_link = Some(connection);
                }
                self.effect(Effect::Dial { connection, to, channel });
            }
            Output::Close(connection) => {
                self.forget_link(connection);
                self.effect(Effect::Close(connection));
            }
            Output::Send { connection, message } => {
                let cargo = self.cargo(connection, &message);
                self.send(connection, Packet::Quorum { message, cargo });
            }
            Output::SetTimer { timer, min, max } => self.set_timer(Timer::Peer(timer), min, max),
            Output::CancelTimer(timer) => self.cancel_timer(Timer::Peer(timer)),
            Output::Persist { id, write } => self.persist(id, write),
            Output::Log(txn) => {
                if self.process.log_queue.is_empty() {
                    self.effect(Effect::LogReady);
                }
                self.process.log_queue.push(txn);
            }
            Output::Commit(txn) => self.commit(txn),
            Output::Apply(txn) => {
                self.process.database.apply(&txn);
                self.note(Note::Replayed { zxid: txn.zxid });
            }
            Output::LoadSnapshot => self.load_snapshot(),
            Output::Reload => self.reload(),
            Output::Clear => {
                self.process.database = Database::new();
                self.note(Note::TreeReloaded { last: Zxid::ZERO });
            }
            Output::StartServing { epoch } => self.start_serving(epoch),
            Output::StopServing => self.stop_serving(),
            Output::Exit { code, reason } => self.exit = Some((code, reason)),
            Output::Note(note) => self.effect(Effect::Peer(note)),
        }
    }

    /// What the server adds to a message of its peer.
    fn cargo(&mut self, connection: ConnectionId, message: &Message) -> Cargo {
        match message {
            Message::Snap(_) => Cargo::Snapshot(Arc::new(self.process.database.clone())),
            Message::Ping(_) if self.process.leader_link == Some(connection) => self.touched(),
            _ => Cargo::None,
        }
    }

    fn persist(&mut self, id: zab::WriteId, write: Write) {
        let image = match write {
            Write::Snapshot(zxid) | Write::Replace(zxid) => {
                self.note(Note::SnapshotTaken { zxid });
                Some(Arc::new(self.process.database.clone()))
            }
            _ => None,
        };
        if self.disk.persist(id, write, image) {
            self.effect(Effect::FlushStarted);
        }
    }

    /// # Panics
    /// If the SNAP came without its tree, which no leader sends.
    fn load_snapshot(&mut self) {
        let image = self.process.received_snapshot.take().expect("SNAP carries the tree");
        self.process.database = Arc::unwrap_or_clone(image);
        self.note(Note::SnapshotLoaded { zxid: self.process.database.last_processed() });
    }

    fn reload(&mut self) {
        let (mut database, _) = self.disk.load();
        database.raise_processed(self.process.peer.last_processed());
        self.note(Note::TreeReloaded { last: database.last_processed() });
        self.process.database = database;
    }

    fn start_serving(&mut self, epoch: Epoch) {
        let leading = self.process.peer.role_name() == RoleName::Leading;
        self.note(Note::ServingStarted { epoch, leading });
        if leading {
            self.start_leading(epoch);
        } else {
            self.process.service = Service::Following(Following::default());
        }
    }

    /// Source: `ZooKeeperServer.shutdown`, `NIOServerCnxnFactory.closeAll`.
    fn stop_serving(&mut self) {
        for connection in self.process.clients.close_all() {
            self.effect(Effect::Close(connection));
        }
        self.process.watches = Watches::default();
        if !self.process.commit_queue.is_empty() {
            self.process.commit_queue.clear();
            self.effect(Effect::CommitsDropped);
        }
        self.cancel_timer(Timer::SessionTick);
        if self.process.service != Service::Closed {
            self.process.service = Service::Closed;
            self.note(Note::ServingStopped);
        }
    }

    fn closed(&mut self, connection: ConnectionId) {
        if self.process.clients.close(connection) {
            return self.process.watches.forget(connection);
        }
        self.forget_link(connection);
        self.feed(zab::Input::Closed(connection));
    }

    fn forget_link(&mut self, connection: ConnectionId) {
        if self.process.leader_link == Some(connection) {
            self.process.leader_link = None;
        }
        self.process.learner_links.remove(&connection);
    }

    fn fired(&mut self, timer: Timer) {
        let position = self.process.timers.binary_search(&timer);
        self.process.timers.remove(position.expect("only a timer that is set can fire"));
        match timer {
            Timer::Peer(timer) => self.feed(zab::Input::Fired(timer)),
            Timer::SessionTick => self.session_tick(),
        }
    }

    fn received(&mut self, connection: ConnectionId, packet: &Packet) {
        match packet {
            Packet::Quorum { message, cargo } => {
                match cargo {
                    Cargo::None => (),
                    Cargo::Snapshot(image) => {
                        self.process.received_snapshot = Some(Arc::clone(image));
                    }
                    Cargo::Touched(sessions) => self.touch_all(sessions),
                }
                let message = message.clone();
                self.feed(zab::Input::Received { connection, message });
            }
            Packet::Request(forwarded) => self.learner_request(connection, forwarded),
            Packet::Revalidate { session, .. } => self.revalidate(connection, *session),
            Packet::Revalidated { session, valid } => self.revalidated(*session, *valid),
            Packet::Sync => self.sync_released(),
            Packet::ToServer(message) => self.client_says(connection, message),
            Packet::ToClient(_) => unreachable!("clients do not serve"),
        }
    }

    /// Source: `SyncRequestProcessor.run`.
    fn run_log(&mut self) {
        let txns = &self.process.log_queue;
        let (Some(first), Some(last)) = (txns.first(), txns.last()) else {
            panic!("{}: nothing to log", self.id);
        };
        self.note(Note::LogTaken { first: first.zxid, last: last.zxid });
        if self.disk.append(self.process.log_queue.drain(..)) {
            self.effect(Effect::FlushStarted);
        }
    }

    fn flush_finished(&mut self) {
        if self.disk.fails() {
            self.exit = Some((1, ExitReason::DiskFailed));
            return;
        }
        let (flushed, next_begins) = self.disk.finish_flush();
        let last = self.disk.durable().last_zxid();
        self.note(Note::Flushed { last, txns: flushed.txns, write: flushed.write });
        if next_begins {
            self.effect(Effect::FlushStarted);
        }
        for completion in flushed.completions {
            self.feed(match completion {
                Completion::Logged(zxid) => zab::Input::Logged(zxid),
                Completion::Persisted(id) => zab::Input::Persisted(id),
            });
        }
    }
}
