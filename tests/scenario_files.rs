//! Scenarios as files: what is written is read again, and what is wrong is told with its place.

#![cfg(not(target_arch = "wasm32"))]

use zabscope::scenario::{Chaos, Preset, Profile, Scenario};
use zabscope::zab::Rules;

fn check_text(text: &str, expected: &str) {
    let told = Scenario::from_text(text).map(|_| ()).expect_err("it is wrong");
    assert!(told.to_string().starts_with(expected), "{text}: {told}");
}

fn check_json(json: &str, expected: &str) {
    let told = Scenario::from_json(json).map(|_| ()).expect_err("it is wrong");
    assert_eq!(told.to_string(), expected, "{json}");
}

#[test]
fn what_is_written_is_read_again() {
    let drawn = (0..200).map(|seed| {
        let servers = 1 + (seed % 9) as u8;
        let profile = Profile::ALL[(seed % 4) as usize];
        Chaos { servers, observers: 0, profile, rules: Rules::DEFAULT }.scenario(seed)
    });
    for scenario in drawn.chain(Preset::ALL.map(Preset::scenario)) {
        assert_eq!(Scenario::from_text(&scenario.to_text()), Ok(scenario.clone()), "as text");
        assert_eq!(Scenario::from_json(&scenario.to_json()), Ok(scenario), "as JSON");
    }
}

#[test]
fn every_kind_of_line_is_written_as_it_is_read() {
    let text = include_str!("scenario_files/everything.txt");
    let scenario = Scenario::from_text(text).expect("all of it is legal");
    assert_eq!(scenario.to_text(), text);
    assert_eq!(Scenario::from_json(&scenario.to_json()), Ok(scenario));
}

/// Every operation, those that no client library would ask for included.
#[test]
fn every_operation_is_written_as_it_is_read() {
    let text = "\
servers 5
seed 1
set container_check_interval 300ms
set extended_types_enabled true
set super_digest \"super:hash=\"
run 1s

at 1ms C1 addauth digest 'bob:secret'
at 1ms C1 addWatch /a
at 1ms C1 addWatch -m PERSISTENT /a
at 1ms C1 checkwatches /a -c
at 1ms C1 create -c /a
at 1ms C1 create -t 5000 /a
at 1ms C1 create -s -t 5000 /a 'x'
at 1ms C1 get -w /a
at 1ms C1 getAcl /a
at 1ms C1 getAllChildrenNumber /
at 1ms C1 getEphemerals /a
at 1ms C1 ls -w /a
at 1ms C1 ls -s /a
at 1ms C1 ls -s -w /a
at 1ms C1 multiread get /a ; ls /
at 1ms C1 removewatches /a
at 1ms C1 removewatches /a -d
at 1ms C1 setAcl -v 3 /a digest:bob:hash=:cdrwa
at 1ms C1 stat -w /a
at 1ms C1 whoami
at 1ms C1 op '\"reconfig\"'
at 1ms C1 op '{\"nullPath\":\"getData\"}'
";
    let scenario = Scenario::from_text(text).expect("all of it is legal");
    assert_eq!(scenario.to_text(), text);
    assert_eq!(Scenario::from_json(&scenario.to_json()), Ok(scenario));
}

#[test]
fn both_ways_are_two_commands() {
    let scenario = Scenario::from_text("at 1ms cut S1 <-> S2\n").expect("it is legal");
    let lines: Vec<String> = scenario.to_text().lines().rev().take(2).map(String::from).collect();
    assert_eq!(lines, ["at 1ms cut S2 -> S1", "at 1ms cut S1 -> S2"]);
}

#[test]
fn what_is_wrong_in_a_text_is_told_with_its_place() {
    check_text(
        "at 1ms crsh S1",
        "line 1, column 8: `crsh`; expected a client such as `C1`, or one of add, break, clock, \
         crash, cut, deliver, disk, flap, heal, hold, isolate, latency, partition, pause, \
         release, repair, reset, restart, resume, start, step, until",
    );
    check_text(
        "seed 1\nat soon crash S1",
        "line 2, column 4: `soon`; expected when, such as `200ms`",
    );
    check_text("at 1ms crash S1 S2", "line 1, column 17: `S2`; expected nothing more");
    check_text("at 1ms C1 get", "line 1, column 14: expected a path at the line's end");
    check_text("at 1ms C1 set /a 'x", "line 1, column 18: a quote that is not closed");
    check_text("servers 0", "line 1, column 9: 0 servers; expected 1 to 9");
    check_text(
        "at 2ms heal all\nat 1ms heal all",
        "line 2, column 13: a command at 0.001 s behind one at 0.002 s; \
         expected them in order of time",
    );
    check_text("  seed 1", "line 1, column 3: `seed`; expected a line that is not indented");
    check_text("clients S1 S9", "line 1, column 9: S9 does not exist; expected S1 to S5");
    check_text(
        "seed 1\nset tick 1us",
        "line 2, column 10: a tick of 0.001 ms: expected at least 2 ms",
    );
    check_text("off S3\nservers 1", "line 1, column 5: S3 does not exist; expected S1 to S1");
    check_text(
        "set flush 9ms..2ms",
        "line 1, column 11: flush from 9 ms to 2 ms; expected the shorter one first",
    );
    check_text(
        "set colour 1",
        "line 1, column 5: `colour`; expected a setting: one of autocreate, boot_delay",
    );
    check_text("servers 3\ngroup S1=0 S2=0", "line 2, column 7: ");
    check_text(
        "servers 3\ngroup S1=1 S1=2",
        "line 2, column 12: `S1=2`; expected every server once",
    );
    check_text("servers 3\ngroup S1=1\ngroup S1=2", "line 3, column 7: ");
    check_text(
        "at 1ms until S1 leaps",
        "line 1, column 17: `leaps`; expected what a server does or is: ",
    );
    check_text(
        "at 1ms disk S1 log (1,2)..(1,1)",
        "line 1, column 20: (1,2)..(1,1); expected counters from 1 that rise, and an epoch",
    );
}

#[test]
fn what_is_wrong_in_json_is_told_with_its_place() {
    check_json("", "line 1, column 0: EOF while parsing a value");
    check_json("{\"format\": 2}", "format version 2 is from the future; expected at most 1");
    check_json(
        "{\"format\":1,\n\"engine\":1,\"seed\":1,\"settings\":{\"servers\":99}}",
        "line 2, column 46: 99 servers; expected 1 to 9, one of them a voter",
    );
    check_json(
        "{\"format\":1,\"engine\":1,\"seed\":1,\"colour\":1}",
        "line 1, column 40: unknown field `colour`, expected one of `format`, `engine`, `title`, \
         `until`, `seed`, `settings`, `commands`",
    );
}

/// Cut off anywhere, or with a character changed, a scenario is read or refused, and never more.
#[test]
fn damaged_files_are_refused_without_a_panic() {
    for preset in Preset::ALL {
        let scenario = preset.scenario();
        for source in [scenario.to_json(), scenario.to_text(), preset.text().to_owned()] {
            for place in (0..source.len()).filter(|&place| source.is_char_boundary(place)) {
                let _ = Scenario::parse(&source[..place]);
                for symbol in ["", "'", "9", "{", "\u{0}", "é"] {
                    let end = source[place..].chars().next().map_or(0, char::len_utf8);
                    let changed = [&source[..place], symbol, &source[place + end..]].concat();
                    let _ = Scenario::parse(&changed);
                }
            }
        }
    }
}
