//! `zabsim run`: one scenario, as text.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{Ended, Outcome, Refused, source, unwritten};
use crate::run::{Detail, Run, SpecTrace, Transcript};
use crate::scenario::{INSTANT_MAX, Preset, Scenario, span_from_text};
use crate::types::{Instant, Span};
use crate::view::spacetime::{SvgFrame, Tokens, Window, export};
use crate::viewer::share::{write_shiviz, write_trace};

#[derive(Args, Debug)]
pub(super) struct RunArguments {
    /// A preset's name, or the path of a scenario file
    #[arg(required_unless_present = "list")]
    scenario: Option<String>,
    /// List the presets, one a line, the name first
    #[arg(long)]
    list: bool,
    /// Write the run and every event of its trace to this file, as JSON Lines
    #[arg(long, value_name = "FILE")]
    trace: Option<PathBuf>,
    /// Write every event with its vector clock to this file, as a log for ShiViz
    #[arg(long, value_name = "FILE")]
    shiviz: Option<PathBuf>,
    /// Write every event of the protocol to this file, as JSON Lines: the action of the published
    /// system specification that it shows, and how its server stands behind it
    #[arg(long, value_name = "FILE")]
    spec_trace: Option<PathBuf>,
    /// Draw the run as a space-time diagram into this file
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    #[command(flatten)]
    picture: PictureArguments,
    /// How far to run, such as 2s or 1500ms; otherwise as the scenario says
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    until: Option<Instant>,
    /// Another seed than the scenario's
    #[arg(long)]
    seed: Option<u64>,
    /// How much to tell
    #[arg(long, value_enum, default_value = "story")]
    detail: DetailName,
    /// Tell PINGs as well (with messages or everything)
    #[arg(long)]
    pings: bool,
    /// Go on where a property is violated
    #[arg(long = "continue")]
    goes_on: bool,
}

/// What the space-time diagram shows.
#[derive(Args, Debug)]
struct PictureArguments {
    /// The left edge of the picture; otherwise it shows the whole run
    #[arg(long, value_name = "INSTANT", value_parser = instant, requires = "svg")]
    svg_from: Option<Instant>,
    /// How much time fits into the picture's width where nothing is folded
    #[arg(long, value_name = "SPAN", value_parser = instant, requires = "svg_from")]
    svg_span: Option<Instant>,
    /// How wide the picture is, in pixels
    #[arg(long, value_name = "PIXELS", default_value_t = 1_280)]
    #[arg(value_parser = clap::value_parser!(u32).range(200..=20_000))]
    svg_width: u32,
    /// Draw quiet times as long as they are
    #[arg(long)]
    svg_unfolded: bool,
    /// The colours: light, dark or projector
    #[arg(long, value_name = "THEME", default_value = "light", value_parser = tokens)]
    svg_theme: Tokens,
}

impl PictureArguments {
    fn frame(&self) -> SvgFrame {
        let window = self.svg_from.map(|from| {
            let span = self.svg_span.map_or(Span::millis(100), |end| end.since(Instant::ZERO));
            Window { from, span: span.max(Span::micros(1)) }
        });
        SvgFrame { window, folds: !self.svg_unfolded, width: self.svg_width, height: None }
    }
}

fn tokens(theme: &str) -> Result<Tokens, String> {
    Tokens::of(theme).ok_or_else(|| "expected light, dark or projector".to_owned())
}

#[derive(ValueEnum, Clone, Copy, Debug)]
enum DetailName {
    /// What people ask and are told, who leads, each transaction's way
    Story,
    /// And every message that arrives
    Messages,
    /// And everything else
    Everything,
}

impl From<DetailName> for Detail {
    fn from(name: DetailName) -> Detail {
        match name {
            DetailName::Story => Detail::Story,
            DetailName::Messages => Detail::Messages,
            DetailName::Everything => Detail::Everything,
        }
    }
}

pub(super) fn instant(text: &str) -> Result<Instant, String> {
    let instant = span_from_text(text).map(|span| Instant::ZERO + span);
    let instant = instant.filter(|&instant| instant <= INSTANT_MAX);
    instant.ok_or_else(|| "expected an instant such as 1500ms or 2s, ten days at most".to_owned())
}

pub(super) fn run(arguments: &RunArguments) -> Outcome {
    let mut out = BufWriter::new(io::stdout().lock());
    let Some(name) = arguments.scenario.as_ref().filter(|_| !arguments.list) else {
        return match list(&mut out) {
            Ok(()) => Ok(Ended::Fine),
            Err(error) => unwritten("the list", &error),
        };
    };
    let mut scenario = source::scenario(name)?;
    scenario.seed = arguments.seed.unwrap_or(scenario.seed);
    let files = Files::create(arguments)?;
    match told(arguments, &scenario, &mut out, files)? {
        Ok(ended) => Ok(ended),
        Err(error) => unwritten("the transcript", &error),
    }
}

/// What is written beside the transcript.
struct Files {
    trace: Option<BufWriter<File>>,
    shiviz: Option<BufWriter<File>>,
    spec_trace: Option<BufWriter<File>>,
}

impl Files {
    fn create(arguments: &RunArguments) -> Result<Files, Refused> {
        let create = |path: &Option<PathBuf>| path.as_deref().map(create).transpose();
        Ok(Files {
            trace: create(&arguments.trace)?,
            shiviz: create(&arguments.shiviz)?,
            spec_trace: create(&arguments.spec_trace)?,
        })
    }

    /// The whole trace, in the forms that were asked for.
    fn write(&mut self, run: &Run) -> Result<(), Refused> {
        if let Some(file) = &mut self.trace {
            let written = write_trace(&run.scenario(), run.trace(), run.trace_hash(), file);
            written.map_err(|error| Refused(format!("the trace: {error}")))?;
        }
        if let Some(file) = &mut self.shiviz {
            let written = write_shiviz(run.trace(), file);
            written.map_err(|error| Refused(format!("the log for ShiViz: {error}")))?;
        }
        Ok(())
    }
}

fn create(path: &Path) -> Result<BufWriter<File>, Refused> {
    let file = File::create(path).map(BufWriter::new);
    file.map_err(|error| Refused(format!("{}: {error}", path.display())))
}

fn list(out: &mut impl Write) -> io::Result<()> {
    for preset in Preset::ALL {
        writeln!(out, "{:<24} {}", preset.name(), preset.title())?;
    }
    out.flush()
}

/// Runs and tells.
fn told(
    arguments: &RunArguments,
    scenario: &Scenario,
    out: &mut impl Write,
    mut files: Files,
) -> Result<io::Result<Ended>, Refused> {
    let mut run = Run::new(scenario).map_err(|error| Refused(error.to_string()))?;
    run.stop_at_violation(!arguments.goes_on);
    let until = arguments.until.unwrap_or(scenario.until);
    if let Some(mut file) = files.spec_trace.take() {
        let written = specify(&mut run, until, &mut file).and_then(|()| file.flush());
        written.map_err(|error| Refused(format!("the specification's trace: {error}")))?;
    }
    run.run_until(until);
    // The whole trace first: it is there even where nobody reads the transcript to its end.
    files.write(&run)?;
    if let Some(path) = &arguments.svg {
        let picture = export(&run, arguments.picture.frame(), &arguments.picture.svg_theme);
        let written = std::fs::write(path, picture);
        written.map_err(|error| Refused(format!("{}: {error}", path.display())))?;
    }
    let transcript = Transcript { detail: arguments.detail.into(), pings: arguments.pings };
    Ok(tell(&run, transcript, out))
}

/// Runs as far as there is something to happen, and writes each step down.
fn specify(run: &mut Run, until: Instant, file: &mut impl Write) -> io::Result<()> {
    let mut spec_trace = SpecTrace::default();
    while run.next_instant().is_some_and(|next| next <= until) && run.step() {
        for line in spec_trace.lines(run) {
            serde_json::to_writer(&mut *file, &line)?;
            file.write_all(b"\n")?;
        }
    }
    Ok(())
}

fn tell(run: &Run, transcript: Transcript, out: &mut impl Write) -> io::Result<Ended> {
    let title = run.scenario().title;
    if !title.is_empty() {
        writeln!(out, "{title}\n")?;
    }
    for line in run.trace().iter().filter_map(|event| transcript.line(event)) {
        writeln!(out, "{line}")?;
    }
    write!(out, "{}", Transcript::end(run))?;
    out.flush()?;
    Ok(if run.violation().is_some() { Ended::Found } else { Ended::Fine })
}
