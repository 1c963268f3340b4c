//! `zabsim bench`: how fast five servers commit under full load, in one thread.
//!
//! The work is that on which `benches/peers` drives other crates, so that the figures can be held
//! beside each other. Its figures are JSON, one object a run.

mod load;

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use cpu_time::ProcessTime;
use serde::Serialize;

pub use load::{Load, Watch};

use super::{Ended, Outcome, Refused, unwritten};

#[derive(Args, Debug)]
pub(super) struct BenchArguments {
    /// How many transactions are committed
    #[arg(long, default_value_t = 100_000, value_parser = within(1, 10_000_000))]
    proposals: u32,
    /// How many are on their way at a time
    #[arg(long, default_value_t = 1_024, value_parser = within(1, 100_000))]
    window: u32,
    /// How many bytes each one writes
    #[arg(long, default_value_t = 32, value_parser = within(0, 1_000_000))]
    bytes: u32,
    /// What is done with each event; each of them in turn, if not said
    #[arg(long, value_enum)]
    watch: Option<WatchName>,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
enum WatchName {
    /// Events are made and dropped
    Nothing,
    /// The trace is kept and hashed
    Trace,
    /// All properties are checked
    Properties,
    /// Both, as in the page
    Everything,
}

impl WatchName {
    fn watch(self) -> Watch {
        let (trace, properties) = match self {
            WatchName::Nothing => (false, false),
            WatchName::Trace => (true, false),
            WatchName::Properties => (false, true),
            WatchName::Everything => (true, true),
        };
        Watch { trace, properties }
    }

    fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// What one run has shown.
#[derive(Serialize, Debug)]
#[serde(rename_all = "camelCase")]
struct Figures {
    subject: &'static str,
    watch: String,
    servers: u8,
    window: u32,
    bytes: u32,
    committed: u32,
    events: u64,
    messages_per_transaction: f64,
    simulated_seconds: f64,
    cpu_seconds: f64,
    transactions_per_cpu_second: f64,
    events_per_cpu_second: f64,
    /// Of the trace, where there is one.
    trace_hash: Option<String>,
}

pub(super) fn bench(arguments: &BenchArguments) -> Outcome {
    let names = arguments.watch.as_ref().map_or(WatchName::value_variants(), std::slice::from_ref);
    for &name in names {
        let figures = measure(arguments, name);
        let mut out = io::stdout().lock();
        let line = serde_json::to_string(&figures)
            .map_err(|error| Refused(format!("the figures: {error}")))?;
        if let Err(error) = writeln!(out, "{line}").and_then(|()| out.flush()) {
            return unwritten("the figures", &error);
        }
    }
    Ok(Ended::Fine)
}

/// Starts an ensemble and measures from the moment at which it serves.
fn measure(arguments: &BenchArguments, name: WatchName) -> Figures {
    let &BenchArguments { proposals, window, bytes, .. } = arguments;
    let mut load = Load::new(name.watch(), window, bytes);
    let before = load.progress();
    let watch = ProcessTime::now();
    load.commit(proposals);
    let cpu_seconds = watch.elapsed().as_secs_f64();
    let after = load.progress();
    let committed = after.committed - before.committed;
    let events = after.events - before.events;
    let transactions = f64::from(committed);
    Figures {
        subject: "zabscope",
        watch: name.name(),
        servers: load.run().world().settings().servers,
        window,
        bytes,
        committed,
        events,
        messages_per_transaction: f64::from(after.messages - before.messages) / transactions,
        simulated_seconds: after.at.since(before.at).0 as f64 / 1e6,
        cpu_seconds,
        transactions_per_cpu_second: transactions / cpu_seconds,
        events_per_cpu_second: events as f64 / cpu_seconds,
        trace_hash: name.watch().trace.then(|| format!("{:016x}", load.run().trace_hash())),
    }
}

/// A number between two others, both included.
fn within(first: i64, last: i64) -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(first..=last)
}
