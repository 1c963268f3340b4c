//! What ZooKeeper promises its clients, G1 to G14 of the fact sheet on the store, §10. One
//! guarantee a file.
//!
//! | | guarantee | predicate |
//! |---|---|---|
//! | G1 | [`linearizable_writes`] | the order of transactions extends real time, outcomes are those of that order |
//! | G2 | [`fifo_client_order`] | a session's operations take effect as they were sent |
//! | G3 | [`consistent_reads`] | a read answers what one committed state holds, and never an older one |
//! | G4 | [`single_system_image`] | what a session is shown never goes back, whichever server it asks |
//! | G5 | [`sync_freshness`] | behind a sync, a read shows what its leader had committed |
//! | G6 | [`durability`] | what was answered stays |
//! | G7 | [`atomicity`] | all of a multi or nothing, for readers too |
//! | G8 | [`watch_order`] | a change is heard of before it is seen, and once |
//! | G9 | [`timeliness`] | views lag by less than a bound, sessions live for their timeout |
//! | G10 | [`unknown_outcome`] | after a lost connection a write is there once or never |
//! | G11 | [`replicas`] | servers have the tree that the order makes |
//! | G12 | [`ephemeral_owners`] | an ephemeral znode's session is alive |
//! | G13 | [`sequence_numbers`] | sequence numbers rise |
//! | G14 | [`versions`] | versions count changes |
//!
//! Two things stand between the trace and the guarantees. [`order`] is the witness: all committed
//! transactions one behind the other, and the tree that each leaves. [`history`] is what clients
//! have asked and were told. So a guarantee is shown moments of an operation's life, not events: it
//! is asked, its transaction is committed ([`Commit`]), it is answered ([`Answer`]) or lost. Most
//! events are none of these and cost one comparison; the rest cost O(log n) by what is kept.
//!
//! The folder knows servers only by their notes and their trees, and clients only by what they say.

mod atomicity;
mod consistent_reads;
mod durability;
mod ephemeral_owners;
mod fact;
mod fifo_client_order;
mod history;
mod linearizable_writes;
mod order;
mod quirk;
mod replicas;
mod sequence_numbers;
mod single_system_image;
mod sync_freshness;
mod timeliness;
mod unknown_outcome;
mod versions;
mod watch_order;

pub use fact::{ClientFact, Counter};

use atomicity::Atomicity;
use consistent_reads::ConsistentReads;
use durability::Durability;
use ephemeral_owners::EphemeralOwners;
use fifo_client_order::FifoClientOrder;
use history::{Histories, Operation, PerClient, Settled};
use linearizable_writes::LinearizableWrites;
use order::{Order, Outcome};
use sequence_numbers::SequenceNumbers;
use sync_freshness::SyncFreshness;
use timeliness::{Timeliness, committed_by};
use watch_order::WatchOrder;

use std::sync::Arc;

use super::moment::Moment;
use super::{Fact, Witness};
use crate::api::{Op, OpClass, OpError, OpName, OpResult, ToServer};
use crate::ensemble::{Segment, Transfer};
use crate::server::{Cargo, Packet, Service};
use crate::sim::{EventId, EventKind, TraceEvent, World};
use crate::store::{Action, Caller, Change, Database};
use crate::types::{ClientId, Epoch, ServerId, SessionId, Txn, TxnBody, Zxid};
use crate::{client, server, zab};

/// The guarantees, and what they are judged by.
#[derive(Clone, Debug, Default)]
pub(super) struct Guarantees {
    order: Order,
    histories: Histories,
    linearizable_writes: LinearizableWrites,
    fifo_client_order: FifoClientOrder,
    sync_freshness: SyncFreshness,
    durability: Durability,
    atomicity: Atomicity,
    watch_order: WatchOrder,
    timeliness: Timeliness,
    ephemeral_owners: EphemeralOwners,
    sequence_numbers: SequenceNumbers,
}

/// A place in the order, and the event that shows it.
#[derive(Clone, Copy, Debug)]
struct Point {
    zxid: Zxid,
    event: EventId,
}

/// An answer that was given: who was told, and what it shows.
#[derive(Clone, Copy, Debug)]
struct Answered {
    zxid: Zxid,
    event: EventId,
    client: ClientId,
    xid: i32,
}

/// A transaction takes its place in the order.
struct Commit<'a> {
    txn: &'a Txn,
    point: Point,
    /// Who asked for it, where a client did.
    asker: Option<(ClientId, &'a Operation)>,
    /// What the request makes of the tree before, where it is known.
    expected: Option<&'a TxnBody>,
    /// The place before.
    previous: Point,
    before: &'a Database,
    after: &'a Database,
    changes: &'a [Change],
}

/// A client is told the answer to an operation.
struct Answer<'a> {
    client: ClientId,
    operation: &'a Operation,
    zxid: Zxid,
    result: &'a Result<OpResult, OpError>,
    /// The newest that this session was shown before, and by which answer.
    previous: Option<Point>,
}

impl Guarantees {
    /// Takes note of an event. Whatever it says, nothing here panics.
    #[inline]
    pub fn observe(&mut self, event: &TraceEvent, moment: &mut Moment<'_>) {
        match &event.kind {
            EventKind::Client(client, note) => self.client(*client, note, moment),
            EventKind::Command(command) => self.timeliness.commanded(command, moment.world),
            EventKind::Delivered(transfer) => self.delivered(transfer, moment),
            EventKind::Peer(server, zab::Note::Committed { zxid }) => {
                if *zxid > self.order.newest().zxid {
                    self.committed(*server, *zxid, moment);
                }
            }
            EventKind::Peer(server, zab::Note::Established { epoch, initial_last }) => {
                self.established(*server, *epoch, *initial_last, moment);
            }
            EventKind::Server(server, note) => self.server(*server, note, moment),
            _ => (),
        }
    }

    fn client(&mut self, client: ClientId, note: &client::Note, moment: &mut Moment<'_>) {
        match note {
            client::Note::Asked { xid, op } => {
                let operation = Operation {
                    xid: *xid,
                    op: op.clone(),
                    asked: moment.event,
                    identities: Arc::default(),
                    answered_before: self.linearizable_writes.answered(),
                    settled: None,
                    is_unknown: false,
                };
                self.histories.asked(client, operation);
            }
            client::Note::Notified(event) => {
                let shown = self.histories.last(client);
                self.watch_order.notified(client, event, shown, moment);
            }
            client::Note::Refused { xid, .. } => {
                self.histories.close(client, *xid);
            }
            client::Note::SessionOpened { session, resumed, .. } => {
                self.histories.opened(client, *session, *resumed);
                if !resumed {
                    self.sync_freshness.session_begins(client);
                    self.watch_order.session_begins(client);
                }
            }
            client::Note::Told { xid, zxid, result } => {
                self.told((client, *xid), *zxid, result, moment);
            }
            client::Note::Unknown { xid } => {
                self.sync_freshness.lost(client, *xid);
                if let Some(operation) = self.histories.lose(client, *xid) {
                    unknown_outcome::lost(operation, moment);
                }
            }
            client::Note::SessionExpired { .. } | client::Note::StateChanged { .. } => (),
        }
    }

    fn told(
        &mut self,
        (client, xid): (ClientId, i32),
        zxid: Zxid,
        result: &Result<OpResult, OpError>,
        moment: &mut Moment<'_>,
    ) {
        let Some(operation) = self.histories.close(client, xid) else { return };
        // The answer to a proof of identity, or to what no server knows, comes from no state.
        if zxid == Zxid::ZERO || zxid == Zxid::UNKNOWN {
            return;
        }
        let previous = self.histories.last(client);
        let answer = Answer { client, operation: &operation, zxid, result, previous };
        self.linearizable_writes.told(&answer, moment);
        self.fifo_client_order.told(&answer, moment);
        ConsistentReads::told(&answer, &self.order, moment);
        single_system_image::told(&answer, moment);
        self.sync_freshness.told(&answer, moment);
        self.durability.told(&answer, moment);
        self.atomicity.told(&answer, moment);
        self.watch_order.told(&answer, &self.order, moment);
        self.ephemeral_owners.told(&answer, moment);
        self.histories.shown(client, Point { zxid: answer.effect(), event: moment.event });
    }

    /// A server has committed something new.
    fn committed(&mut self, server: ServerId, zxid: Zxid, moment: &mut Moment<'_>) {
        for txn in self.order.news(server, zxid, moment.world) {
            self.order_next(&txn, moment);
        }
        self.order.prune(moment.world);
    }

    fn order_next(&mut self, txn: &Txn, moment: &mut Moment<'_>) {
        let client = self.histories.owner(txn.session).filter(|_| txn.cxid > 0);
        let operation = client.and_then(|client| self.histories.find(client, txn.cxid).cloned());
        let identities = operation.as_ref().map(|operation| Arc::clone(&operation.identities));
        let identities = identities.unwrap_or_default();
        let action = action_of(txn, operation.as_deref());
        let expected = action.and_then(|action| self.order.prepare(txn, identities, action));
        let previous = self.order.newest().point();
        let point = Point { zxid: txn.zxid, event: moment.event };
        let Outcome { before, result, changes } =
            self.order.apply(txn, moment.event, moment.world.now());
        let commit = Commit {
            txn,
            point,
            asker: client.zip(operation.as_deref()),
            expected: expected.as_ref(),
            previous,
            before: &before,
            after: &self.order.newest().database,
            changes: &changes,
        };
        self.linearizable_writes.committed(&commit, moment);
        self.fifo_client_order.committed(&commit, moment);
        self.atomicity.committed(&commit, moment);
        unknown_outcome::committed(&commit, moment);
        self.ephemeral_owners.committed(&commit, moment);
        self.sequence_numbers.committed(&commit, moment);
        versions::committed(&commit, moment);
        if let Some((client, Operation { settled: None, .. })) = commit.asker {
            self.histories.settle(client, txn.cxid, Settled { point, result });
        }
    }

    /// A new leader's initial history is committed, all of it.
    fn established(
        &mut self,
        server: ServerId,
        epoch: Epoch,
        initial_last: Zxid,
        moment: &mut Moment<'_>,
    ) {
        self.committed(server, initial_last, moment);
        let process = moment.world.ensemble().server(server).and_then(|found| found.process());
        if self.order.newest().zxid < initial_last
            && initial_last.counter > 0
            && let Some(process) = process
        {
            let now = moment.world.now();
            self.order.adopt(process.database(), initial_last, moment.event, now);
        }
        self.linearizable_writes.established(epoch);
        self.durability.established(server, epoch, initial_last, moment);
        replicas::changed(server, &self.order, moment);
    }

    fn server(&mut self, server: ServerId, note: &server::Note, moment: &mut Moment<'_>) {
        match note {
            server::Note::Applied { zxid } => {
                self.linearizable_writes.applied(server, *zxid, moment.world);
                replicas::changed(server, &self.order, moment);
            }
            server::Note::Replied { session, cxid, zxid, error } => {
                self.replied(server, (*session, *cxid), *zxid, *error, moment);
            }
            server::Note::RequestReceived { session, cxid, op } => {
                if op.name == OpName::Sync {
                    self.sync_processed(server, *session, *cxid, true, moment);
                }
                self.identify(server, *session, *cxid, moment);
            }
            server::Note::ServingStarted { leading: true, .. } => {
                self.timeliness.leads(server, moment);
            }
            server::Note::ServingStarted { leading: false, .. } => {
                replicas::changed(server, &self.order, moment);
            }
            server::Note::SessionExpired { session } => {
                self.timeliness.expired(*session, server, &self.order, moment);
            }
            _ => (),
        }
    }

    /// A server answers. What a read has to be told is decided now: from the state that the answer
    /// says it comes from.
    fn replied(
        &mut self,
        server: ServerId,
        (session, cxid): (SessionId, i32),
        zxid: Zxid,
        error: Option<OpError>,
        moment: &mut Moment<'_>,
    ) {
        let Some(client) = self.histories.owner(session) else { return };
        let Some(operation) = self.histories.find(client, cxid) else { return };
        if operation.op.class() != OpClass::Read || error == Some(OpError::SessionExpired) {
            return;
        }
        let caller = Caller { session, identities: &operation.identities };
        let settled = ConsistentReads::settle(&operation.op, &caller, zxid, &self.order);
        if let Some(settled) = settled {
            self.histories.settle(client, cxid, settled);
        }
        self.timeliness.answered(server, zxid, &self.order, moment);
    }

    /// A request arrives at the server of its client: from here on it is known who asks.
    fn identify(&mut self, server: ServerId, session: SessionId, cxid: i32, moment: &Moment<'_>) {
        let process = moment.world.ensemble().server(server).and_then(|found| found.process());
        let Some(clients) = process.map(|process| process.clients()) else { return };
        let Some(connection) = clients.connection_of(session) else { return };
        let identities = clients.identities(connection);
        if !identities.is_empty()
            && let Some(client) = self.histories.owner(session)
        {
            self.histories.identify(client, cxid, identities);
        }
    }

    /// A packet arrives at a server that leads: a sign of life of sessions, and perhaps a sync.
    fn delivered(&mut self, transfer: &Transfer, moment: &mut Moment<'_>) {
        let (Some(to), Segment::Packet(packet)) = (transfer.to.server(), &transfer.segment) else {
            return;
        };
        match &**packet {
            Packet::Quorum { cargo: Cargo::Touched(sessions), .. } if leads(to, moment.world) => {
                for (session, _) in sessions.iter() {
                    self.timeliness.heard(*session, to, moment);
                }
            }
            Packet::Request(forwarded) if leads(to, moment.world) => {
                let (session, cxid) = (forwarded.session, forwarded.cxid);
                self.timeliness.heard(session, to, moment);
                if matches!(forwarded.action, Action::Op(Op::Sync { .. })) {
                    self.sync_processed(to, session, cxid, false, moment);
                }
            }
            Packet::Revalidate { session, .. } if leads(to, moment.world) => {
                self.timeliness.heard(*session, to, moment);
            }
            Packet::ToServer(ToServer::Request(_)) if leads(to, moment.world) => {
                let process = moment.world.ensemble().server(to).and_then(|found| found.process());
                let link = process.and_then(|found| found.clients().find(transfer.connection));
                if let Some(session) = link.and_then(|link| link.session()) {
                    self.timeliness.heard(session, to, moment);
                }
            }
            _ => (),
        }
    }

    /// A sync reaches the leader that answers it: from its own client, or through a learner.
    fn sync_processed(
        &mut self,
        server: ServerId,
        session: SessionId,
        cxid: i32,
        is_own: bool,
        moment: &Moment<'_>,
    ) {
        let Some(client) = self.histories.owner(session) else { return };
        if !leads(server, moment.world) {
            return;
        }
        let Some((mut point, applied)) = committed_by(server, moment) else { return };
        // (e,0) is no transaction; a learner shows the one before it.
        let promised = sync_freshness::promised(is_own, point.zxid, applied);
        let Some(state) = self.order.state(promised) else { return };
        point.zxid = state.zxid;
        self.sync_freshness.processed(client, cxid, server, point);
    }
}

fn leads(server: ServerId, world: &World) -> bool {
    let process = world.ensemble().server(server).and_then(|found| found.process());
    process.is_some_and(|process| matches!(process.service(), Service::Leading(_)))
}

/// What was asked for, where that is known.
fn action_of(txn: &Txn, operation: Option<&Operation>) -> Option<Action> {
    match &txn.body {
        TxnBody::CreateSession { timeout } => {
            return Some(Action::CreateSession { timeout: *timeout });
        }
        TxnBody::DeleteContainer { path } => {
            return Some(Action::DeleteContainer { path: path.clone() });
        }
        _ => (),
    }
    match operation {
        Some(operation) if operation.op.class() == OpClass::Write => {
            Some(Action::Op(operation.op.clone()))
        }
        // Of an expired session, by the leader itself.
        None if matches!(txn.body, TxnBody::CloseSession { .. }) => {
            Some(Action::Op(Op::CloseSession))
        }
        _ => None,
    }
}

/// Whether the request failed because its session is over or has moved on to another server,
/// whatever it asked for.
fn is_refused_for_session(body: &TxnBody) -> bool {
    match body {
        TxnBody::Error { code } => {
            [OpError::SessionExpired, OpError::SessionMoved].map(OpError::code).contains(code)
        }
        TxnBody::Multi(bodies) => bodies.iter().any(is_refused_for_session),
        _ => false,
    }
}

impl Answered {
    fn witness(self) -> Witness {
        let Answered { zxid, event, client, xid } = self;
        Witness { event, fact: ClientFact::Answered { client, xid, zxid, error: None }.into() }
    }
}

impl Commit<'_> {
    /// The tree before the transaction, as a witness.
    fn before(&self) -> Witness {
        let fact =
            ClientFact::State { zxid: self.previous.zxid, digest: self.before.tree.digest() };
        Witness { event: self.previous.event, fact: fact.into() }
    }
}

impl Answer<'_> {
    /// Where the operation took effect: a write where it is ordered, all else at what is shown.
    fn effect(&self) -> Zxid {
        match &self.operation.settled {
            Some(settled) if self.operation.op.class() == OpClass::Write => settled.zxid(),
            _ => self.zxid,
        }
    }

    fn fact(&self) -> Fact {
        let error = self.result.as_ref().err().copied();
        let (client, xid, zxid) = (self.client, self.operation.xid, self.zxid);
        ClientFact::Answered { client, xid, zxid, error }.into()
    }

    fn answered(&self, event: EventId) -> Answered {
        Answered { zxid: self.zxid, event, client: self.client, xid: self.operation.xid }
    }

    /// What the session was shown before, as a witness.
    fn shown_before(&self, point: Point) -> Witness {
        let fact = ClientFact::Shown { client: self.client, zxid: point.zxid };
        Witness { event: point.event, fact: fact.into() }
    }

    /// What decided the answer, as a witness.
    fn decided(&self) -> Option<Witness> {
        let settled = self.operation.settled.as_ref()?;
        let (client, xid, zxid) = (self.client, self.operation.xid, settled.zxid());
        Some(settled.witness(ClientFact::Ordered { client, xid, zxid }))
    }
}
