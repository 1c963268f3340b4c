//! The history variable that most properties speak of: all transactions known to be committed, in
//! the order in which they were (`cmt` of fact sheet §6.1).

use imbl::{OrdMap, Vector};

use super::Lineage;
use crate::check::{Fact, Witness};
use crate::sim::EventId;
use crate::types::{ServerId, Zxid};

/// Every transaction known to be committed, each with the event that made it so.
///
/// The first server that delivers it makes it so, and an established leader all of its initial
/// history: a quorum has that on disk.
#[derive(Clone, Debug, Default)]
pub struct Committed {
    order: Vector<Entry>,
    /// For each its place in the order.
    places: OrdMap<Zxid, u64>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    zxid: Zxid,
    server: ServerId,
    event: EventId,
}

impl Committed {
    /// The highest one.
    pub fn last(&self) -> Option<Zxid> {
        self.places.get_max().map(|(zxid, _)| *zxid)
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.order.len() as u64
    }

    /// Whether it is one of them.
    pub fn contains(&self, zxid: Zxid) -> bool {
        self.places.contains_key(&zxid)
    }

    /// The last one that is not beyond `zxid`.
    pub fn up_to(&self, zxid: Zxid) -> Option<Zxid> {
        self.places.get_prev(&zxid).map(|(zxid, _)| *zxid)
    }

    /// The first one behind `zxid`.
    pub fn behind(&self, zxid: Zxid) -> Option<Zxid> {
        let next = Zxid { epoch: zxid.epoch, counter: zxid.counter.saturating_add(1) };
        self.places.get_next(&next).map(|(zxid, _)| *zxid)
    }

    /// Which one is at a place of the order, counted from 0.
    pub(in crate::check) fn at(&self, place: u64) -> Option<Zxid> {
        self.order.get(usize::try_from(place).ok()?).map(|entry| entry.zxid)
    }

    /// Its place in the order.
    pub(in crate::check) fn place(&self, zxid: Zxid) -> Option<u64> {
        self.places.get(&zxid).copied()
    }

    /// What made it committed.
    pub(in crate::check) fn witness(&self, zxid: Zxid) -> Option<Witness> {
        let place = usize::try_from(self.place(zxid)?).ok()?;
        let &Entry { zxid, server, event } = self.order.get(place)?;
        Some(Witness { event, fact: Fact::Committed { server, zxid } })
    }

    /// A server delivers it; its place, and whether it is new. `expected` is where it should be.
    pub(super) fn deliver(
        &mut self,
        zxid: Zxid,
        expected: u64,
        server: ServerId,
        event: EventId,
    ) -> (u64, bool) {
        if self.at(expected) == Some(zxid) {
            return (expected, false);
        }
        match self.place(zxid) {
            Some(place) => (place, false),
            None => (self.push(Entry { zxid, server, event }), true),
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
            self.push(Entry { zxid, server: leader, event });
        }
    }

    fn push(&mut self, entry: Entry) -> u64 {
        let place = self.count();
        self.places.insert(entry.zxid, place);
        self.order.push_back(entry);
        place
    }
}
