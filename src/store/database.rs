//! What a server has in memory and a snapshot on disk. Source: `ZKDatabase`.

use imbl::OrdMap;

use super::{Applied, DataTree};
use crate::types::{SessionId, Span, Txn, TxnBody, Zxid};

/// Tree and sessions of one server. Its clone is a snapshot.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Database {
    /// The znodes.
    pub tree: DataTree,
    /// Every session with its timeout. They begin and end by transactions, so every server has the
    /// same ones and each could take over as leader.
    pub sessions: OrdMap<SessionId, Span>,
}

impl Database {
    /// The database of a server that was never written to.
    pub fn new() -> Database {
        Database::default()
    }

    /// Applies a committed transaction to tree and sessions.
    pub fn apply(&mut self, txn: &Txn) -> Applied {
        match txn.body {
            TxnBody::CreateSession { timeout } => {
                self.sessions.insert(txn.session, timeout);
            }
            TxnBody::CloseSession { .. } => {
                self.sessions.remove(&txn.session);
            }
            TxnBody::Check { .. }
            | TxnBody::Create(_)
            | TxnBody::Delete { .. }
            | TxnBody::DeleteContainer { .. }
            | TxnBody::Error { .. }
            | TxnBody::Multi(_)
            | TxnBody::SetAcl { .. }
            | TxnBody::SetData { .. } => {}
        }
        self.tree.apply(txn)
    }

    /// What is in the tree reaches up to `zxid`, though no transaction says so: a leader begins its
    /// epoch, or a truncated log ends before the zxid that it was cut behind.
    /// Source: `ZKDatabase.setlastProcessedZxid`.
    pub fn raise_processed(&mut self, zxid: Zxid) {
        self.tree.set_processed(zxid);
    }

    /// The zxid of the last transaction that was applied.
    pub fn last_processed(&self) -> Zxid {
        self.tree.last_processed()
    }
}
