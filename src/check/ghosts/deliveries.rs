//! What each server has delivered: what its clients can see while it serves (`Δ[s]` of fact sheet
//! §6.1).

use super::{Committed, PerServer};
use crate::sim::EventId;
use crate::types::{Epoch, ServerId, Zxid};

/// For each server that serves how far it has come.
#[derive(Clone, Debug, Default)]
pub(in crate::check) struct Deliveries {
    servers: PerServer<Option<Served>>,
}

/// How far a server has come in the order of all that is committed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::check) struct Served {
    /// The epoch that it serves in.
    pub epoch: Epoch,
    /// The last transaction that it has delivered.
    pub last: Zxid,
    /// The place of the one that comes next.
    pub next: u64,
}

/// A server delivers a transaction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::check) struct Delivery {
    /// Which server.
    pub server: ServerId,
    /// Which transaction.
    pub zxid: Zxid,
    /// How far the server had come before.
    pub before: Served,
    /// The transaction's place among all that is committed.
    pub place: u64,
    /// Whether the server is the first to deliver it.
    pub is_new: bool,
}

/// A learner begins to serve.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::check) struct ServiceStart {
    /// Which server.
    pub server: ServerId,
    /// How far it has come: what is in its tree is delivered.
    pub served: Served,
    /// Whether the last transaction in its tree is committed.
    pub is_committed: bool,
}

impl Deliveries {
    /// How far a server has come; `None` where it does not serve, or has not begun again since it
    /// crashed.
    pub fn find(&self, server: ServerId) -> Option<Served> {
        self.servers.get(server)
    }

    pub(super) fn begin(
        &mut self,
        server: ServerId,
        epoch: Epoch,
        last: Zxid,
        committed: &Committed,
    ) -> ServiceStart {
        let place = committed.place(last);
        let is_committed = place.is_some() || last.counter == 0;
        let known = || committed.up_to(last).and_then(|known| committed.place(known));
        let next = place.or_else(known).map_or(0, |place| place + 1);
        let served = Served { epoch, last, next };
        *self.servers.of(server) = Some(served);
        ServiceStart { server, served, is_committed }
    }

    pub(super) fn deliver(
        &mut self,
        server: ServerId,
        zxid: Zxid,
        event: EventId,
        committed: &mut Committed,
    ) -> Option<Delivery> {
        let served = self.servers.of(server).as_mut()?;
        let before = *served;
        let (place, is_new) = committed.deliver(zxid, server, event);
        (served.next, served.last) = (place + 1, zxid);
        Some(Delivery { server, zxid, before, place, is_new })
    }

    pub(super) fn end(&mut self, server: ServerId) {
        *self.servers.of(server) = None;
    }
}
