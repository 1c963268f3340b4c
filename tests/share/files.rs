//! Whole traces: what is saved opens again, what was altered is told, and the log for ShiViz has
//! the clocks that ShiViz demands.

use std::collections::BTreeMap;

use zabscope::viewer::share::{Arrival, File, Opened, TraceFile, Waypoint, write_shiviz};

use super::{leader_crash, trace_of};

#[test]
fn a_trace_is_one_object_an_event_and_opens_again() {
    let run = leader_crash();
    let text = trace_of(&run);
    let lines = text.lines().map(|line| {
        let line: BTreeMap<String, serde_json::Value> =
            serde_json::from_str(line).expect("each line is an object");
        let keys: Vec<&str> = line.keys().map(String::as_str).collect();
        assert_eq!(keys, ["at", "cause", "data", "id", "kind", "server"]);
        line["id"].as_u64().expect("each has its number")
    });
    assert!(lines.eq(0..=run.trace().len()), "the run, then all events in order");
    let Ok(File::Trace(file)) = File::parse(text.as_bytes()) else { panic!("it is a trace") };
    let opened = Opened::by_trace(&file).expect("it can be run");
    assert_eq!(opened.arrival, Arrival::Verified(Waypoint::of(&run)));
    assert_eq!(opened.trace(), text.as_bytes(), "opened and saved it is the same file");
}

#[test]
fn a_trace_that_was_altered_is_told_with_its_first_event() {
    let run = leader_crash();
    let text = trace_of(&run);
    let altered: Vec<String> = text
        .lines()
        .map(|line| match line.starts_with("{\"id\":100,") {
            true => line.replacen("\"at\":", "\"at\": ", 1),
            false => line.to_owned(),
        })
        .collect();
    let altered = altered.join("\n");
    let file = TraceFile::parse(&altered).expect("it can be read");
    let opened = Opened::by_trace(&file).expect("it can be run");
    let Arrival::Differs(difference) = opened.arrival else { panic!("it differs") };
    assert_eq!(difference.event, Some(100));
}

#[test]
fn bad_files_are_refused_with_a_reason_and_a_line() {
    let text = trace_of(&leader_crash());
    let check = |file: &str, told: &str| {
        let error = File::parse(file.as_bytes()).map(|_| ()).expect_err("it is bad");
        assert!(error.to_string().contains(told), "{error}\nand not: {told}");
    };
    let cut = |lines: usize| text.split_inclusive('\n').take(lines).collect::<String>();
    check("", "no file of ZabScope");
    check("<!doctype html><title>x</title>", "no file of ZabScope");
    check("\u{0}\u{1}", "no file of ZabScope");
    check("{\"format\":9}", "format version 9 is from the future");
    check("{\"id\":0,\"at", "the trace ends too early, after 1 lines");
    check(&cut(50), "the trace ends too early, after 50 lines");
    check(&text[..text.len() / 2], "EOF while parsing");
    check(&text.replacen("\"format\":1", "\"format\":9", 1), "format version 9, from the future");
    check(&text.replacen("\"events\":", "\"events\":9999999", 1), "expected at most 1000000");
    check(&text.replacen("\"hash\":\"", "\"hash\":\"x", 1), "16 hexadecimal digits");
    check(&text.replacen("\n{\"id\":1,", "\n{\"id\":2,", 1), "line 2, column 1: event 2; expected");
    check(&text.replacen("\n{\"id\":1,", "\n[\"id\":1,", 1), "line 2");
    check(&cut(2).replacen("\"cause\":null,\"server\":2", "\"cause\":null", 9), "the trace");
    check(&text.replacen("\"events\":", "\"first\":0,\"events\":", 1), "first event 0; expected 1");
    check(&format!("{text}{{}}\n"), "a line behind event 1200, the last one");
    let lines = &text[text.find('\n').expect("it has lines") + 1..];
    check(lines, "the trace");
    assert!(File::parse(b"\xff\xfe").is_err(), "no text");
}

/// What ShiViz checks when it reads a log, by its `modelGraph.js`: each host counts from 1 by ones,
/// knows of others only what exists, and never less than before.
#[test]
fn a_log_for_shiviz_has_the_clocks_that_shiviz_demands() {
    let run = leader_crash();
    let mut bytes = Vec::new();
    write_shiviz(run.trace(), &mut bytes).expect("memory takes everything");
    let text = String::from_utf8(bytes).expect("it is text");
    let lines: Vec<&str> = text.lines().collect();
    let mut hosts: BTreeMap<&str, BTreeMap<String, u64>> = BTreeMap::new();
    let mut arrows = 0;
    for pair in lines.chunks(2) {
        let [first, event] = pair else { panic!("two lines an event") };
        let (host, clock) = first.split_once(' ').expect("a host and its clock");
        let clock: BTreeMap<String, u64> = serde_json::from_str(clock).expect("it is JSON");
        assert!(event.contains(" s #") && event.len() > 10, "{event}");
        let before = hosts.entry(host).or_default();
        let own = before.get(host).copied().unwrap_or(0) + 1;
        assert_eq!(clock.get(host), Some(&own), "{first}\n{event}");
        let rises = before.iter().all(|(other, count)| clock.get(other) >= Some(count));
        assert!(rises, "{first} forgets of {before:?}");
        arrows += usize::from(clock.iter().any(|(other, count)| {
            other != host && before.get(other).is_none_or(|known| known < count)
        }));
        hosts.insert(host, clock.clone());
        let known = |(other, &count): (&String, &u64)| {
            hosts.get(other.as_str()).is_some_and(|clock| clock[other.as_str()] >= count)
        };
        assert!(clock.iter().all(known), "{first} knows what has not happened");
    }
    let delivered = run
        .trace()
        .iter()
        .filter(|event| matches!(event.kind, zabscope::sim::EventKind::Delivered(_)));
    assert!(arrows * 2 > delivered.count(), "messages are arrows: {arrows}");
    let names: Vec<&str> = hosts.keys().copied().collect();
    assert_eq!(names, ["C1", "C2", "C3", "S1", "S2", "S3", "S4", "S5", "outside"]);
}
