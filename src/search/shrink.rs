//! Making a scenario shorter that shows something: delta debugging, the algorithm `ddmin` of
//! Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", IEEE Transactions on
//! Software Engineering 28(2), 2002, over the list of commands.

use crate::scenario::{Scenario, TimedCommand};
use crate::types::{Instant, Span};

/// What came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shrunk {
    /// The shortest scenario that still shows it.
    pub scenario: Scenario,
    /// How many scenarios were tried.
    pub tried: u32,
    /// Whether no command can be left out: otherwise there were too many to try.
    pub is_minimal: bool,
}

/// Leaves out commands, and time at the end, as long as the scenario still `shows` what it did.
/// Tries at most `tries_max` scenarios.
pub fn shrink(
    scenario: &Scenario,
    tries_max: u32,
    mut shows: impl FnMut(&Scenario) -> bool,
) -> Shrunk {
    let mut search = Search { template: scenario, tried: 0, tries_max, shows: &mut shows };
    let mut until = scenario.until;
    let mut kept = scenario.commands.clone();
    search.cut_end(&mut kept, &mut until);
    let is_minimal = search.ddmin(&mut kept, until);
    search.cut_end(&mut kept, &mut until);
    let tried = search.tried;
    Shrunk { scenario: with(scenario, kept, until), tried, is_minimal }
}

fn with(template: &Scenario, commands: Vec<TimedCommand>, until: Instant) -> Scenario {
    let mut scenario = Scenario { until, commands: Vec::new(), ..template.clone() };
    scenario.commands = commands;
    scenario
}

struct Search<'a> {
    template: &'a Scenario,
    tried: u32,
    tries_max: u32,
    shows: &'a mut dyn FnMut(&Scenario) -> bool,
}

impl Search<'_> {
    fn is_spent(&self) -> bool {
        self.tried >= self.tries_max
    }

    fn shows(&mut self, commands: &[TimedCommand], until: Instant) -> bool {
        self.tried += 1;
        (self.shows)(&with(self.template, commands.to_vec(), until))
    }

    /// Ends the scenario earlier, by halves, and drops what would come after its end.
    fn cut_end(&mut self, kept: &mut Vec<TimedCommand>, until: &mut Instant) {
        let mut step = Span(until.0 / 2);
        while step >= Span::millis(10) && !self.is_spent() {
            let earlier = Instant(until.0.saturating_sub(step.0));
            let before: Vec<TimedCommand> =
                kept.iter().filter(|timed| timed.at <= earlier).cloned().collect();
            if self.shows(&before, earlier) {
                (*kept, *until) = (before, earlier);
                step = step.min(Span(until.0 / 2));
            } else {
                step = Span(step.0 / 2);
            }
        }
    }

    /// Leaves out one part after the other, of ever more and smaller parts. Answers whether at the
    /// end no single command can be left out.
    fn ddmin(&mut self, kept: &mut Vec<TimedCommand>, until: Instant) -> bool {
        let mut parts = 2;
        while kept.len() >= 2 {
            let size = kept.len().div_ceil(parts);
            let starts = (0..kept.len()).step_by(size);
            let mut smaller = None;
            for start in starts {
                if self.is_spent() {
                    return false;
                }
                let end = (start + size).min(kept.len());
                let rest = [&kept[..start], &kept[end..]].concat();
                if self.shows(&rest, until) {
                    smaller = Some(rest);
                    break;
                }
            }
            match smaller {
                Some(rest) => {
                    *kept = rest;
                    parts = (parts - 1).max(2);
                }
                None if size == 1 => break,
                None => parts = (parts * 2).min(kept.len()),
            }
        }
        if kept.len() == 1 && !self.is_spent() && self.shows(&[], until) {
            kept.clear();
        }
        true
    }
}
