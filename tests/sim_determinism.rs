//! A run is a value: same settings, seed and commands, same trace; a copy goes on as its original.
#![cfg(not(target_arch = "wasm32"))]

use std::hash::{Hash, Hasher};

use zabscope::api::{CreateMode, Op};
use zabscope::ensemble::ClientCommand;
use zabscope::sim::{Command, EventId, EventKind, Settings, StableHasher, TraceEvent, World};
use zabscope::types::{ClientId, Instant, ServerId, Span};

fn at(millis: u64) -> Instant {
    Instant::ZERO + Span::millis(millis)
}

/// A story with everything in it: writes, a crash, a partition, a pause, a broken connection.
fn story() -> Vec<(Instant, Command)> {
    let write = |client, path: &str| Command::Client {
        client: ClientId(client),
        what: ClientCommand::Submit(Op::create(path, "x", CreateMode::EphemeralSequential)),
    };
    let mut commands: Vec<(Instant, Command)> =
        (0..30).map(|step| (at(300 + 97 * step), write(1 + step as u16 % 3, "/n-"))).collect();
    commands.extend([
        (at(450), Command::CrashLeader),
        (at(900), Command::Restart(ServerId(5))),
        (at(1_200), Command::Partition { groups: vec![vec![ServerId(1), ServerId(4)]] }),
        (at(1_900), Command::Pause(ServerId(3))),
        (at(2_100), Command::HealAll),
        (at(2_500), Command::Resume(ServerId(3))),
        (at(2_900), Command::IsolateLeader),
        (at(3_600), Command::HealAndRestartAll),
    ]);
    commands.sort_by_key(|(instant, _)| *instant);
    commands
}

fn play(world: &mut World, from: Instant, until: Instant, trace: &mut Vec<TraceEvent>) {
    for (instant, command) in story() {
        if instant > from && instant <= until {
            world.run_until(instant, trace);
            world.command(&command, trace);
        }
    }
    world.run_until(until, trace);
}

fn hash(trace: &[TraceEvent]) -> u64 {
    let mut hasher = StableHasher::new();
    trace.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn the_same_run_twice_is_the_same_trace_and_state() {
    let run = |seed| {
        let mut world = World::new(&Settings::default(), seed);
        let mut trace = Vec::new();
        play(&mut world, Instant::ZERO, at(5_000), &mut trace);
        world.validate();
        (hash(&trace), world.state_hash(), trace.len())
    };
    for seed in 0..10 {
        assert_eq!(run(seed), run(seed), "seed {seed}");
    }
    assert_ne!(run(1).0, run(2).0);
}

#[test]
fn a_copy_goes_on_as_its_original() {
    for seed in 0..5 {
        let mut original = World::new(&Settings::default(), seed);
        let mut trace = Vec::new();
        let mut before = Instant::ZERO;
        for millis in (250..5_000).step_by(493) {
            let middle = at(millis);
            play(&mut original, before, middle, &mut trace);
            let mut copy = original.clone();
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            assert_eq!(copy.state_hash(), original.state_hash());
            play(&mut copy, middle, middle + Span::millis(493), &mut theirs);
            play(&mut original, middle, middle + Span::millis(493), &mut ours);
            before = middle + Span::millis(493);
            assert_eq!(ours, theirs, "seed {seed} from {middle}");
            assert_eq!(copy.state_hash(), original.state_hash(), "seed {seed} from {middle}");
            if before >= at(5_000) {
                break;
            }
        }
    }
}

#[test]
fn events_are_numbered_and_follow_from_earlier_ones() {
    let mut world = World::new(&Settings::default(), 4);
    let mut trace = Vec::new();
    play(&mut world, Instant::ZERO, at(5_000), &mut trace);
    let mut next = EventId::FIRST;
    for event in &trace {
        assert_eq!(event.id, next);
        next = next.next();
        assert!(event.cause < Some(event.id), "{event}");
        let may_have_none = matches!(
            event.kind,
            EventKind::Command(_) | EventKind::Client(..) | EventKind::Server(..)
        );
        assert!(event.cause.is_some() || may_have_none, "{event}");
        if let (EventKind::Delivered(arrived), Some(cause)) = (&event.kind, event.cause) {
            let cause = &trace[cause.number() as usize - 1];
            assert!(
                matches!(&cause.kind, EventKind::Sent(sent) if sent.packet == arrived.packet),
                "{event} follows from {cause}"
            );
        }
    }
    assert!(std::mem::size_of::<TraceEvent>() <= 96);
}

#[test]
fn a_healthy_ensemble_without_requests_is_quiet() {
    let mut world = World::new(&Settings::default(), 5);
    let mut trace = Vec::new();
    assert_eq!(world.quiet_until(), None, "servers are about to start");
    world.run_until(at(1_000), &mut trace);
    let mut quiet = 0;
    for _ in 0..200 {
        quiet += u32::from(world.quiet_until().is_some_and(|until| until > world.now()));
        world.step(&mut trace);
    }
    assert_eq!(quiet, 200);
    let op = Op::create("/a", "x", CreateMode::Persistent);
    let what = ClientCommand::Submit(op);
    world.command(&Command::Client { client: ClientId(1), what }, &mut trace);
    assert_eq!(world.quiet_until(), None);
}
