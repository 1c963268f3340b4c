//! Stories as text: a scenario, a line of dashes, and the transcript that it must make.
//!
//! `UPDATE_EXPECT=1 cargo test --test scenarios` writes the transcripts anew; the difference is to
//! be read before it is committed. A file whose scenario is `preset NAME` tells a preset's.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::{Path, PathBuf};

use zabscope::run::{Run, Transcript};
use zabscope::scenario::{Preset, Scenario};

const DASHES: &str = "\n----\n";

/// Every story, in the order of the files' names.
fn stories() -> Vec<PathBuf> {
    let files = fs::read_dir("tests/scenarios").expect("the stories are there");
    let mut files: Vec<PathBuf> = files.flatten().map(|entry| entry.path()).collect();
    files.sort();
    files
}

fn scenario(file: &Path, text: &str) -> Scenario {
    if let Some(name) = text.trim().strip_prefix("preset ") {
        return Preset::find(name).expect("the preset exists").scenario();
    }
    let scenario = Scenario::from_text(text);
    scenario.unwrap_or_else(|error| panic!("{}", error.in_file(file.display().to_string())))
}

fn transcript(scenario: &Scenario) -> String {
    let mut run = Run::new(scenario).expect("a story can be run");
    run.run_until(scenario.until);
    assert_eq!(run.violation(), None, "{}", scenario.title);
    run.world().validate();
    let transcript = Transcript::default();
    let lines = run.trace().iter().filter_map(|event| transcript.line(event));
    let mut text: String = lines.map(|line| line.trim_end().to_owned() + "\n").collect();
    text.push_str(&Transcript::end(&run));
    text
}

/// The first line that differs, for people.
fn difference(expected: &str, told: &str) -> String {
    let mut lines = (1..).zip(expected.lines().zip(told.lines()));
    match lines.find(|(_, (expected, told))| expected != told) {
        Some((line, (expected, told))) => format!("line {line}\n- {expected}\n+ {told}"),
        None => format!("{} lines, {} told", expected.lines().count(), told.lines().count()),
    }
}

#[test]
fn stories_are_told_as_they_were_written_down() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut failures = Vec::new();
    for file in stories() {
        let text = fs::read_to_string(&file).expect("a story is text");
        let (story, expected) = text.split_once(DASHES).unwrap_or((&text, ""));
        let told = transcript(&scenario(&file, story));
        if update {
            let text = format!("{}{DASHES}{told}", story.trim_end());
            fs::write(&file, text).expect("a story can be written");
        } else if told != expected {
            failures.push(format!("{}: {}", file.display(), difference(expected, &told)));
        }
    }
    assert!(failures.is_empty(), "{}\nUPDATE_EXPECT=1 writes anew", failures.join("\n"));
}

#[test]
fn every_preset_has_its_story() {
    let told: Vec<String> = stories().iter().flat_map(fs::read_to_string).collect();
    for preset in Preset::ALL {
        let head = format!("preset {}\n", preset.name());
        assert!(told.iter().any(|text| text.starts_with(&head)), "{}", preset.name());
        assert_eq!(preset.scenario().title, preset.title());
    }
}

/// What the tutorial's client is told is what a real server answers.
#[test]
fn the_tutorial_transaction_is_answered_as_zookeeper_does() {
    let scenario = Preset::find("tutorial-transaction").expect("it is built in").scenario();
    let told = transcript(&scenario);
    let answers: Vec<&str> = told
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("-> "))
        .map(|answer| answer.split(" (").next().unwrap_or(answer))
        .collect();
    let expected = [
        "created /transaction",
        "NoChildrenForEphemerals",
        "NoChildrenForEphemerals",
        "NodeExists",
        "done",
        "NoNode",
        "NoNode",
    ];
    assert_eq!(answers, expected);
}
