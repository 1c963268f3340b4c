//! Servers do what is not so, or clients hear of it at the wrong time.

use std::sync::Arc;

use zabscope::api::{Op, WatchEvent};
use zabscope::check::{ClientFact, Counter, Fact, PropertyName};
use zabscope::client::Note;
use zabscope::sim::EventKind;
use zabscope::types::{ClientId, ServerId, Zxid};
use zabscope::{server, zab};

use crate::recorded::{
    STORY, Step, check, client_fact, committed, find, reask, record, replace, told,
};

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
        let EventKind::Server(_, server::Note::Prepared { zxid, .. }) = kind else { return false };
        *zxid == wanted
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
