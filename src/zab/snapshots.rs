//! When a server takes a snapshot by itself.
//!
//! ZooKeeper's log step counts records, and after `snapCount / 2` of them and a drawn number up to
//! as many again it rolls the log and writes a snapshot beside the work; not while one is being
//! written. Here the number follows from the server's id and the place in the log, so that servers
//! are as unlikely to do it all at once, without a draw. What is written is the tree as it is at
//! that moment; ZooKeeper's goes on changing under the writer, which the log repairs at the next
//! start. Source: `SyncRequestProcessor.run`, fact sheet §4.6.

use super::{Member, Out, Write, WriteId};
use crate::types::{ServerId, Zxid};

/// The records since the last snapshot, and a snapshot that is being written.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(super) struct Snapshots {
    records: u32,
    /// The share of `snapCount / 2` that comes on top, see [`extra`].
    drawn_at: Zxid,
    under_way: Option<(WriteId, Zxid)>,
}

impl Snapshots {
    /// Whether one is being written.
    pub(super) fn are_under_way(&self) -> bool {
        self.under_way.is_some()
    }
}

impl Member {
    /// One more record was handed to the log step.
    pub(super) fn count_record(&mut self, out: &mut Out) {
        self.snapshots.records += 1;
        let half = self.config.snap_count / 2;
        if self.snapshots.records > half {
            let extra = extra(self.id, self.snapshots.drawn_at, half);
            // Deviation: ZooKeeper's may be ahead of the log, since a commit can be applied before
            // the own flush; a crash then leaves a hole in the log, which a DIFF from it passes on.
            if self.snapshots.records > half + extra && self.history.is_tree_on_disk() {
                self.begin_snapshot(out);
            }
        }
    }

    /// Writes a snapshot beside everything else, unless one is being written.
    pub(super) fn begin_snapshot(&mut self, out: &mut Out) {
        if self.snapshots.under_way.is_some() {
            return;
        }
        let zxid = self.history.last_processed();
        let id = self.persist(Write::Snapshot(zxid), out);
        let drawn_at = self.history.last_logged();
        self.snapshots = Snapshots { records: 0, drawn_at, under_way: Some((id, zxid)) };
    }

    /// Whether the write was such a snapshot.
    pub(super) fn on_snapshot_written(&mut self, id: WriteId) -> bool {
        let Some((_, zxid)) = self.snapshots.under_way.take_if(|(own, _)| *own == id) else {
            return false;
        };
        self.history.snapshot_taken(zxid);
        true
    }
}

/// A number below `half`, scattered over servers and places (SplitMix64's finalizer).
fn extra(server: ServerId, place: Zxid, half: u32) -> u32 {
    let mut bits = place.to_wire() as u64 ^ u64::from(server.0) << 56;
    bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    (bits >> 33) as u32 % half.max(1)
}
