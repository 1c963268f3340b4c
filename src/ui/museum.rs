//! The bug museum: for each rule that can be switched off the story in which that does harm.

use crate::run::Run;
use crate::scenario::Scenario;
use crate::search::RuleStory;
use crate::text::{Key, Phrase};
use crate::types::{Instant, Span};
use crate::view::PresetChoice;
use crate::zab::{Rules, Switch};

/// So long before it goes wrong a story begins.
const LEAD_IN: Span = Span::millis(60);

/// The story of this name: the rule that is switched off.
pub fn find(name: &str) -> Option<RuleStory> {
    RuleStory::ALL.into_iter().find(|story| story.switch().name() == name)
}

/// All stories, in their order.
pub fn choices() -> Vec<PresetChoice> {
    let choice = |story: RuleStory| PresetChoice {
        name: story.switch().name(),
        title: name(story.switch()),
        about: match story.switch().versions() {
            "-" => Key::MuseumClassic,
            _ => Key::MuseumOwn,
        },
    };
    RuleStory::ALL.into_iter().map(choice).collect()
}

/// What the page is called while a story runs.
pub fn title(story: RuleStory) -> Phrase {
    Phrase::new(Key::MuseumTitle).with("story", name(story.switch()))
}

/// The story with its rule switched off.
pub fn scenario(story: RuleStory) -> Scenario {
    let rules = Rules::DEFAULT.with(story.switch());
    story.scenario(rules).expect("a test reads every story")
}

/// Where to begin to watch it: shortly before a property is broken.
pub fn begin(scenario: &Scenario) -> Instant {
    let Ok(mut scout) = Run::new(scenario) else { return Instant::ZERO };
    scout.record_trace(false);
    scout.run_until(scenario.until);
    Instant(scout.now().0.saturating_sub(LEAD_IN.0))
}

const fn name(switch: Switch) -> Key {
    match switch {
        Switch::EpochBeforeHistory => Key::MuseumEpochBeforeHistory,
        Switch::AckBeforeFsync => Key::MuseumAckBeforeFsync,
        Switch::TxnAckBeforeNewLeaderAck => Key::MuseumTxnAckBeforeNewLeaderAck,
        Switch::StrayLogThread => Key::MuseumStrayLogThread,
        Switch::AsyncApplyInSync => Key::MuseumAsyncApplyInSync,
        Switch::ClearInFlightAtNewLeader => Key::MuseumClearInFlightAtNewLeader,
        Switch::NoFastForward => Key::MuseumNoFastForward,
        Switch::DiffWithoutLookup => Key::MuseumDiffWithoutLookup,
        Switch::NoEpochFiles => Key::MuseumNoEpochFiles,
        Switch::SnapshotAtLead => Key::MuseumSnapshotAtLead,
        Switch::DiffSetsLastProcessed => Key::MuseumDiffSetsLastProcessed,
        Switch::KeepPartialSnap => Key::MuseumKeepPartialSnap,
        Switch::SkipCommittedLogInSync => Key::MuseumSkipCommittedLogInSync,
        Switch::QuorumTooSmall => Key::MuseumQuorumTooSmall,
        Switch::NoEpochCheck => Key::MuseumNoEpochCheck,
        Switch::CommitOutOfOrder => Key::MuseumCommitOutOfOrder,
        Switch::LeaderSkipsSync => Key::MuseumLeaderSkipsSync,
        Switch::AckBeforeLogging => Key::MuseumAckBeforeLogging,
        Switch::VotesWithoutZxid => Key::MuseumVotesWithoutZxid,
        Switch::VotesWithoutEpoch => Key::MuseumVotesWithoutEpoch,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::viewer::Viewer;

    /// Each story opens where all is well still, and breaks a law not long after.
    #[test]
    fn every_story_breaks_a_law_soon() {
        for story in RuleStory::ALL {
            let scenario = scenario(story);
            let mut viewer = Viewer::open(&scenario).expect("a story can be run");
            viewer.run_to(begin(&scenario));
            let name = story.switch().name();
            assert!(!viewer.is_violated(), "{name}: broken from the start");
            viewer.run_to(viewer.now() + LEAD_IN + LEAD_IN);
            assert!(viewer.is_violated(), "{name}: nothing is broken");
        }
    }
}
