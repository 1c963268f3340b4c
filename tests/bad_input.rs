//! Whatever stands in a scenario file, reading it ends in a scenario that can be run, or in an
//! error that says where and what was expected; never in a panic. This is the property of the fuzz
//! targets `scenario_text` and `scenario_json`, here on seeded inputs: files that were drawn and
//! then damaged, word by word.

#![cfg(not(target_arch = "wasm32"))]

use zabscope::run::Run;
use zabscope::scenario::{Chaos, Preset, Profile, Scenario};
use zabscope::sim::{Purpose, Rng};
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
        let mut text = source.to_owned();
        for _ in 0..1 + self.below(6) {
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
