//! Which properties there are: their names, what they say, where they come from.
//!
//! A property more is a variant here, a row of [`TABLE`], its file with a [`Property`](super::Property),
//! a field of `Checkers` where it has a state, and a line of `Checkers::show`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A property, by the name that the published specifications give it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PropertyName {
    /// At most one established leader an epoch.
    Leadership2,
    /// What servers have delivered differs in length only.
    PrefixConsistency,
    /// A new leader has all that was committed.
    LeaderLogCompleteness,
    /// What is committed is on the disks of a quorum.
    QuorumDurability,
    /// No synchronisation cuts off what is committed.
    CommittedLogDurability,
    /// Equal zxids, equal trees and sessions.
    ReplicaEquality,
}

/// What is to be said about a property.
struct About {
    property: PropertyName,
    name: &'static str,
    predicate: &'static str,
    source: &'static str,
}

/// All properties, in the order of [`PropertyName`].
const TABLE: &[About] = &[
    About {
        property: PropertyName::Leadership2,
        name: "Leadership2",
        predicate: "an epoch has at most one established leader, ever",
        source: "Zab.tla Leadership2; I-1",
    },
    About {
        property: PropertyName::PrefixConsistency,
        name: "PrefixConsistency",
        predicate: "of what two servers have delivered, one is a prefix of the other",
        source: "Zab.tla PrefixConsistency; implies I-3 and I-4",
    },
    About {
        property: PropertyName::LeaderLogCompleteness,
        name: "LeaderLogCompleteness",
        predicate: "an established leader's initial history has everything that was committed",
        source: "Zab.tla LeaderLogCompleteness",
    },
    About {
        property: PropertyName::QuorumDurability,
        name: "QuorumDurability",
        predicate: "what is committed, or shown to a client, is on the disks of a quorum",
        source: "ours",
    },
    About {
        property: PropertyName::CommittedLogDurability,
        name: "CommittedLogDurability",
        predicate: "a synchronisation never cuts a committed transaction off a server's log",
        source: "Zab.tla CommittedLogDurability",
    },
    About {
        property: PropertyName::ReplicaEquality,
        name: "ReplicaEquality",
        predicate: "servers at the same zxid have equal trees and know the same sessions",
        source: "ours; ZooKeeper's own digests do the same",
    },
];

impl PropertyName {
    /// How many there are.
    pub const COUNT: usize = TABLE.len();

    /// All of them, in their order.
    pub const ALL: [PropertyName; PropertyName::COUNT] = {
        let mut all = [TABLE[0].property; PropertyName::COUNT];
        let mut place = 0;
        while place < all.len() {
            all[place] = TABLE[place].property;
            assert!(all[place] as usize == place, "the table is in the order of the variants");
            place += 1;
        }
        all
    };

    /// The name.
    pub const fn name(self) -> &'static str {
        TABLE[self as usize].name
    }

    /// The predicate in words.
    pub const fn predicate(self) -> &'static str {
        TABLE[self as usize].predicate
    }

    /// Where it comes from.
    pub const fn source(self) -> &'static str {
        TABLE[self as usize].source
    }
}

impl fmt::Display for PropertyName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}
