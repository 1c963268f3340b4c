//! A client's console: what stands on it, and how the line that is typed could go on.

use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use crate::console::{Completion, complete, usage};
use crate::store::DataTree;
use crate::text::Phrase;
use crate::types::{ClientId, ServerId};

/// The console of the chosen client.
#[derive(Clone, PartialEq, Debug)]
pub struct ConsoleView {
    /// Whose; `None` where there is no client.
    pub client: Option<ClientId>,
    /// The server that it is connected to, or tries.
    pub server: Option<ServerId>,
    /// Whether its session is over, so that it can begin a new one and nothing else.
    pub is_over: bool,
    /// How it stands with its session.
    pub status: Phrase,
    /// What stands on it, oldest first.
    pub lines: Vec<ConsoleLine>,
    /// What stands before the line that is typed: `[zk: S2(CONNECTED) 3] `.
    pub prompt: Rc<str>,
    /// What a command waits for.
    pub waiting: Option<Phrase>,
    /// What was entered meanwhile.
    pub typed_ahead: Vec<Arc<str>>,
    /// What was entered before, oldest first.
    pub history: Rc<[Arc<str>]>,
    /// All servers, to move to.
    pub servers: Vec<ServerId>,
    /// What paths there are at its server.
    pub paths: Paths,
}

/// An entry of the console, of one line or more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConsoleLine {
    /// The event with which it appeared.
    pub number: u64,
    /// The prompt behind which it was entered; `None` of what was printed.
    pub prompt: Option<Arc<str>>,
    /// Whether it tells of something wrong, or of what was done.
    pub complains: bool,
    /// The text.
    pub text: Arc<str>,
}

/// The paths of the znodes that a server has: its tree, of which a copy costs nothing.
#[derive(Clone, Default)]
pub struct Paths(Option<DataTree>);

impl Paths {
    /// Those of this tree.
    pub fn of(tree: Option<&DataTree>) -> Paths {
        Paths(tree.cloned())
    }

    fn children(&self, parent: &str) -> impl Iterator<Item = &str> {
        let znode = self.0.as_ref().and_then(|tree| tree.znode(parent));
        znode.into_iter().flat_map(|znode| znode.children().iter().map(|name| &**name))
    }
}

/// Equal trees have equal digests; comparing znode by znode would take too long.
impl PartialEq for Paths {
    fn eq(&self, other: &Paths) -> bool {
        let mark = |paths: &Paths| {
            paths.0.as_ref().map(|tree| (tree.last_processed(), tree.digest(), tree.znode_count()))
        };
        mark(self) == mark(other)
    }
}

impl fmt::Debug for Paths {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.as_ref().map_or(0, |tree| tree.znode_count());
        write!(out, "Paths of {count} znodes")
    }
}

/// How a line could go on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Suggestion {
    /// What would be added.
    pub rest: String,
    /// The names that fit, if there is more than one.
    pub names: Vec<String>,
    /// How the command is used, where it stands alone.
    pub usage: String,
}

/// So many names that fit are shown.
const NAMES: usize = 12;

/// The commands that a multi holds.
const PARTS: [&str; 4] = ["check", "create", "delete", "set"];

/// How the line could go on at its end: with the rest of a command or of a path.
pub fn suggest(line: &str, paths: &Paths) -> Suggestion {
    let (before, word) = match line.rfind(char::is_whitespace) {
        Some(at) => line.split_at(at + line[at..].chars().next().map_or(0, char::len_utf8)),
        None => ("", line),
    };
    let last = before.split_whitespace().last();
    let of_multi = before.split_whitespace().next() == Some("multi");
    let names: Vec<&str> = match complete(word) {
        Completion::Children { parent, begin } => {
            let begins = |name: &&str| name.starts_with(&*begin);
            let names: Vec<&str> = paths.children(&parent).filter(begins).collect();
            return going_on(&names, &begin);
        }
        Completion::Commands(_) if word.is_empty() => return used(before),
        Completion::Commands(names) if last.is_none() => names,
        Completion::Commands(_) if of_multi && matches!(last, Some("multi" | ";")) => {
            PARTS.into_iter().filter(|name| name.starts_with(word)).collect()
        }
        Completion::Commands(_) => Vec::new(),
    };
    going_on(&names, word)
}

/// What all names have in common beyond the beginning; where that is nothing, the first one's rest.
fn going_on(names: &[&str], begin: &str) -> Suggestion {
    let Some(first) = names.first() else { return Suggestion::default() };
    let is_shared = |end: &usize| names.iter().all(|name| name.starts_with(&first[..*end]));
    let ends = first.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let shared = ends.take_while(is_shared).last().unwrap_or(0);
    let end = if shared > begin.len() { shared } else { first.len() };
    let several = names.len() > 1;
    let shown = names.iter().take(NAMES).filter(|_| several).map(|name| (*name).to_owned());
    Suggestion {
        rest: first[begin.len()..end].to_owned(),
        names: shown.collect(),
        usage: String::new(),
    }
}

/// Behind a command's name alone: what it needs.
fn used(before: &str) -> Suggestion {
    let mut words = before.split_whitespace();
    let (Some(name), None) = (words.next(), words.next()) else { return Suggestion::default() };
    let usage = usage(name).filter(|usage| usage.len() > name.len()).map(|usage| usage.to_string());
    Suggestion { usage: usage.unwrap_or_default(), ..Suggestion::default() }
}

/// Going back and forth through what was entered before.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Recall {
    /// How far back; 0 is the line that is typed.
    back: usize,
    /// What was typed before going back.
    draft: String,
}

impl Recall {
    /// The line before the one that is shown, if there is one.
    pub fn older(&self, history: &[Arc<str>], line: &str) -> Option<(Recall, String)> {
        let draft = if self.back == 0 { line.to_owned() } else { self.draft.clone() };
        let back = self.back + 1;
        let found = history.len().checked_sub(back).map(|place| history[place].to_string())?;
        Some((Recall { back, draft }, found))
    }

    /// The line behind the one that is shown; at last the one that was typed.
    pub fn newer(&self, history: &[Arc<str>]) -> Option<(Recall, String)> {
        let back = self.back.checked_sub(1)?;
        let draft = self.draft.clone();
        let line = history.len().checked_sub(back).and_then(|place| history.get(place));
        let line = line.filter(|_| back > 0).map_or_else(|| draft.clone(), |line| line.to_string());
        Some((Recall { back, draft }, line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_on_with_a_command_or_a_path() {
        let tree = DataTree::new();
        let check = |line: &str, rest: &str, names: &[&str]| {
            let suggested = suggest(line, &Paths::of(Some(&tree)));
            assert_eq!((&*suggested.rest, suggested.names), (rest, names_of(names)), "{line:?}");
        };
        check("", "", &[]);
        check("cr", "eate", &[]);
        check("getA", "cl", &["getAcl", "getAllChildrenNumber"]);
        check("ls /", "zookeeper", &[]);
        check("ls /zookeeper/", "config", &["config", "quota"]);
        check("get /zookeeper/q", "uota", &[]);
        check("get /none/", "", &[]);
        check("create /a cr", "", &[]);
        check("multi cr", "eate", &[]);
        check("multi create /a ; de", "lete", &[]);
        check("multi create /a ; ge", "", &[]);
    }

    fn names_of(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_command_alone_tells_what_it_needs() {
        let check = |line: &str, expected: &str| {
            assert_eq!(suggest(line, &Paths::default()).usage, expected, "{line:?}");
        };
        check("sync ", "sync path");
        check("whoami ", "");
        check("sync / ", "");
        check("levitate ", "");
    }

    #[test]
    fn arrows_go_back_and_forth_through_the_history() {
        let history: Vec<Arc<str>> = ["one", "two"].map(Arc::from).into();
        let start = Recall::default();
        assert_eq!(start.newer(&history), None);
        let (one_back, line) = start.older(&history, "dra").expect("two lines");
        assert_eq!(line, "two");
        let (two_back, line) = one_back.older(&history, &line).expect("one line more");
        assert_eq!(line, "one");
        assert_eq!(two_back.older(&history, &line), None);
        let (again, line) = two_back.newer(&history).expect("the second again");
        assert_eq!(line, "two");
        assert_eq!(again.newer(&history).map(|(_, line)| line).as_deref(), Some("dra"));
    }
}
