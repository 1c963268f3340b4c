//! Line editing: arrows, history, completion of commands and paths.

use std::cell::RefCell;

use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::DefaultHistory;
use rustyline::validate::Validator;
use rustyline::{Context, Helper};

use super::session::Session;

/// A terminal, or whatever lines come from.
pub(super) struct Editor(rustyline::Editor<Words, DefaultHistory>);

/// What the word under the cursor may become; found before each line is entered, since the
/// simulation stands still meanwhile.
#[derive(Default)]
struct Words {
    session: RefCell<Option<Completions>>,
}

/// Asks for completions of a line.
type Completions = Box<dyn Fn(&str) -> Vec<String>>;

impl Editor {
    pub(super) fn new() -> rustyline::Result<Editor> {
        let mut editor = rustyline::Editor::new()?;
        editor.set_helper(Some(Words::default()));
        Ok(Editor(editor))
    }

    /// The next line; `None` where there is no more.
    pub(super) fn line(
        &mut self,
        prompt: &str,
        session: &Session,
    ) -> Result<Option<String>, String> {
        if let Some(words) = self.0.helper_mut() {
            let snapshot = session.completer();
            words.session.replace(Some(Box::new(snapshot)));
        }
        match self.0.readline(prompt) {
            Ok(line) => {
                // A history that is full is no reason to stop.
                let _ = self.0.add_history_entry(&line);
                Ok(Some(line))
            }
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => Ok(None),
            Err(error) => Err(format!("the terminal: {error}")),
        }
    }
}

impl Completer for Words {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        position: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        let line = &line[..position];
        let start = line.rfind(char::is_whitespace).map_or(0, |blank| blank + 1);
        let session = self.session.borrow();
        Ok((start, session.as_ref().map_or_else(Vec::new, |session| session(line))))
    }
}

impl Helper for Words {}
impl Hinter for Words {
    type Hint = String;
}
impl Highlighter for Words {}
impl Validator for Words {}
