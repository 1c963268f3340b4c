//! The properties of the protocol: fact sheet §§6.2 and 6.3. One a file.
//!
//! The folder ends where clients are told something: what they may rely on is another matter.

mod agreement;
mod bad_acks;
mod bad_commits;
mod bad_proposals;
mod bad_states;
mod commit_consistency;
mod committed_log_durability;
mod committed_log_monotonicity;
mod epoch_sanity;
mod global_primary_order;
mod history_consistency;
mod initial_history_integrity;
mod integrity;
mod leader_log_completeness;
mod leadership1;
mod leadership2;
mod local_primary_order;
mod prefix_consistency;
mod primary_integrity;
mod process_consistency;
mod quorum_durability;
mod replica_equality;
mod total_order;
mod vote_sanity;

use agreement::Agreement;
use bad_acks::BadAcks;
use bad_commits::BadCommits;
use bad_proposals::BadProposals;
use bad_states::BadStates;
use commit_consistency::CommitConsistency;
use committed_log_durability::CommittedLogDurability;
use committed_log_monotonicity::CommittedLogMonotonicity;
use epoch_sanity::EpochSanity;
use global_primary_order::GlobalPrimaryOrder;
use history_consistency::HistoryConsistency;
use initial_history_integrity::InitialHistoryIntegrity;
use integrity::Integrity;
use leader_log_completeness::LeaderLogCompleteness;
use leadership1::Leadership1;
use leadership2::Leadership2;
use local_primary_order::LocalPrimaryOrder;
use prefix_consistency::PrefixConsistency;
use primary_integrity::PrimaryIntegrity;
use process_consistency::ProcessConsistency;
use quorum_durability::QuorumDurability;
use replica_equality::ReplicaEquality;
use total_order::TotalOrder;
use vote_sanity::VoteSanity;

use super::Show;

/// What the properties remember, those that do.
#[derive(Clone, Debug, Default)]
pub(super) struct Protocol {
    leadership1: Leadership1,
    leadership2: Leadership2,
    bad_states: BadStates,
    bad_acks: BadAcks,
    bad_proposals: BadProposals,
    bad_commits: BadCommits,
    committed_log_durability: CommittedLogDurability,
    quorum_durability: QuorumDurability,
    epoch_sanity: EpochSanity,
    vote_sanity: VoteSanity,
    replica_equality: ReplicaEquality,
}

impl Protocol {
    /// Shows something to every property.
    #[inline]
    pub fn show(&mut self, shown: &mut impl Show) {
        shown.to(&mut self.leadership1);
        shown.to(&mut self.leadership2);
        shown.to(&mut Integrity);
        shown.to(&mut Agreement);
        shown.to(&mut TotalOrder);
        shown.to(&mut PrefixConsistency);
        shown.to(&mut LocalPrimaryOrder);
        shown.to(&mut GlobalPrimaryOrder);
        shown.to(&mut PrimaryIntegrity);
        shown.to(&mut InitialHistoryIntegrity);
        shown.to(&mut CommitConsistency);
        shown.to(&mut HistoryConsistency);
        shown.to(&mut self.bad_states);
        shown.to(&mut self.bad_acks);
        shown.to(&mut self.bad_proposals);
        shown.to(&mut self.bad_commits);
        shown.to(&mut CommittedLogMonotonicity);
        shown.to(&mut LeaderLogCompleteness);
        shown.to(&mut self.committed_log_durability);
        shown.to(&mut ProcessConsistency);
        shown.to(&mut self.quorum_durability);
        shown.to(&mut self.epoch_sanity);
        shown.to(&mut self.vote_sanity);
        shown.to(&mut self.replica_equality);
    }
}
