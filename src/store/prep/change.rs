//! The requests that change or delete a znode, or test one. Source: `pRequest2Txn`; fact sheet
//! §4.2.

use std::sync::Arc;

use super::{Context, Prep};
use crate::api::{ANY_VERSION, OpError};
use crate::store::outstanding::bytes_of;
use crate::store::path::{is_special, parent_of, validate_path};
use crate::store::stat::next_version;
use crate::store::{Lifetime, acl};
use crate::types::{Acl, Bytes, PathText, TxnBody, perms};

impl Prep {
    /// Source: `pRequest2Txn`, case `delete`.
    pub(super) fn delete(
        &mut self,
        context: &Context,
        path: &PathText,
        version: i32,
    ) -> Result<TxnBody, OpError> {
        let Context { tree, identities, zxid, .. } = *context;
        let parent_path = deletable(path)?;
        let mut parent = self.outstanding.look_up(tree, parent_path)?;
        acl::check(&parent.acl, perms::DELETE, identities)?;
        let znode = self.outstanding.look_up(tree, path)?;
        check_version(version, znode.stat.version)?;
        if znode.child_count > 0 {
            return Err(OpError::NotEmpty);
        }

        parent.child_count -= 1;
        parent.stat.pzxid = zxid;
        self.outstanding.add(zxid, parent_path.into(), Some(parent));
        self.outstanding.add(zxid, Arc::clone(path), None);
        Ok(TxnBody::Delete { path: Arc::clone(path) })
    }

    /// The leader's own request: neither session nor permission is looked at.
    /// Source: `pRequest2Txn`, case `deleteContainer`.
    pub(super) fn delete_container(
        &mut self,
        context: &Context,
        path: &PathText,
    ) -> Result<TxnBody, OpError> {
        let Context { tree, zxid, .. } = *context;
        let parent_path = deletable(path)?;
        let znode = self.outstanding.look_up(tree, path)?;
        if znode.child_count > 0 {
            return Err(OpError::NotEmpty);
        }
        if matches!(znode.stat.lifetime, Lifetime::Ephemeral(_)) {
            return Err(OpError::BadVersion);
        }
        let mut parent = self.outstanding.look_up(tree, parent_path)?;

        parent.child_count -= 1;
        parent.stat.pzxid = zxid;
        self.outstanding.add(zxid, parent_path.into(), Some(parent));
        self.outstanding.add(zxid, Arc::clone(path), None);
        Ok(TxnBody::DeleteContainer { path: Arc::clone(path) })
    }

    /// Source: `pRequest2Txn`, case `setData`.
    pub(super) fn set_data(
        &mut self,
        context: &Context,
        path: &PathText,
        data: &Option<Bytes>,
        version: i32,
    ) -> Result<TxnBody, OpError> {
        let Context { tree, identities, zxid, time, .. } = *context;
        validate_path(path).map_err(|_| OpError::BadArguments)?;
        let mut znode = self.outstanding.look_up(tree, path)?;
        acl::check(&znode.acl, perms::WRITE, identities)?;
        let data_bytes = bytes_of(data.as_ref());
        if self.enforce_quota {
            tree.check_quota(path, 0, i64::from(data_bytes) - i64::from(znode.data_bytes))?;
        }
        check_version(version, znode.stat.version)?;

        let version = next_version(znode.stat.version);
        znode.stat.version = version;
        znode.stat.mzxid = zxid;
        znode.stat.mtime = time;
        znode.data_bytes = data_bytes;
        self.outstanding.add(zxid, Arc::clone(path), Some(znode));
        Ok(TxnBody::SetData { path: Arc::clone(path), data: data.clone(), version })
    }

    /// Source: `pRequest2Txn`, case `setACL`.
    pub(super) fn set_acl(
        &mut self,
        context: &Context,
        path: &PathText,
        acl: &Arc<[Acl]>,
        version: i32,
    ) -> Result<TxnBody, OpError> {
        let Context { tree, identities, zxid, .. } = *context;
        validate_path(path).map_err(|_| OpError::BadArguments)?;
        let acl = acl::fix_up(acl, identities)?;
        let mut znode = self.outstanding.look_up(tree, path)?;
        acl::check(&znode.acl, perms::ADMIN, identities)?;
        check_version(version, znode.stat.aversion)?;

        let version = next_version(znode.stat.aversion);
        znode.stat.aversion = version;
        znode.acl = Arc::clone(&acl);
        self.outstanding.add(zxid, Arc::clone(path), Some(znode));
        Ok(TxnBody::SetAcl { path: Arc::clone(path), acl, version })
    }

    /// Source: `pRequest2Txn`, case `check`.
    pub(super) fn check(
        &self,
        context: &Context,
        path: &PathText,
        version: i32,
    ) -> Result<TxnBody, OpError> {
        validate_path(path).map_err(|_| OpError::BadArguments)?;
        let znode = self.outstanding.look_up(context.tree, path)?;
        acl::check(&znode.acl, perms::READ, context.identities)?;
        check_version(version, znode.stat.version)?;
        Ok(TxnBody::Check { path: Arc::clone(path), version: znode.stat.version })
    }
}

/// The path of the parent, if a znode of this path may be deleted at all.
fn deletable(path: &str) -> Result<&str, OpError> {
    let parent = parent_of(path).filter(|_| !path.contains('\0') && !is_special(path));
    parent.ok_or(OpError::BadArguments)
}

fn check_version(expected: i32, actual: i32) -> Result<(), OpError> {
    if expected == ANY_VERSION || expected == actual { Ok(()) } else { Err(OpError::BadVersion) }
}
