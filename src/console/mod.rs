//! A client's console: ZooKeeper's own command line, as a value.
//!
//! A [`Console`] takes a line and answers with [`Effect`]s: text to print, operations to ask of a
//! server, things to do with the connection. Whoever holds it asks the operations and hands the
//! answers back; then the command goes on. It prints what zkCli prints, to the letter where zkCli
//! has a word for it.
//!
//! **How commands wait.** A command is a plain function over a [`Dialogue`]: it asks, and reads the
//! answer in the next line. Where the answer is not there yet it stops, and is run again from its
//! beginning with all answers so far; what it printed before is not printed twice. Commands that
//! need many answers ask for all of a level of the tree at once, so that they are run again only
//! as often as the tree is deep.
//!
//! | idea | file |
//! |---|---|
//! | from line to words, options | `words` |
//! | all commands with their usage | `table` |
//! | commands | `reads`, `writes`, `trees`, `quotas`, `watches`, `multi` |
//! | texts: Stat, ACL, errors, dates | `wording`, `hex_dump` |
//! | completion of commands and paths | `completion` |
//! | what stands on a console, as a trace tells it | `note` |
//!
//! The folder ends at the session: it knows no client and no server. Source: `ZooKeeperMain`,
//! `org.apache.zookeeper.cli`; the fact sheet on the store, §12.

mod completion;
mod dialogue;
mod hex_dump;
mod moves;
mod multi;
mod note;
mod quotas;
mod reads;
mod table;
mod trees;
mod watches;
mod wording;
mod words;
mod writes;

use std::sync::Arc;

pub use completion::{Completion, complete};
pub use dialogue::Answer;
pub use note::Note;
pub use table::usage;
pub use wording::{date_text, error_text, event_text, stat_text, state_text};

use crate::api::{Op, WatchEvent, WatcherType};
use crate::types::PathText;
use dialogue::{Dialogue, Stop};

/// What a console wants.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// A line for people.
    Print(Arc<str>),
    /// A line for people that tells of something wrong, or of what was done (zkCli's stderr).
    Complain(Arc<str>),
    /// Ask these, one behind the other without waiting, and hand back all answers.
    Ask(Arc<[Op]>),
    /// Hang up if connected, and begin a new session, at this server if one is named.
    Connect(Option<Arc<str>>),
    /// End the session.
    Close,
    /// Hang up without a word, and stay away until the session must have expired.
    Expire,
    /// Take the session to this server.
    Move(Arc<str>),
    /// Watch this no more, whatever the server says.
    Forget {
        /// What.
        path: PathText,
        /// Which kind of watch.
        kind: WatcherType,
    },
    /// Nobody wants to enter anything any more.
    Quit,
}

/// A console.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Console {
    history: Vec<Arc<str>>,
    prints_watches: bool,
    running: Option<Running>,
}

/// A command that waits for answers.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Running {
    words: Vec<Arc<str>>,
    answers: Vec<Answer>,
    printed: u32,
}

impl Default for Console {
    fn default() -> Console {
        Console::new()
    }
}

impl Console {
    /// Nothing was entered.
    pub fn new() -> Console {
        Console { history: Vec::new(), prints_watches: true, running: None }
    }

    /// The prompt: whom the client calls, its state, and the number of the next command.
    pub fn prompt(&self, host: &str, state: &str) -> String {
        format!("[zk: {host}({state}) {}] ", self.history.len())
    }

    /// All that was entered, oldest first.
    pub fn history(&self) -> &[Arc<str>] {
        &self.history
    }

    /// Whether a command waits for answers; nothing may be entered until it has them.
    pub fn is_busy(&self) -> bool {
        self.running.is_some()
    }

    /// Takes a line. `is_alive` says whether there is a session, or one is being made.
    ///
    /// # Panics
    /// If a command still waits for answers.
    pub fn enter(&mut self, line: &str, is_alive: bool) -> Vec<Effect> {
        assert!(!self.is_busy(), "`{line}` is entered before the last command is done");
        let words = words::split(line);
        if words.is_empty() {
            return Vec::new();
        }
        self.history.push(line.trim().into());
        self.carry_out(words, is_alive)
    }

    fn carry_out(&mut self, words: Vec<Arc<str>>, is_alive: bool) -> Vec<Effect> {
        match &*words[0] {
            "quit" | "exit" => vec![Effect::Quit],
            "help" => table::help().into_iter().map(Effect::Complain).collect(),
            "history" => self.tell_history(),
            "redo" => self.redo(&words, is_alive),
            "printwatches" => self.print_watches(&words),
            "connect" => vec![Effect::Connect(words.get(1).cloned())],
            name if table::find(name).is_none() => {
                let mut complaints = table::usage_of_all();
                complaints.push(format!("Command not found: Command not found {name}").into());
                complaints.into_iter().map(Effect::Complain).collect()
            }
            _ if !is_alive => vec![Effect::Print("Not connected".into())],
            "close" => vec![Effect::Close],
            _ => {
                self.running = Some(Running { words, answers: Vec::new(), printed: 0 });
                self.go_on()
            }
        }
    }

    /// Hands back the answers to what was asked last, in their order.
    ///
    /// # Panics
    /// If nothing waits for answers.
    pub fn answer(&mut self, answers: impl IntoIterator<Item = Answer>) -> Vec<Effect> {
        let running = self.running.as_mut().expect("only a command that asked is answered");
        running.answers.extend(answers);
        self.go_on()
    }

    /// What is printed where the client hears of what it watches.
    pub fn notified(&self, event: &WatchEvent) -> Vec<Effect> {
        self.told(&event_text(event))
    }

    /// What is printed where the state of the session changes, which every watcher hears too.
    /// `state` is ZooKeeper's word for it: `SyncConnected`, `Disconnected`, `Expired`, …
    pub fn state_told(&self, state: &str) -> Vec<Effect> {
        self.told(&state_text(state))
    }

    fn told(&self, event: &str) -> Vec<Effect> {
        if !self.prints_watches {
            return Vec::new();
        }
        ["", "WATCHER::", "", event].map(|line| Effect::Print(line.into())).into()
    }

    /// Runs the command from its beginning, as far as its answers reach.
    fn go_on(&mut self) -> Vec<Effect> {
        let Some(running) = &mut self.running else { return Vec::new() };
        let mut dialogue = Dialogue::new(&running.answers);
        let command = table::find(&running.words[0]).expect("looked up when it was entered");
        let stopped = command(&running.words, &mut dialogue).err();
        let lines = dialogue.into_lines();
        let fresh = lines.iter().skip(running.printed as usize).cloned();
        let mut effects: Vec<Effect> = fresh.collect();
        running.printed = u32::try_from(lines.len()).expect("a command prints few lines");
        match stopped {
            Some(Stop::Waits(ops)) => effects.push(Effect::Ask(ops)),
            Some(Stop::Failed(why)) => {
                self.running = None;
                effects.push(Effect::Complain(why));
            }
            None => self.running = None,
        }
        effects
    }

    /// The last eleven, this one included. Source: `ZooKeeperMain.processZKCmd`.
    fn tell_history(&self) -> Vec<Effect> {
        let numbered = self.history.iter().enumerate();
        let last = numbered.skip(self.history.len().saturating_sub(11));
        last.map(|(number, line)| Effect::Print(format!("{number} - {line}").into())).collect()
    }

    fn redo(&mut self, words: &[Arc<str>], is_alive: bool) -> Vec<Effect> {
        let Some(number) = words.get(1) else {
            return vec![Effect::Complain("redo cmdno".into())];
        };
        let before = self.history.len() - 1;
        let earlier = number.parse().ok().filter(|number: &usize| *number < before);
        let Some(line) = earlier.map(|number| Arc::clone(&self.history[number])) else {
            return vec![Effect::Print("Command index out of range".into())];
        };
        let again = words::split(&line);
        if &*again[0] == "redo" {
            return vec![Effect::Print("No redoing redos".into())];
        }
        self.history[before] = line;
        self.carry_out(again, is_alive)
    }

    fn print_watches(&mut self, words: &[Arc<str>]) -> Vec<Effect> {
        let Some(word) = words.get(1) else {
            let state = if self.prints_watches { "on" } else { "off" };
            return vec![Effect::Print(format!("printwatches is {state}").into())];
        };
        self.prints_watches = &**word == "on";
        Vec::new()
    }
}
