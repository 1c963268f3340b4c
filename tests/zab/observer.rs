//! Observers, weighted votes and snapshots by count: fact sheet §§2.6, 4.3, 4.6, 4.10.

use std::collections::BTreeMap;

use zabscope::types::{ServerId, Zxid};
use zabscope::zab::{Durable, MessageKind, Phase, ProtocolConfig, Quorum, RoleName, Timer, Vote};

use crate::bench::{Bench, config, disk, place};

/// Three voters, and S4 without a vote.
fn observed(disks: Vec<Durable>) -> Bench {
    Bench::idle_with(
        disks,
        ProtocolConfig { quorum: Quorum::majority([1, 2, 3].map(ServerId)), ..config(4) },
    )
}

fn started(mut bench: Bench) -> Bench {
    for server in bench.servers() {
        bench.restart(server.0);
    }
    bench.elect();
    bench
}

/// Says again that it is looking, now that the others have a leader.
fn ask(bench: &mut Bench, server: u8) {
    bench.fire(server, Timer::Notification);
    bench.elect();
}

/// It registers by OBSERVERINFO, never gets a PROPOSAL or a COMMIT, acknowledges NEWLEADER and
/// UPTODATE and nothing else. Recording `observer_join`.
#[test]
fn an_observer_is_informed_and_acknowledges_nothing() {
    let mut bench = started(observed(vec![disk(&[]); 4]));
    ask(&mut bench, 4);
    assert_eq!(place(bench.peer(4)), (RoleName::Observing, Phase::Broadcast, Some(3)));
    bench.delivered.clear();
    let zxid = bench.propose(3);
    bench.settle();
    assert_eq!(bench.stand(4).committed, [zxid]);
    assert_eq!(bench.stand(4).durable.last_zxid(), zxid);
    let with_observer = |&(from, to, _): &(ServerId, ServerId, MessageKind)| {
        from == ServerId(4) || to == ServerId(4)
    };
    let seen: Vec<_> = bench.delivered.iter().filter(|seen| with_observer(seen)).collect();
    assert_eq!(seen, [&(ServerId(3), ServerId(4), MessageKind::Inform)]);
}

/// §2.6: its own vote loses against every other, and nobody counts it: S1 and S4 elect nobody.
#[test]
fn an_observer_does_not_vote() {
    let mut bench = observed(vec![disk(&[]), disk(&[]), disk(&[]), disk(&[(1, 9)])]);
    bench.restart(1);
    bench.restart(4);
    bench.elect();
    assert_eq!(bench.peer(1).role_name(), RoleName::Looking);
    assert_eq!(bench.peer(4).vote().leader, bench.peer(1).vote().leader);
    assert!(!Vote::NONE.beats(&bench.peer(1).vote(), &config(4)));
}

/// It waits a drawn time before it looks for another leader.
#[test]
fn an_observer_that_lost_its_leader_pauses() {
    let mut bench = started(observed(vec![disk(&[]); 4]));
    ask(&mut bench, 4);
    bench.crash(3);
    assert_eq!(bench.peer(4).role_name(), RoleName::Looking);
    assert!(bench.stand(4).timers.contains(&Timer::ObserverElection));
    assert!(!bench.stand(4).timers.contains(&Timer::Notification));
    bench.elect();
    bench.fire(4, Timer::ObserverElection);
    bench.elect();
    assert_eq!(place(bench.peer(4)), (RoleName::Observing, Phase::Broadcast, Some(2)));
}

/// What it lacks comes by PROPOSAL and COMMIT; it logs and applies that when it begins to serve.
#[test]
fn an_observer_is_synchronised_like_everyone() {
    let longer = disk(&[(1, 1), (1, 2), (1, 3)]);
    let disks = vec![longer.clone(), longer.clone(), longer, disk(&[(1, 1)])];
    let mut bench = started(observed(disks));
    ask(&mut bench, 4);
    assert_eq!(bench.stand(4).committed, [Zxid::new(1, 2), Zxid::new(1, 3)]);
    assert_eq!(bench.stand(4).durable.last_zxid(), Zxid::new(1, 3));
}

/// S1 weighs as much as the others together and one more: it decides alone. S4 weighs nothing and
/// never leads, whatever it has.
#[test]
fn weight_decides() {
    let weights: BTreeMap<ServerId, u32> =
        [(1, 3), (2, 1), (3, 1), (4, 0)].map(|(server, weight)| (ServerId(server), weight)).into();
    let quorum = Quorum::hierarchical(&[weights]).expect("a sound quorum");
    let disks = vec![disk(&[(1, 1)]), disk(&[(1, 1)]), disk(&[]), disk(&[(1, 1), (1, 2)])];
    let mut bench = Bench::idle_with(disks, ProtocolConfig { quorum, ..config(4) });
    bench.restart(1);
    bench.elect();
    assert_eq!(place(bench.peer(1)), (RoleName::Leading, Phase::Broadcast, Some(1)));
    bench.restart(4);
    bench.elect();
    assert_eq!(place(bench.peer(4)), (RoleName::Following, Phase::Broadcast, Some(1)));
    assert_eq!(bench.stand(4).durable.last_zxid(), Zxid::new(1, 1), "TRUNC");
}

/// §4.6: after `snapCount / 2` and up to as many records again.
#[test]
fn snapshots_are_taken_by_the_number_of_records() {
    let few = ProtocolConfig { snap_count: 10, ..config(3) };
    let mut bench = started(Bench::idle_with(vec![disk(&[]); 3], few));
    for _ in 0..40 {
        bench.propose(3);
        bench.settle();
    }
    for server in 1..=3 {
        let taken = bench.stand(server).durable.snapshots.len();
        assert!((4..=7).contains(&taken), "S{server}: {taken} snapshots");
    }
    let first = |bench: &mut Bench, server: u8| bench.stand(server).durable.snapshots[1];
    let firsts = [1, 2, 3].map(|server| first(&mut bench, server));
    assert!(firsts.iter().any(|&zxid| zxid != firsts[0]), "not all at once: {firsts:?}");
}

/// §1.3: a server without any data is not counted in elections, and joins an existing leader.
#[test]
fn a_server_without_data_can_only_join() {
    let mut bench = Bench::idle(vec![disk(&[(1, 1)]), disk(&[(1, 1)]), disk(&[(1, 1)])]);
    bench.lose_data(2);
    bench.lose_data(3);
    for server in [1, 2, 3] {
        bench.restart(server);
    }
    bench.elect();
    let roles = [1, 2, 3].map(|server| bench.peer(server).role_name());
    assert_eq!(roles, [RoleName::Looking; 3], "S1 alone has data: no quorum");

    let mut bench = Bench::idle(vec![disk(&[(1, 1)]), disk(&[(1, 1)]), disk(&[(1, 1)])]);
    bench.lose_data(3);
    for server in [1, 2, 3] {
        bench.restart(server);
    }
    bench.elect();
    ask(&mut bench, 3);
    assert_eq!(place(bench.peer(3)), (RoleName::Following, Phase::Broadcast, Some(2)));
    assert_eq!(bench.stand(3).durable.last_zxid(), Zxid::new(2, 0), "SNAP");
}
