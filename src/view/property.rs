//! What the checked properties say, in the reader's language.

use crate::check::PropertyName;
use crate::text::Key;

/// What a property says.
pub const fn property_about(property: PropertyName) -> Key {
    use PropertyName as P;
    match property {
        P::Leadership1 => Key::PropertyLeadership1,
        P::Leadership2 => Key::PropertyLeadership2,
        P::Integrity => Key::PropertyIntegrity,
        P::Agreement => Key::PropertyAgreement,
        P::TotalOrder => Key::PropertyTotalOrder,
        P::PrefixConsistency => Key::PropertyPrefixConsistency,
        P::LocalPrimaryOrder => Key::PropertyLocalPrimaryOrder,
        P::GlobalPrimaryOrder => Key::PropertyGlobalPrimaryOrder,
        P::PrimaryIntegrity => Key::PropertyPrimaryIntegrity,
        P::InitialHistoryIntegrity => Key::PropertyInitialHistoryIntegrity,
        P::CommitConsistency => Key::PropertyCommitConsistency,
        P::HistoryConsistency => Key::PropertyHistoryConsistency,
        P::BadStates => Key::PropertyBadStates,
        P::BadAcks => Key::PropertyBadAcks,
        P::BadProposals => Key::PropertyBadProposals,
        P::BadCommits => Key::PropertyBadCommits,
        P::CommittedLogMonotonicity => Key::PropertyCommittedLogMonotonicity,
        P::LeaderLogCompleteness => Key::PropertyLeaderLogCompleteness,
        P::CommittedLogDurability => Key::PropertyCommittedLogDurability,
        P::ProcessConsistency => Key::PropertyProcessConsistency,
        P::QuorumDurability => Key::PropertyQuorumDurability,
        P::EpochSanity => Key::PropertyEpochSanity,
        P::VoteSanity => Key::PropertyVoteSanity,
        P::ReplicaEquality => Key::PropertyReplicaEquality,
        P::LinearizableWrites => Key::PropertyLinearizableWrites,
        P::FifoClientOrder => Key::PropertyFifoClientOrder,
        P::ConsistentReads => Key::PropertyConsistentReads,
        P::SingleSystemImage => Key::PropertySingleSystemImage,
        P::SyncFreshness => Key::PropertySyncFreshness,
        P::Durability => Key::PropertyDurability,
        P::Atomicity => Key::PropertyAtomicity,
        P::WatchOrder => Key::PropertyWatchOrder,
        P::Timeliness => Key::PropertyTimeliness,
        P::UnknownOutcome => Key::PropertyUnknownOutcome,
        P::Replicas => Key::PropertyReplicas,
        P::EphemeralOwners => Key::PropertyEphemeralOwners,
        P::SequenceNumbers => Key::PropertySequenceNumbers,
        P::Versions => Key::PropertyVersions,
    }
}
