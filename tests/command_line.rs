//! `zabsim` as people call it: what it prints, and with which code it ends.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

fn zabsim(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zabsim"));
    command.args(arguments).output().expect("zabsim is built with the tests")
}

fn check(arguments: &[&str], code: i32, expected: &str) -> Output {
    let output = zabsim(arguments);
    let out = String::from_utf8_lossy(&output.stdout);
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{out}\n{error}");
    let told = format!("{out}{error}");
    assert!(told.contains(expected), "{arguments:?} tells:\n{told}\nand not: {expected}");
    output
}

/// A file of a test's own.
fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

#[test]
fn presets_are_listed_one_a_line_with_the_name_first() {
    let output = check(&["run", "--list"], 0, "A transaction, as first written");
    let names: Vec<String> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| line.split_whitespace().next().map(String::from))
        .collect();
    let expected =
        ["healthy", "leader-crash", "partition", "tutorial-transaction", "transaction-done-right"];
    assert_eq!(names, expected);
}

#[test]
fn a_preset_is_run_and_its_trace_written() {
    let path = file("tutorial.jsonl");
    let trace = path.to_str().expect("the path is UTF-8");
    let said = "told  #2 NoChildrenForEphemerals (-108)";
    check(&["run", "tutorial-transaction", "--trace", trace], 0, said);
    let written = fs::read_to_string(&path).expect("the trace is written");
    let ids = written.lines().map(|line| {
        let event: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
        event["id"].as_u64().expect("each event has its number")
    });
    assert!(ids.eq(0..written.lines().count() as u64), "the run, then all events in order");
}

#[test]
fn wrong_usage_and_unreadable_input_end_with_two() {
    check(&["run"], 2, "required");
    check(&["walk"], 2, "walk");
    check(&["run", "healthy", "--until", "soon"], 2, "expected an instant such as 1500ms");
    check(&["run", "no-such-preset"], 2, "expected a file, or one of the presets healthy");
    check(&["fuzz", "--seeds", "9..1"], 2, "expected two numbers, the smaller one first");
    check(&["fuzz", "--profile", "wild"], 2, "expected one of calm, flaky-network, crash-happy");
    check(&["fuzz", "--rule", "noRule"], 2, "expected one of epochBeforeHistory");
    check(&["fuzz", "--servers", "7", "--observers", "3"], 2, "too many servers; expected 9");
    let path = file("broken.txt");
    fs::write(&path, "servers 3\nat 1ms crash\n").expect("a file can be written");
    let name = path.to_str().expect("the path is UTF-8");
    check(&["run", name], 2, "broken.txt:2:13: expected a server, such as `S1` at the line's end");
}

#[test]
fn seeds_are_run_side_by_side() {
    check(&["fuzz", "--seeds", "0..4", "--servers", "3", "--jobs", "2"], 0, "4 passed, 0 failed");
}

#[test]
fn recordings_are_replayed_and_summed_up() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/recordings/protocol");
    let of_3_8_0 = ["conform", "protocol", folder, "--rules", "zookeeper-3.8.0"];
    let output = check(&of_3_8_0, 0, "differences=0 declared=0 skipped=");
    let out = String::from_utf8_lossy(&output.stdout);
    let last = out.lines().last().expect("the sum is the last line");
    assert!(last.starts_with("files=20 messages="), "{last}");
    let file = file("cut.jsonl");
    let path = file.to_str().expect("the path is UTF-8");
    fs::write(&file, "{\"format\":").expect("the folder is writable");
    let place = format!("{path}:1:10: expected a JSON object: EOF while parsing a value");
    check(&["conform", "protocol", path], 2, &place);
}

/// The text of an output.
fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[test]
fn a_link_is_made_and_opened() {
    let made = check(&["link", "leader-crash", "--at", "700ms"], 0, "#v1.");
    check(&["open", &out(&made)], 0, "as it was left");
    let page = ["link", "leader-crash", "--events", "1000", "--page", "https://example.org/zab/"];
    let address = out(&check(&page, 0, "https://example.org/zab/#v1."));
    let path = file("opened.json");
    let save = ["open", &address, "--save", path.to_str().expect("the path is UTF-8")];
    check(&save, 0, "place       event 10");
    let saved = ["link", save[3], "--events", "1000", "--page", "https://example.org/zab/"];
    assert_eq!(out(&check(&saved, 0, "")), address, "the same place of the same run");
    check(&["open", &address[..address.len() / 2]], 2, "ends too early");
    check(&["open", "#stage"], 2, "not a link of ZabScope; expected");
}

#[test]
fn a_trace_is_opened_and_compared() {
    let (path, log) = (file("partition.jsonl"), file("partition.log"));
    let (trace, log) = (path.to_str().expect("UTF-8"), log.to_str().expect("UTF-8"));
    let run = ["run", "partition", "--until", "1s", "--trace", trace, "--shiviz", log];
    check(&run, 0, "");
    check(&["open", trace], 0, "as it was left");
    let written = fs::read_to_string(log).expect("the log is written");
    assert!(written.lines().any(|line| line.starts_with("outside {\"outside\":1")), "{written}");
    let text = fs::read_to_string(trace).expect("the trace is written");
    fs::write(trace, text.replacen("\"seed\":7", "\"seed\":8", 1)).expect("it is writable");
    check(&["open", trace], 1, "DIFFERS     expected");
}
