//! One square for each replica of a znode: who has it, in which state, and since which epoch.

use std::sync::Arc;

use crate::store::Znode;
use crate::text::{Key, Phrase};
use crate::types::{Epoch, ServerId, Zxid};

use super::znode_rows::changed_by;
use super::{Forest, Variant};

/// A replica.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Square {
    /// Whose.
    pub server: ServerId,
    /// Which state.
    pub state: SquareState,
    /// Whether the last change of a tree was here.
    pub fresh: bool,
}

/// The state of a replica beside the others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SquareState {
    /// As on all servers.
    Same,
    /// It was changed in this epoch, and not all servers have the change.
    Newer(Epoch),
    /// A later change is not here.
    Older,
    /// It is not here yet.
    Absent,
    /// It was deleted here in this epoch, and not on all servers.
    Deleted(Epoch),
    /// The server has no memory.
    Down,
}

impl SquareState {
    /// The word for `data-state`.
    pub const fn name(self) -> &'static str {
        match self {
            SquareState::Same => "same",
            SquareState::Newer(_) => "newer",
            SquareState::Older => "older",
            SquareState::Absent => "absent",
            SquareState::Deleted(_) => "deleted",
            SquareState::Down => "down",
        }
    }

    /// The epoch whose hue it takes.
    pub const fn epoch(self) -> Option<Epoch> {
        match self {
            SquareState::Newer(epoch) | SquareState::Deleted(epoch) => Some(epoch),
            _ => None,
        }
    }

    /// The word for who cannot see it.
    pub const fn key(self) -> Key {
        match self {
            SquareState::Same => Key::SquareSame,
            SquareState::Newer(_) => Key::SquareNewer,
            SquareState::Older => Key::SquareOlder,
            SquareState::Absent => Key::SquareAbsent,
            SquareState::Deleted(_) => Key::SquareDeleted,
            SquareState::Down => Key::SquareDown,
        }
    }
}

impl Square {
    /// "S2: older".
    pub fn spoken(&self) -> Phrase {
        Phrase::new(self.state.key()).with("server", self.server)
    }
}

/// Whether two replicas are alike.
pub(super) fn is_same(one: &Arc<Znode>, other: &Arc<Znode>) -> bool {
    let same_data = || match (one.data(), other.data()) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other) || one == other,
        (one, other) => one.is_none() && other.is_none(),
    };
    Arc::ptr_eq(one, other)
        || (one.stored_stat() == other.stored_stat()
            && one.num_children() == other.num_children()
            && one.acl() == other.acl()
            && same_data())
}

/// The squares of a path, of which each variant of the forest has this znode, and whether they
/// differ.
pub(super) fn squares(
    forest: &Forest,
    variants: &[Variant<'_>],
    znodes: &[Option<Arc<Znode>>],
    path: &str,
) -> (Vec<Square>, bool) {
    let states = states(variants, znodes, path);
    let differs = states.iter().any(|state| *state != SquareState::Same);
    let square = |server: &super::ServerTree| {
        let variant = variants.iter().position(|variant| variant.servers.contains(&server.server));
        let change = forest.last_change.filter(|change| change.server == server.server);
        Square {
            server: server.server,
            state: variant.map_or(SquareState::Down, |variant| states[variant]),
            fresh: variant.zip(change).is_some_and(|(variant, change)| {
                is_touched(&variants[variant], znodes[variant].as_ref(), path, change.zxid)
            }),
        }
    };
    (forest.servers.iter().map(square).collect(), differs)
}

/// The state of the znode on each variant.
fn states(variants: &[Variant<'_>], znodes: &[Option<Arc<Znode>>], path: &str) -> Vec<SquareState> {
    let present = || znodes.iter().flatten();
    let Some(first) = present().next() else {
        return vec![SquareState::Absent; variants.len()];
    };
    if present().count() == variants.len() && present().all(|znode| is_same(first, znode)) {
        return vec![SquareState::Same; variants.len()];
    }
    let newest = present().map(|znode| changed_by(znode)).max().unwrap_or(Zxid::ZERO);
    let deleted = |variant: &Variant<'_>, znode: &Option<Arc<Znode>>| {
        if znode.is_some() || variant.applied < newest {
            return None;
        }
        let parent = path.rsplit_once('/').map_or("/", |(parent, _)| parent);
        variant.tree.znode(parent).map(|parent| parent.stored_stat().pzxid.epoch)
    };
    let gone = || variants.iter().zip(znodes);
    let is_gone = gone().any(|(variant, znode)| deleted(variant, znode).is_some());
    let state = |(variant, znode): (&Variant<'_>, &Option<Arc<Znode>>)| match znode {
        None => deleted(variant, znode).map_or(SquareState::Absent, SquareState::Deleted),
        Some(znode) if is_gone || changed_by(znode) < newest => SquareState::Older,
        Some(znode) => SquareState::Newer(changed_by(znode).epoch),
    };
    gone().map(state).collect()
}

/// Whether a transaction made, changed or deleted a znode, or one of its children.
fn is_touched(variant: &Variant<'_>, znode: Option<&Arc<Znode>>, path: &str, zxid: Zxid) -> bool {
    match znode {
        Some(znode) => {
            let stat = znode.stored_stat();
            [stat.czxid, stat.mzxid, stat.pzxid].contains(&zxid)
        }
        None => {
            let parent = path.rsplit_once('/').map_or("/", |(parent, _)| parent);
            let parent = variant.tree.znode(parent);
            parent.is_some_and(|parent| parent.stored_stat().pzxid == zxid)
        }
    }
}
