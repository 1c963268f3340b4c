//! Looking for a run that breaks a property.
//!
//! [`Trial`] takes a drawn scenario: faults at random, every property watched; then everything is
//! healed, and the ensemble has to serve again. The folder ends where many trials are run side by
//! side, and where their results are shown.

mod trial;

pub use trial::{Failure, Found, HEALING_MAX, Passed, Trial};
