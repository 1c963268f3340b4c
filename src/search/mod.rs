//! Looking for a run that breaks a property.
//!
//! [`Trial`] takes a drawn scenario: faults at random, every property watched; then everything is
//! healed, and the ensemble has to serve again. [`Coverage`] counts what came up on the way, since
//! a fault that never hits anything finds nothing. [`shrink`] makes a scenario that was found as
//! short as it goes. [`RuleStory`] has the steps in which a rule that is switched off does harm.
//! The folder ends where many trials are run side by side, and where their results are shown.

mod coverage;
mod rules;
mod shrink;
mod trial;

pub use coverage::{Counter, Coverage, Place};
pub use rules::{Outcome, RuleStory, Told};
pub use shrink::{Shrunk, shrink};
pub use trial::{Failure, Found, HEALING_MAX, Passed, Trial, judge};
