//! How a znode is created: as what, and by which request.

use serde::{Deserialize, Serialize};

/// How a znode to be created lives, and whether its name gets a number: the flags of a create.
/// Source: `CreateMode`; fact sheet §3.2.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CreateMode {
    /// Until deleted.
    #[default]
    Persistent,
    /// Until deleted or until the session ends.
    Ephemeral,
    /// As persistent; the parent's counter is appended to the name.
    PersistentSequential,
    /// As ephemeral; the parent's counter is appended to the name.
    EphemeralSequential,
    /// Until its last child is deleted.
    Container,
    /// Until it has had no change and no children for so long.
    PersistentWithTtl,
    /// As persistent with a time to live; the parent's counter is appended to the name.
    PersistentSequentialWithTtl,
    /// Flags that mean nothing; every server refuses them.
    Unknown(i32),
}

impl CreateMode {
    const FLAGGED: [CreateMode; 7] = [
        CreateMode::Persistent,
        CreateMode::Ephemeral,
        CreateMode::PersistentSequential,
        CreateMode::EphemeralSequential,
        CreateMode::Container,
        CreateMode::PersistentWithTtl,
        CreateMode::PersistentSequentialWithTtl,
    ];

    /// The mode that these flags on the wire mean.
    pub fn from_flags(flags: i32) -> CreateMode {
        let known = usize::try_from(flags).ok().and_then(|flags| CreateMode::FLAGGED.get(flags));
        known.copied().unwrap_or(CreateMode::Unknown(flags))
    }

    /// Whether the znode belongs to the session that creates it.
    pub const fn is_ephemeral(self) -> bool {
        matches!(self, CreateMode::Ephemeral | CreateMode::EphemeralSequential)
    }

    /// Whether the name gets a number.
    pub const fn is_sequential(self) -> bool {
        matches!(
            self,
            CreateMode::PersistentSequential
                | CreateMode::EphemeralSequential
                | CreateMode::PersistentSequentialWithTtl
        )
    }

    /// Whether the znode lives for a while only.
    pub const fn has_ttl(self) -> bool {
        matches!(self, CreateMode::PersistentWithTtl | CreateMode::PersistentSequentialWithTtl)
    }
}

/// By which of the four requests a znode is created. Client libraries choose the one that goes with
/// the [`CreateMode`]; a client of its own kind need not. Source: fact sheet §3.2.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CreateCall {
    /// `create`: the answer is the path.
    #[default]
    Create,
    /// `create2`: the answer is path and Stat, as of those below.
    Create2,
    /// `createContainer`: a container, whatever the flags.
    Container,
    /// `createTTL`.
    Ttl {
        /// How long it lives, in milliseconds.
        ttl_ms: i64,
    },
}

impl CreateCall {
    pub(super) fn is_create(&self) -> bool {
        *self == CreateCall::Create
    }

    /// Whether the answer holds the Stat.
    pub const fn answers_stat(self) -> bool {
        !matches!(self, CreateCall::Create)
    }
}
