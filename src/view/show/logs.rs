//! The log table, and each server's row of it.

use std::collections::BTreeSet;

use crate::server::Server;
use crate::types::Zxid;
use crate::view::{CellState, Column, GridRow, LogGrid, RoleShape};
use crate::viewer::Viewer;
use crate::zab::Peer;

/// So many transactions are shown, the newest ones.
const COLUMNS: usize = 48;

/// Servers by transactions.
pub fn log_grid(viewer: &Viewer) -> LogGrid {
    let rows: Vec<(&Server, Vec<(Zxid, CellState)>)> =
        viewer.world().ensemble().servers().map(|server| (server, row(viewer, server))).collect();
    let zxids: BTreeSet<Zxid> =
        rows.iter().flat_map(|(_, cells)| cells.iter().map(|&(zxid, _)| zxid)).collect();
    let zxids: Vec<Zxid> = zxids.into_iter().collect();
    let zxids = &zxids[zxids.len().saturating_sub(COLUMNS)..];
    let rows: Vec<GridRow> =
        rows.into_iter().map(|(server, cells)| grid_row(server, &cells, zxids)).collect();
    let column = |(index, &zxid): (usize, &Zxid)| {
        let durable = |row: &&GridRow| row.cells[index].durable();
        Column { zxid, disks: rows.iter().filter(durable).count() as u32 }
    };
    LogGrid {
        columns: zxids.iter().enumerate().map(column).collect(),
        quorum: viewer.world().settings().protocol().quorum.size(),
        rows,
    }
}

/// What one server has of the recent transactions, by zxid.
pub fn row(viewer: &Viewer, server: &Server) -> Vec<(Zxid, CellState)> {
    let past = viewer.logs();
    let known = past.known_committed(server.id());
    let durable = server.disk().durable();
    let peer = server.process().map(|process| process.peer());
    let log = peer.map_or(&durable.log, |peer| peer.history().log());
    let on_disk = durable.log.last().map_or(Zxid::ZERO, |txn| txn.zxid);
    let snapshot = durable.snapshots.last().copied().unwrap_or(Zxid::ZERO);
    let serves = peer.is_some_and(Peer::is_serving);
    let taken: BTreeSet<Zxid> = past.truncated(server.id()).collect();
    let state = |zxid: Zxid| match zxid {
        _ if zxid <= known => CellState::Committed,
        _ if zxid <= on_disk => CellState::OnDisk { acked: serves },
        _ => CellState::InMemory,
    };
    let recent = log.iter().skip(log.len().saturating_sub(COLUMNS)).map(|txn| txn.zxid);
    let mut cells: Vec<(Zxid, CellState)> =
        recent.filter(|zxid| !taken.contains(zxid)).map(|zxid| (zxid, state(zxid))).collect();
    cells.extend(from_snapshot(viewer, snapshot, &cells));
    cells.extend(taken.into_iter().map(|zxid| (zxid, CellState::Truncated)));
    cells.sort_by_key(|&(zxid, _)| zxid);
    cells
}

/// What came to a server by a snapshot has no record in its log, but it is there.
fn from_snapshot(
    viewer: &Viewer,
    snapshot: Zxid,
    cells: &[(Zxid, CellState)],
) -> Vec<(Zxid, CellState)> {
    let have = |zxid: &Zxid| cells.iter().any(|(own, _)| own == zxid);
    let leader = viewer.world().ensemble().serving_leader();
    let leader = leader.and_then(|leader| viewer.world().ensemble().server(leader));
    let log = leader.and_then(|leader| leader.process()).map(|process| process.peer().history());
    let recent = log
        .into_iter()
        .flat_map(|history| history.log().iter().skip(history.log().len().saturating_sub(COLUMNS)));
    recent
        .map(|txn| txn.zxid)
        .filter(|zxid| *zxid <= snapshot && !have(zxid) && viewer.logs().is_committed(*zxid))
        .map(|zxid| (zxid, CellState::Committed))
        .collect()
}

fn grid_row(server: &Server, cells: &[(Zxid, CellState)], zxids: &[Zxid]) -> GridRow {
    let peer = server.process().map(|process| process.peer());
    let durable = server.disk().durable();
    let cell = |zxid: &Zxid| match cells.binary_search_by_key(zxid, |&(own, _)| own) {
        Ok(place) => cells[place].1,
        Err(_) => CellState::Absent,
    };
    let current = durable.current_epoch;
    GridRow {
        server: server.id(),
        shape: match peer {
            None => RoleShape::Crashed,
            Some(peer) if server.is_paused() => RoleShape::Paused(peer.role_name()),
            Some(peer) => RoleShape::Role(peer.role_name()),
        },
        epoch: if current.0 == 0 { durable.accepted_epoch } else { current },
        cells: zxids.iter().map(cell).collect(),
        applied: peer.map_or(Zxid::ZERO, Peer::last_processed),
    }
}
