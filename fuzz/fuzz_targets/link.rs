//! Whatever stands in a link, reading it ends in a run that can be begun, or in an error for
//! people; and a link that was read is written and read again as itself. Each input is tried as a
//! link and as what a link unpacks to. The same on seeded inputs: `tests/bad_input.rs`.

#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use libfuzzer_sys::fuzz_target;
use miniz_oxide::deflate::compress_to_vec_zlib;
use zabscope::viewer::share::{Cursor, Link, Opened};

fn check(source: &str) {
    match Link::parse(source) {
        Ok(link) => {
            let again = Link::parse(&link.fragment());
            assert_eq!(again.as_ref(), Ok(&link), "what was written can be read");
            let cursor = Cursor { events: link.cursor.events.min(100), ..link.cursor };
            Opened::by_link(&Link { cursor, ..link }).expect("what was read can be run");
        }
        Err(error) => assert!(error.to_string().len() > 30, "{error}"),
    }
}

fuzz_target!(|source: &str| {
    check(source);
    let packed = URL_SAFE_NO_PAD.encode(compress_to_vec_zlib(source.as_bytes(), 1));
    check(&format!("v1.{packed}"));
});
