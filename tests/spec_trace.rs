//! A run in the words of the system specification: `zabsim run … --spec-trace FILE`.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use zabscope::run::SpecAction;

/// What `zabsim` writes for a scenario.
fn written(scenario: &str, name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut zabsim = Command::new(env!("CARGO_BIN_EXE_zabsim"));
    zabsim.args(["run", scenario, "--spec-trace"]).arg(&path);
    let output = zabsim.output().expect("zabsim is built with the tests");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    fs::read_to_string(&path).expect("the trace is written")
}

/// Its lines.
fn lines(scenario: &str, name: &str) -> Vec<Value> {
    let written = written(scenario, name);
    written.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

fn actions(lines: &[Value]) -> BTreeSet<String> {
    lines.iter().filter_map(|line| Some(line["action"].as_str()?.to_owned())).collect()
}

/// A story in which each action has its turn: an election, a crash, a cut, and a learner that is
/// synchronised while its leader goes on.
const EVERYTHING: &str = "\
servers 3
clients S3
seed 1
run 3s
at 300ms C1 create /a 'one'
at 400ms isolate S1
at 500ms C1 create /b 'two'
at 600ms C1 create /c 'three'
at 1200ms heal all
at 1900ms crash S1
at 2000ms C1 create /d 'four'
at 2100ms restart S1
";

#[test]
fn every_action_of_the_specification_occurs() {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("everything.txt");
    fs::write(&path, EVERYTHING).expect("a file can be written");
    let lines = lines(path.to_str().expect("the path is UTF-8"), "everything.jsonl");
    let found = actions(&lines);
    let missing: Vec<SpecAction> =
        SpecAction::ALL.into_iter().filter(|action| !found.contains(action.name())).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(lines.iter().any(|line| line["action"].is_null()), "some events are none of them");
}

/// All that can occur there: nothing is cut in the one, nothing crashes in the other, and the one
/// elects without a pause.
#[test]
fn a_preset_shows_every_action_that_it_can() {
    const WITHOUT_CUT: &[&str] = &["FLENotmsgTimeout", "PartitionStart", "PartitionRecover"];
    const WITHOUT_CRASH: &[&str] =
        &["FollowerProcessPROPOSALInSync", "FollowerProcessCOMMITInSync", "NodeCrash"];
    for (preset, absent) in [("leader-crash", WITHOUT_CUT), ("partition", WITHOUT_CRASH)] {
        let found = actions(&lines(preset, &format!("{preset}-actions.jsonl")));
        for action in SpecAction::ALL {
            let can_occur = !absent.contains(&action.name());
            assert_eq!(found.contains(action.name()), can_occur, "{preset}: {action}");
        }
    }
}

#[test]
fn lines_are_in_order_and_show_the_server_behind_the_step() {
    let lines = lines("partition", "partition.jsonl");
    let indices: Vec<u64> =
        lines.iter().map(|line| line["index"].as_u64().expect("a number")).collect();
    assert!(indices.is_sorted_by(|one, other| one < other));
    for line in &lines {
        let is_paper_step = line["paper"].is_string();
        assert!(!is_paper_step || line["action"].is_string(), "{line}");
        if line["action"] == "FollowerProcessNEWLEADER" {
            let after = &line["after"];
            assert_eq!(after["acceptedEpoch"], after["currentEpoch"], "{line}");
            assert_eq!(after["role"], "FOLLOWING", "{line}");
            assert_eq!(after["phase"], "SYNCHRONIZATION", "{line}");
        }
    }
}

/// The first lines of the first preset, as they are written.
#[test]
fn the_first_lines_are_these() {
    let told = written("healthy", "healthy.jsonl");
    let head: Vec<&str> = told.lines().take(8).collect();
    let path = "tests/spec_trace/healthy-head.jsonl";
    let head = head.join("\n") + "\n";
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(path, &head).expect("the expected lines can be written");
    }
    let expected = fs::read_to_string(path).expect("the expected lines are there");
    assert_eq!(head, expected);
}
