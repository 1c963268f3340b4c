//! Elections: which votes of the recording are compared, and when ours may be heard.
//!
//! What travels between voters is free but for its end: each sender's last vote of an election, its
//! round, and who takes which role. So ours vote as they do; a vote arrives once the recording has
//! shown that sender's vote or a later one, and a server decides when the recording says so.

use std::collections::BTreeMap;

use super::record::{Driver, Event, Notice, Recording};
use super::replay::Replayer;
use crate::ensemble::{Choice, Endpoint, InFlight, Segment, TimerName};
use crate::server::{Packet, Timer};
use crate::types::ServerId;
use crate::zab::{self, Message, RoleName};

/// The books on votes.
#[derive(Clone, Debug, Default)]
pub(super) struct Votes {
    /// The records that hold a sender's last LOOKING vote of an election, or its last answer as a
    /// server with a role.
    pub last: BTreeMap<u32, ServerId>,
    /// Our servers' last LOOKING votes.
    ours: BTreeMap<ServerId, Notice>,
    /// The newest vote that the recording has shown on each way.
    shown: BTreeMap<(ServerId, ServerId), Notice>,
    /// Whether votes are heard at once, whatever the recording has shown.
    pub at_once: bool,
}

impl Votes {
    pub fn of(recording: &Recording, ours: BTreeMap<ServerId, Notice>) -> Votes {
        let mut open: BTreeMap<(ServerId, bool), u32> = BTreeMap::new();
        let mut last = BTreeMap::new();
        for (index, record) in (0..).zip(&recording.records) {
            match &record.event {
                Event::State(server, Some(RoleName::Looking))
                | Event::Driver(Driver::Start, server) => {
                    for looking in [true, false] {
                        let ended = open.remove(&(*server, looking));
                        last.extend(ended.map(|record| (record, *server)));
                    }
                }
                Event::Notification { from, notice, .. } => {
                    open.insert((*from, notice.state == RoleName::Looking), index);
                }
                _ => {}
            }
        }
        last.extend(open.into_iter().map(|((server, _), record)| (record, server)));
        Votes { last, ours, shown: BTreeMap::new(), at_once: false }
    }

    pub fn ours_sent(&mut self, from: ServerId, notice: Notice) {
        if notice.state == RoleName::Looking {
            self.ours.insert(from, notice);
        }
    }

    pub fn ours(&self, server: ServerId) -> Option<Notice> {
        self.ours.get(&server).copied()
    }

    /// The recording shows a vote.
    pub fn show(&mut self, from: ServerId, to: ServerId, notice: Notice) {
        self.shown.insert((from, to), notice);
    }

    /// A new election begins for this server.
    pub fn begin(&mut self, server: ServerId) {
        self.shown.retain(|(from, _), _| *from != server);
    }
}

/// The order in which a sender's votes follow each other.
fn rank(notice: &Notice) -> (i64, i64, (i64, i64), i64) {
    (notice.round, notice.peer_epoch, notice.zxid, notice.leader)
}

impl Replayer<'_> {
    /// Whether a packet between voters may arrive.
    pub fn is_due_vote(&self, from: Endpoint, to: Endpoint, head: &InFlight) -> bool {
        let (Some(from), Some(to)) = (from.server(), to.server()) else { return true };
        let Segment::Packet(packet) = &head.segment else { return true };
        let Packet::Quorum { message: Message::Notification(vote), .. } = &**packet else {
            return true;
        };
        if self.votes.at_once || vote.state != RoleName::Looking || self.is_apart(from) {
            return true;
        }
        let ours = super::translate::notice(vote);
        let shown = self.votes.shown.get(&(from, to));
        shown.is_some_and(|shown| shown.state != RoleName::Looking || rank(shown) >= rank(&ours))
    }

    /// The recording says that a server has decided. Ours does too, if it can.
    pub fn decide(&mut self, server: ServerId) {
        self.settle();
        for hurried in [false, true, true, true] {
            if self.role(server) != Some(RoleName::Looking) {
                break;
            }
            if hurried {
                self.votes.at_once = true;
                let looking: Vec<ServerId> = self.looking();
                self.settle();
                if !self.fire(server, zab::Timer::FinalizeWait) {
                    for other in looking {
                        self.fire(other, zab::Timer::Notification);
                    }
                }
                self.settle();
                self.votes.at_once = false;
            } else {
                self.fire(server, zab::Timer::FinalizeWait);
            }
            self.settle();
        }
    }

    fn looking(&self) -> Vec<ServerId> {
        let servers = self.ensemble.servers().map(crate::server::Server::id);
        servers.filter(|&server| self.role(server) == Some(RoleName::Looking)).collect()
    }

    /// A server's role, if its process runs.
    pub fn role(&self, server: ServerId) -> Option<RoleName> {
        let found = self.ensemble.server(server).filter(|found| found.is_running())?;
        found.process().map(|process| process.peer().role_name())
    }

    /// Fires a timer if it is set and what it makes ours send comes next in the recording.
    pub fn fire(&mut self, server: ServerId, timer: zab::Timer) -> bool {
        self.fire_server(server, Timer::Peer(timer))
    }

    pub fn fire_server(&mut self, server: ServerId, timer: Timer) -> bool {
        let found = self.ensemble.server(server).filter(|found| found.is_running());
        let process = found.and_then(|found| found.process());
        let is_set = process.is_some_and(|process| process.timers().contains(&timer));
        is_set && self.try_choice(&Choice::Fire(TimerName::Server(server, timer)))
    }

    /// A vote of the recording: the last one of its sender is compared. `None` where ours says the
    /// same, or it is free.
    pub fn vote_differs(&mut self, record: u32, from: ServerId, theirs: Notice) -> Option<String> {
        if !self.votes.last.contains_key(&record) {
            return None;
        }
        let ours = self.our_vote(from, theirs);
        if ours == Some(theirs) {
            return None;
        }
        self.votes.at_once = true;
        self.settle();
        if theirs.state != RoleName::Looking {
            self.decide(from);
        }
        self.votes.at_once = false;
        let ours = self.our_vote(from, theirs);
        let text = ours.map_or("no such vote".to_owned(), |ours| ours.to_string());
        (ours != Some(theirs)).then_some(text)
    }

    fn our_vote(&self, server: ServerId, theirs: Notice) -> Option<Notice> {
        if theirs.state == RoleName::Looking {
            return self.votes.ours(server);
        }
        let peer = self.ensemble.server(server)?.process()?.peer();
        let (vote, round, state) = (peer.vote(), peer.round(), peer.role_name());
        Some(super::translate::notice(&zab::Notification {
            state,
            vote,
            round,
            data_missing: false,
        }))
    }
}
