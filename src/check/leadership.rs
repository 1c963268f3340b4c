//! *Leadership*: an epoch has at most one established leader, ever.
//!
//! Who was established, serves as leader or proposes in an epoch claims it; nobody else may
//! (L\[e\] of fact sheet §6.1 has one element at most). Source: *Leadership1*, *Leadership2* of
//! `Zab.tla`; I-1.

use imbl::OrdMap;

use super::{Committed, Evaluated, Fact, Property, Witness};
use crate::sim::{EventId, EventKind, TraceEvent, World};
use crate::types::{Epoch, ServerId};
use crate::{server, zab};

/// For each epoch its leader, and the first event that shows it.
#[derive(Clone, Debug, Default)]
pub(super) struct Leadership {
    leaders: OrdMap<Epoch, (ServerId, EventId)>,
    evaluated: Evaluated,
}

impl Property for Leadership {
    fn observe(&mut self, event: &TraceEvent, _: &Committed, _: &World) {
        let Some((server, epoch)) = claim(event) else { return };
        let breaking = Witness { event: event.id, fact: Fact::Leads { server, epoch } };
        match self.leaders.get(&epoch) {
            Some(&(leader, event)) if leader != server => {
                let earlier = Witness { event, fact: Fact::Leads { server: leader, epoch } };
                self.evaluated.violate(earlier, breaking);
            }
            Some(_) => self.evaluated.hold(),
            None => {
                self.leaders.insert(epoch, (server, event.id));
                self.evaluated.hold();
            }
        }
    }

    fn evaluated(&self) -> &Evaluated {
        &self.evaluated
    }
}

fn claim(event: &TraceEvent) -> Option<(ServerId, Epoch)> {
    match &event.kind {
        EventKind::Peer(server, zab::Note::Established { epoch, .. })
        | EventKind::Server(server, server::Note::ServingStarted { epoch, leading: true }) => {
            Some((*server, *epoch))
        }
        EventKind::Peer(server, zab::Note::Proposed { zxid }) => Some((*server, zxid.epoch)),
        _ => None,
    }
}
