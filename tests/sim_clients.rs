//! What clients experience: writes through followers, reads, order, sessions that move and expire.
#![cfg(not(target_arch = "wasm32"))]

use std::sync::Arc;

use zabscope::api::{CreateMode, Op, OpError, OpResult};
use zabscope::client::Note;
use zabscope::ensemble::{ClientCommand, Endpoint};
use zabscope::sim::{Command, EventKind, Link, Settings, TraceEvent, World};
use zabscope::types::{ClientId, Instant, ServerId, Span};

const C1: ClientId = ClientId(1);
const C3: ClientId = ClientId(3);

fn at(millis: u64) -> Instant {
    Instant::ZERO + Span::millis(millis)
}

/// An ensemble of five that serves, its clients attached to S2, S4 and S5 (which leads).
fn serving(seed: u64) -> (World, Vec<TraceEvent>) {
    let mut world = World::new(&Settings::default(), seed);
    let mut trace = Vec::new();
    world.run_until(at(500), &mut trace);
    let servers: Vec<_> =
        world.ensemble().clients().map(|(_, host)| host.client().server()).collect();
    assert_eq!(servers, [2, 4, 5].map(|server| Some(ServerId(server))));
    trace.clear();
    (world, trace)
}

fn run(client: ClientId, ops: &[Op]) -> Command {
    Command::Client { client, what: ClientCommand::Program(ops.into()) }
}

fn submit(client: ClientId, op: Op) -> Command {
    Command::Client { client, what: ClientCommand::Submit(op) }
}

/// What a client was told, in order.
fn told(trace: &[TraceEvent], client: ClientId) -> Vec<Result<OpResult, OpError>> {
    trace
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::Client(id, note) if *id == client => match &**note {
                Note::Told { result, .. } => Some(result.clone()),
                _ => None,
            },
            _ => None,
        })
        .collect()
}

fn client_notes(trace: &[TraceEvent], client: ClientId) -> Vec<Arc<Note>> {
    trace
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::Client(id, note) if *id == client => Some(Arc::clone(note)),
            _ => None,
        })
        .collect()
}

/// Runs a program at one client of a serving ensemble; answers what it was told and in which time.
fn check(client: ClientId, ops: &[Op], expected: &[Result<OpResult, OpError>]) {
    for seed in 0..5 {
        let (mut world, mut trace) = serving(seed);
        world.command(&run(client, ops), &mut trace);
        world.run_until(at(1_000), &mut trace);
        assert_eq!(told(&trace, client), expected, "seed {seed}");
        let digests = world
            .ensemble()
            .servers()
            .map(|server| server.process().expect("all run").database().tree.digest());
        let digests: std::collections::BTreeSet<u64> = digests.collect();
        assert_eq!(digests.len(), 1, "seed {seed}: trees differ");
        world.validate();
    }
}

#[test]
fn a_write_through_a_follower_is_answered() {
    let ops = [Op::create("/a", "x", CreateMode::Persistent), Op::children("/")];
    let children = OpResult::Children(["a".into(), "zookeeper".into()].into());
    check(C1, &ops, &[Ok(OpResult::Created("/a".into())), Ok(children)]);
}

#[test]
fn a_write_at_the_leader_is_answered() {
    let ops = [
        Op::create("/q-", "", CreateMode::PersistentSequential),
        Op::create("/q-", "", CreateMode::EphemeralSequential),
        Op::delete("/missing"),
    ];
    let created = |name: &str| Ok(OpResult::Created(name.into()));
    check(C3, &ops, &[created("/q-0000000000"), created("/q-0000000001"), Err(OpError::NoNode)]);
}

#[test]
fn pipelined_requests_are_answered_in_order() {
    for (client, seed) in [(C1, 1), (C3, 2)] {
        let (mut world, mut trace) = serving(seed);
        for op in [
            Op::create("/a", "x", CreateMode::Persistent),
            Op::exists("/a"),
            Op::Sync { path: "/a".into() },
            Op::children("/a"),
            Op::delete("/a"),
            Op::exists("/a"),
        ] {
            world.command(&submit(client, op), &mut trace);
        }
        world.run_until(at(800), &mut trace);
        let told = told(&trace, client);
        assert_eq!(told.len(), 6);
        assert_eq!(told[0], Ok(OpResult::Created("/a".into())));
        assert!(matches!(told[1], Ok(OpResult::Stat(_))), "it reads its own write");
        assert_eq!(told[2], Ok(OpResult::Synced("/a".into())));
        assert_eq!(told[4], Ok(OpResult::Done));
        assert_eq!(told[5], Err(OpError::NoNode));
    }
}

#[test]
fn sync_catches_up_with_another_clients_write() {
    let (mut world, mut trace) = serving(3);
    // COMMITs to S2 take long: C1 would read the old state.
    let slow = Link::new(ServerId(5), ServerId(2));
    let latency = zabscope::sim::SpanRange::exactly(Span::millis(60));
    world.command(&Command::SetLatency { link: slow, latency }, &mut trace);
    world.command(&submit(C3, Op::create("/a", "x", CreateMode::Persistent)), &mut trace);
    world.run_until(at(540), &mut trace);
    assert_eq!(told(&trace, C3), [Ok(OpResult::Created("/a".into()))]);
    world.command(&submit(C1, Op::exists("/a")), &mut trace);
    world.command(&submit(C1, Op::Sync { path: "/".into() }), &mut trace);
    world.command(&submit(C1, Op::exists("/a")), &mut trace);
    world.run_until(at(900), &mut trace);
    let told = told(&trace, C1);
    assert_eq!(told[0], Err(OpError::NoNode), "S2 is behind");
    assert!(matches!(told[2], Ok(OpResult::Stat(_))), "not after a sync");
}

#[test]
fn a_closed_session_takes_its_ephemerals_along() {
    let (mut world, mut trace) = serving(4);
    world.command(&run(C1, &[Op::create("/e", "", CreateMode::Ephemeral)]), &mut trace);
    world.run_until(at(600), &mut trace);
    world.command(&Command::Client { client: C1, what: ClientCommand::Close }, &mut trace);
    world.command(&submit(C3, Op::exists("/e")), &mut trace);
    world.run_until(at(700), &mut trace);
    world.command(&submit(C3, Op::exists("/e")), &mut trace);
    world.run_until(at(800), &mut trace);
    let told = told(&trace, C3);
    assert!(matches!(told[0], Ok(OpResult::Stat(_))));
    assert_eq!(told[1], Err(OpError::NoNode));
}

#[test]
fn an_expired_session_takes_its_ephemerals_along() {
    let (mut world, mut trace) = serving(5);
    world.command(&run(C1, &[Op::create("/e", "", CreateMode::Ephemeral)]), &mut trace);
    world.run_until(at(600), &mut trace);
    // C1 can reach nobody.
    for server in 1..=5 {
        for link in [Link::new(C1, ServerId(server)), Link::new(ServerId(server), C1)] {
            world.command(&Command::CutLink(link), &mut trace);
        }
    }
    world.run_until(at(1_200), &mut trace);
    world.command(&submit(C3, Op::exists("/e")), &mut trace);
    world.run_until(at(3_000), &mut trace);
    world.command(&submit(C3, Op::exists("/e")), &mut trace);
    world.run_until(at(3_100), &mut trace);
    let told = told(&trace, C3);
    assert!(matches!(told[0], Ok(OpResult::Stat(_))), "a timeout of 1 s is not over yet");
    assert_eq!(told[1], Err(OpError::NoNode));
    world.command(&Command::HealAll, &mut trace);
    world.run_until(at(6_000), &mut trace);
    let expired =
        client_notes(&trace, C1).iter().any(|note| matches!(**note, Note::SessionExpired { .. }));
    assert!(expired, "the client is told when it comes back");
}

#[test]
fn a_session_survives_the_crash_of_its_server() {
    for seed in 0..10 {
        let (mut world, mut trace) = serving(seed);
        world.command(&run(C1, &[Op::create("/e", "", CreateMode::Ephemeral)]), &mut trace);
        world.run_until(at(600), &mut trace);
        let session = world.ensemble().client(C1).expect("there").client().session();
        world.command(&Command::Crash(ServerId(2)), &mut trace);
        world.run_until(at(1_000), &mut trace);
        world.command(&run(C1, &[Op::exists("/e")]), &mut trace);
        world.run_until(at(3_000), &mut trace);
        let client = world.ensemble().client(C1).expect("there").client();
        assert_eq!(client.session(), session, "seed {seed}");
        assert!(client.server().is_some_and(|server| server != ServerId(2)), "seed {seed}");
        assert!(matches!(told(&trace, C1)[1], Ok(OpResult::Stat(_))), "seed {seed}");
    }
}

#[test]
fn a_client_moves_with_its_session() {
    let (mut world, mut trace) = serving(6);
    world.command(&run(C1, &[Op::create("/e", "", CreateMode::Ephemeral)]), &mut trace);
    world.run_until(at(600), &mut trace);
    for (step, server) in [4, 5, 2].into_iter().enumerate() {
        let what = ClientCommand::Attach(ServerId(server));
        world.command(&Command::Client { client: C1, what }, &mut trace);
        world.command(&run(C1, &[Op::set("/e", "moved")]), &mut trace);
        world.run_until(at(700 + 100 * step as u64), &mut trace);
        let client = world.ensemble().client(C1).expect("there").client();
        assert_eq!(client.server(), Some(ServerId(server)));
        assert!(matches!(told(&trace, C1).last(), Some(Ok(OpResult::Stat(_)))));
    }
}

#[test]
fn a_write_whose_leader_crashes_may_or_may_not_have_happened() {
    for seed in 0..20 {
        let (mut world, mut trace) = serving(seed);
        world.command(&submit(C1, Op::create("/a", "x", CreateMode::Persistent)), &mut trace);
        world.run_until(at(500) + Span::micros(1_000 * seed), &mut trace);
        world.command(&Command::CrashLeader, &mut trace);
        world.run_until(at(2_000), &mut trace);
        let notes = client_notes(&trace, C1);
        let settled = notes
            .iter()
            .filter(|note| matches!(***note, Note::Told { .. } | Note::Unknown { .. }))
            .count();
        assert_eq!(settled, 1, "seed {seed}");
        let exists = |server: &zabscope::server::Server| {
            server.process().map(|found| found.database().tree.znode("/a").is_some())
        };
        let mut outcomes: Vec<bool> = world.ensemble().servers().filter_map(exists).collect();
        outcomes.dedup();
        assert_eq!(outcomes.len(), 1, "seed {seed}: the same everywhere");
        let was_told = notes.iter().any(|note| matches!(**note, Note::Told { .. }));
        assert!(!was_told || outcomes[0], "seed {seed}: an answered write stays");
    }
}

#[test]
fn a_server_that_is_behind_is_refused_by_the_client_who_knows_more() {
    let (mut world, mut trace) = serving(8);
    // S1 hears nothing from the leader, but has not noticed yet.
    world.command(&Command::CutLink(Link::new(ServerId(5), ServerId(1))), &mut trace);
    world.command(&submit(C1, Op::create("/a", "x", CreateMode::Persistent)), &mut trace);
    world.run_until(at(540), &mut trace);
    let what = ClientCommand::Attach(ServerId(1));
    world.command(&Command::Client { client: C1, what }, &mut trace);
    world.run_until(at(700), &mut trace);
    let client = world.ensemble().client(C1).expect("there").client();
    assert_ne!(client.server(), Some(ServerId(1)));
    let (server, client) = (Endpoint::Server(ServerId(1)), Endpoint::Client(C1));
    let refused = trace.iter().any(|event| match &event.kind {
        EventKind::Delivered(transfer) => (transfer.from, transfer.to) == (server, client),
        _ => false,
    });
    assert!(refused, "S1 took the call and hung up");
}
