//! SYNCHRONIZATION: fact sheet §§3.2 (8 to 13), 3.5 and 1.5.

use zabscope::types::{Epoch, ServerId, Zxid};
use zabscope::zab::{Durable, GiveUp, MessageKind, Note, Phase, RoleName, SyncOp, Timer};

use crate::bench::{Bench, disk, place};

fn kinds_between(bench: &Bench, from: u8, to: u8) -> Vec<MessageKind> {
    let between = |&&(a, b, kind): &&(ServerId, ServerId, MessageKind)| {
        a == ServerId(from) && b == ServerId(to) && kind != MessageKind::Notification
    };
    bench.delivered.iter().filter(between).map(|&(_, _, kind)| kind).collect()
}

fn sync_op(bench: &mut Bench, leader: u8, learner: u8) -> Option<SyncOp> {
    bench.stand(leader).notes.iter().rev().find_map(|note| match note {
        Note::SyncPlanned { learner: to, op, .. } if to.0 == learner => Some(*op),
        _ => None,
    })
}

/// §8.1: what two servers say to each other until they serve, in order.
#[test]
fn the_handshake_in_order() {
    use MessageKind::*;
    let mut bench = Bench::start(vec![Durable::default(); 3]);
    bench.elect();
    assert_eq!(kinds_between(&bench, 3, 1), [LeaderInfo, Diff, NewLeader, UpToDate]);
    assert_eq!(kinds_between(&bench, 1, 3), [FollowerInfo, AckEpoch, Ack, Ack]);
}

/// §3.5: on NEWLEADER first the history, then the epoch, then the ack; each waits for the other.
/// (In the other order it is ZOOKEEPER-4643 and 4646.)
#[test]
fn history_is_durable_before_the_epoch_before_the_ack() {
    let disks = vec![disk(&[(1, 1)]), disk(&[(1, 1)]), disk(&[(1, 1), (1, 2)])];
    let mut bench = Bench::idle(disks);
    bench.stand(1).disk_held = true;
    for server in 1..=3 {
        bench.restart(server);
    }
    bench.elect();
    let acked = |bench: &Bench| kinds_between(bench, 1, 3).contains(&MessageKind::Ack);
    // Its promise of the epoch is written; then come DIFF, the transaction and NEWLEADER.
    bench.write(1);
    bench.settle();
    assert_eq!(bench.stand(1).log(), [Zxid::new(1, 1)]);
    assert_eq!(bench.peer(1).current_epoch(), Epoch(1));
    bench.write(1);
    bench.settle();
    assert_eq!(bench.stand(1).log(), [Zxid::new(1, 1), Zxid::new(1, 2)]);
    assert!(bench.peer(1).current_epoch() == Epoch(1) && !acked(&bench), "the epoch comes second");
    bench.write(1);
    bench.settle();
    assert!(bench.peer(1).current_epoch() > Epoch(1) && acked(&bench), "the ack comes last");
}

/// §8.3: what only an old leader has, and nobody has committed, is cut off.
#[test]
fn an_uncommitted_tail_is_truncated() {
    let mut bench = Bench::idle(vec![disk(&[(3, 9)]), disk(&[(3, 9)]), disk(&[(3, 9), (3, 10)])]);
    bench.cut.extend([1, 2].map(|server| (ServerId(server), ServerId(3))));
    bench.restart(1);
    bench.restart(2);
    bench.elect();
    assert_eq!(bench.peer(2).role_name(), RoleName::Leading);
    bench.cut.clear();
    bench.restart(3);
    bench.elect();
    assert_eq!(sync_op(&mut bench, 2, 3), Some(SyncOp::Trunc(Zxid::new(3, 9))));
    assert_eq!(place(bench.peer(3)), (RoleName::Following, Phase::Broadcast, Some(2)));
    assert_eq!(bench.stand(3).log(), [Zxid::new(3, 9)]);
}

/// §8.3, last line: once the new epoch has a commit, the tree is sent instead.
#[test]
fn an_uncommitted_tail_is_replaced_once_the_epoch_has_a_commit() {
    let mut bench = Bench::idle(vec![disk(&[(3, 9)]), disk(&[(3, 9)]), disk(&[(3, 9), (3, 10)])]);
    bench.cut.extend([1, 2].map(|server| (ServerId(server), ServerId(3))));
    bench.restart(1);
    bench.restart(2);
    bench.elect();
    let zxid = bench.propose(2);
    bench.settle();
    bench.cut.clear();
    bench.restart(3);
    bench.elect();
    assert_eq!(sync_op(&mut bench, 2, 3), Some(SyncOp::Snap(zxid)));
    assert_eq!(bench.peer(3).last_processed(), zxid);
    // The dead record is gone with the rest of the old log: it would come back at the next start,
    // or be sent to others.
    assert_eq!(bench.stand(3).log(), []);
    assert!(bench.stand(3).durable.snapshots.iter().eq([&zxid]));
}

/// A log that a SNAP has replaced cannot be cut back before it. The learner registers again as one
/// that has nothing, and is sent the tree.
#[test]
fn who_cannot_cut_its_log_back_is_sent_the_tree() {
    let replaced = Durable {
        accepted_epoch: Epoch(3),
        current_epoch: Epoch(3),
        snapshots: [Zxid::new(3, 10)].into_iter().collect(),
        ..Durable::default()
    };
    let mut bench = Bench::idle(vec![disk(&[(3, 9)]), disk(&[(3, 9)]), replaced]);
    bench.cut.extend([1, 2].map(|server| (ServerId(server), ServerId(3))));
    bench.restart(1);
    bench.restart(2);
    bench.elect();
    bench.cut.clear();
    bench.restart(3);
    bench.elect();
    let given_up = Note::GaveUp { reason: GiveUp::CannotTruncate };
    assert!(bench.stand(3).notes.contains(&given_up));
    let start = Zxid::start_of(bench.peer(2).current_epoch());
    assert_eq!(sync_op(&mut bench, 2, 3), Some(SyncOp::Snap(start)));
    assert_eq!(place(bench.peer(3)), (RoleName::Following, Phase::Broadcast, Some(2)));
    assert!(bench.stand(3).durable.snapshots.iter().eq([&start]));
}

/// §8.5: what a quorum may have logged survives, whether it was committed or not.
#[test]
fn a_proposal_that_one_of_the_quorum_logged_survives() {
    let mut bench = Bench::start(vec![Durable::default(); 3]);
    bench.elect();
    let earlier = bench.propose(3);
    bench.settle();
    bench.cut.extend([(ServerId(3), ServerId(1)), (ServerId(2), ServerId(3))]);
    let zxid = bench.propose(3);
    bench.settle();
    assert_eq!(bench.stand(2).log(), [earlier, zxid]);
    assert_eq!(bench.peer(3).last_committed(), earlier);
    bench.cut.extend([(ServerId(1), ServerId(3)), (ServerId(3), ServerId(2))]);
    bench.crash(3);
    bench.cut.extend([(ServerId(1), ServerId(3)), (ServerId(2), ServerId(3))]);
    for _ in 0..6 {
        bench.elect();
        bench.fire_all(|timer| timer == Timer::Notification);
    }
    assert_eq!(place(bench.peer(2)), (RoleName::Leading, Phase::Broadcast, Some(2)));
    assert_eq!(bench.stand(1).log(), [earlier, zxid]);
    assert_eq!(sync_op(&mut bench, 2, 1), Some(SyncOp::Diff(zxid)));
}

/// §1.5: what was logged and not committed counts in the next vote (ZOOKEEPER-2845).
#[test]
fn going_back_to_looking_brings_the_tree_up_to_the_log() {
    let mut bench = Bench::start(vec![Durable::default(); 3]);
    bench.elect();
    bench.cut.insert((ServerId(2), ServerId(3)));
    bench.cut.insert((ServerId(1), ServerId(3)));
    let zxid = bench.propose(3);
    bench.settle();
    assert_ne!(bench.peer(2).last_processed(), zxid);
    bench.fire(2, Timer::LeaderRead);
    assert_eq!(bench.peer(2).last_processed(), zxid);
    assert_eq!(bench.peer(2).vote().zxid, zxid);
}

/// §1.5, ZOOKEEPER-4712: the election waits until the log step has written what it was given.
#[test]
fn looking_waits_for_the_log_to_drain() {
    let mut bench = Bench::start(vec![Durable::default(); 3]);
    bench.elect();
    bench.stand(2).disk_held = true;
    bench.propose(3);
    bench.settle();
    bench.fire(2, Timer::LeaderRead);
    assert_eq!(place(bench.peer(2)), (RoleName::Looking, Phase::Election, None));
    assert_eq!(bench.peer(2).round(), 1, "not voting yet");
    bench.write(2);
    assert_eq!(bench.peer(2).round(), 2, "voting now");
}
