//! The rules of the house that a compiler does not know, held by reading the sources.
//!
//! Each rule is a function from one file to the places that break it, and each is shown to bite
//! on a planted line. A complaint says where, what, and what to do instead.

#![cfg(not(target_arch = "wasm32"))]

#[path = "tidy/layers.rs"]
mod layers;
#[path = "tidy/sentences.rs"]
mod sentences;
#[path = "tidy/source.rs"]
mod source;
#[path = "tidy/words.rs"]
mod words;

use std::fs;

use source::{Complaint, Source};

/// Think again past 300 lines; here is the hard end.
const LINES_MAX: usize = 400;
const COLUMNS_MAX: usize = 100;

/// Runs one rule over all sources and fails with everything it found.
fn hold(rule: fn(&Source) -> Vec<Complaint>) {
    let sources = Source::all();
    assert!(sources.len() > 10, "the sources are where this test looks for them");
    let complaints: Vec<_> = sources.iter().flat_map(rule).collect();
    let text: Vec<_> = complaints.iter().map(ToString::to_string).collect();
    assert!(complaints.is_empty(), "{} untidy places:\n{}", text.len(), text.join("\n"));
}

/// Says at which lines a rule bites in a text that stands at `path`.
fn bites(rule: fn(&Source) -> Vec<Complaint>, path: &str, text: &str) -> Vec<usize> {
    rule(&Source::new(path, text)).iter().map(|complaint| complaint.line).collect()
}

#[test]
fn layers_import_only_what_the_arrows_reach() {
    hold(layers::imports);
    let check = |path, text| bites(layers::imports, path, text);
    assert_eq!(check("src/zab/peer.rs", "use crate::types::Zxid;\nuse crate::store::Tree;"), [2]);
    assert_eq!(check("src/zab/peer.rs", "// crate::store\nlet x = \"crate::store\";"), []);
    assert_eq!(check("src/store/tree.rs", "use crate::{api::{Op, zab}, zab::Peer};"), [1]);
    assert_eq!(check("src/store/tree.rs", "use crate::{api::{Op, zab},\n    types::Zxid};"), []);
    assert_eq!(check("src/server/mod.rs", "fn f() { super::client::g() }"), [1]);
    assert_eq!(check("src/ui/app.rs", "use crate::viewer::Viewer;\nuse crate::cli::run;"), [2]);
    assert_eq!(check("src/stray/mod.rs", "//! A folder without a place."), [1]);
}

#[test]
fn only_the_browser_layers_name_the_browser() {
    hold(words::browser);
    let check = |path, text| bites(words::browser, path, text);
    assert_eq!(check("src/view/stage.rs", "use web_sys::Element;\nuse gloo_timers::x;"), [1, 2]);
    assert_eq!(check("src/ui/app.rs", "use web_sys::Element;"), []);
}

#[test]
fn runs_depend_on_nothing_but_the_scenario() {
    hold(words::chance);
    let check = |path, text| bites(words::chance, path, text);
    assert_eq!(check("src/store/tree.rs", "use std::collections::HashMap;"), [1]);
    assert_eq!(check("src/sim/mod.rs", "use std::time::Instant;\nuse crate::types::Instant;"), [1]);
    assert_eq!(check("src/sim/rng.rs", "fn below(x: f64) {}\n/// f64 in words"), [1]);
    assert_eq!(check("src/view/stage.rs", "fn scale(x: f64) {}"), []);
}

#[test]
fn nothing_is_left_unfinished() {
    hold(words::unfinished);
    let check = |text| bites(words::unfinished, "tests/any.rs", text);
    assert_eq!(check("todo!()\ndbg!(x)\nunimplemented!()\n#[ignore]\n// todo!()"), [1, 2, 3, 4]);
}

#[test]
fn colours_live_in_the_tokens() {
    hold(words::colours);
    let check = |path, text| bites(words::colours, path, text);
    let style = "a { color: #12ab9F; }\n#boot { fill: var(--ink); }\nb { color: rgb(1 2 3); }";
    assert_eq!(check("styles/stage.css", style), [1, 3]);
    assert_eq!(check("styles/stage.css", "a { background: white; }\n/* white */"), [1]);
    assert_eq!(check("styles/stage.css", "a { white-space: nowrap; }"), []);
    assert_eq!(check("styles/tokens.css", style), []);
    assert_eq!(check("src/ui/stage.rs", "paint(\"#fff\");\nlink(\"#stage\");"), [1]);
}

#[test]
fn sentences_live_in_the_locale_files() {
    hold(sentences::words);
    let check = |path, text| bites(sentences::words, path, text);
    let page =
        "<p>{ \"No server\" }</p>\n<b>{ \"ms\" }</b>\n<i aria-label=\"Close\" />\n<i title=\"\">";
    assert_eq!(check("src/ui/any.rs", page), [1, 3]);
    assert_eq!(check("src/view/any.rs", page), []);
}

#[test]
fn no_sentence_is_built_from_pieces() {
    hold(sentences::pieces);
    let check = |text| bites(sentences::pieces, "src/ui/any.rs", text);
    assert_eq!(check("let a = format!(\"{}, {b}\",\n    text.say(&c));"), [1]);
    assert_eq!(check("let a = b + &text.get(Key::Close);"), [1]);
    assert_eq!(check("let a = format!(\"{b}\"); text.say(&c);"), []);
}

#[test]
fn files_are_short_and_lines_fit() {
    hold(sizes);
    assert_eq!(bites(sizes, "src/a.rs", &"line\n".repeat(LINES_MAX + 1)), [LINES_MAX + 1]);
    assert_eq!(bites(sizes, "src/a.rs", &format!("short\n{}", "é".repeat(101))), [2]);
    assert_eq!(bites(sizes, "src/a.rs", &format!("//! | {} |", "a".repeat(101))), []);
}

#[test]
fn folders_say_what_they_are() {
    let mut complaints = Vec::new();
    for folder in source::folders_of_modules() {
        let door = folder.join("mod.rs");
        let text = fs::read_to_string(&door).unwrap_or_default();
        if !text.starts_with("//! ") {
            complaints.push(format!("{}: begin with `//!`: what it is, its end", door.display()));
        }
    }
    assert!(complaints.is_empty(), "folders without words:\n{}", complaints.join("\n"));
}

#[test]
fn the_page_links_each_sheet() {
    let page = fs::read_to_string("index.html").expect("the page is beside Cargo.toml");
    for sheet in Source::all().iter().filter(|source| source.path.ends_with(".css")) {
        let linked = page.contains(&format!("href=\"{}\"", sheet.path));
        assert!(linked, "{}: no link in index.html, so it does nothing", sheet.path);
    }
}

fn sizes(source: &Source) -> Vec<Complaint> {
    let lines = source.text.lines().count();
    let long = (lines > LINES_MAX).then(|| {
        let what = format!("{lines} lines; the end is {LINES_MAX}");
        source.complain(lines, what, "give its second idea a file of its own")
    });
    // A row of a table in the documentation cannot be broken, nor can an address.
    let breakable = |line: &str| !line.trim_start_matches(['/', '!', ' ']).starts_with('|');
    let wide = source.text.lines().enumerate().filter_map(|(index, line)| {
        let columns = line.chars().count();
        let too_wide = source.is_rust() && columns > COLUMNS_MAX && breakable(line);
        (too_wide && !line.contains("://")).then(|| {
            let what = format!("{columns} columns; the end is {COLUMNS_MAX}");
            source.complain(index + 1, what, "break it")
        })
    });
    long.into_iter().chain(wide).collect()
}
