//! What clients of a real ZooKeeper 3.8.0 server asked and were told, replayed through ensembles of
//! one and of three servers: nothing may differ. And the replay bites: an outcome that was altered
//! is reported.

#![allow(clippy::unwrap_used, reason = "a failed test says where")]
#![cfg(not(target_arch = "wasm32"))]

use std::fs;

use rand::{Rng as _, RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, Value, json};
use zabscope::conform::store::{Recording, SkipName, replay};

const DIRECTORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/recordings/store");

fn recordings() -> Vec<Recording> {
    let entries = fs::read_dir(DIRECTORY).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = entries.filter(|path| path.extension().is_some()).collect();
    paths.retain(|path| path.extension().unwrap() == "jsonl");
    paths.sort();
    assert_eq!(paths.len(), 53);
    paths
        .iter()
        .map(|path| Recording::from_text(&fs::read_to_string(path).unwrap()).unwrap())
        .collect()
}

/// Nothing differs, and only these steps are not compared.
fn check(servers: u8, skipped: &[(&str, SkipName, u32)]) {
    let mut steps = 0;
    let mut skips = Vec::new();
    for recording in recordings() {
        let report = replay(&recording, servers);
        let first = report.mismatches.first();
        assert!(first.is_none(), "{}: {}", recording.name, first.unwrap());
        let name = recording.name;
        skips.extend(report.skips().into_iter().map(|(skip, count)| (name.clone(), skip, count)));
        steps += report.steps;
    }
    assert_eq!(steps, 8_351);
    let expected =
        skipped.iter().map(|(name, skip, count)| (name.to_string(), skip.clone(), *count));
    assert_eq!(skips, expected.collect::<Vec<_>>());
}

#[test]
fn one_server_answers_as_the_real_one_did() {
    check(1, &[("malformed_frames", SkipName::WireFrames, 93)]);
}

#[test]
fn three_servers_answer_as_the_real_one_did() {
    let frames = ("malformed_frames", SkipName::WireFrames, 93);
    check(3, &[frames, ("random_10_multi", SkipName::WatchersElsewhere, 1)]);
}

/// Changes one thing that was recorded of one step; answers which step.
fn alter(recording: &mut Recording, rng: &mut ChaCha8Rng) -> u64 {
    loop {
        let place = rng.random_range(0..recording.steps.len());
        let step = &mut recording.steps[place];
        // The README lets a MarshallingError be any error.
        let is_any_error = step.outcome.get("err") == Some(&json!(-5));
        if step.is_quirk || (is_any_error && !step.outcome.contains_key("zxid")) {
            continue;
        }
        let keys: Vec<String> = step.outcome.keys().cloned().collect();
        let keys = keys.into_iter().filter(|key| !(is_any_error && key.starts_with("err")));
        let keys: Vec<String> = keys.collect();
        let key = &keys[rng.random_range(0..keys.len())];
        alter_value(step.outcome.get_mut(key).unwrap(), rng);
        return step.number;
    }
}

/// A leaf becomes another one of its kind; a list may lose its last item or get one.
fn alter_value(value: &mut Value, rng: &mut ChaCha8Rng) {
    match value {
        Value::Null => *value = json!(""),
        Value::Bool(flag) => *flag = !*flag,
        Value::Number(number) => *value = json!(number.as_i64().unwrap() + 1),
        Value::String(text) => text.push('x'),
        Value::Array(items) => match items.len() {
            0 => items.push(json!("added")),
            _ if rng.next_u32().is_multiple_of(4) => drop(items.pop()),
            count => alter_value(&mut items[rng.random_range(0..count)], rng),
        },
        Value::Object(object) => alter_entry(object, rng),
    }
}

fn alter_entry(object: &mut Map<String, Value>, rng: &mut ChaCha8Rng) {
    if object.contains_key("hex") || object.contains_key("fill") {
        object.clear();
        object.insert("hex".to_owned(), json!("00ff00"));
        return;
    }
    // How the end of a multi looks on the wire is nobody's outcome.
    let keys: Vec<String> = object.keys().filter(|key| *key != "trailer").cloned().collect();
    let key = &keys[rng.random_range(0..keys.len())];
    alter_value(object.get_mut(key).unwrap(), rng);
}

#[test]
fn an_altered_outcome_is_reported() {
    let mut rng = ChaCha8Rng::seed_from_u64(4);
    let (mut altered, mut reported, mut missed) = (0, 0, Vec::new());
    let recordings = recordings();
    for _ in 0..12 {
        for original in recordings.iter().filter(|one| one.name != "malformed_frames") {
            let mut recording = original.clone();
            let step = alter(&mut recording, &mut rng);
            let report = replay(&recording, 1);
            altered += 1;
            if report.mismatches.iter().any(|mismatch| mismatch.step == step) {
                reported += 1;
            } else {
                missed.push((recording.name, step));
            }
        }
    }
    assert!(reported * 100 >= altered * 99, "{reported} of {altered}; not {missed:?}");
}

/// What cannot be read is refused with its place, and what nobody knows is never passed over.
#[test]
fn nothing_is_passed_over_in_silence() {
    const REST: &str = r#""sessions":["A"],"steps":1"#;
    let header = |settings: &str| {
        format!(r#"{{"format":"zab-store-vectors/1","name":"n","settings":[{settings}],{REST}}}"#)
    };
    let step = r#"{"i":0,"s":"A","op":"levitate","args":{},"events":[]}"#;
    let report = |settings: &str, step: &str| {
        replay(&Recording::from_text(&format!("{}\n{step}\n", header(settings))).unwrap(), 1)
    };
    assert!(!report("", step).is_fine(), "an unknown operation");
    let connect = r#"{"i":0,"s":"A","op":"connect","args":{"timeout_ms":4000},"events":[],"zxid":1,
        "result":{"timeout_ms":4000}}"#
        .replace('\n', "");
    assert!(report("", &connect).is_fine());
    assert!(!report(r#""warp=9""#, &connect).is_fine(), "an unknown setting");
    let error = Recording::from_text(&header("")).unwrap_err();
    assert_eq!(error.to_string(), "line 1: 0 steps follow: expected 1");
    let error = Recording::from_text(&format!("{}\nnonsense", header(""))).unwrap_err();
    assert_eq!(error.line, 2);
}
