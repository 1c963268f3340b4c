//! What is in each server's log on disk (`H[s]` of fact sheet §6.1; a snapshot counts as the
//! history that it holds).

use super::{Lineage, PerServer};
use crate::check::{Fact, Witness};
use crate::sim::EventId;
use crate::types::{ServerId, Zxid};
use crate::zab::{Durable, Write};

/// For each server the end of its history, and the first hole in it.
#[derive(Clone, Debug, Default)]
pub(in crate::check) struct Histories {
    servers: PerServer<Option<Stored>>,
}

/// One server's history on disk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::check) struct Stored {
    /// Its end; `(e,0)` stands for the end of the initial history of e.
    pub last: Zxid,
    /// The first hole.
    pub hole: Option<Hole>,
    /// The event that changed it last.
    pub event: EventId,
}

/// A place where a log does not go on as its leader's history does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::check) struct Hole {
    /// What should stand before the record.
    pub lacks: Zxid,
    /// The record behind the hole.
    pub record: Zxid,
    /// When it was logged.
    pub event: EventId,
}

/// A history on disk has changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::check) struct Change {
    /// Whose.
    pub server: ServerId,
    /// Its end before.
    pub before: Zxid,
    /// How it is now.
    pub stored: Stored,
}

impl Histories {
    /// A server's history; `None` before its first start.
    #[inline]
    pub fn find(&self, server: ServerId) -> Option<&Stored> {
        self.servers.find(server)?.as_ref()
    }

    /// A process has loaded it. What a server has on disk at its first start was there before the
    /// run.
    pub(super) fn load(
        &mut self,
        server: ServerId,
        durable: &Durable,
        lineage: &mut Lineage,
        event: EventId,
    ) -> Change {
        let last = durable.last_zxid();
        let known = self.servers.get(server);
        if known.is_none() {
            inherit(durable, lineage, event);
        }
        let hole = known.and_then(|stored| stored.hole).filter(|hole| hole.record <= last);
        let before = known.map_or(Zxid::ZERO, |stored| stored.last);
        self.set(server, before, Stored { last, hole, event })
    }

    /// A flush is done that only made records durable. Answers where those follow the last one
    /// without a gap, which their number tells: then nothing has to be looked up.
    #[inline]
    pub(super) fn go_on(
        &mut self,
        server: ServerId,
        last: Zxid,
        txns: u32,
        event: EventId,
    ) -> Option<Change> {
        let stored = self.servers.of(server).as_mut()?;
        let before = stored.last;
        let follows = before.epoch == last.epoch
            && before.counter != 0
            && last.counter.checked_sub(before.counter) == Some(txns);
        if !follows {
            return None;
        }
        (stored.last, stored.event) = (last, event);
        Some(Change { server, before, stored: *stored })
    }

    /// A flush is done.
    pub(super) fn flush(
        &mut self,
        server: ServerId,
        write: Option<&Write>,
        durable: &Durable,
        lineage: &Lineage,
        event: EventId,
    ) -> Option<Change> {
        let known = self.servers.get(server);
        let before = known.map_or(Zxid::ZERO, |stored| stored.last);
        let last = durable.last_zxid();
        let hole = known.and_then(|stored| stored.hole).filter(|hole| hole.record <= last);
        let hole = match write {
            Some(Write::Replace(_)) => None,
            Some(Write::Truncate(_)) => hole,
            _ if last == before => return None,
            _ => hole.or_else(|| first_hole(durable, before, lineage, event)),
        };
        Some(self.set(server, before, Stored { last, hole, event }))
    }

    fn set(&mut self, server: ServerId, before: Zxid, stored: Stored) -> Change {
        *self.servers.of(server) = Some(stored);
        Change { server, before, stored }
    }
}

/// The first of the records behind `before` that does not stand behind what its leader had before
/// it.
fn first_hole(durable: &Durable, before: Zxid, lineage: &Lineage, event: EventId) -> Option<Hole> {
    let (log, mut first) = (&durable.log, None);
    let mut end = log.len();
    while let Some(record) = end.checked_sub(1).and_then(|place| log.get(place)) {
        let record = record.zxid;
        if record <= before {
            break;
        }
        end -= 1;
        let previous = end.checked_sub(1).and_then(|place| log.get(place));
        let previous = previous.map_or(Zxid::ZERO, |txn| txn.zxid);
        let follows = record.epoch == previous.epoch && record.previous() == Some(previous);
        if !follows {
            let snapshots = durable.snapshots.iter().rev();
            let snapshot = snapshots.copied().find(|&snapshot| snapshot < record);
            let previous = lineage.resolve(previous.max(snapshot.unwrap_or(Zxid::ZERO)));
            let lacks = lineage.parent(record).filter(|&parent| parent != previous);
            first = lacks.map(|lacks| Hole { lacks, record, event }).or(first);
        }
    }
    first
}

/// Takes over what was there before the run: all of it counts as proposed.
fn inherit(durable: &Durable, lineage: &mut Lineage, event: EventId) {
    let mut parent = Zxid::ZERO;
    let snapshot = durable.snapshots.last().copied().unwrap_or(Zxid::ZERO);
    let records = durable.log.iter().map(|txn| txn.zxid);
    for zxid in records.chain([snapshot]).filter(|zxid| zxid.counter != 0) {
        lineage.inherit(zxid, parent, event);
        parent = zxid.max(parent);
    }
}

impl Stored {
    /// The event and what it tells.
    pub fn witness(&self, server: ServerId) -> Witness {
        Witness { event: self.event, fact: Fact::Logged { server, zxid: self.last } }
    }
}
