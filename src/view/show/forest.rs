//! The trees of all servers, with what the panel says about them.

use crate::server::{self, Server};
use crate::sim::EventKind;
use crate::types::{ConnectionId, ServerId, SessionId};
use crate::view::{Forest, ServerTree, StageView, Standing, Tree, TreeChange, Watcher};
use crate::viewer::Viewer;
use crate::zab::RoleName;

/// A change of a tree is marked until so many more events have happened.
const CHANGE_EVENTS: usize = 1_000;

/// The forest at this event. `stage` says who reaches whom.
pub fn forest(viewer: &Viewer, stage: &StageView) -> Forest {
    let ensemble = viewer.world().ensemble();
    let owners = ensemble.clients().map(|(id, host)| (host.client().session(), id));
    Forest {
        servers: ensemble.servers().map(|server| server_tree(viewer, stage, server)).collect(),
        owners: owners.filter(|(session, _)| *session != SessionId::NONE).collect(),
        last_change: last_change(viewer),
    }
}

fn server_tree(viewer: &Viewer, stage: &StageView, server: &Server) -> ServerTree {
    let process = server.process();
    let connections = process.into_iter().flat_map(|process| process.clients().iter());
    let watcher = |(connection, link): (ConnectionId, server::ClientLink)| {
        Some((connection, watcher(viewer, connection, link.session()?)))
    };
    ServerTree {
        server: server.id(),
        standing: standing(stage, server.id()),
        tree: process.map(|process| Tree::of(&process.database().tree)),
        watches: process.map(|process| process.watches().clone()).unwrap_or_default(),
        connections: connections.filter_map(watcher).collect(),
    }
}

fn watcher(viewer: &Viewer, connection: ConnectionId, session: SessionId) -> Watcher {
    let mut clients = viewer.world().ensemble().clients();
    let owns = |host: &crate::ensemble::ClientHost| {
        host.client().connection() == Some(connection) || host.client().session() == session
    };
    let found = clients.find(|(_, host)| owns(host));
    found.map_or(Watcher::Session(session), |(client, _)| Watcher::Client(client))
}

fn standing(stage: &StageView, server: ServerId) -> Standing {
    let Some(view) = stage.server(server) else { return Standing::Down };
    let Some(running) = view.running() else { return Standing::Down };
    if running.paused {
        return Standing::Paused;
    }
    let side = |server| stage.sides.iter().find(|side| side.members.contains(&server));
    match running.role {
        RoleName::Looking => Standing::Looking,
        RoleName::Leading => Standing::Leading {
            epoch: view.epoch(),
            reached: side(server).map_or(0, |side| side.alive),
            total: stage.servers.len() as u32,
            quorum: side(server).is_some_and(|side| side.quorum),
        },
        RoleName::Following | RoleName::Observing => match running.leader {
            None => Standing::Looking,
            Some(leader) => {
                Standing::Learning { leader, quorum: side(leader).is_some_and(|side| side.quorum) }
            }
        },
    }
}

fn last_change(viewer: &Viewer) -> Option<TreeChange> {
    viewer.newest_events().take(CHANGE_EVENTS).find_map(|event| match &event.kind {
        EventKind::Server(
            server,
            server::Note::Applied { zxid, .. } | server::Note::Replayed { zxid },
        ) => Some(TreeChange { server: *server, zxid: *zxid }),
        _ => None,
    })
}
