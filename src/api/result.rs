//! What a client is told.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{OpError, Stat, data_text};
use crate::types::{Acl, Bytes, Identity, PathText};

/// What a successful operation answers. Source: the response records of `zookeeper.jute`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OpResult {
    /// Of a getACL: the list, the hashes in it hidden from whom may not set it.
    Acl {
        /// The list.
        acl: Arc<[Acl]>,
        /// The Stat.
        stat: Stat,
    },
    /// Of a getAllChildrenNumber: how many znodes there are below.
    AllChildrenNumber(i32),
    /// Of a getChildren: the names, in ascending order (ZooKeeper's order means nothing).
    Children(Arc<[Arc<str>]>),
    /// Of a getChildren2.
    Children2 {
        /// The names, in ascending order.
        children: Arc<[Arc<str>]>,
        /// The Stat.
        stat: Stat,
    },
    /// Of a create: the path, with its number if the mode is sequential.
    Created(PathText),
    /// Of the other three requests that create.
    Created2 {
        /// The path, with its number if the mode is sequential.
        path: PathText,
        /// The Stat.
        stat: Stat,
    },
    /// Of a getData.
    Data {
        /// The data.
        #[serde(with = "data_text")]
        data: Option<Bytes>,
        /// The Stat.
        stat: Stat,
    },
    /// Of an addWatch, auth, check, checkWatches, closeSession, delete, ping, removeWatches or
    /// setWatches: nothing to say.
    Done,
    /// Of a getEphemerals: the paths, in ascending order.
    Ephemerals(Arc<[PathText]>),
    /// Of a multi that was carried out: each operation's own result.
    Multi(Arc<[OpResult]>),
    /// Of a multi that was not. The answer as a whole is no error; each operation has its code:
    /// `None` (0) before the one that failed, its error there,
    /// [`RuntimeInconsistency`](OpError::RuntimeInconsistency) behind it.
    MultiFailed(Arc<[Option<OpError>]>),
    /// Of a multiRead: each operation's own answer.
    MultiRead(Arc<[Result<OpResult, OpError>]>),
    /// Of an exists, setACL or setData.
    Stat(Stat),
    /// Of a sync: the path, as it was sent.
    Synced(PathText),
    /// Of a whoAmI: schemes and users, without the hashes of passwords.
    WhoAmI(Arc<[Identity]>),
}

impl OpResult {
    /// Where a multi failed: the place of the operation, counted from 0, and its error.
    pub fn multi_failure(&self) -> Option<(u32, OpError)> {
        let OpResult::MultiFailed(errors) = self else { return None };
        (0..).zip(errors.iter()).find_map(|(index, error)| Some((index, (*error)?)))
    }
}
