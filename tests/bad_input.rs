//! Whatever stands in a scenario file, a link or a trace, reading it ends in what can be run, or in
//! an error that says where and what was expected; never in a panic. This is the property of the
//! fuzz targets `scenario_text`, `scenario_json`, `link` and `trace`, here on seeded inputs: files
//! that were drawn and then damaged, word by word.

#![cfg(not(target_arch = "wasm32"))]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib;
use zabscope::run::Run;
use zabscope::scenario::{Chaos, Preset, Profile, Scenario};
use zabscope::sim::{Purpose, Rng};
use zabscope::viewer::share::{Cursor, File, Link, Opened, ShareError, write_trace};
use zabscope::zab::Rules;

const INPUTS: u64 = 10_000;

/// What is put in place of a word, besides other words of the same file.
const WORDS: [&str; 40] = [
    "",
    "0",
    "1",
    "-1",
    "9",
    "4294967295",
    "4294967296",
    "18446744073709551615",
    "1e9",
    "0.5",
    "NaN",
    "null",
    "true",
    "[]",
    "{}",
    "\"",
    "'",
    "\\",
    "#",
    "S0",
    "S9",
    "S256",
    "C1",
    "C65536",
    "(1,2)",
    "(0,0)",
    "(1,4294967295)",
    "(1,1)..(1,4000000000)",
    "->",
    "<->",
    "ms",
    "9999999999s",
    "2ms..1ms",
    "until",
    "then",
    "at",
    "disk",
    "set",
    "\u{0}",
    "é",
];

struct Damage {
    rng: Rng,
}

impl Damage {
    fn below(&mut self, count: usize) -> usize {
        self.rng.below(count as u64) as usize
    }

    /// A short file, drawn: longer ones are read no differently.
    fn source(&mut self, as_json: bool, everything: &str) -> String {
        let seed = self.rng.below(u64::MAX);
        let mut scenario = match self.below(4) {
            0 => Preset::ALL[self.below(Preset::ALL.len())].scenario(),
            1 => Scenario::from_text(everything).expect("it is legal"),
            _ => {
                let servers = 1 + self.below(7) as u8;
                let profile = Profile::ALL[self.below(4)];
                let observers = self.below(3) as u8;
                Chaos { servers, observers, profile, rules: Rules::DEFAULT }.scenario(seed)
            }
        };
        let (first, count) = (self.below(scenario.commands.len() + 1), self.below(20));
        scenario.commands = scenario.commands.split_off(first);
        scenario.commands.truncate(count);
        if as_json { scenario.to_json() } else { scenario.to_text() }
    }

    /// Changes one to six words, lines or characters.
    fn damage(&mut self, source: &str) -> String {
        let changes = 1 + self.below(6);
        self.change(source, changes)
    }

    /// Changes so many words, lines or characters.
    fn change(&mut self, source: &str, changes: usize) -> String {
        let mut text = source.to_owned();
        for _ in 0..changes {
            let mut parts: Vec<&str> = match self.below(3) {
                0 => text.split_inclusive('\n').collect(),
                1 => text.split_inclusive([' ', ':', ',']).collect(),
                _ => text.split_inclusive(|_| true).collect(),
            };
            if parts.is_empty() {
                return text;
            }
            let (place, other) = (self.below(parts.len()), self.below(parts.len()));
            match self.below(5) {
                0 => drop(parts.remove(place)),
                1 => parts.insert(place, parts[other]),
                2 => parts.swap(place, other),
                3 => parts.truncate(place),
                _ => parts[place] = WORDS[self.below(WORDS.len())],
            }
            text = parts.concat();
        }
        text
    }
}

/// Answers whether it was read.
fn check(source: &str) -> bool {
    let scenario = match Scenario::parse(source) {
        Ok(scenario) => scenario,
        Err(error) => {
            let told = error.in_file("story.txt").to_string();
            assert!(told.starts_with("story.txt:") && told.len() > 15, "{told}\n{source}");
            return false;
        }
    };
    let json = Scenario::from_json(&scenario.to_json());
    assert_eq!(json.as_ref(), Ok(&scenario), "{source}");
    let text = Scenario::from_text(&scenario.to_text());
    // The text has no place for versions.
    let (format, engine) = (scenario.format, scenario.engine);
    let text = text.map(|text| Scenario { format, engine, ..text });
    assert_eq!(text.as_ref(), Ok(&scenario), "{source}\n--\n{}", scenario.to_text());
    let mut run = Run::new(&scenario).expect("what was read can be run");
    for _ in 0..100 {
        if !run.step() {
            break;
        }
    }
    true
}

fn check_all(as_json: bool) {
    let mut damage = Damage { rng: Rng::new(u64::from(as_json), Purpose::Chaos) };
    let everything = include_str!("scenario_files/everything.txt");
    let mut read = 0;
    for _ in 0..INPUTS {
        let source = damage.source(as_json, everything);
        let damaged = damage.damage(&source);
        read += u64::from(check(&damaged));
    }
    // Both sides are tried, or the damage is too small or too great.
    assert!((INPUTS / 20..INPUTS * 19 / 20).contains(&read), "{read} of {INPUTS} were read");
}

#[test]
fn damaged_texts_are_read_or_refused() {
    check_all(false);
}

#[test]
fn damaged_json_is_read_or_refused() {
    check_all(true);
}

/// A run's first few events.
fn beginning(scenario: &Scenario) -> Run {
    let mut run = Run::new(scenario).expect("it is legal");
    while run.trace().len() < 30 && run.step() {}
    run
}

fn is_told(error: &ShareError) {
    let told = error.to_string();
    assert!(told.len() > 30, "{told}");
}

/// Answers whether it was read. The way to the place is not gone to its end.
fn check_link(text: &str) -> bool {
    let link = match Link::parse(text) {
        Ok(link) => link,
        Err(error) => {
            is_told(&error);
            return false;
        }
    };
    assert_eq!(Link::parse(&link.fragment()).as_ref(), Ok(&link), "{text}");
    let cursor = Cursor { events: link.cursor.events.min(100), ..link.cursor };
    Opened::by_link(&Link { cursor, ..link }).expect("what was read can be run");
    true
}

#[test]
fn damaged_links_are_read_or_refused() {
    let mut damage = Damage { rng: Rng::new(2, Purpose::Chaos) };
    let everything = include_str!("scenario_files/everything.txt");
    let mut read = 0;
    for input in 0..INPUTS {
        let scenario = Scenario::from_json(&damage.source(true, everything)).expect("it is legal");
        let fragment = Link::of(&beginning(&scenario)).fragment();
        // Most are damaged before they are packed, or the checksum would refuse them all.
        let damaged = if input % 4 != 0 {
            let packed = URL_SAFE_NO_PAD.decode(&fragment[3..]).expect("we write base64");
            let lines = decompress_to_vec_zlib(&packed).expect("we write zlib");
            let lines = damage.change(&String::from_utf8(lines).expect("we write text"), 1);
            let packed = compress_to_vec_zlib(lines.as_bytes(), 1);
            format!("v1.{}", URL_SAFE_NO_PAD.encode(packed))
        } else {
            damage.damage(&fragment)
        };
        read += u64::from(check_link(&damaged));
    }
    assert!((INPUTS / 20..INPUTS * 19 / 20).contains(&read), "{read} of {INPUTS} were read");
}

/// Answers whether it was read.
fn check_file(text: &str) -> bool {
    let opened = match File::parse(text.as_bytes()) {
        Ok(File::Trace(file)) => Opened::by_trace(&file),
        Ok(File::Scenario(scenario)) => Opened::by_scenario(&scenario),
        Err(error) => {
            is_told(&error);
            return false;
        }
    };
    opened.expect("what was read can be run");
    true
}

#[test]
fn damaged_traces_are_read_or_refused() {
    let mut damage = Damage { rng: Rng::new(3, Purpose::Chaos) };
    let everything = include_str!("scenario_files/everything.txt");
    let mut read = 0;
    for _ in 0..INPUTS {
        let scenario = Scenario::from_json(&damage.source(true, everything)).expect("it is legal");
        let run = beginning(&scenario);
        let mut bytes = Vec::new();
        write_trace(&run.scenario(), run.trace(), run.trace_hash(), &mut bytes)
            .expect("memory takes everything");
        let text = String::from_utf8(bytes).expect("we write text");
        read += u64::from(check_file(&damage.change(&text, 1)));
    }
    assert!((INPUTS / 20..INPUTS * 19 / 20).contains(&read), "{read} of {INPUTS} were read");
}
