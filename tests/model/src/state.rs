//! A state of the model: three servers, the learner connections between them, what may still
//! happen, and what the properties remember.

use std::collections::VecDeque;
use std::hash::Hash;
use std::sync::Arc;

use zabscope::types::{ConnectionId, Epoch, ServerId, Zxid};
use zabscope::zab::{Message, Peer, RoleName};

use crate::stand::{Body, Stand, Tree};

/// The servers' ids.
pub const SERVERS: [ServerId; 3] = [ServerId(1), ServerId(2), ServerId(3)];

/// What travels on a connection.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Packet {
    /// A message; a SNAP with the tree.
    Message(Message, Tree),
    /// Nothing follows.
    Close,
}

/// A learner's connection to its leader, from the moment in which both have it open.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Wire {
    pub id: ConnectionId,
    pub learner: End,
    pub leader: End,
    /// It was cut: nothing sent on it arrives.
    pub is_broken: bool,
}

/// One side of a connection.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct End {
    pub server: ServerId,
    pub is_open: bool,
    /// What is on its way to this side, oldest first.
    pub arriving: VecDeque<Packet>,
}

impl End {
    pub fn new(server: ServerId) -> End {
        End { server, is_open: true, arriving: VecDeque::new() }
    }

    /// Hears nothing any more.
    pub fn hang_up(&mut self) {
        self.is_open = false;
        self.arriving.clear();
    }
}

impl Wire {
    /// This server's side, and the other one.
    pub fn ends(&mut self, server: ServerId) -> (&mut End, &mut End) {
        if self.learner.server == server {
            (&mut self.learner, &mut self.leader)
        } else {
            (&mut self.leader, &mut self.learner)
        }
    }

    pub fn is_live(&self) -> bool {
        self.learner.is_open && self.leader.is_open && !self.is_broken
    }
}

/// How often something may still happen.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Budget {
    pub txns: u8,
    pub crashes: u8,
    pub cuts: u8,
}

/// What the properties remember.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Ghosts {
    /// The zxid of each transaction, by number from 1.
    pub proposed: Vec<Zxid>,
    /// Who was established in which epoch.
    pub reigns: Vec<(Epoch, ServerId)>,
    /// The longest history that any server has shown.
    pub committed: Tree,
    /// A COMMIT came that cannot.
    pub bad_commit: bool,
    /// An ack came that cannot.
    pub bad_ack: bool,
    /// A proposal came that cannot.
    pub bad_proposal: bool,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct State {
    pub stands: [Arc<Stand>; 3],
    /// By id.
    pub wires: Vec<Wire>,
    pub budget: Budget,
    pub ghosts: Ghosts,
}

impl State {
    pub fn stand(&self, server: ServerId) -> &Stand {
        &self.stands[usize::from(server.0) - 1]
    }

    pub fn body(&self, server: ServerId) -> &Body {
        &self.stand(server).body
    }

    /// For a change; what follows from the body is computed anew by [`State::seal`].
    pub fn body_mut(&mut self, server: ServerId) -> &mut Body {
        &mut Arc::make_mut(&mut self.stands[usize::from(server.0) - 1]).body
    }

    pub fn peer(&self, server: ServerId) -> Option<&Peer> {
        self.body(server).peer.as_ref()
    }

    pub fn leads(&self, server: ServerId) -> bool {
        self.peer(server).is_some_and(|peer| peer.role_name() == RoleName::Leading)
    }

    pub fn serves(&self, server: ServerId) -> bool {
        self.peer(server).is_some_and(Peer::is_serving)
    }

    pub fn wire(&mut self, id: ConnectionId) -> Option<&mut Wire> {
        self.wires.iter_mut().find(|wire| wire.id == id)
    }

    /// The number of a call that this server makes: the lowest of its own behind those that are
    /// still known. So the same situation has the same numbers however often it was reached, and
    /// later calls have higher ones, which is all that the leader looks at.
    pub fn next_connection(&self, caller: ServerId) -> u32 {
        let own = self.wires.iter().filter(|wire| wire.learner.server == caller);
        own.map(|wire| wire.id.0 + 3).max().unwrap_or(u32::from(caller.0) - 1)
    }

    /// After a change: forgets connections that nobody knows of, and computes anew what follows
    /// from the servers that are not those of the state before.
    pub fn seal(&mut self, before: &State) {
        self.wires.retain(|wire| wire.learner.is_open || wire.leader.is_open);
        for (stand, earlier) in self.stands.iter_mut().zip(&before.stands) {
            if !Arc::ptr_eq(stand, earlier) {
                Arc::make_mut(stand).renew();
            }
        }
    }
}
