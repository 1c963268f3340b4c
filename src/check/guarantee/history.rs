//! The clients' histories, as far as they are still open: what was asked and is not answered, and
//! what will never be answered.

use std::sync::Arc;

use imbl::{OrdMap, Vector};

use super::{Answered, ClientFact, Point};
use crate::api::{Op, OpError, OpResult};
use crate::check::Witness;
use crate::sim::EventId;
use crate::types::{ClientId, Identity, SessionId, Zxid};

/// The open operations of all clients.
#[derive(Clone, Debug, Default)]
pub(super) struct Histories {
    clients: PerClient<ClientHistory>,
    /// Whose session it is, or was.
    owners: OrdMap<SessionId, ClientId>,
    /// Operations of unknown outcome: they may take effect at any time.
    unknown: OrdMap<(ClientId, i32), Arc<Operation>>,
}

/// One client's.
#[derive(Clone, Debug, Default)]
struct ClientHistory {
    /// Not answered, oldest first.
    open: Vector<Arc<Operation>>,
    /// The effect point of the last operation of this session that was answered.
    last: Option<Point>,
}

/// An operation that a client has asked for.
#[derive(Clone, Debug)]
pub(super) struct Operation {
    /// Its number.
    pub xid: i32,
    /// What is asked.
    pub op: Op,
    /// When it was.
    pub asked: EventId,
    /// What the client has proved to be, once the request has reached a server.
    pub identities: Arc<[Identity]>,
    /// The newest write that any client had an answer to by then.
    pub answered_before: Option<Answered>,
    /// What it has to be answered, once that is decided.
    pub settled: Option<Settled>,
    /// Whether its client was told that the outcome is unknown.
    pub is_unknown: bool,
}

/// The answer that an operation has to get.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    /// Its effect point, and the event that decided.
    pub point: Point,
    /// The answer.
    pub result: Result<OpResult, OpError>,
}

/// A value for each client, by its number.
#[derive(Clone, Debug)]
pub(super) struct PerClient<T>(Vector<T>);

impl<T> Default for PerClient<T> {
    fn default() -> PerClient<T> {
        PerClient(Vector::new())
    }
}

impl<T: Clone + Default> PerClient<T> {
    /// The client's, if it ever had one.
    pub fn find(&self, client: ClientId) -> Option<&T> {
        self.0.get(usize::from(client.0))
    }

    /// The client's, to be changed.
    pub fn entry(&mut self, client: ClientId) -> &mut T {
        let place = usize::from(client.0);
        while self.0.len() <= place {
            self.0.push_back(T::default());
        }
        self.0.get_mut(place).expect("it was filled up to there")
    }
}

impl Histories {
    /// The client of a session.
    pub fn owner(&self, session: SessionId) -> Option<ClientId> {
        self.owners.get(&session).copied()
    }

    /// A client has a session, perhaps the one that it had.
    pub fn opened(&mut self, client: ClientId, session: SessionId, resumed: bool) {
        self.owners.insert(session, client);
        if !resumed {
            self.clients.entry(client).last = None;
        }
    }

    /// A client asks.
    pub fn asked(&mut self, client: ClientId, operation: Operation) {
        self.clients.entry(client).open.push_back(Arc::new(operation));
    }

    /// An operation that is open or of unknown outcome.
    pub fn find(&self, client: ClientId, xid: i32) -> Option<&Arc<Operation>> {
        let open = self.clients.find(client).map(|history| &history.open);
        let open = open.and_then(|open| open.get(place(open, xid)?));
        open.or_else(|| self.unknown.get(&(client, xid)))
    }

    /// It is decided what the operation has to be answered.
    pub fn settle(&mut self, client: ClientId, xid: i32, settled: Settled) {
        if let Some(operation) = self.find_mut(client, xid) {
            operation.settled = Some(settled);
        }
    }

    /// It is known who asks.
    pub fn identify(&mut self, client: ClientId, xid: i32, identities: Arc<[Identity]>) {
        if let Some(operation) = self.find_mut(client, xid) {
            operation.identities = identities;
        }
    }

    fn find_mut(&mut self, client: ClientId, xid: i32) -> Option<&mut Operation> {
        let open = &mut self.clients.entry(client).open;
        let operation = match place(open, xid) {
            Some(place) => open.get_mut(place),
            None => self.unknown.get_mut(&(client, xid)),
        };
        operation.map(Arc::make_mut)
    }

    /// The operation is answered, or was refused.
    pub fn close(&mut self, client: ClientId, xid: i32) -> Option<Arc<Operation>> {
        let open = &mut self.clients.entry(client).open;
        match place(open, xid)? {
            0 => open.pop_front(),
            place => Some(open.remove(place)),
        }
    }

    /// The operation will never be answered.
    pub fn lose(&mut self, client: ClientId, xid: i32) -> Option<&Operation> {
        let mut operation = self.close(client, xid)?;
        Arc::make_mut(&mut operation).is_unknown = true;
        Some(self.unknown.entry((client, xid)).or_insert(operation))
    }

    /// The effect point of the client's last answered operation of this session.
    pub fn last(&self, client: ClientId) -> Option<Point> {
        self.clients.find(client)?.last
    }

    /// The client was shown this.
    pub fn shown(&mut self, client: ClientId, point: Point) {
        let last = &mut self.clients.entry(client).last;
        if last.is_none_or(|last| last.zxid <= point.zxid) {
            *last = Some(point);
        }
    }
}

/// Answers come in order: it is the first one nearly always.
fn place(open: &Vector<Arc<Operation>>, xid: i32) -> Option<usize> {
    if open.front().is_some_and(|operation| operation.xid == xid) {
        return Some(0);
    }
    open.binary_search_by(|operation| operation.xid.cmp(&xid)).ok()
}

impl Settled {
    /// The zxid of the effect point.
    pub fn zxid(&self) -> Zxid {
        self.point.zxid
    }

    /// The event that decided, telling this.
    pub fn witness(&self, fact: ClientFact) -> Witness {
        Witness { event: self.point.event, fact: fact.into() }
    }
}
