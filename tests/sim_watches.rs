//! What clients of an ensemble hear and prove: watches that outlive a connection, identities that
//! are proved again, znodes that go by themselves.
#![cfg(not(target_arch = "wasm32"))]

use zabscope::api::{AddWatchMode, CreateCall, CreateMode, Op, OpError, OpResult, WatchEventKind};
use zabscope::client::{Note, SessionState};
use zabscope::ensemble::ClientCommand;
use zabscope::sim::{Command, EventKind, Settings, TraceEvent, World};
use zabscope::types::{Acl, ClientId, Instant, ServerId, Span, perms};

use WatchEventKind::{NodeChildrenChanged, NodeCreated, NodeDataChanged, NodeDeleted};

const C1: ClientId = ClientId(1);
const C2: ClientId = ClientId(2);

fn at(millis: u64) -> Instant {
    Instant::ZERO + Span::millis(millis)
}

/// A world, what has happened in it, and how far it is.
struct Bench {
    world: World,
    trace: Vec<TraceEvent>,
}

impl Bench {
    /// An ensemble of five that serves, its clients attached to S2, S4 and S5 (which leads).
    fn new(seed: u64, settings: &Settings) -> Bench {
        let mut bench = Bench { world: World::new(settings, seed), trace: Vec::new() };
        bench.world.run_until(at(500), &mut bench.trace);
        bench.trace.clear();
        bench
    }

    /// The client does this, and a tenth of a second passes.
    fn tell(&mut self, client: ClientId, what: ClientCommand) {
        self.world.command(&Command::Client { client, what }, &mut self.trace);
        self.pass(100);
    }

    fn ask(&mut self, client: ClientId, op: Op) -> Result<OpResult, OpError> {
        let first = self.trace.len();
        self.tell(client, ClientCommand::Submit(op));
        let told = self.notes(client, first).find_map(|note| match note {
            Note::Told { result, .. } => Some(result.clone()),
            Note::Refused { error, .. } => Some(Err(*error)),
            _ => None,
        });
        told.expect("a tenth of a second is long enough")
    }

    fn pass(&mut self, millis: u64) {
        let until = self.world.now() + Span::millis(millis);
        self.world.run_until(until, &mut self.trace);
    }

    fn notes(&self, client: ClientId, first: usize) -> impl Iterator<Item = &Note> {
        self.trace[first..].iter().filter_map(move |event| match &event.kind {
            EventKind::Client(id, note) if *id == client => Some(&**note),
            _ => None,
        })
    }

    /// What a client heard of what it watches, and forgets it.
    fn heard(&mut self, client: ClientId) -> Vec<(WatchEventKind, String)> {
        let heard = self.notes(client, 0).filter_map(|note| match note {
            Note::Notified(event) => Some((event.kind, event.path.to_string())),
            _ => None,
        });
        let heard = heard.collect();
        self.trace.clear();
        heard
    }
}

fn watched(path: &str) -> Op {
    Op::GetData { path: path.into(), watch: true }
}

fn persistent(path: &str) -> Op {
    Op::create(path, "", CreateMode::Persistent)
}

fn event(kind: WatchEventKind, path: &str) -> (WatchEventKind, String) {
    (kind, path.to_owned())
}

#[test]
fn a_watch_at_one_server_hears_of_a_write_at_another() {
    let mut bench = Bench::new(1, &Settings::default());
    bench.ask(C2, persistent("/a")).expect("created");
    bench.ask(C1, watched("/a")).expect("read");
    bench.ask(C2, Op::set("/a", "x")).expect("set");
    bench.ask(C2, Op::set("/a", "y")).expect("set");
    assert_eq!(bench.heard(C1), [event(NodeDataChanged, "/a")], "once");
    assert_eq!(bench.heard(C2), []);
}

/// §10, G8: the event comes before any answer that shows what it tells of.
#[test]
fn an_event_comes_before_the_answer_that_shows_it() {
    for seed in 0..10 {
        let mut bench = Bench::new(seed, &Settings::default());
        bench.ask(C1, persistent("/a")).expect("created");
        bench.ask(C1, watched("/a")).expect("read");
        let ops = [Op::set("/a", "x"), Op::get("/a")];
        bench.trace.clear();
        bench.tell(C1, ClientCommand::Program(ops.into()));
        let order: Vec<&str> = bench
            .notes(C1, 0)
            .filter_map(|note| match note {
                Note::Notified(_) => Some("notified"),
                Note::Told { .. } => Some("told"),
                _ => None,
            })
            .collect();
        assert_eq!(order, ["notified", "told", "told"], "seed {seed}");
    }
}

/// §6.4: what happened in between is told on the return; persistent watches only go on.
#[test]
fn watches_are_set_again_at_the_next_server() {
    let mut bench = Bench::new(2, &Settings::default());
    for path in ["/same", "/set", "/gone", "/kids", "/every"] {
        bench.ask(C2, persistent(path)).expect("created");
        if path != "/kids" && path != "/every" {
            bench.ask(C1, watched(path)).expect("read");
        }
    }
    bench.ask(C1, Op::GetChildren { path: "/kids".into(), watch: true }).expect("read");
    bench.ask(C1, Op::Exists { path: "/new".into(), watch: true }).expect_err("absent");
    let mode = AddWatchMode::PersistentRecursive;
    bench.ask(C1, Op::AddWatch { path: "/every".into(), mode }).expect("watched");
    bench.trace.clear();

    // C1 hears nothing of its server while the others go on.
    bench.world.command(&Command::Crash(ServerId(2)), &mut bench.trace);
    for op in [
        Op::set("/set", "x"),
        Op::delete("/gone"),
        persistent("/kids/one"),
        persistent("/new"),
        persistent("/every/missed"),
    ] {
        bench.ask(C2, op).expect("the others serve");
    }
    bench.pass(2_000);
    let mut heard = bench.heard(C1);
    heard.sort();
    let mut expected = vec![
        event(NodeDataChanged, "/set"),
        event(NodeDeleted, "/gone"),
        event(NodeChildrenChanged, "/kids"),
        event(NodeCreated, "/new"),
    ];
    expected.sort();
    // It may have come back before all of it was done, and heard of the rest as it happened.
    heard.retain(|(_, path)| path != "/every/missed");
    assert_eq!(heard, expected);
    bench.ask(C2, persistent("/every/heard")).expect("created");
    bench.ask(C2, Op::set("/same", "x")).expect("set");
    let heard = bench.heard(C1);
    assert_eq!(heard, [event(NodeCreated, "/every/heard"), event(NodeDataChanged, "/same")]);
}

#[test]
fn identities_are_proved_again_on_a_new_connection() {
    let mut bench = Bench::new(3, &Settings::default());
    let auth =
        |text: &str| Op::Auth { scheme: "digest".into(), auth: Some(text.as_bytes().into()) };
    bench.ask(C1, auth("bob:secret")).expect("any proof will do");
    let entry = Acl { perms: perms::ALL, scheme: "auth".into(), id: "".into() };
    let (mode, call) = (CreateMode::Persistent, CreateCall::Create);
    let acl = [entry].into();
    bench.ask(C1, Op::Create { path: "/own".into(), data: None, acl, mode, call }).expect("made");
    assert_eq!(bench.ask(C2, Op::get("/own")), Err(OpError::NoAuth));
    bench.tell(C1, ClientCommand::Attach(ServerId(4)));
    bench.pass(300);
    bench.ask(C1, Op::get("/own")).expect("it is bob at S4 as well");
    let wrong = Op::Auth { scheme: "nosuch".into(), auth: None };
    assert_eq!(bench.ask(C1, wrong), Err(OpError::AuthFailed));
    let client = bench.world.ensemble().client(C1).expect("there").client();
    assert_eq!(client.state(), SessionState::AuthFailed);
    assert_eq!(bench.ask(C1, Op::get("/own")), Err(OpError::AuthFailed), "and stays so");
}

/// §7.6: the inner container goes at one look of the leader, the outer one at the next.
#[test]
fn empty_containers_and_outlived_znodes_go_by_themselves() {
    let settings = Settings {
        extended_types_enabled: true,
        container_check_interval: Span::millis(300),
        ..Settings::default()
    };
    let mut bench = Bench::new(4, &settings);
    let create = |path: &str, mode, call| Op::Create {
        path: path.into(),
        data: None,
        acl: Acl::open_unsafe(),
        mode,
        call,
    };
    let container = |path: &str| create(path, CreateMode::Container, CreateCall::Container);
    let ttl_ms = 500;
    let ttl = create("/ttl", CreateMode::PersistentWithTtl, CreateCall::Ttl { ttl_ms });
    for op in [container("/outer"), container("/outer/inner"), persistent("/outer/inner/x"), ttl] {
        bench.ask(C1, op).expect("created");
    }
    let recursive = AddWatchMode::PersistentRecursive;
    bench.ask(C2, Op::AddWatch { path: "/".into(), mode: recursive }).expect("watched");
    bench.ask(C1, Op::delete("/outer/inner/x")).expect("deleted");
    bench.pass(2_000);
    let heard = bench.heard(C2);
    let place = |path: &str| heard.iter().position(|told| *told == event(NodeDeleted, path));
    let (inner, outer) = (place("/outer/inner"), place("/outer"));
    assert!(inner.is_some() && inner < outer, "{heard:?}");
    assert!(place("/ttl").is_some(), "{heard:?}");
    bench.world.validate();
}
