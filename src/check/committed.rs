//! The history variable that most properties speak of: all transactions known to be committed, in
//! their order (`cmt` of fact sheet §6.1).

use std::sync::Arc;

use imbl::{OrdMap, Vector};

use super::{Fact, Witness};
use crate::sim::{EventId, EventKind, TraceEvent, World};
use crate::types::{ServerId, Txn, Zxid};
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

    /// The part of a new leader's initial history that was not known to be committed. Where it lies
    /// in the leader's snapshot, another server has the records.
    fn insert_history(
        &mut self,
        initial_last: Zxid,
        leader: ServerId,
        event: EventId,
        world: &World,
    ) {
        let known = self.last().unwrap_or(Zxid::ZERO);
        if initial_last <= known || initial_last.counter == 0 {
            return;
        }
        for server in world.ensemble().servers() {
            let disk = &server.disk().durable().log;
            let memory = server.process().map(|process| process.peer().history().log());
            for log in memory.into_iter().chain([disk]) {
                for zxid in between(log, known, initial_last).unwrap_or_default() {
                    self.insert(zxid, leader, event);
                }
            }
        }
        self.insert(initial_last, leader, event);
    }

    fn insert(&mut self, zxid: Zxid, server: ServerId, event: EventId) {
        if !self.contains(zxid) {
            self.txns.insert(zxid, (server, event));
        }
    }
}

/// The records behind `known` up to `last`, if that is one of them.
fn between(log: &Vector<Arc<Txn>>, known: Zxid, last: Zxid) -> Option<Vec<Zxid>> {
    let end = log.binary_search_by(|txn| txn.zxid.cmp(&last)).ok()?;
    let begin = match log.binary_search_by(|txn| txn.zxid.cmp(&known)) {
        Ok(place) => place + 1,
        Err(place) => place,
    };
    Some(log.iter().skip(begin).take(end + 1 - begin).map(|txn| txn.zxid).collect())
}
