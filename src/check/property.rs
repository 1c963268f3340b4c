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
    /// G1: writes are ordered as real time and the tree say.
    LinearizableWrites,
    /// G2: a session's operations take effect as they were sent.
    FifoClientOrder,
    /// G3: a read answers from one committed state, and never an older one.
    ConsistentReads,
    /// G4: what a session is shown never goes back.
    SingleSystemImage,
    /// G5: a read behind a sync shows what the leader had committed.
    SyncFreshness,
    /// G6: what was answered with success stays.
    Durability,
    /// G7: all of a multi, or nothing.
    Atomicity,
    /// G8: a change is heard of before it is seen, and once.
    WatchOrder,
    /// G9: views lag by less than a bound; sessions live for their timeout.
    Timeliness,
    /// G10: a write of unknown outcome takes effect once or never.
    UnknownOutcome,
    /// G11: servers have the trees that the order of transactions makes.
    Replicas,
    /// G12: ephemeral znodes belong to live sessions.
    EphemeralOwners,
    /// G13: sequence numbers rise.
    SequenceNumbers,
    /// G14: versions count changes.
    Versions,
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
    About {
        property: PropertyName::LinearizableWrites,
        name: "LinearizableWrites",
        predicate: "the order of committed writes extends real time, and each has the outcome that it has on the tree before it",
        source: "ZooKeeper's guarantees, G1; linearizability: Herlihy and Wing 1990",
    },
    About {
        property: PropertyName::FifoClientOrder,
        name: "FifoClientOrder",
        predicate: "a session's writes are ordered as they were sent, and its operations take effect one behind the other",
        source: "ZooKeeper's guarantees, G2",
    },
    About {
        property: PropertyName::ConsistentReads,
        name: "ConsistentReads",
        predicate: "each read answers what one committed state holds, and for one client these states never go back",
        source: "ZooKeeper's guarantees, G3",
    },
    About {
        property: PropertyName::SingleSystemImage,
        name: "SingleSystemImage",
        predicate: "what a session is shown never goes back, whichever servers it talks to",
        source: "ZooKeeper's guarantees, G4",
    },
    About {
        property: PropertyName::SyncFreshness,
        name: "SyncFreshness",
        predicate: "behind a sync, a client's next read shows what the leader that answered had committed",
        source: "ZooKeeper's guarantees, G5",
    },
    About {
        property: PropertyName::Durability,
        name: "Durability",
        predicate: "a write that was answered with success is part of every later tree",
        source: "ZooKeeper's guarantees, G6",
    },
    About {
        property: PropertyName::Atomicity,
        name: "Atomicity",
        predicate: "of a multi all operations take effect or none, and no reader sees a part",
        source: "ZooKeeper's guarantees, G7",
    },
    About {
        property: PropertyName::WatchOrder,
        name: "WatchOrder",
        predicate: "a client hears of a change that it watches before it sees it, and once a watch",
        source: "ZooKeeper's guarantees, G8",
    },
    About {
        property: PropertyName::Timeliness,
        name: "Timeliness",
        predicate: "a view lags by less than a bound, and a session ends only after its timeout without a sign of life",
        source: "ZooKeeper's guarantees, G9",
    },
    About {
        property: PropertyName::UnknownOutcome,
        name: "UnknownOutcome",
        predicate: "a write whose connection was lost before the answer takes effect once, or never",
        source: "ZooKeeper's guarantees, G10",
    },
    About {
        property: PropertyName::Replicas,
        name: "Replicas",
        predicate: "a server's tree is the one that all transactions up to its zxid make",
        source: "ZooKeeper's guarantees, G11",
    },
    About {
        property: PropertyName::EphemeralOwners,
        name: "EphemeralOwners",
        predicate: "every ephemeral znode belongs to a session that is alive at that zxid",
        source: "ZooKeeper's guarantees, G12",
    },
    About {
        property: PropertyName::SequenceNumbers,
        name: "SequenceNumbers",
        predicate: "the numbers of sequential znodes rise with the zxid, as long as their parent is the same",
        source: "ZooKeeper's guarantees, G13",
    },
    About {
        property: PropertyName::Versions,
        name: "Versions",
        predicate: "version counts the sets of data, cversion the creates and deletes of children, pzxid is the last one's",
        source: "ZooKeeper's guarantees, G14",
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
