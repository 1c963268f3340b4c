//! `zabsim conform protocol`: files in the format `zab-protocol-trace/1`.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::{Ended, Outcome, Refused, unwritten};
use crate::conform::protocol::{FileReport, Recording, Totals, replay};
use crate::zab::Rules;

#[derive(Args, Debug)]
pub(super) struct ProtocolArguments {
    /// Recordings, or folders with recordings in files named *.jsonl
    #[arg(required = true, value_name = "FILE_OR_FOLDER")]
    sources: Vec<PathBuf>,
    /// The rules that our servers follow: a set such as zookeeper-3.8.0, or one switch
    #[arg(long, value_name = "SET", value_parser = rules, default_value = "default")]
    rules: Rules,
}

fn rules(name: &str) -> Result<Rules, String> {
    Rules::from_name(name).ok_or_else(|| {
        let names = Rules::SETS.map(|(name, _)| name).join(", ");
        format!("expected one of the sets {names}, or the name of a switch")
    })
}

pub(super) fn protocol(arguments: &ProtocolArguments) -> Outcome {
    let mut files = Vec::new();
    for source in &arguments.sources {
        files.extend(recordings(source)?);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let mut totals = Totals::default();
    for file in &files {
        let recording = read(file)?;
        let report = replay(&recording, arguments.rules);
        totals.add(&report);
        if let Err(error) = tell(&mut out, file, &report) {
            return unwritten("the report", &error);
        }
    }
    if let Err(error) = writeln!(out, "{totals}").and_then(|()| out.flush()) {
        return unwritten("the report", &error);
    }
    Ok(if totals.differences == 0 { Ended::Fine } else { Ended::Found })
}

fn tell(out: &mut impl Write, file: &Path, report: &FileReport) -> io::Result<()> {
    let verdict = if report.agrees() { "agrees" } else { "differs" };
    let (messages, declared) = (report.messages, report.declared.len());
    let file = file.display();
    writeln!(out, "{file}: {verdict}, {messages} messages, {declared} declared")?;
    write!(out, "{report}")
}

/// The file itself, or the recordings of a folder by name.
fn recordings(source: &Path) -> Result<Vec<PathBuf>, Refused> {
    let unread = |error: io::Error| Refused(format!("{}: {error}", source.display()));
    if !source.is_dir() {
        return Ok(vec![source.to_owned()]);
    }
    let entries: Result<Vec<_>, io::Error> = fs::read_dir(source).map_err(unread)?.collect();
    let paths = entries.map_err(unread)?.into_iter().map(|entry| entry.path());
    let is_recording = |path: &PathBuf| path.extension().is_some_and(|end| end == "jsonl");
    let mut files: Vec<PathBuf> = paths.filter(is_recording).collect();
    files.sort();
    if files.is_empty() {
        return Err(Refused(format!("{}: expected files named *.jsonl in it", source.display())));
    }
    Ok(files)
}

fn read(file: &Path) -> Result<Recording, Refused> {
    let name = file.display().to_string();
    let bytes = fs::read(file).map_err(|error| Refused(format!("{name}: {error}")))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        Refused(format!("{name}:{line}: not text in UTF-8"))
    })?;
    Recording::parse(&text).map_err(|error| Refused(error.in_file(name).to_string()))
}
