//! Going where a link or a trace leads, and whether what is found there is what was left.

use super::link::{Cursor, Link};
use super::trace_file::TraceFile;
use super::write_trace;
use crate::run::Run;
use crate::scenario::{ENGINE_VERSION, Scenario, ScenarioError};

/// A run at the place where a link or a trace leads.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The run.
    pub run: Run,
    /// Whether it is the run that was left.
    pub arrival: Arrival,
}

/// Whether what was found is what was left.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Arrival {
    /// The same events, by their hash.
    Verified(Waypoint),
    /// Other ones, though the protocol's code has the same version: the link or file was altered,
    /// or the program was.
    Differs(Difference),
    /// Another version of the protocol's code made it: the same scenario may run otherwise here. It
    /// is opened at its beginning.
    OtherEngine {
        /// The version that made it.
        made_with: u32,
    },
    /// A scenario without a trace: nothing to compare.
    Unverified,
}

/// So many events, with this hash.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Waypoint {
    /// How many.
    pub events: u64,
    /// The hash of the trace.
    pub hash: u64,
}

/// What was expected and what was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// What came along.
    pub expected: Waypoint,
    /// What the run has.
    pub found: Waypoint,
    /// The first event that is another one, where all of them came along.
    pub event: Option<u64>,
}

impl Waypoint {
    /// Where a run is.
    pub fn of(run: &Run) -> Waypoint {
        Waypoint { events: run.trace().len(), hash: run.trace_hash() }
    }
}

/// A step without an event is rare; so many and no further.
pub(super) const STEPS_MAX: u64 = 4 * super::EVENTS_MAX;

impl Cursor {
    /// Whether a run that has come so far goes on by a step: up to the events, and through what
    /// happens before the instant without leaving one.
    pub fn lies_beyond(self, run: &Run) -> bool {
        let events = run.trace().len();
        let due = |next| next < self.at || (events < self.events && next <= self.at);
        events <= self.events && run.next_instant().is_some_and(due)
    }
}

impl Opened {
    /// Lets a run go on to a cursor, as far as it gets.
    pub fn reach(run: &mut Run, cursor: Cursor) {
        // Whoever went on behind a violation is followed there.
        run.stop_at_violation(false);
        for _ in 0..STEPS_MAX {
            if !cursor.lies_beyond(run) || !run.step() {
                break;
            }
        }
        run.stop_at_violation(true);
        if run.next_instant().is_none_or(|next| next > cursor.at) {
            run.run_until(cursor.at);
        }
    }

    /// Goes where a link leads.
    ///
    /// # Errors
    /// Where its scenario cannot be run; what was parsed can.
    pub fn by_link(link: &Link) -> Result<Opened, ScenarioError> {
        let expected = Waypoint { events: link.cursor.events, hash: link.hash };
        let mut run = Run::new(&link.scenario)?;
        if link.scenario.engine != ENGINE_VERSION {
            return Ok(Opened { arrival: Arrival::other(&link.scenario), run });
        }
        Opened::reach(&mut run, link.cursor);
        Ok(Opened { arrival: Arrival::at(expected, &run), run })
    }

    /// Opens a scenario at its beginning.
    ///
    /// # Errors
    /// Where it cannot be run; what was parsed can.
    pub fn by_scenario(scenario: &Scenario) -> Result<Opened, ScenarioError> {
        Ok(Opened { run: Run::new(scenario)?, arrival: Arrival::of_scenario(scenario) })
    }

    /// Runs a trace's scenario again and compares event by event.
    ///
    /// # Errors
    /// Where its scenario cannot be run; what was parsed can.
    pub fn by_trace(file: &TraceFile<'_>) -> Result<Opened, ScenarioError> {
        let mut run = Run::new(&file.scenario)?;
        if file.scenario.engine != ENGINE_VERSION {
            return Ok(Opened { arrival: Arrival::other(&file.scenario), run });
        }
        Opened::reach(&mut run, file.cursor());
        let mut arrival = Arrival::at(file.end, &run);
        let event = file.first_difference(run.trace());
        if event.is_some() {
            let found = Waypoint::of(&run);
            arrival = Arrival::Differs(Difference { expected: file.end, found, event });
        }
        Ok(Opened { run, arrival })
    }

    /// The run's trace as a file.
    pub fn trace(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        write_trace(&self.run.scenario(), self.run.trace(), self.run.trace_hash(), &mut bytes)
            .expect("memory takes everything");
        bytes
    }
}

impl Arrival {
    /// Of a scenario alone.
    pub fn of_scenario(scenario: &Scenario) -> Arrival {
        match scenario.engine {
            ENGINE_VERSION => Arrival::Unverified,
            _ => Arrival::other(scenario),
        }
    }

    /// Of a run that has been brought to where a link leads.
    pub fn at(expected: Waypoint, run: &Run) -> Arrival {
        let found = Waypoint::of(run);
        if expected == found {
            return Arrival::Verified(found);
        }
        Arrival::Differs(Difference { expected, found, event: None })
    }

    fn other(scenario: &Scenario) -> Arrival {
        Arrival::OtherEngine { made_with: scenario.engine }
    }
}
