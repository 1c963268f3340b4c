//! Roles and phases, and which may follow which.

use serde::{Deserialize, Serialize};

use super::GiveUp;
use super::election::Looking;
use super::follower::Following;
use super::leader::Leading;
use crate::types::ServerId;

/// A server's role, as it tells the others. Source: `QuorumPeer.ServerState`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum RoleName {
    /// Looking for a leader.
    Looking,
    /// Following a leader, with a vote.
    Following,
    /// Leading, or trying to.
    Leading,
    /// Following a leader, without a vote.
    Observing,
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
            RoleName::Observing => "OBSERVING",
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

/// A role with the data that count in it alone. Observers follow too: what differs is in
/// `observer.rs`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Role {
    Looking(Looking),
    Following(Following),
    Leading(Leading),
}

/// What a role's handler says about going on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Next {
    /// As before.
    Stay,
    /// The election is over.
    Elected { leader: ServerId },
    /// Back to LOOKING.
    GiveUp(GiveUp),
    /// The log is on disk to its end: the election may begin, once the tree is where the log is.
    Drained { fast_forwards: bool },
    /// An observer's pause is over.
    Rested,
}

impl Role {
    pub(super) fn name(&self, votes: bool) -> RoleName {
        match self {
            Role::Looking(_) => RoleName::Looking,
            Role::Following(_) if votes => RoleName::Following,
            Role::Following(_) => RoleName::Observing,
            Role::Leading(_) => RoleName::Leading,
        }
    }

    pub(super) fn phase(&self) -> Phase {
        match self {
            Role::Looking(_) => Phase::Election,
            Role::Following(following) => following.phase(),
            Role::Leading(leading) => leading.phase(),
        }
    }
}

/// Whether a server may go from one role and phase to another within one step: on to the next
/// phase of its role, out of an election into DISCOVERY, or from anywhere back to an election.
pub(super) fn is_legal(from: (RoleName, Phase), to: (RoleName, Phase)) -> bool {
    let (from_role, from_phase) = from;
    match to {
        _ if from == to => true,
        (RoleName::Looking, phase) => phase == Phase::Election,
        (_, Phase::Discovery) => from_role == RoleName::Looking,
        // A leader that is a quorum by itself passes a phase without waiting in it.
        (role, phase) => role == from_role && from_phase < phase,
    }
}
