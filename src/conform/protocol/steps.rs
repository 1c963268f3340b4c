//! Which choices ours may take now: those whose messages the recording has next.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::lines::Part;
use super::names::Names;
use super::replay::Replayer;
use super::said::Said;
use super::translate;
use crate::client;
use crate::ensemble::{
    Channel, Choice, Direction, Effect, Endpoint, InFlight, PacketId, Segment, Transfer,
};
use crate::server::Packet;
use crate::types::{ConnectionId, ServerId, WallTime};
use crate::zab::{self, Message};

/// What one of our packets on a learner's connection stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Standing {
    /// The message at this place of a sequence.
    For { line: usize, part: Part, place: usize },
    /// None: it was under way when its connection ended.
    Lost { line: usize },
    /// None: what its learner says and hears is not compared for now.
    Apart,
    /// A PING.
    Ping,
}

/// What a choice would do to the books.
#[derive(Default)]
struct Bill {
    standings: Vec<(PacketId, Standing)>,
    sent: BTreeMap<(usize, Part), usize>,
    excused: Vec<(usize, Part, usize)>,
    /// Whether the disk is what makes ours speak.
    by_disk: bool,
    names: Option<Names>,
    calls: Vec<Transfer>,
}

impl Replayer<'_> {
    /// Lets everyone act who may, until nobody may.
    pub fn settle(&mut self) {
        loop {
            let mut moved = self.step_clients();
            let servers: Vec<ServerId> =
                self.ensemble.servers().map(crate::server::Server::id).collect();
            for server in servers {
                moved |= self.step_server(server);
            }
            if !moved {
                return;
            }
        }
    }

    /// What was put off may be tried again.
    pub fn reconsider(&mut self) {
        self.put_off.clear();
    }

    fn step_clients(&mut self) -> bool {
        let mut moved = false;
        while let Some((connection, direction)) = self.next_for_clients() {
            self.apply(&Choice::Deliver { connection, direction });
            moved = true;
        }
        moved
    }

    fn next_for_clients(&self) -> Option<(ConnectionId, Direction)> {
        self.deliveries(|end| end.client().is_some()).next()
    }

    fn step_server(&mut self, server: ServerId) -> bool {
        let mut moved = false;
        while let Some(choice) = self.candidates(server).into_iter().find(|choice| {
            let put_off = self.put_off.get(&server);
            !put_off.is_some_and(|choices| choices.contains(choice))
        }) {
            if self.try_choice(&choice) {
                self.put_off.remove(&server);
                moved = true;
            } else {
                self.put_off.entry(server).or_default().push(choice);
            }
        }
        moved
    }

    /// What this server could do, as far as the recording has shown what it would hear.
    pub fn candidates(&self, server: ServerId) -> Vec<Choice> {
        let Some(found) = self.ensemble.server(server).filter(|found| found.is_running()) else {
            return Vec::new();
        };
        let Some(process) = found.process() else { return Vec::new() };
        let deliveries = self.deliveries(|end| end == Endpoint::Server(server));
        let mut choices: Vec<Choice> = deliveries
            .map(|(connection, direction)| Choice::Deliver { connection, direction })
            .collect();
        if !process.log_queue().is_empty() {
            choices.push(Choice::RunLog(server));
        }
        if !found.disk().flushing().is_empty() {
            choices.push(Choice::FinishFlush(server));
        }
        if !process.commit_queue().is_empty() {
            choices.push(Choice::RunCommit(server));
        }
        choices
    }

    fn deliveries(
        &self,
        to: impl Fn(Endpoint) -> bool,
    ) -> impl Iterator<Item = (ConnectionId, Direction)> {
        let lanes = self.ensemble.connections().iter().flat_map(|(id, connection)| {
            Direction::BOTH.map(|direction| (id, connection, direction))
        });
        lanes
            .filter(move |(id, connection, direction)| {
                let head = connection.in_flight(*direction).front();
                let receiver = connection.receiver(*direction);
                head.is_some_and(|head| {
                    to(receiver)
                        && match connection.channel {
                            Channel::Client => true,
                            Channel::Election => {
                                self.is_due_vote(connection.sender(*direction), receiver, head)
                            }
                            Channel::Learner => self.is_shown(*id, *direction, head),
                        }
                })
            })
            .map(|(id, _, direction)| (id, direction))
    }

    /// Whether the recording has shown what is at the head of a learner's connection.
    fn is_shown(&self, id: ConnectionId, direction: Direction, head: &InFlight) -> bool {
        let Some(connection) = self.ensemble.connections().find(id) else { return false };
        let line = self.lines.of_ours(id).map(|line| &self.lines.lines[line]);
        match &head.segment {
            Segment::Open => line.is_some_and(|line| line.called),
            Segment::Accept => true,
            Segment::Close | Segment::Reset => {
                let sender = connection.sender(direction).server();
                let hang_up = line.zip(sender).and_then(|(line, from)| line.hang_ups.get(&from));
                hang_up.is_none_or(|&done| done)
            }
            Segment::Packet(_) => {
                let mut behind = connection.in_flight(direction).iter();
                behind.next();
                match self.standings.get(&head.packet) {
                    Some(Standing::Ping | Standing::Apart) => true,
                    // What a learner acknowledges of transactions may arrive ahead.
                    Some(Standing::For { part: Part::Acks, .. }) => {
                        self.has_been_shown(head.packet)
                            || behind.any(|packet| self.has_been_shown(packet.packet))
                    }
                    Some(Standing::For { .. }) => self.has_been_shown(head.packet),
                    Some(Standing::Lost { .. }) | None => false,
                }
            }
        }
    }

    fn has_been_shown(&self, packet: PacketId) -> bool {
        match self.standings.get(&packet) {
            Some(&Standing::For { line, part, place }) => {
                place < self.lines.lines[line].part(part).shown
            }
            _ => false,
        }
    }

    /// Takes the choice if all that it makes ours send is what the recording has next.
    pub fn try_choice(&mut self, choice: &Choice) -> bool {
        let mut ensemble = self.ensemble.clone();
        let mut effects = Vec::new();
        ensemble.apply(choice, self.clock(), &mut effects);
        let by_disk = matches!(choice, Choice::FinishFlush(_));
        let Some(bill) = self.judge(&effects, by_disk) else { return false };
        self.ensemble = ensemble;
        self.book(bill, &effects);
        true
    }

    /// Takes the choice whatever it makes ours send. What the recording does not have next is
    /// lost.
    pub fn apply(&mut self, choice: &Choice) {
        let mut effects = Vec::new();
        let clock = self.clock();
        self.ensemble.apply(choice, clock, &mut effects);
        let bill = self.judge(&effects, false).unwrap_or_default();
        self.book(bill, &effects);
    }

    pub fn clock(&self) -> WallTime {
        let now = self.now_record().map_or(0, |record| record.at.0 / 1_000);
        super::prelude::CALENDAR_START.plus_millis(i64::try_from(now).unwrap_or(i64::MAX))
    }

    /// What would be sent, if the recording has all of it next.
    fn judge(&self, effects: &[Effect], by_disk: bool) -> Option<Bill> {
        let mut bill = Bill { by_disk, ..Bill::default() };
        for effect in effects {
            match effect {
                Effect::Sent(transfer) => self.judge_sent(transfer, &mut bill)?,
                Effect::Peer(server, zab::Note::GaveUp { .. }) if !self.may_leave(*server) => {
                    return None;
                }
                Effect::Server(_, crate::server::Note::Exited { .. }) => return None,
                _ => {}
            }
        }
        Some(bill)
    }

    fn judge_sent(&self, transfer: &Transfer, bill: &mut Bill) -> Option<()> {
        let Transfer { packet: id, connection, from, to, segment, .. } = transfer;
        let (Some(from), Some(to)) = (from.server(), to.server()) else { return Some(()) };
        let calls = matches!(segment, Segment::Open)
            && self.ensemble.connections().find(*connection).is_none();
        if calls {
            bill.calls.push(transfer.clone());
            return Some(());
        }
        let Some(line) = self.lines.of_ours(*connection) else {
            let strange = matches!(segment, Segment::Packet(packet) if is_learners(packet));
            return (!strange || self.is_apart(from) || self.is_apart(to)).then_some(());
        };
        match segment {
            Segment::Packet(packet) => {
                let standing = self.stands_for(line, from, packet, bill)?;
                bill.standings.push((*id, standing));
                Some(())
            }
            Segment::Close => {
                let line = &self.lines.lines[line];
                let may = line.ends || !line.called || self.is_apart(line.learner);
                may.then_some(())
            }
            Segment::Open | Segment::Accept | Segment::Reset => Some(()),
        }
    }

    fn stands_for(
        &self,
        index: usize,
        from: ServerId,
        packet: &Arc<Packet>,
        bill: &mut Bill,
    ) -> Option<Standing> {
        let line = &self.lines.lines[index];
        if packet.is_ping() {
            return Some(Standing::Ping);
        }
        if self.is_apart(line.learner) {
            return Some(Standing::Apart);
        }
        let names = bill.names.get_or_insert_with(|| self.names.clone());
        let upward = from == line.learner;
        let plain = translate::said(packet, from, self.members(), None, names)?;
        let part = Part::of(&plain, upward);
        let sequence = line.part(part);
        let start = bill.sent.get(&(index, part)).copied().unwrap_or(sequence.sent);
        let mut place = start;
        while let Some(expected) = sequence.expected.get(place) {
            let alike = Some(&expected.said);
            let ours = translate::said(packet, from, self.members(), alike, names)?;
            if ours == expected.said {
                // When a disk is done, the recording says.
                let is_first = !bill.sent.contains_key(&(index, part));
                if bill.by_disk && part == Part::Acks && is_first && place >= sequence.shown {
                    return None;
                }
                bill.excused.extend((start..place).map(|place| (index, part, place)));
                bill.sent.insert((index, part), place + 1);
                return Some(Standing::For { line: index, part, place });
            }
            if !self.is_excused(index, &expected.said) {
                return None;
            }
            place += 1;
        }
        line.may_lose(part, self.now()).then_some(Standing::Lost { line: index })
    }

    /// Whether ours may lack this message under a name.
    pub fn is_excused(&self, line: usize, said: &Said) -> bool {
        let synchronized = |zxid| self.lines.lines[line].synchronized.contains(&zxid);
        !self.strict && said.acked_txn().is_some_and(synchronized)
    }

    fn book(&mut self, bill: Bill, effects: &[Effect]) {
        for call in &bill.calls {
            if let (Some(from), Some(to)) = (call.from.server(), call.to.server())
                && self.channel(call.connection) == Some(Channel::Learner)
            {
                self.lines.call(from, to, call.connection);
            }
        }
        for ((line, part), sent) in bill.sent {
            self.lines.lines[line].part_mut(part).sent = sent;
        }
        for (line, part, place) in bill.excused {
            self.lines.lines[line].part_mut(part).excused.insert(place);
        }
        self.standings.extend(bill.standings);
        if let Some(names) = bill.names {
            self.names = names;
        }
        for effect in effects {
            match effect {
                Effect::Sent(transfer) => self.book_sent(transfer),
                Effect::Delivered(transfer) => {
                    self.standings.remove(&transfer.packet);
                    if transfer.segment == Segment::Reset {
                        self.lines.call_again(transfer.connection);
                    }
                }
                Effect::Client(client, note) => {
                    if let client::Note::Told { xid, result, .. } = &**note {
                        let err = result.as_ref().err().map_or(0, |error| error.code());
                        self.told.insert((*client, *xid), err);
                    }
                }
                _ => {}
            }
        }
    }

    fn book_sent(&mut self, transfer: &Transfer) {
        let Segment::Packet(packet) = &transfer.segment else { return };
        let Packet::Quorum { message, .. } = &**packet else { return };
        let Some(from) = transfer.from.server() else { return };
        match message {
            Message::Notification(notification) => {
                self.votes.ours_sent(from, translate::notice(notification));
            }
            Message::Proposal(proposal) => self.note_apart(transfer, proposal.txn.zxid, true),
            Message::Commit(commit) => self.note_apart(transfer, commit.zxid, false),
            _ => {}
        }
    }

    fn channel(&self, connection: ConnectionId) -> Option<Channel> {
        self.ensemble.connections().find(connection).map(|found| found.channel)
    }
}

/// Whether it travels on learners' connections.
fn is_learners(packet: &Packet) -> bool {
    match packet {
        Packet::Quorum { message, .. } => !matches!(message, Message::Notification(_)),
        Packet::ToServer(_) | Packet::ToClient(_) => false,
        _ => true,
    }
}
