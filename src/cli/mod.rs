//! The commands of `zabsim`, the headless runner. Native only.
//!
//! | exit code | meaning |
//! |---|---|
//! | 0 | fine |
//! | 1 | something was found: a violated property, an ensemble that does not serve again |
//! | 2 | wrong usage, or input that cannot be read |
//!
//! The folder ends at what is run: here are arguments, files, threads and text.

pub mod bench;
mod conform;
mod fuzz;
mod link;
mod open;
mod rules;
mod run;
mod shell;
mod source;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Runs ensembles of simulated ZooKeeper servers without a page.
#[derive(Parser, Debug)]
#[command(name = "zabsim", version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Commands,
}

#[derive(Subcommand, Debug)]
enum Commands {
    /// Measure how fast an ensemble commits under full load, as JSON
    Bench(bench::BenchArguments),
    /// Run a scenario and print what happens
    Run(run::RunArguments),
    /// Print the link that opens a scenario at some place
    Link(link::LinkArguments),
    /// Go where a link, a scenario's file or a trace leads, and say whether it is as it was left
    Open(open::OpenArguments),
    /// Replay recordings of real ZooKeeper servers
    Conform(conform::ConformArguments),
    /// Enter ZooKeeper's commands against a simulated ensemble
    Shell(shell::ShellArguments),
    /// Run many seeds of random faults, heal, and demand that the ensemble serves again
    Fuzz(fuzz::FuzzArguments),
    /// Switch off one rule of the protocol after the other and print what breaks
    Rules(rules::RulesArguments),
}

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Ended {
    Fine,
    /// Something was found.
    Found,
}

/// What a command cannot do anything about: wrong usage, unreadable input.
struct Refused(String);

type Outcome = Result<Ended, Refused>;

/// Carries out what the command line asks for, and answers the exit code.
pub fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Commands::Bench(arguments) => bench::bench(&arguments),
        Commands::Link(arguments) => link::link(&arguments),
        Commands::Open(arguments) => open::open(&arguments),
        Commands::Run(arguments) => run::run(&arguments),
        Commands::Conform(arguments) => conform::conform(&arguments),
        Commands::Shell(arguments) => shell::shell(&arguments),
        Commands::Fuzz(arguments) => fuzz::fuzz(&arguments),
        Commands::Rules(arguments) => rules::rules(&arguments),
    };
    match outcome {
        Ok(Ended::Fine) => ExitCode::SUCCESS,
        Ok(Ended::Found) => ExitCode::from(1),
        Err(Refused(why)) => {
            eprintln!("zabsim: {why}");
            ExitCode::from(2)
        }
    }
}

/// Writing failed. A reader that has closed the pipe has seen enough.
fn unwritten(what: &str, error: &std::io::Error) -> Outcome {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        return Ok(Ended::Fine);
    }
    Err(Refused(format!("{what}: {error}")))
}
