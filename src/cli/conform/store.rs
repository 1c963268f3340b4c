//! `zabsim conform store`: files, and what is printed of each.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::{Ended, Outcome, Refused, unwritten};
use crate::conform::store::{FileReport, Recording, SkipName, replay};

/// So many differences are printed of a file, unless all are asked for.
const SHOWN: usize = 5;

#[derive(Args, Debug)]
pub(in crate::cli) struct StoreArguments {
    /// Recordings (`.jsonl`), or directories with recordings in them
    #[arg(required = true, value_name = "DIR_OR_FILES")]
    places: Vec<PathBuf>,
    /// How many servers the ensemble has
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=9))]
    servers: u8,
    /// Print every difference, not only a file's first five
    #[arg(long)]
    all: bool,
}

pub(in crate::cli) fn store(arguments: &StoreArguments) -> Outcome {
    let mut files = Vec::new();
    for place in &arguments.places {
        files.extend(recordings_at(place)?);
    }
    let mut totals = FileReport::default();
    let mut out = io::stdout().lock();
    for file in &files {
        let report = replay(&read(file)?, arguments.servers);
        if let Err(error) = tell(&mut out, file, &report, arguments.all) {
            return unwritten("standard output", &error);
        }
        totals.steps += report.steps;
        totals.mismatches.extend(report.mismatches);
        totals.skipped.extend(report.skipped);
    }
    match tell_totals(&mut out, files.len(), &totals) {
        Err(error) => unwritten("standard output", &error),
        Ok(()) if totals.is_fine() => Ok(Ended::Fine),
        Ok(()) => Ok(Ended::Found),
    }
}

/// The file itself, or the recordings of the directory by name.
fn recordings_at(place: &Path) -> Result<Vec<PathBuf>, Refused> {
    if !place.is_dir() {
        return Ok(vec![place.to_owned()]);
    }
    let refused = |error: io::Error| Refused(format!("{}: {error}", place.display()));
    let entries = std::fs::read_dir(place).map_err(refused)?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let mut paths: Vec<PathBuf> = paths.collect::<Result<_, _>>().map_err(refused)?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    paths.sort();
    if paths.is_empty() {
        return Err(Refused(format!("{}: no recordings (.jsonl) in it", place.display())));
    }
    Ok(paths)
}

fn read(file: &Path) -> Result<Recording, Refused> {
    let refused = |why: String| Refused(format!("{}: {why}", file.display()));
    let text = std::fs::read_to_string(file).map_err(|error| refused(error.to_string()))?;
    Recording::from_text(&text).map_err(|error| refused(error.to_string()))
}

fn tell(out: &mut impl Write, file: &Path, report: &FileReport, all: bool) -> io::Result<()> {
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let (steps, mismatches) = (report.steps, report.mismatches.len());
    writeln!(out, "{name} steps={steps} mismatches={mismatches}")?;
    let shown = if all { mismatches } else { SHOWN };
    for mismatch in report.mismatches.iter().take(shown) {
        write!(out, "{mismatch}")?;
    }
    if mismatches > shown {
        writeln!(out, "  … and {} more (--all)", mismatches - shown)?;
    }
    tell_skips(out, &report.skips())
}

fn tell_skips(out: &mut impl Write, skips: &BTreeMap<SkipName, u32>) -> io::Result<()> {
    for (name, count) in skips {
        writeln!(out, "  skipped {count}: {name} ({})", name.reason())?;
    }
    Ok(())
}

fn tell_totals(out: &mut impl Write, files: usize, totals: &FileReport) -> io::Result<()> {
    let (steps, mismatches) = (totals.steps, totals.mismatches.len());
    let skipped = totals.skipped.len();
    writeln!(out, "files={files} steps={steps} mismatches={mismatches} skipped={skipped}")
}
