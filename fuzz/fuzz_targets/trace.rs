//! Whatever stands in a file, opening it ends in a run, or in an error for people. The same on
//! seeded inputs: `tests/bad_input.rs`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use zabscope::viewer::share::{File, Opened};

fuzz_target!(|source: &[u8]| {
    let opened = match File::parse(source) {
        Ok(File::Trace(file)) => Opened::by_trace(&file),
        Ok(File::Scenario(scenario)) => Opened::by_scenario(&scenario),
        Err(error) => return assert!(error.to_string().len() > 30, "{error}"),
    };
    opened.expect("what was read can be run");
});
