//! `zabsim shell`: ZooKeeper's command line against a simulated ensemble.
//!
//! Virtual time passes while a command waits for its answer, and where it is told to. Lines that
//! begin with `!` are the simulation's own: `!wait 2s`, `!C2` (enter the next lines as client C2),
//! `!status`, and every command of a scenario file, such as `!crash leader` or `!C1 attach S3`.

mod editor;
mod session;

use std::io::{self, IsTerminal as _, Write as _};

use clap::Args;

use super::{Ended, Outcome, Refused, source, unwritten};
use crate::run::Run;
use crate::scenario::Scenario;
use crate::sim::Settings;
use editor::Editor;
use session::{Session, Told};

#[derive(Args, Debug)]
pub(super) struct ShellArguments {
    /// How many servers the ensemble has
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=9))]
    servers: u8,
    /// The seed of the run
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Begin with what this preset or scenario file does, instead of a fresh ensemble
    #[arg(long, value_name = "SCENARIO", conflicts_with = "servers")]
    scenario: Option<String>,
}

pub(super) fn shell(arguments: &ShellArguments) -> Outcome {
    let mut scenario = match &arguments.scenario {
        Some(name) => source::scenario(name)?,
        None => Scenario::new(Settings::with_servers(arguments.servers), arguments.seed),
    };
    if scenario.settings.clients.is_empty() {
        scenario.settings.clients = vec![crate::types::ServerId(1)];
    }
    let run = Run::new(&scenario).map_err(|error| Refused(error.to_string()))?;
    let mut session = Session::new(run);
    let mut editor = Editor::new().map_err(|error| Refused(error.to_string()))?;
    let welcome = session.begin();
    if let Err(error) = tell(&welcome) {
        return unwritten("the terminal", &error);
    }
    let is_watched = io::stdin().is_terminal();
    while !session.is_over() {
        let prompt = session.prompt();
        let Some(line) = editor.line(&prompt, &session).map_err(Refused)? else { break };
        if !is_watched {
            println!("{prompt}{line}");
        }
        if let Err(error) = tell(&session.enter(&line)) {
            return unwritten("the terminal", &error);
        }
    }
    let found = session.violation().inspect(|violation| eprintln!("{violation}"));
    Ok(if found.is_some() { Ended::Found } else { Ended::Fine })
}

/// What is wrong, or was done, goes where zkCli tells it.
fn tell(lines: &[Told]) -> io::Result<()> {
    for line in lines {
        match line {
            Told::Print(line) => writeln!(io::stdout(), "{line}")?,
            Told::Complain(line) => writeln!(io::stderr(), "{line}")?,
        }
    }
    Ok(())
}
