//! The crate `raft`: five `RawNode`s on `MemStorage`.

use std::collections::VecDeque;

use raft::eraftpb::{ConfState, Message};
use raft::storage::MemStorage;
use raft::{Config, RawNode, StateRole};
use slog::{Discard, Logger, o};

use crate::{IDS, Replicas, Work};

pub struct Group {
    nodes: Vec<RawNode<MemStorage>>,
    leader: usize,
    /// On their way, in the order in which they were sent.
    in_flight: VecDeque<Message>,
    messages: u64,
}

impl Group {
    /// Five replicas, the first of which leads.
    pub fn elected(work: Work) -> Group {
        let logger = Logger::root(Discard, o!());
        let node = |&id: &u64| {
            let config = Config {
                id,
                // One entry a message.
                max_size_per_msg: 0,
                max_inflight_msgs: usize::try_from(2 * work.window).expect("a window is small"),
                ..Config::default()
            };
            let storage = MemStorage::new_with_conf_state(ConfState::from((IDS.to_vec(), vec![])));
            RawNode::new(&config, storage, &logger).expect("the configuration is sound")
        };
        let nodes = IDS.iter().map(node).collect();
        let mut group = Group { nodes, leader: 0, in_flight: VecDeque::new(), messages: 0 };
        group.nodes[0].campaign().expect("a voter may campaign");
        group.settle(0);
        while !group.in_flight.is_empty() {
            group.exchange();
        }
        assert_eq!(group.nodes[0].raft.state, StateRole::Leader, "nobody else campaigns");
        group
    }

    /// Carries out what a replica asks for, as the crate's own examples do.
    fn settle(&mut self, place: usize) {
        let node = &mut self.nodes[place];
        if !node.has_ready() {
            return;
        }
        let mut ready = node.ready();
        let before = self.in_flight.len();
        self.in_flight.extend(ready.take_messages());
        drop(ready.take_committed_entries());
        let storage = node.raft.raft_log.store.clone();
        if !ready.entries().is_empty() {
            storage.wl().append(ready.entries()).expect("entries follow each other");
        }
        if let Some(state) = ready.hs() {
            storage.wl().set_hardstate(state.clone());
        }
        self.in_flight.extend(ready.take_persisted_messages());
        let mut light = node.advance(ready);
        if let Some(commit) = light.commit_index() {
            storage.wl().mut_hard_state().set_commit(commit);
        }
        self.in_flight.extend(light.take_messages());
        drop(light.take_committed_entries());
        node.advance_apply();
        self.messages += (self.in_flight.len() - before) as u64;
    }
}

impl Replicas for Group {
    fn propose(&mut self, data: &[u8]) {
        self.nodes[self.leader].propose(vec![], data.to_vec()).expect("the leader takes proposals");
        self.settle(self.leader);
    }

    fn exchange(&mut self) {
        for _ in 0..self.in_flight.len() {
            let Some(message) = self.in_flight.pop_front() else { return };
            let place = (message.to - 1) as usize;
            self.nodes[place].step(message).expect("every replica is a member");
            self.settle(place);
        }
    }

    fn committed(&self) -> u64 {
        self.nodes[self.leader].raft.raft_log.committed
    }

    fn known_to_all(&self) -> u64 {
        self.nodes.iter().map(|node| node.raft.raft_log.committed).min().unwrap_or(0)
    }

    fn messages(&self) -> u64 {
        self.messages
    }
}
