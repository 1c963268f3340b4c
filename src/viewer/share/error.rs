//! Why a link or a file cannot be opened, for people: what is wrong, where, what was expected, and
//! what to do.

use std::fmt;

use super::{LINK_FORMAT, TRACE_FORMAT};
use crate::scenario::{Place, ScenarioError};

/// Why a link or a file cannot be opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShareError {
    /// What was to be opened.
    pub subject: Subject,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What can be opened.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Subject {
    /// A link.
    Link,
    /// A scenario's JSON or text.
    Scenario,
    /// A trace's lines.
    Trace,
}

/// What is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Problem {
    /// It was never one.
    Foreign,
    /// It ends too early; where that is, counted from 1, in characters of a link or in lines.
    Truncated {
        /// The last character or line there is.
        at: u64,
    },
    /// It is not as it was written.
    Damaged {
        /// The character, counted from 1, where it is one.
        at: Option<u64>,
    },
    /// It was written by a newer program.
    Future {
        /// Its version.
        version: u32,
    },
    /// More than is read.
    TooLarge {
        /// The most that is read, in characters of a link or in bytes.
        limit: u64,
    },
    /// It can be read, and asks for what cannot be run.
    Content(ScenarioError),
}

impl ShareError {
    /// Something is wrong with a link.
    pub(super) fn link(problem: Problem) -> ShareError {
        ShareError { subject: Subject::Link, problem }
    }

    /// Something is wrong with a trace.
    pub(super) fn trace(problem: Problem) -> ShareError {
        ShareError { subject: Subject::Trace, problem }
    }

    /// Something is wrong in a line of a trace.
    pub(super) fn line(line: u64, column: u32, problem: impl Into<String>) -> ShareError {
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        ShareError::trace(Problem::Content(ScenarioError::at(Place { line, column }, problem)))
    }

    /// The newest version of its kind that can be read.
    pub fn known(&self) -> u32 {
        match self.subject {
            Subject::Link => LINK_FORMAT,
            Subject::Scenario => crate::scenario::FORMAT_VERSION,
            Subject::Trace => TRACE_FORMAT,
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Subject::Link => "the link",
            Subject::Scenario => "the scenario",
            Subject::Trace => "the trace",
        })
    }
}

/// What the command line prints; the page has sentences of its own.
impl fmt::Display for ShareError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ShareError { subject, problem } = self;
        let unit = match subject {
            Subject::Link => "characters",
            _ => "lines",
        };
        match problem {
            Problem::Foreign => match subject {
                Subject::Link => out.write_str(
                    "not a link of ZabScope; expected an address whose part behind the # begins \
                     with v1.",
                ),
                _ => out.write_str(
                    "no file of ZabScope; expected a scenario (JSON or text) or a trace (JSON \
                     Lines)",
                ),
            },
            Problem::Truncated { at } => write!(
                out,
                "{subject} ends too early, after {at} {unit}: something was cut off on its way; \
                 copy all of it again",
            ),
            Problem::Damaged { at: Some(at) } => write!(
                out,
                "{subject} is damaged at character {at}; expected letters, digits, - and _ only; \
                 copy it again",
            ),
            Problem::Damaged { at: None } => {
                write!(out, "{subject} is damaged: it is not as it was written; copy it again")
            }
            Problem::Future { version } => write!(
                out,
                "{subject} has format version {version}, from the future; expected at most {}; \
                 open it with a newer ZabScope",
                self.known(),
            ),
            Problem::TooLarge { limit } => match subject {
                Subject::Link => write!(
                    out,
                    "the link holds more than is read, {limit} characters; expected a link that \
                     ZabScope made; ask for the scenario's file",
                ),
                _ => write!(out, "{subject} is larger than what is read, {limit} bytes"),
            },
            Problem::Content(error) => write!(out, "{subject} cannot be run: {error}"),
        }
    }
}

impl std::error::Error for ShareError {}
