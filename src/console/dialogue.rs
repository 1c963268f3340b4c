//! How a command asks and prints.

use std::sync::Arc;

use super::Effect;
use super::wording::error_text;
use crate::api::{Op, OpError, OpResult};
use crate::store::validate_path;

/// What a server answered, or the error by which the client learned that it did not.
pub type Answer = Result<OpResult, OpError>;

/// Why a command does not go on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Stop {
    /// It needs the answers to these.
    Waits(Arc<[Op]>),
    /// It has failed; this is what people are told.
    Failed(Arc<str>),
}

impl Stop {
    pub(super) fn failed(why: impl Into<Arc<str>>) -> Stop {
        Stop::Failed(why.into())
    }
}

/// The answers so far, and the lines so far.
pub(super) struct Dialogue<'a> {
    answers: &'a [Answer],
    next: usize,
    lines: Vec<Effect>,
}

impl<'a> Dialogue<'a> {
    pub(super) fn new(answers: &'a [Answer]) -> Dialogue<'a> {
        Dialogue { answers, next: 0, lines: Vec::new() }
    }

    pub(super) fn into_lines(self) -> Vec<Effect> {
        self.lines
    }

    pub(super) fn print(&mut self, line: impl Into<Arc<str>>) {
        self.lines.push(Effect::Print(line.into()));
    }

    pub(super) fn complain(&mut self, line: impl Into<Arc<str>>) {
        self.lines.push(Effect::Complain(line.into()));
    }

    /// Something is to be done with the connection.
    pub(super) fn want(&mut self, effect: Effect) {
        self.lines.push(effect);
    }

    /// Several lines of text.
    pub(super) fn print_all(&mut self, text: &str) {
        text.lines().for_each(|line| self.print(line));
    }

    /// Asks all of these, one behind the other.
    pub(super) fn ask_all(&mut self, ops: Vec<Op>) -> Result<&'a [Answer], Stop> {
        let end = self.next + ops.len();
        let Some(answers) = self.answers.get(self.next..end) else {
            return Err(Stop::Waits(ops.into()));
        };
        self.next = end;
        Ok(answers)
    }

    /// Asks, and looks at the answer whatever it is.
    pub(super) fn try_ask(&mut self, op: Op) -> Result<&'a Answer, Stop> {
        Ok(&self.ask_all(vec![op])?[0])
    }

    /// Asks about a path; an error ends the command, in zkCli's words.
    pub(super) fn ask(&mut self, op: Op) -> Result<&'a OpResult, Stop> {
        let path = op.path().cloned();
        if let Some(path) = &path {
            check_path(path)?;
        }
        let answer = self.try_ask(op)?;
        answer.as_ref().map_err(|error| Stop::failed(error_text(*error, path.as_deref())))
    }
}

/// As a client's library does before it sends anything.
pub(super) fn check_path(path: &str) -> Result<(), Stop> {
    validate_path(path).map_err(|error| Stop::failed(error.message(path)))
}
