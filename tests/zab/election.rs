//! Fast leader election: fact sheet §2.

use zabscope::types::{Epoch, ServerId, Zxid};
use zabscope::zab::{Durable, Input, Note, Phase, RoleName, Rules, Timer, Vote, VoteField};

use crate::bench::{Bench, config, disk, place};

const FOLLOWS_3: (RoleName, Phase, Option<u8>) = (RoleName::Following, Phase::Broadcast, Some(3));

fn vote(epoch: u32, zxid: (u32, u32), leader: u8) -> Vote {
    let zxid = Zxid::new(zxid.0, zxid.1);
    Vote { leader: ServerId(leader), zxid, peer_epoch: Epoch(epoch) }
}

/// §2.3: epoch before zxid before id.
#[test]
fn votes_compare_by_epoch_then_zxid_then_id() {
    let config = config(5);
    let check = |better: Vote, worse: Vote, field: VoteField| {
        let wins = (better.beats(&worse, &config), worse.beats(&better, &config));
        assert_eq!(wins, (true, false), "{better:?} against {worse:?}");
        assert_eq!(better.decided_by(&worse, Rules::DEFAULT), Some(field));
    };
    check(vote(2, (1, 1), 1), vote(1, (1, 9), 5), VoteField::PeerEpoch);
    check(vote(1, (1, 2), 1), vote(1, (1, 1), 5), VoteField::Zxid);
    check(vote(1, (1, 1), 5), vote(1, (1, 1), 4), VoteField::Leader);
    assert!(!vote(1, (1, 1), 1).beats(&vote(1, (1, 1), 1), &config));
}

/// §8.1, last line: started together, the highest id wins.
#[test]
fn empty_servers_elect_the_highest_id() {
    let mut bench = Bench::start(vec![Durable::default(); 3]);
    bench.elect();
    assert_eq!(place(bench.peer(3)), (RoleName::Leading, Phase::Broadcast, Some(3)));
    assert_eq!(place(bench.peer(1)), FOLLOWS_3);
    assert_eq!(place(bench.peer(2)), FOLLOWS_3);
    assert!(bench.servers().iter().all(|server| bench.peer(server.0).round() == 1));
}

/// §2.3: the longest history wins over the highest id (recording `cold_start_3_histories`).
#[test]
fn the_newest_history_wins_over_the_highest_id() {
    let longest = disk(&[(1, 1), (2, 1), (2, 2)]);
    let mut bench = Bench::start(vec![disk(&[(1, 1), (2, 1)]), longest, disk(&[(1, 1)])]);
    bench.elect();
    assert_eq!(place(bench.peer(2)), (RoleName::Leading, Phase::Broadcast, Some(2)));
    // One more than the highest epoch that any of the quorum had accepted.
    assert_eq!(bench.peer(2).current_epoch(), Epoch(3));
    let logs: Vec<_> = (1..=3).map(|server| bench.stand(server).log()).collect();
    assert!(logs.iter().all(|log| log == &logs[1]), "{logs:?}");
}

/// §8.1: a larger id that comes later joins the established leader and does not unseat it.
#[test]
fn a_latecomer_joins_the_established_leader() {
    let mut bench = Bench::idle(vec![Durable::default(); 3]);
    // S3 is down: whoever calls it is refused.
    bench.step(ServerId(1), Input::Start);
    bench.step(ServerId(2), Input::Start);
    bench.cut.extend([1, 2].map(|server| (ServerId(server), ServerId(3))));
    bench.elect();
    assert_eq!(place(bench.peer(2)), (RoleName::Leading, Phase::Broadcast, Some(2)));

    bench.cut.clear();
    bench.step(ServerId(3), Input::Start);
    bench.elect();
    assert_eq!(place(bench.peer(3)), (RoleName::Following, Phase::Broadcast, Some(2)));
    let found = |note: &Note| matches!(note, Note::LeaderFound { joined: true, .. });
    assert!(bench.stand(3).notes.iter().any(found), "joined by the word of those who follow");
}

/// §2.4: after a quorum agrees, only silence decides.
#[test]
fn a_quorum_of_votes_waits_for_silence() {
    let bench = Bench::start(vec![Durable::default(); 3]);
    for server in 1..=3 {
        assert_eq!(bench.peer(server).role_name(), RoleName::Looking);
        assert_eq!(bench.peer(server).vote().leader, ServerId(3));
        assert!(bench.stands[&ServerId(server)].timers.contains(&Timer::FinalizeWait));
    }
}

/// §2.4: alone, a server sends its vote again and again, at growing intervals, and decides nothing.
#[test]
fn a_minority_elects_nobody() {
    let mut bench = Bench::idle(vec![Durable::default(); 3]);
    bench.cut.extend([2, 3].map(|server| (ServerId(1), ServerId(server))));
    bench.step(ServerId(1), Input::Start);
    for _ in 0..5 {
        bench.settle();
        bench.fire(1, Timer::Notification);
    }
    assert_eq!(place(bench.peer(1)), (RoleName::Looking, Phase::Election, None));
}

/// §2.7: of two connections the one is kept that the larger id dialled.
#[test]
fn the_smaller_id_is_called_back() {
    let mut bench = Bench::idle(vec![Durable::default(); 2]);
    bench.step(ServerId(1), Input::Start);
    // S1 has dialled. S2, not even started, hangs up and dials back; the vote comes that way.
    bench.settle();
    let votes: Vec<_> = bench.delivered.iter().map(|&(from, to, _)| (from.0, to.0)).collect();
    assert_eq!(votes, [(1, 2)]);
}
