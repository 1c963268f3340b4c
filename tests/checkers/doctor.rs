//! A true run, recorded step by step, and the ways to tamper with it.

use std::sync::Arc;

use zabscope::check::{Checkers, Fact, PropertyName};
use zabscope::ensemble::{Segment, Transfer};
use zabscope::scenario::Scenario;
use zabscope::server::{self, Cargo, Packet};
use zabscope::sim::{EventId, EventKind, TraceEvent, World};
use zabscope::types::{ServerId, Zxid};
use zabscope::zab::{self, Message};

/// S3 leads epoch 1 and commits up to 1·3; 1·4 is in its log alone when it crashes. S2 leads epoch
/// 2; S3 comes back and has to cut 1·4 off; then 2·1 is committed by all.
pub const STORY: &str = "\
servers 3
clients S3
seed 1
run 2s
at 300ms C1 create /a 'one'
at 320ms C1 create /b 'one'
at 400ms isolate leader
at 410ms C1 create /dead 'never committed'
at 420ms crash S3
at 1200ms heal all
at 1300ms restart S3
at 1700ms C1 create /late 'two'
";

/// The run's steps: what happened, and the world behind it.
pub struct Doctored {
    pub steps: Vec<(Vec<TraceEvent>, World)>,
}

/// A step, and an event within it.
pub type Place = (usize, usize);

impl Doctored {
    /// The true story.
    pub fn story() -> Doctored {
        Doctored::of(STORY)
    }

    pub fn of(story: &str) -> Doctored {
        let scenario = Scenario::from_text(story).expect("the story is legal");
        let mut world = World::new(&scenario.settings, scenario.seed);
        let mut steps = Vec::new();
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
        Doctored { steps }
    }

    /// The places of all events that are wanted.
    pub fn all(&self, wanted: impl Fn(&EventKind) -> bool) -> Vec<Place> {
        let mut places = Vec::new();
        for (step, (events, _)) in self.steps.iter().enumerate() {
            let found = events.iter().enumerate().filter(|(_, event)| wanted(&event.kind));
            places.extend(found.map(|(place, _)| (step, place)));
        }
        places
    }

    /// The first event that is wanted.
    pub fn find(&self, wanted: impl Fn(&EventKind) -> bool) -> Place {
        *self.all(wanted).first().expect("the story has such an event")
    }

    /// Where a server's peer first says this.
    pub fn peer(&self, server: u8, wanted: impl Fn(&zab::Note) -> bool) -> Place {
        self.find(
            |kind| matches!(kind, EventKind::Peer(from, note) if from.0 == server && wanted(note)),
        )
    }

    /// Where a server first says this.
    pub fn server(&self, server: u8, wanted: impl Fn(&server::Note) -> bool) -> Place {
        self.find(|kind| {
            matches!(kind, EventKind::Server(from, note) if from.0 == server && wanted(note))
        })
    }

    /// Where a server commits a transaction.
    pub fn commit(&self, server: u8, zxid: Zxid) -> Place {
        self.peer(server, |note| *note == zab::Note::Committed { zxid })
    }

    /// Where such a message first comes to a server.
    pub fn arrival(&self, server: u8, wanted: impl Fn(&Message) -> bool) -> Place {
        self.find(|kind| match kind {
            EventKind::Delivered(transfer) if transfer.to == ServerId(server).into() => {
                message(transfer).is_some_and(&wanted)
            }
            _ => false,
        })
    }

    pub fn event(&self, (step, place): Place) -> &TraceEvent {
        &self.steps[step].0[place]
    }

    /// Another event in its place.
    pub fn replace(&mut self, (step, place): Place, kind: EventKind) -> EventId {
        let event = &mut self.steps[step].0[place];
        event.kind = kind;
        event.id
    }

    /// Another event behind it.
    pub fn insert_behind(&mut self, (step, place): Place, kind: EventKind) -> EventId {
        let original = self.steps[step].0[place].clone();
        let id = original.id.next();
        self.steps[step].0.insert(place + 1, TraceEvent { id, kind, ..original });
        id
    }

    /// As if it had not happened.
    pub fn remove(&mut self, (step, place): Place) {
        self.steps[step].0.remove(place);
    }

    /// The same delivery, of another message.
    pub fn with_message(&self, place: Place, message: Message) -> EventKind {
        let EventKind::Delivered(transfer) = &self.event(place).kind else {
            panic!("it was found as a delivery")
        };
        let packet = Packet::Quorum { message, cargo: Cargo::None };
        let segment = Segment::Packet(Arc::new(packet));
        EventKind::Delivered(Transfer { segment, ..transfer.clone() })
    }

    pub fn observe(&self) -> Checkers {
        let mut checkers = Checkers::default();
        self.steps.iter().for_each(|(events, world)| checkers.observe(events, world));
        checkers
    }

    /// The property is broken by this event; the two facts that contradict each other.
    pub fn check(&self, property: PropertyName, breaking: EventId) -> [Fact; 2] {
        let checkers = self.observe();
        let violation = checkers.evaluated(property).violation();
        let violation = violation.unwrap_or_else(|| panic!("{property} does not bite"));
        assert_eq!(violation.event(), breaking, "{property}: {violation:?}");
        violation.witnesses.clone().map(|witness| witness.fact)
    }
}

pub fn message(transfer: &Transfer) -> Option<&Message> {
    let Segment::Packet(packet) = &transfer.segment else { return None };
    match &**packet {
        Packet::Quorum { message, .. } => Some(message),
        _ => None,
    }
}

/// A peer's note as an event.
pub fn note(server: u8, note: zab::Note) -> EventKind {
    EventKind::Peer(ServerId(server), note)
}

/// A commit as an event.
pub fn committed(server: u8, zxid: Zxid) -> EventKind {
    note(server, zab::Note::Committed { zxid })
}
