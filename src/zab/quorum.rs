//! Who votes, with what weight, and which sets of servers decide.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::types::ServerId;

/// The voters of an ensemble. Any two quorums share a server, which is what everything rests on.
///
/// A set decides in a group if it holds more than half of the group's weight, and altogether if it
/// decides in more than half of the groups whose weight is not zero. One group is weighted voting;
/// one group of equal weights is a majority. Source: `QuorumMaj`, `QuorumHierarchical`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Quorum {
    voters: BTreeMap<ServerId, Seat>,
    /// Each group's weight.
    groups: Vec<u32>,
}

/// A voter's place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
struct Seat {
    group: u32,
    weight: u32,
}

/// Why there can be no quorum of some voters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum QuorumError {
    /// Nobody votes, or all who do weigh nothing.
    NoWeight,
    /// The server stands in two groups.
    InTwoGroups(ServerId),
}

impl fmt::Display for QuorumError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            QuorumError::NoWeight => out.write_str(
                "no voter with a weight; expected a group with at least one server of weight 1",
            ),
            QuorumError::InTwoGroups(server) => {
                write!(out, "{server} stands in two groups; expected every voter in one")
            }
        }
    }
}

impl std::error::Error for QuorumError {}

impl Quorum {
    /// A majority of these servers decides.
    pub fn majority(voters: impl IntoIterator<Item = ServerId>) -> Quorum {
        let seat = |server| (server, Seat { group: 0, weight: 1 });
        let voters: BTreeMap<ServerId, Seat> = voters.into_iter().map(seat).collect();
        let groups = vec![voters.len() as u32];
        Quorum { voters, groups }
    }

    /// Groups of servers with their weights decide.
    ///
    /// # Errors
    /// If a server stands in two groups, or nobody weighs anything.
    pub fn hierarchical(groups: &[BTreeMap<ServerId, u32>]) -> Result<Quorum, QuorumError> {
        let mut voters = BTreeMap::new();
        for (group, members) in (0..).zip(groups) {
            for (&server, &weight) in members {
                if voters.insert(server, Seat { group, weight }).is_some() {
                    return Err(QuorumError::InTwoGroups(server));
                }
            }
        }
        let groups: Vec<u32> = groups.iter().map(|members| members.values().sum()).collect();
        if groups.iter().all(|&weight| weight == 0) {
            return Err(QuorumError::NoWeight);
        }
        Ok(Quorum { voters, groups })
    }

    /// The voters, by id.
    pub fn voters(&self) -> impl ExactSizeIterator<Item = ServerId> + '_ {
        self.voters.keys().copied()
    }

    /// Whether the server votes, be it without weight.
    pub fn is_voter(&self, server: ServerId) -> bool {
        self.voters.contains_key(&server)
    }

    /// What its vote weighs; nothing for a server that has none.
    pub fn weight(&self, server: ServerId) -> u32 {
        self.voters.get(&server).map_or(0, |seat| seat.weight)
    }

    /// Whether some votes weigh more than others, or the voters stand in groups.
    pub fn is_weighted(&self) -> bool {
        self.groups.len() > 1 || self.voters.values().any(|seat| seat.weight != 1)
    }

    /// How many voters the smallest quorum has.
    pub fn size(&self) -> u32 {
        let mut sizes: Vec<u32> = (0..)
            .zip(&self.groups)
            .filter_map(|(group, &weight)| self.size_in(group, weight))
            .collect();
        sizes.sort_unstable();
        sizes.iter().take(sizes.len() / 2 + 1).sum()
    }

    /// How many of these servers have a vote.
    pub fn count<'a>(&self, servers: impl IntoIterator<Item = &'a ServerId>) -> u32 {
        servers.into_iter().filter(|&&server| self.is_voter(server)).count() as u32
    }

    /// Whether these servers, each named once, are a quorum; those without a vote do not count.
    pub fn contains_quorum<'a>(&self, servers: impl IntoIterator<Item = &'a ServerId>) -> bool {
        let seats = servers.into_iter().filter_map(|server| self.voters.get(server));
        if let &[weight] = self.groups.as_slice() {
            return seats.map(|seat| seat.weight).sum::<u32>() > weight / 2;
        }
        let mut sums = vec![0; self.groups.len()];
        seats.for_each(|seat| sums[seat.group as usize] += seat.weight);
        let weighty = self.groups.iter().filter(|&&weight| weight > 0).count();
        let decided = sums.iter().zip(&self.groups).filter(|&(&sum, &weight)| sum > weight / 2);
        decided.count() > weighty / 2
    }

    /// Whether these servers would be a quorum with one voter more.
    pub fn lacks_one<'a>(&self, servers: impl IntoIterator<Item = &'a ServerId>) -> bool {
        let servers: Vec<ServerId> = servers.into_iter().copied().collect();
        let others = self.voters.keys().filter(|voter| !servers.contains(voter));
        let mut with_one = others.map(|other| servers.iter().chain([other]));
        with_one.any(|servers| self.contains_quorum(servers))
    }

    /// How many of a group's heaviest decide in it; `None` where it weighs nothing.
    fn size_in(&self, group: u32, total: u32) -> Option<u32> {
        let members = self.voters.values().filter(|seat| seat.group == group);
        let mut weights: Vec<u32> = members.map(|seat| seat.weight).collect();
        weights.sort_unstable_by(|one, other| other.cmp(one));
        let mut sum = 0;
        let enough = weights.iter().position(|weight| {
            sum += weight;
            sum > total / 2
        });
        enough.map(|position| position as u32 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(members: &[(u8, u32)]) -> BTreeMap<ServerId, u32> {
        members.iter().map(|&(server, weight)| (ServerId(server), weight)).collect()
    }

    fn check(quorum: &Quorum, servers: &[u8], decides: bool) {
        let servers: Vec<ServerId> = servers.iter().copied().map(ServerId).collect();
        assert_eq!(quorum.contains_quorum(&servers), decides, "{servers:?} of {quorum:?}");
    }

    #[test]
    fn a_majority_decides() {
        let quorum = Quorum::majority((1..=4).map(ServerId));
        check(&quorum, &[1, 2], false);
        check(&quorum, &[1, 2, 9], false);
        check(&quorum, &[1, 2, 4], true);
        assert_eq!(quorum.size(), 3);
    }

    /// The example of fact sheet §4.10: nine servers in three groups, some sets of four decide.
    #[test]
    fn two_of_three_groups_decide() {
        let groups = [[1, 2, 3], [4, 5, 6], [7, 8, 9]];
        let groups = groups.map(|members| group(&members.map(|server| (server, 1))));
        let quorum = Quorum::hierarchical(&groups).expect("a sound quorum");
        check(&quorum, &[1, 2, 4, 5], true);
        check(&quorum, &[1, 2, 3, 4, 7], false);
        assert_eq!(quorum.size(), 4);
    }

    /// Groups without weight are not counted among the groups.
    #[test]
    fn weight_decides_and_not_number() {
        let groups = [group(&[(1, 3), (2, 1), (3, 1)]), group(&[(4, 0)])];
        let quorum = Quorum::hierarchical(&groups).expect("a sound quorum");
        check(&quorum, &[1], true);
        check(&quorum, &[2, 3, 4], false);
        assert_eq!((quorum.size(), quorum.weight(ServerId(4))), (1, 0));
    }

    #[test]
    fn what_cannot_decide_is_refused() {
        let twice = [group(&[(1, 1)]), group(&[(1, 1)])];
        assert_eq!(Quorum::hierarchical(&twice), Err(QuorumError::InTwoGroups(ServerId(1))));
        assert_eq!(Quorum::hierarchical(&[group(&[(1, 0)])]), Err(QuorumError::NoWeight));
        assert_eq!(Quorum::hierarchical(&[]), Err(QuorumError::NoWeight));
    }
}
