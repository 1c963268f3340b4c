//! The known exceptions to G1: where ZooKeeper's leader prepares a write against something else
//! than the tree as it will be then. Each is allowed by name, and only where it can occur: for what
//! was prepared before the leader had applied its cause.

use imbl::{OrdMap, Vector};

use super::Commit;
use crate::api::{Op, OpError};
use crate::sim::World;
use crate::types::{Epoch, PathText, ServerId, TxnBody, Zxid};

/// What may lead to an exception now.
///
/// - *ChildCountAfterClose*: the end of a session buries its ephemeral znodes, but leaves their
///   parents' counts of children as they are until it is applied; deleting such a parent meanwhile
///   fails with NotEmpty (fact sheet on the store, §5.1).
/// - *StaleRootAcl*: a setACL of `/` is recorded under another name of the root than the one that a
///   create or delete directly under it looks up, which so goes by the list before (§1).
///
/// - *QuotaAgainstAppliedState*: where `enforceQuota` is on (it is off by default), a hard quota is
///   tested against the statistics of the applied tree, whatever is outstanding (§4.1, §9).
#[derive(Clone, Debug, Default)]
pub(super) struct Quirks {
    /// By the parent whose count is late: the transaction that ended the session.
    closed_below: OrdMap<PathText, Zxid>,
    /// The last setACL of the root.
    root_acl: Option<Zxid>,
    /// Causes that their leader has not applied yet.
    waiting: Vector<Zxid>,
    /// Of the others, the last transaction that was prepared before.
    until: OrdMap<Zxid, Zxid>,
}

impl Quirks {
    /// A transaction may be a cause.
    pub fn committed(&mut self, commit: &Commit) {
        let zxid = commit.txn.zxid;
        match &commit.txn.body {
            TxnBody::CloseSession { ephemerals } if !ephemerals.is_empty() => {
                for path in ephemerals.iter() {
                    let parent = path.rfind('/').map_or("", |end| &path[..end]);
                    self.closed_below.insert(parent.into(), zxid);
                }
                self.waiting.push_back(zxid);
            }
            TxnBody::SetAcl { path, .. } if &**path == "/" => {
                self.root_acl = Some(zxid);
                self.waiting.push_back(zxid);
            }
            _ => (),
        }
    }

    /// Once the leader has a cause in its tree, what it prepares from then on sees it.
    pub fn applied(&mut self, server: ServerId, zxid: Zxid, world: &World) {
        if self.waiting.is_empty() || !self.waiting.contains(&zxid) {
            return;
        }
        let process = world.ensemble().server(server).and_then(|found| found.process());
        if let Some(proposed) = process.and_then(|process| process.peer().last_proposed()) {
            self.waiting.retain(|&cause| cause != zxid);
            self.until.insert(zxid, proposed);
        }
    }

    /// A new leader has applied what it begins with.
    pub fn established(&mut self, epoch: Epoch) {
        for cause in std::mem::take(&mut self.waiting) {
            self.until.insert(cause, Zxid::start_of(epoch));
        }
    }

    /// Whether the transaction was prepared behind the cause, and before that was applied.
    fn reaches(&self, cause: Zxid, zxid: Zxid) -> bool {
        cause < zxid && self.until.get(&cause).is_none_or(|&until| zxid <= until)
    }

    /// Whether the transaction may differ from what is expected.
    pub fn allow(&self, commit: &Commit, expected: &TxnBody) -> bool {
        let Some((_, operation)) = commit.asker else { return false };
        let ops = match &operation.op {
            Op::Multi(ops) => ops,
            single => std::slice::from_ref(single),
        };
        let fails = |body: &TxnBody, error: OpError| has_error(body, error);
        let (found, zxid) = (&commit.txn.body, commit.txn.zxid);
        if fails(found, OpError::QuotaExceeded) != fails(expected, OpError::QuotaExceeded) {
            return true;
        }
        let not_empty = fails(found, OpError::NotEmpty);
        let no_auth = fails(found, OpError::NoAuth) != fails(expected, OpError::NoAuth);
        ops.iter().any(|op| match op {
            Op::Delete { path, .. } if not_empty && self.is_late_below(path, commit) => true,
            Op::Create { path, .. } | Op::Delete { path, .. } => {
                let late = self.root_acl.is_some_and(|cause| self.reaches(cause, zxid));
                no_auth && late && path.rfind('/') == Some(0)
            }
            _ => false,
        })
    }

    fn is_late_below(&self, path: &str, commit: &Commit) -> bool {
        let cause = self.closed_below.get(path);
        cause.is_some_and(|&cause| self.reaches(cause, commit.txn.zxid))
    }
}

fn has_error(body: &TxnBody, error: OpError) -> bool {
    match body {
        TxnBody::Error { code } => *code == error.code(),
        TxnBody::Multi(bodies) => bodies.iter().any(|body| has_error(body, error)),
        _ => false,
    }
}
