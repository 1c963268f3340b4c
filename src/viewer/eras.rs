//! The history at a glance: who led when, what was done to the ensemble, what was committed.

use crate::ensemble::Ensemble;
use crate::server;
use crate::sim::{Command, EventKind, TraceEvent};
use crate::types::{Epoch, Instant, ServerId, Zxid};
use crate::zab;

/// The eras of a run and the marks on them.
#[derive(Clone, Debug, Default)]
pub struct Eras {
    reigns: imbl::Vector<Reign>,
    cuts: imbl::Vector<(Instant, Option<Instant>)>,
    marks: imbl::Vector<(Instant, Mark)>,
    last_commit: Zxid,
}

/// An established leader's time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reign {
    /// Whose.
    pub leader: ServerId,
    /// Its epoch.
    pub epoch: Epoch,
    /// From its establishment on.
    pub from: Instant,
    /// Until it gave up or crashed; `None` while it lasts.
    pub until: Option<Instant>,
}

/// Something worth a mark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// A server lost power.
    Crash,
    /// A server was started again.
    Restart,
    /// A transaction was committed, for the first time anywhere.
    Commit(Epoch),
}

/// So many marks are remembered.
const REMEMBERED: usize = 4_096;

impl Eras {
    /// The reigns, by their beginning.
    pub fn reigns(&self) -> &imbl::Vector<Reign> {
        &self.reigns
    }

    /// When the network was cut, and until when.
    pub fn cuts(&self) -> &imbl::Vector<(Instant, Option<Instant>)> {
        &self.cuts
    }

    /// The marks, by time.
    pub fn marks(&self) -> &imbl::Vector<(Instant, Mark)> {
        &self.marks
    }

    /// Takes note of what happened.
    pub fn absorb(&mut self, event: &TraceEvent, ensemble: &Ensemble) {
        match &event.kind {
            EventKind::Peer(server, note) => self.on_peer(*server, note, event.at),
            EventKind::Server(server, server::Note::Exited { .. }) => {
                self.crashed(*server, event.at);
            }
            EventKind::Server(_, server::Note::Started { .. }) if event.at > Instant(10_000) => {
                self.mark(event.at, Mark::Restart);
            }
            EventKind::Command(command) => match command.as_ref() {
                Command::Crash(_) | Command::CrashLeader => self.check_reigns(event.at, ensemble),
                _ => {}
            },
            _ => {}
        }
    }

    /// Whether the network is cut now.
    pub fn network(&mut self, is_cut: bool, at: Instant) {
        let open = self.cuts.back().is_some_and(|(_, until)| until.is_none());
        match (open, is_cut) {
            (false, true) => self.cuts.push_back((at, None)),
            (true, false) => self.cuts.back_mut().into_iter().for_each(|cut| cut.1 = Some(at)),
            _ => {}
        }
    }

    fn on_peer(&mut self, server: ServerId, note: &zab::Note, at: Instant) {
        match *note {
            zab::Note::Established { epoch, .. } => {
                self.reigns.push_back(Reign { leader: server, epoch, from: at, until: None });
            }
            zab::Note::GaveUp { .. } => self.end_reign(server, at),
            zab::Note::Committed { zxid } if zxid > self.last_commit => {
                self.last_commit = zxid;
                self.mark(at, Mark::Commit(zxid.epoch));
            }
            _ => {}
        }
    }

    fn crashed(&mut self, server: ServerId, at: Instant) {
        self.end_reign(server, at);
        self.mark(at, Mark::Crash);
    }

    /// A command took a server's power: whose, the ensemble shows.
    fn check_reigns(&mut self, at: Instant, ensemble: &Ensemble) {
        let down = |reign: &&Reign| {
            let server = ensemble.server(reign.leader);
            reign.until.is_none() && server.is_some_and(|server| server.process().is_none())
        };
        let ended: Vec<ServerId> =
            self.reigns.iter().filter(down).map(|reign| reign.leader).collect();
        ended.into_iter().for_each(|leader| self.end_reign(leader, at));
        self.mark(at, Mark::Crash);
    }

    fn end_reign(&mut self, leader: ServerId, at: Instant) {
        let open = |reign: &&mut Reign| reign.leader == leader && reign.until.is_none();
        self.reigns.iter_mut().filter(open).for_each(|reign| reign.until = Some(at));
    }

    fn mark(&mut self, at: Instant, mark: Mark) {
        self.marks.push_back((at, mark));
        if self.marks.len() > REMEMBERED {
            self.marks.pop_front();
        }
    }
}
