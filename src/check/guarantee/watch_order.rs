//! G8 *WatchOrder*: a client hears of a change that it watches before anything shows it the change,
//! and a standard watch fires once at most.
//!
//! Tested where it shows, at the client:
//! - an event of a transaction comes before any answer from a state that has it, and events come in
//!   the order of their transactions. (What a setWatches finds out names no transaction.)
//! - a read of a watched znode does not show a change that came behind the watch while that still
//!   stands: the event would have taken it away;
//! - an event comes only to a client that has a watch for it, and takes the standard ones away.
//!
//! A setWatches goes through its lists one by one: of a znode that is gone it tells a client twice
//! that has watched both data and children (fact sheet on the store, §6.4; the swarm found it). The
//! first one takes both watches away, the second one finds none, and in ZooKeeper's client nobody
//! hears of it. That one is allowed.
//!
//! Nothing is claimed where an event may be held back because the client may not read the znode:
//! where its list was set meanwhile, or it is another incarnation. Persistent and recursive watches
//! lose what happens while the client is away, and in 3.8.0 a standard watch and a lasting one on
//! the same path replace one another (fact sheet on the store, §6.1); so of them only the first and
//! the last point are claimed.

use imbl::{OrdMap, OrdSet};

use super::order::Order;
use super::{Answer, ClientFact, PerClient, Point};
use crate::api::{AddWatchMode, Op, OpError, Stat, WatchEvent, WatchEventKind, WatcherType};
use crate::check::moment::Moment;
use crate::check::{PropertyName, Witness};
use crate::sim::EventId;
use crate::types::{ClientId, PathText, Zxid};

const NAME: PropertyName = PropertyName::WatchOrder;

#[derive(Clone, Debug, Default)]
pub(super) struct WatchOrder {
    clients: PerClient<Watches>,
}

/// What a client watches, as far as it has been told.
#[derive(Clone, Debug, Default)]
struct Watches {
    /// Standard watches on a znode and its data, or on its coming.
    data: OrdMap<PathText, Standing>,
    /// Standard watches on the list of children.
    child: OrdMap<PathText, Standing>,
    persistent: OrdSet<PathText>,
    recursive: OrdSet<PathText>,
    /// Told to be gone by a setWatches, which may say so once more.
    found_deleted: OrdSet<PathText>,
    /// The last event that named its transaction.
    last: Option<Point>,
}

/// A standard watch.
#[derive(Clone, Copy, Debug)]
struct Standing {
    /// The state that it was set on.
    zxid: Zxid,
    /// The answer that says so.
    event: EventId,
    /// The znode's creation and how often its list was set, if it was there.
    seen: Option<(Zxid, i32)>,
}

impl WatchOrder {
    /// The client has a new session, and no watches.
    pub fn session_begins(&mut self, client: ClientId) {
        if self.clients.find(client).is_some() {
            *self.clients.entry(client) = Watches::default();
        }
    }

    /// A client hears of a change; `shown` is the newest that its session was shown before.
    pub fn notified(
        &mut self,
        client: ClientId,
        event: &WatchEvent,
        shown: Option<Point>,
        moment: &mut Moment<'_>,
    ) {
        let watches = self.clients.entry(client);
        let zxid = event.zxid;
        let fact = ClientFact::Notified { client, zxid };
        let names_txn = zxid != Zxid::UNKNOWN;
        let late = shown.filter(|shown| names_txn && shown.zxid >= zxid);
        let behind = watches.last.filter(|last| names_txn && last.zxid > zxid);
        if let Some(point) = late {
            let earlier = ClientFact::Shown { client, zxid: point.zxid };
            let earlier = Witness { event: point.event, fact: earlier.into() };
            moment.violate(NAME, Some(earlier), fact.into());
        } else if let Some(point) = behind {
            let earlier = ClientFact::Notified { client, zxid: point.zxid };
            let earlier = Witness { event: point.event, fact: earlier.into() };
            moment.violate(NAME, Some(earlier), fact.into());
        } else {
            let (last, is_watched) = (watches.last, watches.take(event));
            moment.judge(NAME, is_watched, |_| {
                let earlier = last.map(|point| {
                    let earlier = ClientFact::Notified { client, zxid: point.zxid };
                    Witness { event: point.event, fact: earlier.into() }
                });
                (earlier, ClientFact::NotWatched { client, zxid }.into())
            });
        }
        if names_txn {
            watches.last = Some(Point { zxid, event: moment.event });
        }
    }

    /// A client is answered: it is not shown what it should have heard of, and perhaps it watches
    /// from now on.
    pub fn told(&mut self, answer: &Answer, order: &Order, moment: &mut Moment<'_>) {
        let op = &answer.operation.op;
        let has_watches = self.clients.find(answer.client).is_some();
        if !has_watches && !sets_watch(op) {
            return;
        }
        if has_watches {
            self.read(answer, moment);
        }
        if sets_watch(op) {
            self.clients.entry(answer.client).answered(answer, order, moment.event);
        }
    }

    fn read(&self, answer: &Answer, moment: &mut Moment<'_>) {
        let (Some(watches), Op::GetData { path, .. } | Op::GetChildren2 { path, .. }) =
            (self.clients.find(answer.client), &answer.operation.op)
        else {
            return;
        };
        let Some(stat) = super::atomicity::stat_of(answer.result) else { return };
        if watches.is_lasting(path) {
            return;
        }
        let data = watches.data.get(path).filter(|watch| watch.speaks_of(stat));
        let child = watches.child.get(path).filter(|watch| watch.speaks_of(stat));
        let missed = data.filter(|watch| stat.mzxid > watch.zxid);
        let missed = missed.or(child.filter(|watch| stat.pzxid > watch.zxid));
        if data.is_none() && child.is_none() {
            return;
        }
        moment.judge(NAME, missed.is_none(), |_| {
            let client = answer.client;
            let earlier = missed.map(|watch| {
                let fact = ClientFact::Watches { client, zxid: watch.zxid };
                Witness { event: watch.event, fact: fact.into() }
            });
            (earlier, answer.fact())
        });
    }
}

fn sets_watch(op: &Op) -> bool {
    match op {
        Op::Exists { watch, .. }
        | Op::GetData { watch, .. }
        | Op::GetChildren { watch, .. }
        | Op::GetChildren2 { watch, .. } => *watch,
        Op::AddWatch { .. } | Op::RemoveWatches { .. } => true,
        _ => false,
    }
}

impl Standing {
    /// Whether the event of a change would have come through to who is shown this.
    fn speaks_of(&self, stat: &Stat) -> bool {
        match self.seen {
            Some(seen) => seen == (stat.czxid, stat.aversion),
            None => stat.aversion == 0,
        }
    }
}

impl Watches {
    /// The watch that was asked for stands, or is removed.
    fn answered(&mut self, answer: &Answer, order: &Order, event: EventId) {
        let went_well = answer.result.is_ok();
        let is_absent = *answer.result == Err(OpError::NoNode);
        let standing = |path: &PathText| {
            let state = order.state(answer.zxid);
            let znode = state.and_then(|state| state.database.tree.znode(path));
            let seen = znode.map(|znode| {
                let stat = znode.stored_stat();
                (stat.czxid, stat.aversion)
            });
            Standing { zxid: answer.zxid, event, seen }
        };
        match &answer.operation.op {
            Op::Exists { path, .. } if went_well || is_absent => {
                self.data.insert(path.clone(), standing(path));
            }
            Op::GetData { path, .. } if went_well => {
                self.data.insert(path.clone(), standing(path));
            }
            Op::GetChildren { path, .. } | Op::GetChildren2 { path, .. } if went_well => {
                self.child.insert(path.clone(), standing(path));
            }
            Op::AddWatch { path, mode: AddWatchMode::Persistent } if went_well => {
                self.persistent.insert(path.clone());
            }
            Op::AddWatch { path, mode: AddWatchMode::PersistentRecursive } if went_well => {
                self.recursive.insert(path.clone());
            }
            Op::RemoveWatches { path, kind } if went_well => self.removed(path, *kind),
            _ => (),
        }
    }

    fn removed(&mut self, path: &PathText, kind: WatcherType) {
        if matches!(kind, WatcherType::Data | WatcherType::Any) {
            self.data.remove(path);
        }
        if matches!(kind, WatcherType::Children | WatcherType::Any) {
            self.child.remove(path);
        }
        if kind == WatcherType::Any {
            self.persistent.remove(path);
            self.recursive.remove(path);
        }
    }

    /// Takes the standard watches away that the event uses up. Answers whether it has any watch.
    fn take(&mut self, event: &WatchEvent) -> bool {
        let path = &event.path;
        let (of_data, of_children) = match event.kind {
            WatchEventKind::NodeCreated | WatchEventKind::NodeDataChanged => (true, false),
            WatchEventKind::NodeDeleted => (true, true),
            WatchEventKind::NodeChildrenChanged => (false, true),
        };
        let data = of_data && self.data.remove(path).is_some();
        let child = of_children && self.child.remove(path).is_some();
        if data && child && event.zxid == Zxid::UNKNOWN {
            self.found_deleted.insert(path.clone());
        }
        let is_second = |watches: &mut Watches| {
            event.zxid == Zxid::UNKNOWN && of_data && watches.found_deleted.remove(path).is_some()
        };
        data || child || self.is_lasting(path) || is_second(self)
    }

    /// Whether a persistent or recursive watch is there for events of the path.
    fn is_lasting(&self, path: &PathText) -> bool {
        if self.persistent.is_empty() && self.recursive.is_empty() {
            return false;
        }
        let above = |end: usize| if end == 0 { "/" } else { &path[..end] };
        let ancestors = path.match_indices('/').map(|(end, _)| above(end));
        self.persistent.contains(path)
            || self.recursive.contains(path)
            || ancestors.into_iter().any(|ancestor| self.recursive.contains(ancestor))
    }
}
