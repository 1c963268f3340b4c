//! Properties of the whole store, beyond what a naive map can say: replicas of one log are equal,
//! whatever the operations; a snapshot written as JSON and read again is the same database; the
//! statistics of a quota are what a count finds; and watches fire as a naive list of them does.

#![allow(clippy::unwrap_used, reason = "a failed test says where")]
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use zabscope::api::{
    AddWatchMode, CreateCall, CreateMode, Op, OpResult, WatchEventKind, WatcherType,
};
use zabscope::store::{
    Action, Change, ChangeKind, Database, Prep, Request, SessionTracker, Snapshot, StoreConfig,
    Watches,
};
use zabscope::types::{
    Acl, ConnectionId, Identity, PathText, ServerId, SessionId, Span, Txn, WallTime, Zxid,
};

const PATHS: [&str; 8] = ["/a", "/b", "/a/c", "/a/c/e", "/b/f", "/a/", "/zookeeper/quota/a", "/"];
const LIMITS: &str = "/zookeeper/quota/a/zookeeper_limits";
const STATS: &str = "/zookeeper/quota/a/zookeeper_stats";

fn path() -> impl Strategy<Value = PathText> {
    prop::sample::select(PATHS.to_vec()).prop_map(PathText::from)
}

fn acl() -> impl Strategy<Value = Arc<[Acl]>> {
    let entry = |perms, scheme: &str, id: &str| Acl { perms, scheme: scheme.into(), id: id.into() };
    let lists = vec![
        Acl::open_unsafe(),
        Acl::open_unsafe(),
        [entry(31, "auth", "")].into(),
        [entry(31, "digest", "bob:hash"), entry(1, "world", "anyone")].into(),
        [entry(1, "ip", "127.0.0.1"), entry(30, "digest", "bob:hash")].into(),
        [entry(31, "nosuch", "x")].into(),
    ];
    prop::sample::select(lists)
}

fn create() -> impl Strategy<Value = Op> {
    let mode = (-1..8).prop_map(CreateMode::from_flags);
    let call = prop_oneof![
        4 => Just(CreateCall::Create),
        2 => Just(CreateCall::Create2),
        1 => Just(CreateCall::Container),
        1 => (0..3_i64).prop_map(|ttl_ms| CreateCall::Ttl { ttl_ms }),
    ];
    (path(), "[a-c]{0,3}", acl(), mode, call).prop_map(|(path, data, acl, mode, call)| Op::Create {
        path,
        data: Some(data.into_bytes().into()),
        acl,
        mode,
        call,
    })
}

fn single() -> impl Strategy<Value = Op> {
    prop_oneof![
        6 => create(),
        2 => (path(), "[a-c]{0,4}").prop_map(|(path, data)| Op::set(&path, &data)),
        2 => path().prop_map(|path| Op::delete(&path)),
        1 => (path(), acl()).prop_map(|(path, acl)| Op::SetAcl { path, acl, version: -1 }),
        1 => path().prop_map(|path| Op::check(&path, 0)),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        8 => single().prop_map(Action::Op),
        2 => prop::collection::vec(single(), 0..4).prop_map(|ops| Action::Op(Op::multi(ops))),
        1 => path().prop_map(|path| Action::DeleteContainer { path }),
        1 => Just(Action::Op(Op::CloseSession)),
    ]
}

fn config() -> StoreConfig {
    StoreConfig { extended_types_enabled: true, enforce_quota: true, ..StoreConfig::default() }
}

/// The log that a leader makes of these requests, each applied before the next.
fn log(requests: &[(bool, Action)]) -> (Vec<Txn>, Database) {
    let (mut database, mut zxid) = (Database::new(), Zxid::new(1, 0));
    let mut sessions = SessionTracker::new(Span::millis(100), &database.sessions, WallTime(0));
    let mut prep = Prep::new(&config());
    let mut log = Vec::new();
    let bob = Identity { scheme: "digest".into(), id: "bob:hash".into() };
    let mut ask = |is_bob: bool, action: Action, database: &mut Database| {
        zxid = zxid.next().unwrap();
        let identities: Arc<[Identity]> = if is_bob { [bob.clone()].into() } else { [].into() };
        let session = SessionId(1 + i64::from(is_bob));
        let owner = ServerId(1);
        let request = Request { session, cxid: 0, owner, identities, action };
        let time = WallTime(i64::from(zxid.counter));
        let txn = prep.prepare(&database.tree, &mut sessions, &request, zxid, time);
        database.apply(&txn);
        sessions.applied(&txn);
        prep.applied(zxid);
        assert_eq!(prep.outstanding_count(), 0);
        log.push(txn);
    };
    for is_bob in [false, true] {
        ask(is_bob, Action::CreateSession { timeout: Span::millis(4_000) }, &mut database);
    }
    let open = |path: &str, text: &str| Action::Op(Op::create(path, text, CreateMode::Persistent));
    ask(false, open("/zookeeper/quota/a", ""), &mut database);
    ask(false, open(LIMITS, "count=-1,bytes=-1=;byteHardLimit=9;countHardLimit=4"), &mut database);
    ask(false, open(STATS, "count=0,bytes=0"), &mut database);
    for (is_bob, action) in requests {
        ask(*is_bob, action.clone(), &mut database);
        let timeout = Span::millis(4_000);
        if *action == Action::Op(Op::CloseSession) {
            ask(*is_bob, Action::CreateSession { timeout }, &mut database);
        }
    }
    (log, database)
}

fn requests() -> impl Strategy<Value = Vec<(bool, Action)>> {
    prop::collection::vec((any::<bool>(), action()), 1..60)
}

/// Count and bytes of `/a` and all below.
fn counted(database: &Database) -> (usize, usize) {
    let own =
        database.tree.znodes().filter(|(path, _)| &***path == "/a" || path.starts_with("/a/"));
    let bytes = own.map(|(_, znode)| znode.data().map_or(0, |data| data.len()));
    bytes.fold((0, 0), |(count, sum), bytes| (count + 1, sum + bytes))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn replicas_of_one_log_are_equal(requests in requests()) {
        let (log, leader) = log(&requests);
        let mut follower = Database::new();
        for txn in &log {
            follower.apply(txn);
            follower.tree.validate();
        }
        prop_assert_eq!(follower.tree.digest(), leader.tree.digest());
        prop_assert_eq!(follower, leader);
    }

    #[test]
    fn a_snapshot_survives_being_written_and_read(requests in requests()) {
        let (_, database) = log(&requests);
        let json = serde_json::to_string(&Snapshot::from(&database)).unwrap();
        let read: Snapshot = serde_json::from_str(&json).unwrap();
        let restored = Database::try_from(&read).unwrap();
        restored.tree.validate();
        prop_assert_eq!(restored.tree.digest(), database.tree.digest());
        prop_assert_eq!(restored, database);
    }

    #[test]
    fn quota_statistics_are_what_a_count_finds(requests in requests()) {
        let (_, database) = log(&requests);
        let (count, bytes) = counted(&database);
        let stats = database.tree.znode(STATS).unwrap().data().unwrap().to_vec();
        prop_assert_eq!(String::from_utf8(stats).unwrap(), format!("count={count},bytes={bytes}"));
    }
}

/// One watch of the naive reference.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mode {
    Standard,
    Persistent,
    Recursive,
}

#[derive(Clone, Debug)]
enum Step {
    Leave { connection: u32, op: Op },
    Remove { connection: u32, path: PathText, kind: WatcherType },
    Forget { connection: u32 },
    Happen { path: PathText, kind: ChangeKind },
}

fn watch_path() -> impl Strategy<Value = PathText> {
    prop::sample::select(vec!["/", "/a", "/a/b", "/a/b/c", "/d"]).prop_map(PathText::from)
}

fn watch_step() -> impl Strategy<Value = Step> {
    let op = (watch_path(), 0..5).prop_map(|(path, which)| match which {
        0 => Op::Exists { path, watch: true },
        1 => Op::GetData { path, watch: true },
        2 => Op::GetChildren { path, watch: true },
        3 => Op::AddWatch { path, mode: AddWatchMode::Persistent },
        _ => Op::AddWatch { path, mode: AddWatchMode::PersistentRecursive },
    });
    let kind =
        prop::sample::select(vec![WatcherType::Any, WatcherType::Children, WatcherType::Data]);
    let change = prop::sample::select(vec![
        ChangeKind::Created,
        ChangeKind::DataSet,
        ChangeKind::Deleted,
        ChangeKind::AclSet,
    ]);
    let below = watch_path().prop_filter("the root never changes so", |path| &**path != "/");
    prop_oneof![
        4 => (0..3_u32, op).prop_map(|(connection, op)| Step::Leave { connection, op }),
        1 => (0..3_u32, watch_path(), kind)
            .prop_map(|(connection, path, kind)| Step::Remove { connection, path, kind }),
        1 => (0..3_u32).prop_map(|connection| Step::Forget { connection }),
        4 => (below, change).prop_map(|(path, kind)| Step::Happen { path, kind }),
    ]
}

/// Watches as a plain list: connection, path, whether of the child table, mode.
#[derive(Default)]
struct Naive(Vec<(u32, String, bool, Mode)>);

impl Naive {
    fn set(&mut self, connection: u32, path: &str, child: bool, mode: Mode) {
        self.0.retain(|(other, at, table, _)| {
            (*other, at.as_str(), *table) != (connection, path, child)
        });
        self.0.push((connection, path.to_owned(), child, mode));
    }

    fn leave(&mut self, connection: u32, op: &Op) {
        let path = op.path().unwrap();
        match op {
            Op::GetChildren { .. } => self.set(connection, path, true, Mode::Standard),
            Op::AddWatch { mode, .. } => {
                let recursive = *mode == AddWatchMode::PersistentRecursive;
                let mode = if recursive { Mode::Recursive } else { Mode::Persistent };
                self.set(connection, path, false, mode);
                self.set(connection, path, true, mode);
            }
            _ => self.set(connection, path, false, Mode::Standard),
        }
    }

    /// Who hears of an event in one table; one-shot watches are used up.
    fn trigger(&mut self, path: &str, child: bool, is_children_changed: bool) -> BTreeSet<u32> {
        let is_above = |at: &str| at == "/" && path != "/" || path.starts_with(&format!("{at}/"));
        let hears = |(_, at, table, mode): &(u32, String, bool, Mode)| {
            *table == child
                && match mode {
                    Mode::Recursive => !is_children_changed && (at == path || is_above(at)),
                    Mode::Persistent | Mode::Standard => at == path,
                }
        };
        let heard = self.0.iter().filter(|watch| hears(watch)).map(|watch| watch.0).collect();
        self.0.retain(|watch| !(hears(watch) && watch.3 == Mode::Standard));
        heard
    }

    fn happen(&mut self, path: &str, kind: ChangeKind) -> Vec<(u32, WatchEventKind)> {
        let own = match kind {
            ChangeKind::AclSet => return vec![],
            ChangeKind::Created => WatchEventKind::NodeCreated,
            ChangeKind::DataSet => WatchEventKind::NodeDataChanged,
            ChangeKind::Deleted => WatchEventKind::NodeDeleted,
        };
        let first = self.trigger(path, false, false);
        let mut told: Vec<_> = first.iter().map(|connection| (*connection, own)).collect();
        if kind == ChangeKind::Deleted {
            let second = self.trigger(path, true, false);
            told.extend(second.difference(&first).map(|connection| (*connection, own)));
        }
        if kind != ChangeKind::DataSet {
            let parent = match path.rfind('/').unwrap() {
                0 => "/",
                at => &path[..at],
            };
            let changed = WatchEventKind::NodeChildrenChanged;
            told.extend(self.trigger(parent, true, true).into_iter().map(|one| (one, changed)));
        }
        told
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn watches_fire_as_a_naive_list_does(steps in prop::collection::vec(watch_step(), 1..60)) {
        let (mut watches, mut naive) = (Watches::default(), Naive::default());
        for step in steps {
            match step {
                Step::Leave { connection, op } => {
                    naive.leave(connection, &op);
                    match &op {
                        Op::AddWatch { path, mode } => {
                            let answer = watches.add_watch(ConnectionId(connection), path, *mode);
                            prop_assert_eq!(answer, Ok(OpResult::Done));
                        }
                        op => watches.leave(ConnectionId(connection), op, &Ok(OpResult::Done)),
                    }
                }
                Step::Remove { connection, path, kind } => {
                    let before = naive.0.len();
                    naive.0.retain(|(other, at, child, _)| {
                        let of_kind = match kind {
                            WatcherType::Children => *child,
                            WatcherType::Data => !*child,
                            _ => true,
                        };
                        !(*other == connection && **at == *path && of_kind)
                    });
                    let removed = watches.remove_watches(ConnectionId(connection), &path, kind);
                    prop_assert_eq!(removed.is_ok(), naive.0.len() < before);
                }
                Step::Forget { connection } => {
                    naive.0.retain(|watch| watch.0 != connection);
                    watches.forget(ConnectionId(connection));
                }
                Step::Happen { path, kind } => {
                    let (acl, parent_acl) = (Acl::open_unsafe(), Acl::open_unsafe());
                    let change = Change { path: path.clone(), kind, acl, parent_acl };
                    let told = watches.fire(&change, Zxid::new(1, 1)).into_iter();
                    let told: Vec<_> = told.map(|(to, event, _)| (to.0, event.kind)).collect();
                    prop_assert_eq!(told, naive.happen(&path, kind));
                }
            }
            watches.validate();
            prop_assert_eq!(watches.len() as usize, naive.0.len());
        }
    }
}
