//! The requests that a server answers from its own tree. Source: `FinalRequestProcessor`; fact
//! sheet §4.3.

use super::{DataTree, Znode, acl};
use crate::api::{Op, OpClass, OpError, OpResult};
use crate::types::perms;

/// Answers a request that changes nothing; it uses no zxid.
///
/// # Errors
/// What the client is told instead.
///
/// # Panics
/// If the operation is a write: those are answered by what [`DataTree::apply`] returns.
pub fn read(tree: &DataTree, op: &Op) -> Result<OpResult, OpError> {
    assert_ne!(op.class(), OpClass::Write, "{} is not a read", op.name());
    match op {
        // No permission is needed, and no other check of the path: recorded from 3.8.0.
        Op::Exists { path } if path.contains('\0') => Err(OpError::BadArguments),
        Op::Exists { path } => Ok(OpResult::Stat(existing(tree, path)?.stat())),
        Op::GetChildren { path } => {
            let znode = readable(tree, path)?;
            Ok(OpResult::Children(znode.children().iter().cloned().collect()))
        }
        Op::GetData { path } => {
            let znode = readable(tree, path)?;
            Ok(OpResult::Data { data: znode.data().cloned(), stat: znode.stat() })
        }
        Op::Sync { path } => Ok(OpResult::Synced(path.clone())),
        Op::Check { .. }
        | Op::CloseSession
        | Op::Create { .. }
        | Op::Delete { .. }
        | Op::Multi(_)
        | Op::Ping
        | Op::SetData { .. } => Ok(OpResult::Done),
    }
}

fn existing<'a>(tree: &'a DataTree, path: &str) -> Result<&'a Znode, OpError> {
    tree.znode(path).map(|znode| &**znode).ok_or(OpError::NoNode)
}

fn readable<'a>(tree: &'a DataTree, path: &str) -> Result<&'a Znode, OpError> {
    let znode = existing(tree, path)?;
    acl::check(znode.acl(), perms::READ)?;
    Ok(znode)
}
