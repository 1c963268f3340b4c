//! Elections of whole ensembles, for many seeds: a cold start elects exactly once and then stays
//! calm; after the leader's crash the others serve again, and the crashed one joins them.
#![cfg(not(target_arch = "wasm32"))]

use zabscope::server::Note as ServerNote;
use zabscope::sim::{Command, EventKind, Settings, TraceEvent, World};
use zabscope::types::{Epoch, Instant, ServerId, Span};
use zabscope::zab::{self, RoleName};

const SEEDS: u64 = 20;

fn seconds(count: u64) -> Instant {
    Instant::ZERO + Span::millis(1_000) * count
}

/// Servers that became LEADING, in order.
fn leaders(trace: &[TraceEvent]) -> Vec<ServerId> {
    trace
        .iter()
        .filter_map(|event| match event.kind {
            EventKind::Peer(server, zab::Note::Established { .. }) => Some(server),
            _ => None,
        })
        .collect()
}

/// Events of an ensemble that is not calm: someone gives up, drops a learner, or starts a round.
fn unrest(trace: &[TraceEvent]) -> Vec<String> {
    let is_unrest = |event: &&TraceEvent| {
        matches!(
            event.kind,
            EventKind::Peer(
                _,
                zab::Note::GaveUp { .. }
                    | zab::Note::LearnerDropped { .. }
                    | zab::Note::RoundStarted { .. }
            )
        )
    };
    trace.iter().filter(is_unrest).map(ToString::to_string).collect()
}

fn all_serve(world: &World, leader: ServerId, epoch: Epoch) {
    for server in world.ensemble().servers() {
        let peer = server.process().expect("every server runs").peer();
        let expected = if server.id() == leader { RoleName::Leading } else { RoleName::Following };
        assert_eq!(peer.role_name(), expected, "{} at {}", server.id(), world.now());
        assert!(peer.is_serving(), "{} at {}", server.id(), world.now());
        assert_eq!(peer.leader(), Some(leader), "{}", server.id());
        assert_eq!(peer.current_epoch(), epoch, "{}", server.id());
    }
}

/// A cold start of so many servers: one leader, the highest id, and nothing but calm after it.
fn check_cold_start(servers: u8, virtual_seconds: u64) {
    for seed in 0..SEEDS {
        let mut world = World::new(&Settings::with_servers(servers), seed);
        let mut trace = Vec::new();
        world.run_until(Instant(150_000), &mut trace);
        assert_eq!(leaders(&trace), [ServerId(servers)], "seed {seed}");
        all_serve(&world, ServerId(servers), Epoch(1));
        trace.clear();
        world.run_until(seconds(virtual_seconds), &mut trace);
        assert_eq!(unrest(&trace), Vec::<String>::new(), "seed {seed}");
        all_serve(&world, ServerId(servers), Epoch(1));
        world.validate();
    }
}

#[test]
fn one_server_elects_itself_and_stays_calm() {
    check_cold_start(1, 60);
}

#[test]
fn three_servers_elect_once_and_stay_calm() {
    check_cold_start(3, 60);
}

#[test]
fn five_servers_elect_once_and_stay_calm() {
    check_cold_start(5, 60);
}

#[test]
fn seven_servers_elect_once_and_stay_calm() {
    check_cold_start(7, 60);
}

#[test]
fn nine_servers_elect_once_and_stay_calm() {
    check_cold_start(9, 60);
}

#[test]
fn after_the_leaders_crash_the_others_serve_again() {
    for seed in 0..SEEDS {
        let mut world = World::new(&Settings::default(), seed);
        let mut trace = Vec::new();
        world.run_until(seconds(1), &mut trace);
        trace.clear();
        world.command(&Command::CrashLeader, &mut trace);
        world.run_until(seconds(1) + Span::millis(80), &mut trace);
        assert_eq!(leaders(&trace), [ServerId(4)], "seed {seed}");
        world.command(&Command::Restart(ServerId(5)), &mut trace);
        world.run_until(seconds(2), &mut trace);
        all_serve(&world, ServerId(4), Epoch(2));
        assert_eq!(leaders(&trace), [ServerId(4)], "seed {seed}");
        world.validate();
    }
}

#[test]
fn a_leader_without_a_quorum_steps_down_and_comes_back() {
    for seed in 0..SEEDS {
        let mut world = World::new(&Settings::default(), seed);
        let mut trace = Vec::new();
        world.run_until(seconds(1), &mut trace);
        trace.clear();
        world.command(&Command::IsolateLeader, &mut trace);
        world.run_until(seconds(2), &mut trace);
        let stopped = trace
            .iter()
            .find(|event| event.kind == EventKind::Server(ServerId(5), ServerNote::ServingStopped));
        let stopped = stopped.expect("the isolated leader steps down").at;
        assert!(stopped.since(seconds(1)) <= Span::millis(700), "seed {seed}: {stopped}");
        assert_eq!(world.ensemble().serving_leader(), Some(ServerId(4)), "seed {seed}");
        world.command(&Command::HealAll, &mut trace);
        world.run_until(seconds(9), &mut trace);
        all_serve(&world, ServerId(4), Epoch(2));
    }
}

#[test]
fn without_a_quorum_nobody_leads() {
    let mut world = World::new(&Settings::default(), 7);
    let mut trace = Vec::new();
    world.run_until(seconds(1), &mut trace);
    for server in [5, 4, 3] {
        world.command(&Command::Crash(ServerId(server)), &mut trace);
    }
    world.run_until(seconds(5), &mut trace);
    assert_eq!(world.ensemble().serving_leader(), None);
    world.command(&Command::HealAndRestartAll, &mut trace);
    world.run_until(seconds(12), &mut trace);
    let leader = world.ensemble().serving_leader().expect("a quorum is back");
    all_serve(&world, leader, Epoch(2));
}
