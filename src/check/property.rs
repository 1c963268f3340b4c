//! The properties by name, in words, with their sources.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A property, by the name that the published specifications give it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PropertyName {
    /// At most one established leader an epoch.
    Leadership,
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

impl PropertyName {
    /// All of them.
    pub const ALL: [PropertyName; 6] = [
        PropertyName::Leadership,
        PropertyName::PrefixConsistency,
        PropertyName::LeaderLogCompleteness,
        PropertyName::QuorumDurability,
        PropertyName::CommittedLogDurability,
        PropertyName::ReplicaEquality,
    ];

    /// The name.
    pub const fn name(self) -> &'static str {
        match self {
            PropertyName::Leadership => "Leadership",
            PropertyName::PrefixConsistency => "PrefixConsistency",
            PropertyName::LeaderLogCompleteness => "LeaderLogCompleteness",
            PropertyName::QuorumDurability => "QuorumDurability",
            PropertyName::CommittedLogDurability => "CommittedLogDurability",
            PropertyName::ReplicaEquality => "ReplicaEquality",
        }
    }

    /// The predicate in words.
    pub const fn predicate(self) -> &'static str {
        match self {
            PropertyName::Leadership => "an epoch has at most one established leader, ever",
            PropertyName::PrefixConsistency => {
                "of what two servers have delivered, one is a prefix of the other"
            }
            PropertyName::LeaderLogCompleteness => {
                "an established leader's initial history has everything that was committed before"
            }
            PropertyName::QuorumDurability => {
                "what is committed, or shown to a client, is on the disks of a quorum"
            }
            PropertyName::CommittedLogDurability => {
                "a synchronisation never cuts a committed transaction off a server's log"
            }
            PropertyName::ReplicaEquality => {
                "servers at the same zxid have equal trees and know the same sessions"
            }
        }
    }

    /// Where it comes from.
    pub const fn source(self) -> &'static str {
        match self {
            PropertyName::Leadership => "Zab.tla Leadership1, Leadership2; EuroSys'25 I-1",
            PropertyName::PrefixConsistency => "Zab.tla PrefixConsistency; implies I-3 and I-4",
            PropertyName::LeaderLogCompleteness => "Zab.tla LeaderLogCompleteness; EuroSys'25 I-8",
            PropertyName::QuorumDurability => "ours",
            PropertyName::CommittedLogDurability => "Zab.tla CommittedLogDurability",
            PropertyName::ReplicaEquality => "ours; ZooKeeper's own digests do the same",
        }
    }
}

impl fmt::Display for PropertyName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}
