//! The log table: servers by zxids.

use crate::types::{Epoch, ServerId, Zxid};

use super::RoleShape;

/// How certain a transaction is on one server.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum CellState {
    /// Not there.
    Absent,
    /// Received, not on disk: a crash loses it.
    InMemory,
    /// On disk.
    OnDisk {
        /// Whether this server's ack has been sent.
        acked: bool,
    },
    /// Known here to be committed.
    Committed,
    /// Was there, withdrawn by a new leader.
    Truncated,
}

/// The whole table.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LogGrid {
    /// One a transaction, by zxid.
    pub columns: Vec<Column>,
    /// One a server, by id.
    pub rows: Vec<GridRow>,
    /// How many disks make a quorum.
    pub quorum: u32,
}

/// A transaction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// Which.
    pub zxid: Zxid,
    /// How many voters have it on disk: what is true, not what the leader knows.
    pub disks: u32,
}

/// A server's log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GridRow {
    /// Which server.
    pub server: ServerId,
    /// Its shape, as on the stage.
    pub shape: RoleShape,
    /// The epoch whose hue it wears.
    pub epoch: Epoch,
    /// One a column.
    pub cells: Vec<CellState>,
    /// The last zxid it has applied (lastProcessedZxid).
    pub applied: Zxid,
}

/// One cell, for those who draw or read it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GridCell {
    /// Whose.
    pub server: ServerId,
    /// Which transaction.
    pub zxid: Zxid,
    /// How certain.
    pub state: CellState,
    /// Whether the caret of what is applied stands under it.
    pub caret: bool,
}

/// The bottom row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DiskCount {
    /// How many.
    pub disks: u32,
    /// Whether that is a quorum.
    pub quorum: bool,
}

impl CellState {
    /// The word in the cell's class and label.
    pub const fn name(self) -> &'static str {
        match self {
            CellState::Absent => "absent",
            CellState::InMemory => "memory",
            CellState::OnDisk { .. } => "disk",
            CellState::Committed => "committed",
            CellState::Truncated => "truncated",
        }
    }

    /// Whether a crash leaves it.
    pub const fn durable(self) -> bool {
        matches!(self, CellState::OnDisk { .. } | CellState::Committed)
    }
}

impl LogGrid {
    /// The row's cells, from column `first` on.
    pub fn cells<'a>(
        &'a self,
        row: &'a GridRow,
        first: usize,
    ) -> impl Iterator<Item = GridCell> + 'a {
        let caret = self.columns.iter().rposition(|column| column.zxid <= row.applied);
        let cells = self.columns.iter().zip(&row.cells).enumerate().skip(first);
        cells.map(move |(index, (column, &state))| GridCell {
            server: row.server,
            zxid: column.zxid,
            state,
            caret: caret == Some(index),
        })
    }

    /// The bottom row, from column `first` on.
    pub fn disk_counts(&self, first: usize) -> impl Iterator<Item = DiskCount> + '_ {
        let count = |column: &Column| DiskCount {
            disks: column.disks,
            quorum: column.disks >= self.quorum,
        };
        self.columns.iter().skip(first).map(count)
    }
}

/// Neighbouring columns of one epoch, from column `first` on: the epoch and how many.
pub fn epoch_groups(columns: &[Column], first: usize) -> Vec<(Epoch, u32)> {
    let mut groups: Vec<(Epoch, u32)> = Vec::new();
    for column in columns.iter().skip(first) {
        match groups.last_mut() {
            Some((epoch, count)) if *epoch == column.zxid.epoch => *count += 1,
            _ => groups.push((column.zxid.epoch, 1)),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(epoch: u32, counter: u32, disks: u32) -> Column {
        Column { zxid: Zxid::new(epoch, counter), disks }
    }

    #[test]
    fn columns_group_by_epoch() {
        let columns = [column(1, 1, 3), column(1, 2, 3), column(2, 1, 3)];
        assert_eq!(epoch_groups(&columns, 0), [(Epoch(1), 2), (Epoch(2), 1)]);
        assert_eq!(epoch_groups(&columns, 1), [(Epoch(1), 1), (Epoch(2), 1)]);
    }

    #[test]
    fn the_caret_stands_under_the_last_applied_transaction() {
        let row = GridRow {
            server: ServerId(1),
            shape: RoleShape::Crashed,
            epoch: Epoch(1),
            cells: vec![CellState::Committed, CellState::OnDisk { acked: true }],
            applied: Zxid::new(1, 1),
        };
        let columns = vec![column(1, 1, 3), column(1, 2, 1)];
        let grid = LogGrid { columns, rows: vec![row], quorum: 2 };
        let carets: Vec<_> = grid.cells(&grid.rows[0], 0).map(|cell| cell.caret).collect();
        assert_eq!(carets, [true, false]);
        let counts: Vec<_> = grid.disk_counts(0).map(|count| count.quorum).collect();
        assert_eq!(counts, [true, false]);
    }
}
