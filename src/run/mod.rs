//! A run: a world, what watches it and what was recorded, stepping together from a [`Scenario`].
//!
//! [`Run::step`] lets the next thing happen, a step of the world or a command of the scenario.
//! [`Run::command`] is the only way to interfere: the command is recorded into the scenario at the
//! present place, so that [`Run::scenario`] replays to the same trace. A run stops by itself where
//! a property is violated.
//!
//! A run is a value. Its copy shares the recorded trace in chunks, so that a checkpoint costs what
//! the world costs.

mod awaited;
mod recording;
mod spec_trace;
mod timeline;
mod transcript;

use std::hash::{Hash, Hasher as _};
use std::sync::Arc;

pub use awaited::WaitEnded;
pub use recording::Trace;
pub use spec_trace::{After, SpecAction, SpecLine, SpecStanding, SpecTrace};
pub use timeline::{
    Act, Branch, BranchId, Chronicle, DENSE, DENSE_EVENTS, EVENTS_KEPT, Fork, LASTING_EVENTS,
    Moment, Timeline,
};
pub use transcript::{Detail, Transcript, told};

use awaited::{Awaited, is_reached};

use crate::check::{Checkers, Evaluated, PropertyName, Violation};
use crate::scenario::{Scenario, ScenarioError, TimedCommand};
use crate::sim::{Command, Condition, StableHasher, TraceEvent, World};
use crate::types::Instant;

/// A run in progress.
#[derive(Clone, Debug)]
pub struct Run {
    /// The scenario but for its commands.
    head: Arc<Scenario>,
    /// The scenario's commands. They grow with all that is done; copies of a run share them.
    commands: imbl::Vector<Arc<TimedCommand>>,
    /// The place among them of the next command.
    next_command: u32,
    world: World,
    /// How many steps of the world were taken at the present instant.
    steps_now: u32,
    /// The scenario's wait that is going on.
    awaited: Option<Awaited>,
    /// The waits that have ended, in order.
    waits_ended: imbl::Vector<WaitEnded>,
    /// When the last command was carried out, or the wait ended that it began.
    last_done: Instant,
    /// Whether a wait has ended the run.
    has_ended: bool,
    checkers: Checkers,
    /// Whether a violation stops the run.
    stops: bool,
    /// Whether the properties are watched.
    is_checked: bool,
    /// Whether what happens is kept, and hashed.
    is_recorded: bool,
    trace: Trace,
    hasher: StableHasher,
}

impl Run {
    /// The beginning of a run.
    ///
    /// # Errors
    /// If the scenario asks for what cannot be run.
    pub fn new(scenario: &Scenario) -> Result<Run, ScenarioError> {
        scenario.check()?;
        Ok(Run {
            head: Arc::new(Scenario { commands: Vec::new(), ..scenario.clone() }),
            commands: scenario.commands.iter().cloned().map(Arc::new).collect(),
            next_command: 0,
            world: World::new(&scenario.settings, scenario.seed),
            steps_now: 0,
            awaited: None,
            waits_ended: imbl::Vector::new(),
            last_done: Instant::ZERO,
            has_ended: false,
            checkers: Checkers::default(),
            stops: true,
            is_checked: true,
            is_recorded: true,
            trace: Trace::default(),
            hasher: StableHasher::new(),
        })
    }

    /// Lets the next thing happen. False where nothing is left to happen, a property is violated,
    /// or the scenario ends the run because something that it waits for was not reached.
    pub fn step(&mut self) -> bool {
        if self.is_stopped() {
            return false;
        }
        let Some(at) = self.next_instant() else { return false };
        self.trace.begin();
        self.wait_until(at);
        if self.is_command_due() {
            let place = self.next_command;
            self.next_command += 1;
            let timed = Arc::clone(&self.commands[place as usize]);
            self.carry_out(place, &timed.command);
        } else if self.is_wait_over() {
            self.end_wait(false);
        } else {
            self.world.step(self.trace.open());
            self.steps_now += 1;
        }
        self.watch();
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
        let (at, steps_before) = (self.now(), self.steps_now);
        let place = self.next_command;
        self.trace.begin();
        self.settle_next();
        self.carry_out(place, &command);
        let timed = TimedCommand { at, steps_before, then: None, command };
        self.commands.insert(place as usize, Arc::new(timed));
        self.next_command += 1;
        // What waits to follow on another command may bear an earlier instant.
        let first = self.next_command as usize;
        let is_earlier =
            |later: &&Arc<TimedCommand>| (later.at, later.steps_before) < (at, steps_before);
        let earlier = self.commands.skip(first).iter().take_while(is_earlier).count();
        for later in first..first + earlier {
            let later = Arc::make_mut(&mut self.commands[later]);
            (later.at, later.steps_before) = (at, steps_before);
        }
        self.watch();
        self.record();
    }

    /// Forgets the commands that are still to come, and the wait that is going on.
    pub fn drop_script(&mut self) {
        self.commands.truncate(self.next_command as usize);
        self.awaited = None;
    }

    /// The present instant.
    pub fn now(&self) -> Instant {
        self.world.now()
    }

    /// When something happens next, by itself or by the scenario; `None` where nothing ever will.
    pub fn next_instant(&self) -> Option<Instant> {
        let mut next = self.world.next_instant();
        let earlier =
            |one: Option<Instant>, other: Instant| Some(one.map_or(other, |one| one.min(other)));
        if let Some(at) = self.next_command_instant() {
            next = earlier(next, at.max(self.now()));
        }
        if let Some(awaited) = &self.awaited {
            next = earlier(next, awaited.deadline);
        }
        next
    }

    /// Servers, clients, network and clocks.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// What has happened.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// What the last step or command has brought.
    pub fn latest(&self) -> &[TraceEvent] {
        self.trace.fresh()
    }

    /// A copy that has forgotten what happened before its last step, and will go on forgetting: the
    /// events are kept elsewhere. What it does, and its hash, is the same.
    pub fn without_past(&self) -> Run {
        Run { trace: self.trace.of_last_step(), ..self.clone() }
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

    /// Whether the properties are watched from now on; they are, unless told otherwise at the very
    /// beginning. The course of the run is the same.
    pub fn check_properties(&mut self, checks: bool) {
        self.is_checked = checks;
    }

    /// Whether the trace is kept and hashed from now on; it is, unless told otherwise at the very
    /// beginning. The course of the run is the same.
    pub fn record_trace(&mut self, records: bool) {
        self.is_recorded = records;
    }

    /// Whether the run has stopped: at a violation, or at a wait that was to end it.
    pub fn is_stopped(&self) -> bool {
        self.has_ended || (self.stops && self.violation().is_some())
    }

    /// The scenario's waits that have ended, in order: what was reached and what was not.
    pub fn waits_ended(&self) -> &imbl::Vector<WaitEnded> {
        &self.waits_ended
    }

    /// Whether the last step has made it come true, or it is so in the world as it is.
    pub fn has_reached(&self, condition: &Condition) -> bool {
        is_reached(condition, self.latest(), &self.world)
    }

    /// Whether all commands of the scenario are carried out and no wait is going on.
    pub fn is_played_out(&self) -> bool {
        self.next_timed().is_none() && self.awaited.is_none()
    }

    /// The run as a value, with everything that was done to it, and what is still to come.
    pub fn scenario(&self) -> Scenario {
        let commands = self.commands.iter().map(|timed| TimedCommand::clone(timed)).collect();
        Scenario { commands, ..Scenario::clone(&self.head) }
    }

    fn next_timed(&self) -> Option<&TimedCommand> {
        self.commands.get(self.next_command as usize).map(Arc::as_ref)
    }

    /// When the scenario's next command is due; `None` as well where it follows on a wait that is
    /// still going on.
    fn next_command_instant(&self) -> Option<Instant> {
        let timed = self.next_timed()?;
        match timed.then {
            Some(_) if self.awaited.is_some() => None,
            Some(then) => Some(timed.at.max(self.last_done + then)),
            None => Some(timed.at),
        }
    }

    /// Whether it is the turn of the scenario's next command.
    fn is_command_due(&self) -> bool {
        let due = self.next_command_instant().filter(|&due| due <= self.now());
        let Some(timed) = self.next_timed().filter(|_| due.is_some()) else {
            return false;
        };
        // Of an earlier instant it is overdue, however many steps it was to wait for.
        let waits = timed.at == self.now() && self.steps_now < timed.steps_before;
        !waits || self.world.next_instant() != Some(self.now())
    }

    /// Before a command comes between: what was to follow on the last one has its instant from now
    /// on.
    fn settle_next(&mut self) {
        let Some(due) = self.next_command_instant() else { return };
        let (now, steps_now) = (self.now(), self.steps_now);
        let place = self.next_command as usize;
        if self.commands[place].then.is_some() {
            let timed = Arc::make_mut(&mut self.commands[place]);
            timed.then = None;
            timed.at = due.max(now);
            timed.steps_before = if due <= now { steps_now } else { 0 };
        }
    }

    /// Carries out a command; one that waits begins to.
    fn carry_out(&mut self, place: u32, command: &Command) {
        if let Command::Until { condition, within, or_end } = command {
            // There is one wait at a time.
            self.end_wait(false);
            let (condition, deadline) = (Arc::new(condition.clone()), self.now() + *within);
            let or_end = *or_end;
            self.awaited = Some(Awaited { condition, command: place, deadline, or_end });
        }
        self.world.command(command, self.trace.open());
        self.last_done = self.now();
    }

    /// Whether the wait has been going on for too long: at its last instant everything else comes
    /// first.
    fn is_wait_over(&self) -> bool {
        let over = self.awaited.as_ref().is_some_and(|awaited| awaited.deadline <= self.now());
        over && self.world.next_instant().is_none_or(|next| next > self.now())
    }

    /// Ends the wait where what was waited for has come true.
    fn watch(&mut self) {
        let Some(awaited) = &self.awaited else { return };
        if is_reached(&awaited.condition, self.trace.fresh(), &self.world) {
            self.end_wait(true);
        }
    }

    fn end_wait(&mut self, reached: bool) {
        let Some(Awaited { condition, command, or_end, .. }) = self.awaited.take() else { return };
        self.world.tell_condition(&condition, reached, self.trace.open());
        let at = self.now();
        self.waits_ended.push_back(WaitEnded { condition, command, at, reached });
        self.last_done = at;
        self.has_ended |= or_end && !reached;
    }

    /// Stops the clock at an instant before which nothing happens; back it never goes.
    pub(crate) fn wait_until(&mut self, at: Instant) {
        let before = self.now();
        self.world.wait_until(at);
        if self.now() != before {
            self.steps_now = 0;
        }
    }

    /// Takes down what has just happened.
    fn record(&mut self) {
        if self.is_checked {
            self.checkers.observe(self.trace.fresh(), &self.world);
        }
        if self.is_recorded {
            for event in self.trace.fresh() {
                event.hash(&mut self.hasher);
            }
        } else {
            self.trace.drop_fresh();
        }
    }
}
