//! Connections are tested by what travels and by what each side hears, as a table of steps.

use std::sync::Arc;

use super::{Arrival, Channel, Connections, Direction, Endpoint, LostReason, Segment};
use crate::ensemble::Effect;
use crate::server::Packet;
use crate::types::{ConnectionId, ServerId};

const LINE: ConnectionId = ConnectionId(1);
const DIALLER: Endpoint = Endpoint::Server(ServerId(1));
const ACCEPTOR: Endpoint = Endpoint::Server(ServerId(2));
use Direction::{Backward, Forward};

fn packet() -> Arc<Packet> {
    Arc::new(Packet::Sync)
}

/// A connection that is being dialled.
fn dialled() -> Connections {
    let mut connections = Connections::default();
    connections.dial(LINE, Channel::Learner, DIALLER, ACCEPTOR, &mut Vec::new());
    connections
}

/// A connection that both sides have open.
fn open() -> Connections {
    let mut connections = dialled();
    let effects = &mut Vec::new();
    assert_eq!(connections.deliver(LINE, Forward, effects), Arrival::Dialled);
    connections.accept(LINE, effects);
    assert_eq!(connections.deliver(LINE, Backward, effects), Arrival::Connected);
    assert!(connections.find(LINE).expect("just opened").is_open());
    connections
}

/// What is in flight, forward and backward.
fn in_flight(connections: &Connections) -> [Vec<Segment>; 2] {
    [Forward, Backward].map(|direction| {
        let line = connections.find(LINE);
        let lane = line.into_iter().flat_map(|line| line.in_flight(direction));
        lane.map(|flying| flying.segment.clone()).collect()
    })
}

fn losses(effects: &[Effect]) -> Vec<LostReason> {
    let why = |effect: &Effect| match effect {
        Effect::Lost { why, .. } => Some(*why),
        _ => None,
    };
    effects.iter().filter_map(why).collect()
}

#[test]
fn what_is_sent_arrives_in_order_each_way() {
    let mut connections = open();
    let effects = &mut Vec::new();
    for sender in [DIALLER, DIALLER, ACCEPTOR] {
        connections.send(LINE, sender, packet(), effects);
    }
    let sent: Vec<u32> = connections
        .find(LINE)
        .expect("open")
        .in_flight(Forward)
        .iter()
        .map(|flying| flying.packet.0)
        .collect();
    assert_eq!(sent, [2, 3], "behind the call and its answer");
    assert_eq!(connections.deliver(LINE, Backward, effects), Arrival::Packet(packet()));
    assert_eq!(connections.deliver(LINE, Forward, effects), Arrival::Packet(packet()));
    assert_eq!(connections.deliver(LINE, Forward, effects), Arrival::Packet(packet()));
    assert_eq!(in_flight(&connections), [vec![], vec![]]);
}

#[test]
fn what_is_sent_before_the_answer_waits_behind_the_call() {
    let mut connections = dialled();
    let effects = &mut Vec::new();
    connections.send(LINE, DIALLER, packet(), effects);
    assert_eq!(connections.deliver(LINE, Forward, effects), Arrival::Dialled);
    connections.accept(LINE, effects);
    assert_eq!(connections.deliver(LINE, Forward, effects), Arrival::Packet(packet()));
}

#[test]
fn a_refused_call_is_closed_and_gone() {
    let mut connections = dialled();
    let effects = &mut Vec::new();
    assert_eq!(connections.deliver(LINE, Forward, effects), Arrival::Dialled);
    connections.refuse(LINE, effects);
    connections.send(LINE, ACCEPTOR, packet(), effects);
    assert_eq!(in_flight(&connections), [vec![], vec![Segment::Reset]]);
    assert_eq!(connections.deliver(LINE, Backward, effects), Arrival::Closed);
    assert!(connections.find(LINE).is_none());
}

#[test]
fn a_close_follows_what_was_sent_before() {
    let mut connections = open();
    let effects = &mut Vec::new();
    connections.send(LINE, DIALLER, packet(), effects);
    connections.close(LINE, DIALLER, effects);
    connections.send(LINE, DIALLER, packet(), effects);
    assert_eq!(connections.deliver(LINE, Forward, effects), Arrival::Packet(packet()));
    assert_eq!(connections.deliver(LINE, Forward, effects), Arrival::Closed);
    assert!(connections.find(LINE).is_none());
}

#[test]
fn who_has_closed_hears_nothing_more() {
    let mut connections = open();
    let effects = &mut Vec::new();
    connections.close(LINE, DIALLER, effects);
    connections.send(LINE, ACCEPTOR, packet(), effects);
    assert_eq!(connections.deliver(LINE, Backward, effects), Arrival::Nothing);
    assert_eq!(losses(effects), [LostReason::ReceiverClosed]);
    assert_eq!(connections.deliver(LINE, Forward, effects), Arrival::Closed);
    assert!(connections.find(LINE).is_none());
}

#[test]
fn a_call_that_is_given_up_before_it_arrives_is_forgotten() {
    let mut connections = dialled();
    let effects = &mut Vec::new();
    connections.close(LINE, DIALLER, effects);
    assert_eq!(losses(effects), [LostReason::Abandoned]);
    assert!(connections.find(LINE).is_none());
}

#[test]
fn a_call_that_is_given_up_while_it_is_answered_is_closed() {
    let mut connections = dialled();
    let effects = &mut Vec::new();
    connections.deliver(LINE, Forward, effects);
    connections.accept(LINE, effects);
    connections.close(LINE, DIALLER, effects);
    assert_eq!(connections.deliver(LINE, Backward, effects), Arrival::Nothing);
    assert_eq!(connections.deliver(LINE, Forward, effects), Arrival::Closed);
    assert!(connections.find(LINE).is_none());
}

#[test]
fn a_crash_loses_what_is_in_flight_both_ways_and_tells_the_other_side() {
    for gone in [DIALLER, ACCEPTOR] {
        let mut connections = open();
        let effects = &mut Vec::new();
        connections.send(LINE, DIALLER, packet(), effects);
        connections.send(LINE, ACCEPTOR, packet(), effects);
        connections.break_all(gone, effects);
        assert_eq!(losses(effects), [LostReason::Crashed; 2]);
        let towards_other = if gone == DIALLER { Forward } else { Backward };
        connections.send(LINE, gone, packet(), effects);
        assert_eq!(connections.deliver(LINE, towards_other, effects), Arrival::Closed);
        assert!(connections.find(LINE).is_none());
    }
}

#[test]
fn a_call_on_its_way_outlives_the_process_it_is_for() {
    let mut connections = dialled();
    let effects = &mut Vec::new();
    connections.break_all(ACCEPTOR, effects);
    assert_eq!(in_flight(&connections), [vec![Segment::Open], vec![]]);
    connections.break_all(DIALLER, effects);
    assert!(connections.find(LINE).is_none());
}

#[test]
fn both_sides_hear_of_a_break() {
    let mut connections = open();
    let effects = &mut Vec::new();
    connections.send(LINE, DIALLER, packet(), effects);
    connections.break_one(LINE, effects);
    assert_eq!(losses(effects), [LostReason::Broken]);
    assert_eq!(connections.deliver(LINE, Forward, effects), Arrival::Closed);
    assert_eq!(connections.deliver(LINE, Backward, effects), Arrival::Closed);
    assert!(connections.find(LINE).is_none());
}

#[test]
fn a_broken_call_is_a_refused_one() {
    let mut connections = dialled();
    let effects = &mut Vec::new();
    connections.break_one(LINE, effects);
    assert_eq!(connections.deliver(LINE, Backward, effects), Arrival::Closed);
    assert!(connections.find(LINE).is_none());
}
