//! DISCOVERY: fact sheet §3.2, steps 1 to 8, and §3.3.

use zabscope::types::{Epoch, ServerId};
use zabscope::zab::{Durable, GiveUp, MessageKind, Note, Phase, RoleName, Timer};

use crate::bench::{Bench, disk, place};

fn with_epochs(mut durable: Durable, accepted: u32, current: u32) -> Durable {
    durable.accepted_epoch = Epoch(accepted);
    durable.current_epoch = Epoch(current);
    durable
}

/// §3.2 step 4: one more than the highest accepted epoch of the quorum that registered.
#[test]
fn the_new_epoch_is_above_every_promise_of_the_quorum() {
    let disks = vec![with_epochs(disk(&[]), 7, 0), with_epochs(disk(&[]), 2, 0), disk(&[])];
    let mut bench = Bench::start(disks);
    bench.elect();
    assert_eq!(bench.peer(3).current_epoch(), Epoch(8));
}

/// §1.4: the leader's own promise is on disk before anyone hears of the epoch (ZOOKEEPER-1291).
#[test]
fn leader_info_waits_for_the_leaders_disk() {
    let mut bench = Bench::start(vec![Durable::default(); 3]);
    bench.stand(3).disk_held = true;
    bench.elect();
    let told =
        |bench: &Bench| bench.delivered.iter().any(|&(_, _, kind)| kind == MessageKind::LeaderInfo);
    assert!(!told(&bench));
    assert_eq!(place(bench.peer(3)), (RoleName::Leading, Phase::Discovery, Some(3)));
    bench.stand(3).disk_held = false;
    bench.settle();
    assert!(told(&bench));
    assert_eq!(bench.peer(3).phase(), Phase::Broadcast);
}

/// §1.4: a follower's promise is on disk before it is given.
#[test]
fn ack_epoch_waits_for_the_followers_disk() {
    let mut bench = Bench::start(vec![Durable::default(); 3]);
    bench.stand(1).disk_held = true;
    bench.stand(2).disk_held = true;
    bench.elect();
    let promised = bench.delivered.iter().any(|&(_, _, kind)| kind == MessageKind::AckEpoch);
    assert!(!promised);
    assert_eq!(bench.peer(1).accepted_epoch(), Epoch(0));
}

/// §3.3 step 3: an epoch below the promise is refused.
#[test]
fn a_follower_never_follows_below_its_promise() {
    // S1 promised epoch 9 to somebody, but a quorum of S2 and S3 registers without it.
    let mut bench = Bench::idle(vec![with_epochs(disk(&[]), 9, 0), disk(&[]), disk(&[])]);
    bench.cut.extend([(ServerId(1), ServerId(2)), (ServerId(1), ServerId(3))]);
    for server in [2, 3] {
        bench.restart(server);
    }
    bench.elect();
    assert_eq!(bench.peer(3).current_epoch(), Epoch(1));
    bench.cut.clear();
    bench.restart(1);
    // It finds the leader, is offered epoch 1, hangs up and looks again, for ever.
    assert!(!bench.settle_within(1_000));
    assert_ne!(bench.peer(1).phase(), Phase::Broadcast);
    let gave_up = Note::GaveUp { reason: GiveUp::EpochTooLow };
    assert!(bench.stand(1).notes.contains(&gave_up));
    assert_eq!(bench.peer(1).accepted_epoch(), Epoch(9));
}

/// §3.2 step 4: without a quorum the leader gives up after initLimit ticks.
#[test]
fn a_leader_without_a_quorum_gives_up() {
    let mut bench = Bench::start(vec![Durable::default(); 3]);
    bench.cut.extend([1, 2].map(|server| (ServerId(server), ServerId(3))));
    bench.fire_all(|timer| timer == Timer::FinalizeWait);
    bench.settle();
    assert_eq!(place(bench.peer(3)), (RoleName::Leading, Phase::Discovery, Some(3)));
    bench.fire(3, Timer::QuorumWait);
    assert_eq!(bench.peer(3).role_name(), RoleName::Looking);
    assert_eq!(bench.peer(3).round(), 2);
}
