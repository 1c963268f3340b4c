//! One record after the other: the recording shows something, ours must have done the same.

use std::collections::{BTreeMap, BTreeSet};

use super::apart::Apart;
use super::lines::{Lines, Part};
use super::names::Names;
use super::outset::Outset;
use super::prelude::Prelude;
use super::record::{Event, Notice, Record, Recording};
use super::report::{Difference, FileReport, Freedom};
use super::said::Said;
use super::steps::Standing;
use super::translate;
use super::votes::Votes;
use crate::ensemble::{Choice, Effect, Ensemble, PacketId, Segment};
use crate::server::Timer;
use crate::types::{ClientId, Instant, ServerId};
use crate::zab::{self, Rules};

/// Ours, at some place of a recording.
pub(super) struct Replayer<'a> {
    pub recording: &'a Recording,
    pub ensemble: Ensemble,
    pub names: Names,
    pub lines: Lines,
    pub votes: Votes,
    /// What our packets under way on learners' connections stand for.
    pub standings: BTreeMap<PacketId, Standing>,
    /// The choices that would send what does not come next; tried again when something has moved.
    pub put_off: BTreeMap<ServerId, Vec<Choice>>,
    /// What our clients were told, by request.
    pub told: BTreeMap<(ClientId, i32), i32>,
    /// Learners that are not compared for now, and what they were sent meanwhile.
    pub apart: BTreeMap<ServerId, Apart>,
    /// Nothing is excused but what is free: ours follows the rules of the version recorded.
    pub strict: bool,
    pub report: FileReport,
    /// The recording has shown that they give up their role.
    pub leaving: BTreeSet<ServerId>,
    /// Started by the test, and not heard of yet.
    pub starting: BTreeSet<ServerId>,
    /// PINGs of ours that the recording has not shown.
    pings: BTreeMap<(ServerId, ServerId), u32>,
    now: u32,
}

/// A replay that cannot go on.
pub(super) struct Stuck {
    pub place: String,
    pub recorded: String,
    pub ours: String,
}

pub(super) type Step = Result<(), Stuck>;

/// Replays a recording against our servers under these rules.
pub fn replay(recording: &Recording, rules: Rules) -> FileReport {
    let outset = Outset::infer(recording);
    let mut report = FileReport { outset: outset.to_string(), ..FileReport::default() };
    let prelude = match Prelude::play(recording, &outset, rules) {
        Ok(prelude) => prelude,
        Err(why) => {
            report.differences.push(Difference {
                line: 1,
                at: Instant::ZERO,
                place: "before the recording".to_owned(),
                recorded: outset.to_string(),
                ours: why,
                before: Vec::new(),
            });
            return report;
        }
    };
    let mut replayer = Replayer::new(recording, &outset, prelude, rules, report);
    replayer.run();
    replayer.report
}

impl<'a> Replayer<'a> {
    fn new(
        recording: &'a Recording,
        outset: &Outset,
        prelude: Prelude,
        rules: Rules,
        report: FileReport,
    ) -> Replayer<'a> {
        let Prelude { ensemble, names, votes, .. } = prelude;
        let established: Vec<(ServerId, ServerId)> = outset
            .established
            .iter()
            .flat_map(|found| found.learners.iter().map(|&learner| (learner, found.leader)))
            .collect();
        let mut lines = Lines::of(recording, &established);
        for (id, connection) in ensemble.connections().iter() {
            if connection.channel == crate::ensemble::Channel::Learner
                && let Some(learner) = connection.dialler.server()
                && let Some(leader) = connection.acceptor.server()
            {
                lines.call(learner, leader, id);
            }
        }
        let version = format!("zookeeper-{}", recording.header.zookeeper);
        Replayer {
            recording,
            ensemble,
            names,
            lines,
            votes: Votes::of(recording, votes),
            standings: BTreeMap::new(),
            put_off: BTreeMap::new(),
            told: BTreeMap::new(),
            apart: BTreeMap::new(),
            strict: rules.set_name() == Some(version.as_str()),
            report,
            leaving: BTreeSet::new(),
            starting: BTreeSet::new(),
            pings: BTreeMap::new(),
            now: 0,
        }
    }

    fn run(&mut self) {
        let recording = self.recording;
        for (index, record) in (0..).zip(&recording.records) {
            self.now = index;
            let step = self.take(index, record);
            if let Err(stuck) = step {
                self.differ(index, record, stuck);
                let behind = recording.records.len() as u64 - u64::from(index) - 1;
                if behind > 0 {
                    self.report.skipped.insert(Freedom::BehindDifference, behind);
                }
                return;
            }
        }
        if let Err(stuck) = self.end()
            && let Some(record) = recording.records.last()
        {
            self.differ(self.now, record, stuck);
        }
    }

    pub fn now_record(&self) -> Option<&Record> {
        self.recording.records.get(self.now as usize)
    }

    pub fn now(&self) -> u32 {
        self.now
    }

    /// How many servers the configuration names.
    pub fn members(&self) -> i64 {
        self.recording.header.servers.len() as i64
    }

    fn differ(&mut self, index: u32, record: &Record, stuck: Stuck) {
        let Stuck { place, recorded, ours } = stuck;
        let before = self.context(index);
        let difference =
            Difference { line: record.line, at: record.at, place, recorded, ours, before };
        self.report.differences.push(difference);
    }

    /// The last messages of the same connection, either way.
    fn context(&self, index: u32) -> Vec<String> {
        let Some(&(line, _, _)) = self.lines.places.get(&index) else { return Vec::new() };
        let same = self.lines.places.range(..index).rev().filter(|(_, place)| place.0 == line);
        let text = |(&index, _): (&u32, _)| match &self.recording.records[index as usize].event {
            Event::Quorum { from, to, said } => format!("{from} to {to}: {said}"),
            _ => String::new(),
        };
        let mut lines: Vec<String> = same.take(3).map(text).collect();
        lines.reverse();
        lines
    }

    fn take(&mut self, index: u32, record: &Record) -> Step {
        self.wake(&record.event)?;
        match &record.event {
            Event::Driver(action, server) => self.drive(*action, *server)?,
            Event::DriverOther => self.report.skip(Freedom::ClientTraffic),
            Event::EndOfCapture => {}
            Event::State(server, Some(role)) => self.enter(*server, *role)?,
            Event::State(_, None) => self.report.skip(Freedom::StateLog),
            Event::Connected { channel, from, to, refused } => {
                self.connect(index, *channel, *from, *to, *refused)?;
            }
            Event::Closed { channel, from, to } => self.close(index, *channel, *from, *to),
            Event::Notification { from, to, notice } => {
                self.notification(index, *from, *to, *notice)?;
            }
            Event::Quorum { from, to, said: Said::Ping { answer, .. } } => {
                if !answer {
                    self.ping(*from, *to);
                }
                self.report.skip(Freedom::PingTiming);
            }
            Event::Quorum { from, to, said } => self.message(index, record, (*from, *to), said)?,
            Event::ClientConnects { client, server, timeout, session } => {
                self.client_connects(*client, *server, *timeout, session.as_deref());
            }
            Event::ClientConnected { .. } | Event::ClientOther => {
                self.report.skip(Freedom::ClientTraffic);
            }
            Event::ClientRequest { client, server, xid, asked } => {
                self.client_asks(*client, *server, *xid, asked)?;
            }
            Event::ClientReply { client, server, xid, err } => {
                self.client_is_told(*client, *server, *xid, *err)?;
            }
        }
        self.reconsider();
        self.settle();
        Ok(())
    }

    fn notification(&mut self, index: u32, from: ServerId, to: ServerId, notice: Notice) -> Step {
        self.votes.show(from, to, notice);
        self.reconsider();
        self.settle();
        if self.is_apart(from) || !self.votes.last.contains_key(&index) {
            self.report.skip(Freedom::ElectionTraffic);
            return Ok(());
        }
        match self.vote_differs(index, from, notice) {
            None => {
                self.report.messages += 1;
                Ok(())
            }
            Some(ours) => Err(Stuck {
                place: format!("last vote of {from}"),
                recorded: notice.to_string(),
                ours,
            }),
        }
    }

    /// A leader pings all its learners at once; the recording shows one after the other.
    fn ping(&mut self, leader: ServerId, learner: ServerId) {
        let owed = self.pings.entry((leader, learner)).or_default();
        if *owed > 0 {
            *owed -= 1;
            return;
        }
        if self.fire(leader, zab::Timer::HalfTick) {
            let lines = self.lines.lines.iter();
            let others = lines.filter(|line| line.leader == leader && line.learner != learner);
            let others: Vec<ServerId> = others.map(|line| line.learner).collect();
            for other in others {
                *self.pings.entry((leader, other)).or_default() = 1;
            }
        }
    }

    fn message(
        &mut self,
        index: u32,
        record: &Record,
        (from, to): (ServerId, ServerId),
        said: &Said,
    ) -> Step {
        if self.declared_apart(record, from, to, said) {
            return Ok(());
        }
        let Some(&(line, part, place)) = self.lines.places.get(&index) else {
            return Err(Stuck {
                place: format!("{from} to {to}"),
                recorded: said.to_string(),
                ours: "no connection is open between them".to_owned(),
            });
        };
        self.lines.lines[line].part_mut(part).shown = place + 1;
        self.reconsider();
        self.settle();
        if !self.has_sent(line, part, place) {
            self.prompt(from);
        }
        let is_excused = self.is_excused(line, said);
        let has_sent = self.has_sent(line, part, place);
        let sequence = self.lines.lines[line].part_mut(part);
        if has_sent && !sequence.excused.contains(&place) {
            self.report.messages += 1;
            return Ok(());
        }
        if is_excused {
            sequence.sent = sequence.sent.max(place + 1);
            let what = format!("{from} to {to}: {said}");
            self.report.declare(record, Freedom::SyncTxnAcks, what);
            return Ok(());
        }
        let ours = self.would_send(from, line, part);
        let ours = ours.unwrap_or_else(|| "sends nothing".to_owned());
        let (place, recorded) = (format!("{from} to {to}"), said.to_string());
        Err(Stuck { place, recorded, ours })
    }

    fn has_sent(&self, line: usize, part: Part, place: usize) -> bool {
        self.lines.lines[line].part(part).sent > place
    }

    /// Timers, as needed: a leader's look at the sessions.
    fn prompt(&mut self, server: ServerId) {
        self.fire_server(server, Timer::SessionTick);
        self.settle();
    }

    /// The recording has ended: nothing may be left that ours would send and the recording lacks.
    fn end(&mut self) -> Step {
        self.settle();
        for index in 0..self.lines.lines.len() {
            let line = &self.lines.lines[index];
            let (ends, learner, leader) = (line.ends, line.learner, line.leader);
            if ends || line.ours.is_none() || self.is_apart(learner) {
                continue;
            }
            for part in [Part::Up, Part::Acks, Part::Down] {
                let from = if part == Part::Down { leader } else { learner };
                if let Some(ours) = self.would_send(from, index, part) {
                    let to = if part == Part::Down { learner } else { leader };
                    return Err(Stuck {
                        place: format!("{from} to {to}"),
                        recorded: "ends without it".to_owned(),
                        ours,
                    });
                }
            }
        }
        Ok(())
    }

    /// What a server would send on this part of a line if it did not wait for the recording.
    pub fn would_send(&self, sender: ServerId, line: usize, part: Part) -> Option<String> {
        let connection = self.lines.lines[line].ours?;
        for choice in self.candidates(sender) {
            let mut ensemble = self.ensemble.clone();
            let mut effects = Vec::new();
            ensemble.apply(&choice, self.clock(), &mut effects);
            for effect in &effects {
                let Effect::Sent(transfer) = effect else { continue };
                let Segment::Packet(packet) = &transfer.segment else { continue };
                if transfer.connection != connection || transfer.from.server() != Some(sender) {
                    continue;
                }
                let mut names = self.names.clone();
                let place = self.lines.lines[line].part(part);
                let alike = place.expected.get(place.sent).map(|expected| &expected.said);
                let said = translate::said(packet, sender, self.members(), alike, &mut names)?;
                let upward = part != Part::Down;
                if Part::of(&said, upward) == part && !matches!(said, Said::Ping { .. }) {
                    return Some(said.to_string());
                }
            }
        }
        None
    }
}
