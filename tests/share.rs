//! Links and files: what is written opens where it was left, with the same hash; every older format
//! opens; what is bad is refused with a reason and a place; exports are what other tools read.

#![cfg(not(target_arch = "wasm32"))]

#[path = "share/files.rs"]
mod files;

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec_zlib;
use zabscope::ensemble::PacketId;
use zabscope::run::{BranchId, Run};
use zabscope::scenario::{Chaos, ENGINE_VERSION, Preset, Profile, Scenario};
use zabscope::sim::EventId;
use zabscope::types::{ClientId, Instant, ServerId, Span};
use zabscope::viewer::share::{
    Arrival, Cursor, Difference, EVENTS_MAX, FileKind, LINK_FORMAT, LINK_LENGTH_MAX, LINK_READ_MAX,
    Link, Opened, Problem, ShareError, Subject, Waypoint, is_link, write_trace,
};
use zabscope::viewer::{Action, Selection, Speed, Stop, Viewer};
use zabscope::zab::Rules;

/// A run of a preset up to an instant, in milliseconds.
fn run(preset: Preset, millis: u64) -> Run {
    let mut run = Run::new(&preset.scenario()).expect("a preset runs");
    run.run_until(Instant(millis * 1_000));
    run
}

fn leader_crash() -> Run {
    run(Preset::find("leader-crash").expect("it is a preset"), 700)
}

/// A link with everything in it.
fn full() -> Link {
    let mut link = Link::of(&leader_crash());
    link.end = Some(Cursor { events: 1_300, at: Instant(750_000) });
    link.branch = Some("without the crash".to_owned());
    link.selection = Some(Selection::Packet(PacketId(77)));
    link.shown.tab = Some("inspect".to_owned());
    link.shown.speed = Speed::at(5);
    link.shown.client = Some(ClientId(2));
    link
}

fn trace_of(run: &Run) -> String {
    let mut bytes = Vec::new();
    write_trace(&run.scenario(), run.trace(), run.trace_hash(), &mut bytes)
        .expect("memory takes everything");
    String::from_utf8(bytes).expect("JSON is text")
}

/// A first-format link of these two lines.
fn packed(place: &str, scenario: &str) -> String {
    let text = format!("{place}\n{scenario}");
    format!("v1.{}", URL_SAFE_NO_PAD.encode(compress_to_vec_zlib(text.as_bytes(), 6)))
}

/// Opens a link, which has to be refused for this.
fn check_refused(link: &str, problem: &Problem, told: &str) {
    let error = Link::parse(link).expect_err("it is bad");
    assert_eq!(error, ShareError { subject: Subject::Link, problem: problem.clone() });
    assert!(error.to_string().contains(told), "{error}");
}

fn check_content(link: &str, place: &str, told: &str) {
    let error = Link::parse(link).expect_err("it is bad");
    assert!(matches!(error.problem, Problem::Content(_)), "{error}");
    let said = error.to_string();
    assert!(said.contains(place) && said.contains(told), "{said}");
}

#[test]
fn a_link_opens_where_it_was_left() {
    for (place, preset) in Preset::ALL.into_iter().enumerate() {
        let run = run(preset, 60 * (place as u64 + 1));
        let link = Link::of(&run);
        let read = Link::parse(&link.fragment()).expect("what was written can be read");
        assert_eq!(read, link, "{}", preset.name());
        let opened = Opened::by_link(&read).expect("it can be run");
        assert_eq!(opened.arrival, Arrival::Verified(Waypoint::of(&run)));
        assert_eq!(opened.run.now(), run.now());
        assert_eq!(opened.run.scenario(), run.scenario(), "the future comes along");
    }
}

#[test]
fn a_link_leads_between_two_events_of_one_instant() {
    let mut run = leader_crash();
    for _ in 0..200 {
        run.step();
        let link = Link::of(&run);
        let opened = Opened::by_link(&link).expect("it can be run");
        assert_eq!(opened.arrival, Arrival::Verified(Waypoint::of(&run)));
        assert_eq!(opened.run.now(), run.now());
    }
}

#[test]
fn a_link_holds_what_is_selected_and_how_it_is_looked_at() {
    let link = full();
    assert_eq!(Link::parse(&link.fragment()), Ok(link.clone()));
    let address = link.address("https://example.org/zab/?x=1").expect("it is short");
    assert_eq!(Link::parse(&address), Ok(link.clone()));
    assert_eq!(Link::parse(&format!("  {address}\n")), Ok(link.clone()), "copied with spaces");
    let plain = address.split_once('#').expect("it has a fragment").1;
    let plain = plain.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    assert!(plain, "nothing that a program would encode: {address}");
    let server = Link { selection: Some(Selection::Server(ServerId(3))), ..link };
    assert_eq!(Link::parse(&server.fragment()), Ok(server.clone()));
    let event = Link { selection: Some(Selection::Event(EventId::FIRST)), ..server };
    assert_eq!(Link::parse(&event.fragment()), Ok(event));
}

/// What a person sees at a place: the run's state and how it is looked at.
fn sight(viewer: &Viewer) -> String {
    let run = viewer.run();
    let (events, hash) = (run.trace().len(), run.trace_hash());
    let (at, live) = (viewer.now(), viewer.timeline().is_live());
    let (selection, client) = (viewer.selection(), viewer.client());
    let speed = viewer.playback().speed;
    let marks = viewer.eras().marks();
    format!("{events} {hash} {at} {live} {selection:?} {client:?} {speed:?} {marks:?}")
}

#[test]
fn what_is_watched_is_shared_and_visited() {
    let mut viewer = Viewer::open(&Preset::ALL[0].scenario()).expect("a preset runs");
    viewer.run_until_healthy();
    let check = |viewer: &Viewer| {
        let link = viewer.link(Some("data"));
        let read = Link::parse(&link.fragment()).expect("what was written can be read");
        assert_eq!(read, link);
        let (visited, arrival) = Viewer::visit(&read).expect("it can be run");
        assert!(matches!(arrival, Arrival::Verified(_)), "{arrival:?}");
        assert_eq!(sight(&visited), sight(viewer));
        assert!(!visited.playback().playing, "what is shown stays until somebody lets time run");
        assert_eq!(visited.link(Some("data")), link, "it can be shared on");
        let bytes = viewer.file(FileKind::Trace);
        let (opened, arrival) = Viewer::open_file(&bytes).expect("it is ours");
        assert!(matches!(arrival, Arrival::Verified(_)), "{arrival:?}");
        assert_eq!(opened.file(FileKind::Trace), bytes);
        assert_eq!(opened.file(FileKind::ShiViz), viewer.file(FileKind::ShiViz));
    };
    check(&viewer);
    let leader = viewer.world().ensemble().serving_leader().expect("it is healthy");
    let healthy = viewer.now();
    let acts = [
        Action::SendWrite,
        Action::StepForward(Stop::Commit),
        Action::CrashLeader,
        Action::Select(Some(Selection::Server(leader))),
        Action::SetSpeed(Speed::at(7)),
        Action::StepForward(Stop::Election),
        Action::ChooseClient(ClientId(2)),
        Action::Forward(Span::millis(40)),
        Action::CrashOrRestart(leader),
        Action::Forward(Span::millis(2)),
        Action::StepForward(Stop::Event),
        Action::StepBack(Stop::Event),
        Action::SeekInstant(healthy + Span::millis(7)),
        // In the past: another branch.
        Action::Multi,
        Action::RenameBranch(BranchId(1), "a multi".to_owned()),
        Action::StepForward(Stop::Commit),
    ];
    for action in acts {
        viewer.apply(&action);
        check(&viewer);
    }
    assert_eq!(viewer.link(None).branch.as_deref(), Some("a multi"));
}

#[test]
fn a_scenario_that_was_saved_opens_and_is_this_engines_from_then_on() {
    let mut viewer = Viewer::open(&Preset::ALL[0].scenario()).expect("a preset runs");
    viewer.run_until_healthy();
    viewer.apply(&Action::CrashLeader);
    let saved = viewer.file(FileKind::Scenario);
    let (opened, arrival) = Viewer::open_file(&saved).expect("it is ours");
    assert_eq!(arrival, Arrival::Unverified);
    assert_eq!(opened.file(FileKind::Scenario), saved);
    let older = String::from_utf8(saved.clone()).expect("it is text");
    let older = older.replacen(&format!("\"engine\": {ENGINE_VERSION}"), "\"engine\": 0", 1);
    let (opened, arrival) = Viewer::open_file(older.as_bytes()).expect("it is ours");
    assert_eq!(arrival, Arrival::OtherEngine { made_with: 0 });
    assert_eq!(opened.file(FileKind::Scenario), saved);
}

/// One link of each format that was ever written opens for ever. Behind each the place where it
/// leads and the hash that it was left with; under another engine it opens at the beginning.
#[test]
fn a_link_of_every_format_opens() {
    for format in 1..=LINK_FORMAT {
        let path = format!("{}/tests/links/v{format}.txt", env!("CARGO_MANIFEST_DIR"));
        let file = fs::read_to_string(path).expect("every format has its fixture");
        let mut lines = file.lines();
        let mut next = || lines.next().expect("link, place, hash, selection");
        let (link, place, hash, selection) = (next(), next(), next(), next());
        assert!(link.starts_with(&format!("v{format}.")));
        let link = Link::parse(link).expect("it opens for ever");
        let cursor = link.cursor;
        assert_eq!(format!("event {} at {} s", cursor.events, cursor.at), place);
        assert_eq!(format!("{:016x}", link.hash), hash);
        assert_eq!(format!("{:?}", link.selection), selection);
        assert_eq!(link.end, Some(Cursor { events: 1_300, at: Instant(750_000) }));
        assert_eq!(link.branch.as_deref(), Some("without the crash"));
        assert_eq!(link.shown.tab.as_deref(), Some("inspect"));
        assert_eq!((link.shown.speed, link.shown.client), (Speed::at(5), Some(ClientId(2))));
        assert_eq!(link.scenario.title, "The leader crashes");
        let opened = Opened::by_link(&link).expect("it can be run");
        match link.scenario.engine {
            ENGINE_VERSION => assert!(matches!(opened.arrival, Arrival::Verified(_))),
            made_with => assert_eq!(opened.arrival, Arrival::OtherEngine { made_with }),
        }
    }
}

#[test]
fn a_link_of_another_engine_opens_at_the_beginning_and_says_so() {
    let mut link = Link::of(&leader_crash());
    link.scenario.engine = ENGINE_VERSION + 1;
    let opened = Opened::by_link(&link).expect("it can be run");
    assert_eq!(opened.arrival, Arrival::OtherEngine { made_with: ENGINE_VERSION + 1 });
    assert!(opened.run.trace().is_empty(), "at the beginning");
}

#[test]
fn a_hash_that_differs_is_told() {
    let run = leader_crash();
    let mut link = Link::of(&run);
    link.hash ^= 1;
    let opened = Opened::by_link(&link).expect("it can be run");
    let found = Waypoint::of(&run);
    let expected = Waypoint { hash: found.hash ^ 1, ..found };
    assert_eq!(opened.arrival, Arrival::Differs(Difference { expected, found, event: None }));
    // Another seed, so another run: it is gone through as far as the events go.
    let mut link = Link::of(&run);
    link.scenario.seed += 1;
    let opened = Opened::by_link(&link).expect("it can be run");
    assert!(matches!(opened.arrival, Arrival::Differs(_)));
}

#[test]
fn a_link_that_is_too_long_is_not_offered() {
    let chaos = Chaos { servers: 5, observers: 0, profile: Profile::ALL[1], rules: Rules::DEFAULT };
    let mut scenario = chaos.scenario(1);
    let link = |scenario: &Scenario| Link::of(&Run::new(scenario).expect("it runs"));
    let short = link(&scenario).address("https://example.org/").expect("a virtual minute fits");
    assert!(short.len() <= LINK_LENGTH_MAX);
    while scenario.commands.len() < 3_000 {
        let more = chaos.scenario(scenario.commands.len() as u64).commands;
        let last = scenario.commands.last().map_or(Instant::ZERO, |timed| timed.at);
        scenario.commands.extend(more.into_iter().map(|mut timed| {
            timed.at = last;
            timed.steps_before = 0;
            timed
        }));
    }
    let refused = link(&scenario).address("https://example.org/").expect_err("it is too long");
    assert!(refused.length > LINK_LENGTH_MAX);
    assert!(refused.to_string().contains("save the scenario as a file instead"), "{refused}");
}

#[test]
fn bad_links_are_refused_with_a_reason_and_a_place() {
    let link = full().fragment();
    let foreign = "expected an address whose part behind the # begins with v1.";
    for other in ["", "#", "https://example.org/", "#stage", "v", "vx.abc", "v1abc", "v0.abc"] {
        check_refused(other, &Problem::Foreign, foreign);
        assert_eq!(is_link(other), other == "v0.abc", "{other}");
    }
    let cut = |length: usize| Problem::Truncated { at: length as u64 };
    for length in [2, 3, 4, 20, link.len() / 2, link.len() - 1] {
        check_refused(&link[..length], &cut(length), "copy all of it again");
    }
    let marked = format!("#{}!", &link[..40]);
    check_refused(&marked, &Problem::Damaged { at: Some(42) }, "damaged at character 42");
    let future = Problem::Future { version: 2 };
    check_refused("v2.abc", &future, "format version 2, from the future; expected at most 1");
    let long = format!("v1.{}", "A".repeat(LINK_READ_MAX));
    let too_large = Problem::TooLarge { limit: LINK_READ_MAX as u64 };
    check_refused(&long, &too_large, "ask for the scenario's file");
}

#[test]
fn one_changed_character_never_passes() {
    let link = full().fragment();
    let expected = Waypoint { events: full().cursor.events, hash: full().hash };
    for place in 3..link.len() {
        let mut letters = link.clone().into_bytes();
        letters[place] = if letters[place] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(letters).expect("it is ASCII");
        let Ok(read) = Link::parse(&changed) else { continue };
        let arrival = Opened::by_link(&read).map(|opened| opened.arrival);
        assert_ne!(arrival, Ok(Arrival::Verified(expected)), "changed at {place}");
    }
}

#[test]
fn a_link_that_unpacks_without_end_is_stopped() {
    let bomb = packed(&" ".repeat(40 << 20), "{}");
    assert!(bomb.len() < LINK_READ_MAX, "{}", bomb.len());
    let error = Link::parse(&bomb).expect_err("it is a bomb");
    assert!(matches!(error.problem, Problem::TooLarge { .. }), "{error}");
}

#[test]
fn what_a_link_asks_for_has_limits() {
    let scenario = serde_json::to_string(&Preset::ALL[0].scenario()).expect("it is data");
    let check = |place: &str, told: &str| check_content(&packed(place, &scenario), "line 1", told);
    check("{}", "missing field `events`");
    check("[", "EOF");
    check(r#"{"events":1,"at":0,"hash":"1"}"#, "expected 16 hexadecimal digits");
    let with = |more: &str| format!(r#"{{"events":1,"at":0,"hash":"0000000000000000"{more}}}"#);
    check(&with(r#","branch":"""#), "expected a name of 1 to 80 characters");
    check(&with(r#","tab":"<script>""#), "expected a name of 1 to 24 small letters");
    check(&with(r#","speed":200"#), "speed 200; expected at most 10");
    check(&with(r#","zoom":2"#), "unknown field `zoom`");
    let far = with("").replace(":1,", &format!(":{},", EVENTS_MAX + 1));
    check(&far, "expected at most 1000000");
    check(&with("").replace("\"at\":0", "\"at\":9999999999999"), "expected at most");
    let future = scenario.replace("{\"format\":1", "{\"format\":7");
    check_content(&packed(&with(""), &future), "", "format version 7 is from the future");
    let deep = format!("{}{}", "[".repeat(400_000), "]".repeat(400_000));
    check_content(&packed(&with(""), &deep), "line 2", "expected");
}

/// `UPDATE_EXPECT=1` writes the link of a new format. An existing one is never written again.
#[test]
fn the_present_format_has_its_fixture() {
    let path = format!("{}/tests/links/v1.txt", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_EXPECT").is_some() && !fs::exists(&path).unwrap_or(true) {
        let link = full();
        let lines = format!(
            "{}\nevent {} at {} s\n{:016x}\n{:?}\n",
            link.fragment(),
            link.cursor.events,
            link.cursor.at,
            link.hash,
            link.selection,
        );
        fs::write(&path, lines).expect("the folder is there");
    }
    assert!(fs::exists(&path).unwrap_or(false), "{path}: run again with UPDATE_EXPECT=1");
}
