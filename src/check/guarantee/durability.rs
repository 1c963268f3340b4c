//! G6 *Durability*: a write that was answered with success is part of every tree from then on,
//! through the crash of a minority and the restart of all.
//!
//! Every tree of an epoch grows out of its leader's initial history, so it is looked for there,
//! once an election: the newest write of an earlier epoch that any client has a good answer to.
//! Histories have no gaps, so that this one speaks for all. That the trees do hold what the
//! histories say is G11.

use super::{Answer, Answered};
use crate::api::OpClass;
use crate::check::moment::Moment;
use crate::check::{Fact, PropertyName};
use crate::server::Server;
use crate::types::{Epoch, ServerId, Zxid};

const NAME: PropertyName = PropertyName::Durability;

#[derive(Clone, Debug, Default)]
pub(super) struct Durability {
    /// The newest one.
    answered: Option<Answered>,
}

impl Durability {
    pub fn told(&mut self, answer: &Answer, moment: &Moment<'_>) {
        let is_write = answer.operation.op.class() == OpClass::Write;
        if is_write
            && answer.result.is_ok()
            && self.answered.is_none_or(|newest| newest.zxid < answer.zxid)
        {
            self.answered = Some(answer.answered(moment.event));
        }
    }

    /// A leader is established with an initial history up to `initial_last`.
    pub fn established(
        &self,
        server: ServerId,
        epoch: Epoch,
        initial_last: Zxid,
        moment: &mut Moment<'_>,
    ) {
        // A leader that comes too late lacks what a later epoch has answered, and may.
        let Some(answered) = self.answered.filter(|answered| answered.zxid.epoch < epoch) else {
            return;
        };
        let lacks = answered.zxid;
        let process = moment.world.ensemble().server(server).and_then(Server::process);
        let holds = process.is_some_and(|process| {
            let history = process.peer().history();
            let logged = || history.log().binary_search_by(|txn| txn.zxid.cmp(&lacks)).is_ok();
            initial_last >= lacks && (history.snapshot() >= lacks || logged())
        });
        moment.judge(NAME, holds, |_| {
            let fact = Fact::LeadsWithout { server, initial_last, lacks };
            (Some(answered.witness()), fact)
        });
    }
}
