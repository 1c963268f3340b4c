//! G3 *ConsistentReads*: each read answers what one committed state holds, and for one client these
//! states never go back, nor behind its own writes.
//!
//! The state is the one whose zxid the answer carries. It may be older than the newest one: that is
//! the stale read that ZooKeeper's contract allows, since a server answers from its own tree
//! without asking anybody. So reads are not linearizable: what A has written and told B by other
//! ways, B may miss until it has asked for a sync. Writes are (G1).
//!
//! What the state holds is looked up when the server answers; the server's own tree is not asked,
//! but that of the witness order. A leader refuses the reads of a session that it is ending: such
//! an answer says nothing about the tree. Nor do the answers about watches, which are the server's
//! own.

use super::history::Settled;
use super::order::Order;
use super::{Answer, ClientFact};
use crate::api::{Op, OpClass};
use crate::check::moment::Moment;
use crate::check::{PropertyName, Witness};
use crate::store::{self, Caller};
use crate::types::Zxid;

const NAME: PropertyName = PropertyName::ConsistentReads;

#[derive(Clone, Debug, Default)]
pub(super) struct ConsistentReads;

impl ConsistentReads {
    /// What the operation has to be answered at that zxid; `None` where that state is known no
    /// more.
    pub fn settle(op: &Op, caller: &Caller, zxid: Zxid, order: &Order) -> Option<Settled> {
        if matches!(op, Op::AddWatch { .. } | Op::CheckWatches { .. } | Op::RemoveWatches { .. }) {
            return None;
        }
        let state = order.state(zxid)?;
        let result = store::read(&state.database.tree, caller, op);
        let mut point = state.point();
        // Behind (e,0) the tree is the one before it.
        point.zxid = zxid;
        Some(Settled { point, result })
    }

    pub fn told(answer: &Answer, order: &Order, moment: &mut Moment<'_>) {
        if answer.operation.op.class() != OpClass::Read {
            return;
        }
        if let Some(previous) = answer.previous
            && answer.zxid < previous.zxid
        {
            let earlier = answer.shown_before(previous);
            return moment.violate(NAME, Some(earlier), answer.fact());
        }
        let Some(settled) = &answer.operation.settled else { return };
        let holds = settled.zxid() == answer.zxid && settled.result == *answer.result;
        moment.judge(NAME, holds, |_| {
            let state = order.state(answer.zxid).map(|state| {
                let (zxid, digest) = (state.zxid, state.database.tree.digest());
                Witness { event: state.event, fact: ClientFact::State { zxid, digest }.into() }
            });
            (state, answer.fact())
        });
    }
}
