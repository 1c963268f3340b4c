//! Going through time: steps forwards and back, jumps, undo, and running until something happens.

use super::Viewer;
use crate::ensemble::Segment;
use crate::run::BranchId;
use crate::sim::{Condition, EventId, EventKind, TraceEvent};
use crate::types::{Instant, ServerId, Span};
use crate::{server, zab};

/// Where a step stops.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stop {
    /// At the next thing that is more than a sign of life.
    Event,
    /// At a commit, a change of role or a fault.
    Milestone,
    /// At what happens at this server.
    Server(ServerId),
    /// Where a message is delivered.
    Delivery,
    /// Where a transaction is committed.
    Commit,
    /// Where a server begins to look for a leader, or a leader is found or established.
    Election,
}

/// A step gives up behind so much virtual time: in an idle ensemble what it looks for never comes.
const STEP_MAX: Span = Span::millis(10_000);
/// Running until something has come true gives up behind so much.
const RUN_MAX: Span = Span::millis(120_000);

impl Viewer {
    /// Goes on to where something of the kind has happened. False where nothing has for long.
    pub(super) fn step_forward(&mut self, stop: Stop) -> bool {
        let is_there =
            |viewer: &Viewer| viewer.run().latest().iter().any(|event| stop.is_at(event));
        self.go_on(STEP_MAX, is_there)
    }

    /// Goes back to where something of the kind had just happened; to the beginning where nothing
    /// had.
    pub(super) fn step_back(&mut self, stop: Stop) {
        self.pause();
        let timeline = &self.timeline;
        let latest = timeline.run().latest().first().map(|event| event.id);
        // Between two events the last one is the first to go back to.
        let between = self.now > self.run().now();
        let end = if between { timeline.cursor() } else { latest.unwrap_or(timeline.cursor()) };
        let trace = timeline.trace();
        let found = trace.between(trace.first(), end).rev().find(|event| stop.is_at(event));
        match found.map(|event| event.id) {
            Some(event) => self.seek_event(event),
            None => self.seek_instant(Instant::ZERO),
        }
    }

    /// Goes to right after an event.
    pub(super) fn seek_event(&mut self, event: EventId) {
        self.timeline.seek_event(event);
        self.arrive(None);
    }

    /// Goes to an instant; past the end of the branch, to its end.
    pub(super) fn seek_instant(&mut self, at: Instant) {
        self.timeline.seek_instant(at);
        let end = self.timeline.end().now();
        self.arrive(Some(at.min(end)));
    }

    /// Goes to the end of the branch.
    pub(super) fn seek_end(&mut self) {
        self.timeline.seek_end();
        self.arrive(None);
    }

    /// Goes back to before the last thing that was done. False where nothing was.
    pub(super) fn undo(&mut self) -> bool {
        let at = self.timeline.undo();
        self.pause();
        self.arrive(at);
        at.is_some()
    }

    /// Goes forward to behind the next thing that was done. False where nothing was.
    pub(super) fn redo(&mut self) -> bool {
        let at = self.timeline.redo();
        self.arrive(at);
        at.is_some()
    }

    /// Goes on until it has come true. False where it has not for long.
    pub(super) fn run_until(&mut self, condition: &Condition) -> bool {
        self.go_on(RUN_MAX, |viewer| viewer.run().has_reached(condition))
    }

    fn go_on(&mut self, at_most: Span, is_there: impl Fn(&Viewer) -> bool) -> bool {
        self.pause();
        let end = self.now + at_most;
        while self.timeline.next_instant().is_some_and(|next| next <= end) && self.step() {
            if is_there(self) {
                return true;
            }
        }
        false
    }

    /// Shows another branch, at the same instant as far as it goes.
    pub(super) fn switch_branch(&mut self, branch: BranchId) {
        let at = self.now;
        if self.timeline.switch(branch) {
            self.seek_instant(at);
        }
    }

    fn pause(&mut self) {
        self.playback.playing = false;
        self.playback.forget();
    }

    /// The instant that is shown follows the cursor.
    fn arrive(&mut self, at: Option<Instant>) {
        let here = self.run().now();
        self.now = at.map_or(here, |at| at.max(here));
        self.playback.forget();
    }
}

impl Stop {
    /// Whether a step stops at this event.
    pub fn is_at(self, event: &TraceEvent) -> bool {
        match self {
            Stop::Event => is_notable(event),
            Stop::Milestone => is_milestone(event),
            Stop::Server(server) => is_notable(event) && happens_at(event) == Some(server),
            Stop::Delivery => match &event.kind {
                EventKind::Delivered(transfer) => {
                    !transfer.is_ping() && matches!(transfer.segment, Segment::Packet(_))
                }
                _ => false,
            },
            Stop::Commit => {
                matches!(&event.kind, EventKind::Peer(_, zab::Note::Committed { .. }))
            }
            Stop::Election => is_election(event),
        }
    }
}

/// The server that an event happens at: for a message, where it arrives or is sent.
fn happens_at(event: &TraceEvent) -> Option<ServerId> {
    match &event.kind {
        EventKind::Sent(transfer) => transfer.from.server(),
        EventKind::Delivered(transfer) => transfer.to.server(),
        EventKind::Peer(server, _) | EventKind::Server(server, _) => Some(*server),
        _ => None,
    }
}

fn is_election(event: &TraceEvent) -> bool {
    use zab::Note;
    let EventKind::Peer(_, note) = &event.kind else { return false };
    matches!(
        note,
        Note::Entered { .. }
            | Note::LeaderFound { .. }
            | Note::Established { .. }
            | Note::GaveUp { .. }
    )
}

/// Whether a step stops here when it goes by events: not for signs of life.
pub fn is_notable(event: &TraceEvent) -> bool {
    match &event.kind {
        EventKind::Sent(transfer) | EventKind::Delivered(transfer) => !transfer.is_ping(),
        EventKind::TimerFired(timer) => !timer.is_sign_of_life(),
        EventKind::Peer(_, zab::Note::Ignored { .. }) => false,
        _ => true,
    }
}

/// Whether a step stops here when it goes by milestones: commits, changes of role, faults.
pub fn is_milestone(event: &TraceEvent) -> bool {
    match &event.kind {
        EventKind::Command(_) | EventKind::Server(_, server::Note::Exited { .. }) => true,
        EventKind::Peer(_, note) => matches!(
            note,
            zab::Note::Committed { .. }
                | zab::Note::Entered { .. }
                | zab::Note::Established { .. }
                | zab::Note::GaveUp { .. }
                | zab::Note::LeaderFound { .. }
        ),
        _ => false,
    }
}
