//! The witness order: all committed transactions in the order of their zxids, and the tree that
//! each of them leaves.
//!
//! The first server that commits a transaction has it in its log behind all that it follows, so the
//! order is read off that log; in a correct run one transaction each time. A server of its own, one
//! that does one request after the other and nothing else, prepares and applies them: it says what
//! each request should have become, and what each answer should have been.

use std::sync::Arc;

use imbl::{OrdMap, Vector};

use super::Point;
use crate::api::{OpError, OpResult};
use crate::server::Server;
use crate::sim::{EventId, World};
use crate::store::{Action, Applied, Change, Database, Prep, Request, SessionTracker};
use crate::types::{Identity, Instant, ServerId, Span, Txn, TxnBody, WallTime, Zxid};
use crate::zab::RoleName;

/// How many trees are kept at most. An answer from an older one is not judged: a server that was
/// paused for so long may give it.
const STATES_MAX: usize = 4_096;

/// How many trees are added between two looks at which are still needed.
const PRUNE_EVERY: usize = 64;

/// The order and its trees.
#[derive(Clone, Debug)]
pub(super) struct Order {
    /// Never empty; the last one is the newest.
    states: Vector<State>,
    /// Its transaction.
    newest: Zxid,
    /// One that has nothing outstanding, made as the servers' are when the first of them commits
    /// something.
    prep: Option<Prep>,
    sessions: SessionTracker,
    /// How many states there may be before it is looked which are still needed.
    prune_at: usize,
}

/// What a transaction leaves.
#[derive(Clone, Debug)]
pub(super) struct State {
    /// The transaction; of the first state zero.
    pub zxid: Zxid,
    /// The event that shows that it is committed.
    pub event: EventId,
    /// When that was.
    pub at: Instant,
    /// Tree and sessions behind it.
    pub database: Database,
}

/// What became of a transaction on the tree before it.
#[derive(Debug)]
pub(super) struct Outcome {
    /// What the client has to be told.
    pub result: Result<OpResult, OpError>,
    /// Which znodes changed.
    pub changes: Vec<Change>,
}

impl State {
    /// The transaction and the event that shows it.
    pub fn point(&self) -> Point {
        Point { zxid: self.zxid, event: self.event }
    }
}

impl Default for Order {
    fn default() -> Order {
        let first = State {
            zxid: Zxid::ZERO,
            event: EventId::FIRST,
            at: Instant::ZERO,
            database: Database::new(),
        };
        // Sessions do not expire here, so that the tick means nothing.
        let sessions = SessionTracker::new(Span::millis(1), &OrdMap::new(), WallTime(0));
        let states = Vector::unit(first);
        Order { states, newest: Zxid::ZERO, prep: None, sessions, prune_at: PRUNE_EVERY }
    }
}

impl Order {
    /// The newest state.
    pub fn newest(&self) -> &State {
        self.states.last().expect("there is the first state at least")
    }

    /// The transaction of the newest state.
    pub fn last(&self) -> Zxid {
        self.newest
    }

    /// The last two states, the older one first.
    pub fn last_two(&self) -> (&State, &State) {
        let newest = self.newest();
        let before = self.states.len().checked_sub(2).and_then(|place| self.states.get(place));
        (before.unwrap_or(newest), newest)
    }

    /// The state that a server is in whose tree reaches up to `zxid`: that of the last transaction
    /// not beyond it. `None` where it is kept no more.
    pub fn state(&self, zxid: Zxid) -> Option<&State> {
        self.states.get(self.position(zxid)?)
    }

    /// The first state beyond `zxid`, if that is not the newest or kept no more.
    pub fn behind(&self, zxid: Zxid) -> Option<&State> {
        self.states.get(self.position(zxid)? + 1)
    }

    /// Within an epoch the counters say how far apart two states are.
    fn position(&self, zxid: Zxid) -> Option<usize> {
        let newest = self.newest;
        let last = self.states.len() - 1;
        if zxid >= newest {
            return Some(last);
        }
        if zxid.epoch == newest.epoch {
            let place = last.checked_sub((newest.counter - zxid.counter) as usize);
            let found = place.filter(|&place| self.states[place].zxid == zxid);
            if found.is_some() {
                return found;
            }
        }
        match self.states.binary_search_by(|state| state.zxid.cmp(&zxid)) {
            Ok(place) => Some(place),
            Err(place) => place.checked_sub(1),
        }
    }

    /// The transactions that the order lacks now that the server has committed up to `zxid`.
    pub fn news(&mut self, server: ServerId, zxid: Zxid, world: &World) -> Vec<Arc<Txn>> {
        if self.prep.is_none() {
            let server = world.ensemble().server(server);
            self.prep = server.map(|server| Prep::new(&server.config().store));
        }
        let known = self.newest;
        if zxid <= known {
            return Vec::new();
        }
        let process = world.ensemble().server(server).and_then(Server::process);
        let committed = process.and_then(|process| process.peer().history().to_be_applied().back());
        if let Some(txn) = committed
            && txn.zxid == zxid
            && follows(zxid, known)
        {
            return vec![Arc::clone(txn)];
        }
        let own = world.ensemble().server(server);
        let all = own.into_iter().chain(world.ensemble().servers());
        all.flat_map(logs).find_map(|log| between(log, known, zxid)).unwrap_or_default()
    }

    /// What the request of the transaction becomes when all before it are applied and nothing is
    /// outstanding.
    pub fn prepare(
        &mut self,
        txn: &Txn,
        identities: Arc<[Identity]>,
        action: Action,
    ) -> Option<TxnBody> {
        let mut prep = self.prep.clone()?;
        let owner = ServerId(0);
        let request = Request { session: txn.session, cxid: txn.cxid, owner, identities, action };
        let state = self.states.last().expect("there is the first state at least");
        let tree = &state.database.tree;
        let prepared = prep.prepare(tree, &mut self.sessions, &request, txn.zxid, txn.time);
        Some(prepared.body)
    }

    /// Adds the next transaction.
    pub fn apply(&mut self, txn: &Txn, event: EventId, at: Instant) -> Outcome {
        let mut database = self.newest().database.clone();
        let Applied { result, changes } = database.apply(txn);
        self.sessions.applied(txn);
        self.states.push_back(State { zxid: txn.zxid, event, at, database });
        self.newest = txn.zxid;
        Outcome { result, changes }
    }

    /// Goes on from a leader's own tree: nobody has the records any more that lead there.
    pub fn adopt(&mut self, database: &Database, zxid: Zxid, event: EventId, at: Instant) {
        let database = database.clone();
        self.sessions = SessionTracker::new(Span::millis(1), &database.sessions, WallTime(0));
        self.states.push_back(State { zxid, event, at, database });
        self.newest = zxid;
    }

    /// Forgets the trees that no server can answer from any more.
    pub fn prune(&mut self, world: &World) {
        if self.states.len() < self.prune_at {
            return;
        }
        let reached = world.ensemble().servers().filter_map(|server| {
            let process = server.process()?;
            let is_lost = process.peer().role_name() == RoleName::Looking;
            (!is_lost).then(|| process.database().last_processed())
        });
        let oldest = reached.min().unwrap_or(self.newest().zxid);
        let unneeded = self.position(oldest).unwrap_or(0);
        let excess = self.states.len().saturating_sub(STATES_MAX);
        self.states = self.states.split_off(unneeded.max(excess));
        self.prune_at = self.states.len() + PRUNE_EVERY;
    }
}

/// Whether nothing can lie between two transactions. What an epoch begins with is known from the
/// establishment of its leader.
fn follows(zxid: Zxid, known: Zxid) -> bool {
    if zxid.counter == 1 { known.epoch < zxid.epoch } else { zxid.previous() == Some(known) }
}

fn logs(server: &Server) -> impl Iterator<Item = &Vector<Arc<Txn>>> {
    let memory = server.process().map(|process| process.peer().history().log());
    memory.into_iter().chain([&server.disk().durable().log])
}

/// The records behind `known` up to `last`, if the log has them all.
fn between(log: &Vector<Arc<Txn>>, known: Zxid, last: Zxid) -> Option<Vec<Arc<Txn>>> {
    let end = log.binary_search_by(|txn| txn.zxid.cmp(&last)).ok()?;
    let begin = match log.binary_search_by(|txn| txn.zxid.cmp(&known)) {
        Ok(place) => place + 1,
        // A log that begins behind what is known, or one that lacks it: a violation of others.
        Err(0) if known != Zxid::ZERO && log.front().is_some_and(|txn| txn.zxid.counter > 1) => {
            return None;
        }
        Err(place) => place,
    };
    Some(log.iter().skip(begin).take(end + 1 - begin).cloned().collect())
}
