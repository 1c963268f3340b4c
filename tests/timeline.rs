//! Time travel: every moment that a timeline goes to is the one that a straight run comes through,
//! byte for byte, whichever way it is reached, with its checkpoints and without; what is done in
//! the past makes a branch and changes no other.

use zabscope::api::{CreateMode, Op};
use zabscope::ensemble::ClientCommand;
use zabscope::run::{BranchId, Chronicle, LASTING_EVENTS, Run, Timeline};
use zabscope::scenario::Scenario;
use zabscope::sim::{Command, EventId, Purpose, Rng, Settings, TraceEvent, World};
use zabscope::types::{ClientId, Instant, ServerId, Span};

/// Counts moves and events, so that a chronicle that is not copied with its moment is found out.
#[derive(Clone, Default, PartialEq, Debug)]
struct Count {
    moves: u64,
    events: u64,
}

impl Chronicle for Count {
    fn absorb(&mut self, events: &[TraceEvent], _: &World) {
        self.moves += 1;
        self.events += events.len() as u64;
    }
}

/// Where a run ends: the story, and quiet enough behind it for checkpoints that last.
const END: Instant = Instant(32_000_000);

type Timed = Timeline<Count>;

/// All that could differ: what happened, how everything stands, what was noted, what was judged.
type State = (u64, u64, Count, String);

fn state(timeline: &Timed) -> State {
    let run = timeline.run();
    let judged = run.verdicts().map(|(name, found)| format!("{name:?} {found:?}")).join("\n");
    (run.trace_hash(), run.world().state_hash(), timeline.chronicle().clone(), judged)
}

fn opened(seed: u64) -> Timed {
    let run = Run::new(&Scenario::new(Settings::default(), seed)).expect("a sound scenario");
    Timeline::new(&run)
}

fn write(client: u16, path: &str) -> Vec<Command> {
    let op = Op::create(path, "x", CreateMode::PersistentSequential);
    vec![Command::Client { client: ClientId(client), what: ClientCommand::Submit(op) }]
}

/// What is done to an ensemble in its first five seconds: writes, a crash, a split, two things at
/// once.
fn story() -> Vec<(u64, Vec<Command>)> {
    let mut acts: Vec<(u64, Vec<Command>)> =
        (0..40).map(|step| (301 + 97 * step, write(1 + step as u16 % 2, "/n-"))).collect();
    acts.extend([
        (450, vec![Command::CrashLeader]),
        (1_400, vec![Command::Restart(ServerId(5)), Command::Pause(ServerId(2))]),
        (2_000, vec![Command::Resume(ServerId(2))]),
        (2_300, vec![Command::Partition { groups: vec![vec![ServerId(1), ServerId(4)]] }]),
        (3_100, vec![Command::HealAll, Command::ResetLatency]),
    ]);
    acts.sort_by_key(|(at, _)| *at);
    acts
}

fn millis(at: u64) -> Instant {
    Instant::ZERO + Span::millis(at)
}

/// Goes on to an instant, making new events.
fn run_until(timeline: &mut Timed, at: Instant) {
    while timeline.next_instant().is_some_and(|next| next <= at) && timeline.step() {}
}

/// A run with everything in it.
fn told(seed: u64) -> Timed {
    let mut timeline = opened(seed);
    for (at, commands) in story() {
        run_until(&mut timeline, millis(at));
        timeline.act(millis(at), commands);
    }
    run_until(&mut timeline, END);
    timeline
}

/// The states of a straight run, each with the first event that has not happened there.
fn straight(timeline: &Timed) -> Vec<(EventId, State)> {
    let mut again = timeline.clone();
    again.seek_instant(Instant::ZERO);
    let mut states = vec![(again.cursor(), state(&again))];
    while !again.is_live() && again.step() {
        // One of many: a state is dear to tell.
        if again.chronicle().moves.is_multiple_of(97) {
            states.push((again.cursor(), state(&again)));
        }
    }
    states
}

/// Wherever one jumps from, a moment is the same.
fn check_seeks(timeline: &mut Timed, states: &[(EventId, State)], seed: u64) {
    let mut draws = Rng::new(seed, Purpose::Chaos);
    for _ in 0..60 {
        let place = draws.below(states.len() as u64) as usize;
        let (cursor, expected) = &states[place];
        let Some(last) = cursor.number().checked_sub(2) else { continue };
        timeline.seek_event(EventId::after(last));
        // Moves without an event lie between: those that belong to this state.
        while timeline.chronicle().moves < expected.2.moves {
            assert!(timeline.step());
        }
        assert_eq!(&state(timeline), expected, "event {last}");
    }
}

#[test]
fn any_moment_is_reached_from_anywhere_as_by_a_straight_run() {
    for seed in 0..3 {
        let mut timeline = told(seed);
        let end = state(&timeline);
        assert!(timeline.trace().len() > 2 * LASTING_EVENTS, "{}", timeline.trace().len());
        let states = straight(&timeline);
        check_seeks(&mut timeline, &states, seed);
        timeline.drop_checkpoints();
        check_seeks(&mut timeline, &states, seed + 100);
        timeline.seek_end();
        assert_eq!(state(&timeline), end);
    }
}

#[test]
fn an_instant_shows_all_that_was_due_and_nothing_else() {
    let mut timeline = told(1);
    let mut draws = Rng::new(5, Purpose::Chaos);
    for _ in 0..100 {
        let at = Instant(draws.below(END.0 + 200_000));
        timeline.seek_instant(at);
        let due = timeline.trace().iter().filter(|event| event.at <= at).count() as u64;
        assert_eq!(timeline.cursor(), EventId::after(due), "{at}");
        assert!(timeline.run().now() <= at);
        let next = timeline.next_instant();
        assert!(timeline.is_live() || next.is_some_and(|next| next > at), "{at}");
    }
}

/// The recipe is the truth: run as a scenario it gives the same trace.
#[test]
fn a_branch_replays_from_its_scenario() {
    let mut timeline = told(2);
    timeline.seek_instant(millis(2_000));
    timeline.act(millis(2_000), vec![Command::CrashLeader]);
    run_until(&mut timeline, millis(4_000));
    let mut again = Run::new(&timeline.run().scenario()).expect("what was recorded is sound");
    while again.trace().len() < timeline.trace().len() && again.step() {}
    assert_eq!(again.trace_hash(), timeline.run().trace_hash());
    assert!(again.trace().iter().eq(timeline.trace().iter()));
}

#[test]
fn acting_in_the_past_makes_a_branch_and_keeps_the_future() {
    let mut timeline = told(3);
    let end = state(&timeline);
    timeline.seek_instant(millis(1_000));
    let here = state(&timeline);
    timeline.act(millis(1_000), vec![Command::Crash(ServerId(1))]);
    assert_eq!(timeline.shown(), BranchId(1));
    assert!(timeline.is_live());
    run_until(&mut timeline, millis(1_500));
    let branch_end = state(&timeline);
    let fork =
        timeline.branches().nth(1).expect("the branch").1.fork().expect("it began somewhere");
    assert_eq!((fork.from, fork.at), (BranchId::FIRST, millis(1_000)));

    let parts = {
        let branches: Vec<_> = timeline.branches().map(|(_, branch)| branch).collect();
        branches[1].parts_from(branches[0]).expect("they differ")
    };
    assert_eq!(parts, EventId::after(here.2.events), "where the crash was");

    assert!(timeline.switch(BranchId::FIRST));
    timeline.seek_end();
    assert_eq!(state(&timeline), end);
    assert!(timeline.switch(BranchId(1)));
    timeline.seek_end();
    assert_eq!(state(&timeline), branch_end);
    let states = straight(&timeline);
    check_seeks(&mut timeline, &states, 9);
}

#[test]
fn undo_goes_before_what_was_done_last_and_redo_behind_it() {
    let mut timeline = told(4);
    timeline.seek_instant(millis(1_450));
    let here = state(&timeline);
    // The last thing done are two at once.
    assert_eq!(timeline.undo(), Some(millis(1_400)));
    assert_eq!(
        timeline.coming_act().map(|act| act.command.clone()),
        Some(Command::Restart(ServerId(5)))
    );
    assert_eq!(timeline.redo(), Some(millis(1_400)));
    assert_eq!(timeline.coming_act().map(|act| act.at), Some(millis(1_465)));
    timeline.seek_instant(millis(1_450));
    assert_eq!(state(&timeline), here);

    timeline.seek_instant(Instant::ZERO);
    assert_eq!(timeline.undo(), None);
    timeline.seek_end();
    assert_eq!(timeline.redo(), None);
}

#[test]
fn branches_have_names_and_go_when_they_are_deleted() {
    let mut timeline = told(5);
    for at in [1_000, 2_000] {
        timeline.switch(BranchId::FIRST);
        timeline.seek_instant(millis(at));
        timeline.act(millis(at), vec![Command::CrashLeader]);
    }
    timeline.seek_instant(millis(1_500));
    timeline.act(millis(1_500), write(1, "/late-"));
    timeline.rename(BranchId(2), "second crash");
    let names = |timeline: &Timed| -> Vec<(u32, Option<String>, Option<u32>)> {
        let entry = |branch: &zabscope::run::Branch<Count>| {
            (branch.name().map(str::to_owned), branch.fork().map(|fork| fork.from.0))
        };
        timeline.branches().map(|(id, branch)| (id.0, entry(branch).0, entry(branch).1)).collect()
    };
    let second = Some("second crash".to_owned());
    assert_eq!(
        names(&timeline),
        [(0, None, None), (1, None, Some(0)), (2, second, Some(0)), (3, None, Some(2))],
    );
    assert!(!timeline.delete(BranchId(3)), "it is shown");
    assert!(timeline.delete(BranchId(2)));
    assert!(!timeline.switch(BranchId(2)));
    assert_eq!(names(&timeline), [(0, None, None), (1, None, Some(0)), (3, None, Some(0))]);
}

/// A long run keeps its newest events; what is older is no longer gone to, and the rest is as it
/// would be.
#[test]
fn old_events_fold_into_the_first_checkpoint() {
    let whole = told(6);
    let states = straight(&whole);
    let mut timeline = opened(6);
    timeline.keep_events(4_000);
    for (at, commands) in story() {
        run_until(&mut timeline, millis(at));
        timeline.act(millis(at), commands);
    }
    run_until(&mut timeline, END);
    let first = timeline.trace().first();
    let there = timeline.trace().len() + 1 - first.number();
    assert!((4_000..4_000 + 3 * LASTING_EVENTS).contains(&there), "{there}");
    timeline.seek_instant(Instant::ZERO);
    assert!(timeline.cursor() >= first);
    let base = timeline.cursor();
    assert!(timeline.trace().len() - base.number() >= 4_000, "all that stays can be gone to");
    let later: Vec<_> = states.into_iter().filter(|(cursor, _)| *cursor > base).collect();
    assert!(later.len() > 20);
    check_seeks(&mut timeline, &later, 3);
}

/// The newest moments are close together, older ones far apart.
#[test]
fn checkpoints_are_dense_only_where_they_are_new() {
    let timeline = told(7);
    let events = timeline.trace().len();
    let count = timeline.checkpoint_count() as u64;
    let lasting = events / (LASTING_EVENTS / 2);
    assert!(count <= lasting + zabscope::run::DENSE as u64 + 2, "{count} of {events} events");
    assert!(count >= events / (LASTING_EVENTS + 256), "{count} of {events} events");
}
