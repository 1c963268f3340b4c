//! The network and the processes under it: cuts that hold, links that are slow, processes that are
//! paused.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;

use zabscope::api::{CreateMode, Op};
use zabscope::ensemble::{ClientCommand, Endpoint, PacketId};
use zabscope::sim::{
    Command, CommandRefusal, EventKind, Link, Settings, SpanRange, TraceEvent, World,
};
use zabscope::types::{ClientId, ConnectionId, Instant, ServerId, Span};

fn at(millis: u64) -> Instant {
    Instant::ZERO + Span::millis(millis)
}

fn write(client: u16, path: &str) -> Command {
    let op = Op::create(path, "x", CreateMode::Persistent);
    Command::Client { client: ClientId(client), what: ClientCommand::Submit(op) }
}

/// What was delivered from one to the other: instant, connection and packet.
fn delivered(
    trace: &[TraceEvent],
    from: Endpoint,
    to: Endpoint,
) -> Vec<(Instant, ConnectionId, PacketId)> {
    trace
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::Delivered(transfer) if (transfer.from, transfer.to) == (from, to) => {
                Some((event.at, transfer.connection, transfer.packet))
            }
            _ => None,
        })
        .collect()
}

/// Every connection delivers in each direction in the order in which was sent.
fn assert_fifo(trace: &[TraceEvent]) {
    let mut last: BTreeMap<(ConnectionId, Endpoint), PacketId> = BTreeMap::new();
    for event in trace {
        if let EventKind::Delivered(transfer) = &event.kind {
            let before = last.insert((transfer.connection, transfer.from), transfer.packet);
            assert!(before < Some(transfer.packet), "{event}");
        }
    }
}

#[test]
fn a_short_cut_holds_what_is_sent_and_heals_without_loss() {
    for seed in 0..10 {
        let mut world = World::new(&Settings::default(), seed);
        let mut trace = Vec::new();
        world.run_until(at(500), &mut trace);
        let (leader, follower) = (ServerId(5), ServerId(2));
        world.command(&Command::CutLink(Link::new(leader, follower)), &mut trace);
        world.command(&write(2, "/a"), &mut trace);
        trace.clear();
        world.run_until(at(700), &mut trace);
        assert_eq!(delivered(&trace, leader.into(), follower.into()), [], "seed {seed}");
        let held = world.packets().filter(|packet| packet.arrives_at.is_none()).count();
        assert!(held > 0, "seed {seed}: proposal, commit and pings are held");
        let back = delivered(&trace, follower.into(), leader.into());
        assert!(back.is_empty() || back[0].0 < at(505), "seed {seed}: nothing to answer");
        world.command(&Command::HealLink(Link::new(leader, follower)), &mut trace);
        world.run_until(at(800), &mut trace);
        assert!(delivered(&trace, leader.into(), follower.into()).len() >= held, "seed {seed}");
        assert_fifo(&trace);
        assert!(!trace.iter().any(|event| matches!(event.kind, EventKind::Lost { .. })));
        for server in world.ensemble().servers() {
            let tree = &server.process().expect("all run").database().tree;
            assert!(tree.znode("/a").is_some(), "seed {seed}: {}", server.id());
        }
        world.validate();
    }
}

#[test]
fn a_slow_link_is_slow_one_way() {
    let mut world = World::new(&Settings::default(), 1);
    let mut trace = Vec::new();
    world.run_until(at(500), &mut trace);
    let link = Link::new(ServerId(5), ServerId(1));
    let latency = SpanRange::exactly(Span::millis(40));
    world.command(&Command::SetLatency { link, latency }, &mut trace);
    let sent = trace.len();
    world.run_until(at(900), &mut trace);
    let mut slowest = BTreeMap::new();
    let mut sent_at = BTreeMap::new();
    for event in &trace[sent..] {
        match &event.kind {
            EventKind::Sent(transfer) => {
                sent_at.insert(transfer.packet, event.at);
            }
            EventKind::Delivered(transfer) => {
                let Some(&sent) = sent_at.get(&transfer.packet) else { continue };
                let link = Link { from: transfer.from, to: transfer.to };
                let slowest = slowest.entry(link).or_insert(Span::ZERO);
                *slowest = event.at.since(sent).max(*slowest);
            }
            _ => (),
        }
    }
    for (measured, span) in slowest {
        if measured == link {
            assert_eq!(span, Span::millis(40));
        } else {
            assert!(span <= Span::millis(3), "{measured:?}: {span}");
        }
    }
}

#[test]
fn a_paused_server_does_nothing_and_goes_on_where_it_was() {
    for seed in 0..10 {
        let mut world = World::new(&Settings::default(), seed);
        let mut trace = Vec::new();
        world.run_until(at(500), &mut trace);
        world.command(&write(2, "/before"), &mut trace);
        world.run_until(at(503), &mut trace);
        world.command(&Command::Pause(ServerId(1)), &mut trace);
        world.command(&write(2, "/during"), &mut trace);
        trace.clear();
        world.run_until(at(800), &mut trace);
        let by_paused = |event: &&TraceEvent| match &event.kind {
            EventKind::Peer(server, _) | EventKind::Server(server, _) => *server == ServerId(1),
            EventKind::Sent(transfer) => transfer.from == Endpoint::Server(ServerId(1)),
            EventKind::Delivered(transfer) => transfer.to == Endpoint::Server(ServerId(1)),
            EventKind::TimerFired(timer) => timer.owner() == Endpoint::Server(ServerId(1)),
            _ => false,
        };
        assert_eq!(trace.iter().find(by_paused), None, "seed {seed}");
        world.command(&Command::Resume(ServerId(1)), &mut trace);
        world.run_until(at(900), &mut trace);
        assert_fifo(&trace);
        let process = world.ensemble().server(ServerId(1)).and_then(|server| server.process());
        let tree = &process.expect("it runs").database().tree;
        assert!(tree.znode("/before").is_some(), "seed {seed}");
        assert!(tree.znode("/during").is_some(), "seed {seed}");
        world.validate();
    }
}

#[test]
fn a_server_paused_for_long_is_dropped_and_joins_again() {
    for seed in 0..5 {
        let mut world = World::new(&Settings::default(), seed);
        let mut trace = Vec::new();
        world.run_until(at(500), &mut trace);
        world.command(&Command::Pause(ServerId(5)), &mut trace);
        world.run_until(at(3_000), &mut trace);
        let leader = world.ensemble().servers().find(|server| {
            server.id() != ServerId(5)
                && server.process().is_some_and(|found| {
                    found.peer().is_serving() && found.peer().leader() == Some(server.id())
                })
        });
        assert_eq!(leader.map(|server| server.id()), Some(ServerId(4)), "seed {seed}");
        world.command(&Command::Resume(ServerId(5)), &mut trace);
        world.run_until(at(6_000), &mut trace);
        let process = world.ensemble().server(ServerId(5)).and_then(|server| server.process());
        let peer = process.expect("it runs").peer();
        assert_eq!((peer.leader(), peer.is_serving()), (Some(ServerId(4)), true), "seed {seed}");
        world.validate();
    }
}

#[test]
fn a_partition_leaves_the_majority_serving() {
    let mut world = World::new(&Settings::default(), 3);
    let mut trace = Vec::new();
    world.run_until(at(500), &mut trace);
    let groups = vec![vec![ServerId(5), ServerId(4)]];
    world.command(&Command::Partition { groups }, &mut trace);
    world.run_until(at(3_000), &mut trace);
    assert_eq!(world.ensemble().serving_leader(), Some(ServerId(3)));
    let groups = vec![(1..=5).map(ServerId).collect()];
    world.command(&Command::Partition { groups }, &mut trace);
    assert_eq!(world.network().cuts().count(), 0, "one group is no partition");
    world.run_until(at(10_000), &mut trace);
    assert_eq!(world.ensemble().serving_leader(), Some(ServerId(3)));
    for server in world.ensemble().servers() {
        assert!(server.process().expect("all run").peer().is_serving(), "{}", server.id());
    }
}

#[test]
fn an_impossible_command_leaves_a_line_and_nothing_else() {
    let mut world = World::new(&Settings::default(), 1);
    let mut trace = Vec::new();
    world.run_until(at(300), &mut trace);
    world.command(&Command::Crash(ServerId(1)), &mut trace);
    for (command, refusal) in [
        (Command::Crash(ServerId(1)), CommandRefusal::Down(ServerId(1))),
        (Command::Crash(ServerId(6)), CommandRefusal::UnknownServer(ServerId(6))),
        (Command::Pause(ServerId(1)), CommandRefusal::Down(ServerId(1))),
        (Command::Resume(ServerId(2)), CommandRefusal::Running(ServerId(2))),
        (Command::Restart(ServerId(2)), CommandRefusal::Running(ServerId(2))),
        (write(9, "/a"), CommandRefusal::UnknownClient(ClientId(9))),
    ] {
        trace.clear();
        world.command(&command, &mut trace);
        let kinds: Vec<&EventKind> = trace.iter().map(|event| &event.kind).collect();
        assert_eq!(kinds.len(), 2, "{command:?}");
        assert_eq!(*kinds[1], EventKind::CommandRefused(refusal), "{command:?}");
        assert_eq!(trace[1].cause, Some(trace[0].id));
    }
}

#[test]
fn a_broken_connection_is_opened_again() {
    let mut world = World::new(&Settings::default(), 2);
    let mut trace = Vec::new();
    world.run_until(at(500), &mut trace);
    let lines: Vec<ConnectionId> =
        world.ensemble().connections().iter().map(|(connection, _)| connection).collect();
    for line in lines {
        world.command(&Command::BreakConnection(line), &mut trace);
    }
    world.run_until(at(10_000), &mut trace);
    for server in world.ensemble().servers() {
        assert!(server.process().expect("all run").peer().is_serving(), "{}", server.id());
    }
    for (_, host) in world.ensemble().clients() {
        assert_eq!(host.client().state(), zabscope::client::SessionState::Connected);
    }
}
