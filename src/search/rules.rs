//! The rules' stories: for each [`Switch`] the steps in which its mistake does harm, and what it
//! breaks. The same steps under the default rules break nothing, which shows that the rule is
//! needed and that it is enough.
//!
//! The steps are those recorded by the model checker or reconstructed in fact sheet §7 where it has
//! them. Source: fact sheet §7 and the issues named there; EuroSys 2025, table 4.

use crate::check::PropertyName;
use crate::run::Run;
use crate::scenario::{Scenario, ScenarioError};
use crate::sim::EventId;
use crate::zab::{Rules, Switch};

/// A rule's story.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RuleStory {
    switch: Switch,
    text: &'static str,
    breaks: &'static [PropertyName],
}

/// A story as it went.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// The properties that were broken, the first one first.
    pub broken: Vec<PropertyName>,
    /// How many of the story's waits were not reached.
    pub not_reached: u32,
}

/// A story as it went with its rule switched off, and under the default rules.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// With the switch.
    pub switched: Outcome,
    /// Without it.
    pub default: Outcome,
}

macro_rules! stories {
    ($($switch:ident $name:literal breaks $first:ident $($other:ident)*;)*) => {
        [$(RuleStory {
            switch: Switch::$switch,
            text: include_str!(concat!("../scenario/rules/", $name, ".txt")),
            breaks: &[PropertyName::$first $(, PropertyName::$other)*],
        }),*]
    };
}

impl RuleStory {
    /// All of them, in the order of [`Switch::ALL`], each with the properties that it breaks; the
    /// first is the one that fact sheet §7 names first.
    pub const ALL: [RuleStory; Switch::ALL.len()] = stories![
        EpochBeforeHistory "epochBeforeHistory" breaks
            InitialHistoryIntegrity CommittedLogDurability CommittedLogMonotonicity
            LeaderLogCompleteness Replicas;
        AckBeforeFsync "ackBeforeFsync" breaks
            InitialHistoryIntegrity CommittedLogMonotonicity LeaderLogCompleteness Replicas;
        TxnAckBeforeNewLeaderAck "txnAckBeforeNewLeaderAck" breaks
            BadAcks;
        StrayLogThread "strayLogThread" breaks
            HistoryConsistency ProcessConsistency ReplicaEquality TotalOrder Replicas;
        AsyncApplyInSync "asyncApplyInSync" breaks
            BadStates CommitConsistency;
        ClearInFlightAtNewLeader "clearInFlightAtNewLeader" breaks
            BadCommits;
        NoFastForward "noFastForward" breaks
            HistoryConsistency ProcessConsistency ReplicaEquality LeaderLogCompleteness Replicas;
        DiffWithoutLookup "diffWithoutLookup" breaks
            TotalOrder ReplicaEquality HistoryConsistency ProcessConsistency Replicas;
        NoEpochFiles "noEpochFiles" breaks
            Leadership2;
        SnapshotAtLead "snapshotAtLead" breaks
            HistoryConsistency ProcessConsistency PrefixConsistency PrimaryIntegrity
            ReplicaEquality Replicas;
        DiffSetsLastProcessed "diffSetsLastProcessed" breaks
            TotalOrder CommitConsistency HistoryConsistency ProcessConsistency PrefixConsistency
            ReplicaEquality Replicas;
        KeepPartialSnap "keepPartialSnap" breaks
            QuorumDurability CommittedLogDurability InitialHistoryIntegrity
            CommittedLogMonotonicity LeaderLogCompleteness Replicas;
        SkipCommittedLogInSync "skipCommittedLogInSync" breaks
            HistoryConsistency BadProposals ReplicaEquality ProcessConsistency TotalOrder
            Replicas;
        QuorumTooSmall "quorumTooSmall" breaks
            Leadership2 Leadership1;
        NoEpochCheck "noEpochCheck" breaks
            EpochSanity;
        CommitOutOfOrder "commitOutOfOrder" breaks
            LocalPrimaryOrder Replicas ReplicaEquality BadCommits LinearizableWrites;
        LeaderSkipsSync "leaderSkipsSync" breaks
            HistoryConsistency CommitConsistency BadStates ProcessConsistency TotalOrder
            PrefixConsistency ReplicaEquality Replicas;
        AckBeforeLogging "ackBeforeLogging" breaks
            QuorumDurability CommittedLogMonotonicity LeaderLogCompleteness Durability Replicas;
        VotesWithoutZxid "votesWithoutZxid" breaks
            LeaderLogCompleteness VoteSanity BadProposals QuorumDurability
            CommittedLogDurability CommittedLogMonotonicity Durability Replicas;
        VotesWithoutEpoch "votesWithoutEpoch" breaks
            LeaderLogCompleteness VoteSanity InitialHistoryIntegrity CommittedLogMonotonicity
            Replicas;
    ];

    /// The story of a switch.
    pub fn of(switch: Switch) -> RuleStory {
        RuleStory::ALL[switch as usize]
    }

    /// The switch.
    pub fn switch(self) -> Switch {
        self.switch
    }

    /// The steps, as the text of a scenario that names no rules.
    pub fn text(self) -> &'static str {
        self.text
    }

    /// The properties that are broken when the story is run to its end with the switch, in the
    /// order of [`PropertyName::ALL`] but for the first, which is the one that the fact sheet names
    /// first.
    pub fn breaks(self) -> &'static [PropertyName] {
        self.breaks
    }

    /// The scenario under these rules.
    ///
    /// # Errors
    /// Never, while a test reads every story.
    pub fn scenario(self, rules: Rules) -> Result<Scenario, ScenarioError> {
        let mut scenario = Scenario::from_text(self.text)?;
        scenario.settings.rules = rules;
        Ok(scenario)
    }

    /// Runs the story with the switch and without.
    ///
    /// # Errors
    /// Never, while a test reads every story.
    pub fn tell(self) -> Result<Told, ScenarioError> {
        let switched = outcome(&self.scenario(Rules::DEFAULT.with(self.switch))?)?;
        let default = outcome(&self.scenario(Rules::DEFAULT)?)?;
        Ok(Told { switched, default })
    }

    /// Whether it went as stated.
    pub fn is_as_stated(self, told: &Told) -> bool {
        let broken = &told.switched.broken;
        let same = broken.len() == self.breaks.len()
            && self.breaks.iter().all(|property| broken.contains(property));
        same && told.default.broken.is_empty()
    }
}

/// Runs a scenario to its end, past every violation.
fn outcome(scenario: &Scenario) -> Result<Outcome, ScenarioError> {
    let mut run = Run::new(scenario)?;
    run.stop_at_violation(false);
    run.run_until(scenario.until);
    let violated = run.verdicts().into_iter().filter_map(|(name, evaluated)| {
        let event: EventId = evaluated.violation()?.event();
        Some((event, name))
    });
    let mut violated: Vec<(EventId, PropertyName)> = violated.collect();
    violated.sort_unstable();
    let not_reached = run.waits_ended().iter().filter(|wait| !wait.reached).count() as u32;
    Ok(Outcome { broken: violated.into_iter().map(|(_, name)| name).collect(), not_reached })
}
