//! `zabsim fuzz`: many trials side by side.

use std::fs;
use std::num::NonZeroU32;
use std::ops::Range;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Instant;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Ended, Outcome, Refused};
use crate::check::PropertyName;
use crate::scenario::{Chaos, SERVERS_MAX, Scenario};
use crate::search::{Passed, Trial};
use crate::types::Span;

#[derive(Args, Debug)]
pub(super) struct FuzzArguments {
    /// The seeds: the first one, and the one behind the last, such as 0..1000
    #[arg(long, value_name = "A..B", value_parser = seeds, default_value = "0..100")]
    seeds: Range<u64>,
    /// How many servers
    #[arg(long, default_value_t = 5, value_parser = sizes())]
    servers: u8,
    /// How many trials run side by side; otherwise as many as the machine has processors
    #[arg(long)]
    jobs: Option<NonZeroU32>,
    /// Where to write the scenario of a failure
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    out: PathBuf,
    /// Go on after the first failure
    #[arg(long = "continue")]
    goes_on: bool,
}

fn seeds(text: &str) -> Result<Range<u64>, String> {
    let parsed = text.split_once("..").and_then(|(first, end)| {
        Some(first.parse().ok()?..end.parse().ok()?).filter(|seeds: &Range<u64>| !seeds.is_empty())
    });
    parsed.ok_or_else(|| "expected two numbers, the smaller one first, such as 0..1000".to_owned())
}

/// A trial that did not pass.
struct Failed {
    seed: u64,
    what: String,
    scenario: Box<Scenario>,
}

/// All trials together.
#[derive(Default)]
struct Totals {
    trials: u64,
    events: u64,
    committed: u64,
    leaders: u64,
    repairs: u64,
    healing_max: Span,
    evaluations: [u64; PropertyName::COUNT],
}

pub(super) fn fuzz(arguments: &FuzzArguments) -> Outcome {
    let started = Instant::now();
    let seeds = arguments.seeds.clone();
    let bar = ProgressBar::new(seeds.end - seeds.start);
    let template = "{bar:40} {pos}/{len} seeds, {per_sec}, {eta} left {msg}";
    let style = ProgressStyle::with_template(template).expect("the template is well formed");
    bar.set_style(style);
    let (mut totals, mut failures) = (Totals::default(), Vec::new());
    let next = AtomicU64::new(seeds.start);
    let stop = AtomicBool::new(false);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..jobs(arguments) {
            let sender = sender.clone();
            let (next, stop) = (&next, &stop);
            let (end, servers) = (seeds.end, arguments.servers);
            scope.spawn(move || work(servers, end, next, stop, &sender));
        }
        drop(sender);
        gather(&receiver, &bar, &mut totals, &mut failures, || {
            stop.store(!arguments.goes_on, Ordering::Relaxed);
        });
    });
    bar.finish_and_clear();
    failures.sort_by_key(|failed: &Failed| failed.seed);
    for failed in &failures {
        tell_failure(arguments, failed)?;
    }
    totals.tell(arguments.servers, failures.len(), started.elapsed().as_secs_f64());
    Ok(if failures.is_empty() { Ended::Fine } else { Ended::Found })
}

fn jobs(arguments: &FuzzArguments) -> u32 {
    let processors = thread::available_parallelism().map_or(1, |count| count.get() as u32);
    arguments.jobs.map_or(processors, NonZeroU32::get)
}

/// Takes one seed after the other until none is left.
fn work(
    servers: u8,
    end: u64,
    next: &AtomicU64,
    stop: &AtomicBool,
    sender: &Sender<Result<Passed, Failed>>,
) {
    while !stop.load(Ordering::Relaxed) {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= end || sender.send(try_seed(servers, seed)).is_err() {
            return;
        }
    }
}

/// A broken assertion in the simulation is a failure like any other.
fn try_seed(servers: u8, seed: u64) -> Result<Passed, Failed> {
    let trial = Trial { servers, seed };
    match panic::catch_unwind(AssertUnwindSafe(|| trial.run())) {
        Ok(Ok(passed)) => Ok(passed),
        Ok(Err(failure)) => {
            let what = failure.found.to_string();
            Err(Failed { seed, what, scenario: Box::new(failure.scenario) })
        }
        Err(_) => {
            let what = "a broken assertion, see above".to_owned();
            let scenario = Box::new(Chaos::scenario(servers, seed));
            Err(Failed { seed, what, scenario })
        }
    }
}

fn gather(
    receiver: &Receiver<Result<Passed, Failed>>,
    bar: &ProgressBar,
    totals: &mut Totals,
    failures: &mut Vec<Failed>,
    on_failure: impl Fn(),
) {
    for result in receiver {
        bar.inc(1);
        match result {
            Ok(passed) => totals.add(&passed),
            Err(failed) => {
                on_failure();
                failures.push(failed);
                bar.set_message(format!("({} failed)", failures.len()));
            }
        }
    }
}

fn tell_failure(arguments: &FuzzArguments, failed: &Failed) -> Result<(), Refused> {
    let Failed { seed, what, scenario } = failed;
    let name = format!("chaos-{}-servers-seed-{seed}.txt", arguments.servers);
    let path = arguments.out.join(name);
    let written = fs::write(&path, scenario.to_text());
    written.map_err(|error| Refused(format!("{}: {error}", path.display())))?;
    println!("seed {seed}: {what}");
    println!("  replay: zabsim run {}", path.display());
    Ok(())
}

impl Totals {
    fn add(&mut self, passed: &Passed) {
        self.trials += 1;
        self.events += passed.events;
        self.committed += passed.committed;
        self.leaders += passed.leaders;
        self.repairs += passed.repairs;
        self.healing_max = self.healing_max.max(passed.healing);
        for (total, count) in self.evaluations.iter_mut().zip(passed.evaluations) {
            *total += count;
        }
    }

    fn tell(&self, servers: u8, failed: usize, seconds: f64) {
        let trials = self.trials + failed as u64;
        let rate = trials as f64 / seconds;
        println!("{trials} seeds with {servers} servers in {seconds:.1} s, {rate:.1} seeds/s");
        println!(
            "{} events, {} transactions committed, {} leaders established, {} servers repaired",
            self.events, self.committed, self.leaders, self.repairs
        );
        println!("longest from healing to the answer of a write: {}", self.healing_max);
        for (name, count) in PropertyName::ALL.iter().zip(self.evaluations) {
            println!("  {name:<24} looked at {count} times");
        }
        println!("{} passed, {failed} failed", self.trials);
    }
}

/// The sizes that an ensemble can have.
fn sizes() -> clap::builder::RangedI64ValueParser<u8> {
    clap::value_parser!(u8).range(1..=i64::from(SERVERS_MAX))
}
