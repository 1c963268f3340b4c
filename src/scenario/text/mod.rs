//! A scenario as text, for people: one line a setting or a command, in ZooKeeper's own words.
//!
//! ```text
//! # Everything behind a hash is a comment.
//! title A write, and the leader crashes
//! servers 5
//! clients S2 S4
//! seed 7
//! set server_latency 2ms..3ms
//! run 2s
//!
//! at 200ms C1 create -e /lock 'mine'
//! at 300ms crash leader
//! at 900ms C1 program
//!   get /lock
//!   set /lock 'still mine'
//! ```
//!
//! | line | what |
//! |---|---|
//! | `title TEXT`, `seed N`, `run SPAN` | of the scenario |
//! | `servers N`, `observers N` | how many servers vote, and how many more do not |
//! | `group SERVER=WEIGHT …` | voters whose votes weigh; each line is a group of its own |
//! | `clients SERVER …`, `set NAME VALUE` | settings; the values as in [`Settings`] |
//! | `off SERVER …` | servers that are not switched on at the beginning |
//! | `rules NAME …` | the rules that are switched off: a set's name, or those of switches |
//! | `at INSTANT COMMAND` | a command; `at INSTANT after N steps COMMAND` between two steps |
//! | `then COMMAND`, `after SPAN COMMAND` | on the command, or the wait, before it |
//! | `until CONDITION [within SPAN] [or end]` | a wait, of 10 s at most |
//! | `disk SERVER … PART …` | what is on disk, from the beginning if not `at` an instant |
//! | `disk SERVER … FAULT` | damaged, spare-damaged, fails, free, full, initialize, torn, wiped |
//! | `disk SERVER … slow SPAN..SPAN`, `usual` | how long a flush takes |
//! | `clock SERVER [rate N%] [skew SPAN]` | |
//! | `crash SERVER torn N` | in the middle of a flush, with N records of it on disk |
//! | `flap A -> B SPAN` | cut and healed by turns |
//! | `crash`, `isolate` + `SERVER` or `leader` | |
//! | `restart`, `pause`, `resume`, `repair` + `SERVER` | |
//! | `cut`, `heal` + `A -> B`, or `A <-> B` for both ways | a server or client each |
//! | `heal all`, `heal and restart all` | |
//! | `partition S1 S2 \| S3 S4 S5` | |
//! | `latency A -> B SPAN..SPAN`, `latency reset` | |
//! | `hold`, `release`, `reset` + `A -> B [CHANNEL]` | a channel is election, learner or client |
//! | `deliver [N] A -> B [CHANNEL]` | the oldest messages arrive at once, held or not |
//! | `hold`, `release`, `step` + `SERVER log`, `commit` or `disk`; `release all` | |
//! | `start SERVER` | the same as `restart` |
//! | `add client SERVER`, `break connection N` | |
//! | `CLIENT OP` | one operation |
//! | `CLIENT program`, then an operation on each indented line | one after the other |
//! | `CLIENT multi`, then an operation on each indented line | all or nothing |
//! | `CLIENT attach SERVER`, `close`, `expire`, `start` | |
//! | `CLIENT> LINE` | entered at the client's console, as it stands to the end of the line |
//!
//! Parts of a disk: `epoch N`, or `acceptedEpoch N` and `currentEpoch N`; `log ZXIDS`;
//! `snapshot ZXID`.
//!
//! Conditions: `SERVER` with `leads`, `serves`, `is LOOKING` (or another role), `is in DISCOVERY`
//! (or another phase), `is down`, `refuses`, `gives up`, `follows SERVER`,
//! `persists acceptedEpoch [N]`, `persists currentEpoch [N]`, `persists snapshot`,
//! `persists truncation`, `persists sync`, `takes`, `logs`, `applies`, `commits` or `proposes` and
//! a zxid, `receives MESSAGE [ZXID] [from SERVER]`, `sends MESSAGE [ZXID] [to SERVER]`;
//! `CLIENT is answered`; `all serve`, `all is quiet`,
//! `someone leads`. A zxid is written `(1,2)`, a history `(1,1)..(1,3) (2,1)`.
//!
//! Operations: `create [-s] [-e] [-c] [-t TTL] PATH [DATA [ACL]]`, `delete [-v VERSION] PATH`,
//! `set [-v VERSION] PATH [DATA]`, `check [-v VERSION] PATH`, `get [-w] PATH`, `stat [-w] PATH`,
//! `ls [-s] [-w] PATH`, `getAcl PATH`, `setAcl [-v VERSION] PATH ACL`, `getAllChildrenNumber PATH`,
//! `getEphemerals [PATH]`, `addWatch [-m MODE] PATH`, `removewatches PATH [-c|-d|-a]`,
//! `checkwatches PATH [-c|-d|-a]`, `addauth SCHEME AUTH`, `whoami`, `sync PATH`,
//! `multiread OP ; OP ; …`, and within a program `multi OP ; OP ; …`; `op JSON` is any of them.
//! Data stand in single quotes, with `\'`,
//! `\\`, `\n` and `\xff`.

mod command;
mod condition;
mod op;
mod print;
mod settings;
mod words;

use std::collections::BTreeMap;

use super::{Place, Scenario, ScenarioError, TimedCommand, limits};
use crate::sim::{Command, Settings};
use crate::types::{Instant, ServerId, Span};
use crate::zab::Rules;
pub use condition::text as condition_text;
pub use op::text as op_text;
pub use print::command as command_text;
pub use words::span as span_from_text;

use words::Words;

impl Scenario {
    /// Reads a scenario's text.
    ///
    /// # Errors
    /// Where it stands and what is wrong, or what was expected.
    pub fn from_text(text: &str) -> Result<Scenario, ScenarioError> {
        Scenario::read(text).map(|reader| reader.scenario)
    }

    /// On which line of a scenario's text each of its commands stands, in order.
    ///
    /// # Errors
    /// As [`Scenario::from_text`].
    pub fn command_lines(text: &str) -> Result<Vec<u32>, ScenarioError> {
        Scenario::read(text).map(|reader| reader.lines)
    }

    fn read(text: &str) -> Result<Reader, ScenarioError> {
        let scenario = Scenario::new(Settings::default(), 1);
        let (lines, places) = (Vec::new(), BTreeMap::new());
        let mut reader = Reader { scenario, has_servers: false, lines, places };
        let mut lines = (1..).zip(text.lines()).peekable();
        while let Some((number, line)) = lines.next() {
            if let Some(title) = line.strip_prefix("title ") {
                let place = Place { line: number, column: 7 };
                limits::check_title(title.trim())
                    .map_err(|problem| ScenarioError::at(place, problem))?;
                title.trim().clone_into(&mut reader.scenario.title);
                continue;
            }
            let mut words = Words::new(number, line)?;
            if words.is_empty() {
                continue;
            }
            if words.is_indented() {
                return Err(words.unexpected("a line that is not indented"));
            }
            let mut block = Vec::new();
            while let Some((number, line)) = lines.next_if(|(_, line)| is_of_block(line)) {
                block.push(Words::new(number, line)?);
            }
            block.retain(|words| !words.is_empty());
            reader.read(&mut words, block)?;
        }
        reader.check_settings()?;
        reader.scenario.check()?;
        Ok(reader)
    }

    /// The text; read again it gives an equal scenario.
    pub fn to_text(&self) -> String {
        print::scenario(self)
    }
}

fn is_of_block(line: &str) -> bool {
    line.starts_with([' ', '\t']) && !line.trim().is_empty()
}

/// What was read so far.
struct Reader {
    scenario: Scenario,
    /// `servers` replaces the clients, so that it has to come before them.
    has_servers: bool,
    /// The line of each command.
    lines: Vec<u32>,
    /// Where each setting is said, the last time if more often.
    places: BTreeMap<String, Place>,
}

const EXPECTED: &str = "`at`, `then`, `after`, `until`, `disk`, `run`, `seed`, `servers`, \
                        `observers`, `group`, `clients`, `off`, `rules`, `set` or `title`";

impl Reader {
    fn read(&mut self, words: &mut Words, block: Vec<Words>) -> Result<(), ScenarioError> {
        let keyword = words.word(EXPECTED)?;
        if !matches!(keyword.as_str(), "at" | "then" | "after")
            && let Some(first) = block.first()
        {
            return Err(first.unexpected("a line that is not indented"));
        }
        self.note_place(&keyword, words);
        match keyword.as_str() {
            "at" => return self.read_at(words, block),
            "then" => return self.read_then(Span(0), words, block),
            "after" => {
                let span = words.span("how long after the command before, such as `20ms`")?;
                return self.read_then(span, words, block);
            }
            "until" => {
                let told = command::until(words)?;
                return self.push(self.last_place(), Some(Span(0)), told, words);
            }
            "disk" => {
                let told = command::disk(words)?;
                return self.push((Instant::ZERO, 0), None, told, words);
            }
            "off" => {
                while !words.is_empty() {
                    self.scenario.settings.off.insert(words.server()?);
                }
            }
            "seed" => self.scenario.seed = words.number("a seed")?,
            "run" => {
                let until = Instant::ZERO + words.span("how long it runs, such as `2s`")?;
                limits::check_instant(until).map_err(|problem| words.problem(problem))?;
                self.scenario.until = until;
            }
            "servers" => self.read_servers(words)?,
            "clients" => {
                self.scenario.settings.clients.clear();
                while !words.is_empty() {
                    self.scenario.settings.clients.push(words.server()?);
                }
            }
            "set" => settings::read(&mut self.scenario.settings, words)?,
            "observers" => {
                self.scenario.settings.observers = words.number("how many observers")?;
            }
            "group" => self.read_group(words)?,
            "rules" => self.read_rules(words)?,
            _ => return Err(words.unexpected_last(EXPECTED)),
        }
        words.end()
    }

    fn read_group(&mut self, words: &mut Words) -> Result<(), ScenarioError> {
        let expected = "a voter and its weight, such as `S1=2`";
        let mut group = BTreeMap::new();
        while !words.is_empty() || group.is_empty() {
            let word = words.word(expected)?;
            let parsed = word.split_once('=').and_then(|(server, weight)| {
                let server = server.strip_prefix('S')?.parse().ok()?;
                Some((
                    ServerId(server),
                    weight.parse().ok().filter(|&weight| weight <= limits::WEIGHT_MAX)?,
                ))
            });
            let (server, weight) = parsed.ok_or_else(|| words.unexpected_last(expected))?;
            if group.insert(server, weight).is_some() {
                return Err(words.unexpected_last("every server once"));
            }
        }
        self.scenario.settings.groups.push(group);
        Ok(())
    }

    fn read_rules(&mut self, words: &mut Words) -> Result<(), ScenarioError> {
        let rules = &mut self.scenario.settings.rules;
        let expected = "`default`, `zookeeper-3.8.0` or the name of a switch (see `zabsim rules`)";
        while !words.is_empty() {
            let name = words.word(expected)?;
            let named = Rules::from_name(&name).ok_or_else(|| words.unexpected_last(expected))?;
            *rules = rules.switches().chain(named.switches()).collect();
        }
        Ok(())
    }

    fn read_servers(&mut self, words: &mut Words) -> Result<(), ScenarioError> {
        let servers = words.number("how many servers, 1 to 9")?;
        if !(1..=limits::SERVERS_MAX).contains(&servers) {
            return Err(words.problem(format!("{servers} servers; expected 1 to 9")));
        }
        if std::mem::replace(&mut self.has_servers, true) || !self.scenario.commands.is_empty() {
            return Err(words.problem("`servers` a second time, or behind a command"));
        }
        let Settings { clients, .. } = Settings::with_servers(servers);
        let settings = &mut self.scenario.settings;
        if settings.clients == Settings::default().clients {
            settings.clients = clients;
        }
        settings.servers = servers;
        Ok(())
    }

    fn read_at(&mut self, words: &mut Words, block: Vec<Words>) -> Result<(), ScenarioError> {
        let at = Instant::ZERO + words.span("when, such as `200ms`")?;
        if words.take("after") {
            if let Some(then) = words.span_if_any() {
                let told = command::read(words, block)?;
                return self.push((at, 0), Some(then), told, words);
            }
            let steps = words.number("a number of steps, or a span")?;
            words.expect("steps")?;
            let then = if words.take("after") {
                Some(words.span("how long after the command before, such as `20ms`")?)
            } else {
                None
            };
            let told = command::read(words, block)?;
            return self.push((at, steps), then, told, words);
        }
        let told = command::read(words, block)?;
        self.push((at, 0), None, told, words)
    }

    fn read_then(
        &mut self,
        then: Span,
        words: &mut Words,
        block: Vec<Words>,
    ) -> Result<(), ScenarioError> {
        let told = command::read(words, block)?;
        self.push(self.last_place(), Some(then), told, words)
    }

    /// Takes down where a setting is said; all are tested at the end, since they belong together.
    fn note_place(&mut self, keyword: &str, words: &Words) {
        let mut ahead = words.clone();
        let setting = match keyword {
            "set" => ahead.word("").unwrap_or_default(),
            "group" => "groups".to_owned(),
            other => other.to_owned(),
        };
        self.places.insert(setting, ahead.place());
    }

    fn check_settings(&self) -> Result<(), ScenarioError> {
        limits::check_settings(&self.scenario.settings).map_err(|wrong| {
            match self.places.get(wrong.setting) {
                Some(&place) => ScenarioError::at(place, wrong.problem),
                None => ScenarioError::without_place(wrong.problem),
            }
        })
    }

    /// Where the last command stands: what follows on it bears no instant of its own.
    fn last_place(&self) -> (Instant, u32) {
        let place = |timed: &TimedCommand| (timed.at, timed.steps_before);
        self.scenario.commands.last().map_or((Instant::ZERO, 0), place)
    }

    fn push(
        &mut self,
        (at, steps_before): (Instant, u32),
        then: Option<Span>,
        told: Vec<Command>,
        words: &Words,
    ) -> Result<(), ScenarioError> {
        words.end()?;
        let mut then = then;
        for command in told {
            let timed = TimedCommand { at, steps_before, then, command };
            limits::check_command(self.scenario.commands.last(), &timed)
                .map_err(|problem| words.problem(problem))?;
            self.scenario.commands.push(timed);
            self.lines.push(words.line());
            // Of several, the others follow at once.
            then = then.map(|_| Span(0));
        }
        Ok(())
    }
}
