//! The history variables that several properties look at. Nothing in a run acts on them.
//!
//! | variable | of fact sheet §6.1 |
//! |---|---|
//! | [`Committed`] | `cmt` |
//! | [`Lineage`] | `B[e]`, `I[e]`, and by them ⊑ |
//! | [`Histories`] | `H[s]` |
//! | [`Deliveries`] | `Δ[s]` |
//! | [`Standing`] | a server's role and phase, as it last told |
//!
//! A transaction is known by its zxid here: that a zxid is given once is *Leadership2*, that it
//! means the same everywhere *ReplicaEquality*. All variables are kept in step event by event, each
//! at a cost that does not depend on the length of the run.

mod by_zxid;
mod committed;
mod deliveries;
mod histories;
mod lineage;
mod per_server;
mod standing;

pub(super) use by_zxid::ByZxid;
pub use committed::Committed;
pub(super) use deliveries::{Deliveries, Delivery, ServiceStart};
pub(super) use histories::{Change, Histories};
pub(super) use lineage::Lineage;
pub(super) use per_server::PerServer;
pub(super) use standing::Standing;

use crate::sim::{EventId, World};
use crate::types::{Epoch, ServerId, Zxid};
use crate::{server, zab};

/// What the checkers remember together.
#[derive(Clone, Debug, Default)]
pub(super) struct Ghosts {
    pub committed: Committed,
    pub lineage: Lineage,
    pub histories: Histories,
    pub deliveries: Deliveries,
    standings: PerServer<Standing>,
}

/// What an event means to the history variables.
pub(super) enum Meaning {
    Changed(Change),
    Delivered(Delivery),
    Established(Establishment),
    ServiceStarted(ServiceStart),
}

/// A leader is established.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Establishment {
    pub server: ServerId,
    pub epoch: Epoch,
    /// The last transaction of its initial history.
    pub initial_last: Zxid,
    /// The last transaction of earlier epochs that was committed before.
    pub committed_before: Option<Zxid>,
}

impl Ghosts {
    /// Where a server stands.
    #[inline]
    pub fn standing(&self, server: ServerId) -> Standing {
        self.standings.get(server)
    }

    /// Takes note of what a peer reports.
    pub fn on_peer(
        &mut self,
        server: ServerId,
        note: &zab::Note,
        event: EventId,
    ) -> Option<Meaning> {
        self.standings.of(server).on_peer(server, note, event);
        match note {
            zab::Note::Proposed { zxid } => {
                self.lineage.propose(server, *zxid, event);
                None
            }
            zab::Note::Committed { zxid } => {
                let committed = &mut self.committed;
                let delivery = self.deliveries.deliver(server, *zxid, event, committed)?;
                Some(Meaning::Delivered(delivery))
            }
            zab::Note::Established { epoch, initial_last } => {
                let established = self.establish(server, *epoch, *initial_last, event);
                Some(Meaning::Established(established))
            }
            _ => None,
        }
    }

    /// Takes note of what a server reports.
    pub fn on_server(
        &mut self,
        server: ServerId,
        note: &server::Note,
        event: EventId,
        world: &World,
    ) -> Option<Meaning> {
        match note {
            server::Note::Flushed { last, txns, write: None }
                if let Some(change) = self.histories.go_on(server, *last, *txns, event) =>
            {
                Some(Meaning::Changed(change))
            }
            server::Note::Flushed { write, .. } => {
                let durable = world.ensemble().server(server)?.disk().durable();
                let write = write.as_deref();
                let change = self.histories.flush(server, write, durable, &self.lineage, event)?;
                Some(Meaning::Changed(change))
            }
            server::Note::Started { .. } => {
                self.deliveries.end(server);
                let durable = world.ensemble().server(server)?.disk().durable();
                *self.standings.of(server) = Standing::started(durable);
                let change = self.histories.load(server, durable, &mut self.lineage, event);
                Some(Meaning::Changed(change))
            }
            server::Note::ServingStarted { epoch, leading: false } => {
                let process = world.ensemble().server(server)?.process()?;
                let last = self.lineage.resolve(process.database().last_processed());
                let start = self.deliveries.begin(server, *epoch, last, &self.committed);
                Some(Meaning::ServiceStarted(start))
            }
            server::Note::ServingStopped | server::Note::Exited { .. } => {
                self.deliveries.end(server);
                None
            }
            _ => None,
        }
    }

    fn establish(
        &mut self,
        server: ServerId,
        epoch: Epoch,
        initial_last: Zxid,
        event: EventId,
    ) -> Establishment {
        let initial_last = self.lineage.resolve(initial_last);
        let committed_before = self.committed.up_to(Zxid::start_of(epoch));
        self.lineage.establish((epoch, server), initial_last, event);
        self.committed.extend(initial_last, &self.lineage, server, event);
        self.deliveries.begin(server, epoch, initial_last, &self.committed);
        Establishment { server, epoch, initial_last, committed_before }
    }
}
