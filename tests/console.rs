//! The console against a store: what is printed is what zkCli prints. A `Bench` answers the
//! console's requests from a leader's store, without an ensemble.

#![allow(clippy::unwrap_used, reason = "a failed test says where")]

use std::collections::VecDeque;
use std::sync::Arc;

use zabscope::api::{Op, OpClass, OpError, WatchEvent, WatchEventKind};
use zabscope::console::{Answer, Console, Effect};
use zabscope::store::{
    Action, Caller, Database, Prep, Request, SessionTracker, StoreConfig, authenticate, read,
};
use zabscope::types::{Identity, ServerId, SessionId, Span, WallTime, Zxid};

const SESSION: SessionId = SessionId(0x100);
/// Sat Nov 22 08:06:11 UTC 2025.
const NOW: WallTime = WallTime(1_763_798_771_000);

struct Bench {
    console: Console,
    database: Database,
    sessions: SessionTracker,
    prep: Prep,
    zxid: Zxid,
    identities: Arc<[Identity]>,
}

impl Bench {
    fn new() -> Bench {
        let database = Database::new();
        let mut sessions = SessionTracker::new(Span::millis(100), &database.sessions, NOW);
        sessions.add(SESSION, Span::millis(4_000), ServerId(1), NOW);
        let config = StoreConfig { extended_types_enabled: true, ..StoreConfig::default() };
        Bench {
            console: Console::new(),
            database,
            sessions,
            prep: Prep::new(&config),
            zxid: Zxid::new(1, 0),
            identities: Arc::default(),
        }
    }

    fn answer(&mut self, op: &Op) -> Answer {
        if let Op::Auth { scheme, auth } = op {
            let auth = auth.as_deref().unwrap_or_default();
            let config = StoreConfig::default();
            self.identities = authenticate(&config, &self.identities, scheme, auth)?;
            return Ok(zabscope::api::OpResult::Done);
        }
        if op.class() != OpClass::Write {
            let caller = Caller { session: SESSION, identities: &self.identities };
            return read(&self.database.tree, &caller, op);
        }
        self.zxid = self.zxid.next().unwrap();
        let request = Request {
            session: SESSION,
            cxid: 1,
            owner: ServerId(1),
            identities: Arc::clone(&self.identities),
            action: Action::Op(op.clone()),
        };
        let (tree, sessions) = (&self.database.tree, &mut self.sessions);
        let txn = self.prep.prepare(tree, sessions, &request, self.zxid, NOW);
        let result = self.database.apply(&txn).result;
        self.prep.applied(self.zxid);
        result
    }

    /// All that is printed for a line.
    fn enter(&mut self, line: &str) -> Vec<String> {
        let mut effects = VecDeque::from(self.console.enter(line, true));
        let mut lines = Vec::new();
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::Print(line) | Effect::Complain(line) => lines.push(line.to_string()),
                Effect::Ask(ops) => {
                    let answers: Vec<Answer> = ops.iter().map(|op| self.answer(op)).collect();
                    effects.extend(self.console.answer(answers));
                }
                other => lines.push(format!("{other:?}")),
            }
        }
        assert!(!self.console.is_busy(), "{line} is not done");
        lines
    }
}

/// A dialogue: lines that begin with `> ` are entered, those behind are what is printed.
fn check(bench: &mut Bench, dialogue: &str) {
    let mut lines = dialogue.trim().lines().map(str::trim_start).peekable();
    while let Some(line) = lines.next() {
        let entered = line.strip_prefix("> ").unwrap_or_else(|| panic!("{line} is not entered"));
        let mut expected = Vec::new();
        while let Some(line) = lines.next_if(|line| !line.starts_with("> ")) {
            expected.push(line.to_owned());
        }
        assert_eq!(bench.enter(entered), expected, "{entered}");
    }
}

#[test]
fn znodes_are_created_read_set_and_deleted() {
    check(
        &mut Bench::new(),
        "> create /a hello
         Created /a
         > get -s /a
         hello
         cZxid = 0x100000001
         ctime = Sat Nov 22 08:06:11 UTC 2025
         mZxid = 0x100000001
         mtime = Sat Nov 22 08:06:11 UTC 2025
         pZxid = 0x100000001
         cversion = 0
         dataVersion = 0
         aclVersion = 0
         ephemeralOwner = 0x0
         dataLength = 5
         numChildren = 0
         > create -s -e /a/e-
         Created /a/e-0000000000
         > get /a/e-0000000000
         null
         > set /a 'two words'
         > get /a
         two words
         > get -b /a
         dHdvIHdvcmRz
         > ls /
         [a, zookeeper]
         > getEphemerals
         [/a/e-0000000000]
         > getAllChildrenNumber /
         5
         > delete -v 7 /a/e-0000000000
         version No is not valid : /a/e-0000000000
         > delete /a
         Node not empty: /a
         > deleteall /a
         > stat /a
         Node does not exist: /a
         > sync /
         Sync is OK",
    );
}

#[test]
fn flags_that_do_not_go_together_are_refused_in_zkclis_words() {
    check(
        &mut Bench::new(),
        "> create -c -s /c
         -c cannot be combined with -s or -e. Containers cannot be ephemeral or sequential.
         > create -t x /t
         -t argument must be a long value
         > create -t 0 /t
         ttl must be positive and cannot be larger than: 1099511627775
         > create -e -t 5 /t
         TTLs cannot be used with Ephemeral znodes
         > create -c -t 5 /t
         TTLs cannot be used with Container znodes
         > create -s -t 5 /t
         Created /t0000000000
         > create /a//b
         Invalid path string \"/a//b\" caused by empty node name specified @3
         > create a
         Path must start with / character
         > create
         create [-s] [-e] [-c] [-t ttl] path [data] [acl]
         > get -q /a
         Unrecognized option: -q
         > create /z
         Created /z
         > create /z
         Node already exists: /z",
    );
}

#[test]
fn lists_of_permissions_are_read_and_told() {
    check(
        &mut Bench::new(),
        "> addauth digest bob:b
         > whoami
         Auth scheme: User
         ip: 127.0.0.1
         digest: bob
         > create /mine x auth::cdrwa
         Created /mine
         > getAcl /mine
         'digest,'bob:LcrmCNs/wfVD+i5a5yaz89GyjIM=
         : cdrwa
         > setAcl /mine world:anyone:r
         > set /mine y
         Insufficient permission : /mine
         > create /no x nosuch:a:r
         KeeperErrorCode = InvalidACL for /no
         Acl is not valid : /no
         > create /no x world
         world does not have the form scheme:id:perm",
    );
}

#[test]
fn subtrees_are_listed_siblings_first() {
    check(
        &mut Bench::new(),
        "> create /a
         Created /a
         > create /a/c
         Created /a/c
         > create /a/b
         Created /a/b
         > create /a/b/d
         Created /a/b/d
         > ls -R /a
         /a
         /a/b
         /a/c
         /a/b/d
         > ls -R /none
         Node does not exist: /none",
    );
}

#[test]
fn quotas_are_set_listed_and_deleted() {
    check(
        &mut Bench::new(),
        "> create /a x
         Created /a
         > create /a/b yy
         Created /a/b
         > setquota -n 5 /none
         /none does not exist.
         > setquota -n 1 /a
         [Warning]: the count quota you create is less than the existing count:2
         > listquota /a
         absolute path is /zookeeper/quota/a/zookeeper_limits
         Output quota for /a count=1,bytes=-1
         Output stat for /a count=2,bytes=3
         > setquota -B 9 /a
         > listquota /a
         absolute path is /zookeeper/quota/a/zookeeper_limits
         Output quota for /a count=1,bytes=-1=;byteHardLimit=9;countHardLimit=-1
         Output stat for /a count=2,bytes=3
         > setquota -n 5 /a/b
         /a/b has a parent /a which has a quota
         > delquota /a
         > listquota /a
         absolute path is /zookeeper/quota/a/zookeeper_limits
         quota for /a does not exist.
         > delquota /a
         Quota does not exist for /a
         > ls /zookeeper/quota
         []",
    );
}

#[test]
fn a_multi_is_done_or_not() {
    check(
        &mut Bench::new(),
        "> multi create /a x ; create -s /a/q- ; set /a y ; check -v 1 /a
         Created /a
         Created /a/q-0000000000
         Set /a, dataVersion = 1
         Checked /a
         > multi set /a z ; delete /none ; set /a w
         Nothing was done:
         setData /a: would have gone well
         delete /none: Node does not exist: /none
         setData /a: not tried
         > get /a
         y
         > multi levitate /a
         levitate: a multi holds check, create, delete and set",
    );
}

#[test]
fn history_is_numbered_and_done_again() {
    let mut bench = Bench::new();
    check(
        &mut bench,
        "> create -s /n-
         Created /n-0000000000
         > redo 0
         Created /n-0000000001
         > redo 9
         Command index out of range
         > printwatches
         printwatches is on
         > history
         0 - create -s /n-
         1 - create -s /n-
         2 - redo 9
         3 - printwatches
         4 - history",
    );
    assert_eq!(bench.console.prompt("S1", "CONNECTED"), "[zk: S1(CONNECTED) 5] ");
    let lines = bench.enter("levitate /a");
    assert_eq!(lines.last().unwrap(), "Command not found: Command not found levitate");
    assert!(lines.contains(&"\tget [-s] [-w] [-b] [-x] path".to_owned()));
}

#[test]
fn events_are_printed_unless_they_are_not_wanted() {
    let mut bench = Bench::new();
    let path = "/x".into();
    let zxid = Zxid::new(1, 5);
    let event = WatchEvent { kind: WatchEventKind::NodeDataChanged, path, zxid };
    let told = "WatchedEvent state:SyncConnected type:NodeDataChanged path:/x zxid: 4294967301";
    let lines = ["", "WATCHER::", "", told].map(|line| Effect::Print(line.into()));
    assert_eq!(bench.console.notified(&event), lines);
    bench.enter("printwatches off");
    assert_eq!(bench.console.notified(&event), []);
}

#[test]
fn without_a_session_only_some_commands_do_something() {
    let mut console = Console::new();
    let said = |text: &str| vec![Effect::Print(text.into())];
    assert_eq!(console.enter("ls /", false), said("Not connected"));
    assert_eq!(console.enter("connect S2", false), [Effect::Connect(Some("S2".into()))]);
    assert_eq!(console.enter("quit", false), [Effect::Quit]);
    assert_eq!(console.enter("   ", false), []);
    console.enter("get /a", true);
    let lost = console.answer([Err(OpError::ConnectionLoss)]);
    let why = "KeeperErrorCode = ConnectionLoss for /a";
    assert_eq!(lost, [Effect::Complain(why.into())]);
}

#[test]
fn bytes_that_are_no_text_are_shown_as_digits() {
    let mut bench = Bench::new();
    bench.enter("create /a");
    bench.enter("set -b /a AAFhYmNkZWZnaGlqa2xtbm8=");
    let expected = [
        "         +-------------------------------------------------+",
        "         |  0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f |",
        "+--------+-------------------------------------------------+----------------+",
        "|00000000| 00 01 61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e |..abcdefghijklmn|",
        "|00000010| 6f                                              |o               |",
        "+--------+-------------------------------------------------+----------------+",
    ];
    assert_eq!(bench.enter("get -x /a"), expected);
}
