//! An access control entry, as plain data. What it permits is decided in `store::acl`.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The permission bits. Source: `ZooDefs.Perms`.
pub mod perms {
    /// Read data and list children.
    pub const READ: u32 = 1;
    /// Set data.
    pub const WRITE: u32 = 2;
    /// Create a child.
    pub const CREATE: u32 = 4;
    /// Delete a child.
    pub const DELETE: u32 = 8;
    /// Set the ACL itself.
    pub const ADMIN: u32 = 16;
    /// All of them.
    pub const ALL: u32 = 31;
}

/// One entry of a znode's access control list. Source: `org.apache.zookeeper.data.ACL`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Acl {
    /// The permission bits of [`perms`].
    pub perms: u32,
    /// `world`, `auth`, `digest`, `ip`.
    pub scheme: Arc<str>,
    /// Who, in the scheme's own spelling: `anyone` for `world`.
    pub id: Arc<str>,
}

/// Who a client is, as far as it has proved it. Source: `org.apache.zookeeper.data.Id`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Identity {
    /// `digest`, `ip`, `super`.
    pub scheme: Arc<str>,
    /// Who, in the scheme's own spelling.
    pub id: Arc<str>,
}

impl Acl {
    /// `world:anyone:cdrwa`, the list of one entry that a create without an ACL means.
    /// Source: `ZooDefs.Ids.OPEN_ACL_UNSAFE`.
    pub fn open_unsafe() -> Arc<[Acl]> {
        Arc::new([Acl { perms: perms::ALL, scheme: "world".into(), id: "anyone".into() }])
    }
}
