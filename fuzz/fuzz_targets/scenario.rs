//! Whatever stands in a scenario file, reading it ends in a scenario that can be run, or in an
//! error that says where; and a scenario that was read is written and read again as itself.

#![no_main]

use libfuzzer_sys::fuzz_target;
use zabscope::run::Run;
use zabscope::scenario::Scenario;

fuzz_target!(|source: &str| {
    let Ok(scenario) = Scenario::parse(source) else { return };
    let again = Scenario::from_json(&scenario.to_json()).expect("what was written can be read");
    assert_eq!(again, scenario);
    Run::new(&scenario).expect("what was read can be run");
});
