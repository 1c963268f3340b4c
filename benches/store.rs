//! How fast the store is by itself, and what a copy of it costs.
//!
//! `cargo bench --bench store` prints one line a workload. Figures of one machine say little by
//! themselves; compare two runs on the same one.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant as Stopwatch;

use zabscope::api::{CreateMode, Op};
use zabscope::ensemble::ClientCommand;
use zabscope::run::Run;
use zabscope::scenario::Scenario;
use zabscope::sim::{Command, Settings};
use zabscope::store::{
    Action, Caller, Database, Prep, Request, SessionTracker, Snapshot, StoreConfig, read,
};
use zabscope::types::{ClientId, Instant, ServerId, SessionId, Span, WallTime, Zxid};

const OPS: u32 = 200_000;
const ZNODES: u32 = 10_000;

/// A leader's store without an ensemble: every request is prepared and applied at once.
struct Leader {
    database: Database,
    sessions: SessionTracker,
    prep: Prep,
    zxid: Zxid,
}

impl Leader {
    fn new() -> Leader {
        let database = Database::new();
        let sessions = SessionTracker::new(Span::millis(2_000), &database.sessions, WallTime(0));
        let prep = Prep::new(&StoreConfig::default());
        let mut leader = Leader { database, sessions, prep, zxid: Zxid::new(1, 0) };
        leader.ask(Action::CreateSession { timeout: Span::millis(4_000) });
        leader
    }

    fn ask(&mut self, action: Action) {
        self.zxid = self.zxid.next().expect("far fewer than 2^32 transactions");
        let (session, owner, identities) = (SessionId(1), ServerId(1), Arc::default());
        let request = Request { session, cxid: 1, owner, identities, action };
        let (tree, time) = (&self.database.tree, WallTime(1));
        let txn = self.prep.prepare(tree, &mut self.sessions, &request, self.zxid, time);
        black_box(self.database.apply(&txn));
        self.prep.applied(self.zxid);
    }

    fn ask_op(&mut self, op: Op) {
        self.ask(Action::Op(op));
    }

    /// A leader with 10,000 znodes in a hundred directories.
    fn filled() -> Leader {
        let mut leader = Leader::new();
        for directory in 0..ZNODES / 100 {
            leader.ask_op(Op::create(&format!("/d{directory}"), "", CreateMode::Persistent));
            for number in 1..100 {
                let path = format!("/d{directory}/n{number}");
                leader.ask_op(Op::create(&path, "some data", CreateMode::Persistent));
            }
        }
        leader
    }
}

fn main() {
    let filled = Leader::filled();
    assert!(filled.database.tree.znode_count() >= ZNODES);
    let path = |at: u32| format!("/d{}/n{}", at % 100, 1 + at / 100 % 99);
    writes("set, 10,000 znodes", |leader, at| leader.ask_op(Op::set(&path(at), "other data")));
    writes("create and delete, 10,000 znodes", |leader, at| {
        let path = format!("/d{}/new", at / 2 % 100);
        leader.ask_op(if at % 2 == 0 {
            Op::create(&path, "", CreateMode::Persistent)
        } else {
            Op::delete(&path)
        });
    });
    writes("multi of check and set, 10,000 znodes", |leader, at| {
        leader.ask_op(Op::multi([Op::check(&path(at), -1), Op::set(&path(at), "x")]));
    });
    reads(&filled, &path);
    copies(&filled.database);
    one_server();
}

fn writes(name: &str, work: impl Fn(&mut Leader, u32)) {
    let mut leader = Leader::filled();
    let watch = Stopwatch::now();
    (0..OPS).for_each(|at| work(&mut leader, at));
    tell(name, OPS, watch);
}

fn reads(filled: &Leader, path: &impl Fn(u32) -> String) {
    let ops: Vec<Op> = (0..OPS).map(|at| Op::get(&path(at))).collect();
    let watch = Stopwatch::now();
    for op in &ops {
        black_box(read(&filled.database.tree, &Caller::ANYONE, op)).expect("every znode is there");
    }
    tell("get, 10,000 znodes", OPS, watch);
}

/// A checkpoint is a copy; what it costs besides is what the original copies when it goes on.
fn copies(database: &Database) {
    let watch = Stopwatch::now();
    let copies: Vec<Database> = (0..OPS).map(|_| database.clone()).collect();
    let each = watch.elapsed().as_secs_f64() / f64::from(OPS);
    println!("copy of 10,000 znodes: {:.0} ns", each * 1e9);
    drop(copies);
    let watch = Stopwatch::now();
    let image = Snapshot::from(database);
    let restored = Database::try_from(&image).expect("it was a whole tree");
    let each = watch.elapsed().as_secs_f64();
    assert_eq!(restored.tree.digest(), database.tree.digest());
    println!("the same as plain data and back: {:.1} ms", each * 1e3);
}

/// The way through an ensemble of one: session, log, flush, commit, answer, trace and properties.
fn one_server() {
    let scenario = Scenario::new(Settings::with_servers(1), 1);
    let mut run = Run::new(&scenario).expect("the default settings are sound");
    run.run_until(Instant(1_000_000));
    let (count, watch) = (20_000, Stopwatch::now());
    let mut at = run.world().now();
    for number in 0..count {
        let what = ClientCommand::Submit(if number == 0 {
            Op::create("/bench", "", CreateMode::Persistent)
        } else {
            Op::set("/bench", "data")
        });
        run.command(Command::Client { client: ClientId(1), what });
        if number % 10 == 9 {
            at += Span::millis(10);
            run.run_until(at);
        }
    }
    assert!(run.violation().is_none(), "a benchmark of a correct run");
    tell("set through an ensemble of one server", count, watch);
}

fn tell(name: &str, count: u32, watch: Stopwatch) {
    println!("{name}: {:.0} operations/s", f64::from(count) / watch.elapsed().as_secs_f64());
}
