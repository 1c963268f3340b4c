//! From request to transaction: the leader's first step, where everything is decided.
//!
//! [`Prep::prepare`] looks at a request against the tree and all that is prepared and not applied
//! yet, and makes the transaction: a complete one, or one that carries an error. What each
//! operation tests, and in which order, stands in `create`, `change` and `close`.
//! Source: `PrepRequestProcessor`; fact sheet §§4 and 5.

mod change;
mod close;
mod create;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::outstanding::Outstanding;
use super::{DataTree, SessionTracker, StoreConfig};
use crate::api::{Op, OpClass, OpError, OpName};
use crate::types::{Identity, PathText, ServerId, SessionId, Span, Txn, TxnBody, WallTime, Zxid};

/// A request that becomes a transaction, as it reaches the leader. Source: `Request`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Request {
    /// Whose.
    pub session: SessionId,
    /// Its number within the session.
    pub cxid: i32,
    /// The server that got it from the client.
    pub owner: ServerId,
    /// What the client has proved to be. Source: `Request.authInfo`.
    pub identities: Arc<[Identity]>,
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
    /// The leader itself deletes what nobody needs any more.
    DeleteContainer {
        /// An empty container, or a znode that has outlived its time.
        path: PathText,
    },
    /// What a client asks. (The leader itself asks for [`Op::CloseSession`] where one expired.)
    Op(Op),
}

/// The leader's preparation of transactions, with the changes that are prepared and not applied.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Prep {
    outstanding: Outstanding,
    extended_types_enabled: bool,
    enforce_quota: bool,
}

/// What every check may look at, and the header's part of what it makes.
struct Context<'a> {
    tree: &'a DataTree,
    sessions: &'a mut SessionTracker,
    identities: &'a [Identity],
    session: SessionId,
    owner: ServerId,
    zxid: Zxid,
    time: WallTime,
}

impl Context<'_> {
    fn check_session(&mut self) -> Result<(), OpError> {
        self.sessions.check(self.session, self.owner)
    }
}

impl Prep {
    /// Nothing is outstanding.
    pub fn new(config: &StoreConfig) -> Prep {
        Prep {
            outstanding: Outstanding::default(),
            extended_types_enabled: config.extended_types_enabled,
            enforce_quota: config.enforce_quota,
        }
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
        let Request { session, cxid, owner, ref identities, ref action } = *request;
        let mut context = Context { tree, sessions, identities, session, owner, zxid, time };
        let body = match action {
            Action::CreateSession { timeout } => {
                context.sessions.add(session, *timeout, owner, time);
                TxnBody::CreateSession { timeout: *timeout }
            }
            Action::DeleteContainer { path } => {
                self.delete_container(&context, path).unwrap_or_else(error)
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
            Op::Create { path, data, acl, mode, call } => {
                self.create(context, (path, data, acl), (*mode, *call)).unwrap_or_else(error)
            }
            _ => self.single(context, op).unwrap_or_else(error),
        }
    }

    /// An operation other than a create.
    fn single(&mut self, context: &mut Context, op: &Op) -> Result<TxnBody, OpError> {
        if *op == Op::Reconfig {
            return Err(OpError::ReconfigDisabled);
        }
        context.check_session()?;
        match op {
            Op::Check { path, version } => self.check(context, path, *version),
            Op::Delete { path, version } => self.delete(context, path, *version),
            Op::NullPath(name) => Err(null_path(*name)),
            Op::SetAcl { path, acl, version } => self.set_acl(context, path, acl, *version),
            Op::SetData { path, data, version } => self.set_data(context, path, data, *version),
            _ => Err(OpError::MarshallingError),
        }
    }

    /// Operation after operation, each seeing those before; at the first failure everything is as
    /// it was. What was prepared before it stays in the transaction, and is not carried out: so it
    /// is recorded. Source: `pRequest`, case `multi`; fact sheet §5.3.
    fn multi(&mut self, context: &mut Context, ops: &[Op]) -> TxnBody {
        if !ops.iter().all(may_stand_in_multi) {
            return error(OpError::MarshallingError);
        }
        let before = self.outstanding.clone();
        let mut bodies = Vec::with_capacity(ops.len());
        for op in ops {
            match self.in_multi(context, op) {
                Ok(body) => bodies.push(body),
                Err(failure) => {
                    self.outstanding = before;
                    bodies.push(error(failure));
                    bodies.resize(ops.len(), error(OpError::RuntimeInconsistency));
                    break;
                }
            }
        }
        TxnBody::Multi(bodies.into())
    }

    fn in_multi(&mut self, context: &mut Context, op: &Op) -> Result<TxnBody, OpError> {
        match op {
            Op::Create { path, data, acl, mode, call } => {
                self.create_in_multi(context, (path, data, acl), (*mode, *call))
            }
            _ => self.single(context, op),
        }
    }
}

fn may_stand_in_multi(op: &Op) -> bool {
    matches!(
        OpName::from(op),
        OpName::Check
            | OpName::Create
            | OpName::Create2
            | OpName::CreateContainer
            | OpName::CreateTtl
            | OpName::Delete
            | OpName::SetData
    )
}

/// Source: fact sheet §1, "null path".
fn null_path(name: OpName) -> OpError {
    match name {
        OpName::Check | OpName::SetAcl | OpName::SetData => OpError::BadArguments,
        _ => OpError::MarshallingError,
    }
}

fn error(error: OpError) -> TxnBody {
    TxnBody::Error { code: error.code() }
}
