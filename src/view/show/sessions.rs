//! The sessions at this event.

use std::rc::Rc;

use crate::ensemble::ClientHost;
use crate::server::{Process, Service};
use crate::store::{Database, TrackedSession};
use crate::types::{ClientId, Instant, PathText, ServerId, SessionId, Span};
use crate::view::{Countdown, SessionLife, SessionRow, SessionsView};
use crate::viewer::Viewer;

/// So many paths are listed of a session's znodes and watches.
const PATHS_MAX: usize = 20;

/// The sessions of the leader's database; without a leader those of the server that is furthest.
pub fn sessions(viewer: &Viewer) -> SessionsView {
    let ensemble = viewer.world().ensemble();
    let leader = ensemble.serving_leader();
    let processes = || ensemble.servers().filter_map(|server| Some((server, server.process()?)));
    let found = match leader {
        Some(leader) => processes().find(|(server, _)| server.id() == leader),
        None => processes().max_by_key(|(_, process)| process.database().last_processed()),
    };
    let Some((server, process)) = found else { return SessionsView::default() };
    let counts = leader.map(|leader| (leader, process));
    let row = |(&session, &timeout): (&SessionId, &Span)| {
        row(viewer, process.database(), counts, session, timeout)
    };
    debug_assert!(leader.is_none_or(|leader| leader == server.id()));
    SessionsView { leader, rows: process.database().sessions.iter().map(row).collect() }
}

fn row(
    viewer: &Viewer,
    database: &Database,
    counts: Option<(ServerId, &Process)>,
    session: SessionId,
    timeout: Span,
) -> SessionRow {
    let owner = owner(viewer, session);
    let place = place(viewer, session);
    let shown = |path: &PathText| Rc::<str>::from(&**path);
    let ephemerals = database.tree.ephemerals_of(session).take(PATHS_MAX).map(shown).collect();
    let watches = place.map(|(_, process)| watched(process, session)).unwrap_or_default();
    SessionRow {
        session,
        client: owner.map(|(client, _)| client),
        server: place.map(|(server, _)| server),
        timeout,
        life: counts.map_or(SessionLife::Uncounted, |(leader, process)| {
            life(viewer, leader, process, session)
        }),
        ephemerals,
        watches,
    }
}

fn owner(viewer: &Viewer, session: SessionId) -> Option<(ClientId, &ClientHost)> {
    let mut clients = viewer.world().ensemble().clients();
    clients.find(|(_, host)| host.client().session() == session)
}

/// The server that has the session's connection.
fn place(viewer: &Viewer, session: SessionId) -> Option<(ServerId, &Process)> {
    viewer.world().ensemble().servers().find_map(|server| {
        let process = server.process()?;
        process.clients().connection_of(session)?;
        Some((server.id(), process))
    })
}

fn watched(process: &Process, session: SessionId) -> Vec<Rc<str>> {
    let connection = process.clients().connection_of(session);
    let paths = connection.into_iter().flat_map(|found| process.watches().paths_of(found));
    paths.take(PATHS_MAX).map(|path| Rc::from(&**path)).collect()
}

/// The tracker counts by the leader's own clock.
fn life(viewer: &Viewer, leader: ServerId, process: &Process, session: SessionId) -> SessionLife {
    let Service::Leading(leading) = process.service() else { return SessionLife::Uncounted };
    let tracked: Option<&TrackedSession> = leading.sessions().session(session);
    let Some(tracked) = tracked else { return SessionLife::Uncounted };
    let Some(expires_at) = tracked.expires_at else { return SessionLife::Closing };
    let now = viewer.world().now();
    let left = expires_at.0 - viewer.world().clock(leader).0;
    let until = now + Span::millis(u64::try_from(left).unwrap_or(0));
    let from = Instant(until.0.saturating_sub(tracked.timeout.0));
    SessionLife::Counting(Countdown { from, until })
}
