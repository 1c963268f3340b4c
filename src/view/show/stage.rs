//! The ensemble at this event.

use crate::ensemble::TimerName;
use crate::server::{self, Server};
use crate::sim::{Link, World};
use crate::types::{Epoch, Instant, ServerId, Span};
use crate::view::{
    CellState, ClientView, Countdown, LinkView, Process, Running, ServerView, Side, StageView,
    StripCell, Tally, TallyOf, Way, reachable_sides,
};
use crate::viewer::Viewer;
use crate::zab::{self, Peer, RoleName};

use super::logs;

/// So many cells of its log are shown beside a server.
const STRIP_CELLS: usize = 8;
/// So long the ring of a leader stays full behind a commit.
const FULL_RING: Span = Span::millis(3);

/// Servers, links, clients and the parts of the network.
pub fn stage(viewer: &Viewer) -> StageView {
    let world = viewer.world();
    let ids: Vec<ServerId> = world.settings().server_ids().collect();
    let servers: Vec<ServerView> =
        world.ensemble().servers().map(|server| server_view(viewer, server)).collect();
    let links = links(world, &ids, &servers);
    let quorum = world.settings().protocol().quorum.size();
    let parts = reachable_sides(&ids, &links);
    let sides = parts.into_iter().map(|members| side(members, &servers, quorum)).collect();
    StageView { servers, links, clients: clients(world), quorum, sides }
}

fn server_view(viewer: &Viewer, server: &Server) -> ServerView {
    let row = logs::row(viewer, server);
    let cells = row.iter().filter(|(_, state)| *state != CellState::Absent);
    let strip = cells.map(|&(zxid, state)| StripCell { zxid, state });
    let mut log: Vec<StripCell> = strip.collect();
    log.drain(..log.len().saturating_sub(STRIP_CELLS));
    let durable = server.disk().durable();
    let peer = server.process().map(|process| process.peer());
    ServerView {
        id: server.id(),
        accepted_epoch: durable.accepted_epoch,
        current_epoch: durable.current_epoch,
        last_zxid: peer.map_or(durable.last_zxid(), |peer| {
            peer.history().last_logged().max(peer.last_processed())
        }),
        applied: peer.map_or(durable.last_zxid(), Peer::last_processed),
        log,
        process: match peer {
            None => Process::Crashed,
            Some(peer) => Process::Up(running(viewer, server, peer)),
        },
    }
}

fn running(viewer: &Viewer, server: &Server, peer: &Peer) -> Running {
    let role = peer.role_name();
    Running {
        paused: server.is_paused(),
        role,
        phase: peer.phase(),
        leader: peer.leader(),
        vote: (role == RoleName::Looking).then(|| peer.vote().leader),
        tally: tally(viewer, peer),
        countdown: countdown(viewer.world(), peer),
    }
}

fn tally(viewer: &Viewer, peer: &Peer) -> Option<Tally> {
    let quorum = &peer.config().quorum;
    let counted = |of, filled| {
        let total = quorum.voters().len() as u32;
        Some(Tally { of, filled, total, quorum: quorum.size() })
    };
    if let Some((zxid, servers)) = peer.outstanding().pop() {
        return counted(TallyOf::ProposalAcks(zxid), servers.len() as u32);
    }
    if let Some(tally) = peer.tally() {
        let of = match tally.of {
            zab::TallyOf::Votes => TallyOf::Votes,
            zab::TallyOf::Registrations => TallyOf::FollowerInfos,
            zab::TallyOf::EpochAcks => TallyOf::AckEpochs,
            zab::TallyOf::NewLeaderAcks => TallyOf::NewLeaderAcks,
            zab::TallyOf::ProposalAcks(zxid) => TallyOf::ProposalAcks(zxid),
        };
        return counted(of, tally.servers.len() as u32);
    }
    let (leader, zxid, acks, at) = viewer.logs().last_commit()?;
    let fresh = leader == peer.id()
        && peer.role_name() == RoleName::Leading
        && viewer.world().now().since(at) <= FULL_RING;
    if fresh { counted(TallyOf::ProposalAcks(zxid), acks) } else { None }
}

/// When a follower gives up on its leader.
fn countdown(world: &World, peer: &Peer) -> Option<Countdown> {
    let timer = server::Timer::Peer(zab::Timer::LeaderRead);
    let until = world.timer_deadline(TimerName::Server(peer.id(), timer))?;
    let span =
        if peer.is_serving() { peer.config().sync_span() } else { peer.config().init_span() };
    Some(Countdown { from: Instant(until.0.saturating_sub(span.0)), until })
}

fn links(world: &World, ids: &[ServerId], servers: &[ServerView]) -> Vec<LinkView> {
    let pairs = ids
        .iter()
        .enumerate()
        .flat_map(|(index, &a)| ids[index + 1..].iter().map(move |&b| (a, b)));
    let view = |(a, b)| LinkView {
        a,
        b,
        leads: leads(servers, a, b).or_else(|| leads(servers, b, a)),
        forth: way(world, a, b),
        back: way(world, b, a),
    };
    pairs.map(view).collect()
}

/// The epoch in which `leader` leads `follower`, as the follower sees it.
fn leads(servers: &[ServerView], leader: ServerId, follower: ServerId) -> Option<Epoch> {
    let find = |id| servers.iter().find(|server| server.id == id);
    let (leader, follower) = (find(leader)?, find(follower)?);
    let follows = follower.running()?.leader == Some(leader.id);
    let leads = leader.running()?.role == RoleName::Leading;
    (follows && leads).then(|| leader.epoch())
}

fn way(world: &World, from: ServerId, to: ServerId) -> Way {
    let (network, link) = (world.network(), Link::new(from, to));
    if network.is_cut(link) {
        return Way::Cut;
    }
    let slower = network.latency(link).min - world.settings().server_latency.min;
    if slower == Span::ZERO { Way::Open } else { Way::Slow(slower) }
}

fn clients(world: &World) -> Vec<ClientView> {
    let first = |index: usize| world.settings().clients.get(index).copied();
    let view = |(index, (id, host)): (usize, (_, &crate::ensemble::ClientHost))| {
        let client = host.client();
        let session = client.session();
        Some(ClientView {
            id,
            server: client.server().or(first(index))?,
            connected: client.state() == crate::client::SessionState::Connected,
            session: (session != crate::types::SessionId::NONE).then_some(session),
        })
    };
    world.ensemble().clients().enumerate().filter_map(view).collect()
}

fn side(members: Vec<ServerId>, servers: &[ServerView], quorum: u32) -> Side {
    let inside = || servers.iter().filter(|server| members.contains(&server.id));
    let leads = |server: &&ServerView| {
        server.running().is_some_and(|running| running.role == RoleName::Leading)
    };
    let epoch = inside().filter(leads).map(ServerView::epoch).max();
    let alive = inside().filter(|server| server.running().is_some()).count() as u32;
    Side { members, alive, epoch, quorum: alive >= quorum }
}
