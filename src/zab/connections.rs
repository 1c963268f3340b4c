//! Connections between servers: what they are for, and who dials whom for elections.

use serde::{Deserialize, Serialize};

/// What a connection between two servers is for. The two never share one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Channel {
    /// Notifications. One a pair, the one that the larger id dialled. Source: `QuorumCnxManager`.
    Election,
    /// Everything between a learner and its leader; the learner dials. Source: `LearnerHandler`.
    Learner,
}
