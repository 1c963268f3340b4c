//! *LeaderLogCompleteness*: an established leader's initial history has everything that was
//! committed before.
//!
//! Committed transactions of later epochs do not count: a leader that has not noticed a newer one
//! lacks them, and may. Source: *LeaderLogCompleteness* of `Zab.tla`; I-8; fact sheet §6.3.

use super::{Committed, Evaluated, Fact, Property, Witness};
use crate::sim::{EventKind, TraceEvent, World};
use crate::types::{Epoch, ServerId, Zxid};
use crate::zab::Note;

#[derive(Clone, Debug, Default)]
pub(super) struct LeaderLogCompleteness {
    evaluated: Evaluated,
}

impl Property for LeaderLogCompleteness {
    fn observe(&mut self, event: &TraceEvent, committed: &Committed, world: &World) {
        let EventKind::Peer(server, Note::Established { epoch, initial_last }) = &event.kind else {
            return;
        };
        let (server, initial_last) = (*server, *initial_last);
        match lacking(server, *epoch, initial_last, committed, world) {
            None => self.evaluated.hold(),
            Some(lacks) => {
                let fact = Fact::LeadsWithout { server, initial_last, lacks };
                let breaking = Witness { event: event.id, fact };
                let earlier = committed.witness(lacks).unwrap_or(breaking.clone());
                self.evaluated.violate(earlier, breaking);
            }
        }
    }

    fn evaluated(&self) -> &Evaluated {
        &self.evaluated
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
