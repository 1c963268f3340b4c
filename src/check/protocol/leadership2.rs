//! *Leadership2*: an epoch has at most one established leader, ever.
//!
//! Who was established, serves as leader or proposes in an epoch claims it; nobody else may
//! (L\[e\] of fact sheet §6.1 has one element at most). Source: *Leadership2* of `Zab.tla`;
//! I-1.

use imbl::OrdMap;

use crate::check::{Fact, Moment, Property, PropertyName, Witness};
use crate::sim::EventId;
use crate::types::{Epoch, ServerId};
use crate::{server, zab};

/// For each epoch its leader, and the first event that shows it.
#[derive(Clone, Debug, Default)]
pub(super) struct Leadership2 {
    leaders: OrdMap<Epoch, (ServerId, EventId)>,
}

impl Property for Leadership2 {
    fn on_peer(&mut self, server: ServerId, note: &zab::Note, moment: &mut Moment<'_>) {
        match note {
            zab::Note::Established { epoch, .. } => self.claim(server, *epoch, moment),
            zab::Note::Proposed { zxid } => self.claim(server, zxid.epoch, moment),
            _ => (),
        }
    }

    fn on_server(&mut self, server: ServerId, note: &server::Note, moment: &mut Moment<'_>) {
        if let server::Note::ServingStarted { epoch, leading: true } = note {
            self.claim(server, *epoch, moment);
        }
    }
}

impl Leadership2 {
    fn claim(&mut self, server: ServerId, epoch: Epoch, moment: &mut Moment<'_>) {
        match self.leaders.get(&epoch) {
            Some(&(leader, event)) if leader != server => {
                let earlier = Witness { event, fact: Fact::Leads { server: leader, epoch } };
                let fact = Fact::Leads { server, epoch };
                return moment.violate(PropertyName::Leadership2, Some(earlier), fact);
            }
            Some(_) => (),
            None => _ = self.leaders.insert(epoch, (server, moment.event)),
        }
        moment.hold(PropertyName::Leadership2);
    }
}
