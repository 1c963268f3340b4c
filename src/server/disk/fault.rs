//! What can be wrong with a disk, and what a start finds of it.

use imbl::Vector;
use serde::{Deserialize, Serialize};

use super::Disk;
use crate::types::Zxid;
use crate::zab::{Durable, LoadError};

/// Something that is done to a disk from outside.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DiskFault {
    /// The newest snapshot cannot be read any more: a start takes the one before it. While down.
    DamageSnapshot,
    /// The same, if the one before it and the log hold all that it holds: a server applies what is
    /// committed before its own disk has it, so that a snapshot may reach beyond the log, and leave
    /// a hole there. While down.
    DamageSpareSnapshot,
    /// The next write fails, once.
    Fail,
    /// The disk is full: every write fails.
    Fill,
    /// There is room again, and writes succeed.
    Free,
    /// An operator creates the file `initialize`: an empty disk is right. While down.
    Initialize,
    /// The last record of the log is torn: its checksum is wrong, and a start drops it. While down.
    Tear,
    /// Everything on it is gone. While down.
    Wipe,
}

impl DiskFault {
    /// All of them.
    pub const ALL: [DiskFault; 8] = [
        DiskFault::DamageSnapshot,
        DiskFault::DamageSpareSnapshot,
        DiskFault::Fail,
        DiskFault::Fill,
        DiskFault::Free,
        DiskFault::Initialize,
        DiskFault::Tear,
        DiskFault::Wipe,
    ];

    /// Its name in scenario texts.
    pub const fn name(self) -> &'static str {
        match self {
            DiskFault::DamageSnapshot => "damaged",
            DiskFault::DamageSpareSnapshot => "spare-damaged",
            DiskFault::Fail => "fails",
            DiskFault::Fill => "full",
            DiskFault::Free => "free",
            DiskFault::Initialize => "initialize",
            DiskFault::Tear => "torn",
            DiskFault::Wipe => "wiped",
        }
    }

    /// Whether the server has to be down for it: a process does not look at its files again.
    pub const fn needs_server_down(self) -> bool {
        match self {
            DiskFault::DamageSnapshot | DiskFault::DamageSpareSnapshot => true,
            DiskFault::Initialize => true,
            DiskFault::Tear | DiskFault::Wipe => true,
            DiskFault::Fail | DiskFault::Fill | DiskFault::Free => false,
        }
    }
}

/// Which writes fail.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub(super) enum Trouble {
    #[default]
    None,
    Next,
    All,
}

/// What a start finds of what was done to the disk while the server was down.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub(in crate::server) struct Findings {
    /// The last record was torn, and is dropped.
    pub torn: bool,
    /// So many snapshots could not be read.
    pub damaged: u32,
}

impl Disk {
    /// The disk of a server on which an operator has put the file `initialize`.
    pub fn new() -> Disk {
        Disk { initialize: true, ..Disk::default() }
    }

    /// Whether writes fail, all or the next one.
    pub fn is_in_trouble(&self) -> bool {
        self.trouble != Trouble::None
    }

    /// Whether the newest snapshot holds nothing that the one before it and the log do not: its
    /// last transaction is in the log, and so is all that came there before.
    pub fn has_spare_snapshot(&self) -> bool {
        let Durable { log, snapshots, .. } = &self.durable;
        snapshots.len() > 1
            && snapshots
                .last()
                .is_some_and(|newest| log.binary_search_by(|txn| txn.zxid.cmp(newest)).is_ok())
    }

    /// Does this to the disk.
    pub(in crate::server) fn suffer(&mut self, fault: DiskFault) {
        match fault {
            DiskFault::DamageSnapshot | DiskFault::DamageSpareSnapshot => {
                if self.images.pop_back().is_some() {
                    self.durable.snapshots.pop_back();
                    self.findings.damaged += 1;
                }
            }
            DiskFault::Fail => self.trouble = Trouble::Next,
            DiskFault::Fill => self.trouble = Trouble::All,
            DiskFault::Free => self.trouble = Trouble::None,
            DiskFault::Initialize => self.initialize = true,
            DiskFault::Tear => {
                self.findings.torn |= self.durable.log.pop_back().is_some();
            }
            DiskFault::Wipe => *self = Disk { trouble: self.trouble, ..Disk::default() },
        }
    }

    /// The power fails in the middle of a flush: the first `kept` records of those that were being
    /// flushed are on disk, and the one behind them is torn. Single writes that stand before it are
    /// done too; none of this was ever acknowledged.
    pub(in crate::server) fn crash_torn(&mut self, kept: u32) {
        let mut left = kept;
        for pending in std::mem::take(&mut self.flushing) {
            match pending {
                super::Pending::Append(txn) if left > 0 => {
                    self.durable.append(txn);
                    left -= 1;
                }
                super::Pending::Append(_) => {
                    self.findings.torn = true;
                    break;
                }
                super::Pending::Write { write, image, .. } => self.write(&write, image),
            }
        }
        self.crash();
    }

    /// Whether a write that is due now fails.
    pub(in crate::server) fn fails(&mut self) -> bool {
        let fails = self.trouble != Trouble::None;
        if self.trouble == Trouble::Next {
            self.trouble = Trouble::None;
        }
        fails
    }

    /// What a start finds; it is found once.
    pub(in crate::server) fn take_findings(&mut self) -> Findings {
        std::mem::take(&mut self.findings)
    }

    /// Prepares an empty disk for its first start: an empty snapshot, if someone said that it is
    /// right, by `initialize` or once and for all (`autocreate`). Otherwise data may be missing.
    /// Source: `FileTxnSnapLog.restore`; fact sheet §1.3.
    pub(in crate::server) fn format_if_empty(&mut self, autocreate: bool) {
        if !self.durable.snapshots.is_empty() || !self.durable.log.is_empty() {
            return;
        }
        if autocreate || std::mem::take(&mut self.initialize) {
            self.durable.snapshots.push_back(Zxid::ZERO);
            self.images.push_back((Zxid::ZERO, super::Arc::new(super::Database::new())));
        }
    }

    /// What an operator does about a server that refuses to start; see [`Durable::repair`]. A log
    /// without a snapshot helps nobody: the server begins with nothing.
    pub(in crate::server) fn repair(&mut self, why: LoadError) {
        match why {
            LoadError::NoSnapshot => {
                let Durable { accepted_epoch, current_epoch, .. } = self.durable;
                self.durable = Durable { accepted_epoch, current_epoch, ..Durable::default() };
                self.images = Vector::new();
            }
            LoadError::AcceptedBelowCurrent { .. } | LoadError::LogBeyondCurrentEpoch { .. } => {
                self.durable.repair();
            }
        }
    }
}
