//! The app's model driven as a person drives the page: actions and frames, no browser.

use zabscope::console::Note;
use zabscope::run::BranchId;
use zabscope::scenario::Scenario;
use zabscope::sim::{Condition, Reach, Settings};
use zabscope::types::{ClientId, ServerId, Span};
use zabscope::viewer::{Action, ClientAct, Done, Speed, Stop, Told, Viewer};
use zabscope::zab::RoleName;

/// A frame of a screen with 60 a second.
const FRAME: Span = Span::micros(16_667);

fn opened(servers: u8, seed: u64) -> Viewer {
    let scenario = Scenario::new(Settings::with_servers(servers), seed);
    let mut viewer = Viewer::open(&scenario).expect("a sound scenario");
    viewer.run_until_healthy();
    viewer
}

/// Plays frames until `done`, and tells how many seconds of wall time that took.
fn seconds_until(viewer: &mut Viewer, done: impl Fn(&Viewer) -> bool) -> f64 {
    for frame in 0..60 * 60 {
        if done(viewer) {
            return f64::from(frame) / 60.0;
        }
        viewer.advance(FRAME);
    }
    panic!("not within a minute");
}

fn leader(viewer: &Viewer) -> Option<ServerId> {
    viewer.world().ensemble().serving_leader()
}

fn leads(viewer: &Viewer, server: ServerId) -> bool {
    let server = viewer.world().ensemble().server(server).expect("a server of the ensemble");
    server.process().is_some_and(|process| process.peer().role_name() == RoleName::Leading)
}

/// The page opens on an ensemble that has elected its highest id, once, with all clients there.
#[test]
fn opening_shows_a_healthy_ensemble() {
    for servers in [1, 2, 3, 5, 7, 9] {
        let viewer = opened(servers, 7);
        assert_eq!(leader(&viewer), Some(ServerId(servers)), "of {servers}");
        assert_eq!(viewer.eras().reigns().len(), 1);
    }
}

/// From the leader's crash to serving again: at most 8 s of wall time at the default speed.
#[test]
fn a_new_leader_serves_within_eight_seconds_of_a_crash() {
    let mut slowest = 0.0_f64;
    for servers in [3, 5, 7, 9] {
        for seed in 0..100 {
            let mut viewer = opened(servers, seed);
            let old = leader(&viewer).expect("a leader");
            viewer.apply(&Action::CrashLeader);
            let serves = |viewer: &Viewer| leader(viewer).is_some_and(|new| new != old);
            let seconds = seconds_until(&mut viewer, serves);
            slowest = slowest.max(seconds);
            assert!(seconds <= 8.0, "{servers} servers, seed {seed}: {seconds:.1} s");
        }
    }
    println!("slowest new leader: {slowest:.1} s of wall time");
}

/// From a cut to the minority leader stepping down: at most 12 s of wall time.
#[test]
fn a_minority_leader_steps_down_within_twelve_seconds_of_a_cut() {
    let mut slowest = 0.0_f64;
    for servers in [3, 5, 7, 9] {
        for seed in 0..100 {
            let mut viewer = opened(servers, seed);
            let old = leader(&viewer).expect("a leader");
            viewer.apply(&Action::IsolateLeader);
            let seconds = seconds_until(&mut viewer, |viewer| !leads(viewer, old));
            slowest = slowest.max(seconds);
            assert!(seconds <= 12.0, "{servers} servers, seed {seed}: {seconds:.1} s");
        }
    }
    println!("slowest step-down: {slowest:.1} s of wall time");
}

/// A write goes its way and its answer comes back; the request list shows each station.
#[test]
fn a_write_is_followed_to_its_answer() {
    let mut viewer = opened(5, 1);
    viewer.apply(&Action::SendWrite);
    seconds_until(&mut viewer, |viewer| {
        viewer
            .requests()
            .newest_first()
            .next()
            .is_some_and(|request| matches!(request.outcome, Told::Answered(_, Ok(_))))
    });
    let request = viewer.requests().newest_first().next().expect("the write");
    assert!(request.received && request.committed && request.acks >= 3, "{request:?}");
}

/// The second write sets what the first one created.
#[test]
fn sensible_writes_build_on_each_other() {
    let mut viewer = opened(3, 1);
    for expected in ["create", "setData", "multi", "getData"] {
        let action = match expected {
            "multi" => Action::Multi,
            "getData" => Action::Read,
            _ => Action::SendWrite,
        };
        viewer.apply(&action);
        seconds_until(&mut viewer, |viewer| {
            let newest = viewer.requests().newest_first().next();
            newest.is_some_and(|request| request.outcome != Told::Pending)
        });
        let request = viewer.requests().newest_first().next().expect("just asked");
        assert_eq!(request.op.name(), expected);
        assert!(matches!(&request.outcome, Told::Answered(_, Ok(_))), "{request:?}");
    }
}

/// What the page did is in the scenario, and replays to the same trace.
#[test]
fn what_was_done_replays_event_for_event() {
    let mut viewer = opened(5, 3);
    let script = [
        Action::SendWrite,
        Action::CrashLeader,
        Action::SetSpeed(Speed::at(5)),
        Action::SendWrite,
        Action::Split,
        Action::StepForward(Stop::Event),
        Action::PlayPause,
        Action::StepForward(Stop::Milestone),
        Action::HealAll,
        Action::PlayPause,
    ];
    for action in script {
        viewer.apply(&action);
        for _ in 0..90 {
            viewer.advance(FRAME);
        }
    }
    let mut replayed =
        zabscope::run::Run::new(&viewer.run().scenario()).expect("what was recorded");
    while replayed.trace().len() < viewer.trace().len() && replayed.step() {}
    assert_eq!(replayed.trace_hash(), viewer.run().trace_hash());
}

/// Time that stands still shows nothing new, and a hidden page does not leap.
#[test]
fn paused_time_stands_still() {
    let mut viewer = opened(3, 1);
    viewer.apply(&Action::PlayPause);
    let before = viewer.now();
    viewer.advance(Span::millis(5_000));
    assert_eq!(viewer.now(), before);
    viewer.apply(&Action::PlayPause);
    viewer.advance(Span::millis(60_000));
    // A tenth of a second at 1/200, and at most forty times that where nothing goes on.
    assert!(viewer.now().since(before) <= Span::micros(500 * 40), "{}", viewer.now());
}

/// Steps back are steps forward undone: from any notable event to the one before it, and again.
#[test]
fn steps_back_retrace_the_steps_forward() {
    let mut viewer = opened(3, 5);
    for stop in [Stop::Event, Stop::Delivery, Stop::Milestone, Stop::Server(ServerId(2))] {
        viewer.apply(&Action::SeekEnd);
        viewer.apply(&Action::SendWrite);
        let mut shown = Vec::new();
        while viewer.apply(&Action::StepForward(stop)).is_none() {
            shown.push((viewer.now(), viewer.timeline().cursor(), viewer.run().trace_hash()));
        }
        assert!(shown.len() >= 3, "{stop:?}: {}", shown.len());
        viewer.apply(&Action::StepBack(stop));
        for expected in shown.iter().rev().skip(1) {
            viewer.apply(&Action::StepBack(stop));
            let found = (viewer.now(), viewer.timeline().cursor(), viewer.run().trace_hash());
            assert_eq!(found, *expected, "{stop:?}");
        }
    }
}

/// What the page shows of the past is what was to be seen there, and the future stays in view.
#[test]
fn the_past_is_shown_as_it_was() {
    let mut viewer = opened(5, 2);
    let early = viewer.now();
    let old = leader(&viewer).expect("a leader");
    viewer.advance(FRAME);
    viewer.apply(&Action::CrashLeader);
    seconds_until(&mut viewer, |viewer| leader(viewer).is_some_and(|new| new != old));
    viewer.apply(&Action::SendWrite);
    seconds_until(&mut viewer, |viewer| {
        viewer.requests().newest_first().next().is_some_and(|request| request.committed)
    });
    let (late, events) = (viewer.now(), viewer.trace().len());

    viewer.apply(&Action::SeekInstant(early));
    assert_eq!((viewer.now(), leader(&viewer)), (early, Some(old)));
    assert!(viewer.requests().is_empty());
    assert_eq!(viewer.eras().reigns().len(), 2, "the overview shows the whole branch");
    assert_eq!(viewer.trace().len(), events);
    assert!(!viewer.timeline().is_live());

    // Playing goes through what was, and on from there.
    seconds_until(&mut viewer, |viewer| viewer.timeline().is_live());
    assert_eq!(viewer.trace().len(), events);
    assert!(viewer.now() <= late);
    seconds_until(&mut viewer, |viewer| viewer.trace().len() > events);
    assert_eq!(viewer.timeline().branches().count(), 1);
}

/// Undo stands right before what was done, and doing something else there begins a branch.
#[test]
fn undo_and_another_act_make_a_branch() {
    let mut viewer = opened(3, 1);
    viewer.apply(&Action::CrashLeader);
    seconds_until(&mut viewer, |viewer| leader(viewer).is_some());
    assert_eq!(viewer.apply(&Action::Undo), None);
    assert!(viewer.world().ensemble().servers().all(|server| server.process().is_some()));
    assert_eq!(viewer.apply(&Action::Undo), Some(Done::NothingToUndo));
    viewer.apply(&Action::SendWrite);
    assert_eq!(viewer.timeline().branches().count(), 2);
    viewer.apply(&Action::SwitchBranch(BranchId::FIRST));
    viewer.apply(&Action::Redo);
    let crashed = viewer.world().ensemble().servers().filter(|server| server.process().is_none());
    assert_eq!(crashed.count(), 1);
}

/// Running until something is so stops right there.
#[test]
fn running_until_a_condition_stops_where_it_has_come_true() {
    let mut viewer = opened(3, 1);
    viewer.apply(&Action::CrashLeader);
    let condition =
        Condition::Server { server: ServerId(2), reaches: Reach::HasRole(RoleName::Leading) };
    assert_eq!(viewer.apply(&Action::RunUntil(condition)), None);
    assert!(leads(&viewer, ServerId(2)));
    viewer.apply(&Action::StepBack(Stop::Election));
    assert!(!leads(&viewer, ServerId(2)));
}

/// What stands on a client's console.
fn entries(viewer: &Viewer, client: ClientId) -> Vec<String> {
    let text = |note: &Note| match note {
        Note::Complained(text) | Note::Printed(text) => text.to_string(),
        Note::Entered { prompt, line } => format!("{prompt}{line}"),
        Note::Left => "left".to_owned(),
    };
    viewer.consoles().entries(client).map(|entry| text(&entry.note)).collect()
}

/// The past shows what stood on the consoles then, and what is entered there makes another future.
#[test]
fn consoles_belong_to_their_instant() {
    let mut viewer = opened(3, 1);
    let client = viewer.client().expect("a client");
    let before = viewer.now();
    let enter = |line: &str| Action::Client(client, ClientAct::Enter(line.to_owned()));
    viewer.advance(FRAME);
    viewer.apply(&enter("create /a hello"));
    seconds_until(&mut viewer, |viewer| entries(viewer, client).len() == 2);
    let entered = "[zk: S1(CONNECTED) 0] create /a hello";
    assert_eq!(entries(&viewer, client), [entered, "Created /a"]);
    viewer.apply(&Action::SeekInstant(before));
    assert_eq!(entries(&viewer, client), [""; 0]);
    viewer.apply(&enter("get /a"));
    seconds_until(&mut viewer, |viewer| entries(viewer, client).len() == 2);
    assert_eq!(entries(&viewer, client)[1], "Node does not exist: /a");
}

/// The buttons enter their line at the console; where a command waits there, they do not wait too.
#[test]
fn buttons_speak_at_the_console_while_it_is_free() {
    let mut viewer = opened(3, 1);
    let client = viewer.client().expect("a client");
    viewer.apply(&Action::SendWrite);
    viewer.apply(&Action::Multi);
    assert_eq!(viewer.requests().newest_first().count(), 2);
    assert_eq!(entries(&viewer, client), ["[zk: S1(CONNECTED) 0] create /config 'v1'"]);
}

#[test]
fn a_client_more_is_the_chosen_one() {
    let mut viewer = opened(3, 1);
    let clients = viewer.world().ensemble().clients().len();
    viewer.apply(&Action::AddClient(ServerId(3)));
    assert_eq!(viewer.world().ensemble().clients().len(), clients + 1);
    let added = viewer.client().expect("it was added");
    seconds_until(&mut viewer, |viewer| {
        let host = viewer.world().ensemble().client(added).expect("it was added");
        host.prompt() == "[zk: S3(CONNECTED) 0] "
    });
}
