//! Recordings with a mistake in them, and texts with several.

use zabscope::conform::protocol::{DoneBody, Driver, Event, Outset, Recording, Said};
use zabscope::types::{ServerId, Zxid};

/// A small generator: SplitMix64.
pub struct Draws(pub u64);

impl Draws {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }
}

/// What is done to one record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Alteration {
    /// One of its fields has another value.
    Alter(usize),
    /// It is missing.
    Drop(usize),
    /// It changes places with the next one of its connection and direction.
    Swap(usize, usize),
}

impl Alteration {
    /// An alteration of a record that is compared.
    pub fn draw(recording: &Recording, draws: &mut Draws) -> Alteration {
        let compared = recording.compared();
        let index = compared[draws.below(compared.len())] as usize;
        match draws.below(3) {
            0 => Alteration::Alter(index),
            1 => Alteration::Drop(index),
            _ => match next_of_lane(recording, index) {
                Some(other) => Alteration::Swap(index, other),
                None => Alteration::Drop(index),
            },
        }
    }

    /// The recording with it; `None` where it alters nothing or is free.
    pub fn apply(self, recording: &Recording, draws: &mut Draws) -> Option<Recording> {
        if self.is_free(recording) {
            return None;
        }
        let mut altered = recording.clone();
        match self {
            Alteration::Alter(index) => match &mut altered.records[index].event {
                Event::Quorum { from, said, .. } => {
                    let is_old = is_inferred(recording, index);
                    alter_said(said, *from, is_old, draws);
                }
                Event::Notification { notice, .. } => match draws.below(3) {
                    0 => notice.round += 1,
                    1 => notice.leader = if notice.leader == 1 { 2 } else { 1 },
                    _ => notice.zxid.1 += 1,
                },
                _ => return None,
            },
            Alteration::Drop(index) => {
                altered.records.remove(index);
            }
            Alteration::Swap(one, other) => {
                let event = altered.records[one].event.clone();
                altered.records[one].event =
                    std::mem::replace(&mut altered.records[other].event, event);
            }
        }
        (altered != *recording).then_some(altered)
    }

    /// What a comparison cannot see, by what it is: a repeated vote or line of a server's own log
    /// more or less; ACKs of transactions among ACKs of `(e,0)`; a message that was under way when
    /// its connection ended; a message exchanged with its equal.
    fn is_free(self, recording: &Recording) -> bool {
        let event = |index: usize| &recording.records[index].event;
        match self {
            Alteration::Alter(index) => matches!(event(index), Event::State(..)),
            Alteration::Drop(index) => match event(index) {
                Event::Quorum { .. } => is_last_before_end(recording, index),
                _ => true,
            },
            Alteration::Swap(one, other) => {
                let (Event::Quorum { said: one, .. }, Event::Quorum { said: other, .. }) =
                    (event(one), event(other))
                else {
                    return true;
                };
                let is_epoch_ack = |said: &Said| match said {
                    Said::Ack(zxid) => zxid.counter == 0,
                    _ => false,
                };
                let is_txn_ack = |said: &Said| said.acked_txn().is_some();
                one == other
                    || is_epoch_ack(one) && is_txn_ack(other)
                    || is_txn_ack(one) && is_epoch_ack(other)
            }
        }
    }

    pub fn tell(self, recording: &Recording) -> String {
        let place = |index: usize| {
            let record = &recording.records[index];
            format!("line {} {:?}", record.line, record.event)
        };
        match self {
            Alteration::Alter(index) => format!("altered {}", place(index)),
            Alteration::Drop(index) => format!("dropped {}", place(index)),
            Alteration::Swap(one, other) => format!("swapped {} and {}", place(one), place(other)),
        }
    }
}

fn ends_of(event: &Event) -> Option<(ServerId, ServerId)> {
    match event {
        Event::Quorum { from, to, .. } => Some((*from, *to)),
        _ => None,
    }
}

/// Whether the record opens or ends a connection between these two.
fn cuts(event: &Event, (from, to): (ServerId, ServerId)) -> bool {
    use zabscope::conform::protocol::{Channel, End};
    let (from, to) = (End::Server(from), End::Server(to));
    match event {
        Event::Connected { channel: Channel::Quorum, from: Some(caller), to: called, .. } => {
            (*caller, *called) == (from, to) || (*caller, *called) == (to, from)
        }
        Event::Closed { channel: Channel::Quorum, from: closer, to: other } => {
            (*closer, *other) == (from, to) || (*closer, *other) == (to, from)
        }
        Event::Driver(Driver::Kill, server) => [from, to].contains(&End::Server(*server)),
        _ => false,
    }
}

/// The next message of the same connection and direction.
fn next_of_lane(recording: &Recording, index: usize) -> Option<usize> {
    let ends = ends_of(&recording.records[index].event)?;
    for (other, record) in recording.records.iter().enumerate().skip(index + 1) {
        if cuts(&record.event, ends) {
            return None;
        }
        let is_ping = matches!(&record.event, Event::Quorum { said: Said::Ping { .. }, .. });
        if ends_of(&record.event) == Some(ends) && !is_ping {
            return Some(other);
        }
    }
    None
}

/// Whether nothing follows in this direction before the connection ends within the recording.
fn is_last_before_end(recording: &Recording, index: usize) -> bool {
    let Some(ends) = ends_of(&recording.records[index].event) else { return false };
    for record in &recording.records[index + 1..] {
        if ends_of(&record.event) == Some(ends) {
            return false;
        }
        if cuts(&record.event, ends) {
            return true;
        }
    }
    false
}

/// Whether the transaction was there before the recording began: its content is what is inferred.
fn is_inferred(recording: &Recording, index: usize) -> bool {
    match &recording.records[index].event {
        Event::Quorum { said: Said::Proposal(zxid, _), .. } => {
            Outset::infer(recording).known.contains_key(zxid)
        }
        _ => false,
    }
}

fn alter_said(said: &mut Said, from: ServerId, content_is_inferred: bool, draws: &mut Draws) {
    match said {
        Said::Info { zxid, sid, config_version, .. } => match draws.below(3) {
            0 => alter_zxid(zxid, draws),
            1 => *sid = ServerId(from.0 + 1),
            _ => *config_version += 1,
        },
        Said::AckEpoch { zxid, current_epoch } => match draws.below(2) {
            0 => alter_zxid(zxid, draws),
            _ => *current_epoch += 1,
        },
        Said::NewLeader { zxid, config_members, config_version } => match draws.below(3) {
            0 => alter_zxid(zxid, draws),
            1 => *config_members += 1,
            _ => *config_version += 1,
        },
        Said::LeaderInfo(zxid)
        | Said::Diff(zxid)
        | Said::Trunc(zxid)
        | Said::Snap(zxid)
        | Said::Ack(zxid)
        | Said::Commit(zxid)
        | Said::Sync(zxid) => alter_zxid(zxid, draws),
        Said::UpToDate => *said = Said::Sync(Zxid::ZERO),
        Said::Proposal(zxid, done) | Said::Inform(zxid, done) => match draws.below(4) {
            0 => alter_zxid(zxid, draws),
            _ if content_is_inferred => alter_zxid(zxid, draws),
            1 => done.cxid += 1,
            2 => done.session.push('1'),
            _ => alter_body(&mut done.body),
        },
        Said::Request { session, cxid, asked } => match draws.below(3) {
            0 => session.push('1'),
            1 => *cxid += 1,
            _ => asked.op.push('2'),
        },
        Said::Revalidate { session, .. } | Said::Revalidated { session, .. } => session.push('1'),
        Said::Ping { .. } => {}
    }
}

fn alter_zxid(zxid: &mut Zxid, draws: &mut Draws) {
    match draws.below(2) {
        0 => zxid.counter += 1,
        _ => zxid.epoch = zxid.epoch.next(),
    }
}

/// The first field that there is gets another value.
fn alter_body(body: &mut DoneBody) {
    let DoneBody { path, data_bytes, timeout, err, delete, txns, .. } = body;
    match (path, data_bytes, timeout, err) {
        (Some(path), ..) => path.push('x'),
        (_, Some(count), ..) => *count += 1,
        (_, _, Some(timeout), _) => *timeout += 1_000,
        (.., Some(err)) => *err -= 1,
        _ if !txns.is_empty() => alter_body(&mut txns[0]),
        _ => delete.push("/x".to_owned()),
    }
}

/// A text with one to four characters, words or lines changed.
pub fn mutated(text: &str, draws: &mut Draws) -> String {
    const SCRAPS: &[&str] = &[
        "",
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "-1",
        "0",
        "1e9",
        "18446744073709551616",
        "null",
        "true",
        "\"?\"",
        "\"c1\"",
        "[1,2]",
        "\"quorum\"",
        "\"ACK\"",
        "\n",
        "{}",
        "é",
        "\u{0}",
        "9",
    ];
    let mut text = text.to_owned();
    for _ in 0..=draws.below(4) {
        let boundaries: Vec<usize> = text.char_indices().map(|(index, _)| index).collect();
        if boundaries.is_empty() {
            return text;
        }
        let start = boundaries[draws.below(boundaries.len())];
        let length = [1, 2, 4, 12, 80][draws.below(5)];
        let end = boundaries.iter().copied().find(|&at| at >= start + length);
        let scrap = SCRAPS[draws.below(SCRAPS.len())];
        text.replace_range(start..end.unwrap_or(text.len()), scrap);
    }
    text
}
