//! `zabsim link`: a scenario and a place in it, as a link.

use std::io::{self, Write as _};

use clap::Args;

use super::{Ended, Outcome, Refused, source, unwritten};
use crate::run::Run;
use crate::types::Instant;
use crate::viewer::share::{Cursor, Link, Opened};

#[derive(Args, Debug)]
pub(super) struct LinkArguments {
    /// A preset's name, or the path of a scenario file
    scenario: String,
    /// Where to look at it, such as 2s or 1500ms; otherwise where the scenario ends
    #[arg(long, value_name = "INSTANT", value_parser = super::run::instant)]
    at: Option<Instant>,
    /// Behind so many events, rather than behind all that happens at the instant
    #[arg(long, value_name = "COUNT")]
    events: Option<u64>,
    /// Another seed than the scenario's
    #[arg(long)]
    seed: Option<u64>,
    /// The address of the page
    #[arg(long, value_name = "ADDRESS", default_value = "")]
    page: String,
}

pub(super) fn link(arguments: &LinkArguments) -> Outcome {
    let mut scenario = source::scenario(&arguments.scenario)?;
    scenario.seed = arguments.seed.unwrap_or(scenario.seed);
    let at = arguments.at.unwrap_or(scenario.until);
    let mut run = Run::new(&scenario).map_err(|error| Refused(error.to_string()))?;
    match arguments.events {
        Some(events) => Opened::reach(&mut run, Cursor { events, at }),
        None => run.run_until(at),
    }
    let address = Link::of(&run).address(&arguments.page);
    let address = address.map_err(|error| Refused(error.to_string()))?;
    match writeln!(io::stdout(), "{address}") {
        Ok(()) => Ok(Ended::Fine),
        Err(error) => unwritten("the link", &error),
    }
}
