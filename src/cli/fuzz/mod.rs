//! `zabsim fuzz`: many trials side by side.

mod report;

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
use report::Totals;

use super::{Ended, Outcome, Refused};
use crate::scenario::{Chaos, Profile, SERVERS_MAX, Scenario};
use crate::search::{Counter, Found, Passed, Trial, judge, shrink};
use crate::zab::{Rules, Switch};

#[derive(Args, Debug)]
pub(super) struct FuzzArguments {
    /// The seeds: the first one, and the one behind the last, such as 0..1000
    #[arg(long, value_name = "A..B", value_parser = seeds, default_value = "0..100")]
    seeds: Range<u64>,
    /// How many servers vote
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..=9))]
    servers: u8,
    /// How many more there are that do not
    #[arg(long, default_value_t = 0)]
    observers: u8,
    /// What happens to them: calm, flaky-network, crash-happy or radioactive-disk
    #[arg(long, default_value = "crash-happy", value_parser = profile)]
    profile: Profile,
    /// A set of rules: default or zookeeper-3.8.0
    #[arg(long, value_name = "SET", default_value = "default", value_parser = rules)]
    rules: Rules,
    /// A rule to switch off besides, by the name of its mistake; as often as there are such rules
    #[arg(long = "rule", value_name = "NAME", value_parser = switch)]
    switches: Vec<Switch>,
    /// How many trials run side by side; otherwise as many as the machine has processors
    #[arg(long)]
    jobs: Option<NonZeroU32>,
    /// Where to write the scenario of a failure
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    out: PathBuf,
    /// Go on after the first failure
    #[arg(long = "continue")]
    goes_on: bool,
    /// How many scenarios to try at most to make that of a failure shorter; 0 leaves it as it is
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    shrink: u32,
}

fn seeds(text: &str) -> Result<Range<u64>, String> {
    let parsed = text.split_once("..").and_then(|(first, end)| {
        Some(first.parse().ok()?..end.parse().ok()?).filter(|seeds: &Range<u64>| !seeds.is_empty())
    });
    parsed.ok_or_else(|| "expected two numbers, the smaller one first, such as 0..1000".to_owned())
}

fn profile(name: &str) -> Result<Profile, String> {
    let names = Profile::ALL.map(Profile::name).join(", ");
    Profile::from_name(name).ok_or_else(|| format!("expected one of {names}"))
}

fn rules(name: &str) -> Result<Rules, String> {
    let set = Rules::SETS.into_iter().find(|(set, _)| *set == name);
    let names = Rules::SETS.map(|(name, _)| name).join(", ");
    set.map(|(_, rules)| rules).ok_or_else(|| format!("expected one of {names}"))
}

fn switch(name: &str) -> Result<Switch, String> {
    let names = Switch::ALL.map(Switch::name).join(", ");
    Switch::from_name(name).ok_or_else(|| format!("expected one of {names}"))
}

/// A trial that did not pass.
struct Failed {
    seed: u64,
    what: Shown,
}

/// What a scenario shows, as far as a shorter one has to show the same.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Shown {
    Found(Found),
    /// An assertion in the simulation is broken.
    Panic,
}

impl Shown {
    /// Whether the other one is of the same kind.
    fn is_like(&self, other: &Shown) -> bool {
        match (self, other) {
            (Shown::Found(Found::Violated(one, _)), Shown::Found(Found::Violated(other, _))) => {
                one == other
            }
            (Shown::Found(one), Shown::Found(other)) => {
                std::mem::discriminant(one) == std::mem::discriminant(other)
            }
            (Shown::Panic, Shown::Panic) => true,
            _ => false,
        }
    }

    fn text(&self) -> String {
        match self {
            Shown::Found(found) => found.to_string(),
            Shown::Panic => "a broken assertion".to_owned(),
        }
    }
}

impl FuzzArguments {
    fn chaos(&self) -> Chaos {
        let rules = self.switches.iter().fold(self.rules, |rules, &switch| rules.with(switch));
        let FuzzArguments { servers, observers, profile, .. } = *self;
        Chaos { servers, observers, profile, rules }
    }

    /// What repeats the trials of these seeds.
    fn command(&self, seeds: &Range<u64>) -> String {
        let mut command = format!(
            "zabsim fuzz --seeds {}..{} --servers {} --profile {}",
            seeds.start, seeds.end, self.servers, self.profile
        );
        if self.observers > 0 {
            command = format!("{command} --observers {}", self.observers);
        }
        if !self.rules.is_default() {
            command = format!("{command} --rules {}", self.rules);
        }
        let switches = self.switches.iter().map(|switch| format!(" --rule {}", switch.name()));
        command + &switches.collect::<String>()
    }
}

pub(super) fn fuzz(arguments: &FuzzArguments) -> Outcome {
    if arguments.servers.saturating_add(arguments.observers) > SERVERS_MAX {
        return Err(Refused(format!("too many servers; expected {SERVERS_MAX} at most")));
    }
    let started = Instant::now();
    let seeds = arguments.seeds.clone();
    let bar = progress_bar(&seeds);
    let (mut totals, mut failures) = (Totals::default(), Vec::new());
    let next = AtomicU64::new(seeds.start);
    let stop = AtomicBool::new(false);
    let (sender, receiver) = mpsc::channel();
    quietly(|| {
        thread::scope(|scope| {
            for _ in 0..jobs(arguments) {
                let sender = sender.clone();
                let (next, stop, chaos, end) = (&next, &stop, arguments.chaos(), seeds.end);
                scope.spawn(move || work(chaos, end, next, stop, &sender));
            }
            drop(sender);
            gather(&receiver, &bar, &mut totals, &mut failures, || {
                stop.store(!arguments.goes_on, Ordering::Relaxed);
            });
        });
    });
    bar.finish_and_clear();
    failures.sort_by_key(|failed: &Failed| failed.seed);
    for failed in &failures {
        tell_failure(arguments, failed)?;
    }
    let is_covered = totals.tell(arguments, failures.len(), started.elapsed().as_secs_f64());
    let reached = next.load(Ordering::Relaxed).min(seeds.end);
    if reached < seeds.end {
        println!("go on with: {}", arguments.command(&(reached..seeds.end)));
    }
    Ok(if failures.is_empty() && is_covered { Ended::Fine } else { Ended::Found })
}

fn progress_bar(seeds: &Range<u64>) -> ProgressBar {
    let bar = ProgressBar::new(seeds.end - seeds.start);
    let template = "{bar:40} {pos}/{len} seeds, {per_sec}, {eta} left {msg}";
    bar.set_style(ProgressStyle::with_template(template).expect("the template is well formed"));
    bar
}

fn jobs(arguments: &FuzzArguments) -> u32 {
    let processors = thread::available_parallelism().map_or(1, |count| count.get() as u32);
    arguments.jobs.map_or(processors, NonZeroU32::get)
}

/// Lets the work be done without a word about each panic: they are failures like any other, and
/// their messages are told with the scenario.
fn quietly(work: impl FnOnce()) {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    work();
    panic::set_hook(hook);
}

/// Takes one seed after the other until none is left.
fn work(
    chaos: Chaos,
    end: u64,
    next: &AtomicU64,
    stop: &AtomicBool,
    sender: &Sender<(u64, Result<Passed, Shown>)>,
) {
    while !stop.load(Ordering::Relaxed) {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        let scenario = Trial { chaos, seed }.chaos.scenario(seed);
        if seed >= end || sender.send((seed, try_scenario(&scenario))).is_err() {
            return;
        }
    }
}

/// A broken assertion in the simulation is a failure like any other.
fn try_scenario(scenario: &Scenario) -> Result<Passed, Shown> {
    match panic::catch_unwind(AssertUnwindSafe(|| judge(scenario))) {
        Ok(Ok(passed)) => Ok(passed),
        Ok(Err(failure)) => Err(Shown::Found(failure.found)),
        Err(_) => Err(Shown::Panic),
    }
}

fn gather(
    receiver: &Receiver<(u64, Result<Passed, Shown>)>,
    bar: &ProgressBar,
    totals: &mut Totals,
    failures: &mut Vec<Failed>,
    on_failure: impl Fn(),
) {
    for (seed, result) in receiver {
        bar.inc(1);
        match result {
            Ok(passed) => {
                totals.add(&passed);
                let events = totals.coverage.count(Counter::Events) as f64;
                let rate = events / bar.elapsed().as_secs_f64().max(0.001);
                let failed = failures.len();
                bar.set_message(format!("({:.0} thousand events/s, {failed} failed)", rate / 1e3));
            }
            Err(what) => {
                on_failure();
                failures.push(Failed { seed, what });
            }
        }
    }
}

/// Makes the failure's scenario shorter, writes it down and says how to replay it.
fn tell_failure(arguments: &FuzzArguments, failed: &Failed) -> Result<(), Refused> {
    let Failed { seed, what } = failed;
    let drawn = arguments.chaos().scenario(*seed);
    let shows = |scenario: &Scenario| match try_scenario(scenario) {
        Ok(_) => false,
        Err(shown) => shown.is_like(what),
    };
    let mut shrunk = None;
    quietly(|| shrunk = Some(shrink(&drawn, arguments.shrink, shows)));
    let shrunk = shrunk.expect("it was shrunk just now");
    let commands = shrunk.scenario.commands.len();
    // What is written shows it by itself: with the healing, where there was one.
    let scenario = match panic::catch_unwind(AssertUnwindSafe(|| judge(&shrunk.scenario))) {
        Ok(Err(failure)) => failure.scenario,
        _ => shrunk.scenario,
    };
    let Chaos { servers, observers, profile, .. } = arguments.chaos();
    let name = format!("{profile}-{servers}-{observers}-seed-{seed}.txt");
    let path = arguments.out.join(name);
    let written = fs::write(&path, scenario.to_text());
    written.map_err(|error| Refused(format!("{}: {error}", path.display())))?;
    println!("seed {seed}: {}", what.text());
    println!("  again:  {}", arguments.command(&(*seed..*seed + 1)));
    let minimal = if shrunk.is_minimal { "none of them can be left out" } else { "or fewer" };
    let (drawn, tried) = (drawn.commands.len(), shrunk.tried);
    println!("  shrunk from {drawn} to {commands} commands ({minimal}), {tried} tried");
    println!("  replay: zabsim run {}", path.display());
    Ok(())
}
