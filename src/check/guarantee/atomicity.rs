//! G7 *Atomicity*: of a multi all operations take effect, or none, and no reader sees a part.
//!
//! A transaction with an error among its operations must leave the tree as it was; what was
//! prepared before the error stands in it, and is not carried out. A reader would see a part if an
//! answer showed a change by the multi and came from a state before it; every state behind it has
//! the whole (G3).

use imbl::OrdSet;

use super::{Answer, ClientFact, Commit};
use crate::api::{Op, OpClass, OpError, OpResult, Stat};
use crate::check::PropertyName;
use crate::check::moment::Moment;
use crate::types::{TxnBody, Zxid};

const NAME: PropertyName = PropertyName::Atomicity;

#[derive(Clone, Debug, Default)]
pub(super) struct Atomicity {
    /// The multis that took effect.
    multis: OrdSet<Zxid>,
}

impl Atomicity {
    pub fn committed(&mut self, commit: &Commit, moment: &mut Moment<'_>) {
        let TxnBody::Multi(bodies) = &commit.txn.body else { return };
        let fails = commit.txn.body.has_failed();
        let asked = commit.asker.and_then(|(_, operation)| match &operation.op {
            Op::Multi(ops) => Some(ops.len()),
            _ => None,
        });
        let is_whole = asked.is_none_or(|count| count == bodies.len());
        let changes_nothing = commit.before.tree.digest() == commit.after.tree.digest();
        let holds = is_whole && (!fails || changes_nothing);
        let (client, xid) = (commit.asker.map(|(client, _)| client), commit.txn.cxid);
        moment.judge(NAME, holds, |_| {
            let zxid = commit.txn.zxid;
            (Some(commit.before()), ClientFact::WrongOutcome { client, xid, zxid }.into())
        });
        if !fails {
            self.multis.insert(commit.txn.zxid);
        }
    }

    pub fn told(&mut self, answer: &Answer, moment: &mut Moment<'_>) {
        if self.multis.is_empty() || answer.operation.op.class() != OpClass::Read {
            return;
        }
        let Some(stat) = stat_of(answer.result) else { return };
        let shown = [stat.czxid, stat.mzxid, stat.pzxid].into_iter().max().unwrap_or(Zxid::ZERO);
        if !self.multis.contains(&shown) {
            return;
        }
        moment.judge(NAME, shown <= answer.zxid, |moment| {
            let Answer { client, zxid, .. } = *answer;
            let earlier = moment.ghosts.committed.witness(shown);
            (earlier, ClientFact::Part { client, zxid, multi: shown }.into())
        });
    }
}

/// The Stat in an answer, if there is one.
pub(super) fn stat_of(result: &Result<OpResult, OpError>) -> Option<&Stat> {
    match result {
        Ok(
            OpResult::Acl { stat, .. }
            | OpResult::Children2 { stat, .. }
            | OpResult::Created2 { stat, .. }
            | OpResult::Data { stat, .. }
            | OpResult::Stat(stat),
        ) => Some(stat),
        _ => None,
    }
}
