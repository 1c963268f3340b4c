//! Our servers against recordings of real ones: what those said to each other, ours say too, and
//! a recording with one message altered, dropped or out of place is found out.
#![cfg(not(target_arch = "wasm32"))]

#[path = "conform/alter.rs"]
mod alter;

use std::fs;

use alter::{Alteration, Draws};
use zabscope::conform::protocol::{FileReport, Freedom, Recording, Totals, replay};
use zabscope::zab::{Rules, Switch};

/// All recordings by name, with their text.
fn files() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/recordings/protocol");
    let entries = fs::read_dir(folder).expect("the recordings are there");
    let paths = entries.map(|entry| entry.expect("a readable folder").path());
    let mut files: Vec<(String, String)> = paths
        .filter(|path| path.extension().is_some_and(|end| end == "jsonl"))
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("a readable recording"))
        })
        .collect();
    files.sort();
    assert!(files.len() >= 20, "all recordings are carried");
    files
}

fn recordings() -> Vec<(String, Recording)> {
    let parse = |(name, text): (String, String)| match Recording::parse(&text) {
        Ok(recording) => (name, recording),
        Err(error) => panic!("{}", error.in_file(name)),
    };
    files().into_iter().map(parse).collect()
}

/// Replays all files; every one must agree. Answers the sum and the reports.
fn check(rules: Rules) -> (Totals, Vec<(String, FileReport)>) {
    let mut totals = Totals::default();
    let mut reports = Vec::new();
    for (name, recording) in recordings() {
        let report = replay(&recording, rules);
        assert!(report.agrees(), "{name} under {rules}:\n{report}");
        totals.add(&report);
        reports.push((name, report));
    }
    (totals, reports)
}

#[test]
fn under_the_rules_of_3_8_0_nothing_differs_but_what_is_free() {
    let (totals, _) = check(Rules::ZOOKEEPER_3_8_0);
    assert_eq!((totals.differences, totals.declared), (0, 0), "{totals}");
    assert!(totals.messages > 3_000, "{totals}");
}

/// What 3.8.0 does otherwise has three names, and shows in these files only.
#[test]
fn under_the_default_rules_the_differences_are_those_declared() {
    let (totals, reports) = check(Rules::DEFAULT);
    assert_eq!(totals.differences, 0, "{totals}");
    let count = |report: &FileReport, freedom: Freedom| {
        report.declared.iter().filter(|declared| declared.freedom == freedom).count()
    };
    let found: Vec<(&str, [usize; 3])> = reports
        .iter()
        .filter(|(_, report)| !report.declared.is_empty())
        .map(|(name, report)| {
            let names = [Freedom::SyncTxnAcks, Freedom::QuitOnEarlyCommit, Freedom::RejoinP];
            (name.as_str(), names.map(|freedom| count(report, freedom)))
        })
        .collect();
    let expected = [
        ("cold_start_3_histories", [5, 0, 0]),
        ("five_servers_leader_crash_and_rejoin", [7, 0, 0]),
        ("leader_crash_under_writes", [4, 0, 0]),
        ("rejoin_diff", [5, 0, 0]),
        ("rejoin_diff_from_txnlog", [540, 0, 0]),
        ("rejoin_diff_under_writes", [6, 97, 2]),
        ("uncommitted_tail_wins", [2, 0, 0]),
    ];
    assert_eq!(found, expected);
}

/// A server that follows other rules than the recorded ones is found out as well.
#[test]
fn a_broken_protocol_differs() {
    let (_, recording) = recordings().into_iter().find(|(name, _)| name == "rejoin_diff").unwrap();
    let rules = Rules::ZOOKEEPER_3_8_0.with(Switch::LeaderSkipsSync);
    let report = replay(&recording, rules);
    let [difference] = report.differences.as_slice() else { panic!("{report}") };
    assert_eq!(difference.recorded, "DIFF [1,9]", "{report}");
    assert_eq!(difference.ours, "DIFF [1,4]", "{report}");
}

/// One message altered, dropped, or exchanged with the next one of its connection and direction;
/// [`Alteration::is_free`] says what no comparison can see.
#[test]
fn conform_bites() {
    const PLACES_PER_FILE: u32 = 50;
    let mut draws = Draws(2026);
    let (mut tried, mut missed) = (0_u32, Vec::new());
    for (name, recording) in recordings() {
        let mut places = 0;
        while places < PLACES_PER_FILE {
            let alteration = Alteration::draw(&recording, &mut draws);
            let Some(altered) = alteration.apply(&recording, &mut draws) else { continue };
            places += 1;
            if replay(&altered, Rules::ZOOKEEPER_3_8_0).agrees() {
                missed.push(format!("{name}: {}", alteration.tell(&recording)));
            }
        }
        tried += places;
    }
    println!("{} of {tried} missed:\n{}", missed.len(), missed.join("\n"));
    assert!(missed.len() as u32 * 100 <= tried, "{} of {tried}", missed.len());
}

/// Each mistake in a file is told with its place and what was expected there.
#[test]
fn a_mistake_is_told_with_its_place() {
    let header = concat!(
        r#"{"format":"zab-protocol-trace/1","zookeeper":"3.8.0","scenario":"s","description":"d","#,
        r#""servers":[{"id":1,"role":"participant"}],"settings":{"tickTime":1000,"initLimit":10,"#,
        r#""syncLimit":4,"props":[]},"packets_dropped":0,"lines":1}"#
    );
    let check = |line: &str, expected: &str| {
        let error = Recording::parse(&format!("{header}\n{line}\n")).unwrap_err();
        assert_eq!(error.to_string(), expected);
    };
    check("", "line 1, column 1: expected 1 records, as the header says, found 0");
    check(
        r#"{"t_ms":0.5,"channel":"driver","type":"start_server","server":7}"#,
        "line 2, column 54: `server`: expected a server of the header, a client such as \"c1\", \
         or \"?\", found 7",
    );
    check(
        r#"{"t_ms":0.5,"channel":"quorum","from":1,"to":1,"type":"ACK"}"#,
        "line 2, column 61: `zxid`: expected a zxid such as [1, 4], it is missing",
    );
    check(
        r#"{"t_ms":0.5,"channel":"quorum","from":1,"to":1,"type":"ACK","zxid":[1,-4]}"#,
        "line 2, column 61: `zxid`: expected a zxid such as [1, 4], found [1,-4]",
    );
    check(
        r#"{"t_ms":0.5,"channel":"driver","type":"end_of_capture","sever":7}"#,
        "line 2, column 56: `sever`: such a record has no field of that name",
    );
    check(
        r#"{"t_ms":0.5,"channel":"driver""#,
        "line 2, column 30: expected a JSON object: EOF while parsing an object",
    );
    let error = Recording::parse("{\"format\":\"other\"}").unwrap_err().in_file("a.jsonl");
    assert_eq!(
        error.to_string(),
        "a.jsonl:1:2: `format`: expected zab-protocol-trace/1, found \"other\""
    );
}

/// The property of the fuzz target `recording`: whatever stands in a file, reading it ends in a
/// recording or in an error that says where, and a short recording can be replayed to some end.
#[test]
fn no_text_makes_the_reader_panic() {
    const INPUTS: u32 = 10_000;
    let files: Vec<String> = files().into_iter().map(|(_, text)| head(&text)).collect();
    let mut draws = Draws(1);
    let (mut read, mut refused) = (0, 0);
    for _ in 0..INPUTS {
        let text = alter::mutated(&files[draws.below(files.len())], &mut draws);
        match Recording::parse(&text) {
            Ok(recording) => {
                read += 1;
                let _ = replay(&recording, Rules::DEFAULT);
            }
            Err(error) => {
                refused += 1;
                assert!(error.place.line > 0 && error.place.column > 0, "{error}");
            }
        }
    }
    assert!(read > 50 && refused > 1_000, "{read} read, {refused} refused");
}

/// A recording's first lines, announced as such: what is behind adds nothing to reading.
fn head(text: &str) -> String {
    const RECORDS: usize = 60;
    let mut lines = text.lines();
    let header = lines.next().expect("a header");
    let records: Vec<&str> = lines.take(RECORDS).collect();
    let (before, _) = header.split_once("\"lines\":").expect("the header counts its lines");
    format!("{before}\"lines\":{}}}\n{}\n", records.len(), records.join("\n"))
}

/// A recording may begin anywhere where nothing is under way: what was before is inferred. Cut
/// behind a second election, the leader's round and the zxid of its vote have to be met as well.
#[test]
fn a_recording_cut_in_mid_run_agrees() {
    let check = |name: &str, line: u32, outset: &str| {
        let (_, mut recording) = recordings().into_iter().find(|(file, _)| file == name).unwrap();
        recording.records.retain(|record| record.line >= line);
        for rules in [Rules::ZOOKEEPER_3_8_0, Rules::DEFAULT] {
            let report = replay(&recording, rules);
            assert!(report.agrees(), "{name} from line {line} under {rules}:\n{report}");
            assert!(report.outset.contains(outset), "{}", report.outset);
        }
    };
    check(
        "five_servers_leader_crash_and_rejoin",
        193,
        "S3 leads up to 2·3, followed by S1, S2; elected at 1·4 in round 2",
    );
    check(
        "leader_crash_under_writes",
        264,
        "S2 leads up to 2·2, followed by S1; elected at 1·21 in round 2",
    );
    check("rejoin_diff", 33, "S3 leads up to 1·8, followed by S2; elected at 0·0 in round 1");
}
