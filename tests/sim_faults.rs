//! Faults of disks, clocks and links: what each does to a run, and which of them ZAB bears.

#![cfg(not(target_arch = "wasm32"))]

use zabscope::run::Run;
use zabscope::scenario::{Scenario, condition_text};
use zabscope::server::Server;
use zabscope::sim::{Command, EventKind, Excess};
use zabscope::types::{Instant, ServerId, Span};

/// Runs a story in which everything that it waits for is reached, no command is refused and no
/// property breaks.
fn check(text: &str) -> Run {
    let text = format!("servers 3\nrun 60s\n{text}");
    let scenario = Scenario::from_text(&text).unwrap_or_else(|error| panic!("{error}"));
    let mut run = Run::new(&scenario).expect("it can be run");
    run.run_until(scenario.until);
    run.world().validate();
    assert_eq!(run.violation(), None, "{text}");
    for wait in run.waits_ended() {
        assert!(wait.reached, "{} at {} s", condition_text(&wait.condition), wait.at);
    }
    for event in run.trace().iter() {
        assert!(!matches!(event.kind, EventKind::CommandRefused(_)), "{event}");
    }
    assert!(run.is_played_out());
    run
}

fn server(run: &Run, id: u8) -> &Server {
    run.world().ensemble().server(ServerId(id)).expect("it exists")
}

fn excesses(run: &Run) -> Vec<Excess> {
    let excess = |kind: &EventKind| match kind {
        EventKind::Exceeded(excess) => Some(*excess),
        _ => None,
    };
    run.trace().iter().filter_map(|event| excess(&event.kind)).collect()
}

/// Whether a line of the transcript has this in it.
fn told(run: &Run, what: &str) -> bool {
    run.trace().iter().any(|event| event.to_string().contains(what))
}

const WRITE: &str = "until all serve\nafter 300ms C1 create -s /a- 'x'\nuntil C1 is answered\n";

#[test]
fn a_crash_loses_exactly_what_is_not_flushed() {
    let run = check(&format!(
        "clients S1\n{WRITE}until all is quiet\nthen hold S1 disk\nthen C1 create /b\n\
         until S1 commits (1,3)\nthen crash S1\nuntil S1 is down\n",
    ));
    assert_eq!(server(&run, 1).disk().durable().last_zxid().to_string(), "1·2");
    assert_eq!(server(&run, 2).disk().durable().last_zxid().to_string(), "1·3");
}

/// What was being flushed may be on disk in part; the torn record behind it is dropped at a start.
#[test]
fn a_torn_tail_is_dropped() {
    let run = check(&format!(
        "clients S1\n{WRITE}until all is quiet\nthen hold S1 log\n\
         then hold S1 disk\nthen C1 program\n  create /b\n  create /c\n  create /d\n\
         until S1 commits (1,5)\nthen step S1 log\nthen crash S1 torn 1\nafter 50ms start S1\n\
         then release all\nuntil S1 serves\nuntil S1 logs (1,5)\n",
    ));
    assert!(told(&run, "disk damaged: a torn record dropped, 0 snapshots skipped"));
    assert!(told(&run, "started: snapshot 0·0 and 3 txns to 1·3"));
    assert_eq!(excesses(&run), []);
}

#[test]
fn a_flushed_record_that_is_torn_is_beyond_what_zab_bears() {
    let run = check(&format!(
        "clients S1\n{WRITE}until all is quiet\nthen crash S2\nthen disk S2 torn\n\
         then start S2\nuntil S2 serves\nuntil S2 logs (1,2)\n",
    ));
    assert_eq!(excesses(&run), [Excess::ConfirmedLost]);
}

/// The server process ends, and comes back once there is room.
#[test]
fn a_full_disk_ends_the_process() {
    let run = check(&format!(
        "clients S1\n{WRITE}then disk S2 full\nthen C1 create /b\nuntil S2 is down\n\
         until C1 is answered\nafter 100ms disk S2 free\nthen start S2\nuntil S2 serves\n\
         then disk S3 fails\nthen C1 create /c\nuntil S3 is down\nthen start S3\n\
         until all serve\n",
    ));
    assert!(told(&run, "exited 1: DiskFailed"));
    assert_eq!(excesses(&run), []);
}

/// A server that finds nothing on its disk has no vote where `autocreate` is off: here the wiped
/// one would elect itself with the one that has nothing yet.
#[test]
fn a_wiped_server_has_no_say_until_it_is_brought_up_to_date() {
    let run = check(&format!(
        "clients S1\nset autocreate false\n{WRITE}until all is quiet\nthen crash S3\n\
         then crash S1\nthen disk S3 wiped\nthen start S3\nafter 5s start S1\n\
         until all serve\n"
    ));
    assert!(told(&run, "DataMissing"));
    assert_eq!(excesses(&run), []);
    let process = |id| server(&run, id).process().expect("it runs");
    assert_eq!(process(3).peer().leader(), Some(ServerId(2)));
    assert_eq!(process(3).database().tree.digest(), process(1).database().tree.digest());
}

#[test]
fn wiping_a_majority_or_with_autocreate_is_flagged() {
    let wipe = "until all serve\nthen crash S1\nthen disk S1 wiped\n";
    assert_eq!(excesses(&check(wipe)), [Excess::ConfirmedLost]);
    let off = format!("set autocreate false\n{wipe}");
    assert_eq!(excesses(&check(&off)), []);
    let majority = format!("{off}then crash S2\nthen disk S2 wiped\n");
    assert_eq!(excesses(&check(&majority)), [Excess::NoQuorumLeft]);
}

/// The log reaches back to the older snapshot: nothing is lost.
#[test]
fn a_damaged_snapshot_is_skipped_for_the_older_one() {
    let run = check(
        "clients\noff S1 S2 S3\ndisk S1 S2 S3 epoch 1 log (1,1)..(1,5) snapshot (1,3)\n\
         disk S1 damaged\nthen start S1\nthen start S2\nthen start S3\nuntil all serve\n",
    );
    assert!(told(&run, "S1      started: snapshot 0·0 and 5 txns to 1·5"));
    assert!(told(&run, "S2      started: snapshot 1·3 and 2 txns to 1·5"));
    assert_eq!(excesses(&run), []);
}

/// Without any snapshot a log says nothing; an operator empties the disk.
#[test]
fn disks_that_contradict_themselves_are_refused_and_repaired() {
    for (disk, why) in [
        ("epoch 1 log (2,1)", "LogBeyondCurrentEpoch"),
        ("acceptedEpoch 1 currentEpoch 2 log (1,1)", "AcceptedBelowCurrent"),
    ] {
        let run = check(&format!(
            "clients\noff S1\ndisk S1 {disk}\nthen start S1\nuntil S1 refuses\n\
             until S2 serves\nthen repair S1\n",
        ));
        assert!(told(&run, &format!("refuses to start: {why}")), "{why}");
    }
    let run = check(
        "clients\nset autocreate false\noff S1 S2 S3\ndisk S1 S2 S3 epoch 1 log (1,1)..(1,5)\n\
         disk S1 damaged\nthen start S1\nuntil S1 refuses\nthen repair S1\nthen start S2\n\
         then start S3\nthen start S1\nuntil all serve\n",
    );
    assert!(told(&run, "refuses to start: NoSnapshot"));
    assert_eq!(excesses(&run), []);
}

/// A clock that goes too fast fires early: its leader gives up on followers that are in time.
#[test]
fn clocks_go_at_their_own_rate() {
    let timers = |rate: u32| {
        let run = check(&format!(
            "clients\nuntil all serve\nthen clock S3 rate {rate}%\nafter 10s release all\n"
        ));
        let clock = run.world().clock(ServerId(3)).0 - run.world().clock(ServerId(1)).0;
        let begun = Instant(2_000_000);
        let ticks = run.trace().iter().filter(|event| {
            event.at > begun
                && event.at < begun + Span::millis(2_000)
                && event.to_string().contains("S3      timer HalfTick")
        });
        (ticks.count(), clock)
    };
    let (usual, _) = timers(100);
    let (fast, ahead) = timers(200);
    let (slow, behind) = timers(50);
    assert_eq!((usual, fast, slow), (40, 80, 20));
    assert!((59_000..60_000).contains(&ahead) && (-30_000..-29_000).contains(&behind));
}

#[test]
fn a_flapping_link_is_cut_and_open_by_turns() {
    let run = check("clients\nuntil all serve\nthen flap S1 -> S2 300ms\nafter 1s heal all\n");
    assert_eq!(run.world().network().cuts().count(), 0);
    let scenario = Scenario::from_text("servers 3\nat 1s flap S1 -> S2 300ms\n").expect("legal");
    let mut run = Run::new(&scenario).expect("it can be run");
    let cut_at = [1_100, 1_400, 1_700, 2_000].map(|millis| {
        run.run_until(Instant(millis * 1_000));
        run.world().network().cuts().count()
    });
    assert_eq!(cut_at, [1, 0, 1, 0]);
    run.command(Command::HealAll);
    run.run_until(Instant(9_000_000));
    assert_eq!(run.world().network().cuts().count(), 0);
}

#[test]
fn a_slow_disk_slows_its_server_alone() {
    let run = check(&format!(
        "clients S1\n{WRITE}until all is quiet\nthen disk S2 slow 300ms..300ms\n\
         then C1 create /b\nuntil C1 is answered within 100ms\nuntil S2 logs (1,3) within 400ms\n\
         then disk S2 usual\nthen C1 create /c\nuntil S2 logs (1,4) within 400ms\n"
    ));
    assert_eq!(excesses(&run), []);
}
