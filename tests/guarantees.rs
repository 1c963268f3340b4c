//! The guarantees that clients have, G1 to G14: kept by true runs, also where ZooKeeper's own
//! exceptions to them show, and broken by doctored ones, at the event that is at fault.
//!
//! A true run is recorded step by step, events and world. Doctored is either an event (a client is
//! told something else), or the world that an event is shown with: that of another run, in which
//! another transaction stands at the same zxid.

#![cfg(not(target_arch = "wasm32"))]

use std::sync::Arc;

use zabscope::api::{Op, OpError, OpResult, WatchEvent};
use zabscope::check::{Checkers, ClientFact, Counter, Fact, PropertyName, Verdict};
use zabscope::client::Note;
use zabscope::run::Run;
use zabscope::scenario::Scenario;
use zabscope::sim::{EventId, EventKind, TraceEvent, World};
use zabscope::types::{ClientId, ServerId, SessionId, Zxid};
use zabscope::{server, zab};

/// One step: what happened, and the world behind it.
type Step = (Vec<TraceEvent>, World);

const GUARANTEES: [PropertyName; 14] = [
    PropertyName::LinearizableWrites,
    PropertyName::FifoClientOrder,
    PropertyName::ConsistentReads,
    PropertyName::SingleSystemImage,
    PropertyName::SyncFreshness,
    PropertyName::Durability,
    PropertyName::Atomicity,
    PropertyName::WatchOrder,
    PropertyName::Timeliness,
    PropertyName::UnknownOutcome,
    PropertyName::Replicas,
    PropertyName::EphemeralOwners,
    PropertyName::SequenceNumbers,
    PropertyName::Versions,
];

/// S3 leads; C1 talks to it, C2 to S1 and C3 to S2.
const STORY: &str = "\
servers 3
clients S3 S1 S2
seed 1
at 300ms C1 create /a 'one'
at 320ms C1 get -w /a
at 340ms C2 set /a 'two'
at 360ms C1 get -w /a
at 380ms C1 multi create /m 'x' ; set /a 'three'
at 400ms C1 get /m
at 420ms C3 create -e /e 'mine'
at 440ms C1 stat /e
at 460ms C1 sync /a
at 460ms C1 get /a
at 480ms C2 sync /a
at 480ms C2 get /a
at 500ms C2 create -s /q-
at 520ms C2 create -s /q-
at 540ms C2 set /a 'four'
at 600ms isolate leader
at 610ms C1 set /a 'lost'
at 2000ms heal all
at 3000ms C2 get /a
run 3500ms
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

/// The event in which a client is told the answer to this operation.
fn told(steps: &mut [Step], client: u16, xid: i32) -> &mut TraceEvent {
    let wanted = |kind: &EventKind| match kind {
        EventKind::Client(ClientId(from), note) if *from == client => {
            matches!(&**note, Note::Told { xid: told, .. } if *told == xid)
        }
        _ => false,
    };
    let (step, place) = find(steps, wanted);
    &mut steps[step].0[place]
}

/// Changes what a client is told of an operation; answers the event.
fn retell(
    steps: &mut [Step],
    (client, xid): (u16, i32),
    change: impl FnOnce(&mut Zxid, &mut Result<OpResult, OpError>),
) -> EventId {
    let event = told(steps, client, xid);
    let EventKind::Client(_, note) = &mut event.kind else { unreachable!("found as a note") };
    let Note::Told { zxid, result, .. } = Arc::make_mut(note) else { unreachable!("so found") };
    change(zxid, result);
    event.id
}

/// Changes what a client asks.
fn reask(steps: &mut [Step], client: u16, xid: i32, op: Op) {
    let is_asked = |note: &Note| matches!(note, Note::Asked { xid: asked, .. } if *asked == xid);
    let (step, place) = find(steps, |kind| match kind {
        EventKind::Client(from, note) => from.0 == client && is_asked(note),
        _ => false,
    });
    let note = Arc::new(Note::Asked { xid, op });
    steps[step].0[place].kind = EventKind::Client(ClientId(client), note);
}

/// Where the leader commits this.
fn committed(steps: &[Step], zxid: Zxid) -> (usize, usize) {
    find(steps, |kind| match kind {
        EventKind::Peer(_, zab::Note::Committed { zxid: committed }) => *committed == zxid,
        _ => false,
    })
}

/// Shows the commit of the transaction with the world of another run; answers the event.
fn replace(steps: &mut [Step], zxid: Zxid, other: &str) -> EventId {
    let other = record(other);
    let (step, place) = committed(steps, zxid);
    steps[step].1 = other[committed(&other, zxid).0].1.clone();
    steps[step].0[place].id
}

fn observe(steps: &[Step]) -> Checkers {
    let mut checkers = Checkers::default();
    steps.iter().for_each(|(events, world)| checkers.observe(events, world));
    checkers
}

/// The property is broken by this event, and these are the facts.
fn check(steps: &[Step], property: PropertyName, breaking: EventId) -> [Fact; 2] {
    let checkers = observe(steps);
    let violation = checkers.evaluated(property).violation();
    let violation = violation.unwrap_or_else(|| panic!("{property} does not bite"));
    let told = violation.witnesses.each_ref().map(|witness| witness.fact.to_string());
    assert_eq!(violation.event(), breaking, "{property}: {told:?}");
    violation.witnesses.clone().map(|witness| witness.fact)
}

/// The story keeps every guarantee, though the transcript has all of this in it.
fn check_kept(story: &str, with: &[&str]) {
    let scenario = Scenario::from_text(story).expect("the story is legal");
    let mut run = Run::new(&scenario).expect("the story can be run");
    run.run_until(scenario.until);
    let violation = run.violation().map(|(name, violation)| {
        let facts = violation.witnesses.each_ref().map(|witness| witness.fact.to_string());
        format!("{name} at {}: {facts:?}", violation.event())
    });
    assert_eq!(violation, None);
    let all: Vec<String> = run.trace().iter().map(|event| format!("{:?}", event.kind)).collect();
    for wanted in with {
        assert!(all.iter().any(|line| line.contains(wanted)), "no {wanted}");
    }
}

fn client_fact(fact: Fact) -> ClientFact {
    match fact {
        Fact::Client(fact) => fact,
        other => panic!("{other} is about no client"),
    }
}

#[test]
fn the_true_run_keeps_every_guarantee_and_each_is_looked_at() {
    let checkers = observe(&record(STORY));
    for guarantee in GUARANTEES {
        let evaluated = checkers.evaluated(guarantee);
        assert_eq!(evaluated.verdict(), &Verdict::Holds, "{guarantee}");
        assert!(evaluated.evaluations() > 0, "{guarantee}");
    }
}

/// G1: S1 answers C2's set with another Stat than its transaction has.
#[test]
fn another_answer_than_the_transactions_breaks_linearizability() {
    let mut steps = record(STORY);
    let breaking = retell(&mut steps, (2, 1), |_, result| {
        let Ok(OpResult::Stat(stat)) = result else { panic!("a set answers a Stat") };
        stat.version += 1;
    });
    let facts = check(&steps, PropertyName::LinearizableWrites, breaking).map(client_fact);
    assert!(matches!(facts[0], ClientFact::Ordered { client: ClientId(2), xid: 1, .. }));
    assert!(matches!(facts[1], ClientFact::Answered { client: ClientId(2), xid: 1, .. }));
}

/// G1: what C2 asked for is not what was done.
#[test]
fn another_transaction_than_asked_for_breaks_linearizability() {
    let mut steps = record(STORY);
    reask(&mut steps, 2, 1, Op::set("/a", "something else"));
    let EventKind::Client(_, note) = told(&mut steps, 2, 1).kind.clone() else { unreachable!() };
    let Note::Told { zxid, .. } = *note else { unreachable!("it was found as such") };
    let (step, place) = committed(&steps, zxid);
    let breaking = steps[step].0[place].id;
    let facts = check(&steps, PropertyName::LinearizableWrites, breaking).map(client_fact);
    assert!(matches!(facts[0], ClientFact::State { .. }));
    let client = Some(ClientId(2));
    assert_eq!(facts[1], ClientFact::WrongOutcome { client, xid: 1, zxid });
}

/// G1: C2 asks for its set only when C1 knows the outcome of one that is ordered behind it.
#[test]
fn an_order_against_real_time_breaks_linearizability() {
    let mut steps = record(STORY);
    let later = told(&mut steps, 1, 4).id;
    let asked = |kind: &EventKind| match kind {
        EventKind::Client(ClientId(2), note) => matches!(&**note, Note::Asked { xid: 1, .. }),
        _ => false,
    };
    let answered = told(&mut steps, 2, 1).clone();
    let (step, place) = find(&steps, asked);
    let asked = steps[step].0.remove(place);
    steps.iter_mut().for_each(|(events, _)| events.retain(|event| event.id != answered.id));
    let (step, place) = steps
        .iter()
        .enumerate()
        .find_map(|(step, (events, _))| {
            Some((step, events.iter().position(|event| event.id == later)?))
        })
        .expect("C1 is told");
    steps[step].0.splice(place + 1..place + 1, [asked, answered.clone()]);
    let facts = check(&steps, PropertyName::LinearizableWrites, answered.id).map(client_fact);
    assert!(matches!(facts[0], ClientFact::Answered { client: ClientId(1), xid: 4, .. }));
    assert!(matches!(facts[1], ClientFact::Answered { client: ClientId(2), xid: 1, .. }));
}

/// G2, G3, G4: an answer from a state before the one that the session was shown last.
#[test]
fn an_older_state_breaks_three_guarantees() {
    let mut steps = record(STORY);
    let old = Zxid::new(1, 1);
    let breaking = retell(&mut steps, (1, 5), |zxid, _| *zxid = old);
    for property in [
        PropertyName::FifoClientOrder,
        PropertyName::ConsistentReads,
        PropertyName::SingleSystemImage,
    ] {
        let facts = check(&steps, property, breaking).map(client_fact);
        assert!(matches!(facts[0], ClientFact::Shown { client: ClientId(1), .. }), "{property}");
        let (client, xid) = (ClientId(1), 5);
        assert_eq!(facts[1], ClientFact::Answered { client, xid, zxid: old, error: None });
    }
}

/// G3: data that no state ever had.
#[test]
fn data_of_no_state_break_consistent_reads() {
    let mut steps = record(STORY);
    let breaking = retell(&mut steps, (1, 2), |_, result| {
        let Ok(OpResult::Data { data, .. }) = result else { panic!("a get answers data") };
        *data = Some(b"never".as_slice().into());
    });
    let facts = check(&steps, PropertyName::ConsistentReads, breaking).map(client_fact);
    assert!(matches!(facts[0], ClientFact::State { .. }));
    assert!(matches!(facts[1], ClientFact::Answered { client: ClientId(1), xid: 2, .. }));
}

/// G5: C2's get shows less than the leader had committed when it processed the sync.
#[test]
fn a_read_behind_a_sync_that_shows_too_little_breaks_freshness() {
    let mut steps = record(STORY);
    let old = Zxid::new(1, 4);
    let breaking = retell(&mut steps, (2, 3), |zxid, _| *zxid = old);
    let facts = check(&steps, PropertyName::SyncFreshness, breaking).map(client_fact);
    assert!(matches!(facts[0], ClientFact::SyncProcessed { server: ServerId(3), .. }));
    assert!(matches!(facts[1], ClientFact::Answered { client: ClientId(2), xid: 3, .. }));
}

/// G6: the next leader's history ends before what C2 has a good answer to.
#[test]
fn a_leader_without_an_answered_write_breaks_durability() {
    let mut steps = record(STORY);
    let second = |kind: &EventKind| match kind {
        EventKind::Peer(server, zab::Note::Established { .. }) => *server != ServerId(3),
        _ => false,
    };
    let (step, place) = find(&steps, second);
    let event = &mut steps[step].0[place];
    let breaking = event.id;
    let EventKind::Peer(_, zab::Note::Established { initial_last, .. }) = &mut event.kind else {
        unreachable!("so found")
    };
    *initial_last = Zxid::new(1, 4);
    let facts = check(&steps, PropertyName::Durability, breaking);
    assert!(matches!(client_fact(facts[0]), ClientFact::Answered { client: ClientId(2), .. }));
    assert!(matches!(facts[1], Fact::LeadsWithout { .. }));
}

/// G7: C1 sees what a multi has made, in a state that does not have the multi yet.
#[test]
fn a_part_of_a_multi_breaks_atomicity() {
    let mut steps = record(STORY);
    let mut multi = Zxid::ZERO;
    let breaking = retell(&mut steps, (1, 5), |zxid, result| {
        let Ok(OpResult::Data { stat, .. }) = result else { panic!("a get answers data") };
        multi = stat.czxid;
        *zxid = multi.previous().expect("it is not the first");
    });
    let facts = check(&steps, PropertyName::Atomicity, breaking);
    assert!(matches!(facts[0], Fact::Committed { zxid, .. } if zxid == multi));
    assert!(matches!(client_fact(facts[1]), ClientFact::Part { multi: of, .. } if of == multi));
}

/// The first event that C1 hears by its watch.
fn notified(steps: &[Step]) -> (usize, usize) {
    find(steps, |kind| match kind {
        EventKind::Client(ClientId(1), note) => matches!(**note, Note::Notified(_)),
        _ => false,
    })
}

/// G8: the event comes behind the answer that shows the change.
#[test]
fn an_event_behind_what_it_tells_breaks_the_order_of_watches() {
    let mut steps = record(STORY);
    let (step, place) = notified(&steps);
    let mut event = steps[step].0.remove(place);
    let answer = told(&mut steps, 1, 3).id;
    let facts = check(&steps, PropertyName::WatchOrder, answer).map(client_fact);
    assert!(matches!(facts[0], ClientFact::Watches { client: ClientId(1), .. }));
    // Even if it comes later, after an answer that showed no Stat of the znode.
    reask(&mut steps, 1, 3, Op::children("/a"));
    let (step, place) = find(&steps, |kind| match kind {
        EventKind::Client(ClientId(1), note) => matches!(**note, Note::Told { xid: 3, .. }),
        _ => false,
    });
    event.id = answer.next();
    steps[step].0.insert(place + 1, event);
    let facts = check(&steps, PropertyName::WatchOrder, answer.next()).map(client_fact);
    assert!(matches!(facts[0], ClientFact::Shown { client: ClientId(1), .. }));
    assert!(matches!(facts[1], ClientFact::Notified { client: ClientId(1), .. }));
}

/// G8: a standard watch fires twice.
#[test]
fn a_second_event_of_one_watch_breaks_the_order_of_watches() {
    let mut steps = record(STORY);
    let (step, place) = notified(&steps);
    let mut again = steps[step].0[place].clone();
    again.id = again.id.next();
    let breaking = again.id;
    let EventKind::Client(_, note) = &again.kind else { unreachable!("so found") };
    let Note::Notified(WatchEvent { zxid, .. }) = **note else { unreachable!("so found") };
    steps[step].0.insert(place + 1, again);
    let facts = check(&steps, PropertyName::WatchOrder, breaking).map(client_fact);
    assert_eq!(facts[0], ClientFact::Notified { client: ClientId(1), zxid });
    assert_eq!(facts[1], ClientFact::NotWatched { client: ClientId(1), zxid });
}

/// G9: long after it, a server answers as if it had seen nothing of what was committed.
#[test]
fn a_view_that_lags_too_far_breaks_timeliness() {
    let mut steps = record(STORY);
    let last = |kind: &EventKind| match kind {
        EventKind::Server(ServerId(1), server::Note::Replied { cxid: 7, .. }) => true,
        EventKind::Server(_, server::Note::Replied { zxid, .. }) => zxid.epoch.0 > 1,
        _ => false,
    };
    let (step, place) = find(&steps, last);
    let event = &mut steps[step].0[place];
    let breaking = event.id;
    let EventKind::Server(_, server::Note::Replied { zxid, .. }) = &mut event.kind else {
        unreachable!("so found")
    };
    *zxid = Zxid::new(1, 4);
    let facts = check(&steps, PropertyName::Timeliness, breaking);
    assert!(matches!(facts[0], Fact::Committed { zxid, .. } if zxid == Zxid::new(1, 5)));
    assert!(matches!(client_fact(facts[1]), ClientFact::Behind { .. }));
}

/// G9: the leader ends C1's session right behind a request of it.
#[test]
fn an_end_of_a_session_that_was_heard_of_breaks_timeliness() {
    let mut steps = record(STORY);
    let (step, place) = find(&steps, |kind| {
        matches!(kind, EventKind::Server(ServerId(3), server::Note::Replied { cxid: 4, .. }))
    });
    let mut forged = steps[step].0[place].clone();
    let EventKind::Server(_, server::Note::Replied { session, .. }) = forged.kind else {
        unreachable!("so found")
    };
    let server = ServerId(3);
    forged.id = forged.id.next();
    forged.kind = EventKind::Server(server, server::Note::SessionExpired { session });
    let breaking = forged.id;
    steps[step].0.push(forged);
    let facts = check(&steps, PropertyName::Timeliness, breaking).map(client_fact);
    assert_eq!(facts[0], ClientFact::Heard { server, session });
    assert!(matches!(facts[1], ClientFact::Expired { .. }));
}

/// G10: what C2 asked stands in the order twice: the second time where in the true run its next
/// operation stands.
#[test]
fn a_write_that_takes_effect_twice_breaks_the_unknown_outcome() {
    const ONCE: &str = "\
servers 3
clients S3 S1
seed 1
at 300ms C1 create /a 'one'
at 400ms C2 set /a 'first'
at 440ms C2 set /a 'second'
run 600ms
";
    let mut steps = record(ONCE);
    let zxid = Zxid::new(1, 5);
    assert_eq!(committed_by(&steps, zxid), 2, "C2's second operation");
    // C1 is quicker here, so that C2's first operation comes later by one.
    let other = ONCE.replace("at 400ms C2 set /a 'first'", "at 400ms C1 set /a 'first'");
    let other = other.replace("C2 set /a 'second'", "C2 set /a 'first'");
    // The answer to the first is lost.
    let answer = told(&mut steps, 2, 1);
    answer.kind = EventKind::Client(ClientId(2), Arc::new(Note::Unknown { xid: 1 }));
    let breaking = replace(&mut steps, zxid, &other);
    let facts = check(&steps, PropertyName::UnknownOutcome, breaking).map(client_fact);
    let (client, xid, first) = (ClientId(2), 1, Zxid::new(1, 4));
    assert_eq!(facts[0], ClientFact::Ordered { client, xid, zxid: first });
    assert_eq!(facts[1], ClientFact::Ordered { client, xid, zxid });
}

/// The number within its session of the operation that was given this zxid.
fn committed_by(steps: &[Step], wanted: Zxid) -> i32 {
    let (step, place) = find(steps, |kind| {
        let of = |note: &server::Note| matches!(note, server::Note::Prepared { zxid, .. } if *zxid == wanted);
        matches!(kind, EventKind::Server(_, note) if of(note))
    });
    match steps[step].0[place].kind {
        EventKind::Server(_, server::Note::Prepared { cxid, .. }) => cxid,
        _ => unreachable!("so found"),
    }
}

/// G11: one server's tree is that of a run in which something else was written at the same zxid.
#[test]
fn another_tree_at_the_same_zxid_breaks_the_replicas() {
    let mut steps = record(STORY);
    let other = record(&STORY.replace("create /a 'one'", "create /a 'two'"));
    let zxid = Zxid::new(1, 4);
    let (step, place) = find(&steps, |kind| {
        let applied = server::Note::Applied { zxid };
        matches!(kind, EventKind::Server(ServerId(1), note) if *note == applied)
    });
    assert_eq!(steps[step].0, other[step].0, "what is written changes no event of this step");
    steps[step].1 = other[step].1.clone();
    let breaking = steps[step].0[place].id;
    let facts = check(&steps, PropertyName::Replicas, breaking);
    assert!(matches!(client_fact(facts[0]), ClientFact::State { zxid: of, .. } if of == zxid));
    assert!(matches!(facts[1], Fact::Replica { server: ServerId(1), .. }));
}

/// G12: C1 is shown the ephemeral znode of a session that is over.
#[test]
fn an_ephemeral_znode_of_nobody_breaks_the_owners() {
    let mut steps =
        record(&STORY.replace("at 440ms C1 stat", "at 430ms C3 close\nat 440ms C1 stat"));
    let (step, place) = find(&steps, |kind| {
        matches!(kind, EventKind::Server(_, server::Note::SessionClosed { .. }))
    });
    let EventKind::Server(_, server::Note::SessionClosed { session }) = steps[step].0[place].kind
    else {
        unreachable!("so found")
    };
    let breaking = retell(&mut steps, (1, 5), |_, result| {
        let Ok(OpResult::Data { stat, .. }) = result else { panic!("a get answers data") };
        assert_eq!(stat.ephemeral_owner, SessionId::NONE);
    });
    assert!(told(&mut steps, 1, 6).id > breaking);
    let stat = match &told(&mut steps, 1, 5).kind {
        EventKind::Client(_, note) => match &**note {
            Note::Told { result: Ok(OpResult::Data { stat, .. }), .. } => *stat,
            _ => unreachable!("a get answers data"),
        },
        _ => unreachable!("so found"),
    };
    let breaking = retell(&mut steps, (1, 6), |_, result| {
        assert_eq!(*result, Err(OpError::NoNode), "it went with its session");
        let mut stat = stat;
        stat.ephemeral_owner = session;
        *result = Ok(OpResult::Stat(stat));
    });
    let facts = check(&steps, PropertyName::EphemeralOwners, breaking).map(client_fact);
    assert!(matches!(facts[0], ClientFact::SessionOver { session: over, .. } if over == session));
    assert!(matches!(facts[1], ClientFact::EphemeralOf { session: of, .. } if of == session));
}

/// G13: the second sequential znode gets a lower number than the first.
#[test]
fn a_lower_sequence_number_breaks_the_sequence() {
    let mut steps = record(STORY);
    let zxid = match &told(&mut steps, 2, 5).kind {
        EventKind::Client(_, note) => match **note {
            Note::Told { zxid, .. } => zxid,
            _ => unreachable!("so found"),
        },
        _ => unreachable!("so found"),
    };
    let second = "at 520ms C2 create -s /q-";
    let other = STORY.replace(second, "at 520ms C2 create /q-0000000000");
    let breaking = replace(&mut steps, zxid, &other);
    let facts = check(&steps, PropertyName::SequenceNumbers, breaking).map(client_fact);
    assert!(matches!(facts[0], ClientFact::Numbered { number: 3, .. }), "{}", facts[0]);
    assert_eq!(facts[1], ClientFact::Numbered { zxid, number: 0 });
}

/// G14: behind two sets of /a by C2 instead of one, C1's multi makes it version 2 once more.
#[test]
fn a_version_that_counts_too_little_breaks_the_versions() {
    let mut steps = record(STORY);
    let EventKind::Client(_, note) = told(&mut steps, 2, 1).kind.clone() else { unreachable!() };
    let Note::Told { zxid, .. } = *note else { unreachable!("so found") };
    let one = "at 340ms C2 set /a 'two'";
    let two = "at 340ms C2 multi set /a 'two' ; set /a 'again'";
    replace(&mut steps, zxid, &STORY.replace(one, two));
    let zxid = zxid.next().expect("counters are far from their end");
    let (step, place) = committed(&steps, zxid);
    let facts = check(&steps, PropertyName::Versions, steps[step].0[place].id).map(client_fact);
    let counter = Counter::Version;
    assert_eq!(facts[1], ClientFact::Counted { zxid, counter, found: 2, expected: 3 });
}

/// G5's exception: the leader answers its own client's sync from its tree, while what is committed
/// waits for the commit step.
#[test]
fn a_leaders_own_client_may_miss_what_is_not_applied() {
    check_kept(
        "\
servers 3
clients S3 S2
seed 1
set commit_delay 5ms
at 400ms C2 create /a 'one'
at 500ms C2 set /a '1'
at 500ms C2 set /a '2'
at 500ms C2 set /a '3'
at 507ms C1 sync /a
at 507ms C1 get /a
at 510ms C1 sync /a
at 510ms C1 get /a
run 900ms
",
        &[],
    );
}

/// G1's exception *ChildCountAfterClose*: the parent of an ephemeral znode that is going cannot be
/// deleted yet.
#[test]
fn a_parent_counts_its_children_until_a_session_is_closed() {
    check_kept(
        "\
servers 3
clients S3 S3 S2
seed 1
at 400ms C1 create /q 'one'
at 430ms C2 create -e /q/e 'mine'
at 460ms C2 close
at 462ms C1 delete /q
at 463ms C1 multi create /z 'z' ; delete /q
at 480ms C1 delete /q
run 900ms
",
        &["NotEmpty", "MultiFailed"],
    );
}

/// G1's exception *StaleRootAcl*: a create under the root goes by the list before.
#[test]
fn a_create_under_the_root_goes_by_an_old_list() {
    check_kept(
        "\
servers 3
clients S3 S2
seed 1
at 400ms C1 create /q 'one'
at 460ms C1 setAcl / world:anyone:ra
at 460ms C1 create /early 'goes by the old list'
at 500ms C1 create /late 'goes by the new one'
run 900ms
",
        &["NoAuth"],
    );
}

/// G2's exception: a request that comes through the old server is refused, and out of order.
#[test]
fn a_late_request_through_the_old_server_is_refused() {
    check_kept(
        "\
servers 3
clients S2 S3
seed 1
at 400ms C1 create /a 'one'
at 450ms latency S2 -> S3 60ms
at 460ms C1 set /a 'late'
at 470ms C1 attach S1
at 480ms C1 set /a 'early'
at 700ms C1 get /a
run 1200ms
",
        &["SessionMoved"],
    );
}

/// G3: a read may be stale; the guarantee says from which state it comes, not that it is the newest.
#[test]
fn a_stale_read_is_allowed() {
    check_kept(
        "\
servers 3
clients S3 S1
seed 1
at 400ms C1 create /a 'one'
at 450ms cut S3 -> S1
at 460ms C1 set /a 'two'
at 500ms C2 get /a
run 560ms
",
        &["Told { xid: 1, zxid: Zxid { epoch: Epoch(1), counter: 3 }"],
    );
}
