//! The run as a space–time diagram asks for it: who stood how when, and what travelled from whom to
//! whom. An index over the trace, kept up event by event, never looked through from the beginning.
//!
//! [`Spacetime::absorb`] takes in what has happened. Everything is kept in the order of time, so
//! that a window of time is found by bisection: [`Hop`]s by their sending, in blocks that know when
//! the last of them arrived; [`Lane`]s as stretches and marks; [`Burst`]s of activity, between
//! which nothing but signs of life goes on. A copy shares everything with the original, so every
//! moment of a run may have its own. The folder ends where something is drawn.

mod hop;
mod hops;
mod lane;

use std::collections::BTreeMap;

pub use hop::{Hop, HopEnd, HopKind};
pub use hops::Hops;
pub use lane::{Lane, LaneMark, LaneState, MarkKind, Standing, Stretch};

use super::is_notable;
use crate::ensemble::{Endpoint, Segment};
use crate::sim::{Command, EventId, EventKind, TraceEvent, World};
use crate::types::{Instant, ServerId, Span};
use crate::zab::{Phase, RoleName};

/// The index.
#[derive(Clone, Debug, Default)]
pub struct Spacetime {
    /// The first event that has not been taken in.
    next: Option<EventId>,
    /// When the newest event happened.
    end: Instant,
    hops: Hops,
    lanes: BTreeMap<Endpoint, Lane>,
    bursts: imbl::Vector<Burst>,
    commands: imbl::Vector<(EventId, Instant)>,
}

/// A time in which more than signs of life goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Burst {
    /// Its first event.
    pub first: EventId,
    /// Its last one.
    pub last: EventId,
    /// When it begins.
    pub from: Instant,
    /// When it ends.
    pub until: Instant,
}

/// A time in which nothing but signs of life goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quiet {
    /// When it begins.
    pub from: Instant,
    /// When it ends.
    pub until: Instant,
    /// How many events it holds.
    pub events: u64,
}

/// A pause in the activity that is shorter than this belongs to it.
const QUIET_MIN: Span = Span::millis(8);
impl Spacetime {
    /// Takes in what has happened; `world` is as it is right after.
    pub fn absorb(&mut self, events: &[TraceEvent], world: &World) {
        if self.lanes.is_empty() {
            let lane = |server| (Endpoint::Server(server), Lane::default());
            self.lanes = world.settings().server_ids().map(lane).collect();
        }
        events.iter().for_each(|event| self.take_in(event));
        if self.hops.forget_oldest() {
            let since = self.hops.first_sent_at();
            self.commands = self.commands.skip(partition(&self.commands, |(_, at)| *at < since));
            self.bursts = self.bursts.skip(partition(&self.bursts, |burst| burst.until < since));
            self.lanes.values_mut().for_each(|lane| lane.forget_before(since));
        }
    }

    /// The first event that has not been taken in.
    pub fn next(&self) -> EventId {
        self.next.unwrap_or(EventId::FIRST)
    }

    /// When the newest event happened.
    pub fn end(&self) -> Instant {
        self.end
    }

    /// What travelled.
    pub fn hops(&self) -> &Hops {
        &self.hops
    }

    /// The lanes, servers first.
    pub fn lanes(&self) -> impl Iterator<Item = (Endpoint, &Lane)> {
        self.lanes.iter().map(|(&end, lane)| (end, lane))
    }

    /// One of them.
    pub fn lane(&self, end: Endpoint) -> Option<&Lane> {
        self.lanes.get(&end)
    }

    /// What was done from outside within a time, both ends included.
    pub fn commands(
        &self,
        from: Instant,
        until: Instant,
    ) -> impl Iterator<Item = (EventId, Instant)> {
        let first = partition(&self.commands, |(_, at)| *at < from);
        let behind = partition(&self.commands, |(_, at)| *at <= until).max(first);
        self.commands.focus().narrow(first..behind).into_iter().copied()
    }

    /// The quiet times that end behind `from`, in order; one that lasts is taken to end at `end`.
    pub fn quiets_from(&self, from: Instant, end: Instant) -> impl Iterator<Item = Quiet> {
        let first = partition(&self.bursts, |burst| burst.from <= from).saturating_sub(1);
        (first..self.bursts.len()).filter_map(move |place| self.quiet_behind(place, end))
    }

    /// The quiet times that begin before `until`, the last one first.
    pub fn quiets_before(&self, until: Instant, end: Instant) -> impl Iterator<Item = Quiet> {
        let behind = partition(&self.bursts, |burst| burst.until < until);
        (0..behind).rev().filter_map(move |place| self.quiet_behind(place, end))
    }

    /// Between this burst and the next, if that is a pause at all.
    fn quiet_behind(&self, place: usize, end: Instant) -> Option<Quiet> {
        let burst = self.bursts.get(place)?;
        let (until, next) = match self.bursts.get(place + 1) {
            Some(later) => (later.from, later.first),
            None => (end, self.next()),
        };
        let events = next.number().saturating_sub(burst.last.number() + 1);
        let is_pause = until.since(burst.until) >= QUIET_MIN;
        is_pause.then_some(Quiet { from: burst.until, until, events })
    }

    fn take_in(&mut self, event: &TraceEvent) {
        self.next = Some(event.id.next());
        self.end = event.at;
        if is_notable(event) {
            self.burst(event);
        }
        match &event.kind {
            EventKind::Command(command) => self.on_command(event, command),
            EventKind::CommandRefused(_) => self.on_refusal(event),
            EventKind::Sent(transfer) => {
                if let Segment::Packet(packet) = &transfer.segment {
                    let sender = self.lanes.get(&transfer.from).map(Lane::standing);
                    let hop = Hop::of(event, transfer, packet, sender.unwrap_or_default());
                    self.hops.send(hop);
                }
            }
            EventKind::Delivered(transfer) => {
                let end = HopEnd::Arrived { event: event.id, at: event.at };
                self.hops.finish(transfer.packet, end);
            }
            EventKind::Lost { packet, .. } => {
                self.hops.finish(*packet, HopEnd::Lost { event: event.id, at: event.at });
            }
            EventKind::Client(client, note) => {
                self.lanes.entry(Endpoint::Client(*client)).or_default().on_client(event, note);
            }
            EventKind::Peer(server, note) => self.server(*server).on_peer(event, note),
            EventKind::Server(server, note) => {
                self.server(*server).on_server(event, note);
                if let crate::server::Note::Prepared { zxid, .. } = note {
                    self.hops.name_request(event.cause, *zxid);
                }
            }
            _ => {}
        }
    }

    fn server(&mut self, server: ServerId) -> &mut Lane {
        self.lanes.entry(Endpoint::Server(server)).or_default()
    }

    fn burst(&mut self, event: &TraceEvent) {
        let id = event.id;
        match self.bursts.back_mut().filter(|last| event.at.since(last.until) < QUIET_MIN) {
            Some(last) => (last.last, last.until) = (id, event.at),
            None => {
                let burst = Burst { first: id, last: id, from: event.at, until: event.at };
                self.bursts.push_back(burst);
            }
        }
    }

    fn on_command(&mut self, event: &TraceEvent, command: &Command) {
        if !matches!(command, Command::Until { .. }) {
            self.commands.push_back((event.id, event.at));
        }
        match command {
            Command::Crash(server) | Command::CrashTorn { server, .. } => {
                self.server(*server).stand(event, LaneState::Off);
            }
            Command::CrashLeader => {
                if let Some(leader) = self.leader() {
                    self.server(leader).stand(event, LaneState::Off);
                }
            }
            Command::Pause(server) => self.server(*server).pause(event, true),
            Command::Resume(server) => self.server(*server).pause(event, false),
            Command::HealAndRestartAll => {
                self.lanes.values_mut().for_each(|lane| lane.pause(event, false));
            }
            _ => {}
        }
    }

    /// The command had no effect.
    fn on_refusal(&mut self, event: &TraceEvent) {
        let Some(command) = event.cause else { return };
        self.lanes.values_mut().for_each(|lane| lane.take_back(command));
    }

    /// The established leader of the highest epoch.
    fn leader(&self) -> Option<ServerId> {
        let leads = |(end, lane): (&Endpoint, &Lane)| match lane.standing() {
            Standing { state: LaneState::On { role, phase }, epoch, .. } => {
                let leads = role == RoleName::Leading && phase == Phase::Broadcast;
                end.server().filter(|_| leads).map(|server| (epoch, server))
            }
            _ => None,
        };
        self.lanes.iter().filter_map(leads).max().map(|(_, server)| server)
    }
}

/// How many of what is sorted come before the first for which `before` is false.
fn partition<T: Clone>(sorted: &imbl::Vector<T>, before: impl Fn(&T) -> bool) -> usize {
    let (mut low, mut high) = (0, sorted.len());
    while low < high {
        let middle = low + (high - low) / 2;
        if sorted.get(middle).is_some_and(&before) { low = middle + 1 } else { high = middle }
    }
    low
}
