//! G1 *LinearizableWrites*: the order of committed transactions extends real time, and each write
//! has the outcome that it has on the tree just before it.
//!
//! Linearizability (Herlihy and Wing, *Linearizability: a correctness condition for concurrent
//! objects*, TOPLAS 12(3), 1990) asks for some order of the operations that a single object could
//! have gone through one by one and that keeps what ended before something else began. To find one
//! is a search (Wing and Gong, *Testing and verifying concurrent objects*, JPDC 17, 1993; Lowe,
//! *Testing for linearizability*, CCPE 29(4), 2017), hard in general, which can be cut in parts
//! where the object consists of parts (Horn and Kroening, *Faster linearizability checking via
//! P-compositionality*, FORTE 2015). Here nothing is searched: the order of zxids is what the
//! ensemble claims, and only that order is tested, the case of a given witness. Then each operation
//! is looked at twice in its life, at O(1) each:
//! - when it is ordered, its transaction has to be what a server that does one request after the
//!   other makes of it, and behind every write that was answered before it was asked;
//! - when it is answered, the answer has to be that of its transaction.
//!
//! The order of all zxids is one, not one per znode: ZooKeeper's writes to different znodes are
//! ordered too, so that parts by znode would claim less.
//!
//! Known exceptions, deviations of ZooKeeper's own code, allowed by name: see [`Quirks`]. A request
//! that came through the wrong server fails with SessionMoved, whatever the tree says, and is never
//! answered.

use super::quirk::Quirks;
use super::{Answer, Answered, ClientFact, Commit};
use crate::api::{OpClass, OpError};
use crate::check::moment::Moment;
use crate::check::{PropertyName, Witness};
use crate::sim::World;
use crate::types::{Epoch, ServerId, TxnBody, Zxid};

const NAME: PropertyName = PropertyName::LinearizableWrites;

#[derive(Clone, Debug, Default)]
pub(super) struct LinearizableWrites {
    /// The newest write that was answered.
    answered: Option<Answered>,
    quirks: Quirks,
}

impl LinearizableWrites {
    /// The newest write that any client has an answer to.
    pub fn answered(&self) -> Option<Answered> {
        self.answered
    }

    pub fn committed(&mut self, commit: &Commit, moment: &mut Moment<'_>) {
        self.outcome(commit, moment);
        self.real_time(commit, moment);
        self.quirks.committed(commit);
    }

    /// A server's tree has the transaction.
    pub fn applied(&mut self, server: ServerId, zxid: Zxid, world: &World) {
        self.quirks.applied(server, zxid, world);
    }

    /// A new leader prepares from here on.
    pub fn established(&mut self, epoch: Epoch) {
        self.quirks.established(epoch);
    }

    fn outcome(&self, commit: &Commit, moment: &mut Moment<'_>) {
        let Some(expected) = commit.expected else { return };
        let holds = *expected == commit.txn.body
            || is_moved(&commit.txn.body)
            || self.quirks.allow(commit, expected);
        moment.judge(NAME, holds, |_| {
            let earlier = commit.before();
            let (client, xid) = (commit.asker.map(|(client, _)| client), commit.txn.cxid);
            let zxid = commit.txn.zxid;
            (Some(earlier), ClientFact::WrongOutcome { client, xid, zxid }.into())
        });
    }

    fn real_time(&self, commit: &Commit, moment: &mut Moment<'_>) {
        let Some((client, operation)) = commit.asker else { return };
        let Some(before) = operation.answered_before else { return };
        let zxid = commit.txn.zxid;
        moment.judge(NAME, before.zxid < zxid, |_| {
            let xid = operation.xid;
            (Some(before.witness()), ClientFact::Ordered { client, xid, zxid }.into())
        });
    }

    pub fn told(&mut self, answer: &Answer, moment: &mut Moment<'_>) {
        if answer.operation.op.class() != OpClass::Write {
            return;
        }
        let (client, xid) = (answer.client, answer.operation.xid);
        if let Some(before) = answer.operation.answered_before
            && before.zxid >= answer.zxid
        {
            moment.violate(NAME, Some(before.witness()), answer.fact());
        }
        let settled = answer.operation.settled.as_ref();
        let holds = settled.is_some_and(|settled| {
            settled.zxid() == answer.zxid && settled.result == *answer.result
        });
        moment.judge(NAME, holds, |_| {
            let asked = ClientFact::Asked { client, xid };
            let asked = Witness { event: answer.operation.asked, fact: asked.into() };
            (Some(answer.decided().unwrap_or(asked)), answer.fact())
        });
        if self.answered.is_none_or(|newest| newest.zxid < answer.zxid) {
            self.answered = Some(answer.answered(moment.event));
        }
    }
}

fn is_moved(body: &TxnBody) -> bool {
    match body {
        TxnBody::Error { code } => *code == OpError::SessionMoved.code(),
        TxnBody::Multi(bodies) => bodies.iter().any(is_moved),
        _ => false,
    }
}
