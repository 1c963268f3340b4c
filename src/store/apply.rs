//! A transaction meets the tree. No decision is left here: everything is in the transaction, so
//! every server does the same. Source: `DataTree.processTxn`; fact sheet §5.2.

use std::sync::Arc;

use super::tree::Removed;
use super::{DataTree, Lifetime, StoredStat, Znode};
use crate::api::{OpError, OpResult};
use crate::types::{Acl, Bytes, CreateTxn, PathText, SessionId, Txn, TxnBody, WallTime, Zxid};

/// What became of a transaction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Applied {
    /// What the client is told that asked for it.
    pub result: Result<OpResult, OpError>,
    /// Which znodes changed, in order.
    pub changes: Vec<Change>,
}

/// A change of one znode. That the parent's children changed goes without saying.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Change {
    /// Which znode.
    pub path: PathText,
    /// What happened to it.
    pub kind: ChangeKind,
    /// Its access control list: who may be told. Of a deleted znode, the last one.
    pub acl: Arc<[Acl]>,
    /// That of the parent, where its children changed: of a znode that came or went.
    pub parent_acl: Arc<[Acl]>,
}

/// What can happen to a znode.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ChangeKind {
    /// Its access control list was replaced.
    AclSet,
    /// It came into being.
    Created,
    /// Its data were replaced.
    DataSet,
    /// It is gone.
    Deleted,
}

impl Change {
    /// One that the parent does not hear of.
    fn alone(path: &PathText, kind: ChangeKind, acl: Arc<[Acl]>) -> Change {
        Change { path: Arc::clone(path), kind, parent_acl: Arc::clone(&acl), acl }
    }
}

/// The part of a transaction's header that its operations share.
#[derive(Clone, Copy)]
struct Header {
    zxid: Zxid,
    time: WallTime,
    session: SessionId,
}

impl DataTree {
    /// Applies a transaction. One that was applied before does no harm: it finds its effect there.
    pub fn apply(&mut self, txn: &Txn) -> Applied {
        let header = Header { zxid: txn.zxid, time: txn.time, session: txn.session };
        let mut changes = Vec::new();
        let result = self.apply_body(header, &txn.body, &mut changes);
        self.set_processed(txn.zxid);
        Applied { result, changes }
    }

    fn apply_body(
        &mut self,
        header: Header,
        body: &TxnBody,
        changes: &mut Vec<Change>,
    ) -> Result<OpResult, OpError> {
        match body {
            TxnBody::Check { .. } | TxnBody::CreateSession { .. } => Ok(OpResult::Done),
            TxnBody::CloseSession { ephemerals } => {
                self.apply_close(header, ephemerals, changes);
                Ok(OpResult::Done)
            }
            TxnBody::Create(create) => self.apply_create(header, create, changes),
            TxnBody::Delete { path } | TxnBody::DeleteContainer { path } => {
                self.apply_delete(header, path, changes)
            }
            TxnBody::Error { code } => match OpError::from_code(*code) {
                Some(error) => Err(error),
                None => Ok(OpResult::Done),
            },
            TxnBody::Multi(bodies) => self.apply_multi(header, bodies, changes),
            TxnBody::SetAcl { path, acl, version } => {
                self.apply_set_acl(path, acl, *version, changes)
            }
            TxnBody::SetData { path, data, version } => {
                self.apply_set_data(header, path, data, *version, changes)
            }
        }
    }

    fn apply_create(
        &mut self,
        header: Header,
        txn: &CreateTxn,
        changes: &mut Vec<Change>,
    ) -> Result<OpResult, OpError> {
        let lifetime = Lifetime::new(txn.kind, header.session);
        let stat = StoredStat::new(header.zxid, header.time, lifetime);
        let znode = Znode::new(txn.data.clone(), Arc::clone(&txn.acl), stat);
        let (path, acl, shown) = (Arc::clone(&txn.path), Arc::clone(&txn.acl), znode.stat());
        let parent_acl = self.create(&txn.path, znode, txn.parent_cversion)?;
        let kind = ChangeKind::Created;
        changes.push(Change { path: Arc::clone(&path), kind, acl, parent_acl });
        Ok(if txn.answers_stat {
            OpResult::Created2 { path, stat: shown }
        } else {
            OpResult::Created(path)
        })
    }

    fn apply_delete(
        &mut self,
        header: Header,
        path: &PathText,
        changes: &mut Vec<Change>,
    ) -> Result<OpResult, OpError> {
        let Removed { acl, parent_acl } = self.delete(path, header.zxid)?;
        let kind = ChangeKind::Deleted;
        changes.push(Change { path: Arc::clone(path), kind, acl, parent_acl });
        Ok(OpResult::Done)
    }

    fn apply_set_data(
        &mut self,
        header: Header,
        path: &PathText,
        data: &Option<Bytes>,
        version: i32,
        changes: &mut Vec<Change>,
    ) -> Result<OpResult, OpError> {
        let set = self.change(path, |znode| {
            let bytes_before = znode.data().map_or(0, |data| data.len());
            znode.set_data(data.clone());
            let stat = znode.stat_mut();
            stat.mzxid = header.zxid;
            stat.mtime = header.time;
            stat.version = version;
            (znode.stat(), bytes_before, Arc::clone(znode.acl()))
        });
        let (stat, bytes_before, acl) = set.ok_or(OpError::NoNode)?;
        self.quota_set(path, bytes_before, data.as_ref().map_or(0, |data| data.len()));
        changes.push(Change::alone(path, ChangeKind::DataSet, acl));
        Ok(OpResult::Stat(stat))
    }

    fn apply_set_acl(
        &mut self,
        path: &PathText,
        acl: &Arc<[Acl]>,
        version: i32,
        changes: &mut Vec<Change>,
    ) -> Result<OpResult, OpError> {
        let set = self.change(path, |znode| {
            znode.set_acl(Arc::clone(acl));
            znode.stat_mut().aversion = version;
            znode.stat()
        });
        let stat = set.ok_or(OpError::NoNode)?;
        changes.push(Change::alone(path, ChangeKind::AclSet, Arc::clone(acl)));
        Ok(OpResult::Stat(stat))
    }

    /// First what the transaction lists, in its order; then what the session owns all the same.
    /// Source: `DataTree.killSession`.
    fn apply_close(&mut self, header: Header, listed: &[PathText], changes: &mut Vec<Change>) {
        let listed = listed.iter().cloned();
        let owned: Vec<PathText> = self.ephemerals_of(header.session).cloned().collect();
        for path in listed.chain(owned) {
            // Gone already: a listed one that is owned as well, or a replay.
            let _ = self.apply_delete(header, &path, changes);
        }
    }

    /// All or nothing was decided when the transaction was prepared: a multi with an error in it
    /// has failed, and what stands before the error would have succeeded.
    fn apply_multi(
        &mut self,
        header: Header,
        bodies: &[TxnBody],
        changes: &mut Vec<Change>,
    ) -> Result<OpResult, OpError> {
        if bodies.iter().any(|body| matches!(body, TxnBody::Error { .. })) {
            return Ok(OpResult::MultiFailed(bodies.iter().map(error_of).collect()));
        }
        // A replay may find single operations done; the others must be done all the same.
        let results: Vec<_> =
            bodies.iter().map(|body| self.apply_body(header, body, changes)).collect();
        results.into_iter().collect::<Result<_, _>>().map(OpResult::Multi)
    }
}

fn error_of(body: &TxnBody) -> Option<OpError> {
    match body {
        TxnBody::Error { code } => OpError::from_code(*code),
        _ => None,
    }
}
