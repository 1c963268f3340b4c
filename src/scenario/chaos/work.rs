//! What the clients are told to do.

use super::Draw;
use crate::api::{AddWatchMode, CreateMode, Op, OpClass};
use crate::ensemble::ClientCommand;
use crate::sim::Command;
use crate::types::ClientId;

/// So many clients there are at most.
const CLIENTS_MAX: u16 = 8;

impl Draw {
    /// One command to a client, and how many operations that is.
    pub(super) fn work(&mut self) -> (usize, Command) {
        if self.clients < CLIENTS_MAX && self.chance(2) {
            self.clients += 1;
            return (0, Command::AddClient { server: self.server() });
        }
        let client = ClientId(1 + self.below(usize::from(self.clients)) as u16);
        let (count, what) = match self.below(20) {
            0 => (0, ClientCommand::Attach(self.server())),
            1 if self.chance(50) => (1, ClientCommand::Close),
            1 | 2 => (0, ClientCommand::Start),
            3 => (4, ClientCommand::Program((0..4).map(|_| self.op()).collect())),
            4..6 => {
                let ops = [self.op(), self.op()].map(in_multi);
                (1, ClientCommand::Submit(Op::multi(ops)))
            }
            _ => (1, ClientCommand::Submit(self.op())),
        };
        (count, Command::Client { client, what })
    }

    fn op(&mut self) -> Op {
        let path = ["/a", "/b", "/a/x", "/a/y", "/b/x"][self.below(5)];
        let data = ["one", "two", "three"][self.below(3)];
        match self.below(20) {
            0..5 => Op::create(path, data, CreateMode::Persistent),
            5..7 => Op::create(path, data, CreateMode::Ephemeral),
            7..9 => Op::create(path, data, CreateMode::PersistentSequential),
            9 => Op::create(path, data, CreateMode::EphemeralSequential),
            10..12 => Op::delete(path),
            12..16 => self.read(path),
            16 => Op::Sync { path: path.into() },
            _ => Op::set(path, data),
        }
    }

    /// A read, mostly one that leaves a watch.
    fn read(&mut self, path: &str) -> Op {
        let (path, watch) = (path.into(), self.chance(70));
        match self.below(8) {
            0..3 => Op::GetData { path, watch },
            3 => Op::GetChildren { path, watch },
            4 => Op::GetChildren2 { path, watch },
            5 => Op::AddWatch { path, mode: AddWatchMode::PersistentRecursive },
            _ => Op::Exists { path, watch },
        }
    }
}

/// Reads have no place in a multi.
fn in_multi(op: Op) -> Op {
    match op.path() {
        Some(path) if op.class() != OpClass::Write => Op::check(path, 0),
        _ => op,
    }
}
