//! All packets' ways, by their sending.

use super::{Hop, HopEnd, HopKind, partition};
use crate::ensemble::PacketId;
use crate::sim::EventId;
use crate::types::{Instant, Zxid};

/// So many ways share one instant at which the last of them had ended.
const BLOCK: usize = 64;

/// The ways of all packets.
///
/// A window of time is a range of sendings, and those before it that end within it. Of these the
/// blocks whose ways had all ended earlier are passed over; the ones that have not ended are known
/// by themselves.
#[derive(Clone, Debug, Default)]
pub struct Hops {
    hops: imbl::Vector<Hop>,
    /// Of each block, when the last one ended that has.
    ended: imbl::Vector<Instant>,
    /// Where those stand that have not ended.
    open: imbl::OrdMap<PacketId, u32>,
}

impl Hops {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.hops.len()
    }

    /// Whether nothing has been sent yet.
    pub fn is_empty(&self) -> bool {
        self.hops.is_empty()
    }

    /// Those that were on their way at some time between these, both included, by their sending.
    pub fn within(&self, from: Instant, until: Instant) -> impl Iterator<Item = &Hop> {
        let first = partition(&self.hops, |hop| hop.sent_at < from);
        let behind = partition(&self.hops, |hop| hop.sent_at <= until);
        let place = move |block: usize| block * BLOCK..((block + 1) * BLOCK).min(first);
        let late = self.ended.iter().take(first.div_ceil(BLOCK)).enumerate();
        let late = late.filter(move |(_, ended)| **ended >= from);
        let is_ended = |hop: &&Hop| hop.end != HopEnd::Open;
        let late = late.flat_map(move |(block, _)| place(block));
        let late = late.filter_map(|place| self.hops.get(place)).filter(is_ended);
        let open = self.open.values().map(|&place| place as usize).filter(move |&at| at < first);
        let open = open.filter_map(|place| self.hops.get(place));
        let late = late.filter(move |hop| hop.overlaps(from, until));
        let (all, behind) = (&self.hops, behind.max(first));
        open.chain(late).chain(all.focus().narrow(first..behind).into_iter())
    }

    /// The way that begins with this event.
    pub fn sent(&self, event: EventId) -> Option<&Hop> {
        self.hops.get(self.place(event)?)
    }

    pub(super) fn send(&mut self, hop: Hop) {
        let place = self.hops.len();
        self.open.insert(hop.packet, place as u32);
        self.hops.push_back(hop);
        if place.is_multiple_of(BLOCK) {
            self.ended.push_back(Instant::ZERO);
        }
    }

    pub(super) fn finish(&mut self, packet: PacketId, end: HopEnd) {
        let Some(place) = self.open.remove(&packet) else { return };
        let place = place as usize;
        if let (Some(hop), Some(ended)) =
            (self.hops.get_mut(place), self.ended.get_mut(place / BLOCK))
        {
            hop.end = end;
            *ended = end.at().map_or(*ended, |at| at.max(*ended));
        }
    }

    /// Says of a request which transaction it has become. False where there is no such request.
    pub(super) fn name_request(&mut self, sent: EventId, zxid: Zxid) -> bool {
        let found = self.place(sent).and_then(|place| self.hops.get_mut(place));
        let request = |hop: &&mut Hop| matches!(hop.kind, HopKind::Request(_) | HopKind::Session);
        found.filter(request).map(|hop| hop.zxid = Some(zxid)).is_some()
    }

    /// Forgets what was sent from this event on, and that it has ended what was sent before.
    pub(super) fn rewind(&mut self, to: EventId) {
        let kept = partition(&self.hops, |hop| hop.sent < to);
        self.hops.truncate(kept);
        self.open.clear();
        self.ended.clear();
        for (place, hop) in self.hops.iter_mut().enumerate() {
            if hop.end.event().is_some_and(|event| event >= to) {
                hop.end = HopEnd::Open;
            }
            if place.is_multiple_of(BLOCK) {
                self.ended.push_back(Instant::ZERO);
            }
            match (hop.end.at(), self.ended.back_mut()) {
                (Some(at), Some(ended)) => *ended = at.max(*ended),
                _ => _ = self.open.insert(hop.packet, place as u32),
            }
        }
    }

    fn place(&self, sent: EventId) -> Option<usize> {
        let place = partition(&self.hops, |hop| hop.sent < sent);
        self.hops.get(place).filter(|hop| hop.sent == sent).map(|_| place)
    }
}
