//! How the ensemble stood when the recording began, inferred from its first messages.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::record::{ClientName, Driver, End, Event, Recording};
use super::said::{Done, Said};
use crate::types::{Epoch, ServerId, Span, Zxid};
use crate::zab::RoleName;

/// How the ensemble stood when the recording began.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outset {
    /// The leader and its learners, if the recording begins in mid-run.
    pub established: Option<Established>,
    /// What was on the disks of servers that did not run.
    pub disks: BTreeMap<ServerId, ShownDisk>,
    /// The clients that were connected already.
    pub clients: Vec<OldClient>,
    /// Transactions of that time whose content is shown later.
    pub known: BTreeMap<Zxid, Done>,
    /// How many znodes had been created under the root before the first create that is shown.
    pub root_creates: Option<u32>,
    /// The longest session timeout that a server granted.
    pub timeout_max: Span,
}

/// An established leader.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Established {
    /// Who leads.
    pub leader: ServerId,
    /// Who runs and follows.
    pub learners: BTreeSet<ServerId>,
    /// The last zxid proposed, of the leader's epoch.
    pub last: Zxid,
    /// The leader's last zxid when it was elected, as its voters still say.
    pub elected_at: Zxid,
    /// The round of that election.
    pub round: u32,
}

/// A disk, as far as the first messages of its server show it.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct ShownDisk {
    /// `acceptedEpoch`
    pub accepted_epoch: Option<Epoch>,
    /// `currentEpoch`
    pub current_epoch: Option<Epoch>,
    /// The last zxid of the log.
    pub last: Option<Zxid>,
}

/// A client that was connected when the recording began.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OldClient {
    /// Its name.
    pub name: ClientName,
    /// Its server.
    pub server: ServerId,
    /// The number of its next request, if it asks anything.
    pub next_xid: Option<i32>,
}

impl Outset {
    /// Infers it from a recording.
    pub fn infer(recording: &Recording) -> Outset {
        let running = running(recording);
        let established = established(recording, &running);
        let down = recording.header.servers.iter().map(|&(server, _)| server);
        let down = down.filter(|server| !running.contains(server));
        let disks: BTreeMap<ServerId, ShownDisk> =
            down.map(|server| (server, shown_disk(recording, server))).collect();
        let last = disks.values().filter_map(|disk| disk.last).max();
        let last = established.as_ref().map(|found| found.last).max(last).unwrap_or(Zxid::ZERO);
        let known = known(recording, last);
        Outset {
            clients: clients(recording),
            root_creates: root_creates(recording),
            timeout_max: timeout_max(recording),
            established,
            disks,
            known,
        }
    }
}

impl Outset {
    /// Where the histories end that had to be there.
    pub(super) fn ends(&self) -> impl Iterator<Item = Zxid> + '_ {
        let disks = self.disks.values().filter_map(|disk| disk.last);
        let established = self.established.iter().map(|found| found.last);
        established.chain(disks).chain(self.known.keys().copied())
    }
}

/// The servers that run when the recording begins: the first thing it tells of them is not that
/// they are started.
fn running(recording: &Recording) -> BTreeSet<ServerId> {
    let (mut running, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let mut alive = |server: ServerId, runs: bool| {
        if seen.insert(server) && runs {
            running.insert(server);
        }
    };
    for record in &recording.records {
        match &record.event {
            Event::Driver(Driver::Start | Driver::Wipe, server) => alive(*server, false),
            Event::Driver(_, server) | Event::State(server, _) => alive(*server, true),
            Event::Quorum { from, .. } | Event::Notification { from, .. } => alive(*from, true),
            Event::Connected { from: Some(from), to, refused: false, .. } => {
                for end in [from, to] {
                    if let End::Server(server) = end {
                        alive(*server, true);
                    }
                }
            }
            Event::Closed { from: End::Server(server), .. }
            | Event::ClientConnects { server, .. }
            | Event::ClientRequest { server, .. } => alive(*server, true),
            _ => {}
        }
    }
    running
}

fn established(recording: &Recording, running: &BTreeSet<ServerId>) -> Option<Established> {
    let shown = recording.records.iter().find_map(|record| {
        let Event::Quorum { from, said, .. } = &record.event else { return None };
        let last = match said {
            Said::Ping { zxid, answer: false }
            | Said::Diff(zxid)
            | Said::Snap(zxid)
            | Said::Commit(zxid) => Some(*zxid),
            Said::Proposal(zxid, _) => zxid.previous(),
            _ => None,
        }?;
        (running.contains(from) && last.epoch > Epoch::ZERO).then_some((*from, last))
    });
    let (leader, last) = shown?;
    let learners = running.iter().copied().filter(|&server| server != leader).collect();
    let (elected_at, round) = election(recording, running, leader).unwrap_or((Zxid::ZERO, 1));
    Some(Established { leader, learners, last, elected_at, round })
}

/// The vote that made the leader, and its round: what servers say that have run since.
fn election(
    recording: &Recording,
    running: &BTreeSet<ServerId>,
    leader: ServerId,
) -> Option<(Zxid, u32)> {
    for record in &recording.records {
        match &record.event {
            Event::Notification { from, notice, .. }
                if running.contains(from) && notice.leader == i64::from(leader.0) =>
            {
                let (epoch, counter) = notice.zxid;
                let zxid = Zxid::new(epoch.try_into().ok()?, counter.try_into().ok()?);
                return Some((zxid, notice.round.try_into().ok()?));
            }
            // What is said from here on may be of another election.
            Event::State(server, Some(RoleName::Looking)) if running.contains(server) => {
                return None;
            }
            _ => {}
        }
    }
    None
}

/// What a server that is started shows of its disk: in its vote for itself, as it registers, and
/// as it acknowledges the epoch.
fn shown_disk(recording: &Recording, server: ServerId) -> ShownDisk {
    let mut disk = ShownDisk::default();
    for record in &recording.records {
        match &record.event {
            Event::Driver(Driver::Wipe, wiped) if *wiped == server => return ShownDisk::default(),
            // What it shows later is of another life.
            Event::Driver(Driver::Kill, killed) if *killed == server => return disk,
            Event::Notification { from, notice, .. }
                if *from == server && notice.state == RoleName::Looking =>
            {
                let (epoch, counter) = notice.zxid;
                let numbers = (u32::try_from(epoch), u32::try_from(counter));
                if let (Ok(epoch), Ok(counter)) = numbers
                    && notice.leader == i64::from(server.0)
                {
                    disk.last.get_or_insert(Zxid::new(epoch, counter));
                    let peer_epoch = u32::try_from(notice.peer_epoch).map(Epoch);
                    disk.current_epoch = disk.current_epoch.or(peer_epoch.ok());
                }
            }
            Event::Quorum { from, said: Said::Info { zxid, .. }, .. } if *from == server => {
                disk.accepted_epoch.get_or_insert(zxid.epoch);
            }
            Event::Quorum { from, said: Said::AckEpoch { zxid, current_epoch }, .. }
                if *from == server =>
            {
                disk.last.get_or_insert(*zxid);
                let current = u32::try_from(*current_epoch).map(Epoch);
                disk.current_epoch = disk.current_epoch.or(current.ok());
                return disk;
            }
            _ => {}
        }
    }
    disk
}

fn clients(recording: &Recording) -> Vec<OldClient> {
    let (mut clients, mut seen) = (Vec::<OldClient>::new(), BTreeSet::new());
    for record in &recording.records {
        let (name, server, xid) = match &record.event {
            Event::ClientConnects { client, .. } => {
                seen.insert(*client);
                continue;
            }
            Event::ClientRequest { client, server, xid, .. } => (*client, *server, Some(*xid)),
            Event::Closed { from: End::Client(client), to: End::Server(server), .. }
            | Event::Closed { from: End::Server(server), to: End::Client(client), .. } => {
                (*client, *server, None)
            }
            _ => continue,
        };
        if seen.insert(name) {
            clients.push(OldClient { name, server, next_xid: xid });
        }
    }
    // Those that will ask something first.
    clients.sort_by_key(|client| (client.next_xid.is_none(), client.name));
    clients
}

fn known(recording: &Recording, last: Zxid) -> BTreeMap<Zxid, Done> {
    let proposals = recording.records.iter().filter_map(|record| match &record.event {
        Event::Quorum { said: Said::Proposal(zxid, done), .. } => Some((*zxid, done.clone())),
        _ => None,
    });
    proposals.filter(|(zxid, _)| *zxid <= last).collect()
}

/// The counter of the root, one less than what the first create under it leaves.
fn root_creates(recording: &Recording) -> Option<u32> {
    let creates = recording.records.iter().filter_map(|record| {
        let Event::Quorum { said: Said::Proposal(zxid, done), .. } = &record.event else {
            return None;
        };
        let path = done.body.path.as_deref()?.strip_prefix('/')?;
        let counter = done.body.parent_cversion.filter(|_| !path.contains('/'))?;
        Some((*zxid, u32::try_from(counter.checked_sub(1)?).ok()?))
    });
    creates.min_by_key(|(zxid, _)| *zxid).map(|(_, counter)| counter)
}

fn timeout_max(recording: &Recording) -> Span {
    let granted = recording.records.iter().filter_map(|record| match &record.event {
        Event::ClientConnected { timeout, .. } => Some(*timeout),
        Event::Quorum { said: Said::Proposal(_, done), .. } => {
            done.body.timeout.map(|timeout| Span::millis(timeout.min(u64::from(u32::MAX))))
        }
        _ => None,
    });
    granted.max().unwrap_or(Span::ZERO).max(recording.header.tick * 20)
}

/// One line a server or client.
impl fmt::Display for Outset {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Established { leader, learners, last, elected_at, round }) = &self.established {
            let learners: Vec<String> = learners.iter().map(ToString::to_string).collect();
            write!(out, "{leader} leads up to {last}, followed by {}", learners.join(", "))?;
            writeln!(out, "; elected at {elected_at} in round {round}")?;
        }
        for (server, disk) in &self.disks {
            let epoch = |epoch: Option<Epoch>| epoch.map_or("?".to_owned(), |e| e.0.to_string());
            let last = disk.last.unwrap_or(Zxid::ZERO);
            let (accepted, current) = (epoch(disk.accepted_epoch), epoch(disk.current_epoch));
            writeln!(out, "{server} is down at {last}, epochs {accepted} and {current}")?;
        }
        for OldClient { name, server, next_xid } in &self.clients {
            let asked = next_xid.map_or(String::new(), |xid| format!(", next request {xid}"));
            writeln!(out, "c{} is connected to {server}{asked}", name.0)?;
        }
        Ok(())
    }
}
