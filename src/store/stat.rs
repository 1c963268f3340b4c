//! A znode's metadata as it is stored. Source: `StatPersisted`; fact sheet §2.

use serde::{Deserialize, Serialize};

use crate::api::Stat;
use crate::types::{NodeKind, SessionId, Span, WallTime, Zxid};

/// How a stored znode lives. ZooKeeper packs this into `ephemeralOwner`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Lifetime {
    /// Until deleted.
    Persistent,
    /// Until deleted or until this session ends.
    Ephemeral(SessionId),
    /// Until its last child is deleted.
    Container,
    /// Until it has had no change and no children for so long.
    Ttl(Span),
}

impl Lifetime {
    /// The lifetime of a znode that `session` creates.
    pub(super) fn new(kind: NodeKind, session: SessionId) -> Lifetime {
        match kind {
            NodeKind::Persistent => Lifetime::Persistent,
            NodeKind::Ephemeral => Lifetime::Ephemeral(session),
            NodeKind::Container => Lifetime::Container,
            NodeKind::Ttl(span) => Lifetime::Ttl(span),
        }
    }

    /// Whether a leader deletes it once its time has come.
    pub const fn is_reapable(self) -> bool {
        matches!(self, Lifetime::Container | Lifetime::Ttl(_))
    }

    /// The session it belongs to; [`SessionId::NONE`] if it belongs to none.
    pub fn owner(self) -> SessionId {
        match self {
            Lifetime::Ephemeral(session) => session,
            Lifetime::Container | Lifetime::Persistent | Lifetime::Ttl(_) => SessionId::NONE,
        }
    }
}

/// What is stored of a znode besides data, access control list and children.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct StoredStat {
    /// The transaction that created it.
    pub czxid: Zxid,
    /// The last one that set its data (or created it).
    pub mzxid: Zxid,
    /// The last one that created or deleted a child (or created it).
    pub pzxid: Zxid,
    /// The leader's clock at `czxid`.
    pub ctime: WallTime,
    /// The leader's clock at `mzxid`.
    pub mtime: WallTime,
    /// How often the data were set.
    pub version: i32,
    /// How many children were ever created: the number that the next sequential child gets.
    /// ZooKeeper stores it as `cversion`, and shows something else under that name.
    pub children_created: i32,
    /// How often the access control list was set.
    pub aversion: i32,
    /// How it lives.
    pub lifetime: Lifetime,
}

impl StoredStat {
    /// Of a znode that the transaction `zxid` creates.
    pub(super) fn new(zxid: Zxid, time: WallTime, lifetime: Lifetime) -> StoredStat {
        StoredStat {
            czxid: zxid,
            mzxid: zxid,
            pzxid: zxid,
            ctime: time,
            mtime: time,
            version: 0,
            children_created: 0,
            aversion: 0,
            lifetime,
        }
    }

    /// What a client is told. Shown `cversion` counts creates and deletes of children, and is
    /// computed so that deletes need no counter. Source: `DataNode.copyStat`.
    pub fn shown(&self, data_length: i32, num_children: i32) -> Stat {
        Stat {
            czxid: self.czxid,
            mzxid: self.mzxid,
            pzxid: self.pzxid,
            ctime: self.ctime,
            mtime: self.mtime,
            version: self.version,
            cversion: self.children_created.wrapping_mul(2).wrapping_sub(num_children),
            aversion: self.aversion,
            ephemeral_owner: self.lifetime.owner(),
            data_length,
            num_children,
        }
    }
}

/// The version after `version`: it wraps around and skips -1, which means "any" in a request
/// (ZOOKEEPER-4743).
pub(super) fn next_version(version: i32) -> i32 {
    match version.wrapping_add(1) {
        -1 => 0,
        next => next,
    }
}

#[cfg(test)]
mod tests {
    use super::next_version;

    #[test]
    fn versions_wrap_and_skip_minus_one() {
        assert_eq!(next_version(0), 1);
        assert_eq!(next_version(i32::MAX), i32::MIN);
        assert_eq!(next_version(-2), 0);
        assert_eq!(next_version(-1), 0, "/zookeeper/config begins there");
    }
}
