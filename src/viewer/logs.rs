//! What was ever seen in each server's log: what a truncation took away, what is known to be
//! committed where. The logs as they are stand in the world; this is their past.

use std::collections::BTreeMap;

use imbl::{OrdMap, OrdSet};

use crate::ensemble::Ensemble;
use crate::server;
use crate::sim::{EventKind, TraceEvent};
use crate::types::{Instant, ServerId, Zxid};
use crate::zab::{self, Write};

/// The past of all logs.
#[derive(Clone, Debug, Default)]
pub struct Logs {
    servers: BTreeMap<ServerId, LogPast>,
    committed: OrdSet<Zxid>,
    last_commit: Option<(ServerId, Zxid, u32, Instant)>,
    last_acks: OrdMap<Zxid, u32>,
}

/// The past of one server's log.
#[derive(Clone, Debug, Default)]
pub struct LogPast {
    /// What it has had in its log and still has, the recent part.
    logged: OrdSet<Zxid>,
    /// What was taken away and has not come back.
    truncated: OrdSet<Zxid>,
    /// Up to where it has been told that transactions are committed.
    known_committed: Zxid,
}

/// So many transactions of a log are remembered.
const REMEMBERED: usize = 512;

impl Logs {
    /// The transactions that were taken out of a server's log and have not come back.
    pub fn truncated(&self, server: ServerId) -> impl Iterator<Item = Zxid> + '_ {
        self.servers.get(&server).into_iter().flat_map(|past| past.truncated.iter().copied())
    }

    /// Up to where a server has been told that transactions are committed.
    pub fn known_committed(&self, server: ServerId) -> Zxid {
        self.servers.get(&server).map_or(Zxid::ZERO, |past| past.known_committed)
    }

    /// Whether any server has been told that it is committed.
    pub fn is_committed(&self, zxid: Zxid) -> bool {
        self.committed.contains(&zxid)
    }

    /// The newest commit: by which leader, of what, with how many acks, and when.
    pub fn last_commit(&self) -> Option<(ServerId, Zxid, u32, Instant)> {
        self.last_commit
    }

    /// Takes note of what happened; `ensemble` is as it was right after.
    pub fn absorb(&mut self, event: &TraceEvent, ensemble: &Ensemble) {
        match &event.kind {
            EventKind::Server(server, note) => self.on_server(*server, note),
            EventKind::Peer(server, note) => self.on_peer(*server, note, event.at, ensemble),
            _ => {}
        }
    }

    fn on_server(&mut self, server: ServerId, note: &server::Note) {
        let past = self.servers.entry(server).or_default();
        match note {
            server::Note::LogTaken { first, last } => {
                let mut next = Some(*first);
                while let Some(zxid) = next.filter(|zxid| zxid <= last) {
                    past.logs(zxid);
                    next = zxid.next();
                }
            }
            server::Note::Flushed { write: Some(write), .. } => {
                if let Write::Append(txns) = write.as_ref() {
                    txns.iter().for_each(|txn| past.logs(txn.zxid));
                }
            }
            server::Note::SnapshotLoaded { zxid } => {
                // The leader's tree replaces the log: what was not committed is gone.
                let committed = &self.committed;
                let dead = |own: &Zxid| own <= zxid && !committed.contains(own);
                let lost: Vec<Zxid> = past.logged.iter().copied().filter(dead).collect();
                past.withdraw(lost);
            }
            _ => {}
        }
    }

    fn on_peer(&mut self, server: ServerId, note: &zab::Note, at: Instant, ensemble: &Ensemble) {
        use zab::Note;
        match *note {
            Note::Truncated { zxid } => {
                let past = self.servers.entry(server).or_default();
                let lost = past.logged.iter().copied().filter(|own| *own > zxid).collect();
                past.withdraw(lost);
            }
            Note::Acked { zxid, count, .. } => {
                self.last_acks.insert(zxid, count);
                if self.last_acks.len() > REMEMBERED {
                    self.last_acks = self.last_acks.without_min().1;
                }
            }
            Note::Committed { zxid } => {
                self.knows(server, zxid);
                self.committed.insert(zxid);
                let leads = |found: &crate::server::Server| {
                    found
                        .process()
                        .is_some_and(|process| process.peer().role_name() == zab::RoleName::Leading)
                };
                if ensemble.server(server).is_some_and(leads) {
                    let acks = self.last_acks.get(&zxid).copied().unwrap_or(0);
                    self.last_commit = Some((server, zxid, acks, at));
                }
            }
            Note::Established { initial_last, .. } => {
                self.knows(server, initial_last);
                let process = ensemble.server(server).and_then(|server| server.process());
                let log = process.map(|process| process.peer().history().log());
                self.committed.extend(log.into_iter().flatten().map(|txn| txn.zxid));
            }
            Note::UpToDate { .. } => {
                let process = ensemble.server(server).and_then(|server| server.process());
                let last = process.map(|process| process.peer().last_processed());
                self.knows(server, last.unwrap_or(Zxid::ZERO));
            }
            _ => {}
        }
        while self.committed.len() > REMEMBERED * 4 {
            self.committed.remove_min();
        }
    }

    fn knows(&mut self, server: ServerId, zxid: Zxid) {
        let past = self.servers.entry(server).or_default();
        past.known_committed = past.known_committed.max(zxid);
    }
}

impl LogPast {
    fn logs(&mut self, zxid: Zxid) {
        self.logged.insert(zxid);
        self.truncated.remove(&zxid);
        if self.logged.len() > REMEMBERED {
            self.logged.remove_min();
        }
    }

    fn withdraw(&mut self, lost: Vec<Zxid>) {
        for zxid in lost {
            self.logged.remove(&zxid);
            self.truncated.insert(zxid);
        }
        while self.truncated.len() > REMEMBERED {
            self.truncated.remove_min();
        }
    }
}
