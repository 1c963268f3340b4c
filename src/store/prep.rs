//! From request to transaction: the leader's first step, where everything is decided.
//! Source: `PrepRequestProcessor`; fact sheet §§4 and 5.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::outstanding::{Outstanding, Speculative};
use super::path::{is_special, parent_of, validate_path};
use super::stat::next_version;
use super::{DataTree, Lifetime, SessionTracker, StoredStat, acl};
use crate::api::{ANY_VERSION, CreateMode, Op, OpClass, OpError};
use crate::types::{
    Acl, Bytes, CreateTxn, NodeKind, PathText, ServerId, SessionId, Span, Txn, TxnBody, WallTime,
    Zxid, perms,
};

/// A request that becomes a transaction, as it reaches the leader. Source: `Request`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Request {
    /// Whose.
    pub session: SessionId,
    /// Its number within the session.
    pub cxid: i32,
    /// The server that got it from the client.
    pub owner: ServerId,
    /// What to do.
    pub action: Action,
}

/// What a request wants done.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Action {
    /// Begin the session, which its server has numbered.
    CreateSession {
        /// The timeout that was negotiated.
        timeout: Span,
    },
    /// What a client asks. (The leader itself asks for [`Op::CloseSession`] where one expired.)
    Op(Op),
}

/// The leader's preparation of transactions, with the changes that are prepared and not applied.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Prep {
    outstanding: Outstanding,
}

/// What every check may look at, and the header's part of what it makes.
struct Context<'a> {
    tree: &'a DataTree,
    sessions: &'a mut SessionTracker,
    session: SessionId,
    owner: ServerId,
    zxid: Zxid,
    time: WallTime,
}

impl Prep {
    /// Nothing is outstanding.
    pub fn new() -> Prep {
        Prep::default()
    }

    /// Makes the transaction for a request. A request that fails becomes one too, with an
    /// [`Error`](TxnBody::Error) in it: it takes its place in the order all the same (§4.4).
    ///
    /// `zxid` must be higher than any before, `time` is the leader's clock. A createSession adds
    /// the session to `sessions`, a closeSession marks it there as closing.
    ///
    /// # Panics
    /// If the request is no write.
    pub fn prepare(
        &mut self,
        tree: &DataTree,
        sessions: &mut SessionTracker,
        request: &Request,
        zxid: Zxid,
        time: WallTime,
    ) -> Txn {
        let Request { session, cxid, owner, ref action } = *request;
        let mut context = Context { tree, sessions, session, owner, zxid, time };
        let body = match action {
            Action::CreateSession { timeout } => {
                context.sessions.add(session, *timeout, owner, time);
                TxnBody::CreateSession { timeout: *timeout }
            }
            Action::Op(op) => self.body_of(&mut context, op),
        };
        Txn { zxid, session, cxid, time, body }
    }

    /// The transaction is in the tree: its changes are outstanding no longer.
    pub fn applied(&mut self, zxid: Zxid) {
        self.outstanding.applied(zxid);
    }

    /// How many changes of single znodes are outstanding.
    pub fn outstanding_count(&self) -> u32 {
        self.outstanding.len()
    }

    fn body_of(&mut self, context: &mut Context, op: &Op) -> TxnBody {
        assert_eq!(op.class(), OpClass::Write, "{} makes no transaction", op.name());
        match op {
            Op::CloseSession => self.close_session(context),
            Op::Multi(ops) => self.multi(context, ops),
            _ => self.single(context, op).unwrap_or_else(error),
        }
    }

    /// An operation that may stand in a multi.
    fn single(&mut self, context: &mut Context, op: &Op) -> Result<TxnBody, OpError> {
        context.sessions.check(context.session, context.owner)?;
        match op {
            Op::Check { path, version } => self.check(context, path, *version),
            Op::Create { path, data, acl, mode } => self.create(context, path, data, acl, *mode),
            Op::Delete { path, version } => self.delete(context, path, *version),
            Op::SetData { path, data, version } => self.set_data(context, path, data, *version),
            _ => Err(OpError::MarshallingError),
        }
    }

    /// Source: `pRequest2TxnCreate`; fact sheet §4.1.
    fn create(
        &mut self,
        context: &Context,
        path: &PathText,
        data: &Option<Bytes>,
        acl: &Arc<[Acl]>,
        mode: CreateMode,
    ) -> Result<TxnBody, OpError> {
        let Context { tree, zxid, time, session, .. } = *context;
        let parent_path = parent_of(path).filter(|_| !path.contains('\0'));
        let parent_path = parent_path.ok_or(OpError::BadArguments)?;
        let acl = acl::fix_up(acl)?;
        let mut parent = self.outstanding.look_up(tree, parent_path)?;
        acl::check(&parent.acl, perms::CREATE)?;
        let number = parent.stat.children_created;
        let path: PathText =
            if mode.is_sequential() { format!("{path}{number:010}").into() } else { path.clone() };
        validate_path(&path).map_err(|_| OpError::BadArguments)?;
        if self.outstanding.look_up(tree, &path).is_ok() {
            return Err(OpError::NodeExists);
        }
        if matches!(parent.stat.lifetime, Lifetime::Ephemeral(_)) {
            return Err(OpError::NoChildrenForEphemerals);
        }

        let kind = if mode.is_ephemeral() { NodeKind::Ephemeral } else { NodeKind::Persistent };
        let stat = StoredStat::new(zxid, time, Lifetime::new(kind, session));
        let created = Speculative { stat, child_count: 0, acl: Arc::clone(&acl) };
        let parent_cversion = number.wrapping_add(1);
        parent.child_count += 1;
        parent.stat.children_created = parent_cversion;
        parent.stat.pzxid = zxid;
        self.outstanding.add(zxid, parent_path.into(), Some(parent));
        self.outstanding.add(zxid, Arc::clone(&path), Some(created));
        Ok(TxnBody::Create(CreateTxn { path, data: data.clone(), acl, kind, parent_cversion }))
    }

    /// Source: `pRequest2Txn`, case `delete`; fact sheet §4.2.
    fn delete(
        &mut self,
        context: &Context,
        path: &PathText,
        version: i32,
    ) -> Result<TxnBody, OpError> {
        let Context { tree, zxid, .. } = *context;
        let parent_path = parent_of(path).filter(|_| !path.contains('\0') && !is_special(path));
        let parent_path = parent_path.ok_or(OpError::BadArguments)?;
        let mut parent = self.outstanding.look_up(tree, parent_path)?;
        acl::check(&parent.acl, perms::DELETE)?;
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

    /// Source: `pRequest2Txn`, case `setData`; fact sheet §4.2.
    fn set_data(
        &mut self,
        context: &Context,
        path: &PathText,
        data: &Option<Bytes>,
        version: i32,
    ) -> Result<TxnBody, OpError> {
        let Context { tree, zxid, time, .. } = *context;
        validate_path(path).map_err(|_| OpError::BadArguments)?;
        let mut znode = self.outstanding.look_up(tree, path)?;
        acl::check(&znode.acl, perms::WRITE)?;
        check_version(version, znode.stat.version)?;

        let version = next_version(znode.stat.version);
        znode.stat.version = version;
        znode.stat.mzxid = zxid;
        znode.stat.mtime = time;
        self.outstanding.add(zxid, Arc::clone(path), Some(znode));
        Ok(TxnBody::SetData { path: Arc::clone(path), data: data.clone(), version })
    }

    /// Source: `pRequest2Txn`, case `check`; fact sheet §4.2.
    fn check(&self, context: &Context, path: &PathText, version: i32) -> Result<TxnBody, OpError> {
        validate_path(path).map_err(|_| OpError::BadArguments)?;
        let znode = self.outstanding.look_up(context.tree, path)?;
        acl::check(&znode.acl, perms::READ)?;
        check_version(version, znode.stat.version)?;
        Ok(TxnBody::Check { path: Arc::clone(path), version: znode.stat.version })
    }

    /// Operation after operation, each seeing those before; at the first failure everything is as
    /// it was. Source: `pRequest`, case `multi`; fact sheet §5.3.
    fn multi(&mut self, context: &mut Context, ops: &[Op]) -> TxnBody {
        if !ops.iter().all(may_stand_in_multi) {
            return error(OpError::MarshallingError);
        }
        let before = self.outstanding.clone();
        let prepared: Result<Vec<_>, _> = (0..)
            .zip(ops)
            .map(|(index, op)| self.single(context, op).map_err(|error| (index, error)))
            .collect();
        match prepared {
            Ok(bodies) => TxnBody::Multi(bodies.into()),
            Err((failed, error)) => {
                self.outstanding = before;
                TxnBody::Multi((0..ops.len()).map(|at| error_at(at, failed, error)).collect())
            }
        }
    }

    /// Lists the session's ephemeral znodes as they will be then, and marks it as closing.
    /// Source: `pRequest2Txn`, case `closeSession`; fact sheet §7.4.
    fn close_session(&mut self, context: &mut Context) -> TxnBody {
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

fn may_stand_in_multi(op: &Op) -> bool {
    matches!(op, Op::Check { .. } | Op::Create { .. } | Op::Delete { .. } | Op::SetData { .. })
}

fn check_version(expected: i32, actual: i32) -> Result<(), OpError> {
    if expected == ANY_VERSION || expected == actual { Ok(()) } else { Err(OpError::BadVersion) }
}

fn error(error: OpError) -> TxnBody {
    TxnBody::Error { code: error.code() }
}

/// What stands at `at` in a multi whose operation `failed` did.
fn error_at(at: usize, failed: usize, failure: OpError) -> TxnBody {
    match at.cmp(&failed) {
        std::cmp::Ordering::Less => TxnBody::Error { code: 0 },
        std::cmp::Ordering::Equal => error(failure),
        std::cmp::Ordering::Greater => error(OpError::RuntimeInconsistency),
    }
}
