//! The ensemble as the stage draws it at one event: servers, links, clients, partition.

use std::collections::BTreeMap;

use crate::text::{Key, Phrase};
use crate::types::{ClientId, Epoch, Instant, ServerId, SessionId, Span, Zxid};
use crate::zab::{Phase, RoleName};

use super::{CellState, RoleShape};

/// Everything on the stage but the messages in flight.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct StageView {
    /// The servers, by id.
    pub servers: Vec<ServerView>,
    /// One entry for each pair of servers, smaller id first.
    pub links: Vec<LinkView>,
    /// The clients, by id.
    pub clients: Vec<ClientView>,
    /// How many voters make a quorum.
    pub quorum: u32,
    /// The parts that the network falls into, largest first; one part, or none: not partitioned.
    pub sides: Vec<Side>,
}

/// One server.
#[derive(Clone, PartialEq, Debug)]
pub struct ServerView {
    /// Which.
    pub id: ServerId,
    /// acceptedEpoch, as on disk.
    pub accepted_epoch: Epoch,
    /// currentEpoch, as on disk.
    pub current_epoch: Epoch,
    /// The last zxid it has logged.
    pub last_zxid: Zxid,
    /// The last zxid it has applied (lastProcessedZxid).
    pub applied: Zxid,
    /// The end of its log, oldest first; eight cells are enough.
    pub log: Vec<StripCell>,
    /// What its process does.
    pub process: Process,
}

/// A server's process.
#[derive(Clone, PartialEq, Debug)]
pub enum Process {
    /// No power: memory gone, disk kept.
    Crashed,
    /// Running, or stopped with its sockets alive.
    Up(Running),
}

/// What a living process is at.
#[derive(Clone, PartialEq, Debug)]
pub struct Running {
    /// Whether the process is stopped (timers frozen, sockets alive).
    pub paused: bool,
    /// Its role.
    pub role: RoleName,
    /// Its phase.
    pub phase: Phase,
    /// Whom it follows; itself where it leads.
    pub leader: Option<ServerId>,
    /// LOOKING: whom it votes for.
    pub vote: Option<ServerId>,
    /// LEADING or LOOKING: what it counts.
    pub tally: Option<Tally>,
    /// FOLLOWING: when it will give up on its leader.
    pub countdown: Option<Countdown>,
}

/// What a server is counting towards a quorum, as far as it knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tally {
    /// What is counted.
    pub of: TallyOf,
    /// How many it has.
    pub filled: u32,
    /// How many voters there are.
    pub total: u32,
    /// How many it needs.
    pub quorum: u32,
}

/// What a tally counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum TallyOf {
    /// Election: votes for my candidate.
    Votes,
    /// Discovery: FOLLOWERINFO.
    FollowerInfos,
    /// Discovery: ACKEPOCH.
    AckEpochs,
    /// Synchronisation: acks of NEWLEADER.
    NewLeaderAcks,
    /// Broadcast: acks of the newest open proposal.
    ProposalAcks(Zxid),
}

/// A span that runs out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Countdown {
    /// When it was last filled.
    pub from: Instant,
    /// When it is empty.
    pub until: Instant,
}

/// One cell of a server's log strip.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StripCell {
    /// Which transaction.
    pub zxid: Zxid,
    /// How certain it is on this server.
    pub state: CellState,
}

/// The connection between two servers, both directions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LinkView {
    /// The smaller id.
    pub a: ServerId,
    /// The larger id.
    pub b: ServerId,
    /// The epoch, where one of the two leads the other.
    pub leads: Option<Epoch>,
    /// From `a` to `b`.
    pub forth: Way,
    /// From `b` to `a`.
    pub back: Way,
}

/// One direction of a link.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// As the network is.
    Open,
    /// So much slower than the others.
    Slow(Span),
    /// Nothing gets through.
    Cut,
}

/// A client and its session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ClientView {
    /// Which.
    pub id: ClientId,
    /// The server it is connected to, or was last.
    pub server: ServerId,
    /// Whether the connection stands.
    pub connected: bool,
    /// Its session, where it has one.
    pub session: Option<SessionId>,
}

/// One part of a partitioned network.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Side {
    /// Who is on it, by id.
    pub members: Vec<ServerId>,
    /// How many of them have power.
    pub alive: u32,
    /// The epoch that it follows: its leader's.
    pub epoch: Option<Epoch>,
    /// Whether those with power are a quorum.
    pub quorum: bool,
}

/// Which of the six epoch hues (1 to 6) an epoch has; none before the first leader.
pub fn hue(epoch: Epoch) -> Option<u8> {
    (epoch != Epoch::ZERO).then(|| ((epoch.0 - 1) % 6 + 1) as u8)
}

impl StageView {
    /// The server of this id.
    pub fn server(&self, id: ServerId) -> Option<&ServerView> {
        self.servers.iter().find(|server| server.id == id)
    }

    /// Servers that say LEADING, the highest epoch first.
    pub fn leaders(&self) -> Vec<&ServerView> {
        let leads = |server: &&ServerView| {
            server.running().is_some_and(|running| running.role == RoleName::Leading)
        };
        let mut leaders: Vec<_> = self.servers.iter().filter(leads).collect();
        leaders.sort_by_key(|server| std::cmp::Reverse(server.epoch()));
        leaders
    }

    /// How many servers have power.
    pub fn alive(&self) -> u32 {
        self.servers.iter().filter(|server| server.running().is_some()).count() as u32
    }
}

impl ServerView {
    /// Its process, where it has power.
    pub fn running(&self) -> Option<&Running> {
        match &self.process {
            Process::Crashed => None,
            Process::Up(running) => Some(running),
        }
    }

    /// The epoch whose hue it wears: the one it is in, or the one it has promised before its first.
    pub fn epoch(&self) -> Epoch {
        if self.current_epoch == Epoch::ZERO { self.accepted_epoch } else { self.current_epoch }
    }

    /// Its shape on the page.
    pub fn shape(&self) -> RoleShape {
        match &self.process {
            Process::Crashed => RoleShape::Crashed,
            Process::Up(running) if running.paused => RoleShape::Paused(running.role),
            Process::Up(running) => RoleShape::Role(running.role),
        }
    }

    /// The first line of its tag: the role, or the phase while it is on its way to broadcast.
    pub fn status(&self) -> Key {
        let Some(running) = self.running() else { return Key::NoPower };
        if running.paused {
            return Key::Paused;
        }
        match (running.role, running.phase) {
            (RoleName::Looking, _) => Key::RoleLooking,
            (_, Phase::Discovery) => Key::PhaseDiscovery,
            (_, Phase::Synchronization) => Key::PhaseSynchronization,
            (RoleName::Following, _) => Key::RoleFollowing,
            (RoleName::Leading, _) => Key::RoleLeading,
            (RoleName::Observing, _) => Key::RoleObserving,
        }
    }

    /// Its name to a screen reader: "S3, leading, epoch 3, last 3·9, two acks of five".
    pub fn spoken(&self) -> Phrase {
        let about = |key| {
            Phrase::new(key)
                .with("server", self.id)
                .with("state", self.spoken_state())
                .with("epoch", self.epoch())
                .with("zxid", self.last_zxid)
        };
        let running = self.running();
        match running.and_then(|running| running.tally) {
            Some(tally) => about(Key::ServerSpokenTally).with("tally", tally.spoken()),
            None => about(Key::ServerSpoken),
        }
    }

    fn spoken_state(&self) -> Key {
        match self.running() {
            None => Key::SpokenCrashed,
            Some(running) if running.paused => Key::SpokenPaused,
            Some(running) => match running.role {
                RoleName::Looking => Key::SpokenLooking,
                RoleName::Following => Key::SpokenFollowing,
                RoleName::Leading => Key::SpokenLeading,
                RoleName::Observing => Key::SpokenObserving,
            },
        }
    }
}

impl Tally {
    /// Whether the quorum is reached.
    pub fn reached(&self) -> bool {
        self.filled >= self.quorum
    }

    /// "two acks of five".
    pub fn spoken(&self) -> Phrase {
        let key = match self.of {
            TallyOf::Votes => Key::TallyVotes,
            TallyOf::FollowerInfos => Key::TallyFollowerInfos,
            TallyOf::AckEpochs => Key::TallyAckEpochs,
            TallyOf::NewLeaderAcks => Key::TallyNewLeaderAcks,
            TallyOf::ProposalAcks(_) => Key::TallyAcks,
        };
        Phrase::new(key).with("filled", self.filled).with("total", self.total)
    }
}

impl Countdown {
    /// How much is left at an instant: 1 when just filled, 0 when empty.
    pub fn left(&self, now: Instant) -> f64 {
        let whole = self.until.since(self.from).0;
        if whole == 0 {
            return 0.0;
        }
        (self.until.since(now).0 as f64 / whole as f64).min(1.0)
    }
}

impl LinkView {
    /// Whether nothing gets through either way.
    pub fn is_cut(&self) -> bool {
        self.forth == Way::Cut && self.back == Way::Cut
    }

    /// The only direction that is cut, as (from, to).
    pub fn one_way(&self) -> Option<(ServerId, ServerId)> {
        match (self.forth, self.back) {
            (Way::Cut, Way::Cut) => None,
            (Way::Cut, _) => Some((self.a, self.b)),
            (_, Way::Cut) => Some((self.b, self.a)),
            _ => None,
        }
    }

    /// How much slower it is, in its slower direction.
    pub fn slowness(&self) -> Option<Span> {
        let of = |way| if let Way::Slow(span) = way { Some(span) } else { None };
        of(self.forth).max(of(self.back))
    }

    /// Whether somebody did something to it.
    pub fn has_fault(&self) -> bool {
        self.forth != Way::Open || self.back != Way::Open
    }
}

/// A session's id as short as can be told apart: the server that made it, and the counter's end.
pub fn short_session(session: SessionId) -> String {
    let whole = session.to_string();
    match (whole.get(..3), whole.get(whole.len().saturating_sub(5)..)) {
        (Some(start), Some(end)) if whole.len() > 10 => format!("{start}…{end}"),
        _ => whole,
    }
}

/// The parts that cuts leave: servers that reach each other both ways, over others too. Largest
/// first, equal ones by their smallest id.
pub fn reachable_sides(servers: &[ServerId], links: &[LinkView]) -> Vec<Vec<ServerId>> {
    let mut side_of: BTreeMap<ServerId, usize> =
        servers.iter().enumerate().map(|(index, &server)| (server, index)).collect();
    for link in links.iter().filter(|link| link.forth != Way::Cut && link.back != Way::Cut) {
        let (Some(&kept), Some(&joined)) = (side_of.get(&link.a), side_of.get(&link.b)) else {
            continue;
        };
        side_of.values_mut().filter(|side| **side == joined).for_each(|side| *side = kept);
    }
    let mut sides: BTreeMap<usize, Vec<ServerId>> = BTreeMap::new();
    for (server, side) in side_of {
        sides.entry(side).or_default().push(server);
    }
    let mut sides: Vec<_> = sides.into_values().collect();
    sides.sort_by_key(|members| (std::cmp::Reverse(members.len()), members[0]));
    sides
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn epochs_take_turns_in_six_hues() {
        let hues: Vec<_> = (0..=7).map(|number| hue(Epoch(number))).collect();
        let expected = [None, Some(1), Some(2), Some(3), Some(4), Some(5), Some(6), Some(1)];
        assert_eq!(hues, expected);
    }

    #[test]
    fn a_countdown_is_linear_in_simulated_time() {
        let countdown = Countdown { from: Instant(100), until: Instant(300) };
        let left = [50, 100, 200, 300, 400].map(|at| countdown.left(Instant(at)));
        assert_eq!(left, [1.0, 1.0, 0.5, 0.0, 0.0]);
    }

    #[test]
    fn a_long_session_id_is_cut_in_the_middle() {
        assert_eq!(short_session(SessionId(0x029b_76da_a804_0000)), "0x2…40000");
        assert_eq!(short_session(SessionId(0x10001)), "0x10001");
    }

    fn sides(count: u8, cuts: &[(u8, u8)]) -> Vec<Vec<u8>> {
        let servers: Vec<_> = (1..=count).map(ServerId).collect();
        let mut links = Vec::new();
        for a in 1..=count {
            for b in a + 1..=count {
                let way = if cuts.contains(&(a, b)) { Way::Cut } else { Way::Open };
                let (a, b) = (ServerId(a), ServerId(b));
                links.push(LinkView { a, b, leads: None, forth: way, back: way });
            }
        }
        let named = |side: Vec<ServerId>| side.into_iter().map(|server| server.0).collect();
        reachable_sides(&servers, &links).into_iter().map(named).collect()
    }

    #[test]
    fn a_network_falls_apart_only_where_no_way_round_is_left() {
        assert_eq!(sides(3, &[]), [vec![1, 2, 3]]);
        assert_eq!(sides(3, &[(1, 2)]), [vec![1, 2, 3]]);
        assert_eq!(sides(3, &[(1, 2), (1, 3)]), [vec![2, 3], vec![1]]);
        let split = [(1, 4), (1, 5), (2, 4), (2, 5), (3, 4), (3, 5)];
        assert_eq!(sides(5, &split), [vec![1, 2, 3], vec![4, 5]]);
    }
}
