//! Two leaders with the same requests: one applies each transaction at once, the other lets them
//! queue up. What is outstanding must count as if it were applied, so both prepare the same
//! transactions and end with the same tree, whatever the requests and whenever the second applies.

#![no_main]

use std::collections::VecDeque;
use std::sync::Arc;

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use zabscope::api::{CreateMode, Op};
use zabscope::store::{Action, Database, Prep, Request, SessionTracker, StoreConfig};
use zabscope::types::{ServerId, SessionId, Span, Txn, WallTime, Zxid};

/// Few paths, so that requests meet: parents, children, and some that are not legal.
const PATHS: &[&str] = &["/", "/a", "/a/b", "/a/b/c", "/a-", "/d", "/d/", "e", "/zookeeper", ""];

#[derive(Arbitrary, Debug)]
enum Step {
    Ask {
        session: u8,
        request: Asked,
    },
    /// The second leader applies the oldest transaction it owes.
    Apply,
}

#[derive(Arbitrary, Debug)]
enum Asked {
    Write(Written),
    Multi(Vec<Written>),
    Open,
    Close,
}

#[derive(Arbitrary, Debug)]
enum Written {
    Create { path: u8, mode: u8 },
    Delete { path: u8, version: i8 },
    Set { path: u8, version: i8 },
    Check { path: u8, version: i8 },
}

impl Written {
    fn op(&self) -> Op {
        let at = |path: u8| PATHS[usize::from(path) % PATHS.len()];
        match *self {
            Written::Create { path, mode } => {
                let mode = match mode % 4 {
                    0 => CreateMode::Persistent,
                    1 => CreateMode::Ephemeral,
                    2 => CreateMode::PersistentSequential,
                    _ => CreateMode::EphemeralSequential,
                };
                Op::create(at(path), "data", mode)
            }
            Written::Delete { path, version } => {
                Op::Delete { path: at(path).into(), version: version.into() }
            }
            Written::Set { path, version } => {
                let data = Some(b"set".as_slice().into());
                Op::SetData { path: at(path).into(), data, version: version.into() }
            }
            Written::Check { path, version } => Op::check(at(path), version.into()),
        }
    }
}

impl Asked {
    fn action(&self) -> Action {
        match self {
            Asked::Write(written) => Action::Op(written.op()),
            Asked::Multi(all) => Action::Op(Op::multi(all.iter().map(Written::op))),
            Asked::Open => Action::CreateSession { timeout: Span::millis(4_000) },
            Asked::Close => Action::Op(Op::CloseSession),
        }
    }
}

struct Leader {
    database: Database,
    sessions: SessionTracker,
    prep: Prep,
    owed: VecDeque<Txn>,
}

impl Leader {
    fn new() -> Leader {
        let database = Database::new();
        let sessions = SessionTracker::new(Span::millis(2_000), &database.sessions, WallTime(0));
        let prep = Prep::new(&StoreConfig::default());
        Leader { database, sessions, prep, owed: VecDeque::new() }
    }

    fn prepare(&mut self, request: &Request, zxid: Zxid) -> Txn {
        let (tree, time) = (&self.database.tree, WallTime(1_000));
        let txn = self.prep.prepare(tree, &mut self.sessions, request, zxid, time);
        self.owed.push_back(txn.clone());
        txn
    }

    fn apply_oldest(&mut self) -> bool {
        let Some(txn) = self.owed.pop_front() else { return false };
        self.database.apply(&txn);
        self.sessions.applied(&txn);
        self.prep.applied(txn.zxid);
        self.database.tree.validate();
        true
    }
}

fuzz_target!(|steps: Vec<Step>| {
    let (mut eager, mut lazy) = (Leader::new(), Leader::new());
    let mut zxid = Zxid::new(1, 0);
    // A session's id is never given again; one request may come before any session is open.
    let mut opened: u8 = 0;
    for step in &steps {
        let Step::Ask { session, request } = step else {
            lazy.apply_oldest();
            continue;
        };
        let session = match request {
            Asked::Open => {
                opened = opened.saturating_add(1);
                opened
            }
            _ => session % opened.saturating_add(1).min(4),
        };
        let session = SessionId(i64::from(session));
        let action = request.action();
        let (owner, identities) = (ServerId(1), Arc::default());
        let request = Request { session, cxid: 1, owner, identities, action };
        zxid = zxid.next().expect("few steps");
        let prepared = eager.prepare(&request, zxid);
        assert_eq!(prepared, lazy.prepare(&request, zxid), "{} owed", lazy.owed.len());
        eager.apply_oldest();
    }
    while lazy.apply_oldest() {}
    assert_eq!(eager.database.tree.digest(), lazy.database.tree.digest());
});
