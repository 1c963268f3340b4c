//! The requests that a server answers from its own tree. Source: `FinalRequestProcessor`; fact
//! sheet §4.3.

use super::{DataTree, Znode, acl, identity};
use crate::api::{Op, OpClass, OpError, OpName, OpResult};
use crate::types::{Identity, PathText, SessionId, perms};

/// Who asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Caller<'a> {
    /// The session.
    pub session: SessionId,
    /// What the connection has proved.
    pub identities: &'a [Identity],
}

impl Caller<'_> {
    /// Someone without a session who has proved nothing.
    pub const ANYONE: Caller<'static> = Caller { session: SessionId::NONE, identities: &[] };
}

/// Answers a request that changes nothing; it uses no zxid. Requests about watches are answered
/// with nothing but [`OpResult::Done`] here: see [`Watches`](super::Watches).
///
/// # Errors
/// What the client is told instead.
///
/// # Panics
/// If the operation is a write: those are answered by what [`DataTree::apply`] returns.
pub fn read(tree: &DataTree, caller: &Caller, op: &Op) -> Result<OpResult, OpError> {
    assert_ne!(op.class(), OpClass::Write, "{} is not a read", op.name());
    match op {
        // No permission is needed (recorded from 3.8.0: `existsAcl`), and no other check of the
        // path.
        Op::Exists { path, .. } if path.contains('\0') => Err(OpError::BadArguments),
        Op::Exists { path, .. } => Ok(OpResult::Stat(existing(tree, path)?.stat())),
        Op::GetAcl { path } => {
            let znode = existing(tree, path)?;
            acl::check(znode.acl(), perms::READ | perms::ADMIN, caller.identities)?;
            let acl = acl::shown(znode.acl(), caller.identities);
            Ok(OpResult::Acl { acl, stat: znode.stat() })
        }
        Op::GetAllChildrenNumber { path } => {
            readable(tree, caller, path)?;
            Ok(OpResult::AllChildrenNumber(count_below(tree, path)))
        }
        Op::GetChildren { path, .. } => {
            let znode = readable(tree, caller, path)?;
            Ok(OpResult::Children(znode.children().iter().cloned().collect()))
        }
        Op::GetChildren2 { path, .. } => {
            let znode = readable(tree, caller, path)?;
            let children = znode.children().iter().cloned().collect();
            Ok(OpResult::Children2 { children, stat: znode.stat() })
        }
        Op::GetData { path, .. } => {
            let znode = readable(tree, caller, path)?;
            Ok(OpResult::Data { data: znode.data().cloned(), stat: znode.stat() })
        }
        Op::GetEphemerals { prefix } => Ok(ephemerals(tree, caller, prefix)),
        Op::MultiRead(ops) => read_all(tree, caller, ops),
        Op::NullPath(name) => null_path(tree, caller, *name),
        Op::Sync { path } => Ok(OpResult::Synced(path.clone())),
        Op::Unknown(_) => Err(OpError::Unimplemented),
        Op::WhoAmI => Ok(OpResult::WhoAmI(identity::who(caller.identities))),
        _ => Ok(OpResult::Done),
    }
}

fn existing<'a>(tree: &'a DataTree, path: &str) -> Result<&'a Znode, OpError> {
    tree.znode(path).map(|znode| &**znode).ok_or(OpError::NoNode)
}

fn readable<'a>(tree: &'a DataTree, caller: &Caller, path: &str) -> Result<&'a Znode, OpError> {
    let znode = existing(tree, path)?;
    acl::check(znode.acl(), perms::READ, caller.identities)?;
    Ok(znode)
}

/// The root by its other name counts itself as well. Source: `DataTree.getAllChildrenNumber`.
fn count_below(tree: &DataTree, path: &str) -> i32 {
    let count = match path {
        "/" => tree.znode_count() - 1,
        "" => tree.znode_count(),
        _ => u32::try_from(tree.below(path).count()).expect("fewer than all znodes"),
    };
    i32::try_from(count).expect("a tree has fewer than 2^31 znodes")
}

/// Those whose path begins with the text, wherever in a name that ends.
fn ephemerals(tree: &DataTree, caller: &Caller, prefix: &str) -> OpResult {
    let all = prefix.trim().is_empty() || prefix.trim() == "/";
    let wanted = |path: &&PathText| all || path.starts_with(prefix);
    OpResult::Ephemerals(tree.ephemerals_of(caller.session).filter(wanted).cloned().collect())
}

/// Each is answered by itself; no watch is left. Another operation among them spoils all.
fn read_all(tree: &DataTree, caller: &Caller, ops: &[Op]) -> Result<OpResult, OpError> {
    let may_stand = |op: &Op| matches!(op, Op::GetChildren { .. } | Op::GetData { .. });
    if !ops.iter().all(may_stand) {
        return Err(OpError::MarshallingError);
    }
    Ok(OpResult::MultiRead(ops.iter().map(|op| read(tree, caller, op)).collect()))
}

/// Source: fact sheet §1, "null path".
fn null_path(tree: &DataTree, caller: &Caller, name: OpName) -> Result<OpResult, OpError> {
    match name {
        OpName::AddWatch | OpName::Sync => Ok(OpResult::Done),
        OpName::GetEphemerals => Ok(ephemerals(tree, caller, "/")),
        _ => Err(OpError::MarshallingError),
    }
}
