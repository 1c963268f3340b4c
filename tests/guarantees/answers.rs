//! Clients are told what is not so.

use zabscope::api::{Op, OpError, OpResult};
use zabscope::check::{ClientFact, Fact, PropertyName};
use zabscope::client::Note;
use zabscope::server;
use zabscope::sim::EventKind;
use zabscope::types::{ClientId, ServerId, SessionId, Zxid};

use crate::recorded::{STORY, check, client_fact, committed, find, reask, record, retell, told};

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
