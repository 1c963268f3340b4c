//! Roles and phases.

use serde::{Deserialize, Serialize};

/// A server's role, as it tells the others. Source: `QuorumPeer.ServerState`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum RoleName {
    /// Looking for a leader.
    Looking,
    /// Following a leader, with a vote.
    Following,
    /// Leading, or trying to.
    Leading,
}

/// Where in the protocol a server is. Source: `QuorumPeer.ZabState`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Phase {
    /// Electing a leader.
    Election,
    /// Agreeing on the new epoch.
    Discovery,
    /// Agreeing on the epoch's initial history.
    Synchronization,
    /// Serving: proposing, logging, committing.
    Broadcast,
}

impl RoleName {
    /// ZooKeeper's own name.
    pub const fn name(self) -> &'static str {
        match self {
            RoleName::Looking => "LOOKING",
            RoleName::Following => "FOLLOWING",
            RoleName::Leading => "LEADING",
        }
    }
}

impl Phase {
    /// ZooKeeper's own name.
    pub const fn name(self) -> &'static str {
        match self {
            Phase::Election => "ELECTION",
            Phase::Discovery => "DISCOVERY",
            Phase::Synchronization => "SYNCHRONIZATION",
            Phase::Broadcast => "BROADCAST",
        }
    }
}
