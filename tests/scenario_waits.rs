//! Scenarios that wait and hold: they go on when something is reached, not at an instant, and say
//! what was not reached.

#![cfg(not(target_arch = "wasm32"))]

use zabscope::run::Run;
use zabscope::scenario::Scenario;
use zabscope::sim::{Command, EventKind};
use zabscope::types::{Instant, ServerId, Span};

fn run(text: &str) -> Run {
    let scenario = Scenario::from_text(text).unwrap_or_else(|error| panic!("{error}"));
    let mut run = Run::new(&scenario).expect("it can be run");
    run.run_until(scenario.until);
    run.world().validate();
    assert_eq!(run.violation(), None);
    run
}

/// The waits in order: what was waited for, and whether it was reached.
fn waits(run: &Run) -> Vec<(String, bool)> {
    let text = zabscope::scenario::condition_text;
    run.waits_ended().iter().map(|wait| (text(&wait.condition), wait.reached)).collect()
}

fn check_reached(text: &str) -> Run {
    let run = run(text);
    for wait in run.waits_ended() {
        let condition = zabscope::scenario::condition_text(&wait.condition);
        assert!(wait.reached, "{condition} at {} s", wait.at);
    }
    assert!(run.is_played_out(), "{} waits ended", run.waits_ended().len());
    assert!(!refused(&run), "a command was refused");
    run
}

fn refused(run: &Run) -> bool {
    run.trace().iter().any(|event| matches!(event.kind, EventKind::CommandRefused(_)))
}

fn last_logged(run: &Run, server: u8) -> String {
    let server = run.world().ensemble().server(ServerId(server)).expect("it exists");
    server.disk().durable().last_zxid().to_string()
}

/// Histories on disk, a leader that has the longest one, and the followers that are brought to it.
const INIT: &str = "
servers 3
clients
off S1 S2 S3
run 20s
disk S1 S2 epoch 1 log (1,1)
disk S3 epoch 1 log (1,1)..(1,2)
then start S1
then start S2
then start S3
until S3 leads
until all serve
";

#[test]
fn a_run_begins_with_histories_on_disk() {
    let run = check_reached(INIT);
    assert_eq!([1, 2, 3].map(|server| last_logged(&run, server)), ["1·2", "1·2", "1·2"]);
}

/// The steps of ZOOKEEPER-4646: the history that a leader sends is on no disk yet when its follower
/// crashes. A correct follower has not acknowledged it, so that nothing is lost.
#[test]
fn a_held_log_step_and_disk_keep_a_follower_from_acknowledging() {
    let text = format!(
        "{}{}",
        INIT.replace("until all serve", ""),
        "
then crash S1
then hold S2 disk
until S2 receives NEWLEADER from S3
after 50ms step S2 disk
until S2 persists sync within 1s
until S2 sends ACK (2,0) to S3 within 100ms
"
    );
    let run = run(&text);
    let waits = waits(&run);
    let last = waits.last().expect("there are waits");
    assert_eq!(last, &("S2 sends ACK (2,0) to S3".to_owned(), false), "{waits:?}");
    assert!(run.is_played_out());
}

#[test]
fn messages_on_a_held_link_arrive_one_by_one_by_hand() {
    let run = check_reached(
        "
servers 3
clients S3
run 20s
until all serve
after 1s hold S3 -> S1 learner
then C1 create /a 'x'
until S3 sends PROPOSAL to S1
until C1 is answered
then deliver S3 -> S1 learner
after 10ms deliver 9 S3 -> S1 learner
until S1 applies (1,2)
then release S3 -> S1
until all is quiet
",
    );
    let arrivals: Vec<Instant> = run
        .trace()
        .iter()
        .filter(|event| event.to_string().contains("S3→S1   got"))
        .map(|event| event.at)
        .collect();
    assert!(!arrivals.is_empty());
}

/// A wait that is not reached ends, is told, and what follows comes; `or end` ends the run instead.
#[test]
fn what_is_not_reached_is_told() {
    let text = |or_end: &str| {
        format!(
            "servers 3\nrun 5s\nuntil all serve\n\
             until S1 is down within 300ms{or_end}\nthen crash S1\nuntil S1 is down\n"
        )
    };
    let goes_on = run(&text(""));
    let expected = [("all serve", true), ("S1 is down", false), ("S1 is down", true)];
    assert_eq!(waits(&goes_on), expected.map(|(text, reached)| (text.to_owned(), reached)));
    assert_eq!(goes_on.now(), Instant(5_000_000));
    let [first, second, _] = [0, 1, 2].map(|place| goes_on.waits_ended()[place].clone());
    assert_eq!(second.at.since(first.at), Span::millis(300));
    let lines = Scenario::command_lines(&text("")).expect("it is legal");
    assert_eq!(lines[second.command as usize], 4);

    let ends = run(&text(" or end"));
    assert_eq!(waits(&ends).len(), 2);
    assert!(ends.is_stopped() && !ends.is_played_out());
    assert_eq!(ends.now(), second.at);
}

#[test]
fn a_connection_is_reset_and_the_follower_comes_back() {
    check_reached(
        "
servers 3
run 20s
until all serve
then reset S1 <-> S3 learner
until S1 gives up
until all serve
",
    )
    .world()
    .validate();
}

/// A count near its end forces a new epoch: ZOOKEEPER-1277.
#[test]
fn a_count_near_its_end_forces_a_new_epoch() {
    let run = check_reached(
        "
servers 3
clients S2
set zxid_counter_start 4294967291
run 20s
until S3 leads
until S1 commits (1,0xfffffffc)
until all serve
then C1 create /a
until C1 is answered
then C1 create /b
until C1 is answered
then C1 create /c
until S3 gives up
until all serve
after 1s C1 create /d
until S1 logs (2,0xfffffffc)
",
    );
    assert!(last_logged(&run, 1).starts_with("2·"), "{}", last_logged(&run, 1));
}

/// What is done to a run between waits replays, whatever it comes between.
#[test]
fn interference_between_waits_replays() {
    let text = "servers 3\nclients S1\nrun 3s\nuntil all serve\nafter 20ms crash S1\n\
                after 30ms start S1\nuntil S1 serves\nthen crash S2\nuntil S2 serves within 1s\n\
                at 100ms C1 create /x\nthen start S2\n";
    let scenario = Scenario::from_text(text).expect("it is legal");
    for gap in [7, 31, 97, 211] {
        let mut live = Run::new(&scenario).expect("it can be run");
        let commands = [Command::Pause(ServerId(3)), Command::Resume(ServerId(3))];
        let mut count = 0;
        while live.now() < Instant(2_000_000) {
            for _ in 0..gap {
                live.step();
            }
            live.command(commands[count % 2].clone());
            count += 1;
        }
        let until = live.now() + Span::millis(500);
        live.run_until(until);
        let recorded = Scenario::from_text(&live.scenario().to_text()).expect("it reads itself");
        assert_eq!(recorded, live.scenario());
        let mut replayed = Run::new(&recorded).expect("it can be run");
        replayed.run_until(until);
        let both = replayed.trace().iter().zip(live.trace().iter());
        for (replayed, live) in both {
            assert_eq!(replayed.to_string(), live.to_string(), "every {gap} steps");
        }
        assert_eq!(replayed.trace().len(), live.trace().len(), "every {gap} steps");
        let hashes = (replayed.trace_hash(), replayed.world().state_hash());
        assert_eq!(hashes, (live.trace_hash(), live.world().state_hash()), "every {gap} steps");
        assert_eq!(replayed.waits_ended(), live.waits_ended());
    }
}
