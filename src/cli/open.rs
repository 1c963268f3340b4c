//! `zabsim open`: where a link, a scenario's file or a trace leads, and whether it is as it was
//! left.

use std::fs;
use std::io::{self, Read as _, Write};
use std::path::PathBuf;

use clap::Args;

use super::{Ended, Outcome, Refused, unwritten};
use crate::run::Run;
use crate::scenario::{ENGINE_VERSION, Scenario, ScenarioError};
use crate::viewer::Selection;
use crate::viewer::share::{Arrival, FILE_BYTES_MAX, File, Link, Opened};

#[derive(Args, Debug)]
pub(super) struct OpenArguments {
    /// A link or what stands behind its #, the path of a scenario or of a trace, or - to read one
    /// of these
    source: String,
    /// Write the scenario to this file
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
}

pub(super) fn open(arguments: &OpenArguments) -> Outcome {
    let bytes = match arguments.source.as_str() {
        "-" => read(io::stdin().lock(), "the input")?,
        source => match fs::File::open(source) {
            Ok(file) => read(file, source)?,
            // No file of that name: a link.
            Err(_) => source.as_bytes().to_vec(),
        },
    };
    let place = Place::find(&bytes, &arguments.source)?;
    if let Some(path) = &arguments.save {
        fs::write(path, place.opened.run.scenario().to_json())
            .map_err(|error| Refused(format!("{}: {error}", path.display())))?;
    }
    match place.tell(&mut io::stdout().lock()) {
        Ok(ended) => Ok(ended),
        Err(error) => unwritten("the place", &error),
    }
}

/// At most what is read of a file, and a byte more by which that is noticed.
fn read(file: impl io::Read, name: &str) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::new();
    let read = file.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes);
    read.map_err(|error| Refused(format!("{name}: {error}")))?;
    Ok(bytes)
}

/// What was opened.
struct Place {
    opened: Opened,
    link: Option<Link>,
}

impl Place {
    /// A link has no spaces and no braces; everything else is a file.
    fn find(bytes: &[u8], source: &str) -> Result<Place, Refused> {
        let refused = |error: ScenarioError| Refused(error.to_string());
        let text = str::from_utf8(bytes).unwrap_or_default().trim();
        if !text.contains(char::is_whitespace) && !text.starts_with('{') {
            let link = Link::parse(text).map_err(|error| Refused(error.to_string()))?;
            let opened = Opened::by_link(&link).map_err(refused)?;
            return Ok(Place { opened, link: Some(link) });
        }
        let file = File::parse(bytes).map_err(|error| Refused(format!("{source}: {error}")))?;
        let opened = match file {
            File::Scenario(scenario) => Opened::by_scenario(&scenario),
            File::Trace(trace) => Opened::by_trace(&trace),
        };
        Ok(Place { opened: opened.map_err(refused)?, link: None })
    }

    /// Prints where one is.
    fn tell(&self, out: &mut impl Write) -> io::Result<Ended> {
        let Opened { run, arrival } = &self.opened;
        let scenario = run.scenario();
        if !scenario.title.is_empty() {
            writeln!(out, "title       {}", scenario.title)?;
        }
        let Scenario { settings, commands, seed, .. } = scenario;
        let (servers, commands) = (settings.server_count(), commands.len());
        writeln!(out, "scenario    {servers} servers, seed {seed}, {commands} commands")?;
        writeln!(out, "place       event {} at {} s", run.trace().len(), run.now())?;
        if let Some(link) = &self.link {
            tell_view(link, out)?;
        }
        let ended = tell_arrival(arrival, run, out)?;
        for server in settings.server_ids() {
            let Some(found) = run.world().ensemble().server(server) else { continue };
            let standing = match found.process() {
                None => "down".to_owned(),
                Some(process) => {
                    let peer = process.peer();
                    let (role, phase) = (peer.role_name(), peer.phase());
                    let (epoch, last) = (peer.current_epoch(), peer.history().last_logged());
                    format!("{} {} epoch {epoch} last {last}", role.name(), phase.name())
                }
            };
            writeln!(out, "{server:<11} {standing}")?;
        }
        out.flush()?;
        Ok(ended)
    }
}

fn tell_view(link: &Link, out: &mut impl Write) -> io::Result<()> {
    if let Some(branch) = &link.branch {
        writeln!(out, "branch      {branch}")?;
    }
    match link.selection {
        Some(Selection::Server(server)) => writeln!(out, "selected    {server}"),
        Some(Selection::Packet(packet)) => writeln!(out, "selected    message p{}", packet.0),
        Some(Selection::Event(event)) => writeln!(out, "selected    event {event}"),
        None => Ok(()),
    }
}

fn tell_arrival(arrival: &Arrival, run: &Run, out: &mut impl Write) -> io::Result<Ended> {
    match arrival {
        Arrival::Verified(found) => {
            writeln!(out, "state hash  {:016x}, as it was left", found.hash)?;
        }
        Arrival::Differs(difference) => {
            let (expected, found) = (difference.expected, difference.found);
            writeln!(out, "state hash  {:016x} after {} events", found.hash, found.events)?;
            writeln!(out, "DIFFERS     expected {:016x} after {}", expected.hash, expected.events)?;
            if let Some(event) = difference.event {
                writeln!(out, "            from event {event} on")?;
            }
            writeln!(out, "            the link or file was altered, or the program was")?;
            return Ok(Ended::Found);
        }
        Arrival::OtherEngine { made_with } => {
            writeln!(out, "engine      {made_with}; this one has {ENGINE_VERSION}")?;
            writeln!(
                out,
                "            The protocol's code has changed since: the same scenario may"
            )?;
            writeln!(
                out,
                "            elect, order and time otherwise. It is opened at its beginning."
            )?;
        }
        Arrival::Unverified => writeln!(out, "state hash  {:016x}", run.trace_hash())?,
    }
    Ok(Ended::Fine)
}
