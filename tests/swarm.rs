//! Many seeds of random faults, for every profile and size: no property is violated, and once all
//! is healed the ensemble serves again. `ZABSCOPE_SEEDS=1000` tries as many of each; a failure says
//! what repeats it.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;

use zabscope::check::PropertyName;
use zabscope::scenario::{Chaos, Profile, Scenario};
use zabscope::search::{Counter, Coverage, Found, Trial, judge, shrink};
use zabscope::zab::{Rules, Switch};

fn seeds() -> u64 {
    let seeds = std::env::var("ZABSCOPE_SEEDS").ok().and_then(|seeds| seeds.parse().ok());
    seeds.unwrap_or(4)
}

fn chaos(servers: u8, observers: u8, profile: Profile) -> Chaos {
    Chaos { servers, observers, profile, rules: Rules::DEFAULT }
}

/// All profiles with an ensemble of this size.
fn check(servers: u8, observers: u8) {
    let mut coverage = Coverage::default();
    for profile in Profile::ALL {
        for seed in 0..seeds() {
            let trial = Trial { chaos: chaos(servers, observers, profile), seed };
            match trial.run() {
                Ok(passed) => {
                    let asked = passed.coverage.count(Counter::Asked);
                    assert!(asked >= 20, "{profile} {seed}: {asked} operations asked");
                    coverage.merge(&passed.coverage);
                }
                Err(failure) => {
                    let path = Path::new(env!("CARGO_TARGET_TMPDIR"));
                    let path = path.join(format!("{profile}-{servers}-{observers}-{seed}.txt"));
                    fs::write(&path, failure.scenario.to_text()).expect("a file can be written");
                    panic!(
                        "{profile} {seed}: {}\nreplay: zabsim run {}\nshrink: zabsim fuzz \
                         --profile {profile} --servers {servers} --observers {observers} \
                         --seeds {seed}..{}",
                        failure.found,
                        path.display(),
                        seed + 1
                    );
                }
            }
        }
    }
    for (name, count) in PropertyName::ALL.iter().zip(coverage.evaluations) {
        assert!(count > 0 || servers < 3, "{name} was never looked at");
    }
}

#[test]
fn three_servers_bear_it() {
    check(3, 0);
}

#[test]
fn five_servers_bear_it() {
    check(5, 0);
}

#[test]
fn seven_servers_bear_it() {
    check(7, 0);
}

#[test]
fn three_servers_and_two_observers_bear_it() {
    check(3, 2);
}

/// A single server elects itself, and two need each other.
#[test]
fn one_and_two_servers_bear_it() {
    check(1, 0);
    check(2, 0);
}

/// What a drawn scenario has at least.
#[test]
fn drawn_scenarios_are_long_and_full() {
    for profile in Profile::ALL {
        for seed in 0..50 {
            let scenario = chaos(5, 0, profile).scenario(seed);
            assert_eq!(scenario.until.0, 60_000_000);
            let text = scenario.to_text();
            let lines = |word: &str| text.lines().filter(|line| line.contains(word)).count();
            assert!(lines(" C") + 3 * lines("program") >= 50, "{profile} {seed}");
            assert_eq!(Scenario::from_text(&text), Ok(scenario));
        }
    }
}

/// A mistake is found blindly, and what shows it is made short.
#[test]
fn a_mistake_is_found_and_its_scenario_shrunk() {
    let rules = Rules::DEFAULT.with(Switch::AckBeforeLogging);
    let chaos = Chaos { rules, ..chaos(3, 0, Profile::CrashHappy) };
    let found = (0..200).find_map(|seed| {
        let scenario = chaos.scenario(seed);
        match judge(&scenario) {
            Err(failure) => match failure.found {
                Found::Violated(property, _) => Some((scenario, property)),
                _ => None,
            },
            Ok(_) => None,
        }
    });
    let (scenario, property) = found.expect("200 seeds are enough");
    let shows = |scenario: &Scenario| {
        matches!(judge(scenario), Err(failure)
            if matches!(failure.found, Found::Violated(found, _) if found == property))
    };
    let shrunk = shrink(&scenario, 600, shows);
    let (before, after) = (scenario.commands.len(), shrunk.scenario.commands.len());
    assert!(after <= 20 && after * 3 < before, "{before} commands, {after} left");
    assert!(shows(&shrunk.scenario));
}
