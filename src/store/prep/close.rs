//! The end of a session. Source: `pRequest2Txn`, case `closeSession`; fact sheet §7.4.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Context, Prep};
use crate::store::path::parent_of;
use crate::store::{DataTree, Lifetime};
use crate::types::{PathText, TxnBody, Zxid};

impl Prep {
    /// Lists the session's ephemeral znodes as they will be then, and marks it as closing.
    /// Source: `pRequest2Txn`, case `closeSession`; fact sheet §7.4.
    pub(super) fn close_session(&mut self, context: &mut Context) -> TxnBody {
        let Context { tree, session, zxid, .. } = *context;
        let mut paths: BTreeSet<PathText> = tree.ephemerals_of(session).cloned().collect();
        for (path, znode) in self.outstanding.records() {
            match znode {
                None => {
                    paths.remove(path);
                }
                Some(znode) if znode.stat.lifetime == Lifetime::Ephemeral(session) => {
                    paths.insert(Arc::clone(path));
                }
                Some(_) => {}
            }
        }
        for path in &paths {
            self.bury(tree, zxid, path);
        }
        context.sessions.set_closing(session);
        TxnBody::CloseSession { ephemerals: paths.into_iter().collect() }
    }

    /// The parent keeps its count of children until the transaction is applied, so that deleting it
    /// meanwhile fails with NotEmpty: a quirk of ZooKeeper (fact sheet §5.1).
    fn bury(&mut self, tree: &DataTree, zxid: Zxid, path: &PathText) {
        let parent_path = parent_of(path).expect("an ephemeral znode has a parent");
        let parent = self.outstanding.look_up(tree, parent_path);
        let mut parent = parent.expect("the parent of a znode that is there is there");
        parent.stat.pzxid = zxid;
        self.outstanding.add(zxid, parent_path.into(), Some(parent));
        self.outstanding.add(zxid, Arc::clone(path), None);
    }
}
