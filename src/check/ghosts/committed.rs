//! The history variable that most properties speak of: all transactions known to be committed, in
//! the order in which they were (`cmt` of fact sheet §6.1).

use super::{ByZxid, Lineage};
use crate::check::{Fact, Witness};
use crate::sim::EventId;
use crate::types::{ServerId, Zxid};

/// Every transaction known to be committed, each with the event that made it so.
///
/// The first server that delivers it makes it so, and an established leader all of its initial
/// history: a quorum has that on disk.
#[derive(Clone, Debug, Default)]
pub struct Committed {
    order: ByZxid<(ServerId, EventId)>,
}

impl Committed {
    /// The highest one.
    pub fn last(&self) -> Option<Zxid> {
        self.order.highest()
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.order.count()
    }

    /// Whether it is one of them.
    pub fn contains(&self, zxid: Zxid) -> bool {
        self.place(zxid).is_some()
    }

    /// The last one that is not beyond `zxid`.
    pub fn up_to(&self, zxid: Zxid) -> Option<Zxid> {
        self.order.up_to(zxid)
    }

    /// The first one behind `zxid`.
    pub fn behind(&self, zxid: Zxid) -> Option<Zxid> {
        self.order.behind(zxid)
    }

    /// Which one is at a place of the order, counted from 0.
    #[inline]
    pub(in crate::check) fn at(&self, place: u64) -> Option<Zxid> {
        self.order.at(place)
    }

    /// Its place in the order.
    #[inline]
    pub(in crate::check) fn place(&self, zxid: Zxid) -> Option<u64> {
        self.order.place(zxid)
    }

    /// What made it committed.
    pub(in crate::check) fn witness(&self, zxid: Zxid) -> Option<Witness> {
        let &(server, event) = self.order.find(zxid)?;
        Some(Witness { event, fact: Fact::Committed { server, zxid } })
    }

    /// A server delivers it; its place, and whether it is new.
    #[inline]
    pub(super) fn deliver(&mut self, zxid: Zxid, server: ServerId, event: EventId) -> (u64, bool) {
        match self.place(zxid) {
            Some(place) => (place, false),
            None => (self.order.push(zxid, (server, event)), true),
        }
    }

    /// The part of a new leader's initial history that was not known to be committed.
    pub(super) fn extend(
        &mut self,
        initial_last: Zxid,
        lineage: &Lineage,
        leader: ServerId,
        event: EventId,
    ) {
        let (mut zxid, mut unknown) = (initial_last, Vec::new());
        while zxid.counter != 0 && !self.contains(zxid) {
            unknown.push(zxid);
            let Some(parent) = lineage.parent(zxid) else { break };
            zxid = parent;
        }
        for zxid in unknown.into_iter().rev() {
            self.order.push(zxid, (leader, event));
        }
    }
}
