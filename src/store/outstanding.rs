//! What the leader has prepared and not applied yet, so that a request sees those before it.
//! Source: `ZooKeeperServer.outstandingChanges`, `ChangeRecord`; fact sheet §5.1.

use std::sync::Arc;

use imbl::{OrdMap, Vector};

use super::{DataTree, StoredStat};
use crate::api::OpError;
use crate::types::{Acl, Bytes, PathText, Zxid};

/// A znode as it will be.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Speculative {
    pub(super) stat: StoredStat,
    pub(super) child_count: i32,
    pub(super) acl: Arc<[Acl]>,
    pub(super) data_bytes: u32,
}

/// What the transaction `zxid` will do to a znode.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct ChangeRecord {
    zxid: Zxid,
    path: PathText,
    /// `None`: it will be gone.
    znode: Option<Speculative>,
}

/// All change records, and the newest of each path. A copy costs next to nothing, which is how a
/// multi is taken back.
///
/// The root's two names have records of their own: `""` as a parent, `/` as a path. So a create
/// under the root is checked against the access control list before a `setACL /` that is not
/// applied yet, as in ZooKeeper (fact sheet §1).
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(super) struct Outstanding {
    queue: Vector<Arc<ChangeRecord>>,
    newest: OrdMap<PathText, Arc<ChangeRecord>>,
}

impl Outstanding {
    /// The znode as the transactions before will leave it. Source: `getRecordForPath`.
    pub(super) fn look_up(&self, tree: &DataTree, path: &str) -> Result<Speculative, OpError> {
        let speculative = match self.newest.get(path) {
            Some(record) => record.znode.clone(),
            None => tree.znode(path).map(|znode| Speculative {
                stat: *znode.stored_stat(),
                child_count: znode.num_children(),
                acl: Arc::clone(znode.acl()),
                data_bytes: bytes_of(znode.data()),
            }),
        };
        speculative.ok_or(OpError::NoNode)
    }

    /// Adds a record; `None` is a tombstone. Source: `addChangeRecord`.
    pub(super) fn add(&mut self, zxid: Zxid, path: PathText, znode: Option<Speculative>) {
        let last = self.queue.last().map(|record| record.zxid);
        assert!(last <= Some(zxid), "change record {zxid} behind {last:?}");
        let record = Arc::new(ChangeRecord { zxid, path: Arc::clone(&path), znode });
        self.queue.push_back(Arc::clone(&record));
        self.newest.insert(path, record);
    }

    /// Forgets what is in the tree now. A path keeps its record if that is a later one.
    pub(super) fn applied(&mut self, zxid: Zxid) {
        while let Some(record) = self.queue.front().filter(|record| record.zxid <= zxid).cloned() {
            self.queue.pop_front();
            if self.newest.get(&record.path).is_some_and(|newest| newest.zxid <= zxid) {
                self.newest.remove(&record.path);
            }
        }
    }

    /// The records in the order in which they were added: path and what it will be.
    pub(super) fn records(&self) -> impl Iterator<Item = (&PathText, Option<&Speculative>)> {
        self.queue.iter().map(|record| (&record.path, record.znode.as_ref()))
    }

    /// How many records there are.
    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.queue.len()).expect("fewer than 2^32 changes are outstanding")
    }
}

/// How many bytes of data there are; null has none.
pub(super) fn bytes_of(data: Option<&Bytes>) -> u32 {
    data.map_or(0, |data| u32::try_from(data.len()).expect("a request holds less than 4 GiB"))
}
