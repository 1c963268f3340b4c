//! Transactions that were there before the recording begins: as it shows them later, or made up
//! where it never does.

use std::sync::Arc;

use imbl::Vector;

use super::names::Names;
use super::prelude::CALENDAR_START;
use super::said::Done;
use crate::api::{ANY_VERSION, CreateMode, Op};
use crate::types::{Acl, CreateTxn, NodeKind, ServerId, SessionId, Span, Txn, TxnBody, Zxid};

/// A log that ends at `last`: what nothing shows is a request that failed.
pub(super) fn extended(mut log: Vector<Arc<Txn>>, last: Zxid) -> Vector<Arc<Txn>> {
    let end = log.last().map_or(Zxid::ZERO, |txn| txn.zxid);
    let first = if end.epoch == last.epoch { end.counter + 1 } else { 1 };
    for counter in first..=last.counter {
        let zxid = Zxid { epoch: last.epoch, counter };
        log.push_back(Arc::new(filler(zxid, TxnBody::Error { code: NODE_EXISTS })));
    }
    log
}

const NODE_EXISTS: i32 = -110;

fn filler(zxid: Zxid, body: TxnBody) -> Txn {
    Txn { zxid, session: UNKNOWN_SESSION, cxid: 0, time: CALENDAR_START, body }
}

/// Whoever wrote what nothing shows.
const UNKNOWN_SESSION: SessionId = SessionId(1);

/// How far a made history is with its creates under the root.
pub(super) struct Made {
    pub creates_left: u32,
    pub creates: u32,
}

impl Made {
    pub fn txn(
        &mut self,
        zxid: Zxid,
        known: Option<&Done>,
        is_first: bool,
        names: &mut Names,
    ) -> Txn {
        if let Some(done) = known
            && let Some(body) = done.body.to_txn_body()
        {
            if let TxnBody::Create(create) = &body
                && is_under_root(&create.path)
            {
                self.creates_left = self.creates_left.saturating_sub(1);
                self.creates += 1;
            }
            let session = session_named(&done.session, names);
            return Txn { zxid, session, cxid: done.cxid, time: CALENDAR_START, body };
        }
        if is_first {
            return filler(zxid, TxnBody::CreateSession { timeout: Span::millis(30_000) });
        }
        if self.creates_left == 0 {
            return filler(zxid, TxnBody::Error { code: NODE_EXISTS });
        }
        self.creates_left -= 1;
        self.creates += 1;
        let create = CreateTxn {
            path: format!("/before-{}-{}", zxid.epoch, zxid.counter).into(),
            data: None,
            acl: Acl::open_unsafe(),
            kind: NodeKind::Persistent,
            parent_cversion: i32::try_from(self.creates).unwrap_or(i32::MAX),
            answers_stat: false,
        };
        filler(zxid, TxnBody::Create(create))
    }
}

/// The server that made a session of that name.
pub(super) fn server_of(session: &str) -> Option<ServerId> {
    let (server, _) = session.strip_prefix('n')?.split_once('#')?;
    server.parse().ok().map(ServerId)
}

/// The session of that name; `n2#3` is made as the third one of server 2.
fn session_named(name: &str, names: &mut Names) -> SessionId {
    if let Some(session) = names.session(name) {
        return session;
    }
    let numbers = name.strip_prefix('n').and_then(|rest| {
        let (server, place) = rest.split_once('#')?;
        Some((server.parse::<u8>().ok()?, place.parse::<u16>().ok()?))
    });
    let Some((server, place)) = numbers else { return UNKNOWN_SESSION };
    let session = SessionId((i64::from(server) << 56) | i64::from(place));
    names.bind(name, session);
    session
}

/// The request that makes such a transaction, where a client without a past can make it.
pub(super) fn op_of(done: &Done) -> Option<Op> {
    let path = done.body.path.as_deref();
    let data = || "x".repeat(done.body.data_bytes.unwrap_or(0) as usize);
    Some(match done.body.op.as_str() {
        "create" => {
            let ephemeral = done.body.ephemeral == Some(true);
            let mode = if ephemeral { CreateMode::Ephemeral } else { CreateMode::Persistent };
            Op::create(path?, &data(), mode)
        }
        "delete" => Op::Delete { path: path?.into(), version: ANY_VERSION },
        "setData" => Op::set(path?, &data()),
        _ => return None,
    })
}

/// Whether a znode of that path is a child of the root.
pub(super) fn is_under_root(path: &str) -> bool {
    path.strip_prefix('/').is_some_and(|name| !name.is_empty() && !name.contains('/'))
}
