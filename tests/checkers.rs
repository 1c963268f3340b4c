//! Checkers that bite: each property is shown a trace that was tampered with, and has to name the
//! event that breaks it.
//!
//! A true run is recorded step by step, events and world. Doctored is either an event (another
//! server claims the epoch, another transaction is committed), or the world that an event is shown
//! with (that of an earlier moment, or of another run).

#![cfg(not(target_arch = "wasm32"))]

use zabscope::check::{Checkers, Fact, PropertyName, Verdict};
use zabscope::scenario::Scenario;
use zabscope::sim::{EventId, EventKind, TraceEvent, World};
use zabscope::types::{Epoch, ServerId, Zxid};
use zabscope::{server, zab};

/// One step: what happened, and the world behind it.
type Step = (Vec<TraceEvent>, World);

const STORY: &str = "\
servers 3
clients S3
seed 1
at 300ms C1 create /a 'one'
at 320ms C1 create /b 'one'
at 400ms isolate leader
at 410ms C1 create /dead 'never committed'
at 420ms crash S3
at 1200ms heal all
at 1300ms restart S3
";

/// The steps of a story.
fn record(story: &str) -> Vec<Step> {
    let scenario = Scenario::from_text(story).expect("the story is legal");
    let mut world = World::new(&scenario.settings, scenario.seed);
    let mut steps: Vec<Step> = Vec::new();
    let mut take = |world: &mut World, act: &dyn Fn(&mut World, &mut Vec<TraceEvent>)| {
        let mut events = Vec::new();
        act(world, &mut events);
        steps.push((events, world.clone()));
    };
    for timed in &scenario.commands {
        while world.next_instant().is_some_and(|next| next < timed.at) {
            take(&mut world, &|world, events| _ = world.step(events));
        }
        world.wait_until(timed.at);
        take(&mut world, &|world, events| world.command(&timed.command, events));
    }
    while world.next_instant().is_some_and(|next| next <= scenario.until) {
        take(&mut world, &|world, events| _ = world.step(events));
    }
    steps
}

/// The place of the first event that is wanted: step, and event within it.
fn find(steps: &[Step], wanted: impl Fn(&EventKind) -> bool) -> (usize, usize) {
    let of_step = |(step, (events, _)): (usize, &Step)| {
        let place = events.iter().position(|event| wanted(&event.kind))?;
        Some((step, place))
    };
    steps.iter().enumerate().find_map(of_step).expect("the story has such an event")
}

/// Where a server's peer says this.
fn find_note(steps: &[Step], server: u8, wanted: impl Fn(&zab::Note) -> bool) -> (usize, usize) {
    find(
        steps,
        |kind| matches!(kind, EventKind::Peer(from, note) if from.0 == server && wanted(note)),
    )
}

fn observe(steps: &[Step]) -> Checkers {
    let mut checkers = Checkers::default();
    steps.iter().for_each(|(events, world)| checkers.observe(events, world));
    checkers
}

/// The property is broken by this event.
fn check(steps: &[Step], property: PropertyName, breaking: EventId) -> [Fact; 2] {
    let checkers = observe(steps);
    let violation = checkers.evaluated(property).violation();
    let violation = violation.unwrap_or_else(|| panic!("{property} does not bite"));
    assert_eq!(violation.event(), breaking, "{property}");
    violation.witnesses.clone().map(|witness| witness.fact)
}

#[test]
fn the_true_run_keeps_every_property_and_each_is_looked_at() {
    for (property, evaluated) in observe(&record(STORY)).verdicts() {
        assert_eq!(evaluated.verdict(), &Verdict::Holds, "{property}");
        assert!(evaluated.evaluations() > 0, "{property}");
    }
}

#[test]
fn nothing_is_decided_before_anything_happens() {
    for (property, evaluated) in Checkers::default().verdicts() {
        assert_eq!(evaluated.verdict(), &Verdict::Undecided, "{property}");
    }
}

#[test]
fn two_leaders_of_an_epoch_break_leadership() {
    let mut steps = record(STORY);
    let (step, place) = find_note(&steps, 2, |note| matches!(note, zab::Note::Established { .. }));
    let mut forged = steps[step].0[place].clone();
    forged.id = forged.id.next();
    forged.kind = match forged.kind {
        EventKind::Peer(_, note) => EventKind::Peer(ServerId(1), note),
        _ => unreachable!("it was found as a peer's note"),
    };
    let (epoch, breaking) = (Epoch(2), forged.id);
    steps[step].0.push(forged);
    let facts = check(&steps, PropertyName::Leadership2, breaking);
    assert_eq!(facts, [2, 1].map(|server| Fact::Leads { server: ServerId(server), epoch }));
}

#[test]
fn a_skipped_transaction_breaks_prefix_consistency() {
    let mut steps = record(STORY);
    let skipped = Zxid::new(1, 2);
    let (step, place) = find_note(
        &steps,
        1,
        |note| matches!(note, zab::Note::Committed { zxid } if *zxid == skipped),
    );
    let zxid = Zxid::new(1, 3);
    let event = &mut steps[step].0[place];
    event.kind = EventKind::Peer(ServerId(1), zab::Note::Committed { zxid });
    let breaking = event.id;
    let facts = check(&steps, PropertyName::PrefixConsistency, breaking);
    assert_eq!(facts[0], Fact::Committed { server: ServerId(3), zxid: skipped });
    assert_eq!(facts[1], Fact::DeliveredInstead { server: ServerId(1), zxid });
}

#[test]
fn a_leader_without_what_was_committed_breaks_completeness() {
    let mut steps = record(STORY);
    let (step, place) = find_note(&steps, 2, |note| matches!(note, zab::Note::Established { .. }));
    let initial_last = Zxid::new(1, 1);
    let event = &mut steps[step].0[place];
    let note = zab::Note::Established { epoch: Epoch(2), initial_last };
    event.kind = EventKind::Peer(ServerId(2), note);
    let breaking = event.id;
    let facts = check(&steps, PropertyName::LeaderLogCompleteness, breaking);
    let lacks = Zxid::new(1, 2);
    assert_eq!(facts[0], Fact::Committed { server: ServerId(3), zxid: lacks });
    assert_eq!(facts[1], Fact::LeadsWithout { server: ServerId(2), initial_last, lacks });
}

/// The commit is shown with the disks as they were when the transaction was proposed.
#[test]
fn a_commit_before_the_disks_have_it_breaks_durability() {
    let mut steps = record(STORY);
    let zxid = Zxid::new(1, 2);
    let says = |wanted: zab::Note| move |note: &zab::Note| *note == wanted;
    let (proposed, _) = find_note(&steps, 3, says(zab::Note::Proposed { zxid }));
    let (step, place) = find_note(&steps, 3, says(zab::Note::Committed { zxid }));
    steps[step].1 = steps[proposed].1.clone();
    let breaking = steps[step].0[place].id;
    let facts = check(&steps, PropertyName::QuorumDurability, breaking);
    let server = ServerId(3);
    assert_eq!(facts[1], Fact::OnDisks { server, zxid, disks: 0, quorum: 2 });
}

#[test]
fn a_cut_that_goes_too_far_breaks_log_durability() {
    let mut steps = record(STORY);
    let (step, place) = find_note(&steps, 3, |note| matches!(note, zab::Note::Truncated { .. }));
    let zxid = Zxid::new(1, 1);
    let event = &mut steps[step].0[place];
    event.kind = EventKind::Peer(ServerId(3), zab::Note::Truncated { zxid });
    let breaking = event.id;
    let facts = check(&steps, PropertyName::CommittedLogDurability, breaking);
    assert_eq!(facts[0], Fact::Committed { server: ServerId(3), zxid: Zxid::new(1, 2) });
    assert_eq!(facts[1], Fact::Truncated { server: ServerId(3), zxid });
}

/// One server's tree is that of a run in which something else was written at the same zxid.
#[test]
fn another_tree_at_the_same_zxid_breaks_replica_equality() {
    let mut steps = record(STORY);
    let other = record(&STORY.replace("create /a 'one'", "create /a 'two'"));
    let zxid = Zxid::new(1, 2);
    let (step, place) = find(&steps, |kind| {
        let applied = server::Note::Applied { zxid };
        matches!(kind, EventKind::Server(ServerId(1), note) if *note == applied)
    });
    assert_eq!(steps[step].0, other[step].0, "what is written changes no event of this step");
    steps[step].1 = other[step].1.clone();
    let breaking = steps[step].0[place].id;
    let facts = check(&steps, PropertyName::ReplicaEquality, breaking);
    assert!(matches!(facts[0], Fact::Replica { zxid: first, .. } if first == zxid));
    assert!(matches!(facts[1], Fact::Replica { server: ServerId(1), .. }));
}

#[test]
fn the_first_violation_is_the_one_that_is_kept() {
    let mut steps = record(STORY);
    let (step, place) = find_note(&steps, 2, |note| matches!(note, zab::Note::Established { .. }));
    let original = steps[step].0[place].clone();
    let mut id = original.id;
    for _ in 0..3 {
        id = id.next();
        let note = zab::Note::Established { epoch: Epoch(2), initial_last: Zxid::ZERO };
        let kind = EventKind::Peer(ServerId(1), note);
        steps[step].0.push(TraceEvent { id, kind, ..original.clone() });
    }
    check(&steps, PropertyName::Leadership2, original.id.next());
}
