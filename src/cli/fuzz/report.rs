//! What many trials came to.

use std::collections::BTreeMap;

use super::FuzzArguments;
use crate::check::PropertyName;
use crate::scenario::Profile;
use crate::search::{Counter, Coverage, Passed, Place};
use crate::types::Span;
use crate::zab::Phase;

/// From so many trials on nothing may be missing.
const TRIALS_DEMANDING: u64 = 1_000;

const PLACES: [Place; 5] = [
    Place::In(Phase::Election),
    Place::In(Phase::Discovery),
    Place::In(Phase::Synchronization),
    Place::In(Phase::Broadcast),
    Place::Down,
];

/// All trials together.
#[derive(Default)]
pub(super) struct Totals {
    trials: u64,
    healing_max: Span,
    pub coverage: Coverage,
}

impl Totals {
    pub fn add(&mut self, passed: &Passed) {
        self.trials += 1;
        self.healing_max = self.healing_max.max(passed.healing);
        self.coverage.merge(&passed.coverage);
    }

    /// Prints all of it. Answers whether everything came up that has to.
    pub fn tell(&self, arguments: &FuzzArguments, failed: usize, seconds: f64) -> bool {
        let trials = self.trials + failed as u64;
        let (servers, observers) = (arguments.servers, arguments.observers);
        let (profile, rules) = (arguments.profile, arguments.chaos().rules);
        println!("{profile}, {servers} servers, {observers} observers, rules {rules}");
        let rate = trials as f64 / seconds;
        let events = self.coverage.count(Counter::Events) as f64 / seconds;
        println!("{trials} seeds in {seconds:.1} s, {rate:.1} seeds/s, {events:.0} events/s");
        for counter in Counter::ALL {
            println!("  {counter:<28} {}", self.coverage.count(counter));
        }
        println!("  {:<28} {}", "highest epoch", self.coverage.highest_epoch);
        for (name, count) in PropertyName::ALL.iter().zip(&self.coverage.evaluations) {
            println!("  {name:<28} looked at {count} times");
        }
        self.tell_cells(&rules.to_string());
        println!("longest from healing to the answer of a write: {}", self.healing_max);
        println!("{} passed, {failed} failed", self.trials);
        self.tell_missing(profile)
    }

    /// Which fault hit servers where: a line a fault, a column a place.
    fn tell_cells(&self, rules: &str) {
        let mut lines: BTreeMap<&str, [u64; PLACES.len()]> = BTreeMap::new();
        for (&(fault, place), count) in &self.coverage.cells {
            let column = PLACES.iter().position(|&known| known == place);
            let column = column.expect("the places are all there are");
            lines.entry(fault).or_default()[column] += count;
        }
        let cells = lines.values().flatten();
        let hit = cells.clone().filter(|count| **count > 0).count();
        println!("rules {rules}: {hit} of {} cells of fault and phase were hit", cells.count());
        if !lines.is_empty() {
            let names = PLACES.map(|place| format!("{:>17}", place.name()));
            println!("  {:<12}{}", "", names.concat());
        }
        for (fault, counts) in lines {
            let counts = counts.map(|count| format!("{count:>17}"));
            println!("  {fault:<12}{}", counts.concat());
        }
    }

    fn tell_missing(&self, profile: Profile) -> bool {
        let missing = self.coverage.missing(profile);
        if missing.is_empty() {
            return true;
        }
        let missing = missing.join(", ");
        if self.trials < TRIALS_DEMANDING {
            println!("never came up in so few trials: {missing}");
            return true;
        }
        println!("never came up: {missing}");
        false
    }
}
