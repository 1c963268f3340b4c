//! Whatever stands in a recording, reading it ends in a recording that can be replayed to some end,
//! or in an error that says where.

#![no_main]

use libfuzzer_sys::fuzz_target;
use zabscope::conform::protocol::{Recording, replay};
use zabscope::zab::Rules;

fuzz_target!(|source: &str| {
    match Recording::parse(source) {
        Ok(recording) => _ = replay(&recording, Rules::DEFAULT),
        Err(error) => assert!(error.place.line > 0 && error.place.column > 0, "{error}"),
    }
});
