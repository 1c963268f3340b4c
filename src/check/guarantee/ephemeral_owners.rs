//! G12 *EphemeralOwners*: every ephemeral znode belongs to a session that is alive at that zxid.
//!
//! Looked at where it can change: a session that creates one is alive, one that ends leaves none
//! behind. And where it shows: no answer has the znode of a session that was over by then.

use imbl::OrdMap;

use super::atomicity::stat_of;
use super::{Answer, ClientFact, Commit, Point};
use crate::check::moment::Moment;
use crate::check::{PropertyName, Witness};
use crate::types::{NodeKind, SessionId, TxnBody};

const NAME: PropertyName = PropertyName::EphemeralOwners;

#[derive(Clone, Debug, Default)]
pub(super) struct EphemeralOwners {
    /// The sessions that are over, and since when.
    ended: OrdMap<SessionId, Point>,
}

impl EphemeralOwners {
    pub fn committed(&mut self, commit: &Commit, moment: &mut Moment<'_>) {
        let session = commit.txn.session;
        let holds = match &commit.txn.body {
            TxnBody::CloseSession { .. } => {
                self.ended.insert(session, commit.point);
                commit.after.tree.ephemerals_of(session).next().is_none()
            }
            TxnBody::CreateSession { .. } => {
                self.ended.remove(&session);
                return;
            }
            body if makes_ephemeral(body) => commit.after.sessions.contains_key(&session),
            _ => return,
        };
        let point = commit.point;
        moment.judge(NAME, holds, |_| {
            let ended = self.ended.get(&session).copied().unwrap_or(point);
            let earlier = over(ended, session);
            (Some(earlier), ClientFact::EphemeralOf { zxid: point.zxid, session }.into())
        });
    }

    pub fn told(&self, answer: &Answer, moment: &mut Moment<'_>) {
        let Some(stat) = stat_of(answer.result) else { return };
        let session = stat.ephemeral_owner;
        if session == SessionId::NONE {
            return;
        }
        let zxid = answer.zxid;
        let ended = self.ended.get(&session).filter(|ended| ended.zxid <= zxid);
        moment.judge(NAME, ended.is_none(), |_| {
            let earlier = ended.map(|&ended| over(ended, session));
            (earlier, ClientFact::EphemeralOf { zxid, session }.into())
        });
    }
}

fn over(point: Point, session: SessionId) -> Witness {
    let fact = ClientFact::SessionOver { zxid: point.zxid, session };
    Witness { event: point.event, fact: fact.into() }
}

fn makes_ephemeral(body: &TxnBody) -> bool {
    match body {
        TxnBody::Create(create) => create.kind == NodeKind::Ephemeral,
        TxnBody::Multi(bodies) => !body.has_failed() && bodies.iter().any(makes_ephemeral),
        _ => false,
    }
}
