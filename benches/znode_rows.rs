//! What the tree panel costs with 10,000 znodes on each of five servers: its outline with
//! everything open, and the rows of one window of it, where all servers agree and where they do
//! not.
//!
//! `cargo bench --bench znode_rows` prints one line a figure.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant as Stopwatch;

use zabscope::store::{Database, Watches};
use zabscope::types::{
    Acl, CreateTxn, NodeKind, ServerId, SessionId, Txn, TxnBody, WallTime, Zxid,
};
use zabscope::view::{Folds, Forest, ServerTree, Standing, Tree, differing_paths, outline, window};

const ZNODES: u32 = 10_000;
const SERVERS: u8 = 5;
const ROUNDS: u32 = 200;
/// The window: 12 rows of 28 pixels.
const HEIGHT: f64 = 336.0;
const ROW: f64 = 28.0;

fn create(database: &mut Database, zxid: &mut Zxid, path: &str, created: i32) {
    *zxid = zxid.next().expect("far fewer than 2^32 transactions");
    let body = TxnBody::Create(CreateTxn {
        path: path.into(),
        data: Some(Arc::from(&b"value"[..])),
        acl: Acl::open_unsafe(),
        kind: NodeKind::Persistent,
        parent_cversion: created,
        answers_stat: false,
    });
    let txn = Txn { zxid: *zxid, session: SessionId(1), cxid: 1, time: WallTime(1), body };
    black_box(database.apply(&txn));
}

/// A hundred directories of a hundred znodes each.
fn filled() -> Database {
    let (mut database, mut zxid) = (Database::new(), Zxid::new(1, 0));
    for directory in 0..ZNODES / 100 {
        let path = format!("/d{directory}");
        create(&mut database, &mut zxid, &path, directory as i32 + 2);
        for number in 1..100 {
            create(&mut database, &mut zxid, &format!("{path}/n{number}"), number);
        }
    }
    database
}

fn forest(databases: &[Database]) -> Forest {
    let server = |(database, number): (&Database, u8)| ServerTree {
        server: ServerId(number),
        standing: Standing::Looking,
        tree: Some(Tree::of(&database.tree)),
        watches: Watches::default(),
        connections: Vec::new(),
    };
    let servers = databases.iter().zip(1..).map(server).collect();
    Forest { servers, owners: Vec::new(), last_change: None }
}

fn figure(what: &str, mut run: impl FnMut()) {
    let begun = Stopwatch::now();
    (0..ROUNDS).for_each(|_| run());
    let micros = begun.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS);
    println!("{what:<52} {micros:>10.1} us");
}

fn main() {
    let mut databases: Vec<Database> = (0..SERVERS).map(|_| filled()).collect();
    let equal = forest(&databases);
    let mut zxid = Zxid::new(2, 0);
    for (count, database) in databases.iter_mut().enumerate() {
        // Each server is one transaction further than the one before it.
        for number in 0..count {
            create(database, &mut zxid, &format!("/late{number}"), 200 + number as i32);
        }
        zxid = Zxid::new(2, 0);
    }
    let differing = forest(&databases);
    let mut folds = Folds::default();
    (0..ZNODES / 100).for_each(|directory| folds.set(&format!("/d{directory}"), true));
    for (name, forest) in [("equal", &equal), ("five different", &differing)] {
        figure(&format!("outline of all {ZNODES} rows, trees {name}"), || {
            black_box(outline(forest, None, &folds));
        });
        let outline = outline(forest, None, &folds);
        let shown = window(ROW * 5_000.0, HEIGHT, ROW, outline.len());
        figure(&format!("the {} rows of a window, trees {name}", shown.len()), || {
            black_box(outline.rows(forest, shown.clone()));
        });
        figure(&format!("comparing the forest with the last one, trees {name}"), || {
            black_box(forest.clone() == *forest);
        });
        figure(&format!("finding what differs, trees {name}"), || {
            black_box(differing_paths(forest, 200));
        });
    }
}
