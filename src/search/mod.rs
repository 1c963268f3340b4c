//! Looking for a run that breaks a property.
//!
//! [`Trial`] takes a drawn scenario: faults at random, every property watched; then everything is
//! healed, and the ensemble has to serve again. [`RuleStory`] has the steps in which a rule that is
//! switched off does harm. The folder ends where many trials are run side by
//! side, and where their results are shown.

mod rules;
mod trial;

pub use rules::{Outcome, RuleStory, Told};
pub use trial::{Failure, Found, HEALING_MAX, Passed, Trial};
