//! What a client can ask.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{AddWatchMode, CreateCall, CreateMode, OpName, SetWatches, WatcherType, data_text};
use crate::types::{Acl, Bytes, PathText};

/// The version that matches any.
pub const ANY_VERSION: i32 = -1;

/// One request of a client, under the name that ZooKeeper's protocol gives it.
/// Source: `ZooDefs.OpCode`; fact sheet §§3.1 and 4.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Op {
    /// Watch a znode, or all below it, event after event.
    AddWatch {
        /// Which znode; it need not exist.
        path: PathText,
        /// How.
        mode: AddWatchMode,
    },
    /// Prove an identity, which the connection has from now on.
    Auth {
        /// By which scheme.
        scheme: Arc<str>,
        /// The proof: of `digest`, user and password with a colon between.
        #[serde(default, with = "data_text")]
        auth: Option<Bytes>,
    },
    /// Test a znode's version; meant for a [`Op::Multi`].
    Check {
        /// Which znode.
        path: PathText,
        /// The version that it must have.
        #[serde(default = "any_version")]
        version: i32,
    },
    /// Ask whether a znode is watched.
    CheckWatches {
        /// Which znode.
        path: PathText,
        /// By which watches.
        #[serde(default)]
        kind: WatcherType,
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
        /// By which request.
        #[serde(default, skip_serializing_if = "CreateCall::is_create")]
        call: CreateCall,
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
        /// Whether to be told of the next change.
        #[serde(default, skip_serializing_if = "is_false")]
        watch: bool,
    },
    /// Read the access control list.
    GetAcl {
        /// Of which znode.
        path: PathText,
    },
    /// Count all znodes below one.
    GetAllChildrenNumber {
        /// Below which.
        path: PathText,
    },
    /// List the names of a znode's children.
    GetChildren {
        /// Which znode.
        path: PathText,
        /// Whether to be told of the next change.
        #[serde(default, skip_serializing_if = "is_false")]
        watch: bool,
    },
    /// List the names of a znode's children, and read the Stat.
    GetChildren2 {
        /// Which znode.
        path: PathText,
        /// Whether to be told of the next change.
        #[serde(default, skip_serializing_if = "is_false")]
        watch: bool,
    },
    /// Read data and Stat.
    GetData {
        /// Which znode.
        path: PathText,
        /// Whether to be told of the next change.
        #[serde(default, skip_serializing_if = "is_false")]
        watch: bool,
    },
    /// List the session's own ephemeral znodes.
    GetEphemerals {
        /// Those whose path begins with this text; all where it is blank or `/`.
        #[serde(default = "root")]
        prefix: PathText,
    },
    /// Check, create, delete and set several znodes, or none of them.
    Multi(Arc<[Op]>),
    /// Several getData and getChildren, each answered by itself.
    MultiRead(Arc<[Op]>),
    /// A request of this name whose path is the protocol's null, which no client library sends.
    NullPath(OpName),
    /// Keep the session alive; the client sends it by itself.
    Ping,
    /// Change the ensemble's members; switched off, as it is by default.
    Reconfig,
    /// Watch no longer.
    RemoveWatches {
        /// Which znode.
        path: PathText,
        /// Which watches.
        #[serde(default)]
        kind: WatcherType,
    },
    /// Replace a znode's access control list.
    SetAcl {
        /// Which znode.
        path: PathText,
        /// The new list.
        acl: Arc<[Acl]>,
        /// The `aversion` that it must have.
        #[serde(default = "any_version")]
        version: i32,
    },
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
    /// Watch as before the connection was lost; the client sends it by itself.
    SetWatches(SetWatches),
    /// Let this server catch up with what the leader has committed.
    Sync {
        /// Comes back as it is; ZooKeeper does not look at it.
        path: PathText,
    },
    /// A request with a number that no server knows.
    Unknown(i32),
    /// List the connection's identities.
    WhoAmI,
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
        let (acl, call) = (Acl::open_unsafe(), CreateCall::Create);
        Op::Create { path: path.into(), data: bytes(data), acl, mode, call }
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
        Op::GetData { path: path.into(), watch: false }
    }

    /// A read of the Stat.
    pub fn exists(path: &str) -> Op {
        Op::Exists { path: path.into(), watch: false }
    }

    /// A list of the children.
    pub fn children(path: &str) -> Op {
        Op::GetChildren { path: path.into(), watch: false }
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
    pub fn name(&self) -> &'static str {
        OpName::from(self).text()
    }

    /// The path that it is about, if it is about one.
    pub const fn path(&self) -> Option<&PathText> {
        match self {
            Op::AddWatch { path, .. }
            | Op::Check { path, .. }
            | Op::CheckWatches { path, .. }
            | Op::Create { path, .. }
            | Op::Delete { path, .. }
            | Op::Exists { path, .. }
            | Op::GetAcl { path }
            | Op::GetAllChildrenNumber { path }
            | Op::GetChildren { path, .. }
            | Op::GetChildren2 { path, .. }
            | Op::GetData { path, .. }
            | Op::GetEphemerals { prefix: path }
            | Op::RemoveWatches { path, .. }
            | Op::SetAcl { path, .. }
            | Op::SetData { path, .. }
            | Op::Sync { path } => Some(path),
            Op::Auth { .. }
            | Op::CloseSession
            | Op::Multi(_)
            | Op::MultiRead(_)
            | Op::NullPath(_)
            | Op::Ping
            | Op::Reconfig
            | Op::SetWatches(_)
            | Op::Unknown(_)
            | Op::WhoAmI => None,
        }
    }

    /// Which way it takes. A check by itself is a write with a zxid of its own, as in 3.8.0.
    pub fn class(&self) -> OpClass {
        match self {
            Op::Sync { .. } => OpClass::Sync,
            _ if OpName::from(self).is_write() => OpClass::Write,
            _ => OpClass::Read,
        }
    }
}

fn any_version() -> i32 {
    ANY_VERSION
}

fn root() -> PathText {
    "/".into()
}

fn is_open(acl: &Arc<[Acl]>) -> bool {
    *acl == Acl::open_unsafe()
}

fn is_false(flag: &bool) -> bool {
    !*flag
}

fn bytes(text: &str) -> Option<Bytes> {
    Some(text.as_bytes().into())
}
