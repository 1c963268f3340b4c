//! G2 *FifoClientOrder*: the writes of a session are ordered as they were sent, and each answered
//! operation takes effect no earlier than the one answered before it; pipelined ones too.
//!
//! Two kinds of operation have no place in that order. One whose outcome is unknown was on a
//! connection that broke: what the client asks on its next one may be read from a tree that lacks
//! it, and ZooKeeper promises nothing else. One that was refused for its session's sake (the
//! session has moved on to another server, or is over) came too late through the old server; it
//! changes nothing, whatever its place.

use imbl::OrdMap;

use super::{Answer, ClientFact, Commit, Point, is_refused_for_session};
use crate::api::OpClass;
use crate::check::moment::Moment;
use crate::check::{PropertyName, Witness};
use crate::types::{ClientId, SessionId};

const NAME: PropertyName = PropertyName::FifoClientOrder;

#[derive(Clone, Debug, Default)]
pub(super) struct FifoClientOrder {
    /// The last write of each session.
    last: OrdMap<SessionId, Ordered>,
}

#[derive(Clone, Copy, Debug)]
struct Ordered {
    client: ClientId,
    xid: i32,
    point: Point,
}

impl FifoClientOrder {
    pub fn committed(&mut self, commit: &Commit, moment: &mut Moment<'_>) {
        let Some((client, operation)) = commit.asker else { return };
        if is_refused_for_session(&commit.txn.body) {
            return;
        }
        let point = commit.point;
        let xid = operation.xid;
        let Some(last) = self.last.get_mut(&commit.txn.session) else {
            self.last.insert(commit.txn.session, Ordered { client, xid, point });
            return moment.hold(NAME);
        };
        let before = *last;
        moment.judge(NAME, before.xid < xid, |_| {
            let zxid = point.zxid;
            (Some(before.witness()), ClientFact::Ordered { client, xid, zxid }.into())
        });
        *last = Ordered { client, xid: xid.max(before.xid), point };
    }

    pub fn told(&mut self, answer: &Answer, moment: &mut Moment<'_>) {
        let Some(previous) = answer.previous else { return };
        let is_write = answer.operation.op.class() == OpClass::Write;
        let holds = if is_write {
            previous.zxid < answer.effect()
        } else {
            previous.zxid <= answer.effect()
        };
        moment.judge(NAME, holds, |_| (Some(answer.shown_before(previous)), answer.fact()));
    }
}

impl Ordered {
    fn witness(self) -> Witness {
        let Ordered { client, xid, point } = self;
        let fact = ClientFact::Ordered { client, xid, zxid: point.zxid };
        Witness { event: point.event, fact: fact.into() }
    }
}
