//! The trees of all servers at one event, side by side.
//!
//! A [`Forest`] holds the trees themselves, not rows made of them: a copy of a tree is a few
//! reference counts, so the page can carry one at every event, and what is shown of it is computed
//! where it is looked at, for the rows in sight ([`outline`](super::outline),
//! [`znode_detail`](super::znode_detail)). Trees are compared by their digests, which is what makes
//! a panel that has not changed cost nothing.

use crate::store::{DataTree, Watches};
use crate::types::{ClientId, ConnectionId, Epoch, ServerId, SessionId, Zxid};

/// The trees of all servers, and who is who.
#[derive(Clone, PartialEq, Debug)]
pub struct Forest {
    /// The servers, by id.
    pub servers: Vec<ServerTree>,
    /// Who owns which session, by session.
    pub owners: Vec<(SessionId, ClientId)>,
    /// The last change of any tree, as long as it was not long ago.
    pub last_change: Option<TreeChange>,
}

/// A server with its tree.
#[derive(Clone, PartialEq, Debug)]
pub struct ServerTree {
    /// Which server.
    pub server: ServerId,
    /// Why its tree may lag behind.
    pub standing: Standing,
    /// Its tree; `None` while it has no process, and so no memory.
    pub tree: Option<Tree>,
    /// What its clients watch.
    pub watches: Watches,
    /// Whose connections these are.
    pub connections: Vec<(ConnectionId, Watcher)>,
}

/// Who watches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Watcher {
    /// A client.
    Client(ClientId),
    /// A session whose client has gone elsewhere.
    Session(SessionId),
}

/// What a server does, as far as it says why its tree stands where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It has no power.
    Down,
    /// Its process is stopped.
    Paused,
    /// It looks for a leader.
    Looking,
    /// It leads.
    Leading {
        /// Its epoch.
        epoch: Epoch,
        /// How many servers it reaches that are up, itself included.
        reached: u32,
        /// How many there are.
        total: u32,
        /// Whether those are a quorum.
        quorum: bool,
    },
    /// It learns from a leader.
    Learning {
        /// From whom.
        leader: ServerId,
        /// Whether that leader reaches a quorum.
        quorum: bool,
    },
}

/// The last transaction that changed a tree, and whose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TreeChange {
    /// The server.
    pub server: ServerId,
    /// The transaction.
    pub zxid: Zxid,
}

/// A tree, compared by its digest and the zxid it reaches up to.
#[derive(Clone, Debug)]
pub struct Tree(DataTree);

impl Tree {
    /// Shares the tree.
    pub fn of(tree: &DataTree) -> Tree {
        Tree(tree.clone())
    }

    /// The tree itself.
    pub fn data(&self) -> &DataTree {
        &self.0
    }
}

impl PartialEq for Tree {
    fn eq(&self, other: &Tree) -> bool {
        self.0.digest() == other.0.digest() && self.0.last_processed() == other.0.last_processed()
    }
}

/// A tree that is not like the others before it, and the servers that have it.
#[derive(Clone, Debug)]
pub struct Variant<'a> {
    /// The tree.
    pub tree: &'a DataTree,
    /// Up to where the one of these servers that is furthest has applied.
    pub applied: Zxid,
    /// Who has it, by id.
    pub servers: Vec<ServerId>,
}

impl Forest {
    /// The server's entry.
    pub fn server(&self, server: ServerId) -> Option<&ServerTree> {
        self.servers.iter().find(|found| found.server == server)
    }

    /// The trees that differ, in the order of the servers: one where all are equal.
    pub fn variants(&self) -> Vec<Variant<'_>> {
        let mut variants: Vec<Variant<'_>> = Vec::new();
        for server in &self.servers {
            let Some(tree) = server.tree.as_ref().map(Tree::data) else { continue };
            let same = |variant: &&mut Variant<'_>| variant.tree.digest() == tree.digest();
            match variants.iter_mut().find(same) {
                Some(variant) => {
                    variant.applied = variant.applied.max(tree.last_processed());
                    variant.servers.push(server.server);
                }
                None => variants.push(Variant {
                    tree,
                    applied: tree.last_processed(),
                    servers: vec![server.server],
                }),
            }
        }
        variants
    }

    /// The client that a session belongs to.
    pub fn owner(&self, session: SessionId) -> Option<ClientId> {
        self.owners.iter().find(|(owned, _)| *owned == session).map(|&(_, client)| client)
    }
}
