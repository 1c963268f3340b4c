//! Messages in flight: where each is at an instant, and which one lies under the pointer.

use std::rc::Rc;

use crate::types::{ClientId, Epoch, Instant, ServerId};

use super::{Glyph, Layout, Point};

/// A packet's number within the run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FlightId(pub u64);

/// One end of a flight.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Spot {
    /// A server.
    Server(ServerId),
    /// A client.
    Client(ClientId),
}

/// A message on its way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flight {
    /// Which packet.
    pub id: FlightId,
    /// What it looks like.
    pub glyph: Glyph,
    /// The number on it: a counter, an epoch, a candidate's id.
    pub label: Option<u32>,
    /// The epoch it speaks for.
    pub epoch: Epoch,
    /// Where it comes from.
    pub from: Spot,
    /// Where it goes.
    pub to: Spot,
    /// When it was sent.
    pub sent: Instant,
    /// When it will arrive; `None` where a cut or a hold keeps it.
    pub arrives: Option<Instant>,
}

/// All messages in flight, compared by pointer: a new event makes a new list.
#[derive(Clone, Debug, Default)]
pub struct Flights(pub Rc<[Flight]>);

impl PartialEq for Flights {
    fn eq(&self, other: &Flights) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl From<Vec<Flight>> for Flights {
    fn from(flights: Vec<Flight>) -> Flights {
        Flights(flights.into())
    }
}

/// Where a message is and which way it goes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Placed {
    /// The middle of its glyph.
    pub at: Point,
    /// The direction of travel, of length 1.
    pub heading: Point,
    /// How far behind it its tail may reach.
    pub tail: f64,
    /// Whether it keeps to the side of a track between servers.
    pub between_servers: bool,
}

/// How far a message that a cut keeps has come.
const HELD_AT: f64 = 0.42;
/// Room between a node's rim and the first place of a glyph.
const CLEARANCE: f64 = 13.0;
const TAIL_MAX: f64 = 34.0;

impl Flight {
    /// The share of its way that lies behind it, 0 to 1.
    pub fn progress(&self, now: Instant) -> f64 {
        let Some(arrives) = self.arrives else { return HELD_AT };
        let whole = arrives.since(self.sent).0;
        if whole == 0 {
            return 1.0;
        }
        (now.since(self.sent).0 as f64 / whole as f64).min(1.0)
    }
}

/// Where a message is to be painted; `None` where one of its ends is not on the stage.
pub fn place(layout: &Layout, flight: &Flight, now: Instant) -> Option<Placed> {
    let (start, start_rim) = layout.port(flight.from, flight.to)?;
    let (end, end_rim) = layout.port(flight.to, flight.from)?;
    let (dx, dy) = (end.x - start.x, end.y - start.y);
    let length = dx.hypot(dy).max(1.0);
    let heading = Point { x: dx / length, y: dy / length };
    let first = start_rim + CLEARANCE;
    let last = length - end_rim - CLEARANCE;
    let run = first + (last - first) * flight.progress(now);
    let between_servers = matches!((flight.from, flight.to), (Spot::Server(_), Spot::Server(_)));
    let beside = match (between_servers, flight.glyph.is_ping()) {
        (false, _) => 0.0,
        (true, true) => layout.track_offset / 3.0,
        (true, false) => layout.track_offset,
    };
    let at = Point {
        x: start.x + heading.x * run - heading.y * beside,
        y: start.y + heading.y * run + heading.x * beside,
    };
    let tail = (run - first + 10.0).clamp(0.0, TAIL_MAX);
    Some(Placed { at, heading, tail, between_servers })
}

/// The message under the pointer: the nearest within `reach`, the topmost of equal ones.
pub fn hit_flight(
    layout: &Layout,
    flights: &[Flight],
    now: Instant,
    pointer: Point,
    reach: f64,
) -> Option<FlightId> {
    let distance = |flight: &Flight| {
        let placed = place(layout, flight, now)?;
        let away = (placed.at.x - pointer.x).hypot(placed.at.y - pointer.y);
        (away <= reach).then_some((flight.id, away))
    };
    let nearest = |best: Option<(FlightId, f64)>, hit: (FlightId, f64)| match best {
        Some(best) if best.1 < hit.1 => Some(best),
        _ => Some(hit),
    };
    flights.iter().filter_map(distance).fold(None, nearest).map(|(id, _)| id)
}

/// What is in flight, by kind in protocol order, with how many: a legend that never shows what is
/// not there. Heartbeats are left out; each entry carries one flight to draw its glyph from.
pub fn in_flight_counts(flights: &[Flight]) -> Vec<(Flight, u32)> {
    let mut counts: Vec<(Flight, u32)> = Vec::new();
    for flight in flights.iter().filter(|flight| !flight.glyph.is_ping()) {
        let same = |(seen, _): &(Flight, u32)| seen.glyph.name() == flight.glyph.name();
        match counts.iter_mut().find(|entry| same(entry)) {
            Some((_, count)) => *count += 1,
            None => counts.push((flight.clone(), 1)),
        }
    }
    counts.sort_by_key(|(flight, _)| flight.glyph);
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Cast, RoleShape, StageFrame, layout};
    use crate::zab::{MessageKind, RoleName};

    fn flight(id: u64, from: u8, to: u8) -> Flight {
        Flight {
            id: FlightId(id),
            glyph: Glyph::Peer(MessageKind::Proposal),
            label: Some(1),
            epoch: Epoch(1),
            from: Spot::Server(ServerId(from)),
            to: Spot::Server(ServerId(to)),
            sent: Instant(1_000),
            arrives: Some(Instant(3_000)),
        }
    }

    fn five() -> Layout {
        let frame = StageFrame::new(1056.0, 516.0, 1.0, false);
        let shape = RoleShape::Role(RoleName::Following);
        let servers: Vec<_> = (1..=5).map(|id| (ServerId(id), shape)).collect();
        layout(&frame, &Cast { servers: &servers, clients: &[] })
    }

    #[test]
    fn a_message_moves_linearly_and_stops_at_its_end() {
        let flight = flight(1, 1, 3);
        let progress = [0, 1_000, 2_000, 3_000, 9_000].map(|at| flight.progress(Instant(at)));
        assert_eq!(progress, [0.0, 0.0, 0.5, 1.0, 1.0]);
    }

    #[test]
    fn messages_of_both_directions_keep_apart() {
        let layout = five();
        let forth = place(&layout, &flight(1, 2, 5), Instant(2_000)).expect("both are there");
        let back = place(&layout, &flight(2, 5, 2), Instant(2_000)).expect("both are there");
        let apart = (forth.at.y - back.at.y).abs();
        assert!((apart - 2.0 * layout.track_offset).abs() < 1e-6, "{apart}");
    }

    #[test]
    fn the_pointer_finds_the_message_it_is_on_and_nothing_else() {
        let layout = five();
        let flights = [flight(1, 1, 3), flight(2, 2, 5)];
        let now = Instant(2_000);
        let at = place(&layout, &flights[1], now).expect("both ends are there").at;
        let near = Point { x: at.x + 3.0, y: at.y };
        assert_eq!(hit_flight(&layout, &flights, now, near, 14.0), Some(FlightId(2)));
        let corner = Point { x: 0.0, y: 0.0 };
        assert_eq!(hit_flight(&layout, &flights, now, corner, 14.0), None);
    }

    #[test]
    fn the_list_counts_kinds_and_leaves_heartbeats_out() {
        let ping = Flight { glyph: Glyph::Peer(MessageKind::Ping), ..flight(3, 1, 2) };
        let counts = in_flight_counts(&[flight(1, 1, 2), ping, flight(2, 1, 3)]);
        let counts: Vec<_> =
            counts.iter().map(|(flight, count)| (flight.glyph.name(), *count)).collect();
        assert_eq!(counts, [("PROPOSAL", 2)]);
    }
}
