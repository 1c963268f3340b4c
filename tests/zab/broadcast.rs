//! BROADCAST: fact sheet §4.

use zabscope::types::{Epoch, ServerId, Zxid};
use zabscope::zab::{Durable, GiveUp, Input, MessageKind, Note, Phase, RoleName, SyncOp, Timer};

use crate::bench::{Bench, place};

fn elected() -> Bench {
    let mut bench = Bench::start(vec![Durable::default(); 3]);
    bench.elect();
    bench.delivered.clear();
    bench
}

fn count(bench: &Bench, kind: MessageKind) -> usize {
    bench.delivered.iter().filter(|&&(_, _, delivered)| delivered == kind).count()
}

/// §4.2: proposed to all, committed by a quorum, applied everywhere in order.
#[test]
fn a_proposal_is_logged_acknowledged_committed_and_applied() {
    let mut bench = elected();
    let zxids = [bench.propose(3), bench.propose(3)];
    bench.settle();
    assert_eq!(zxids, [Zxid::new(1, 1), Zxid::new(1, 2)]);
    for server in 1..=3 {
        assert_eq!(bench.stand(server).log(), zxids, "S{server}");
        assert_eq!(bench.stand(server).committed, zxids, "S{server}");
    }
    assert_eq!(count(&bench, MessageKind::Ack), 4, "each zxid is acknowledged by itself");
}

/// §4.2: nothing is committed before a quorum has it on disk, the leader's own ack included.
#[test]
fn a_commit_needs_a_quorum_of_disks() {
    let mut bench = elected();
    bench.stand(1).disk_held = true;
    bench.stand(3).disk_held = true;
    let zxid = bench.propose(3);
    bench.settle();
    assert_eq!(count(&bench, MessageKind::Ack), 1);
    assert_eq!(count(&bench, MessageKind::Commit), 0);
    bench.stand(3).disk_held = false;
    bench.settle();
    assert_eq!(count(&bench, MessageKind::Commit), 2);
    // §1.4: a follower applies on COMMIT even while its own write is under way, and acks later.
    assert_eq!(bench.stand(1).committed, [zxid]);
    assert_eq!(bench.stand(1).log(), []);
}

/// §4.8: a leader out of touch with a quorum steps down at a tick.
#[test]
fn a_leader_out_of_touch_steps_down() {
    let mut bench = elected();
    bench.cut.extend([1, 2].map(|server| (ServerId(server), ServerId(3))));
    let mut half_ticks = 0;
    while bench.peer(3).role_name() == RoleName::Leading {
        bench.fire(3, Timer::HalfTick);
        bench.settle();
        half_ticks += 1;
    }
    // syncLimit is 5 ticks, and the look is taken once a tick.
    assert_eq!(half_ticks, 12);
}

/// §4.8: pings keep both sides in touch, and answers come back.
#[test]
fn pings_keep_the_quorum() {
    let mut bench = elected();
    for _ in 0..40 {
        bench.fire(3, Timer::HalfTick);
        bench.settle();
    }
    assert_eq!(bench.peer(3).role_name(), RoleName::Leading);
    assert_eq!(count(&bench, MessageKind::Ping), 40 * 2 * 2);
}

/// §4.8 SyncLimitCheck: a follower that answers pings but owes an ack for too long is dropped.
#[test]
fn a_follower_that_owes_an_ack_is_dropped() {
    let mut bench = elected();
    bench.stand(1).disk_held = true;
    bench.propose(3);
    for _ in 0..12 {
        bench.settle();
        bench.fire(3, Timer::HalfTick);
    }
    let dropped =
        |note: &Note| matches!(note, Note::LearnerDropped { learner, .. } if learner.0 == 1);
    assert!(bench.stand(3).notes.iter().any(dropped));
    assert_eq!(bench.peer(3).role_name(), RoleName::Leading);
}

/// One server alone is a quorum by itself.
#[test]
fn a_single_server_commits_alone() {
    let mut bench = Bench::start(vec![Durable::default()]);
    bench.elect();
    let zxid = bench.propose(1);
    bench.settle();
    assert_eq!(bench.stand(1).committed, [zxid]);
}

/// An ack counts as long as the learner has the record: one that comes back is told to cut it off,
/// and acknowledges it again when it has it again.
#[test]
fn the_ack_of_who_comes_back_is_forgotten() {
    let mut bench = Bench::start(vec![Durable::default(); 3]);
    bench.elect();
    bench.propose(3);
    bench.settle();
    // S1 has the next one on disk and has said so; the leader's own disk is busy.
    bench.stand(3).disk_held = true;
    bench.cut.insert((ServerId(2), ServerId(3)));
    let zxid = bench.propose(3);
    bench.settle();
    assert_eq!(bench.peer(3).outstanding(), [(zxid, vec![ServerId(1)])]);
    bench.crash(1);
    bench.stand(1).disk_held = true;
    bench.restart(1);
    for _ in 0..3 {
        bench.elect();
        bench.write(1);
    }
    let notes = &bench.stand(3).notes;
    let plan = notes.iter().rev().find(|note| matches!(note, Note::SyncPlanned { .. }));
    let Some(Note::SyncPlanned { learner, op, .. }) = plan else { panic!("S1 came back") };
    assert_eq!((*learner, *op), (ServerId(1), SyncOp::Trunc(Zxid::new(1, 1))));
    assert_eq!(bench.peer(3).outstanding(), [(zxid, vec![])]);
}

/// §1.1, ZOOKEEPER-1277: a leader without a zxid left ends its term, and the next epoch begins.
#[test]
fn a_counter_that_is_used_up_ends_the_term() {
    let mut bench = elected();
    bench.step(ServerId(3), Input::ZxidsUsedUp);
    let gave_up = Note::GaveUp { reason: GiveUp::ZxidRollover };
    assert!(bench.stand(3).notes.contains(&gave_up));
    for _ in 0..6 {
        bench.elect();
        bench.fire_all(|timer| timer == Timer::Notification);
    }
    let places: Vec<_> = (1..=3).map(|server| place(bench.peer(server))).collect();
    let leader = places[0].2.expect("all have found a leader");
    assert!(places.iter().all(|place| place.1 == Phase::Broadcast), "{places:?}");
    assert_eq!(bench.peer(leader).current_epoch(), Epoch(2));
    assert_eq!(bench.propose(leader), Zxid::new(2, 1));
}
