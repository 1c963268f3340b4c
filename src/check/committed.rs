//! The history variable that most properties speak of: all transactions known to be committed, in
//! their order (`cmt` of fact sheet §6.1).

use imbl::OrdMap;

use super::{Fact, Witness};
use crate::sim::{EventId, EventKind, TraceEvent, World};
use crate::types::{ServerId, Zxid};
use crate::zab::Note;

/// Every transaction known to be committed, each with the event that made it so.
///
/// A leader's commit makes it so, and so does its establishment for all of its initial history: a
/// quorum has that on disk.
#[derive(Clone, Debug, Default)]
pub struct Committed {
    txns: OrdMap<Zxid, (ServerId, EventId)>,
}

impl Committed {
    /// The last one.
    pub fn last(&self) -> Option<Zxid> {
        self.txns.get_max().map(|(zxid, _)| *zxid)
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.txns.len() as u64
    }

    /// Whether it is one of them.
    pub fn contains(&self, zxid: Zxid) -> bool {
        self.txns.contains_key(&zxid)
    }

    /// The last one that is not beyond `zxid`.
    pub fn up_to(&self, zxid: Zxid) -> Option<Zxid> {
        self.txns.get_prev(&zxid).map(|(zxid, _)| *zxid)
    }

    /// The first one behind `zxid`.
    pub fn behind(&self, zxid: Zxid) -> Option<Zxid> {
        let next = Zxid { epoch: zxid.epoch, counter: zxid.counter.saturating_add(1) };
        self.txns.get_next(&next).map(|(zxid, _)| *zxid)
    }

    /// What made it committed.
    pub(super) fn witness(&self, zxid: Zxid) -> Option<Witness> {
        let &(server, event) = self.txns.get(&zxid)?;
        Some(Witness { event, fact: Fact::Committed { server, zxid } })
    }

    pub(super) fn observe(&mut self, event: &TraceEvent, world: &World) {
        let EventKind::Peer(server, note) = &event.kind else { return };
        match note {
            Note::Committed { zxid } => self.insert(*zxid, *server, event.id),
            Note::Established { initial_last, .. } => {
                self.insert_history(*initial_last, *server, event.id, world);
            }
            _ => (),
        }
    }

    /// The part of a new leader's initial history that was not known to be committed.
    fn insert_history(
        &mut self,
        initial_last: Zxid,
        server: ServerId,
        event: EventId,
        world: &World,
    ) {
        let process = world.ensemble().server(server).and_then(|found| found.process());
        let Some(process) = process else { return };
        let known = self.last().unwrap_or(Zxid::ZERO);
        let beyond = process.peer().history().beyond(known);
        for txn in beyond.iter().take_while(|txn| txn.zxid <= initial_last) {
            self.insert(txn.zxid, server, event);
        }
    }

    fn insert(&mut self, zxid: Zxid, server: ServerId, event: EventId) {
        if !self.contains(zxid) {
            self.txns.insert(zxid, (server, event));
        }
    }
}
