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
//! Two things stand between the trace and the guarantees, fed by [`asking`], [`ordering`] and
//! [`serving`]. [`order`] is the witness: all committed
//! transactions one behind the other, and the tree that each leaves. [`history`] is what clients
//! have asked and were told. So a guarantee is shown moments of an operation's life, not events: it
//! is asked, its transaction is committed ([`Commit`]), it is answered ([`Answer`]) or lost. Most
//! events are none of these and cost one comparison; the rest cost O(log n) by what is kept.
//!
//! The folder knows servers only by their notes and their trees, and clients only by what they say.

mod asking;
mod atomicity;
mod consistent_reads;
mod durability;
mod ephemeral_owners;
mod fact;
mod fifo_client_order;
mod history;
mod linearizable_writes;
mod order;
mod ordering;
mod quirk;
mod replicas;
mod sequence_numbers;
mod serving;
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
use history::{Histories, Operation, PerClient};
use linearizable_writes::LinearizableWrites;
use order::Order;
use sequence_numbers::SequenceNumbers;
use sync_freshness::SyncFreshness;
use timeliness::Timeliness;
use watch_order::WatchOrder;

use super::moment::Moment;
use super::{Fact, Witness};
use crate::api::{OpClass, OpError, OpResult};
use crate::sim::{EventId, EventKind, TraceEvent};
use crate::store::{Change, Database};
use crate::types::{ClientId, Txn, TxnBody, Zxid};
use crate::zab;

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
            EventKind::Peer(server, zab::Note::Committed { zxid }) if *zxid > self.order.last() => {
                self.committed(*server, *zxid, moment);
            }
            EventKind::Peer(server, zab::Note::Established { epoch, initial_last }) => {
                self.established(*server, *epoch, *initial_last, moment);
            }
            EventKind::Server(server, note) => self.server(*server, note, moment),
            _ => (),
        }
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
