//! A whole trace as JSON Lines: the run itself, then one line an event.
//!
//! ```json
//! {"id":0,"at":0,"cause":null,"server":null,"kind":"Run","data":{"scenario":…}}
//! {"id":1,"at":0,"cause":null,"server":2,"kind":"Server","data":…}
//! ```
//!
//! Every line has the same keys. The first one holds all that makes the run, so that a trace can be
//! opened, run again and compared with what it says: what is shown is always our own run.

use std::io::{self, Write};
use std::ops::ControlFlow;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::error::{Problem, ShareError};
use super::event_line::{Data, Line};
use super::link::Cursor;
use super::{EVENTS_MAX, FILE_BYTES_MAX, SCENARIO_BYTES_MAX, TRACE_FORMAT, Waypoint, made_here};
use crate::run::Trace;
use crate::scenario::{Scenario, ScenarioError};
use crate::sim::EventId;
use crate::types::Instant;

/// A trace that was read.
#[derive(Clone, Debug)]
pub struct TraceFile<'a> {
    /// How the run is made.
    pub scenario: Scenario,
    /// The last event that came along, and the hash behind it.
    pub end: Waypoint,
    /// The first one.
    first: u64,
    /// The instant of the last one.
    last: Instant,
    /// The lines of the events.
    lines: Vec<&'a str>,
}

/// The data of the first line. The scenario is read by itself: it has a format of its own.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head<S> {
    format: u32,
    /// The number of the first event, where older ones are no longer kept.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    first: u64,
    /// The number of the last one.
    events: u64,
    hash: String,
    scenario: S,
}

/// Read before the rest, so that a file of another version is not blamed for its fields.
#[derive(Deserialize)]
struct Versions {
    kind: String,
    data: Version,
}

#[derive(Deserialize)]
struct Version {
    format: u32,
}

fn one() -> u64 {
    1
}

fn is_one(number: &u64) -> bool {
    *number == 1
}

/// The kind of the first line.
const RUN: &str = "Run";

/// Writes a trace: all of it, as far as it was recorded. `hash` is that of its end.
///
/// # Errors
/// Where the writer fails.
pub fn write_trace(
    scenario: &Scenario,
    trace: &Trace,
    hash: u64,
    out: &mut impl Write,
) -> io::Result<()> {
    let (hash, scenario) = (format!("{hash:016x}"), made_here(scenario));
    let first = trace.first().number();
    let data = Head { format: TRACE_FORMAT, first, events: trace.len(), hash, scenario };
    let first = Line { id: 0, at: Instant::ZERO, cause: None, server: None, kind: RUN, data };
    serde_json::to_writer(&mut *out, &first)?;
    out.write_all(b"\n")?;
    for event in trace.iter() {
        let line: Line<&str, Data<'_>> = event.into();
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// Whether a file begins as a trace does: no other of our files begins with a number.
pub(super) fn is_trace(text: &str) -> bool {
    let mut rest = text;
    for part in ["{", "\"id\"", ":"] {
        let Some(behind) = rest.trim_start().strip_prefix(part) else { return false };
        rest = behind;
    }
    rest.trim_start().starts_with(|digit: char| digit.is_ascii_digit())
}

impl<'a> TraceFile<'a> {
    /// Reads a trace's lines.
    ///
    /// # Errors
    /// What is wrong, and in which line.
    pub fn parse(text: &'a str) -> Result<TraceFile<'a>, ShareError> {
        if text.len() as u64 > FILE_BYTES_MAX {
            return Err(ShareError::trace(Problem::TooLarge { limit: FILE_BYTES_MAX }));
        }
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        let mut file = head(first)?;
        let TraceFile { first, end, .. } = file;
        for (line, number) in rest.lines().zip(first..) {
            let place = number - first + 2;
            if number > end.events {
                let problem = format!("a line behind event {}, the last one", end.events);
                return Err(ShareError::line(place, 1, problem));
            }
            file.last = event(line, place, number, file.last)?;
            file.lines.push(line);
        }
        let lines = file.lines.len() as u64;
        if first + lines <= end.events {
            return Err(ShareError::trace(Problem::Truncated { at: lines + 1 }));
        }
        Ok(file)
    }

    /// Where the trace ends.
    pub fn cursor(&self) -> Cursor {
        Cursor { events: self.end.events, at: self.last }
    }

    /// The first event that is not the run's own, by number.
    pub(super) fn first_difference(&self, trace: &Trace) -> Option<u64> {
        let mut own = Vec::new();
        let skipped = self.first.saturating_sub(1) as usize;
        let compared = trace.iter().skip(skipped).zip(&self.lines).try_for_each(|(event, line)| {
            own.clear();
            let written: Line<&str, Data<'_>> = event.into();
            serde_json::to_writer(&mut own, &written).expect("memory takes everything");
            if own == line.as_bytes() {
                return ControlFlow::Continue(());
            }
            ControlFlow::Break(event.id.number())
        });
        compared.break_value()
    }
}

/// Reads the first line; the events are still to come.
fn head<'a>(line: &str) -> Result<TraceFile<'a>, ShareError> {
    if !is_trace(line) {
        return Err(ShareError::trace(Problem::Foreign));
    }
    if line.len() > SCENARIO_BYTES_MAX {
        let limit = SCENARIO_BYTES_MAX as u64;
        return Err(ShareError::trace(Problem::TooLarge { limit }));
    }
    let wrong = |error: ScenarioError| ShareError::trace(Problem::Content(error));
    let unread = |error: serde_json::Error| match error.is_eof() {
        true => ShareError::trace(Problem::Truncated { at: 1 }),
        false => wrong(error.into()),
    };
    let versions: Versions = serde_json::from_str(line).map_err(unread)?;
    if versions.kind != RUN {
        return Err(ShareError::line(1, 1, "no run; expected a first line of the kind Run"));
    }
    if versions.data.format > TRACE_FORMAT {
        return Err(ShareError::trace(Problem::Future { version: versions.data.format }));
    }
    let line: Line<IgnoredAny, Head<serde_json::Value>> =
        serde_json::from_str(line).map_err(unread)?;
    let Head { first, events, hash, scenario, .. } = line.data;
    // Through text again: the scenario has a version of its own, and tells its places.
    let scenario = Scenario::from_json(&scenario.to_string())
        .map_err(|error| wrong(ScenarioError { place: None, ..error }))?;
    if events > EVENTS_MAX {
        let problem = format!("{events} events; expected at most {EVENTS_MAX}");
        return Err(ShareError::line(1, 1, problem));
    }
    if first == 0 || first > events + 1 {
        let problem = format!("first event {first}; expected 1 to the last one");
        return Err(ShareError::line(1, 1, problem));
    }
    let number = u64::from_str_radix(&hash, 16).ok().filter(|_| hash.len() == 16);
    let problem = "a hash; expected 16 hexadecimal digits";
    let hash = number.ok_or_else(|| ShareError::line(1, 1, problem))?;
    let end = Waypoint { events, hash };
    Ok(TraceFile { scenario, end, first, last: Instant::ZERO, lines: Vec::new() })
}

/// Reads the line of that event and answers its instant, which is not before that of the last one.
fn event(line: &str, place: u64, number: u64, last: Instant) -> Result<Instant, ShareError> {
    let read: Result<Line<String, IgnoredAny>, _> = serde_json::from_str(line);
    let event = read.map_err(|error| {
        let wrong = ScenarioError::from(error);
        let column = wrong.place.map_or(1, |place| place.column);
        ShareError::line(place, column, wrong.problem)
    })?;
    if event.id != number {
        let problem = format!("event {}; expected event {number}", event.id);
        return Err(ShareError::line(place, 1, problem));
    }
    if event.at < last {
        let problem = format!("instant {} s; expected at least {last} s", event.at);
        return Err(ShareError::line(place, 1, problem));
    }
    if event.cause.is_some_and(|cause: EventId| cause.number() >= number) {
        return Err(ShareError::line(
            place,
            1,
            "a cause that comes later; expected an earlier event",
        ));
    }
    Ok(event.at)
}
