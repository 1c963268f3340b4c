//! The history variables that several properties look at.

use super::Committed;
use crate::sim::{TraceEvent, World};

/// What the checkers remember together. Nothing in a run acts on it.
#[derive(Clone, Debug, Default)]
pub struct Ghosts {
    /// All that is committed.
    pub(super) committed: Committed,
}

impl Ghosts {
    pub(super) fn observe(&mut self, event: &TraceEvent, world: &World) {
        self.committed.observe(event, world);
    }
}
