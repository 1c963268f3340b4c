//! A run: a world, what watches it and what was recorded, stepping together from a [`Scenario`].
//!
//! [`Run::step`] lets the next thing happen, a step of the world or a command of the scenario.
//! [`Run::command`] is the only way to interfere: the command is recorded into the scenario at the
//! present place, so that [`Run::scenario`] replays to the same trace. A run stops by itself where
//! a property is violated.
//!
//! A run is a value. Its copy shares the recorded trace in chunks, so that a checkpoint costs what
//! the world costs.

mod recording;
mod spec_trace;
mod transcript;

use std::hash::{Hash, Hasher as _};
use std::sync::Arc;

pub use recording::Trace;
pub use spec_trace::{After, SpecAction, SpecLine, SpecStanding, SpecTrace};
pub use transcript::{Detail, Transcript, told};

use crate::check::{Checkers, Evaluated, PropertyName, Violation};
use crate::scenario::{Scenario, ScenarioError, TimedCommand};
use crate::sim::{Command, StableHasher, TraceEvent, World};
use crate::types::Instant;

/// A run in progress.
#[derive(Clone, Debug)]
pub struct Run {
    scenario: Arc<Scenario>,
    /// The place in the scenario of the next command.
    next_command: u32,
    world: World,
    /// How many steps of the world were taken at the present instant.
    steps_now: u32,
    checkers: Checkers,
    /// Whether a violation stops the run.
    stops: bool,
    trace: Trace,
    hasher: StableHasher,
    /// Empty between steps.
    fresh: Vec<TraceEvent>,
}

impl Run {
    /// The beginning of a run.
    ///
    /// # Errors
    /// If the scenario asks for what cannot be run.
    pub fn new(scenario: &Scenario) -> Result<Run, ScenarioError> {
        scenario.check()?;
        Ok(Run {
            scenario: Arc::new(scenario.clone()),
            next_command: 0,
            world: World::new(&scenario.settings, scenario.seed),
            steps_now: 0,
            checkers: Checkers::default(),
            stops: true,
            trace: Trace::default(),
            hasher: StableHasher::new(),
            fresh: Vec::new(),
        })
    }

    /// Lets the next thing happen. False where nothing is left to happen, or a property is
    /// violated.
    pub fn step(&mut self) -> bool {
        if self.is_stopped() {
            return false;
        }
        let Some(at) = self.next_instant() else { return false };
        self.wait_until(at);
        if self.is_command_due() {
            let place = self.next_command as usize;
            self.next_command += 1;
            let scenario = Arc::clone(&self.scenario);
            self.world.command(&scenario.commands[place].command, &mut self.fresh);
        } else {
            self.world.step(&mut self.fresh);
            self.steps_now += 1;
        }
        self.record();
        true
    }

    /// Lets everything happen that is due up to `until`, that instant included, and stops the clock
    /// there. Stops early where a property is violated.
    pub fn run_until(&mut self, until: Instant) {
        while self.next_instant().is_some_and(|next| next <= until) {
            if !self.step() {
                return;
            }
        }
        self.wait_until(until);
    }

    /// Carries out a command now and writes it into the scenario, before the commands that are
    /// still to come.
    pub fn command(&mut self, command: Command) {
        self.world.command(&command, &mut self.fresh);
        let timed = TimedCommand { at: self.now(), steps_before: self.steps_now, command };
        let scenario = Arc::make_mut(&mut self.scenario);
        scenario.commands.insert(self.next_command as usize, timed);
        self.next_command += 1;
        self.record();
    }

    /// The present instant.
    pub fn now(&self) -> Instant {
        self.world.now()
    }

    /// When something happens next, by itself or by the scenario; `None` where nothing ever will.
    pub fn next_instant(&self) -> Option<Instant> {
        let command = self.next_timed().map(|timed| timed.at.max(self.now()));
        command.into_iter().chain(self.world.next_instant()).min()
    }

    /// Servers, clients, network and clocks.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// What has happened.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// A number that is equal where two traces are, on every machine.
    pub fn trace_hash(&self) -> u64 {
        self.hasher.finish()
    }

    /// What was found of each property.
    pub fn verdicts(&self) -> [(PropertyName, &Evaluated); PropertyName::COUNT] {
        self.checkers.verdicts()
    }

    /// What stopped the run: the violation that was found first.
    pub fn violation(&self) -> Option<(PropertyName, &Violation)> {
        self.checkers.violation()
    }

    /// What the checkers know.
    pub fn checkers(&self) -> &Checkers {
        &self.checkers
    }

    /// Whether a violation stops the run; it does, unless told otherwise.
    pub fn stop_at_violation(&mut self, stops: bool) {
        self.stops = stops;
    }

    /// Whether the run has stopped at a violation.
    pub fn is_stopped(&self) -> bool {
        self.stops && self.violation().is_some()
    }

    /// The run as a value, with everything that was done to it, and what is still to come.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    fn next_timed(&self) -> Option<&TimedCommand> {
        self.scenario.commands.get(self.next_command as usize)
    }

    /// Whether it is the turn of the scenario's next command.
    fn is_command_due(&self) -> bool {
        let Some(timed) = self.next_timed().filter(|timed| timed.at <= self.now()) else {
            return false;
        };
        // Of an earlier instant it is overdue, however many steps it was to wait for.
        let waits = timed.at == self.now() && self.steps_now < timed.steps_before;
        !waits || self.world.next_instant() != Some(self.now())
    }

    fn wait_until(&mut self, at: Instant) {
        let before = self.now();
        self.world.wait_until(at);
        if self.now() != before {
            self.steps_now = 0;
        }
    }

    /// Takes down what has just happened.
    fn record(&mut self) {
        for event in &self.fresh {
            event.hash(&mut self.hasher);
        }
        self.checkers.observe(&self.fresh, &self.world);
        self.trace.extend(self.fresh.drain(..));
    }
}
