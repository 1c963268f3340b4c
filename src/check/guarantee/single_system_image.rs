//! G4 *SingleSystemImage*: what a session is shown never goes back, whichever servers it talks to.
//!
//! Every answer carries the zxid of the tree that it comes from; along a session these do not
//! decrease. A server that is behind what a client has seen does not take it on (fact sheet on the
//! store, §7.2).

use super::Answer;
use crate::check::PropertyName;
use crate::check::moment::Moment;

const NAME: PropertyName = PropertyName::SingleSystemImage;

pub(super) fn told(answer: &Answer, moment: &mut Moment<'_>) {
    let Some(previous) = answer.previous else { return };
    moment.judge(NAME, previous.zxid <= answer.zxid, |_| {
        (Some(answer.shown_before(previous)), answer.fact())
    });
}
