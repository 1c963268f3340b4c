//! Every rule that can be switched off has a story in which its mistake breaks exactly what is
//! stated, the property that the fact sheet names first among it; the same steps under the default
//! rules break nothing.

#![cfg(not(target_arch = "wasm32"))]

use zabscope::scenario::Scenario;
use zabscope::search::RuleStory;
use zabscope::zab::{Rules, Switch};

#[test]
fn every_mistake_breaks_what_is_stated() {
    for story in RuleStory::ALL {
        let told = story.tell().unwrap_or_else(|error| panic!("{}: {error}", story.switch()));
        assert!(
            story.is_as_stated(&told),
            "{}: {:?} instead of {:?}; by default {:?}",
            story.switch(),
            told.switched.broken,
            story.breaks(),
            told.default.broken,
        );
    }
}

#[test]
fn stories_are_in_the_order_of_the_switches_and_name_no_rules() {
    for (story, switch) in RuleStory::ALL.into_iter().zip(Switch::ALL) {
        assert_eq!(story.switch(), switch);
        let scenario = story.scenario(Rules::DEFAULT).expect("a sound story");
        assert!(!scenario.title.is_empty(), "{switch} has a title");
        assert!(!story.text().contains("\nrules "), "{switch}: the rules are not the story's");
    }
}

/// What is written into a scenario is read again.
#[test]
fn rules_stand_in_scenarios() {
    for (name, rules) in Rules::SETS
        .into_iter()
        .chain(Switch::ALL.map(|switch| (switch.name(), Rules::DEFAULT.with(switch))))
    {
        let scenario = Scenario::from_text(&format!("servers 3\nrules {name}\nrun 1s\n"));
        let scenario = scenario.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(scenario.settings.rules, rules);
        assert_eq!(Scenario::from_text(&scenario.to_text()), Ok(scenario.clone()));
        let json = serde_json::to_string(&rules).expect("rules are data");
        assert_eq!(serde_json::from_str::<Rules>(&json).expect("they are read again"), rules);
    }
    let error = Scenario::from_text("servers 3\nrules none\n").expect_err("no such rule");
    assert!(error.to_string().contains("zookeeper-3.8.0"), "{error}");
}
