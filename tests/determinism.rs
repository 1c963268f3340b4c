//! The same scenario makes the same trace: twice, as a copy, and on both targets alike. This file
//! is run natively and in a browser.
//!
//! The scenarios are committed, and so are the hashes of their traces. Where one changes on
//! purpose, `UPDATE_EXPECT=1 cargo test --test determinism` writes it anew, and
//! `zabscope::scenario::ENGINE_VERSION` is to be raised.

use zabscope::run::Run;
use zabscope::scenario::{Preset, Scenario};
use zabscope::types::{Instant, Span};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// Name, count of events and hash of the trace, one scenario a line.
const GOLDEN: &str = include_str!("determinism/golden.txt");

macro_rules! committed {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("determinism/", $name, ".txt")))),*]
    };
}

/// Faults of all kinds, with three to seven servers; drawn once, then committed.
const COMMITTED: [(&str, &str); 8] = committed![
    "chaos-3-servers-1",
    "chaos-3-servers-2",
    "chaos-4-servers-3",
    "chaos-5-servers-4",
    "chaos-5-servers-5",
    "chaos-5-servers-6",
    "chaos-7-servers-7",
    "chaos-9-servers-8",
];

fn scenarios() -> Vec<(&'static str, Scenario)> {
    let presets = Preset::ALL.map(|preset| (preset.name(), preset.scenario()));
    let committed = COMMITTED.map(|(name, text)| {
        (name, Scenario::from_text(text).expect("what was committed can be read"))
    });
    presets.into_iter().chain(committed).collect()
}

fn run(scenario: &Scenario) -> Run {
    let mut run = Run::new(scenario).expect("what was committed can be run");
    run.run_until(scenario.until);
    run
}

fn line(name: &str, run: &Run) -> String {
    format!("{name} {} {:016x}", run.trace().len(), run.trace_hash())
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn traces_are_those_that_were_written_down() {
    let runs = scenarios().into_iter().map(|(name, scenario)| (name, run(&scenario)));
    let runs: Vec<(&str, Run)> = runs.collect();
    let lines: Vec<String> = runs.iter().map(|(name, run)| line(name, run)).collect();
    #[cfg(not(target_arch = "wasm32"))]
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let text = lines.join("\n") + "\n";
        std::fs::write("tests/determinism/golden.txt", text).expect("the file can be written");
        return;
    }
    let expected: Vec<&str> = GOLDEN.lines().collect();
    assert_eq!(lines, expected);
    let events: u64 = runs.iter().map(|(_, run)| run.trace().len()).sum();
    assert!(events >= 100_000, "{events} events");
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_copy_goes_on_as_its_original() {
    for (name, scenario) in scenarios() {
        let straight = run(&scenario);
        let mut original = Run::new(&scenario).expect("what was committed can be run");
        original.run_until(Instant(scenario.until.0 / 2));
        let mut copy = original.clone();
        // The original goes another way meanwhile.
        original.command(zabscope::sim::Command::CrashLeader);
        original.run_until(original.now() + Span::millis(500));
        copy.run_until(scenario.until);
        assert_eq!(copy.trace_hash(), straight.trace_hash(), "{name}");
        assert_eq!(copy.world().state_hash(), straight.world().state_hash(), "{name}");
        assert!(copy.trace().iter().eq(straight.trace().iter()), "{name}");
    }
}

/// What was done to a run, at whatever moment between two steps, is in its scenario.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn what_is_done_to_a_run_replays() {
    use zabscope::sim::Command;
    use zabscope::types::ServerId;

    let scenario = Preset::find("leader-crash").expect("it is built in").scenario();
    let mut live = Run::new(&scenario).expect("it can be run");
    for round in 0..40 {
        for _ in 0..37 {
            live.step();
        }
        let server = ServerId(1 + round % 5);
        let commands = [
            Command::Pause(server),
            Command::Resume(server),
            Command::CrashLeader,
            Command::HealAndRestartAll,
        ];
        live.command(commands[usize::from(round) % 4].clone());
        live.command(Command::HealAll);
    }
    let until = live.now() + Span::millis(1_000);
    live.run_until(until);
    let recorded = Scenario::from_text(&live.scenario().to_text()).expect("it reads what it wrote");
    let mut replayed = Run::new(&recorded).expect("it can be run");
    replayed.run_until(until);
    assert_eq!(replayed.trace_hash(), live.trace_hash());
    assert_eq!(replayed.world().state_hash(), live.world().state_hash());
}
