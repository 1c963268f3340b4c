//! Stages of a command: each prints its name when it starts and its time when it ends.

use std::process::Command;
use std::time::{Duration, Instant};

/// What a stage gives, or a sentence for people saying what failed and what to do.
pub type Result<T = ()> = std::result::Result<T, String>;

/// The stages of one command, in the order they ran.
pub struct Stages {
    done: Vec<(&'static str, Duration)>,
}

impl Stages {
    /// No stage has run yet.
    pub fn new() -> Self {
        Self { done: Vec::new() }
    }

    /// Runs `work` between two lines that say its name and its time.
    pub fn run<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n==> {name}");
        let started = Instant::now();
        let result = work();
        let taken = started.elapsed();
        match &result {
            Ok(_) => println!("<== {name}: {}", seconds(taken)),
            Err(_) => println!("<== {name}: FAILED after {}", seconds(taken)),
        }
        self.done.push((name, taken));
        result.map_err(|reason| format!("{name}: {reason}"))
    }

    /// Prints all stages with their times, the sum last.
    pub fn summarize(&self) {
        let total = self.done.iter().map(|(_, taken)| *taken).sum();
        let width = self.done.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        println!("\nstages");
        for (name, taken) in &self.done {
            println!("  {name:width$}  {:>8}", seconds(*taken));
        }
        println!("  {:width$}  {:>8}", "all", seconds(total));
    }
}

/// Prints the command line, runs it, and turns a failure into a sentence.
pub fn run(command: &mut Command) -> Result {
    let line = shown(command);
    println!("$ {line}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{line}` ended with {status}")),
        Err(error) => Err(format!("`{line}` could not be started: {error}")),
    }
}

/// What a command prints, or nothing if it cannot be run.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn shown(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let name = program.file_stem().unwrap_or(command.get_program()).to_string_lossy().into_owned();
    let arguments = command.get_args().map(|argument| argument.to_string_lossy().into_owned());
    std::iter::once(name).chain(arguments).collect::<Vec<_>>().join(" ")
}

fn seconds(taken: Duration) -> String {
    format!("{:.1} s", taken.as_secs_f64())
}
