//! The transaction: what a leader proposes, a quorum logs and every server applies.
//!
//! To the protocol it is cargo with a [`Zxid`]. Its body is complete (resulting versions, names,
//! ACLs, times), so that applying it needs no decision and is the same on every server.
//! Source: `org.apache.zookeeper.txn`, `PrepRequestProcessor`.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Acl, SessionId, Span, WallTime, Zxid};

/// A znode's data; shared, since every server holds the same bytes.
pub type Bytes = Arc<[u8]>;

/// A path as text. Valid or not is decided in `store::path`.
pub type PathText = Arc<str>;

/// A transaction: header and body. Source: `TxnHeader` and the record behind it.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Txn {
    /// Its place in the one order of all transactions.
    pub zxid: Zxid,
    /// The session that asked for it; [`SessionId::NONE`] where the server itself did.
    pub session: SessionId,
    /// The request's number within the session, by which the server that got the request finds the
    /// client to answer.
    pub cxid: i32,
    /// The leader's clock when it prepared the transaction.
    pub time: WallTime,
    /// What is done.
    pub body: TxnBody,
}

/// How a created znode lives and dies.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum NodeKind {
    /// Until deleted.
    Persistent,
    /// Until deleted or until its owner's session (the transaction's) ends.
    Ephemeral,
    /// Until its last child is deleted.
    Container,
    /// Until it has had no change and no children for so long.
    Ttl(Span),
}

/// The body of a create, its name complete with the sequence number. Source: `CreateTxn`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct CreateTxn {
    /// The whole path.
    pub path: PathText,
    /// The data; `None` is the null that a client can send.
    pub data: Option<Bytes>,
    /// The access control list, `auth` entries expanded.
    pub acl: Arc<[Acl]>,
    /// How it lives and dies.
    pub kind: NodeKind,
    /// The parent's raw child counter after this create.
    pub parent_cversion: i32,
    /// Whether the client is told the Stat as well. (ZooKeeper's transactions of `create` and
    /// `create2` differ by their type and by nothing else.)
    pub answers_stat: bool,
}

/// What a transaction does. Source: the records of `org.apache.zookeeper.txn`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum TxnBody {
    /// A version test that held, within a [`TxnBody::Multi`] or by itself.
    Check {
        /// The path tested.
        path: PathText,
        /// The version it has.
        version: i32,
    },
    /// The session ends and its ephemeral znodes go, in this order.
    CloseSession {
        /// The paths to delete.
        ephemerals: Arc<[PathText]>,
    },
    /// A znode comes into being.
    Create(CreateTxn),
    /// A session begins.
    CreateSession {
        /// The timeout that was negotiated.
        timeout: Span,
    },
    /// A znode goes.
    Delete {
        /// Its path.
        path: PathText,
    },
    /// An empty container or an outlived TTL znode is reaped.
    DeleteContainer {
        /// Its path.
        path: PathText,
    },
    /// A request that failed takes its place in the order all the same.
    Error {
        /// ZooKeeper's error code.
        code: i32,
    },
    /// All of these or none: none if a [`TxnBody::Error`] is among them. What stands before that
    /// error would have succeeded.
    Multi(Arc<[TxnBody]>),
    /// A znode's access control list is replaced.
    SetAcl {
        /// Its path.
        path: PathText,
        /// The new list.
        acl: Arc<[Acl]>,
        /// The `aversion` it then has.
        version: i32,
    },
    /// A znode's data are replaced.
    SetData {
        /// Its path.
        path: PathText,
        /// The new data.
        data: Option<Bytes>,
        /// The version it then has.
        version: i32,
    },
}

impl TxnBody {
    /// Whether it stands for a request that failed: it changes nothing, whatever a multi had
    /// prepared before the error.
    pub fn has_failed(&self) -> bool {
        match self {
            TxnBody::Error { .. } => true,
            TxnBody::Multi(bodies) => bodies.iter().any(TxnBody::has_failed),
            _ => false,
        }
    }
}
