//! How fast an ensemble is, beside other crates on the same work in the same run, and whether what
//! it takes stays within the gates.
//!
//! The figures of one machine say little by themselves: what counts are ratios taken in turn, and
//! instructions, which are the same in every run.

mod gate;
mod programs;

use std::collections::BTreeMap;

use gate::Gate;
use programs::{Programs, Work};

use crate::stage::{Result, Stages};

/// What `cargo xtask bench` is asked for.
pub struct Request {
    /// Whether a missed gate is a failure, and instructions are counted as well.
    pub checks: bool,
    /// How many transactions are committed in each run.
    pub proposals: u32,
}

/// Whom we are held against, ourselves first: the program's argument and what it is called here.
const SUBJECTS: [(&str, &str); 6] = [
    ("everything", "zabscope, trace and properties"),
    ("trace", "zabscope, trace"),
    ("properties", "zabscope, properties"),
    ("nothing", "zabscope, nothing watched"),
    ("raft", "raft 0.7"),
    ("omnipaxos", "omnipaxos 0.2.4"),
];

/// Each subject in turn, so often: the median counts.
const ROUNDS: usize = 3;

/// The two lengths whose difference is what transactions take, start and end apart.
const SHORT: u32 = 2_000;
const LONG: u32 = 6_000;

/// Drives everyone in turn and prints what came of it.
pub fn compare(stages: &mut Stages, request: &Request) -> Result {
    let programs = stages.run("build", Programs::build)?;
    let rates = stages.run("rates", || rates(&programs, request.proposals))?;
    if !request.checks {
        return Ok(());
    }
    let instructions = stages.run("instructions", || everyones_instructions(&programs))?;
    stages.run("gates", || gate::judge(&measured(&rates, &instructions)))
}

/// The instructions of a committed transaction, held against the bound that CI keeps.
pub fn instructions(stages: &mut Stages) -> Result {
    if !Programs::can_count() {
        return skip();
    }
    let programs = stages.run("build", Programs::build_own)?;
    stages.run("instructions", || {
        let count = count(&programs, "everything")?;
        gate::judge(&[Gate::present(count)])
    })
}

/// Not a failure: the count is the same on every machine that can count.
fn skip() -> Result {
    println!(
        "instructions are not counted here: there is no valgrind. `apt-get install valgrind` or \
         `dnf install valgrind` bring it on Linux; it runs neither on Windows nor on current macOS"
    );
    Ok(())
}

/// Transactions per CPU-second, by subject.
type Rates = BTreeMap<&'static str, f64>;

fn rates(programs: &Programs, proposals: u32) -> Result<Rates> {
    println!("{proposals} transactions of 32 bytes, 1024 on their way, {ROUNDS} rounds");
    let mut seen: BTreeMap<&'static str, Vec<programs::Figures>> = BTreeMap::new();
    for _ in 0..ROUNDS {
        for (subject, _) in SUBJECTS {
            let figures = programs.measure(subject, Work { proposals })?;
            seen.entry(subject).or_default().push(figures);
        }
    }
    let mut rates = Rates::new();
    for (subject, mut figures) in seen {
        figures.sort_by(|one, other| one.rate.total_cmp(&other.rate));
        rates.insert(subject, figures.swap_remove(ROUNDS / 2).rate);
    }
    println!("{:<32}{:>18}{:>10}", "", "a CPU-second", "of raft");
    for (subject, name) in SUBJECTS {
        println!("{name:<32}{:>18.0}{:>9.2}x", rates[subject], rates[subject] / rates["raft"]);
    }
    Ok(rates)
}

/// Instructions per committed transaction, by subject; none where they cannot be counted.
type Counts = BTreeMap<&'static str, u64>;

fn everyones_instructions(programs: &Programs) -> Result<Counts> {
    let mut counts = Counts::new();
    if !Programs::can_count() {
        skip()?;
        return Ok(counts);
    }
    for (subject, name) in SUBJECTS {
        let count = count(programs, subject)?;
        println!("{name:<32}{count:>18}");
        counts.insert(subject, count);
    }
    Ok(counts)
}

fn count(programs: &Programs, subject: &'static str) -> Result<u64> {
    let short = programs.count(subject, Work { proposals: SHORT })?;
    let long = programs.count(subject, Work { proposals: LONG })?;
    let taken = long.checked_sub(short).ok_or("more work took fewer instructions")?;
    Ok(taken / u64::from(LONG - SHORT))
}

fn measured(rates: &Rates, counts: &Counts) -> Vec<Gate> {
    let mut gates = vec![Gate::rate(rates["everything"], rates["raft"], rates["omnipaxos"])];
    gates.extend(counts.get("everything").map(|&count| Gate::instructions(count)));
    gates.extend(gate::NOT_YET.map(|(what, issue)| Gate::not_yet(what, issue)));
    gates
}
