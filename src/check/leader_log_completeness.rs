//! *LeaderLogCompleteness*: an established leader's initial history has everything that was
//! committed before.
//!
//! Committed transactions of later epochs do not count: a leader that has not noticed a newer one
//! lacks them, and may. Source: *LeaderLogCompleteness* of `Zab.tla`; I-8; fact sheet §6.3.

use super::{Committed, Fact, Moment, Property, PropertyName};
use crate::sim::World;
use crate::types::{Epoch, ServerId, Zxid};
use crate::zab::Note;

pub(super) struct LeaderLogCompleteness;

impl Property for LeaderLogCompleteness {
    fn on_peer(&mut self, server: ServerId, note: &Note, moment: &mut Moment<'_>) {
        let &Note::Established { epoch, initial_last } = note else { return };
        let committed = &moment.ghosts.committed;
        match lacking(server, epoch, initial_last, committed, moment.world) {
            None => moment.hold(PropertyName::LeaderLogCompleteness),
            Some(lacks) => {
                let earlier = committed.witness(lacks);
                let fact = Fact::LeadsWithout { server, initial_last, lacks };
                moment.violate(PropertyName::LeaderLogCompleteness, earlier, fact);
            }
        }
    }
}

/// A transaction that is committed, and missing. Histories have no gaps, so that the last one of
/// earlier epochs speaks for all.
fn lacking(
    server: ServerId,
    epoch: Epoch,
    initial_last: Zxid,
    committed: &Committed,
    world: &World,
) -> Option<Zxid> {
    let last = committed.up_to(Zxid::start_of(epoch))?;
    if last > initial_last {
        return committed.behind(initial_last);
    }
    let process = world.ensemble().server(server)?.process()?;
    let history = process.peer().history();
    let found = history.log().binary_search_by(|txn| txn.zxid.cmp(&last));
    let in_snapshot = history.snapshot() >= last;
    (found.is_err() && !in_snapshot).then_some(last)
}
