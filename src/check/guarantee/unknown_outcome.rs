//! G10 *UnknownOutcome*: a write whose connection was lost before the answer takes effect once, or
//! never.
//!
//! The client is told ConnectionLoss and cannot know which; it must not send the write again
//! without looking. What is tested is the once: no session and number stand in the order twice.

use super::history::Operation;
use super::{ClientFact, Commit};
use crate::api::OpClass;
use crate::check::PropertyName;
use crate::check::moment::Moment;

const NAME: PropertyName = PropertyName::UnknownOutcome;

/// A transaction is committed that belongs to an operation which may have had one already.
pub(super) fn committed(commit: &Commit, moment: &mut Moment<'_>) {
    let Some((client, operation)) = commit.asker else { return };
    match &operation.settled {
        None if operation.is_unknown => moment.hold(NAME),
        None => (),
        Some(settled) => {
            let xid = operation.xid;
            let first = ClientFact::Ordered { client, xid, zxid: settled.zxid() };
            let earlier = settled.witness(first);
            let zxid = commit.point.zxid;
            moment.violate(NAME, Some(earlier), ClientFact::Ordered { client, xid, zxid }.into());
        }
    }
}

/// An operation is lost that was committed once at most.
pub(super) fn lost(operation: &Operation, moment: &mut Moment<'_>) {
    if operation.op.class() == OpClass::Write {
        moment.hold(NAME);
    }
}
