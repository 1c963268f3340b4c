//! Who votes, and which sets of servers decide.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::types::ServerId;

/// The voters of an ensemble. Any two quorums share a server, which is what everything rests on.
/// Source: `QuorumMaj`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Quorum {
    voters: BTreeSet<ServerId>,
}

impl Quorum {
    /// A majority of these servers decides.
    pub fn majority(voters: impl IntoIterator<Item = ServerId>) -> Quorum {
        Quorum { voters: voters.into_iter().collect() }
    }

    /// The voters, by id.
    pub fn voters(&self) -> impl ExactSizeIterator<Item = ServerId> + '_ {
        self.voters.iter().copied()
    }

    /// Whether the server votes.
    pub fn is_voter(&self, server: ServerId) -> bool {
        self.voters.contains(&server)
    }

    /// How many voters a quorum needs.
    pub fn size(&self) -> u32 {
        self.voters.len() as u32 / 2 + 1
    }

    /// How many of these servers have a vote.
    pub fn count<'a>(&self, servers: impl IntoIterator<Item = &'a ServerId>) -> u32 {
        servers.into_iter().filter(|&&server| self.is_voter(server)).count() as u32
    }

    /// Whether these servers are a quorum; those without a vote do not count.
    pub fn contains_quorum<'a>(&self, servers: impl IntoIterator<Item = &'a ServerId>) -> bool {
        self.count(servers) >= self.size()
    }
}
