//! *PrefixConsistency*: of what two servers have delivered, one is a prefix of the other.
//!
//! Every server's sequence is held against one: that of all committed transactions. A server that
//! begins to serve stands somewhere in it; from there on each commit must be the next one, or where
//! the server stands at the end, a new one. That what lies before is the same is left to
//! *ReplicaEquality*, whose digests cover it. Source: *PrefixConsistency* of `Zab.tla`, which
//! implies *Agreement* (I-3) and *TotalOrder* (I-4).

use imbl::OrdMap;

use super::{Fact, Moment, Property, PropertyName};
use crate::types::{ServerId, Zxid};
use crate::{server, zab};

/// For each server the last transaction that it has delivered, while it serves.
#[derive(Clone, Debug, Default)]
pub(super) struct PrefixConsistency {
    delivered: OrdMap<ServerId, Zxid>,
}

impl Property for PrefixConsistency {
    fn on_peer(&mut self, server: ServerId, note: &zab::Note, moment: &mut Moment<'_>) {
        match note {
            zab::Note::Established { initial_last, .. } => {
                self.delivered.insert(server, *initial_last);
            }
            zab::Note::Committed { zxid } => self.deliver(server, *zxid, moment),
            _ => (),
        }
    }

    fn on_server(&mut self, server: ServerId, note: &server::Note, moment: &mut Moment<'_>) {
        match note {
            server::Note::ServingStarted { leading: false, .. } => self.begin(server, moment),
            server::Note::ServingStopped => _ = self.delivered.remove(&server),
            _ => (),
        }
    }
}

impl PrefixConsistency {
    /// A learner serves what is in its tree: that must be committed.
    fn begin(&mut self, server: ServerId, moment: &mut Moment<'_>) {
        let process = moment.world.ensemble().server(server).and_then(|found| found.process());
        let Some(process) = process else { return };
        let zxid = process.database().last_processed();
        self.delivered.insert(server, zxid);
        let committed = &moment.ghosts.committed;
        // (e,0) is no transaction, and an empty tree has none.
        if zxid.counter == 0 || committed.contains(zxid) {
            return moment.hold(PropertyName::PrefixConsistency);
        }
        violate(server, zxid, committed.last(), moment);
    }

    fn deliver(&mut self, server: ServerId, zxid: Zxid, moment: &mut Moment<'_>) {
        let Some(&last) = self.delivered.get(&server) else { return };
        self.delivered.insert(server, zxid);
        let committed = &moment.ghosts.committed;
        match committed.behind(last) {
            Some(expected) if expected != zxid => violate(server, zxid, Some(expected), moment),
            Some(_) => moment.hold(PropertyName::PrefixConsistency),
            // It is the first to deliver it.
            None if last < zxid => moment.hold(PropertyName::PrefixConsistency),
            None => violate(server, zxid, committed.up_to(last), moment),
        }
    }
}

fn violate(server: ServerId, zxid: Zxid, instead_of: Option<Zxid>, moment: &mut Moment<'_>) {
    let earlier = instead_of.and_then(|zxid| moment.ghosts.committed.witness(zxid));
    let fact = Fact::DeliveredInstead { server, zxid };
    moment.violate(PropertyName::PrefixConsistency, earlier, fact);
}
