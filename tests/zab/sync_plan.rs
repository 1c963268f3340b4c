//! The choice between DIFF, TRUNC and SNAP: fact sheet §3.4, row by row.

use zabscope::types::Zxid;
use zabscope::zab::{Durable, History, ProtocolConfig, SyncOp, SyncPlan, SyncReason};

use crate::bench::{config, disk, txn};

fn zxid((epoch, counter): (u32, u32)) -> Zxid {
    Zxid::new(epoch, counter)
}

/// A leader whose log holds these and whose committed log keeps the last `kept`.
fn leader(log: &[(u32, u32)], kept: u32) -> History {
    History::load(&disk(log), &keeping(kept))
}

fn keeping(commit_log_count: u32) -> ProtocolConfig {
    ProtocolConfig { commit_log_count, ..config(3) }
}

fn decide(history: &History, learner: (u32, u32), txn_log_sync: bool) -> SyncPlan {
    let config = ProtocolConfig { txn_log_sync, ..config(3) };
    SyncPlan::decide(history, Some(zxid(learner)), &config)
}

fn check(
    history: &History,
    learner: (u32, u32),
    op: SyncOp,
    reason: SyncReason,
    txns: &[(u32, u32)],
) {
    let plan = decide(history, learner, false);
    let sent: Vec<Zxid> = plan.txns.iter().map(|txn| txn.zxid).collect();
    let expected: Vec<Zxid> = txns.iter().copied().map(zxid).collect();
    assert_eq!((plan.op, plan.reason, sent), (op, reason, expected), "learner at {learner:?}");
}

const LOG: [(u32, u32); 5] = [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)];

#[test]
fn equal_gets_an_empty_diff() {
    check(&leader(&LOG, 500), (2, 2), SyncOp::Diff(zxid((2, 2))), SyncReason::Equal, &[]);
    check(&leader(&[], 500), (0, 0), SyncOp::Diff(Zxid::ZERO), SyncReason::Equal, &[]);
}

#[test]
fn behind_gets_what_it_lacks() {
    let diff = SyncOp::Diff(zxid((2, 2)));
    check(&leader(&LOG, 500), (1, 3), diff, SyncReason::Found, &[(2, 1), (2, 2)]);
    check(&leader(&LOG, 500), (1, 1), diff, SyncReason::Found, &LOG[1..]);
}

#[test]
fn ahead_in_the_same_epoch_is_truncated() {
    check(&leader(&LOG, 500), (2, 5), SyncOp::Trunc(zxid((2, 2))), SyncReason::Ahead, &[]);
}

/// Our correction: ZooKeeper would send TRUNC(2·2) although the learner may not have 2·2.
#[test]
fn ahead_in_another_epoch_gets_the_tree() {
    let snap = SyncOp::Snap(zxid((2, 2)));
    check(&leader(&LOG, 500), (3, 1), snap, SyncReason::DivergedAcrossEpochs, &[]);
}

#[test]
fn diverged_within_an_epoch_is_truncated_and_sent_the_rest() {
    let history = leader(&[(1, 1), (1, 2), (1, 5)], 500);
    let trunc = SyncOp::Trunc(zxid((1, 2)));
    check(&history, (1, 4), trunc, SyncReason::Diverged, &[(1, 5)]);
}

/// Recording `uncommitted_tail_snap`: truncation never crosses an epoch.
#[test]
fn diverged_across_epochs_gets_the_tree() {
    let snap = SyncOp::Snap(zxid((2, 2)));
    check(&leader(&LOG, 500), (1, 4), snap, SyncReason::DivergedAcrossEpochs, &[]);
}

/// Our correction: what is committed and not applied yet is no less committed. ZooKeeper would send
/// TRUNC(2·2), and the learner's disk may be one of the quorum's.
#[test]
fn committed_and_not_applied_is_found() {
    let mut history = leader(&LOG, 500);
    let newer = [txn(2, 3), txn(2, 4)];
    newer.iter().for_each(|txn| assert!(history.queue(txn)));
    history.commit(newer[0].clone());
    check(&history, (2, 3), SyncOp::Diff(zxid((2, 3))), SyncReason::Found, &[]);
    check(&history, (2, 4), SyncOp::Trunc(zxid((2, 3))), SyncReason::Ahead, &[]);
}

/// §1.3: a zxid of -1 on the wire.
#[test]
fn a_learner_without_data_gets_the_tree() {
    let plan = SyncPlan::decide(&leader(&[], 500), None, &config(3));
    assert_eq!((plan.op, plan.reason), (SyncOp::Snap(Zxid::ZERO), SyncReason::DataMissing));
}

/// The log on disk is sent up to the newest snapshot where nothing was committed since: the swarm
/// found a learner that was not sent the last record.
#[test]
fn the_log_is_read_up_to_the_snapshot_that_holds_it_all() {
    let mut durable = disk(&LOG);
    durable.snapshots.push_back(zxid((2, 2)));
    let plan = decide(&History::load(&durable, &keeping(500)), (1, 3), true);
    let sent: Vec<Zxid> = plan.txns.iter().map(|txn| txn.zxid).collect();
    assert_eq!((plan.op, plan.last_queued), (SyncOp::Diff(zxid((2, 2))), zxid((2, 2))));
    assert_eq!(sent, [zxid((2, 1)), zxid((2, 2))]);
}

#[test]
fn new_leader_alone_leaves_no_record() {
    let diff = SyncOp::Diff(zxid((2, 2)));
    check(&leader(&LOG, 500), (2, 0), diff, SyncReason::OnlyNewLeader, &[(2, 1), (2, 2)]);
}

/// Recording `cold_start_3_staggered`: at (1,0) with nothing written, an empty learner gets SNAP.
#[test]
fn an_empty_learner_of_an_established_leader_gets_the_tree() {
    let mut history = leader(&[], 500);
    history.begin_epoch(zxid((1, 0)));
    check(&history, (0, 0), SyncOp::Snap(zxid((1, 0))), SyncReason::TooOld, &[]);
}

#[test]
fn older_than_the_committed_log_gets_the_tree_or_the_log_on_disk() {
    let history = leader(&LOG, 2);
    let snap = SyncOp::Snap(zxid((2, 2)));
    check(&history, (1, 1), snap, SyncReason::TooOld, &[]);
    let plan = decide(&history, (1, 1), true);
    assert_eq!((plan.op, plan.reason), (SyncOp::Diff(zxid((2, 2))), SyncReason::Found));
    assert_eq!(plan.txns.len(), 4);
}

/// What follows the op packet reaches from the learner's place to the plan's end without a gap.
#[test]
fn a_plan_leads_from_the_learner_to_the_leader() {
    for kept in [1, 2, 3, 500] {
        let history = leader(&LOG, kept);
        for learner in LOG.into_iter().chain([(0, 0), (1, 0), (1, 9), (2, 0), (2, 9), (4, 1)]) {
            for use_log in [false, true] {
                let plan = decide(&history, learner, use_log);
                let mut learner_log = Durable::default();
                LOG.into_iter().filter(|&own| own <= learner).for_each(|own| {
                    learner_log.append(txn(own.0, own.1));
                });
                let kept: Vec<Zxid> = match plan.op {
                    SyncOp::Snap(_) => LOG.into_iter().map(zxid).collect(),
                    SyncOp::Diff(_) => learner_log.log.iter().map(|txn| txn.zxid).collect(),
                    SyncOp::Trunc(to) => {
                        let log = learner_log.log.iter().map(|txn| txn.zxid);
                        log.filter(|&own| own <= to).collect()
                    }
                };
                let sent = plan.txns.iter().map(|txn| txn.zxid);
                let result: Vec<Zxid> = kept.into_iter().chain(sent).collect();
                assert_eq!(result, LOG.map(zxid), "learner {learner:?}: {plan:?}");
            }
        }
    }
}
