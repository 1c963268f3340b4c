//! A server's disk: what is flushed, what is being flushed, and what waits for the next flush.
//!
//! Everything goes through one queue, the log's records and the single writes of the peer alike, so
//! that what was handed over before becomes durable before. All that is queued while a flush runs
//! goes into the next one (group commit; Source: `SyncRequestProcessor.run`, fact sheet §4.5). A
//! crash loses exactly what is not flushed.

mod fault;

use std::sync::Arc;

pub use fault::DiskFault;
pub(super) use fault::Findings;
use fault::Trouble;
use imbl::Vector;

use crate::store::Database;
use crate::types::{Epoch, Txn, Zxid};
use crate::zab::{Durable, Write, WriteId};

/// One write on its way to the disk.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Pending {
    /// A record of the log.
    Append(Arc<Txn>),
    /// A write that the peer waits for.
    Write {
        /// Its name.
        id: WriteId,
        /// What to write.
        write: Arc<Write>,
        /// Of a snapshot the content.
        image: Option<Arc<Database>>,
    },
}

/// A write that has become durable, as the peer wants to hear of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Completion {
    Logged(Zxid),
    Persisted(WriteId),
}

/// What a flush made durable.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Flushed {
    pub completions: Vec<Completion>,
    pub txns: u32,
    /// The last of the single writes.
    pub write: Option<Arc<Write>>,
}

/// A simulated disk.
///
/// Invariants, tested by [`Disk::validate`]:
/// 1. there is one image for each snapshot, which reaches as far;
/// 2. a flush is running whenever something is waiting for one.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Disk {
    durable: Durable,
    images: Vector<(Zxid, Arc<Database>)>,
    flushing: Vec<Pending>,
    waiting: Vec<Pending>,
    trouble: Trouble,
    findings: Findings,
    /// Whether the file `initialize` is there.
    initialize: bool,
}

impl Disk {
    /// A disk that holds this; `images` are the contents of the snapshots.
    pub(super) fn holding(durable: Durable, images: Vector<(Zxid, Arc<Database>)>) -> Disk {
        let disk = Disk { durable, images, ..Disk::default() };
        disk.validate();
        disk
    }

    /// A disk with this history in its log, behind the empty snapshot of a first start.
    pub fn with_log(accepted_epoch: Epoch, current_epoch: Epoch, log: Vector<Arc<Txn>>) -> Disk {
        let snapshots = Vector::unit(Zxid::ZERO);
        let durable = Durable { accepted_epoch, current_epoch, log, snapshots };
        Disk::holding(durable, Vector::unit((Zxid::ZERO, Arc::new(Database::new()))))
    }

    /// What a crash leaves.
    pub fn durable(&self) -> &Durable {
        &self.durable
    }

    /// What the running flush will make durable, in order; empty where none runs.
    pub fn flushing(&self) -> &[Pending] {
        &self.flushing
    }

    /// What waits for the next flush, in order.
    pub fn waiting(&self) -> &[Pending] {
        &self.waiting
    }

    /// The content of the newest snapshot and what it reaches up to.
    pub fn newest_image(&self) -> Option<(Zxid, &Arc<Database>)> {
        self.images.last().map(|(zxid, image)| (*zxid, image))
    }

    /// The tree as a process finds it: newest snapshot, and all log records behind it, committed or
    /// not. Says how many those were. Source: `FileTxnSnapLog.restore`; fact sheet §1.3.
    pub(super) fn load(&self) -> (Database, u32) {
        let image = self.images.last().map(|(_, image)| Database::clone(image));
        let mut database = image.unwrap_or_default();
        let mut replayed = 0;
        for txn in self.durable.tail() {
            database.apply(txn);
            replayed += 1;
        }
        (database, replayed)
    }

    /// Records for the log. Says whether a flush begins.
    pub(super) fn append(&mut self, txns: impl IntoIterator<Item = Arc<Txn>>) -> bool {
        self.waiting.extend(txns.into_iter().map(Pending::Append));
        self.flush_if_idle()
    }

    /// A write that the peer waits for. Says whether a flush begins.
    pub(super) fn persist(
        &mut self,
        id: WriteId,
        write: Write,
        image: Option<Arc<Database>>,
    ) -> bool {
        let has_image = matches!(write, Write::Snapshot(_) | Write::Replace(_));
        debug_assert_eq!(has_image, image.is_some());
        self.waiting.push(Pending::Write { id, write: Arc::new(write), image });
        self.flush_if_idle()
    }

    /// The running flush is done; the next one begins if something waits for it, which is answered
    /// too.
    ///
    /// # Panics
    /// If no flush runs.
    pub(super) fn finish_flush(&mut self) -> (Flushed, bool) {
        assert!(!self.flushing.is_empty(), "no flush is running");
        let mut flushed = Flushed::default();
        let mut done = std::mem::take(&mut self.flushing);
        for pending in done.drain(..) {
            match pending {
                Pending::Append(txn) => flushed.append(txn, &mut self.durable),
                Pending::Write { id, write, image } => {
                    self.write(&write, image);
                    flushed.completions.push(Completion::Persisted(id));
                    flushed.write = Some(write);
                }
            }
        }
        // The next flush gathers in the same place.
        self.flushing = done;
        (flushed, self.flush_if_idle())
    }

    /// The power is cut: what is not flushed is gone.
    pub(super) fn crash(&mut self) {
        self.flushing.clear();
        self.waiting.clear();
    }

    /// Tests the numbered invariants.
    ///
    /// # Panics
    /// If one is broken.
    pub fn validate(&self) {
        self.durable.validate();
        let images = self.images.iter().map(|(zxid, _)| zxid);
        assert!(images.eq(self.durable.snapshots.iter()), "1: images are not those of snapshots");
        assert!(self.waiting.is_empty() || !self.flushing.is_empty(), "2: the disk is idle");
    }

    fn flush_if_idle(&mut self) -> bool {
        let begins = self.flushing.is_empty() && !self.waiting.is_empty();
        if begins {
            std::mem::swap(&mut self.flushing, &mut self.waiting);
        }
        begins
    }

    fn write(&mut self, write: &Write, image: Option<Arc<Database>>) {
        self.durable.apply(write);
        match write {
            Write::Snapshot(zxid) => {
                let image = image.expect("a snapshot is queued with its content");
                match self.images.binary_search_by(|(known, _)| known.cmp(zxid)) {
                    Ok(place) => _ = self.images.set(place, (*zxid, image)),
                    Err(place) => self.images.insert(place, (*zxid, image)),
                }
            }
            Write::Replace(zxid) => {
                let image = image.expect("a snapshot is queued with its content");
                self.images = Vector::unit((*zxid, image));
            }
            Write::Truncate(cut) => self.images.retain(|(zxid, _)| zxid <= cut),
            Write::AcceptedEpoch(_)
            | Write::CurrentEpoch(_)
            | Write::Append(_)
            | Write::TruncateLogOnly(_) => (),
        }
    }
}

impl Flushed {
    /// Records that follow each other are reported together, by the last one.
    fn append(&mut self, txn: Arc<Txn>, durable: &mut Durable) {
        let zxid = txn.zxid;
        durable.append(txn);
        self.txns += 1;
        match self.completions.last_mut() {
            Some(Completion::Logged(last)) => *last = zxid,
            _ => self.completions.push(Completion::Logged(zxid)),
        }
    }
}

#[cfg(test)]
mod tests;
