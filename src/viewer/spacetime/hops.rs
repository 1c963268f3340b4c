//! All packets' ways, by their sending.

use super::{Hop, HopEnd, HopKind, partition};
use crate::ensemble::PacketId;
use crate::sim::EventId;
use crate::types::{Instant, Zxid};

/// So many ways share one instant at which the last of them had ended.
const BLOCK: usize = 64;
/// Among so many before it a delivery is looked for.
const LOOKED_BACK: usize = 512;
/// So many ways stay: those of about as many events as a timeline keeps.
const KEPT: usize = 400_000;
/// So many are forgotten at once: whole blocks.
const FORGOTTEN: usize = 1_024 * BLOCK;

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
        open.chain(late).chain(all.focus().narrow(first..behind))
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

    /// A request has become a transaction: what carried it, from the client on, is known by it.
    /// `arrival` is its delivery to the leader.
    pub(super) fn name_request(&mut self, arrival: Option<EventId>, zxid: Zxid) {
        let mut arrival = arrival;
        while let Some(place) = arrival.and_then(|event| self.arrived_with(event)) {
            let Some(hop) = self.hops.get_mut(place) else { return };
            if !matches!(hop.kind, HopKind::Request(_) | HopKind::Session) {
                return;
            }
            hop.zxid = Some(zxid);
            arrival = hop.cause;
        }
    }

    /// The recent way that ended with this event.
    fn arrived_with(&self, event: EventId) -> Option<usize> {
        let behind = partition(&self.hops, |hop| hop.sent < event);
        let recent = behind.saturating_sub(LOOKED_BACK)..behind;
        let mut recent = recent.rev();
        recent.find(|&place| self.hops[place].end.event() == Some(event))
    }

    /// When the first one was sent that is still known.
    pub(super) fn first_sent_at(&self) -> Instant {
        self.hops.front().map_or(Instant::ZERO, |hop| hop.sent_at)
    }

    /// Forgets the oldest ones where there are too many. True where it did.
    pub(super) fn forget_oldest(&mut self) -> bool {
        if self.hops.len() < KEPT + FORGOTTEN {
            return false;
        }
        self.hops = self.hops.skip(FORGOTTEN);
        self.ended = self.ended.skip(FORGOTTEN / BLOCK);
        let open = self
            .open
            .iter()
            .filter_map(|(&packet, &place)| Some((packet, place.checked_sub(FORGOTTEN as u32)?)));
        self.open = open.collect();
        true
    }

    fn place(&self, sent: EventId) -> Option<usize> {
        let place = partition(&self.hops, |hop| hop.sent < sent);
        self.hops.get(place).filter(|hop| hop.sent == sent).map(|_| place)
    }
}
