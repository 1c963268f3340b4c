//! The crate `omnipaxos`: five replicas on its memory storage.

use std::collections::VecDeque;

use omnipaxos::macros::Entry;
use omnipaxos::messages::Message;
use omnipaxos::{ClusterConfig, OmniPaxos, OmniPaxosConfig, ServerConfig};
use omnipaxos_storage::memory_storage::MemoryStorage;

use crate::{IDS, Replicas};

#[derive(Clone, Debug, Entry)]
pub struct Value {
    #[expect(dead_code, reason = "nobody reads it: it is carried and kept")]
    data: Vec<u8>,
}

pub struct Group {
    nodes: Vec<OmniPaxos<Value, MemoryStorage<Value>>>,
    leader: usize,
    /// On their way, in the order in which they were sent.
    in_flight: VecDeque<Message<Value>>,
    fresh: Vec<Message<Value>>,
    messages: u64,
}

impl Group {
    /// Five replicas, one of which leads.
    pub fn elected() -> Group {
        let node = |&pid: &u64| {
            let cluster_config = ClusterConfig {
                configuration_id: 1,
                nodes: IDS.to_vec(),
                ..ClusterConfig::default()
            };
            let server_config =
                ServerConfig { pid, election_tick_timeout: 2, ..ServerConfig::default() };
            OmniPaxosConfig { cluster_config, server_config }
                .build(MemoryStorage::default())
                .expect("the configuration is sound")
        };
        let nodes = IDS.iter().map(node).collect();
        let in_flight = VecDeque::new();
        let mut group = Group { nodes, leader: 0, in_flight, fresh: Vec::new(), messages: 0 };
        group.leader = group.elect();
        group
    }

    fn elect(&mut self) -> usize {
        for _ in 0..1_000 {
            for place in 0..self.nodes.len() {
                self.nodes[place].tick();
                self.settle(place);
            }
            while !self.in_flight.is_empty() {
                self.exchange();
            }
            if let Some((pid, true)) = self.nodes[0].get_current_leader() {
                return (pid - 1) as usize;
            }
        }
        panic!("five replicas that hear each other elect a leader");
    }

    fn settle(&mut self, place: usize) {
        self.nodes[place].take_outgoing_messages(&mut self.fresh);
        self.messages += self.fresh.len() as u64;
        self.in_flight.extend(self.fresh.drain(..));
    }
}

impl Replicas for Group {
    fn propose(&mut self, data: &[u8]) {
        let value = Value { data: data.to_vec() };
        self.nodes[self.leader].append(value).expect("the leader takes proposals");
        self.settle(self.leader);
    }

    fn exchange(&mut self) {
        for _ in 0..self.in_flight.len() {
            let Some(message) = self.in_flight.pop_front() else { return };
            let place = (message.get_receiver() - 1) as usize;
            self.nodes[place].handle_incoming(message);
            self.settle(place);
        }
    }

    fn committed(&self) -> u64 {
        self.nodes[self.leader].get_decided_idx() as u64
    }

    fn known_to_all(&self) -> u64 {
        self.nodes.iter().map(|node| node.get_decided_idx() as u64).min().unwrap_or(0)
    }

    fn messages(&self) -> u64 {
        self.messages
    }
}
