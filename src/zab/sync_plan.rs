//! How a leader brings a learner up to date: the choice between DIFF, TRUNC and SNAP.
//!
//! Source: `LearnerHandler.syncFollower` and `queueCommittedProposals`, fact sheet §3.4. Two
//! deviations, marked below: ZooKeeper's third rule has no test of the epoch, and takes what is
//! committed but not applied yet for uncommitted.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{History, ProtocolConfig, Switch};
use crate::types::{Txn, Zxid};

/// The op packet of a synchronisation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum SyncOp {
    /// Send what is missing; the learner will then be at this zxid.
    Diff(Zxid),
    /// Cut the learner's log back to this zxid.
    Trunc(Zxid),
    /// Send the whole tree as of this zxid.
    Snap(Zxid),
}

/// Why this op packet: the first test that matched.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum SyncReason {
    /// Rule 2: the learner is where the leader is.
    Equal,
    /// Rule 3: the learner is ahead of everything committed, in the leader's last epoch: it must
    /// forget the rest.
    Ahead,
    /// Rule 4: the learner's last transaction is in the leader's committed log.
    Found,
    /// The learner had seen no more than NEWLEADER of its epoch, which has no log record.
    OnlyNewLeader,
    /// The learner's last transaction is unknown to the leader, others of its epoch follow: cut it
    /// back to the one before, then send them.
    Diverged,
    /// The learner's last transaction is unknown to the leader, and what the leader has instead
    /// belongs to another epoch: truncation never crosses an epoch.
    DivergedAcrossEpochs,
    /// The learner is older than the committed log reaches back, and the log on disk is no help.
    TooOld,
    /// None of the rules fits.
    NoRule,
    /// The learner has no data at all.
    DataMissing,
    /// Nobody looked: the rule that asks for it is switched off.
    NotLooked,
}

/// What a learner gets before NEWLEADER.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SyncPlan {
    /// The op packet.
    pub op: SyncOp,
    /// Why.
    pub reason: SyncReason,
    /// The committed transactions behind it, each a PROPOSAL and a COMMIT.
    pub txns: Vec<Arc<Txn>>,
    /// Where the learner is after all of it.
    pub last_queued: Zxid,
}

impl SyncPlan {
    /// Decides for a learner whose last zxid is `learner_last`, `None` where its data are missing.
    /// The log on disk is looked at only where the configuration allows it.
    pub fn decide(
        history: &History,
        learner_last: Option<Zxid>,
        config: &ProtocolConfig,
    ) -> SyncPlan {
        let last = history.last_processed();
        let (min, max) = history.committed_bounds();
        let Some(learner_last) = learner_last else {
            return SyncPlan::snap(last, SyncReason::DataMissing);
        };
        if config.rules.has(Switch::LeaderSkipsSync) {
            let diff = SyncOp::Diff(learner_last);
            return SyncPlan::bare(diff, SyncReason::NotLooked, learner_last);
        }
        if learner_last == last {
            return SyncPlan::bare(SyncOp::Diff(last), SyncReason::Equal, last);
        }
        if learner_last > max && learner_last.counter != 0 {
            return ahead(history, learner_last, max);
        }
        if min <= learner_last && learner_last <= max {
            if config.rules.has(Switch::DiffWithoutLookup) {
                return not_looked(history, learner_last, max);
            }
            return walk(history.committed_log(), learner_last, max)
                .unwrap_or_else(|reason| SyncPlan::snap(last, reason));
        }
        if learner_last < min && config.txn_log_sync {
            return from_log(history, learner_last, min, max)
                .unwrap_or_else(|reason| SyncPlan::snap(last, reason));
        }
        let reason = if learner_last < min { SyncReason::TooOld } else { SyncReason::NoRule };
        SyncPlan::snap(last, reason)
    }

    fn bare(op: SyncOp, reason: SyncReason, last_queued: Zxid) -> SyncPlan {
        SyncPlan { op, reason, txns: Vec::new(), last_queued }
    }

    fn snap(last: Zxid, reason: SyncReason) -> SyncPlan {
        SyncPlan::bare(SyncOp::Snap(last), reason, last)
    }
}

/// Everything beyond the learner's place, whether that place is known here or not
/// (ZOOKEEPER-1154).
fn not_looked(history: &History, learner_last: Zxid, max: Zxid) -> SyncPlan {
    let beyond = history.committed_log().iter().filter(|txn| txn.zxid > learner_last);
    let txns: Vec<Arc<Txn>> = beyond.cloned().collect();
    SyncPlan { op: SyncOp::Diff(max), reason: SyncReason::NotLooked, txns, last_queued: max }
}

/// Rule 3: the learner is ahead of everything in the leader's tree.
fn ahead(history: &History, learner_last: Zxid, max: Zxid) -> SyncPlan {
    // Deviation: ZooKeeper cuts off what is committed and waits to be applied here. The learner's
    // ack may be one of those that committed it.
    let committed = history.to_be_applied();
    if committed.iter().any(|txn| txn.zxid == learner_last) {
        return SyncPlan::bare(SyncOp::Diff(learner_last), SyncReason::Found, learner_last);
    }
    let max = committed.back().map_or(max, |txn| txn.zxid);
    // Deviation: ZooKeeper sends TRUNC(max) whatever the epochs. If max is not in the learner's
    // log, the cut leaves one record too many there.
    if learner_last > max && learner_last.epoch == max.epoch {
        return SyncPlan::bare(SyncOp::Trunc(max), SyncReason::Ahead, max);
    }
    SyncPlan::snap(history.last_processed(), SyncReason::DivergedAcrossEpochs)
}

/// Rule 5: the log on disk from the learner's place up to `min`, then the committed log.
fn from_log(
    history: &History,
    learner_last: Zxid,
    min: Zxid,
    max: Zxid,
) -> Result<SyncPlan, SyncReason> {
    let reaches_back = history.log().front().is_some_and(|txn| txn.zxid <= learner_last);
    let reaches_up = history.log().iter().any(|txn| txn.zxid == min);
    if !reaches_back || !reaches_up {
        return Err(SyncReason::TooOld);
    }
    // Up to `min`, that record included: the committed log is empty where a snapshot holds it all.
    let older = history.log().iter().filter(|txn| txn.zxid <= min);
    let newer = history.committed_log().iter().filter(|txn| txn.zxid > min);
    walk(older.chain(newer), learner_last, max)
}

/// Walks over committed records, rising, and finds the op packet by the learner's place in them.
fn walk<'a>(
    records: impl IntoIterator<Item = &'a Arc<Txn>>,
    learner_last: Zxid,
    max: Zxid,
) -> Result<SyncPlan, SyncReason> {
    let mut decided: Option<(SyncOp, SyncReason)> = None;
    let mut before: Option<Zxid> = None;
    let mut txns: Vec<Arc<Txn>> = Vec::new();
    for txn in records {
        let zxid = txn.zxid;
        if zxid < learner_last {
            before = Some(zxid);
            continue;
        }
        if decided.is_none() {
            decided = Some(op_packet(zxid, before, learner_last, max)?);
        }
        if zxid > learner_last {
            txns.push(Arc::clone(txn));
        }
    }
    // The records ended below the learner's place: it saw NEWLEADER of an epoch and no more.
    let only_new_leader = (SyncOp::Diff(max), SyncReason::OnlyNewLeader);
    let (op, reason) = match decided {
        Some(decided) => decided,
        None if learner_last.counter == 0 => only_new_leader,
        None => return Err(SyncReason::NoRule),
    };
    let last_queued = txns.last().map_or(learner_last.min(max), |txn| txn.zxid);
    Ok(SyncPlan { op, reason, txns, last_queued })
}

/// The rules for the first record at or beyond the learner's last zxid.
fn op_packet(
    zxid: Zxid,
    before: Option<Zxid>,
    learner_last: Zxid,
    max: Zxid,
) -> Result<(SyncOp, SyncReason), SyncReason> {
    if zxid == learner_last {
        return Ok((SyncOp::Diff(max), SyncReason::Found));
    }
    if learner_last.counter == 0 {
        return Ok((SyncOp::Diff(max), SyncReason::OnlyNewLeader));
    }
    match before {
        Some(before) if zxid.epoch == learner_last.epoch => {
            Ok((SyncOp::Trunc(before), SyncReason::Diverged))
        }
        _ => Err(SyncReason::DivergedAcrossEpochs),
    }
}
