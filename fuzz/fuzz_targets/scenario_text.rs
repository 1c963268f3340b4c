//! Whatever stands in a scenario's text, reading it ends in a scenario that can be run, or in an
//! error that says where; and a scenario that was read is written and read again as itself. The
//! same on seeded inputs: `tests/bad_input.rs`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use zabscope::run::Run;
use zabscope::scenario::Scenario;

fuzz_target!(|source: &str| {
    match Scenario::from_text(source) {
        Ok(scenario) => {
            let again = Scenario::from_text(&scenario.to_text());
            assert_eq!(again, Ok(scenario.clone()), "what was written can be read");
            Run::new(&scenario).expect("what was read can be run");
        }
        Err(error) => assert!(!error.problem.is_empty()),
    }
});
