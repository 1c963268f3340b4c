//! A database as plain data, which can be written down and read again. Source:
//! `DataTree.serialize`, `SerializeUtils`.
//!
//! What follows from the znodes (lists of children, of ephemeral znodes, of quotas, the digest) is
//! not written but made anew.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::path::{name_of, parent_of};
use super::{DataTree, Database, StoredStat, Znode};
use crate::types::{Acl, Bytes, PathText, SessionId, Span, Zxid};

/// What a [`Database`] holds.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Snapshot {
    /// The zxid that it reaches up to.
    pub last_processed: Zxid,
    /// The sessions with their timeouts.
    pub sessions: Vec<(SessionId, Span)>,
    /// The znodes, in the order of their paths as text.
    pub znodes: Vec<ZnodeImage>,
}

/// One znode in a [`Snapshot`].
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct ZnodeImage {
    /// Its path.
    pub path: PathText,
    /// Its data.
    pub data: Option<Bytes>,
    /// Its access control list.
    pub acl: Arc<[Acl]>,
    /// Its metadata.
    pub stat: StoredStat,
}

/// Why a snapshot cannot be loaded: a znode whose parent is not there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Orphan {
    /// Its path.
    pub path: PathText,
}

impl std::fmt::Display for Orphan {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "the snapshot holds {} without its parent", self.path)
    }
}

impl std::error::Error for Orphan {}

impl From<&Database> for Snapshot {
    fn from(database: &Database) -> Snapshot {
        let image = |(path, znode): (&PathText, &Arc<Znode>)| ZnodeImage {
            path: Arc::clone(path),
            data: znode.data().cloned(),
            acl: Arc::clone(znode.acl()),
            stat: *znode.stored_stat(),
        };
        Snapshot {
            last_processed: database.last_processed(),
            sessions: database.sessions.iter().map(|(session, span)| (*session, *span)).collect(),
            znodes: database.tree.znodes().map(image).collect(),
        }
    }
}

impl TryFrom<&Snapshot> for Database {
    type Error = Orphan;

    fn try_from(snapshot: &Snapshot) -> Result<Database, Orphan> {
        let mut tree = DataTree::empty();
        // A parent's path is shorter than its children's, and comes before them.
        for ZnodeImage { path, data, acl, stat } in &snapshot.znodes {
            tree.insert(Arc::clone(path), Znode::new(data.clone(), Arc::clone(acl), *stat));
            if &**path == "/" {
                continue;
            }
            let parent = parent_of(path).unwrap_or_default();
            let adopted = tree.change(parent, |parent| {
                parent.children_mut().insert(name_of(path).into());
            });
            adopted.ok_or_else(|| Orphan { path: Arc::clone(path) })?;
            tree.restore_quota(path);
        }
        tree.set_processed(snapshot.last_processed);
        Ok(Database { tree, sessions: snapshot.sessions.iter().copied().collect() })
    }
}
