//! Scenarios as files: what is written is read again, and what is wrong is told with its place.

#![cfg(not(target_arch = "wasm32"))]

use zabscope::scenario::{Chaos, Preset, Scenario};

fn check_text(text: &str, expected: &str) {
    let told = Scenario::from_text(text).map(|_| ()).expect_err("it is wrong");
    assert_eq!(told.to_string(), expected, "{text}");
}

fn check_json(json: &str, expected: &str) {
    let told = Scenario::from_json(json).map(|_| ()).expect_err("it is wrong");
    assert_eq!(told.to_string(), expected, "{json}");
}

#[test]
fn what_is_written_is_read_again() {
    let drawn = (0..200).map(|seed| Chaos::scenario(1 + (seed % 9) as u8, seed));
    for scenario in drawn.chain(Preset::ALL.map(Preset::scenario)) {
        assert_eq!(Scenario::from_text(&scenario.to_text()), Ok(scenario.clone()), "as text");
        assert_eq!(Scenario::from_json(&scenario.to_json()), Ok(scenario), "as JSON");
    }
}

#[test]
fn every_kind_of_line_is_written_as_it_is_read() {
    let text = "\
title Everything that can be said
servers 5
clients S1 S1
off S4 S5
seed 18446744073709551615
set clock_skew_millis {\"3\":-250}
set commit_log_count 7
set server_latency 500us..2.5ms
set tick 200ms
set txn_log_sync true
run 1s

at 0ms disk S4 epoch 2 log (1,1)..(1,3) (2,1) snapshot (1,2)
at 0ms disk S5 acceptedEpoch 2 currentEpoch 1
at 1us C1 create -s -e /q- 'it\\'s \\\\ \\n \\xff'
at 2us C1 create /a null world:anyone:cr,digest:me:secret:cdrwa
at 3us C1 create /a
at 3.001ms C1 delete -v 3 /a
at 4ms C1 set '/with space' 'x'
at 4ms C1 check -v 0 /a
at 4ms C1 get /a
at 4ms C1 stat /a
at 4ms C1 ls /a
at 4ms C1 sync /a
at 4ms C1 multi
  create /a 'x'
  check /a
at 4ms C1 program
  multi create /b 'x' ; delete /a
  get /b
at 4ms C1 attach S3
at 4ms C1 close
at 4ms C1 start
at 5ms add client S2
at 5ms break connection 12
at 5ms crash S1
at 5ms crash leader
at 5ms crash S1 torn 2
at 5ms clock S1 rate 150%
at 5ms clock S1 rate 50% skew -250ms
at 5ms disk S1 damaged
at 5ms disk S1 fails
at 5ms disk S1 full
at 5ms disk S1 free
at 5ms disk S1 initialize
at 5ms disk S1 torn
at 5ms disk S1 wiped
at 5ms disk S1 slow 2ms..3ms
at 5ms disk S1 usual
at 5ms flap S1 -> S2 300ms
at 5ms deliver S1 -> S2
at 5ms deliver 3 S1 -> S2 learner
at 5ms hold S1 -> S2
at 5ms hold S1 -> S2 election
at 5ms hold S1 log
at 5ms hold S1 commit
at 5ms release S1 -> C1 client
at 5ms release S1 disk
at 5ms release all
at 5ms reset S1 -> S2 learner
at 5ms step S1 disk
at 5ms until someone leads
until all serve within 2s or end
until all is quiet
until C1 is answered within 500us
until S1 applies (1,2)
until S1 commits (1,4294967294)
until S1 follows S2
until S1 gives up
until S1 is down
until S1 is in SYNCHRONIZATION
until S1 is LEADING
until S1 leads
until S1 logs (1,2)
until S1 persists acceptedEpoch
until S1 persists currentEpoch 3
until S1 persists snapshot
until S1 persists sync
until S1 persists truncation
until S1 proposes (1,2)
until S1 receives NEWLEADER (2,0) from S2
until S1 receives UPTODATE
until S1 refuses
until S1 sends ACK to S2
until S1 serves
until S1 takes (1,2)
then crash S1
after 20ms crash S2
at 5ms cut S1 -> C1
at 5ms heal S1 -> C1
at 5ms heal all
at 5ms heal and restart all
at 5ms isolate S2
at 5ms isolate leader
at 5ms partition S1 S2 | S3
at 5ms pause S1
at 5ms resume S1
at 5ms repair S1
at 5ms restart S1
at 5ms latency S1 -> S2 5ms..20ms
at 5ms after 3 steps latency reset
";
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
    check_text("clients S9", "S9 does not exist; expected S1 to S5");
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
