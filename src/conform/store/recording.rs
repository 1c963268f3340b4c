//! The format of the recordings: a header line, then a step a line, as JSON.

use std::fmt;

use serde::Deserialize;
use serde_json::{Map, Value};

/// What `format` has to say.
const FORMAT: &str = "zab-store-vectors/1";

/// One sequence of steps on a fresh server.
#[derive(Clone, PartialEq, Debug)]
pub struct Recording {
    /// What it is called.
    pub name: String,
    /// The settings of the server that are not the default: `enforceQuota=true`.
    pub settings: Vec<String>,
    /// The sessions, in the order in which they are first used.
    pub sessions: Vec<String>,
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// One step and what came of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Step {
    /// Its number.
    pub number: u64,
    /// The session that acts, if one does.
    pub session: Option<String>,
    /// What is done.
    pub op: String,
    /// How.
    pub args: Map<String, Value>,
    /// Whether it is not to be done: one zxid passes instead.
    pub is_quirk: bool,
    /// Whether events of different paths come in any order.
    pub events_unordered: bool,
    /// What came of it: `err`, `error`, `zxid`, `result`, `outcome`, `then`, `events`, `replies`.
    pub outcome: Map<String, Value>,
}

/// Why a recording cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordingError {
    /// The line, from 1.
    pub line: u32,
    /// What is wrong there.
    pub why: String,
}

impl fmt::Display for RecordingError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}: {}", self.line, self.why)
    }
}

impl std::error::Error for RecordingError {}

#[derive(Deserialize)]
struct Header {
    format: String,
    name: String,
    #[serde(default)]
    settings: Vec<String>,
    sessions: Vec<String>,
    steps: usize,
}

/// The parts of an outcome; every other key of a step says how it is done, or is a remark.
const OUTCOME: [&str; 8] =
    ["err", "error", "zxid", "result", "outcome", "then", "events", "replies"];

impl Recording {
    /// Reads a sequence.
    ///
    /// # Errors
    /// The first line that is not as the format has it.
    pub fn from_text(text: &str) -> Result<Recording, RecordingError> {
        let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        let (first, header) = lines.next().ok_or_else(|| error(1, "there is no header"))?;
        let header: Header = from_json(first, header)?;
        if header.format != FORMAT {
            return Err(error(first, format!("format `{}`: expected `{FORMAT}`", header.format)));
        }
        let steps = lines.map(|(line, text)| Step::from_line(line, text));
        let steps: Vec<Step> = steps.collect::<Result<_, _>>()?;
        if steps.len() != header.steps {
            let why = format!("{} steps follow: expected {}", steps.len(), header.steps);
            return Err(error(first, why));
        }
        let Header { name, settings, sessions, .. } = header;
        Ok(Recording { name, settings, sessions, steps })
    }
}

impl Step {
    fn from_line(line: u32, text: &str) -> Result<Step, RecordingError> {
        let mut all: Map<String, Value> = from_json(line, text)?;
        let outcome = OUTCOME.iter().filter_map(|key| all.remove_entry(*key)).collect();
        let number = all.get("i").and_then(Value::as_u64);
        let op = all.get("op").and_then(Value::as_str).map(str::to_owned);
        let (Some(number), Some(op)) = (number, op) else {
            return Err(error(line, "a step has `i` and `op`"));
        };
        let session = all.get("s").and_then(Value::as_str).map(str::to_owned);
        let events_unordered = all.get("events_unordered") == Some(&Value::Bool(true));
        let is_quirk = match all.get("quirk").and_then(Value::as_str) {
            None => false,
            Some("zxid_only") => true,
            Some(other) => return Err(error(line, format!("a quirk named `{other}`"))),
        };
        let args = match all.remove("args") {
            Some(Value::Object(args)) => args,
            _ => Map::new(),
        };
        Ok(Step { number, session, op, args, is_quirk, events_unordered, outcome })
    }
}

fn from_json<'a, T: Deserialize<'a>>(line: u32, text: &'a str) -> Result<T, RecordingError> {
    serde_json::from_str(text).map_err(|why| error(line, why.to_string()))
}

fn error(line: u32, why: impl Into<String>) -> RecordingError {
    RecordingError { line, why: why.into() }
}
