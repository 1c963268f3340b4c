//! The four requests that create a znode. Source: `pRequest2TxnCreate`; fact sheet §§3.2, 4.1, 5.3.

use std::sync::Arc;

use super::{Context, Prep};
use crate::api::{CreateCall, CreateMode, OpError};
use crate::store::outstanding::{Speculative, bytes_of};
use crate::store::path::{parent_of, validate_path};
use crate::store::{Lifetime, StoredStat, acl};
use crate::types::{Acl, Bytes, CreateTxn, NodeKind, PathText, Span, TxnBody, perms};

/// The longest time to live: what 40 bits hold. Source: `EphemeralType.TTL`.
const TTL_MS_MAX: i64 = (1 << 40) - 1;

/// Path, data and access control list of the znode to be.
type Wanted<'a> = (&'a PathText, &'a Option<Bytes>, &'a Arc<[Acl]>);

impl Prep {
    /// A create by itself: which request it is decides.
    pub(super) fn create(
        &mut self,
        context: &mut Context,
        wanted: Wanted,
        (mode, call): (CreateMode, CreateCall),
    ) -> Result<TxnBody, OpError> {
        self.check_mode(mode, call)?;
        let kind = match call {
            CreateCall::Container => NodeKind::Container,
            CreateCall::Ttl { ttl_ms } => NodeKind::Ttl(ttl_span(ttl_ms)?),
            CreateCall::Create | CreateCall::Create2 => plain_kind(mode),
        };
        self.create_as(context, wanted, (kind, mode.is_sequential()), call.answers_stat())
    }

    /// A create in a multi. Recorded from 3.8.0 (`multiCreateKind`, fact sheet §13): the request
    /// says nothing there, the flags decide.
    pub(super) fn create_in_multi(
        &mut self,
        context: &mut Context,
        wanted: Wanted,
        (mode, call): (CreateMode, CreateCall),
    ) -> Result<TxnBody, OpError> {
        let call = if mode.has_ttl() { call } else { CreateCall::Create };
        self.check_mode(mode, call)?;
        let kind = match (mode, call) {
            (CreateMode::Container, _) => NodeKind::Container,
            (_, CreateCall::Ttl { ttl_ms }) => NodeKind::Ttl(ttl_span(ttl_ms)?),
            _ => plain_kind(mode),
        };
        let answers_stat = matches!(kind, NodeKind::Container | NodeKind::Ttl(_));
        self.create_as(context, wanted, (kind, mode.is_sequential()), answers_stat)
    }

    /// Rows 1 to 3. Source: `validateCreateRequest`.
    ///
    /// A createTTL without a TTL flag but with a negative time passes in ZooKeeper and breaks the
    /// server that applies it; here it is refused as one with any other time is.
    fn check_mode(&self, mode: CreateMode, call: CreateCall) -> Result<(), OpError> {
        if matches!(mode, CreateMode::Unknown(_)) {
            return Err(OpError::BadArguments);
        }
        if mode.has_ttl() && !self.extended_types_enabled {
            return Err(OpError::Unimplemented);
        }
        match call {
            CreateCall::Ttl { ttl_ms } if mode.has_ttl() => ttl_span(ttl_ms).map(|_| ()),
            CreateCall::Ttl { .. } => Err(OpError::BadArguments),
            _ if mode.has_ttl() => Err(OpError::BadArguments),
            _ => Ok(()),
        }
    }

    /// Rows 4 to 12.
    fn create_as(
        &mut self,
        context: &mut Context,
        (path, data, acl): Wanted,
        (kind, is_sequential): (NodeKind, bool),
        answers_stat: bool,
    ) -> Result<TxnBody, OpError> {
        context.check_session()?;
        let Context { tree, identities, zxid, time, session, .. } = *context;
        let parent_path = parent_of(path).filter(|_| !path.contains('\0'));
        let parent_path = parent_path.ok_or(OpError::BadArguments)?;
        let acl = acl::fix_up(acl, identities)?;
        let mut parent = self.outstanding.look_up(tree, parent_path)?;
        acl::check(&parent.acl, perms::CREATE, identities)?;
        let number = parent.stat.children_created;
        let path: PathText =
            if is_sequential { format!("{path}{number:010}").into() } else { path.clone() };
        validate_path(&path).map_err(|_| OpError::BadArguments)?;
        if self.outstanding.look_up(tree, &path).is_ok() {
            return Err(OpError::NodeExists);
        }
        if matches!(parent.stat.lifetime, Lifetime::Ephemeral(_)) {
            return Err(OpError::NoChildrenForEphemerals);
        }
        let data_bytes = bytes_of(data.as_ref());
        if self.enforce_quota {
            tree.check_quota(&path, 1, data_bytes.into())?;
        }

        let stat = StoredStat::new(zxid, time, Lifetime::new(kind, session));
        let created = Speculative { stat, child_count: 0, acl: Arc::clone(&acl), data_bytes };
        let parent_cversion = number.wrapping_add(1);
        parent.child_count += 1;
        parent.stat.children_created = parent_cversion;
        parent.stat.pzxid = zxid;
        self.outstanding.add(zxid, parent_path.into(), Some(parent));
        self.outstanding.add(zxid, Arc::clone(&path), Some(created));
        let data = data.clone();
        Ok(TxnBody::Create(CreateTxn { path, data, acl, kind, parent_cversion, answers_stat }))
    }
}

fn plain_kind(mode: CreateMode) -> NodeKind {
    if mode.is_ephemeral() { NodeKind::Ephemeral } else { NodeKind::Persistent }
}

fn ttl_span(ttl_ms: i64) -> Result<Span, OpError> {
    let is_legal = (1..=TTL_MS_MAX).contains(&ttl_ms);
    is_legal.then(|| Span::millis(ttl_ms.unsigned_abs())).ok_or(OpError::BadArguments)
}
