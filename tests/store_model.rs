//! Properties of the store over random requests: it agrees with a naive map, replicas that apply
//! the same log are equal, and applying again what was applied changes nothing.
//!
//! Requests are pipelined: how many wait to be applied when the next one is prepared is random too.

#![allow(clippy::unwrap_used, reason = "a failed test says where")]
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use zabscope::api::{ANY_VERSION, CreateMode, Op, OpError, OpResult};
use zabscope::store::{Action, Database, Prep, Request, SessionTracker, StoreConfig};
use zabscope::types::{ServerId, SessionId, Span, Txn, WallTime, Zxid};

/// The naive reference: what a znode is, without how it came about.
#[derive(Clone, Default, Debug, PartialEq)]
struct Simple {
    data: Vec<u8>,
    version: i32,
    created: i32,
    deleted: i32,
    owner: i64,
}

#[derive(Clone, Default)]
struct Model {
    znodes: BTreeMap<String, Simple>,
}

impl Model {
    fn new() -> Model {
        let root = ("/".to_owned(), Simple::default());
        Model { znodes: BTreeMap::from([root]) }
    }

    /// The code of the answer: 0, or that of the error.
    fn ask(&mut self, session: i64, op: &Op) -> i32 {
        match op {
            Op::CloseSession => {
                let owned = |(_, znode): &(&String, &Simple)| znode.owner == session;
                let paths: Vec<String> =
                    self.znodes.iter().filter(owned).map(|(path, _)| path.clone()).collect();
                paths.iter().for_each(|path| self.remove(path));
                0
            }
            Op::Multi(ops) => {
                let before = self.clone();
                let code = ops.iter().map(|op| self.ask(session, op)).find(|&code| code != 0);
                if code.is_some() {
                    *self = before;
                }
                code.unwrap_or(0)
            }
            Op::Create { path, data, mode, .. } => {
                let data = data.as_ref().map_or(vec![], |data| data.to_vec());
                self.create(session, path, data, *mode)
            }
            Op::Check { path, version }
            | Op::SetData { path, version, .. }
            | Op::Delete { path, version } => self.change(path, *version, op),
            other => panic!("not in the model: {other:?}"),
        }
    }

    fn create(&mut self, session: i64, path: &str, data: Vec<u8>, mode: CreateMode) -> i32 {
        let Some(parent) = self.znodes.get(parent_of(path)).cloned() else { return -101 };
        let mut path = path.to_owned();
        if mode.is_sequential() {
            path += &format!("{:010}", parent.created);
        }
        if self.znodes.contains_key(&path) {
            return -110;
        }
        if parent.owner != 0 {
            return -108;
        }
        self.znodes.get_mut(parent_of(&path)).unwrap().created += 1;
        let owner = if mode.is_ephemeral() { session } else { 0 };
        self.znodes.insert(path, Simple { data, owner, ..Simple::default() });
        0
    }

    fn change(&mut self, path: &str, version: i32, op: &Op) -> i32 {
        let Some(znode) = self.znodes.get_mut(path) else { return -101 };
        if version != ANY_VERSION && version != znode.version {
            return -103;
        }
        match op {
            Op::SetData { data, .. } => {
                znode.version += 1;
                znode.data = data.as_ref().map_or(vec![], |data| data.to_vec());
            }
            Op::Delete { .. } if znode.created > znode.deleted => return -111,
            Op::Delete { .. } => self.remove(path),
            _ => {}
        }
        0
    }

    fn remove(&mut self, path: &str) {
        self.znodes.remove(path);
        self.znodes.get_mut(parent_of(path)).unwrap().deleted += 1;
    }
}

fn parent_of(path: &str) -> &str {
    match path.rfind('/') {
        Some(0) | None => "/",
        Some(slash) => &path[..slash],
    }
}

/// The store's tree, as the model would write it. ZooKeeper's own znodes are left out.
fn simplified(database: &Database) -> BTreeMap<String, Simple> {
    let own = |path: &str| path == "/zookeeper" || path.starts_with("/zookeeper/");
    let znodes = database.tree.znodes().filter(|(path, _)| !own(path));
    let simple = znodes.map(|(path, znode)| {
        let stat = znode.stat();
        let created = znode.stored_stat().children_created;
        let preset = i32::from(&**path == "/");
        let deleted = created + preset - stat.num_children;
        assert_eq!(stat.cversion, created + deleted - preset, "{path}");
        let data = znode.data().map_or(vec![], |data| data.to_vec());
        let owner = stat.ephemeral_owner.0;
        (path.to_string(), Simple { data, version: stat.version, created, deleted, owner })
    });
    simple.collect()
}

#[derive(Clone, Debug)]
struct Step {
    session: i64,
    op: Op,
    /// Whether all that is prepared is applied before the next request.
    settle: bool,
}

fn path() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["/a", "/b", "/a/c", "/a/d", "/a/c/e", "/b/f", "/a/0000000001"])
}

fn version() -> impl Strategy<Value = i32> {
    prop_oneof![3 => Just(ANY_VERSION), 1 => 0..3]
}

fn single() -> impl Strategy<Value = Op> {
    let mode = prop::sample::select(vec![
        CreateMode::Persistent,
        CreateMode::Persistent,
        CreateMode::Ephemeral,
        CreateMode::PersistentSequential,
        CreateMode::EphemeralSequential,
    ]);
    let set = |(path, version, text): (&str, i32, u8)| Op::SetData {
        path: path.into(),
        data: Some(vec![text].into()),
        version,
    };
    prop_oneof![
        4 => (path(), mode).prop_map(|(path, mode)| Op::create(path, "new", mode)),
        2 => (path(), version(), any::<u8>()).prop_map(set),
        2 => (path(), version())
            .prop_map(|(path, version)| Op::Delete { path: path.into(), version }),
        1 => (path(), version()).prop_map(|(path, version)| Op::check(path, version)),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let op = prop_oneof![
        8 => single(),
        2 => prop::collection::vec(single(), 1..5).prop_map(Op::multi),
        1 => Just(Op::CloseSession),
    ];
    let step = (1..4_i64, op, prop::bool::weighted(0.4));
    prop::collection::vec(
        step.prop_map(|(session, op, settle)| Step { session, op, settle }),
        1..80,
    )
}

/// A leader that works through the steps; a session that was closed is opened again.
struct Leader {
    database: Database,
    sessions: SessionTracker,
    prep: Prep,
    zxid: Zxid,
    waiting: Vec<Txn>,
    log: Vec<Txn>,
    answers: Vec<i32>,
}

impl Leader {
    fn new() -> Leader {
        let database = Database::new();
        let sessions = SessionTracker::new(Span::millis(2_000), &database.sessions, WallTime(0));
        Leader {
            database,
            sessions,
            prep: Prep::new(&StoreConfig::default()),
            zxid: Zxid::new(1, 0),
            waiting: Vec::new(),
            log: Vec::new(),
            answers: Vec::new(),
        }
    }

    fn ask(&mut self, session: i64, action: Action) {
        self.zxid = self.zxid.next().unwrap();
        let session = SessionId(session);
        let (owner, identities) = (ServerId(1), Arc::default());
        let request = Request { session, cxid: 0, owner, identities, action };
        let time = WallTime(i64::from(self.zxid.counter));
        let tree = &self.database.tree;
        let txn = self.prep.prepare(tree, &mut self.sessions, &request, self.zxid, time);
        self.waiting.push(txn);
    }

    fn settle(&mut self) {
        for txn in std::mem::take(&mut self.waiting) {
            let answer = self.database.apply(&txn).result;
            self.sessions.applied(&txn);
            self.prep.applied(txn.zxid);
            self.answers.push(code(answer));
            self.log.push(txn);
        }
    }
}

fn code(answer: Result<OpResult, OpError>) -> i32 {
    match answer {
        Ok(result) => result.multi_failure().map_or(0, |(_, error)| error.code()),
        Err(error) => error.code(),
    }
}

/// Runs the steps on both, and answers the leader after comparing them.
fn check(steps: &[Step]) -> Leader {
    let (mut leader, mut model) = (Leader::new(), Model::new());
    let mut expected = Vec::new();
    for Step { session, op, settle } in steps {
        if leader.sessions.session(SessionId(*session)).is_none() {
            leader.ask(*session, Action::CreateSession { timeout: Span::millis(4_000) });
            expected.push(0);
        }
        leader.ask(*session, Action::Op(op.clone()));
        expected.push(model.ask(*session, op));
        // Behind an outstanding closeSession the store is a little wrong, as ZooKeeper is (§5.1).
        if *settle || *op == Op::CloseSession {
            leader.settle();
            leader.database.tree.validate();
        }
    }
    leader.settle();
    leader.database.tree.validate();
    assert_eq!(leader.answers, expected);
    assert_eq!(simplified(&leader.database), model.znodes);
    leader
}

fn replica(log: &[Txn], times: usize) -> Database {
    let mut database = Database::new();
    for txn in log {
        (0..times).for_each(|_| drop(database.apply(txn)));
    }
    database
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_store_agrees_with_a_naive_map(steps in steps()) {
        check(&steps);
    }

    #[test]
    fn replicas_of_one_log_are_equal(steps in steps()) {
        let leader = check(&steps);
        let follower = replica(&leader.log, 1);
        prop_assert_eq!(follower.tree.digest(), leader.database.tree.digest());
        prop_assert_eq!(follower, leader.database);
    }

    #[test]
    fn applying_twice_is_applying_once(steps in steps()) {
        let leader = check(&steps);
        prop_assert_eq!(replica(&leader.log, 2), leader.database);
    }

    #[test]
    fn replaying_a_tail_of_the_log_changes_nothing(
        steps in steps(),
        cut in any::<prop::sample::Index>(),
    ) {
        let Leader { log, database, .. } = check(&steps);
        let mut replayed = database.clone();
        for txn in &log[cut.index(log.len())..] {
            replayed.apply(txn);
        }
        replayed.tree.validate();
        prop_assert_eq!(replayed, database);
    }

    #[test]
    fn a_snapshot_and_the_log_behind_it_are_the_database(
        steps in steps(),
        cut in any::<prop::sample::Index>(),
    ) {
        let Leader { log, database, .. } = check(&steps);
        let (before, behind) = log.split_at(cut.index(log.len()));
        let snapshot = replica(before, 1);
        let digest = snapshot.tree.digest();
        let mut restored = snapshot.clone();
        behind.iter().for_each(|txn| drop(restored.apply(txn)));
        prop_assert_eq!(restored, database);
        prop_assert_eq!(snapshot.tree.digest(), digest, "a snapshot does not change any more");
    }
}
