//! One server's or client's life: how it stood from when to when, and what it did.

use super::partition;
use crate::client::{self, SessionState};
use crate::server;
use crate::sim::{EventId, TraceEvent};
use crate::types::{Epoch, Instant, Zxid};
use crate::zab::{self, Phase, RoleName, Write};

/// A life.
#[derive(Clone, Debug, Default)]
pub struct Lane {
    stretches: imbl::Vector<Stretch>,
    marks: imbl::Vector<LaneMark>,
}

/// From when on it stood how.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// What made it so.
    pub event: EventId,
    /// When.
    pub from: Instant,
    /// How it stands.
    pub standing: Standing,
}

/// How a server or a client stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Standing {
    /// What it is.
    pub state: LaneState,
    /// Whether its process is stopped without having ended.
    pub paused: bool,
    /// The epoch on its disk.
    pub epoch: Epoch,
    /// The promise on its disk.
    pub promised: Epoch,
}

/// What a server or a client is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum LaneState {
    /// It has no process.
    #[default]
    Off,
    /// A server's process runs.
    On {
        /// Its role.
        role: RoleName,
        /// Its phase.
        phase: Phase,
    },
    /// A client, with its session.
    Client(SessionState),
}

/// Something that a server did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LaneMark {
    /// The event.
    pub event: EventId,
    /// When.
    pub at: Instant,
    /// What.
    pub kind: MarkKind,
}

/// What a server did.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum MarkKind {
    /// Its disk holds the log up to here.
    Flushed(Zxid),
    /// Its disk holds something else: an epoch, a snapshot.
    Written,
    /// The transaction is known here to be committed.
    Committed(Zxid),
    /// Its log was cut back to here.
    Truncated(Zxid),
}

impl Lane {
    /// How it stands now.
    pub fn standing(&self) -> Standing {
        self.stretches.last().map(|stretch| stretch.standing).unwrap_or_default()
    }

    /// How it stood at an instant, behind everything that happened then.
    pub fn standing_at(&self, at: Instant) -> Standing {
        let behind = partition(&self.stretches, |stretch| stretch.from <= at);
        let last = behind.checked_sub(1).and_then(|place| self.stretches.get(place));
        last.map(|stretch| stretch.standing).unwrap_or_default()
    }

    /// How it stood right before an event.
    pub fn standing_before(&self, event: EventId) -> Standing {
        let behind = partition(&self.stretches, |stretch| stretch.event < event);
        let last = behind.checked_sub(1).and_then(|place| self.stretches.get(place));
        last.map(|stretch| stretch.standing).unwrap_or_default()
    }

    /// The stretches that reach into a time, in order; each lasts until the next begins.
    pub fn stretches(&self, from: Instant, until: Instant) -> impl Iterator<Item = &Stretch> {
        let first = partition(&self.stretches, |stretch| stretch.from <= from).saturating_sub(1);
        let behind = partition(&self.stretches, |stretch| stretch.from <= until).max(first);
        self.stretches.focus().narrow(first..behind).into_iter()
    }

    /// What it did within a time, both ends included, in order.
    pub fn marks(&self, from: Instant, until: Instant) -> impl Iterator<Item = &LaneMark> {
        let first = partition(&self.marks, |mark| mark.at < from);
        let behind = partition(&self.marks, |mark| mark.at <= until).max(first);
        self.marks.focus().narrow(first..behind).into_iter()
    }

    /// What it did last, up to an instant, the newest first.
    pub fn newest_marks(&self, until: Instant, count: usize) -> impl Iterator<Item = &LaneMark> {
        let behind = partition(&self.marks, |mark| mark.at <= until);
        let marks = self.marks.focus().narrow(behind.saturating_sub(count)..behind);
        marks.into_iter().rev()
    }

    /// Forgets what ended before an instant.
    pub(super) fn forget_before(&mut self, at: Instant) {
        let standing = partition(&self.stretches, |stretch| stretch.from <= at).saturating_sub(1);
        self.stretches = self.stretches.skip(standing);
        self.marks = self.marks.skip(partition(&self.marks, |mark| mark.at < at));
    }

    /// It was not so: the command that it came from was refused.
    pub(super) fn take_back(&mut self, command: EventId) {
        if self.stretches.last().is_some_and(|stretch| stretch.event == command) {
            self.stretches.pop_back();
        }
    }

    pub(super) fn stand(&mut self, event: &TraceEvent, state: LaneState) {
        let standing = self.standing();
        self.set(event, Standing { state, paused: false, ..standing });
    }

    pub(super) fn pause(&mut self, event: &TraceEvent, paused: bool) {
        let standing = self.standing();
        if matches!(standing.state, LaneState::On { .. }) {
            self.set(event, Standing { paused, ..standing });
        }
    }

    pub(super) fn on_client(&mut self, event: &TraceEvent, note: &client::Note) {
        if let client::Note::StateChanged { state, .. } = note {
            self.stand(event, LaneState::Client(*state));
        }
    }

    pub(super) fn on_server(&mut self, event: &TraceEvent, note: &server::Note) {
        match note {
            server::Note::Started { .. } => {
                let (role, phase) = (RoleName::Looking, Phase::Election);
                self.stand(event, LaneState::On { role, phase });
            }
            server::Note::Exited { .. } | server::Note::RefusedToStart { .. } => {
                self.stand(event, LaneState::Off);
            }
            server::Note::Flushed { last, txns, write } => {
                let is_log = matches!(write.as_deref(), None | Some(Write::Append(_)));
                let kind = match is_log && (*txns > 0 || write.is_some()) {
                    true => MarkKind::Flushed(*last),
                    false => MarkKind::Written,
                };
                self.mark(event, kind);
            }
            _ => {}
        }
    }

    pub(super) fn on_peer(&mut self, event: &TraceEvent, note: &zab::Note) {
        let standing = self.standing();
        match note {
            zab::Note::Entered { role, phase, .. } => {
                let state = LaneState::On { role: *role, phase: *phase };
                self.set(event, Standing { state, ..standing });
            }
            zab::Note::EpochAccepted { epoch } => {
                self.set(event, Standing { promised: *epoch, ..standing });
            }
            zab::Note::EpochEntered { epoch } => {
                self.set(event, Standing { epoch: *epoch, ..standing });
            }
            zab::Note::Committed { zxid } => self.mark(event, MarkKind::Committed(*zxid)),
            zab::Note::Truncated { zxid } => self.mark(event, MarkKind::Truncated(*zxid)),
            _ => {}
        }
    }

    fn set(&mut self, event: &TraceEvent, standing: Standing) {
        if self.standing() == standing {
            return;
        }
        self.stretches.push_back(Stretch { event: event.id, from: event.at, standing });
    }

    fn mark(&mut self, event: &TraceEvent, kind: MarkKind) {
        self.marks.push_back(LaneMark { event: event.id, at: event.at, kind });
    }
}
