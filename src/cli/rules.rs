//! `zabsim rules`: every rule that can be switched off, and what its mistake breaks.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::Args;

use super::{Ended, Outcome, Refused, unwritten};
use crate::check::PropertyName;
use crate::search::{RuleStory, Told};
use crate::zab::Rules;

#[derive(Args, Debug)]
pub(super) struct RulesArguments {
    /// Write the scenarios into this folder, each with its rule switched off, to be run or opened
    #[arg(long, value_name = "FOLDER")]
    write: Option<PathBuf>,
}

pub(super) fn rules(arguments: &RulesArguments) -> Outcome {
    if let Some(folder) = &arguments.write {
        write_all(folder)?;
    }
    let mut rows = Vec::new();
    for story in RuleStory::ALL {
        let told = story.tell().map_err(|error| refused(story, &error))?;
        rows.push((story, told));
    }
    let as_stated = rows.iter().filter(|(story, told)| story.is_as_stated(told)).count();
    let ended = if as_stated == rows.len() { Ended::Fine } else { Ended::Found };
    match print(&rows, as_stated, &mut BufWriter::new(io::stdout().lock())) {
        Ok(()) => Ok(ended),
        Err(error) => unwritten("the table", &error),
    }
}

fn write_all(folder: &std::path::Path) -> Result<(), Refused> {
    let unwritable = |error: io::Error| Refused(format!("{}: {error}", folder.display()));
    fs::create_dir_all(folder).map_err(unwritable)?;
    for story in RuleStory::ALL {
        let rules = Rules::DEFAULT.with(story.switch());
        let scenario = story.scenario(rules).map_err(|error| refused(story, &error))?;
        let path = folder.join(format!("{}.txt", story.switch()));
        fs::write(path, scenario.to_text()).map_err(unwritable)?;
    }
    Ok(())
}

fn refused(story: RuleStory, error: &crate::scenario::ScenarioError) -> Refused {
    Refused(format!("the story of {}: {error}", story.switch()))
}

fn print(rows: &[(RuleStory, Told)], as_stated: usize, out: &mut impl Write) -> io::Result<()> {
    let line = |out: &mut dyn Write, cells: [&str; 5]| {
        let [switch, versions, first, others, default] = cells;
        writeln!(out, "{switch:<26}{versions:<22}{first:<26}{default:<24}{others}")
    };
    let head = ["rule switched off", "versions", "first broken", "others broken", "default rules"];
    line(out, head)?;
    for (story, told) in rows {
        let broken: Vec<&str> = told.switched.broken.iter().map(|name| name.name()).collect();
        let (first, others) = broken
            .split_first()
            .map_or(("none", String::new()), |(first, rest)| (*first, rest.join(" ")));
        let switch = story.switch();
        line(out, [switch.name(), switch.versions(), first, &others, &verdict(told)])?;
        if !story.is_as_stated(told) {
            let stated = names(story.breaks());
            writeln!(out, "  not as stated: expected to break {stated}, and nothing by default")?;
        }
    }
    let count = rows.len();
    writeln!(out, "rules={count} as_stated={as_stated} not_as_stated={}", count - as_stated)?;
    out.flush()
}

/// The same steps under the default rules.
fn verdict(told: &Told) -> String {
    if !told.default.broken.is_empty() {
        return format!("breaks {}", names(&told.default.broken));
    }
    match told.default.not_reached {
        0 => "holds".to_owned(),
        1 => "holds, 1 not reached".to_owned(),
        count => format!("holds, {count} not reached"),
    }
}

fn names(properties: &[PropertyName]) -> String {
    let names: Vec<&str> = properties.iter().map(|name| name.name()).collect();
    names.join(" ")
}
