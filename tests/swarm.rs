//! Many seeds of random faults: no property is violated, and once all is healed the ensemble serves
//! again. `ZABSCOPE_SEEDS=1000` tries as many; a failure prints the command that replays it.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;

use zabscope::check::PropertyName;
use zabscope::search::{Passed, Trial};

fn seeds() -> u64 {
    let seeds = std::env::var("ZABSCOPE_SEEDS").ok().and_then(|seeds| seeds.parse().ok());
    seeds.unwrap_or(60)
}

fn check(servers: u8) -> Vec<Passed> {
    let trial = |seed| match (Trial { servers, seed }).run() {
        Ok(passed) => passed,
        Err(failure) => {
            let path = Path::new(env!("CARGO_TARGET_TMPDIR"));
            let path = path.join(format!("chaos-{servers}-servers-seed-{seed}.txt"));
            fs::write(&path, failure.scenario.to_text()).expect("a file can be written");
            panic!("seed {seed}: {}\nreplay: zabsim run {}", failure.found, path.display());
        }
    };
    (0..seeds()).map(trial).collect()
}

#[test]
fn three_servers_bear_it() {
    check(3);
}

/// With five there are enough of all kinds of faults that every property must have been looked at.
#[test]
fn five_servers_bear_it_and_every_property_was_looked_at() {
    let passed = check(5);
    for (place, name) in PropertyName::ALL.iter().enumerate() {
        let count: u64 = passed.iter().map(|passed| passed.evaluations[place]).sum();
        assert!(count > 0, "{name} was never looked at");
    }
}

#[test]
fn seven_servers_bear_it() {
    check(7);
}

/// A single server elects itself, and two need each other.
#[test]
fn one_and_two_servers_bear_it() {
    check(1);
    check(2);
}
