//! How a leader brings a learner up to date: the choice between DIFF, TRUNC and SNAP.

use serde::{Deserialize, Serialize};

use crate::types::Zxid;

/// The op packet of a synchronisation. Source: `LearnerHandler.syncFollower`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum SyncOp {
    /// Send what is missing; the learner will then be at this zxid.
    Diff(Zxid),
    /// Cut the learner's log back to this zxid.
    Trunc(Zxid),
    /// Send the whole tree as of this zxid.
    Snap(Zxid),
}

/// Why this op packet: the first test that matched, fact sheet §3.4.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum SyncReason {
    /// The learner is where the leader is.
    Equal,
    /// The learner is ahead of everything committed, in the leader's last epoch: it must forget
    /// the rest.
    Ahead,
    /// The learner's last transaction is in the leader's committed log.
    Found,
    /// The learner had seen no more than NEWLEADER of its epoch, which has no log record.
    OnlyNewLeader,
    /// The learner's last transaction is unknown to the leader, others of its epoch follow: cut it
    /// back to the one before, then send them.
    Diverged,
    /// The learner's last transaction is unknown to the leader, and the next one belongs to another
    /// epoch: truncation never crosses an epoch.
    DivergedAcrossEpochs,
    /// The learner is older than the committed log reaches back, and the log on disk is no help.
    TooOld,
    /// None of the rules above fits.
    NoRule,
}
