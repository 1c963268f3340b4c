//! The app's model, without a browser: a run that is watched, and what the person does to it.
//!
//! A [`Viewer`] owns a [`Run`] and changes by [`Action`]s and by the viewer's time alone. It lets
//! the run happen event by event and keeps what the page has to know of the past: what became of
//! each request ([`Requests`]), of each log ([`Logs`]), who led when ([`Eras`]), what stands on the
//! clients' consoles ([`Consoles`]). The folder ends
//! where something is shown: no sentence, no place on a screen.

mod action;
mod clients;
mod consoles;
mod eras;
mod logs;
mod playback;
mod requests;
pub mod share;
mod spacetime;
mod story;
mod travel;

pub use action::{Action, Done, Selection};
pub use clients::ClientAct;
pub use consoles::{ConsoleEntry, Consoles};
pub use eras::{Eras, Mark, Reign};
pub use logs::Logs;
pub use playback::{Playback, Reach, Speed};
pub use requests::{Request, Requests, Told};
pub use spacetime::{
    Burst, Hop, HopEnd, HopKind, Hops, Lane, LaneMark, LaneState, MarkKind, Quiet, Spacetime,
    Standing, Stretch,
};
pub use story::Story;
pub use travel::{Stop, is_milestone, is_notable};

use crate::run::{Run, Timeline, Trace};
use crate::scenario::{Scenario, ScenarioError};
use crate::sim::{Command, TraceEvent, World};
use crate::types::{ClientId, Instant, ServerId, Span};

/// A run that is watched.
#[derive(Clone, Debug)]
pub struct Viewer {
    timeline: Timeline<Story>,
    /// The instant that is shown: at or behind the run's at the cursor, before its next event.
    now: Instant,
    playback: Playback,
    selection: Option<Selection>,
    client: Option<ClientId>,
    /// How often the network was split, so that the members take turns.
    splits: u32,
    /// Whether the person has done anything to the ensemble.
    acted: bool,
}

/// Opening a page runs up to where the ensemble serves, but no further than this.
const OPENING_MAX: Instant = Instant(5_000_000);

/// One frame never takes more steps than this, so that a fast run leaves the page alive.
const STEPS_PER_FRAME: u32 = 4_000;

impl Viewer {
    /// Opens a scenario at its beginning.
    ///
    /// # Errors
    /// Where the scenario cannot be run.
    pub fn open(scenario: &Scenario) -> Result<Viewer, ScenarioError> {
        Ok(Viewer {
            timeline: Timeline::new(&Run::new(scenario)?),
            now: Instant::ZERO,
            playback: Playback::default(),
            selection: None,
            client: None,
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

    /// Runs up to this instant, or to a broken property.
    pub fn run_to(&mut self, until: Instant) {
        while self.timeline.next_instant().is_some_and(|next| next <= until) && self.step() {}
        if !self.run().is_stopped() {
            self.now = self.now.max(until);
        }
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
            let (next, quiet_until) = (self.timeline.next_instant(), self.quiet_until());
            match self.playback.spend(self.now, next, quiet_until) {
                Reach::Event => happened |= self.step(),
                Reach::Between(instant) => {
                    self.now = instant;
                    return happened;
                }
            }
            if self.run().is_stopped() {
                self.playback.playing = false;
                return true;
            }
        }
        self.playback.forget();
        happened
    }

    /// The run in time, with its branches.
    pub fn timeline(&self) -> &Timeline<Story> {
        &self.timeline
    }

    /// The run at the cursor; its own trace has the last step alone.
    pub fn run(&self) -> &Run {
        self.timeline.run()
    }

    /// The world at the cursor.
    pub fn world(&self) -> &World {
        self.run().world()
    }

    /// All events of the branch that is shown; from [`Timeline::cursor`] on they are the future.
    pub fn trace(&self) -> &Trace {
        self.timeline.trace()
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
        &self.timeline.chronicle().requests
    }

    /// What stands on the clients' consoles.
    pub fn consoles(&self) -> &Consoles {
        &self.timeline.chronicle().consoles
    }

    /// The past of the logs.
    pub fn logs(&self) -> &Logs {
        &self.timeline.chronicle().logs
    }

    /// The history of the whole branch at a glance, past the cursor too.
    pub fn eras(&self) -> &Eras {
        &self.timeline.whole_chronicle().eras
    }

    /// The whole branch as a space–time diagram asks for it, past the cursor too.
    pub fn spacetime(&self) -> &Spacetime {
        &self.timeline.whole_chronicle().spacetime
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
        self.run().violation().is_some()
    }

    /// Lets the next thing happen.
    fn step(&mut self) -> bool {
        let stepped = self.timeline.step();
        self.now = self.now.max(self.run().now());
        stepped
    }

    /// Carries out commands at the instant that is shown; in the past this begins a branch.
    pub fn carry_out(&mut self, commands: Vec<Command>) {
        self.acted = true;
        self.timeline.act(self.now, commands);
    }

    /// Lets so much virtual time pass, whatever the speed.
    pub fn play_for(&mut self, span: Span) {
        let end = self.now + span;
        while self.timeline.next_instant().is_some_and(|next| next <= end) && self.step() {}
        self.now = end;
    }

    /// Until when nothing but signs of life is due.
    fn quiet_until(&self) -> Option<Instant> {
        let quiet = self.world().quiet_until()?;
        Some(self.timeline.coming_act().map_or(quiet, |act| act.at.min(quiet)))
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

    /// The events up to the cursor, the newest first.
    pub fn newest_events(&self) -> impl Iterator<Item = &TraceEvent> {
        self.trace().between(self.trace().first(), self.timeline.cursor()).rev()
    }
}
