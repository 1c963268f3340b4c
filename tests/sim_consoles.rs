//! Consoles of a simulated ensemble's clients: what is entered is asked of real servers, and what
//! stands on a console is what the trace tells.
#![cfg(not(target_arch = "wasm32"))]

use zabscope::console::Note;
use zabscope::ensemble::{ClientCommand, Terminal};
use zabscope::scenario::Scenario;
use zabscope::sim::{Command, EventKind, Settings, TraceEvent, World};
use zabscope::types::{ClientId, Instant, ServerId, Span};

const C1: ClientId = ClientId(1);
const C2: ClientId = ClientId(2);

/// An ensemble of five that serves, its clients attached to S2, S4 and S5 (which leads).
struct Bench {
    world: World,
    trace: Vec<TraceEvent>,
}

impl Bench {
    fn new() -> Bench {
        let mut bench = Bench { world: World::new(&Settings::default(), 1), trace: Vec::new() };
        bench.pass(500);
        bench
    }

    fn pass(&mut self, millis: u64) {
        let until = self.world.now() + Span::millis(millis);
        self.world.run_until(until, &mut self.trace);
    }

    fn enter(&mut self, client: ClientId, line: &str) {
        let what = ClientCommand::Enter(line.into());
        self.world.command(&Command::Client { client, what }, &mut self.trace);
    }

    /// Enters a line, and tells what is printed within so many milliseconds.
    fn said(&mut self, client: ClientId, line: &str, millis: u64) -> String {
        self.trace.clear();
        self.enter(client, line);
        self.pass(millis);
        self.printed(client)
    }

    /// What was printed lately, in lines.
    fn printed(&self, client: ClientId) -> String {
        let text = |event: &TraceEvent| match &event.kind {
            EventKind::Console(from, note) if *from == client => match &**note {
                Note::Printed(text) | Note::Complained(text) => Some(text.to_string()),
                Note::Entered { .. } | Note::Left => None,
            },
            _ => None,
        };
        self.trace.iter().filter_map(text).collect::<Vec<_>>().join("\n")
    }

    fn prompt(&self, client: ClientId) -> String {
        self.world.ensemble().client(client).expect("it is there").prompt()
    }

    fn terminal(&self, client: ClientId) -> &Terminal {
        let host = self.world.ensemble().client(client).expect("it is there");
        host.terminal().expect("something was entered")
    }
}

/// Lines that begin with `> ` are entered at C1, those behind are printed within 100 ms.
fn check(bench: &mut Bench, dialogue: &str) {
    let mut lines = dialogue.trim().lines().map(str::trim_start).peekable();
    while let Some(line) = lines.next() {
        let entered = line.strip_prefix("> ").unwrap_or_else(|| panic!("{line} is not entered"));
        let mut expected = Vec::new();
        while let Some(line) = lines.next_if(|line| !line.starts_with("> ")) {
            expected.push(line.to_owned());
        }
        assert_eq!(bench.said(C1, entered, 100), expected.join("\n"), "{entered}");
    }
}

#[test]
fn commands_are_asked_of_the_servers() {
    check(
        &mut Bench::new(),
        "> create /a hello
         Created /a
         > get /a
         hello
         > get /nope
         Node does not exist: /nope
         > create /a again
         Node already exists: /a
         > create /a/b
         Created /a/b
         > ls -R /a
         /a
         /a/b
         > multi create /c ; delete /none
         Nothing was done:
         create /c: would have gone well
         delete /none: Node does not exist: /none
         > deleteall /a
         > ls /
         [zookeeper]",
    );
}

#[test]
fn what_is_bad_is_said_and_the_session_stays() {
    check(
        &mut Bench::new(),
        "> create a
         Path must start with / character
         > get /a//b
         Invalid path string \"/a//b\" caused by empty node name specified @3
         > set /a \"never closed
         Node does not exist: /a
         > create -q /a
         Unrecognized option: -q
         > set -v many /a x
         For input string: \"many\"
         > move S9
         There is no such server: they are S1, S2, …
         > connect nowhere
         There is no such server: they are S1, S2, …
         > create /fine
         Created /fine",
    );
}

#[test]
fn data_that_no_server_takes_cost_the_connection_and_not_the_session() {
    let mut bench = Bench::new();
    bench.said(C1, "create /a", 100);
    let session = bench.world.ensemble().client(C1).expect("it is there").client().session();
    let said = bench.said(C1, &format!("set /a {}", "x".repeat(1_100_000)), 3_000);
    assert!(said.contains("KeeperErrorCode = ConnectionLoss for /a"), "{said}");
    assert!(
        said.contains("WatchedEvent state:Disconnected type:None path:null zxid: -1"),
        "{said}"
    );
    assert!(said.contains("state:SyncConnected"), "{said}");
    assert_eq!(bench.said(C1, "get /a", 100), "null");
    let client = bench.world.ensemble().client(C1).expect("it is there").client();
    assert_eq!(client.session(), session);
}

#[test]
fn the_prompt_names_server_and_state_and_counts() {
    let mut bench = Bench::new();
    assert_eq!(bench.prompt(C1), "[zk: S2(CONNECTED) 0] ");
    bench.enter(C1, "ls /");
    assert!(bench.terminal(C1).is_busy());
    bench.pass(100);
    assert_eq!(bench.prompt(C1), "[zk: S2(CONNECTED) 1] ");
    bench.said(C1, "close", 100);
    assert_eq!(bench.prompt(C1), "[zk: nobody(CLOSED) 2] ");
    assert_eq!(bench.said(C1, "ls /", 100), "Not connected");
}

#[test]
fn lines_that_come_too_early_wait_as_if_typed_ahead() {
    let mut bench = Bench::new();
    bench.trace.clear();
    for line in ["create /a", "set /a v1", "get /a"] {
        bench.enter(C1, line);
    }
    assert_eq!(bench.terminal(C1).typed_ahead().count(), 2);
    bench.pass(200);
    assert_eq!(bench.printed(C1), "Created /a\nv1");
    assert_eq!(bench.terminal(C1).history().len(), 3);
}

#[test]
fn sessions_are_moved_closed_and_begun_anew() {
    let mut bench = Bench::new();
    bench.said(C1, "create -e /mine", 100);
    let moved = bench.said(C1, "move S3", 200);
    let told = |state: &str| format!("WatchedEvent state:{state} type:None path:null zxid: -1");
    let (lost, found) = (told("Disconnected"), told("SyncConnected"));
    assert_eq!(moved, format!("\nWATCHER::\n\n{lost}\n\nWATCHER::\n\n{found}"));
    assert_eq!(bench.prompt(C1), "[zk: S3(CONNECTED) 2] ");
    assert_eq!(bench.said(C1, "ls /", 100), "[mine, zookeeper]");
    let anew = bench.said(C1, "connect S1", 300);
    assert!(anew.contains("state:Closed") && anew.contains("state:SyncConnected"), "{anew}");
    assert_eq!(bench.prompt(C1), "[zk: S1(CONNECTED) 4] ");
    assert_eq!(bench.said(C1, "ls /", 100), "[zookeeper]");
}

/// It falls silent; its ephemerals go with its session, the watcher hears of it, and so does it.
#[test]
fn a_session_that_is_let_expire_takes_its_ephemerals_along() {
    let mut bench = Bench::new();
    bench.said(C1, "create -e /mine", 100);
    bench.said(C2, "stat -w /mine", 100);
    let said = bench.said(C1, "expire", 30_000);
    assert!(said.contains("state:Disconnected") && said.contains("state:Expired"), "{said}");
    let heard = bench.printed(C2);
    assert!(heard.contains("type:NodeDeleted path:/mine"), "{heard}");
    assert_eq!(bench.said(C1, "ls /", 100), "Not connected");
    assert_eq!(bench.said(C2, "ls /", 100), "[zookeeper]");
}

/// With `-l` a watch is forgotten even where the answer does not come; without, it is set again.
#[test]
fn a_watch_removed_locally_is_not_set_again() {
    for (line, is_left) in [("removewatches /a", true), ("removewatches /a -l", false)] {
        let mut bench = Bench::new();
        bench.said(C1, "create /a", 100);
        bench.said(C1, "get -w /a", 100);
        bench.enter(C1, line);
        bench.world.command(&Command::Crash(ServerId(2)), &mut bench.trace);
        bench.pass(3_000);
        let client = bench.world.ensemble().client(C1).expect("it is there").client();
        let watches = client.watches().by_kind().iter().any(|(_, paths)| !paths.is_empty());
        assert_eq!(watches, is_left, "{line}");
    }
}

#[test]
fn a_scenario_speaks_the_consoles_language() {
    let text = "\
servers 5
seed 1
run 2s

at 500ms C1> create /a 'it is # mine'
at 600ms C1 expire
at 700ms C2> multi set /a \"b\" ; check -v 1 /a
";
    let scenario = Scenario::from_text(text).expect("all of it is legal");
    assert_eq!(scenario.to_text(), text);
    assert_eq!(Scenario::from_json(&scenario.to_json()), Ok(scenario.clone()));
    let mut run = zabscope::run::Run::new(&scenario).expect("a sound scenario");
    run.run_until(Instant(1_000_000));
    let printed = |client| {
        let said = run.trace().iter().filter_map(move |event| match &event.kind {
            EventKind::Console(from, note) if *from == client => Some(&**note),
            _ => None,
        });
        said.filter(|note| !matches!(note, Note::Entered { .. })).cloned().collect::<Vec<_>>()
    };
    assert_eq!(printed(C1)[0], Note::Complained("Created /a".into()));
    let done = "Set /a, dataVersion = 1\nChecked /a";
    assert_eq!(printed(C2), [Note::Printed(done.into())]);
}
