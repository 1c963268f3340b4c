//! A run recorded step by step, and the ways to tamper with it.

use std::sync::Arc;

use zabscope::api::{Op, OpError, OpResult};
use zabscope::check::{Checkers, ClientFact, Fact, PropertyName};
use zabscope::client::Note;
use zabscope::scenario::Scenario;
use zabscope::sim::{EventId, EventKind, TraceEvent, World};
use zabscope::types::{ClientId, Zxid};
use zabscope::zab;

/// One step: what happened, and the world behind it.
pub type Step = (Vec<TraceEvent>, World);

/// S3 leads; C1 talks to it, C2 to S1 and C3 to S2.
pub const STORY: &str = "\
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
pub fn record(story: &str) -> Vec<Step> {
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
pub fn find(steps: &[Step], wanted: impl Fn(&EventKind) -> bool) -> (usize, usize) {
    let of_step = |(step, (events, _)): (usize, &Step)| {
        let place = events.iter().position(|event| wanted(&event.kind))?;
        Some((step, place))
    };
    steps.iter().enumerate().find_map(of_step).expect("the story has such an event")
}

/// The event in which a client is told the answer to this operation.
pub fn told(steps: &mut [Step], client: u16, xid: i32) -> &mut TraceEvent {
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
pub fn retell(
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
pub fn reask(steps: &mut [Step], client: u16, xid: i32, op: Op) {
    let is_asked = |note: &Note| matches!(note, Note::Asked { xid: asked, .. } if *asked == xid);
    let (step, place) = find(steps, |kind| match kind {
        EventKind::Client(from, note) => from.0 == client && is_asked(note),
        _ => false,
    });
    let note = Arc::new(Note::Asked { xid, op });
    steps[step].0[place].kind = EventKind::Client(ClientId(client), note);
}

/// Where the leader commits this.
pub fn committed(steps: &[Step], zxid: Zxid) -> (usize, usize) {
    find(steps, |kind| match kind {
        EventKind::Peer(_, zab::Note::Committed { zxid: committed }) => *committed == zxid,
        _ => false,
    })
}

/// Shows the commit of the transaction with the world of another run; answers the event.
pub fn replace(steps: &mut [Step], zxid: Zxid, other: &str) -> EventId {
    let other = record(other);
    let (step, place) = committed(steps, zxid);
    steps[step].1 = other[committed(&other, zxid).0].1.clone();
    steps[step].0[place].id
}

pub fn observe(steps: &[Step]) -> Checkers {
    let mut checkers = Checkers::default();
    steps.iter().for_each(|(events, world)| checkers.observe(events, world));
    checkers
}

/// The property is broken by this event, and these are the facts.
pub fn check(steps: &[Step], property: PropertyName, breaking: EventId) -> [Fact; 2] {
    let checkers = observe(steps);
    let violation = checkers.evaluated(property).violation();
    let violation = violation.unwrap_or_else(|| panic!("{property} does not bite"));
    let told = violation.witnesses.each_ref().map(|witness| witness.fact.to_string());
    assert_eq!(violation.event(), breaking, "{property}: {told:?}");
    violation.witnesses.clone().map(|witness| witness.fact)
}

pub fn client_fact(fact: Fact) -> ClientFact {
    match fact {
        Fact::Client(fact) => fact,
        other => panic!("{other} is about no client"),
    }
}
