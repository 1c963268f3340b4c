//! What a client can ask, and what it is told.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{OpError, Stat, data_text};
use crate::types::{Acl, Bytes, PathText};

/// The version that matches any.
pub const ANY_VERSION: i32 = -1;

/// How a znode to be created lives, and whether its name gets a number.
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
}

impl CreateMode {
    /// Whether the znode belongs to the session that creates it.
    pub const fn is_ephemeral(self) -> bool {
        matches!(self, CreateMode::Ephemeral | CreateMode::EphemeralSequential)
    }

    /// Whether the name gets a number.
    pub const fn is_sequential(self) -> bool {
        matches!(self, CreateMode::PersistentSequential | CreateMode::EphemeralSequential)
    }
}

/// One request of a client, under the name that ZooKeeper's protocol gives it.
/// Source: `ZooDefs.OpCode`; fact sheet §§3.1 and 4.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Op {
    /// Test a znode's version; meant for a [`Op::Multi`].
    Check {
        /// Which znode.
        path: PathText,
        /// The version that it must have.
        #[serde(default = "any_version")]
        version: i32,
    },
    /// End the session and with it its ephemeral znodes.
    CloseSession,
    /// Create a znode.
    Create {
        /// Its path; a sequential one gets a number appended.
        path: PathText,
        /// Its data.
        #[serde(default, with = "data_text")]
        data: Option<Bytes>,
        /// Its access control list; in a scenario file, open to everyone unless said otherwise.
        #[serde(default = "Acl::open_unsafe", skip_serializing_if = "is_open")]
        acl: Arc<[Acl]>,
        /// How it lives.
        #[serde(default)]
        mode: CreateMode,
    },
    /// Delete a znode that has no children.
    Delete {
        /// Which znode.
        path: PathText,
        /// The version that it must have.
        #[serde(default = "any_version")]
        version: i32,
    },
    /// Read the Stat of a znode that may be absent.
    Exists {
        /// Which znode.
        path: PathText,
    },
    /// List the names of a znode's children.
    GetChildren {
        /// Which znode.
        path: PathText,
    },
    /// Read data and Stat.
    GetData {
        /// Which znode.
        path: PathText,
    },
    /// Check, create, delete and set several znodes, or none of them.
    Multi(Arc<[Op]>),
    /// Keep the session alive; the client sends it by itself.
    Ping,
    /// Replace a znode's data.
    SetData {
        /// Which znode.
        path: PathText,
        /// The new data.
        #[serde(default, with = "data_text")]
        data: Option<Bytes>,
        /// The version that it must have.
        #[serde(default = "any_version")]
        version: i32,
    },
    /// Let this server catch up with what the leader has committed.
    Sync {
        /// Comes back as it is; ZooKeeper does not look at it.
        path: PathText,
    },
}

/// Which way a request takes through the servers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum OpClass {
    /// Answered from the tree of the server that got it.
    Read,
    /// Goes through the leader and back, without a transaction.
    Sync,
    /// Becomes a transaction.
    Write,
}

impl Op {
    /// A create with the open access control list.
    pub fn create(path: &str, data: &str, mode: CreateMode) -> Op {
        Op::Create { path: path.into(), data: bytes(data), acl: Acl::open_unsafe(), mode }
    }

    /// A delete whatever the version.
    pub fn delete(path: &str) -> Op {
        Op::Delete { path: path.into(), version: ANY_VERSION }
    }

    /// A set whatever the version.
    pub fn set(path: &str, data: &str) -> Op {
        Op::SetData { path: path.into(), data: bytes(data), version: ANY_VERSION }
    }

    /// A read of the data.
    pub fn get(path: &str) -> Op {
        Op::GetData { path: path.into() }
    }

    /// A read of the Stat.
    pub fn exists(path: &str) -> Op {
        Op::Exists { path: path.into() }
    }

    /// A list of the children.
    pub fn children(path: &str) -> Op {
        Op::GetChildren { path: path.into() }
    }

    /// A version test.
    pub fn check(path: &str, version: i32) -> Op {
        Op::Check { path: path.into(), version }
    }

    /// All of these or none.
    pub fn multi(ops: impl IntoIterator<Item = Op>) -> Op {
        Op::Multi(ops.into_iter().collect())
    }

    /// ZooKeeper's name of the operation.
    pub const fn name(&self) -> &'static str {
        match self {
            Op::Check { .. } => "check",
            Op::CloseSession => "closeSession",
            Op::Create { .. } => "create",
            Op::Delete { .. } => "delete",
            Op::Exists { .. } => "exists",
            Op::GetChildren { .. } => "getChildren",
            Op::GetData { .. } => "getData",
            Op::Multi(_) => "multi",
            Op::Ping => "ping",
            Op::SetData { .. } => "setData",
            Op::Sync { .. } => "sync",
        }
    }

    /// The path that it is about, if it is about one.
    pub const fn path(&self) -> Option<&PathText> {
        match self {
            Op::Check { path, .. }
            | Op::Create { path, .. }
            | Op::Delete { path, .. }
            | Op::Exists { path }
            | Op::GetChildren { path }
            | Op::GetData { path }
            | Op::SetData { path, .. }
            | Op::Sync { path } => Some(path),
            Op::CloseSession | Op::Multi(_) | Op::Ping => None,
        }
    }

    /// Which way it takes. A check by itself is a write with a zxid of its own, as in 3.8.0.
    pub const fn class(&self) -> OpClass {
        match self {
            Op::Check { .. }
            | Op::CloseSession
            | Op::Create { .. }
            | Op::Delete { .. }
            | Op::Multi(_)
            | Op::SetData { .. } => OpClass::Write,
            Op::Exists { .. } | Op::GetChildren { .. } | Op::GetData { .. } | Op::Ping => {
                OpClass::Read
            }
            Op::Sync { .. } => OpClass::Sync,
        }
    }
}

/// What a successful operation answers. Source: the response records of `zookeeper.jute`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OpResult {
    /// Of a getChildren: the names, in ascending order (ZooKeeper's order means nothing).
    Children(Arc<[Arc<str>]>),
    /// Of a create: the path, with its number if the mode is sequential.
    Created(PathText),
    /// Of a getData.
    Data {
        /// The data.
        #[serde(with = "data_text")]
        data: Option<Bytes>,
        /// The Stat.
        stat: Stat,
    },
    /// Of a check, closeSession, delete or ping: nothing to say.
    Done,
    /// Of a multi that was carried out: each operation's own result.
    Multi(Arc<[OpResult]>),
    /// Of a multi that was not. The answer as a whole is no error; each operation has its code:
    /// `None` (0) before the one that failed, its error there,
    /// [`RuntimeInconsistency`](OpError::RuntimeInconsistency) behind it.
    MultiFailed(Arc<[Option<OpError>]>),
    /// Of an exists or setData.
    Stat(Stat),
    /// Of a sync: the path, as it was sent.
    Synced(PathText),
}

impl OpResult {
    /// Where a multi failed: the place of the operation, counted from 0, and its error.
    pub fn multi_failure(&self) -> Option<(u32, OpError)> {
        let OpResult::MultiFailed(errors) = self else { return None };
        (0..).zip(errors.iter()).find_map(|(index, error)| Some((index, (*error)?)))
    }
}

fn any_version() -> i32 {
    ANY_VERSION
}

fn is_open(acl: &Arc<[Acl]>) -> bool {
    *acl == Acl::open_unsafe()
}

fn bytes(text: &str) -> Option<Bytes> {
    Some(text.as_bytes().into())
}
