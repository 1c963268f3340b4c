//! The app's model, without a browser: a run that is watched, and what the person does to it.
//!
//! A [`Viewer`] owns a [`Run`] and changes by [`Action`]s and by the viewer's time alone. It lets
//! the run happen event by event and keeps what the page has to know of the past: what became of
//! each request ([`Requests`]), of each log ([`Logs`]), who led when ([`Eras`]). The folder ends
//! where something is shown: no sentence, no place on a screen.

mod action;
mod eras;
mod logs;
mod playback;
mod requests;
mod spacetime;

pub use action::{Action, Done, Selection};
pub use eras::{Eras, Mark, Reign};
pub use logs::Logs;
pub use playback::{Playback, Reach, Speed};
pub use requests::{Request, Requests, Told};
pub use spacetime::{
    Burst, Hop, HopEnd, HopKind, Hops, Lane, LaneMark, LaneState, MarkKind, Quiet, Spacetime,
    Standing, Stretch,
};

use crate::run::Run;
use crate::scenario::{Scenario, ScenarioError};
use crate::sim::{EventId, EventKind, TraceEvent, World};
use crate::types::{ClientId, Instant, ServerId, Span};
use crate::zab;

/// A run that is watched.
#[derive(Clone, Debug)]
pub struct Viewer {
    run: Run,
    /// The instant that is shown: at or behind the world's, before its next event.
    now: Instant,
    playback: Playback,
    selection: Option<Selection>,
    client: Option<ClientId>,
    requests: Requests,
    logs: Logs,
    eras: Eras,
    spacetime: Spacetime,
    /// The first trace event that has not been taken note of.
    unread: EventId,
    /// How often the network was split, so that the members take turns.
    splits: u32,
    /// Whether the person has done anything to the ensemble.
    acted: bool,
}

/// Opening a page runs up to where the ensemble serves, but no further than this.
const OPENING_MAX: Instant = Instant(5_000_000);

/// One frame never takes more steps than this, so that a fast run leaves the page alive.
const STEPS_PER_FRAME: u32 = 4_000;

/// A step to the next event or milestone gives up behind so many steps.
const STEPS_TO_EVENT: u32 = 200_000;

impl Viewer {
    /// Opens a scenario at its beginning.
    ///
    /// # Errors
    /// Where the scenario cannot be run.
    pub fn open(scenario: &Scenario) -> Result<Viewer, ScenarioError> {
        Ok(Viewer {
            run: Run::new(scenario)?,
            now: Instant::ZERO,
            playback: Playback::default(),
            selection: None,
            client: None,
            requests: Requests::default(),
            logs: Logs::default(),
            eras: Eras::default(),
            spacetime: Spacetime::new(scenario.settings.server_ids()),
            unread: EventId::FIRST,
            splits: 0,
            acted: false,
        })
    }

    /// Runs up to where a leader serves every server and nothing but signs of life goes on, so that
    /// the page opens on a healthy ensemble. A command of the scenario ends the opening too.
    pub fn run_until_healthy(&mut self) {
        while self.now < OPENING_MAX && !self.is_healthy() && self.step() {}
        self.playback.forget();
    }

    /// Lets so much of the viewer's time pass. True where an event happened.
    pub fn advance(&mut self, elapsed: Span) -> bool {
        if !self.playback.playing {
            return false;
        }
        self.playback.earn(elapsed);
        let mut happened = false;
        for _ in 0..STEPS_PER_FRAME {
            match self.playback.spend(self.now, self.run.world()) {
                Reach::Event => happened |= self.step(),
                Reach::Between(instant) => {
                    self.now = instant;
                    return happened;
                }
            }
            if self.is_violated() {
                self.playback.playing = false;
                return true;
            }
        }
        self.playback.forget();
        happened
    }

    /// What is watched.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// The world as it is.
    pub fn world(&self) -> &World {
        self.run.world()
    }

    /// The instant that is shown.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// Whether and how time runs.
    pub fn playback(&self) -> &Playback {
        &self.playback
    }

    /// What is selected.
    pub fn selection(&self) -> Option<Selection> {
        self.selection
    }

    /// The client that the buttons speak for.
    pub fn client(&self) -> Option<ClientId> {
        let clients = || self.world().ensemble().clients().map(|(client, _)| client);
        self.client.filter(|chosen| clients().any(|client| client == *chosen)).or(clients().next())
    }

    /// What became of each request.
    pub fn requests(&self) -> &Requests {
        &self.requests
    }

    /// The past of the logs.
    pub fn logs(&self) -> &Logs {
        &self.logs
    }

    /// The history at a glance.
    pub fn eras(&self) -> &Eras {
        &self.eras
    }

    /// The run as a space–time diagram asks for it.
    pub fn spacetime(&self) -> &Spacetime {
        &self.spacetime
    }

    /// Whether the person has done anything to the ensemble.
    pub fn has_acted(&self) -> bool {
        self.acted
    }

    /// The members of the minority that the next split makes; none where there is nothing to split.
    pub fn next_minority(&self) -> Vec<ServerId> {
        let servers: Vec<ServerId> = self.world().settings().server_ids().collect();
        let count = servers.len();
        let minority = (count - 1) / 2;
        // The first split takes the leader along, so that there is something to see.
        let leader = self.world().ensemble().serving_leader();
        let first = leader.and_then(|leader| servers.iter().position(|&server| server == leader));
        let start = first.unwrap_or(0) + self.splits as usize;
        let mut members: Vec<ServerId> =
            (0..minority).map(|offset| servers[(start + count - offset) % count]).collect();
        members.sort();
        members
    }

    /// Whether a property was broken.
    pub fn is_violated(&self) -> bool {
        self.run.violation().is_some()
    }

    /// Lets the next thing happen.
    fn step(&mut self) -> bool {
        let stepped = self.run.step();
        self.now = self.now.max(self.run.world().now());
        self.absorb();
        stepped
    }

    /// Takes note of what the trace has new.
    fn absorb(&mut self) {
        let world = self.run.world();
        let ensemble = world.ensemble();
        for event in self.run.trace().iter_from(self.unread) {
            self.requests.absorb(event);
            self.logs.absorb(event, ensemble);
            self.eras.absorb(event, ensemble);
        }
        self.unread = world.next_event();
        self.spacetime.follow(self.run.trace());
        self.eras.network(world.network().cuts().next().is_some(), world.now());
    }

    fn is_healthy(&self) -> bool {
        let world = self.world();
        let ensemble = world.ensemble();
        let serves = |server: &crate::server::Server| {
            server.process().is_some_and(|process| process.peer().is_serving())
        };
        let connected = |host: &crate::ensemble::ClientHost| {
            host.client().state() == crate::client::SessionState::Connected
        };
        let clients = ensemble.clients().len() == world.settings().clients.len();
        clients
            && ensemble.servers().all(serves)
            && ensemble.clients().all(|(_, host)| connected(host))
            && world.quiet_until().is_some()
    }

    /// The newest trace events, the newest first.
    pub fn newest_events(&self) -> impl Iterator<Item = &TraceEvent> {
        self.run.trace().iter().rev()
    }
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
        EventKind::Command(_) | EventKind::Server(_, crate::server::Note::Exited { .. }) => true,
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
