//! One server of the model: a peer, what is on its disk, what is on its way there, and its tree.
//!
//! A transaction is a number, counted up over the run, so that a tree is a list of numbers.

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use zabscope::types::{ServerId, Txn, Zxid};
use zabscope::zab::{Durable, Peer, ProtocolConfig, Write, WriteId};

/// A history of transactions, oldest first.
pub type Tree = Vec<u8>;

/// A write on its way to the disk.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Writing {
    /// A record that went through the log step.
    Record(Arc<Txn>),
    /// A write that the peer waits for, of a snapshot with its content.
    Whole { id: WriteId, write: Write, image: Tree },
}

/// A server. What a crash leaves are `durable` and `images`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Body {
    /// `None` where it has no process.
    pub peer: Option<Peer>,
    pub durable: Durable,
    /// The content of each snapshot on disk.
    pub images: Vec<(Zxid, Tree)>,
    /// Oldest first.
    pub writing: VecDeque<Writing>,
    pub tree: Tree,
    /// Handed to the commit step, not yet in the tree.
    pub committing: VecDeque<u8>,
}

/// A server with what is computed from it once and not in every state that shares it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stand {
    pub body: Body,
    /// What a start would find on disk.
    pub disk: Tree,
    fingerprint: u64,
}

impl Hash for Stand {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.fingerprint);
    }
}

/// The number that stands for a transaction.
pub fn number(txn: &Txn) -> u8 {
    u8::try_from(txn.cxid).expect("the model proposes a handful of transactions")
}

impl Body {
    /// A server with a formatted, empty disk that does not run.
    pub fn new() -> Body {
        let mut durable = Durable::default();
        durable.snapshots.push_back(Zxid::ZERO);
        Body {
            peer: None,
            durable,
            images: vec![(Zxid::ZERO, Tree::new())],
            writing: VecDeque::new(),
            tree: Tree::new(),
            committing: VecDeque::new(),
        }
    }

    /// What a start finds on disk: the newest snapshot and the log behind it.
    pub fn load(&self) -> Tree {
        let mut tree = self.newest_image();
        tree.extend(self.durable.tail().map(|txn| number(txn)));
        tree
    }

    /// The history that the peer has in memory, on disk or on its way there.
    pub fn appended(&self) -> Tree {
        let mut tree = self.newest_image();
        let Some(peer) = &self.peer else { return tree };
        let snapshot = peer.history().snapshot();
        tree.extend(peer.history().beyond(snapshot).iter().map(|txn| number(txn)));
        tree
    }

    fn newest_image(&self) -> Tree {
        self.images.last().map(|(_, tree)| tree.clone()).unwrap_or_default()
    }

    /// The process begins; it is to be told [`zabscope::zab::Input::Start`]. Where the epoch files
    /// lag behind the log an operator repairs them first.
    pub fn start(&mut self, id: ServerId, config: &Arc<ProtocolConfig>) {
        if self.durable.check().is_err() {
            self.durable.repair();
        }
        self.peer = Some(Peer::with_leader_oracle(id, Arc::clone(config), &self.durable));
        self.tree = self.load();
    }

    /// The process ends: what is not on disk is gone.
    pub fn end(&mut self) {
        self.peer = None;
        self.writing.clear();
        self.tree.clear();
        self.committing.clear();
    }

    /// What it shows to clients, and will once the commit step is done.
    pub fn delivered(&self) -> Tree {
        self.tree.iter().chain(&self.committing).copied().collect()
    }

    /// A committed transaction comes to the tree, which skips one that it has.
    pub fn apply(&mut self, txn: u8) {
        if !self.tree.contains(&txn) {
            self.tree.push(txn);
        }
    }

    /// The write is on disk.
    pub fn store(&mut self, write: &Write, image: Tree) {
        self.durable.apply(write);
        match write {
            Write::Snapshot(zxid) => {
                self.images.retain(|(known, _)| known != zxid);
                self.images.push((*zxid, image));
                self.images.sort();
            }
            Write::Replace(zxid) => self.images = vec![(*zxid, image)],
            Write::Truncate(cut) => self.images.retain(|(zxid, _)| zxid <= cut),
            Write::AcceptedEpoch(_)
            | Write::CurrentEpoch(_)
            | Write::Append(_)
            | Write::TruncateLogOnly(_) => (),
        }
    }

    pub fn seal(self) -> Stand {
        let mut stand = Stand { disk: Tree::new(), fingerprint: 0, body: self };
        stand.renew();
        stand
    }
}

impl Stand {
    /// Computes anew what follows from the body.
    pub fn renew(&mut self) {
        self.disk = self.body.load();
        let mut hasher = DefaultHasher::new();
        self.body.hash(&mut hasher);
        self.fingerprint = hasher.finish();
    }
}
