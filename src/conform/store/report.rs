//! What a replay has to say.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

/// What became of one recording.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct FileReport {
    /// How many steps it has.
    pub steps: u32,
    /// Where ours differed.
    pub mismatches: Vec<Mismatch>,
    /// What was not compared.
    pub skipped: Vec<Skip>,
}

/// A step that came out otherwise.
#[derive(Clone, PartialEq, Debug)]
pub struct Mismatch {
    /// The step's number.
    pub step: u64,
    /// What was done: session, operation, arguments.
    pub what: String,
    /// What was recorded, as far as it differs.
    pub expected: Map<String, Value>,
    /// What ours did.
    pub got: Map<String, Value>,
}

/// A step that was not compared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Skip {
    /// The step's number.
    pub step: u64,
    /// Why.
    pub name: SkipName,
}

/// Why a step is not compared.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum SkipName {
    /// Bytes on the wire: there is no codec.
    WireFrames,
    /// With several servers: the answer depends on what clients of another server watch.
    WatchersElsewhere,
    /// No replayer was told of such a thing.
    Undeclared(String),
}

impl SkipName {
    /// Whether it may be skipped.
    pub fn is_declared(&self) -> bool {
        !matches!(self, SkipName::Undeclared(_))
    }

    /// Why.
    pub fn reason(&self) -> &'static str {
        match self {
            SkipName::WireFrames => "the recording sends bytes, and there is no codec",
            SkipName::WatchersElsewhere => {
                "a checkWatches looks at all connections of its server, and the one that watches \
                 is connected to another"
            }
            SkipName::Undeclared(_) => "the replayer does not know it",
        }
    }
}

impl fmt::Display for SkipName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SkipName::WireFrames => out.write_str("wire-frames"),
            SkipName::WatchersElsewhere => out.write_str("watchers-elsewhere"),
            SkipName::Undeclared(what) => write!(out, "undeclared: {what}"),
        }
    }
}

impl FileReport {
    /// Whether everything was as recorded, or skipped for a declared reason.
    pub fn is_fine(&self) -> bool {
        self.mismatches.is_empty() && self.skipped.iter().all(|skip| skip.name.is_declared())
    }

    /// How many steps were skipped, by reason.
    pub fn skips(&self) -> BTreeMap<SkipName, u32> {
        let mut skips = BTreeMap::new();
        for skip in &self.skipped {
            *skips.entry(skip.name.clone()).or_default() += 1;
        }
        skips
    }
}

/// Step, what was done, and a line a key of what was expected and got.
impl fmt::Display for Mismatch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "  step {}: {}", self.step, self.what)?;
        let mut keys: Vec<&String> = self.expected.keys().chain(self.got.keys()).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let text = |side: &Map<String, Value>| {
                side.get(key).map_or("nothing".to_owned(), Value::to_string)
            };
            writeln!(out, "    - {key}: {}", text(&self.expected))?;
            writeln!(out, "    + {key}: {}", text(&self.got))?;
        }
        Ok(())
    }
}
