//! What a replay found.

use std::collections::BTreeMap;
use std::fmt;

use super::record::Record;
use crate::types::Instant;

/// The names under which a replay may differ from a recording. Source: fact sheet §9.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Freedom {
    /// A version's: a learner acknowledges each transaction of its synchronisation.
    SyncTxnAcks,
    /// A version's: a COMMIT before UPTODATE makes a learner start over.
    QuitOnEarlyCommit,
    /// A version's: what the next try of such a learner says of its history.
    RejoinP,
    /// Free in any comparison: number and place of PINGs.
    PingTiming,
    /// Free in any comparison: calls, hang-ups, and votes but the last of each sender.
    ElectionTraffic,
    /// Free in any comparison: the moments of a server's own log.
    StateLog,
    /// Not compared here: what clients are told besides the outcome of their requests.
    ClientTraffic,
    /// Not compared: it comes behind a difference.
    BehindDifference,
}

impl Freedom {
    /// The name.
    pub const fn name(self) -> &'static str {
        match self {
            Freedom::SyncTxnAcks => "syncTxnAcks",
            Freedom::QuitOnEarlyCommit => "quitOnEarlyCommit",
            Freedom::RejoinP => "rejoinP",
            Freedom::PingTiming => "pingTiming",
            Freedom::ElectionTraffic => "electionTraffic",
            Freedom::StateLog => "stateLog",
            Freedom::ClientTraffic => "clientTraffic",
            Freedom::BehindDifference => "behindDifference",
        }
    }
}

/// A place where ours does not do what the recording has, and no name excuses it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The line in the file.
    pub line: u32,
    /// When.
    pub at: Instant,
    /// Who to whom, or whose.
    pub place: String,
    /// What the recording has.
    pub recorded: String,
    /// What ours does.
    pub ours: String,
    /// The last messages of the same connection before it.
    pub before: Vec<String>,
}

/// A message that differs under a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Declared {
    /// The line in the file.
    pub line: u32,
    /// The name.
    pub freedom: Freedom,
    /// The message.
    pub what: String,
}

/// What the replay of one recording found.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct FileReport {
    /// How the ensemble stood when the recording began, as it was inferred; a line each.
    pub outset: String,
    /// How many messages were compared and agree.
    pub messages: u64,
    /// Where the replay ended, if it did not come to the end.
    pub differences: Vec<Difference>,
    /// What differs under a name.
    pub declared: Vec<Declared>,
    /// How many records were not compared, and why.
    pub skipped: BTreeMap<Freedom, u64>,
}

impl FileReport {
    /// Whether nothing differs that has no name.
    pub fn agrees(&self) -> bool {
        self.differences.is_empty()
    }

    /// How many records were not compared.
    pub fn skipped(&self) -> u64 {
        self.skipped.values().sum()
    }

    pub(super) fn skip(&mut self, freedom: Freedom) {
        *self.skipped.entry(freedom).or_default() += 1;
    }

    pub(super) fn declare(&mut self, record: &Record, freedom: Freedom, what: String) {
        self.declared.push(Declared { line: record.line, freedom, what });
    }
}

/// All files together, as the last line says it.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Totals {
    /// How many files.
    pub files: u64,
    /// How many messages were compared and agree.
    pub messages: u64,
    /// How many differ without a name.
    pub differences: u64,
    /// How many differ under a name.
    pub declared: u64,
    /// How many records were not compared.
    pub skipped: u64,
}

impl Totals {
    /// Counts one more file.
    pub fn add(&mut self, report: &FileReport) {
        self.files += 1;
        self.messages += report.messages;
        self.differences += report.differences.len() as u64;
        self.declared += report.declared.len() as u64;
        self.skipped += report.skipped();
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Totals { files, messages, differences, declared, skipped } = self;
        write!(out, "files={files} messages={messages} differences={differences} ")?;
        write!(out, "declared={declared} skipped={skipped}")
    }
}

/// A small diff: what was agreed on, what the recording has, what ours does.
impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = self.at.0 / 1_000;
        writeln!(out, "  line {}, {millis} ms, {}", self.line, self.place)?;
        for line in &self.before {
            writeln!(out, "      {line}")?;
        }
        writeln!(out, "    - {}", self.recorded)?;
        writeln!(out, "    + {}", self.ours)
    }
}

/// What was inferred, then what differs: under names summed up by runs of lines, and without.
impl fmt::Display for FileReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in self.outset.lines() {
            writeln!(out, "  at first: {line}")?;
        }
        for Declared { line, freedom, what } in &self.declared {
            writeln!(out, "  line {line}: {what}: {}", freedom.name())?;
        }
        for (freedom, count) in &self.skipped {
            writeln!(out, "  not compared: {count} {}", freedom.name())?;
        }
        self.differences.iter().try_for_each(|difference| write!(out, "{difference}"))
    }
}
