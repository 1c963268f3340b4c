//! What happens at a console, as everyone else reads it.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Something that stands on the console from now on.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Note {
    /// Something wrong, or what was done, in lines (zkCli's stderr).
    Complained(Arc<str>),
    /// A line was entered.
    Entered {
        /// Behind this prompt.
        prompt: Arc<str>,
        /// The line.
        line: Arc<str>,
    },
    /// Whoever sat there has left.
    Left,
    /// Something for people, in lines.
    Printed(Arc<str>),
}

/// On one line, however many stand on the console.
impl fmt::Display for Note {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::Entered { prompt, line } => write!(out, "{prompt}{line}"),
            Note::Left => out.write_str("(left)"),
            Note::Complained(text) | Note::Printed(text) => {
                out.write_str(&text.replace('\n', " | "))
            }
        }
    }
}
