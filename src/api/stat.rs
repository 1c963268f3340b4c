//! What a client sees of a znode besides its data.

use serde::{Deserialize, Serialize};

use crate::types::{SessionId, WallTime, Zxid};

/// A znode's metadata as a client is told. Source: `org.apache.zookeeper.data.Stat`; fact sheet §2.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Stat {
    /// The transaction that created the znode.
    pub czxid: Zxid,
    /// The last one that set its data (or created it).
    pub mzxid: Zxid,
    /// The last one that created or deleted a child (or created the znode).
    pub pzxid: Zxid,
    /// The leader's clock at `czxid`.
    pub ctime: WallTime,
    /// The leader's clock at `mzxid`.
    pub mtime: WallTime,
    /// How often the data were set.
    pub version: i32,
    /// How often a child was created or deleted.
    pub cversion: i32,
    /// How often the access control list was set.
    pub aversion: i32,
    /// The owner of an ephemeral znode; [`SessionId::NONE`] for every other.
    pub ephemeral_owner: SessionId,
    /// The count of bytes of the data.
    pub data_length: i32,
    /// The count of children.
    pub num_children: i32,
}
