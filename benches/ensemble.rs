//! How fast a five-server ensemble runs in one thread, with trace and properties on.
//!
//! `cargo bench --bench ensemble` prints one line a workload: what was simulated, what it took.
//! Figures of one machine say little by themselves; compare two runs on the same one.

use std::time::Instant as Stopwatch;

use zabscope::api::{CreateMode, Op};
use zabscope::ensemble::ClientCommand;
use zabscope::run::Run;
use zabscope::scenario::Scenario;
use zabscope::sim::{Command, Settings};
use zabscope::types::{ClientId, Instant, Span};

fn main() {
    report("idle, 60 simulated seconds", |_| None);
    report("10 writes a simulated second, 60 of them", |at| {
        at.0.is_multiple_of(100_000).then_some(1)
    });
    report("200 writes a simulated second, 60 of them", |at| {
        at.0.is_multiple_of(5_000).then_some(1)
    });
}

/// Runs a minute; every 5 ms `writes` says how many writes are sent then.
fn report(name: &str, writes: impl Fn(Instant) -> Option<u32>) {
    let scenario = Scenario::new(Settings::default(), 1);
    let mut run = Run::new(&scenario).expect("the default settings are sound");
    let start = Instant(1_000_000);
    run.run_until(start);
    create(&mut run);
    let (first, watch) = (run.trace().len(), Stopwatch::now());
    let mut sent = 0;
    for step in 1..=12_000 {
        let at = start + Span::millis(5 * step);
        run.run_until(at);
        for _ in 0..writes(at).unwrap_or(0) {
            sent += 1;
            submit(&mut run, Op::set("/bench", &format!("v{sent}")));
        }
    }
    let seconds = watch.elapsed().as_secs_f64();
    let events = run.trace().len() - first;
    assert!(run.violation().is_none(), "a benchmark of a correct run");
    println!(
        "{name}: {:.0} simulated s/s, {:.0} events/s, {:.0} transactions/s",
        60.0 / seconds,
        events as f64 / seconds,
        f64::from(sent) / seconds,
    );
}

fn create(run: &mut Run) {
    submit(run, Op::create("/bench", "v0", CreateMode::Persistent));
}

fn submit(run: &mut Run, op: Op) {
    let what = ClientCommand::Submit(op);
    run.command(Command::Client { client: ClientId(1), what });
}
