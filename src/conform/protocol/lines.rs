//! What a recording holds for each learner's connection, in order, and how far ours has come in it.

use std::collections::{BTreeMap, BTreeSet};

use super::record::{Channel, Driver, End, Event, Recording};
use super::said::Said;
use crate::types::{ConnectionId, ServerId, Zxid};

/// One message that the recording has next, sooner or later.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Expected {
    /// Its record, by its place among the records.
    pub record: u32,
    pub said: Said,
}

/// The messages of one kind in one direction of one connection.
#[derive(Clone, Debug, Default)]
pub(super) struct Sequence {
    pub expected: Vec<Expected>,
    /// How many of them the recording has shown so far.
    pub shown: usize,
    /// How many of them ours has sent, or is excused from.
    pub sent: usize,
    /// Which of those ours has not sent.
    pub excused: BTreeSet<usize>,
}

/// Three sequences a connection: what a learner acknowledges of transactions has no order with what
/// else it says, since two threads write it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Part {
    /// From the learner, all but the ACKs of transactions.
    Up,
    /// From the learner, the ACKs of transactions.
    Acks,
    /// From the leader.
    Down,
}

/// One connection of a learner to a leader.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub learner: ServerId,
    pub leader: ServerId,
    /// Ours, once the learner has called.
    pub ours: Option<ConnectionId>,
    /// Whether the recording has shown the call.
    pub called: bool,
    /// Whether the connection ends within the recording: what was under way then is lost.
    pub ends: bool,
    /// Who hangs up within the recording, and which have done so already.
    pub hang_ups: BTreeMap<ServerId, bool>,
    parts: [Sequence; 3],
    /// The transactions sent between the op packet and NEWLEADER.
    pub synchronized: BTreeSet<Zxid>,
    /// The last record of each direction, from the learner and from the leader, PINGs included.
    last: [u32; 2],
}

/// All connections of a recording.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    pub lines: Vec<Line>,
    /// The place of each message record: line, part, place in the sequence.
    pub places: BTreeMap<u32, (usize, Part, usize)>,
    /// The line that each call or hang-up is about.
    pub links: BTreeMap<u32, usize>,
}

impl Part {
    pub fn of(said: &Said, upward: bool) -> Part {
        match (upward, said.acked_txn()) {
            (false, _) => Part::Down,
            (true, Some(_)) => Part::Acks,
            (true, None) => Part::Up,
        }
    }
}

impl Line {
    fn new(learner: ServerId, leader: ServerId, called: bool) -> Line {
        Line {
            learner,
            leader,
            ours: None,
            called,
            ends: false,
            hang_ups: BTreeMap::new(),
            parts: Default::default(),
            synchronized: BTreeSet::new(),
            last: [0; 2],
        }
    }

    pub fn part(&self, part: Part) -> &Sequence {
        &self.parts[part as usize]
    }

    pub fn part_mut(&mut self, part: Part) -> &mut Sequence {
        &mut self.parts[part as usize]
    }

    /// Whether what is sent at this record may have been under way when the connection ended: the
    /// recording shows nothing behind it.
    pub fn may_lose(&self, part: Part, record: u32) -> bool {
        self.ends && part != Part::Acks && self.last[usize::from(part == Part::Down)] <= record
    }

    /// Notes which transactions the synchronisation carries: all PROPOSALs before NEWLEADER.
    fn note_synchronized(&mut self) {
        let down = &self.parts[Part::Down as usize].expected;
        let joins = down.iter().any(|expected| expected.said.is_op_packet());
        let before = down
            .iter()
            .take_while(|expected| joins && !matches!(expected.said, Said::NewLeader { .. }));
        self.synchronized = before
            .filter_map(|expected| match &expected.said {
                Said::Proposal(zxid, _) => Some(*zxid),
                _ => None,
            })
            .collect();
    }
}

impl Lines {
    /// Sorts the messages of a recording by connection. `established` are the learners that the
    /// recording finds connected, with their leader.
    pub fn of(recording: &Recording, established: &[(ServerId, ServerId)]) -> Lines {
        let mut lines =
            Lines { lines: Vec::new(), places: BTreeMap::new(), links: BTreeMap::new() };
        let open = |&(learner, leader): &(ServerId, ServerId)| Line::new(learner, leader, true);
        lines.lines = established.iter().map(open).collect();
        for (index, record) in (0..).zip(&recording.records) {
            lines.take(index, &record.event);
        }
        for line in &mut lines.lines {
            line.note_synchronized();
        }
        lines
    }

    fn take(&mut self, index: u32, event: &Event) {
        match event {
            Event::Connected {
                channel: Channel::Quorum,
                from: Some(End::Server(learner)),
                to: End::Server(leader),
                refused: false,
            } => {
                if let Some(before) = self.newest(*learner, *leader) {
                    self.lines[before].ends = true;
                }
                self.links.insert(index, self.lines.len());
                self.lines.push(Line::new(*learner, *leader, false));
            }
            Event::Closed {
                channel: Channel::Quorum,
                from: End::Server(from),
                to: End::Server(to),
            } => {
                if let Some(line) = self.newest_between(*from, *to) {
                    self.lines[line].ends = true;
                    self.lines[line].hang_ups.insert(*from, false);
                    self.links.insert(index, line);
                }
            }
            Event::Driver(Driver::Kill, server) => {
                let held = |line: &&mut Line| line.learner == *server || line.leader == *server;
                self.lines.iter_mut().filter(held).for_each(|line| line.ends = true);
            }
            Event::Quorum { from, to, said } => {
                let Some(line) = self.newest_between(*from, *to) else { return };
                let upward = self.lines[line].learner == *from;
                self.lines[line].last[usize::from(!upward)] = index;
                if matches!(said, Said::Ping { .. }) {
                    return;
                }
                let part = Part::of(said, upward);
                let sequence = self.lines[line].part_mut(part);
                self.places.insert(index, (line, part, sequence.expected.len()));
                sequence.expected.push(Expected { record: index, said: said.clone() });
            }
            _ => {}
        }
    }

    fn newest(&self, learner: ServerId, leader: ServerId) -> Option<usize> {
        self.lines.iter().rposition(|line| line.learner == learner && line.leader == leader)
    }

    fn newest_between(&self, one: ServerId, other: ServerId) -> Option<usize> {
        let between = |line: &Line| {
            (line.learner, line.leader) == (one, other)
                || (line.learner, line.leader) == (other, one)
        };
        self.lines.iter().rposition(between)
    }

    /// The line that one of our connections stands for.
    pub fn of_ours(&self, connection: ConnectionId) -> Option<usize> {
        self.lines.iter().rposition(|line| line.ours == Some(connection))
    }

    /// Ours has called: it is the next call of that learner to that leader which the recording has.
    pub fn call(&mut self, learner: ServerId, leader: ServerId, ours: ConnectionId) {
        let next = self
            .lines
            .iter_mut()
            .find(|line| line.learner == learner && line.leader == leader && line.ours.is_none());
        if let Some(line) = next {
            line.ours = Some(ours);
        }
    }

    /// One of our calls came to nothing: the next one stands in its place.
    pub fn call_again(&mut self, ours: ConnectionId) {
        if let Some(line) = self.of_ours(ours)
            && !self.lines[line].called
        {
            self.lines[line].ours = None;
        }
    }
}
