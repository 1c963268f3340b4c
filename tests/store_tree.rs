//! The store by paragraph of the fact sheet: what a leader prepares for each request, and what the
//! client is told once it is applied. A `Bench` is a leader without an ensemble: it prepares a
//! request and, unless told to wait, applies the transaction at once.

#![allow(clippy::unwrap_used, reason = "a failed test says where")]

use std::sync::Arc;

use zabscope::api::{CreateMode, Op, OpError, OpResult, Stat};
use zabscope::store::{
    Action, Applied, Caller, ChangeKind, Database, Prep, Request, SessionTracker, StoreConfig, read,
};
use zabscope::types::{ServerId, SessionId, Span, Txn, TxnBody, WallTime, Zxid};

use CreateMode::{Ephemeral, EphemeralSequential, Persistent, PersistentSequential};

const SERVER: ServerId = ServerId(1);
const ALICE: SessionId = SessionId(1);
const BOB: SessionId = SessionId(2);

struct Bench {
    database: Database,
    sessions: SessionTracker,
    prep: Prep,
    zxid: Zxid,
    now: WallTime,
    log: Vec<Txn>,
}

impl Bench {
    /// Alice and Bob have sessions: zxids 1 and 2.
    fn new() -> Bench {
        let database = Database::new();
        let now = WallTime(1_000);
        let sessions = SessionTracker::new(Span::millis(2_000), &database.sessions, now);
        let zxid = Zxid::new(1, 0);
        let prep = Prep::new(&StoreConfig::default());
        let mut bench = Bench { database, sessions, prep, zxid, now, log: Vec::new() };
        for session in [ALICE, BOB] {
            let txn =
                bench.prepare(session, Action::CreateSession { timeout: Span::millis(4_000) });
            bench.apply(&txn);
        }
        bench
    }

    fn prepare(&mut self, session: SessionId, action: Action) -> Txn {
        self.zxid = self.zxid.next().unwrap();
        let identities = Arc::default();
        let request = Request { session, cxid: 1, owner: SERVER, identities, action };
        let tree = &self.database.tree;
        self.prep.prepare(tree, &mut self.sessions, &request, self.zxid, self.now)
    }

    fn prepare_op(&mut self, session: SessionId, op: Op) -> Txn {
        self.prepare(session, Action::Op(op))
    }

    fn apply(&mut self, txn: &Txn) -> Applied {
        let applied = self.database.apply(txn);
        self.sessions.applied(txn);
        self.prep.applied(txn.zxid);
        self.log.push(txn.clone());
        self.database.tree.validate();
        applied
    }

    fn apply_all(&mut self, txns: &[Txn]) -> Vec<Result<OpResult, OpError>> {
        txns.iter().map(|txn| self.apply(txn).result).collect()
    }

    fn ask(&mut self, op: Op) -> Result<OpResult, OpError> {
        self.ask_as(ALICE, op)
    }

    fn ask_as(&mut self, session: SessionId, op: Op) -> Result<OpResult, OpError> {
        let txn = self.prepare_op(session, op);
        self.apply(&txn).result
    }

    fn stat(&self, path: &str) -> Stat {
        match read(&self.database.tree, &Caller::ANYONE, &Op::exists(path)) {
            Ok(OpResult::Stat(stat)) => stat,
            other => panic!("{path}: {other:?}"),
        }
    }

    fn children(&self, path: &str) -> Vec<String> {
        match read(&self.database.tree, &Caller::ANYONE, &Op::children(path)) {
            Ok(OpResult::Children(names)) => names.iter().map(|name| name.to_string()).collect(),
            other => panic!("{path}: {other:?}"),
        }
    }
}

fn created(path: &str) -> Result<OpResult, OpError> {
    Ok(OpResult::Created(path.into()))
}

fn create(path: &str) -> Op {
    Op::create(path, "", Persistent)
}

/// Asks all of these in turn and compares the answers.
fn check(bench: &mut Bench, steps: &[(Op, Result<OpResult, OpError>)]) {
    for (op, expected) in steps {
        assert_eq!(bench.ask(op.clone()), *expected, "{op:?}");
    }
}

/// §1, server-side checks: who tests how much of a path.
#[test]
fn bad_paths_are_refused_by_each_operation_in_its_own_way() {
    let bad = Err(OpError::BadArguments);
    let mut bench = Bench::new();
    let steps = [
        (create("a"), bad.clone()),
        (create("/a\0"), bad.clone()),
        (create("/zookeeper/.."), bad.clone()),
        (create("/a//b"), Err(OpError::NoNode)),
        (create("a/b"), Err(OpError::NoNode)),
        (create("/"), Err(OpError::NodeExists)),
        (Op::delete("/"), bad.clone()),
        (Op::delete("/zookeeper/quota"), bad.clone()),
        (Op::delete("/a/"), Err(OpError::NoNode)),
        (Op::set("", "x"), bad.clone()),
        (Op::set("/a/", "x"), bad.clone()),
        (Op::check("/a//b", 0), bad.clone()),
        (Op::create("/", "", PersistentSequential), created("/0000000000")),
        (Op::create("/", "", PersistentSequential), created("/0000000001")),
    ];
    check(&mut bench, &steps);
    assert_eq!(read(&bench.database.tree, &Caller::ANYONE, &Op::exists("/a\0")), bad);
    assert_eq!(
        read(&bench.database.tree, &Caller::ANYONE, &Op::get("nonsense")),
        Err(OpError::NoNode)
    );
    assert_eq!(bench.children(""), bench.children("/"), "the root has two names");
}

/// §2, "Initial tree".
#[test]
fn the_initial_tree_has_zookeepers_odd_stats() {
    let bench = Bench::new();
    let shown = |path| {
        let stat = bench.stat(path);
        (stat.cversion, stat.aversion, stat.num_children, stat.data_length)
    };
    assert_eq!(shown("/"), (-1, 0, 1, 0));
    assert_eq!(shown("/zookeeper"), (-2, 0, 2, 0));
    assert_eq!(shown("/zookeeper/quota"), (0, 0, 0, 0));
    assert_eq!(shown("/zookeeper/config"), (0, -1, 0, 0));
    let mut bench = bench;
    assert_eq!(bench.ask(Op::set("/zookeeper/config", "x")), Err(OpError::NoAuth), "read only");
}

/// §2: which transaction sets which field.
#[test]
fn stat_follows_the_transactions() {
    let mut bench = Bench::new();
    check(&mut bench, &[(create("/p"), created("/p")), (create("/p/c"), created("/p/c"))]);
    bench.now = WallTime(5_000);
    let Ok(OpResult::Stat(set)) = bench.ask(Op::set("/p", "data")) else { panic!("set /p") };
    assert_eq!(bench.stat("/p"), set);
    assert_eq!((set.czxid, set.mzxid, set.pzxid), (zxid(3), zxid(5), zxid(4)));
    assert_eq!((set.ctime, set.mtime), (WallTime(1_000), WallTime(5_000)));
    assert_eq!((set.version, set.cversion, set.aversion), (1, 1, 0));
    assert_eq!((set.data_length, set.num_children), (4, 1));

    bench.ask(Op::set("/p/c", "x")).unwrap();
    assert_eq!(bench.stat("/p"), set, "a child's data are none of the parent's business");
    bench.ask(Op::delete("/p/c")).unwrap();
    let stat = bench.stat("/p");
    assert_eq!((stat.pzxid, stat.cversion, stat.num_children), (zxid(7), 2, 0));
}

/// §2, the table "Sequence under fresh /p".
#[test]
fn sequence_numbers_count_all_creates_and_no_deletes() {
    let mut bench = Bench::new();
    bench.ask(create("/p")).unwrap();
    let sequential = |path: &str| Op::create(path, "", PersistentSequential);
    let steps = [
        (sequential("/p/a-"), created("/p/a-0000000000"), 1),
        (create("/p/x"), created("/p/x"), 2),
        (sequential("/p/b-"), created("/p/b-0000000002"), 3),
        (create("/p/x"), Err(OpError::NodeExists), 3),
        (Op::delete("/p/x"), Ok(OpResult::Done), 4),
        (sequential("/p/a-"), created("/p/a-0000000003"), 5),
        (sequential("/p/"), created("/p/0000000004"), 6),
    ];
    for (op, expected, cversion) in steps {
        assert_eq!(bench.ask(op.clone()), expected, "{op:?}");
        assert_eq!(bench.stat("/p").cversion, cversion, "{op:?}");
    }
}

/// The tutorial's transaction as first written: what ZooKeeper truly answers.
#[test]
fn the_tutorial_transaction_is_no_transaction() {
    let mut bench = Bench::new();
    let ephemeral = |path: &str, data: &str| Op::create(path, data, Ephemeral);
    let steps = [
        (ephemeral("/transaction", "start"), created("/transaction")),
        (ephemeral("/transaction/step1", "step1"), Err(OpError::NoChildrenForEphemerals)),
        (ephemeral("/transaction/step2", "step2"), Err(OpError::NoChildrenForEphemerals)),
        (ephemeral("/transaction", "end"), Err(OpError::NodeExists)),
        (Op::delete("/transaction"), Ok(OpResult::Done)),
        (Op::delete("/transaction/step1"), Err(OpError::NoNode)),
        (Op::delete("/transaction/step2"), Err(OpError::NoNode)),
    ];
    check(&mut bench, &steps);
    assert_eq!(bench.database.last_processed(), zxid(9), "a failed write uses a zxid");
}

/// §4.2: versions and children are tested in this order.
#[test]
fn versions_and_children_are_tested() {
    let mut bench = Bench::new();
    let delete = |path: &str, version| Op::Delete { path: path.into(), version };
    let set = |version| Op::SetData { path: "/a".into(), data: None, version };
    let steps = [
        (create("/a"), created("/a")),
        (create("/a/b"), created("/a/b")),
        (set(1), Err(OpError::BadVersion)),
        (delete("/a", 7), Err(OpError::BadVersion)),
        (delete("/a", 0), Err(OpError::NotEmpty)),
        (delete("/a/b", 0), Ok(OpResult::Done)),
        (Op::check("/a", 0), Ok(OpResult::Done)),
        (Op::check("/a", 1), Err(OpError::BadVersion)),
    ];
    check(&mut bench, &steps);
    bench.ask(set(0)).unwrap();
    let answer = read(&bench.database.tree, &Caller::ANYONE, &Op::get("/a"));
    assert_eq!(answer, Ok(OpResult::Data { data: None, stat: bench.stat("/a") }));
    assert_eq!(bench.stat("/a").version, 1);
}

/// §5.1: requests see those that are prepared before them and not applied.
#[test]
fn pipelined_requests_see_each_other() {
    let mut bench = Bench::new();
    let set = |version| Op::SetData { path: "/a".into(), data: None, version };
    let sequential = || Op::create("/a/s-", "", PersistentSequential);
    let ops = [
        create("/a"),
        create("/a"),
        set(0),
        set(1),
        set(1),
        sequential(),
        sequential(),
        Op::delete("/a"),
        Op::delete("/a/s-0000000000"),
        Op::delete("/a/s-0000000001"),
        Op::delete("/a"),
        set(-1),
    ];
    let txns: Vec<Txn> = ops.into_iter().map(|op| bench.prepare_op(ALICE, op)).collect();
    assert!(bench.prep.outstanding_count() > 0);
    let code = |answer: Result<OpResult, OpError>| answer.map_or_else(OpError::code, |_| 0);
    let codes: Vec<i32> = bench.apply_all(&txns).into_iter().map(code).collect();
    assert_eq!(codes, [0, -110, 0, 0, -103, 0, 0, -111, 0, 0, 0, -101]);
    assert_eq!(bench.prep.outstanding_count(), 0, "applied changes are outstanding no longer");
}

/// §5.3: one zxid, and the results show the state right after each operation.
#[test]
fn a_multi_is_one_transaction() {
    let mut bench = Bench::new();
    let answer = bench.ask(Op::multi([
        Op::create("/transaction", "start", Persistent),
        create("/transaction/step1"),
        create("/transaction/step2"),
        Op::set("/transaction", "end"),
        Op::check("/transaction", 1),
    ]));
    let Ok(OpResult::Multi(results)) = answer else { panic!("{answer:?}") };
    assert_eq!(results[2], OpResult::Created("/transaction/step2".into()));
    assert_eq!(results[3], OpResult::Stat(bench.stat("/transaction")));
    assert_eq!(results[4], OpResult::Done);
    let stat = bench.stat("/transaction");
    assert_eq!((stat.czxid, stat.mzxid, stat.pzxid), (zxid(3), zxid(3), zxid(3)));
    assert_eq!((stat.version, stat.num_children), (1, 2));
    assert_eq!(bench.stat("/transaction/step1").czxid, zxid(3));
}

/// §5.3: the first failure takes everything back, the change records of earlier requests stay.
#[test]
fn a_failed_multi_leaves_nothing_behind() {
    let mut bench = Bench::new();
    let before = bench.prepare_op(ALICE, Op::create("/a", "", Persistent));
    let multi = bench.prepare_op(
        ALICE,
        Op::multi([Op::set("/a", "x"), create("/a/b"), Op::delete("/absent"), create("/c")]),
    );
    let behind = [create("/a/b"), Op::check("/a", 0), create("/c")];
    let behind = behind.map(|op| bench.prepare_op(ALICE, op));

    bench.apply(&before);
    let digest = bench.database.tree.digest();
    let failed = bench.apply(&multi);
    let codes = [None, None, Some(OpError::NoNode), Some(OpError::RuntimeInconsistency)];
    assert_eq!(failed.result, Ok(OpResult::MultiFailed(codes.into())));
    assert_eq!(failed.result.unwrap().multi_failure(), Some((2, OpError::NoNode)));
    assert_eq!((failed.changes, bench.database.tree.digest()), (vec![], digest));
    assert_eq!(bench.database.last_processed(), multi.zxid, "it uses a zxid all the same");
    let expected = [created("/a/b"), Ok(OpResult::Done), created("/c")];
    assert_eq!(bench.apply_all(&behind), expected);
}

/// §5.3: what may not stand in a multi spoils it whole; an empty one is carried out.
#[test]
fn only_some_operations_may_stand_in_a_multi() {
    let mut bench = Bench::new();
    for op in [Op::get("/"), Op::CloseSession, Op::multi([])] {
        let multi = Op::multi([create("/a"), op]);
        assert_eq!(bench.ask(multi), Err(OpError::MarshallingError));
    }
    assert_eq!(bench.ask(Op::multi([])), Ok(OpResult::Multi([].into())));
    assert_eq!(bench.children("/"), ["zookeeper"]);
}

/// §7.4, §7.5: ephemerals go with their session, by one transaction, and only they.
#[test]
fn closing_a_session_removes_its_ephemerals() {
    let mut bench = Bench::new();
    bench.ask(create("/p")).unwrap();
    bench.ask(Op::create("/p/e", "", Ephemeral)).unwrap();
    bench.ask(Op::create("/p/n-", "", EphemeralSequential)).unwrap();
    bench.ask_as(BOB, Op::create("/p/bobs", "", Ephemeral)).unwrap();
    assert_eq!(bench.stat("/p/e").ephemeral_owner, ALICE);

    let txn = bench.prepare_op(ALICE, Op::CloseSession);
    assert_eq!(bench.sessions.check(ALICE, SERVER), Err(OpError::SessionExpired), "closing");
    let applied = bench.apply(&txn);
    assert_eq!(applied.result, Ok(OpResult::Done));
    let deleted: Vec<_> =
        applied.changes.iter().map(|change| (&*change.path, change.kind)).collect();
    let expected = [("/p/e", ChangeKind::Deleted), ("/p/n-0000000001", ChangeKind::Deleted)];
    assert_eq!(deleted, expected);
    assert_eq!(bench.children("/p"), ["bobs"]);
    let stat = bench.stat("/p");
    assert_eq!((stat.pzxid, stat.cversion), (txn.zxid, 5));
    assert!(!bench.database.sessions.contains_key(&ALICE));
    assert_eq!(bench.ask(create("/late")), Err(OpError::SessionExpired));
}

/// §7.4: the list counts what is prepared and not applied; §5.1: the parent keeps its count.
#[test]
fn closing_a_session_sees_outstanding_changes() {
    let mut bench = Bench::new();
    bench.ask(create("/p")).unwrap();
    bench.ask(Op::create("/p/old", "", Ephemeral)).unwrap();
    let ops = [Op::delete("/p/old"), Op::create("/p/new", "", Ephemeral), Op::CloseSession];
    let mut txns = ops.map(|op| bench.prepare_op(ALICE, op)).to_vec();
    let listed = TxnBody::CloseSession { ephemerals: ["/p/new".into()].into() };
    assert_eq!(txns[2].body, listed);
    txns.push(bench.prepare_op(BOB, Op::delete("/p")));
    let answers = bench.apply_all(&txns);
    assert_eq!(answers[3], Err(OpError::NotEmpty), "the quirk: the child was not counted off yet");
    assert_eq!(bench.ask_as(BOB, Op::delete("/p")), Ok(OpResult::Done));
}

/// §7.3: a session that moved cannot write through its old server.
#[test]
fn a_moved_session_writes_through_its_new_server_only() {
    let mut bench = Bench::new();
    bench.ask(create("/a")).unwrap();
    let timeout = bench.sessions.revalidate(ALICE, ServerId(2), bench.now);
    assert_eq!(timeout, Some(Span::millis(4_000)));
    assert_eq!(bench.ask(create("/b")), Err(OpError::SessionMoved));
    let moved = bench.ask(Op::multi([create("/b"), create("/c")]));
    let codes = [Some(OpError::SessionMoved), Some(OpError::RuntimeInconsistency)];
    assert_eq!(moved, Ok(OpResult::MultiFailed(codes.into())));
}

fn zxid(counter: u32) -> Zxid {
    Zxid::new(1, counter)
}
