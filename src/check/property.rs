//! Which properties there are: their names, what they say, where they come from.
//!
//! A property more is a variant here, a row of the table, its file with a
//! [`Property`](super::Property), and in its folder a line of `show`, and a field where it has a
//! state.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A property, by the name that the published specifications give it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PropertyName {
    /// At most one leader an epoch at a time.
    Leadership1,
    /// At most one established leader an epoch, ever.
    Leadership2,
    /// Nothing is delivered that was not proposed, and nothing twice.
    Integrity,
    /// What servers have delivered is nested.
    Agreement,
    /// All deliver in one order.
    TotalOrder,
    /// What servers have delivered differs in length only.
    PrefixConsistency,
    /// A leader's proposals are delivered in its order.
    LocalPrimaryOrder,
    /// Epochs are delivered in their order.
    GlobalPrimaryOrder,
    /// A leader begins with all that its learners have delivered.
    PrimaryIntegrity,
    /// Initial histories only grow.
    InitialHistoryIntegrity,
    /// A follower has delivered no more than its leader.
    CommitConsistency,
    /// Logs of one epoch differ in length only.
    HistoryConsistency,
    /// No packet comes where it cannot.
    BadStates,
    /// No ack comes that cannot.
    BadAcks,
    /// No proposal or cut comes that cannot.
    BadProposals,
    /// No commit or snapshot comes that cannot.
    BadCommits,
    /// A leader's commits only add.
    CommittedLogMonotonicity,
    /// A leader has all that is committed.
    LeaderLogCompleteness,
    /// No synchronisation cuts off what is committed.
    CommittedLogDurability,
    /// A learner's log is its leader's.
    ProcessConsistency,
    /// What is committed is on the disks of a quorum.
    QuorumDurability,
    /// Epochs on disk are in order.
    EpochSanity,
    /// Votes only get better.
    VoteSanity,
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
        property: PropertyName::Leadership1,
        name: "Leadership1",
        predicate: "no two servers lead the same epoch at the same time",
        source: "I-1; Zab.tla, system specification",
    },
    About {
        property: PropertyName::Leadership2,
        name: "Leadership2",
        predicate: "an epoch has at most one established leader, ever",
        source: "I-1; Zab.tla",
    },
    About {
        property: PropertyName::Integrity,
        name: "Integrity",
        predicate: "what a server delivers was proposed by a leader, and comes once",
        source: "I-2; Zab.tla",
    },
    About {
        property: PropertyName::Agreement,
        name: "Agreement",
        predicate: "of two transactions that two servers delivered, one delivered both",
        source: "I-3; Zab.tla",
    },
    About {
        property: PropertyName::TotalOrder,
        name: "TotalOrder",
        predicate: "all servers deliver in one order",
        source: "I-4; Zab.tla",
    },
    About {
        property: PropertyName::PrefixConsistency,
        name: "PrefixConsistency",
        predicate: "of what two servers have delivered, one is a prefix of the other",
        source: "Zab.tla; implies I-3 and I-4",
    },
    About {
        property: PropertyName::LocalPrimaryOrder,
        name: "LocalPrimaryOrder",
        predicate: "what a leader proposed before a transaction is delivered before it",
        source: "I-5; Zab.tla, for all pairs",
    },
    About {
        property: PropertyName::GlobalPrimaryOrder,
        name: "GlobalPrimaryOrder",
        predicate: "what belongs to an earlier epoch is delivered before all of a later one",
        source: "I-6; Zab.tla",
    },
    About {
        property: PropertyName::PrimaryIntegrity,
        name: "PrimaryIntegrity",
        predicate: "what a learner delivers of earlier epochs is in its leader's initial history",
        source: "I-7; Zab.tla",
    },
    About {
        property: PropertyName::InitialHistoryIntegrity,
        name: "InitialHistoryIntegrity",
        predicate: "initial histories only grow, and have all that was committed before",
        source: "I-8; EuroSys 2025",
    },
    About {
        property: PropertyName::CommitConsistency,
        name: "CommitConsistency",
        predicate: "what a follower has delivered is a prefix of what its leader has",
        source: "I-9; EuroSys 2025, system specification",
    },
    About {
        property: PropertyName::HistoryConsistency,
        name: "HistoryConsistency",
        predicate: "of a leader's log and its learner's, one is a prefix of the other",
        source: "I-10; EuroSys 2025",
    },
    About {
        property: PropertyName::BadStates,
        name: "BadStates",
        predicate: "no packet comes where it cannot, and nobody serves unsynchronised",
        source: "I-11; EuroSys 2025",
    },
    About {
        property: PropertyName::BadAcks,
        name: "BadAcks",
        predicate: "nothing is acknowledged that the leader does not have or wait for",
        source: "I-12; EuroSys 2025",
    },
    About {
        property: PropertyName::BadProposals,
        name: "BadProposals",
        predicate: "every PROPOSAL follows the last one, and no TRUNC cuts what is delivered",
        source: "I-13; EuroSys 2025",
    },
    About {
        property: PropertyName::BadCommits,
        name: "BadCommits",
        predicate: "every COMMIT is for the oldest proposal held; no snapshot goes beyond it",
        source: "I-14; EuroSys 2025",
    },
    About {
        property: PropertyName::CommittedLogMonotonicity,
        name: "CommittedLogMonotonicity",
        predicate: "what a leader has committed only grows, on top of all before it",
        source: "commit completeness; mixed specifications",
    },
    About {
        property: PropertyName::LeaderLogCompleteness,
        name: "LeaderLogCompleteness",
        predicate: "a leader's history has all that is committed in epochs up to its own",
        source: "Zab.tla",
    },
    About {
        property: PropertyName::CommittedLogDurability,
        name: "CommittedLogDurability",
        predicate: "a synchronisation never cuts off what is committed",
        source: "Zab.tla",
    },
    About {
        property: PropertyName::ProcessConsistency,
        name: "ProcessConsistency",
        predicate: "a learner's log is a prefix of its leader's history",
        source: "mixed specifications",
    },
    About {
        property: PropertyName::QuorumDurability,
        name: "QuorumDurability",
        predicate: "what is committed, or shown to a client, is on the disks of a quorum",
        source: "ours",
    },
    About {
        property: PropertyName::EpochSanity,
        name: "EpochSanity",
        predicate: "currentEpoch <= acceptedEpoch, neither falls, and a promise is on disk first",
        source: "ours",
    },
    About {
        property: PropertyName::VoteSanity,
        name: "VoteSanity",
        predicate: "within a round a server's proposal only moves up in the order of votes",
        source: "ours",
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
        predicate: "the order of committed writes extends real time, and each has the outcome \
                    that it has on the tree before it",
        source: "G1; ZooKeeper's guarantees; linearizability: Herlihy and Wing 1990",
    },
    About {
        property: PropertyName::FifoClientOrder,
        name: "FifoClientOrder",
        predicate: "a session's writes are ordered as they were sent, and its operations take \
                    effect one behind the other",
        source: "G2; ZooKeeper's guarantees",
    },
    About {
        property: PropertyName::ConsistentReads,
        name: "ConsistentReads",
        predicate: "each read answers what one committed state holds, and for one client these \
                    states never go back",
        source: "G3; ZooKeeper's guarantees",
    },
    About {
        property: PropertyName::SingleSystemImage,
        name: "SingleSystemImage",
        predicate: "what a session is shown never goes back, whichever servers it talks to",
        source: "G4; ZooKeeper's guarantees",
    },
    About {
        property: PropertyName::SyncFreshness,
        name: "SyncFreshness",
        predicate: "behind a sync, a client's next read shows what the leader that answered had \
                    committed",
        source: "G5; ZooKeeper's guarantees",
    },
    About {
        property: PropertyName::Durability,
        name: "Durability",
        predicate: "a write that was answered with success is part of every later tree",
        source: "G6; ZooKeeper's guarantees",
    },
    About {
        property: PropertyName::Atomicity,
        name: "Atomicity",
        predicate: "of a multi all operations take effect or none, and no reader sees a part",
        source: "G7; ZooKeeper's guarantees",
    },
    About {
        property: PropertyName::WatchOrder,
        name: "WatchOrder",
        predicate: "a client hears of a change that it watches before it sees it, and once a watch",
        source: "G8; ZooKeeper's guarantees",
    },
    About {
        property: PropertyName::Timeliness,
        name: "Timeliness",
        predicate: "a view lags by less than a bound, and a session ends only after its timeout \
                    without a sign of life",
        source: "G9; ZooKeeper's guarantees",
    },
    About {
        property: PropertyName::UnknownOutcome,
        name: "UnknownOutcome",
        predicate: "a write whose connection was lost before the answer takes effect once, or \
                    never",
        source: "G10; ZooKeeper's guarantees",
    },
    About {
        property: PropertyName::Replicas,
        name: "Replicas",
        predicate: "a server's tree is the one that all transactions up to its zxid make",
        source: "G11; ZooKeeper's guarantees",
    },
    About {
        property: PropertyName::EphemeralOwners,
        name: "EphemeralOwners",
        predicate: "every ephemeral znode belongs to a session that is alive at that zxid",
        source: "G12; ZooKeeper's guarantees",
    },
    About {
        property: PropertyName::SequenceNumbers,
        name: "SequenceNumbers",
        predicate: "the numbers of sequential znodes rise with the zxid, as long as their parent \
                    is the same",
        source: "G13; ZooKeeper's guarantees",
    },
    About {
        property: PropertyName::Versions,
        name: "Versions",
        predicate: "version counts the sets of data, cversion the creates and deletes of \
                    children, pzxid is the last one's",
        source: "G14; ZooKeeper's guarantees",
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
