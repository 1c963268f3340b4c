//! What a checker has found: a verdict of three values, and how often it has looked.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Fact;
use crate::sim::EventId;

/// What is known of a property.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Verdict {
    /// Nothing has happened that it speaks of.
    #[default]
    Undecided,
    /// It holds up to now.
    Holds,
    /// It does not hold.
    Violated(Arc<Violation>),
}

/// Two events that contradict each other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Violation {
    /// The earlier one, then the one that breaks the property.
    pub witnesses: [Witness; 2],
}

/// An event and what it tells.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Witness {
    /// The event.
    pub event: EventId,
    /// What it tells.
    pub fact: Fact,
}

/// A verdict, and how often the property was looked at.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Evaluated {
    verdict: Verdict,
    evaluations: u64,
}

impl Verdict {
    /// `holds`, `violated` or `undecided`.
    pub const fn name(&self) -> &'static str {
        match self {
            Verdict::Undecided => "undecided",
            Verdict::Holds => "holds",
            Verdict::Violated(_) => "violated",
        }
    }
}

impl Violation {
    /// The event that breaks the property.
    pub fn event(&self) -> EventId {
        self.witnesses[1].event
    }
}

impl Evaluated {
    /// What is known.
    pub fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// How often the property was looked at.
    pub fn evaluations(&self) -> u64 {
        self.evaluations
    }

    /// The violation, if there is one: the first.
    pub fn violation(&self) -> Option<&Violation> {
        match &self.verdict {
            Verdict::Violated(violation) => Some(violation),
            Verdict::Undecided | Verdict::Holds => None,
        }
    }

    /// Looked at it, and it holds.
    #[inline]
    pub(super) fn hold(&mut self) {
        self.evaluations += 1;
        if matches!(self.verdict, Verdict::Undecided) {
            self.verdict = Verdict::Holds;
        }
    }

    /// Looked at it, and it is broken. The first violation stays.
    pub(super) fn violate(&mut self, earlier: Witness, breaking: Witness) {
        self.evaluations += 1;
        if self.violation().is_none() {
            let witnesses = [earlier, breaking];
            self.verdict = Verdict::Violated(Arc::new(Violation { witnesses }));
        }
    }
}
