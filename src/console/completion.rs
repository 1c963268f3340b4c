//! What the last word of a line could become. Source: `JLineZNodeCompleter`.

use std::sync::Arc;

use super::table;

/// How the last word may go on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Completion {
    /// With one of these in its place: names of commands.
    Commands(Vec<&'static str>),
    /// With the name of a child of `parent` that begins with `begin`.
    Children {
        /// The znode whose children to list.
        parent: Arc<str>,
        /// What stands behind its last slash.
        begin: Arc<str>,
    },
}

/// How a line may go on whose end is where the cursor is.
pub fn complete(line: &str) -> Completion {
    let word = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    match word.rfind('/') {
        Some(slash) if word.starts_with('/') => Completion::Children {
            parent: if slash == 0 { "/".into() } else { word[..slash].into() },
            begin: word[slash + 1..].into(),
        },
        _ => Completion::Commands(table::names().filter(|name| name.starts_with(word)).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Completion, complete};

    #[test]
    fn the_last_word_is_a_command_or_a_path() {
        assert_eq!(complete("getA"), Completion::Commands(vec!["getAcl", "getAllChildrenNumber"]));
        let children = |parent: &str, begin: &str| Completion::Children {
            parent: parent.into(),
            begin: begin.into(),
        };
        assert_eq!(complete("ls /"), children("/", ""));
        assert_eq!(complete("get -s /a/b"), children("/a", "b"));
    }
}
