//! G13 *SequenceNumbers*: the numbers given to the names of sequential znodes rise with the zxid,
//! as long as their parent is the same; until the counter overflows.
//!
//! A parent that is deleted and created again counts from the start: another incarnation. The
//! counter is a signed 32-bit number; behind its greatest value the names begin with a minus, and
//! nothing is claimed.

use imbl::OrdMap;

use super::{ClientFact, Commit, Point};
use crate::api::Op;
use crate::check::moment::Moment;
use crate::check::{PropertyName, Witness};
use crate::types::{PathText, TxnBody, Zxid};

const NAME: PropertyName = PropertyName::SequenceNumbers;

#[derive(Clone, Debug, Default)]
pub(super) struct SequenceNumbers {
    /// By parent.
    last: OrdMap<PathText, Given>,
}

#[derive(Clone, Copy, Debug)]
struct Given {
    /// Which incarnation of the parent.
    parent_czxid: Zxid,
    number: i32,
    point: Point,
}

impl SequenceNumbers {
    pub fn committed(&mut self, commit: &Commit, moment: &mut Moment<'_>) {
        let Some((_, operation)) = commit.asker else { return };
        if commit.txn.body.has_failed() {
            return;
        }
        match (&operation.op, &commit.txn.body) {
            (Op::Multi(ops), TxnBody::Multi(bodies)) => {
                for (op, body) in ops.iter().zip(bodies.iter()) {
                    self.one(op, body, commit, moment);
                }
            }
            (op, body) => self.one(op, body, commit, moment),
        }
    }

    fn one(&mut self, op: &Op, body: &TxnBody, commit: &Commit, moment: &mut Moment<'_>) {
        let Op::Create { path, mode, .. } = op else { return };
        let TxnBody::Create(created) = body else { return };
        if !mode.is_sequential() {
            return;
        }
        let number = created.path.get(path.len()..).and_then(|digits| digits.parse().ok());
        let parent = &path[..path.rfind('/').unwrap_or(0)];
        let znode = commit.after.tree.znode(parent).or_else(|| commit.before.tree.znode(parent));
        let (Some(number), Some(znode)) = (number, znode) else { return };
        let parent_czxid = znode.stored_stat().czxid;
        let given = Given { parent_czxid, number, point: commit.point };
        match self.last.get_mut(parent) {
            Some(last) if last.parent_czxid == parent_czxid => {
                let holds = last.number < number || last.number == i32::MAX;
                let before = *last;
                moment.judge(NAME, holds, |_| (Some(before.witness()), given.fact()));
                *last = given;
            }
            _ => {
                self.last.insert(parent.into(), given);
                moment.hold(NAME);
            }
        }
    }
}

impl Given {
    fn fact(self) -> crate::check::Fact {
        ClientFact::Numbered { zxid: self.point.zxid, number: self.number }.into()
    }

    fn witness(self) -> Witness {
        Witness { event: self.point.event, fact: self.fact() }
    }
}
