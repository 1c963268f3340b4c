//! A run and its clients' consoles, of which one is spoken through at a time.

use std::sync::Arc;

use crate::client::SessionState;
use crate::console::{Completion, Note, complete};
use crate::ensemble::{ClientCommand, ClientHost, Terminal};
use crate::run::{Run, Transcript};
use crate::scenario::{Scenario, span_from_text};
use crate::sim::{Command, EventKind, TraceEvent};
use crate::types::{ClientId, Instant, Span};

/// How far the ensemble runs before the first line is entered.
const BOOT: Span = Span::millis(1_000);
/// Virtual time passes in such steps while something is waited for.
const STEP: Span = Span::millis(5);
/// After so long a command is not waited for any longer; it goes on all the same.
const PATIENCE: Span = Span::millis(30_000);

/// A line for people.
pub(super) enum Told {
    Print(Arc<str>),
    Complain(Arc<str>),
}

/// The run, and which client is spoken through.
pub(super) struct Session {
    run: Run,
    current: ClientId,
    /// The event of the trace up to which clients were listened to.
    heard: u64,
    is_over: bool,
    told: Vec<Told>,
}

impl Session {
    pub(super) fn new(run: Run) -> Session {
        Session { run, current: ClientId(1), heard: 0, is_over: false, told: Vec::new() }
    }

    pub(super) fn is_over(&self) -> bool {
        self.is_over || self.run.is_stopped()
    }

    /// What stopped the run, if something did.
    pub(super) fn violation(&self) -> Option<String> {
        let (property, _) = self.run.violation()?;
        Some(format!("the run has stopped: {property:?} is violated"))
    }

    /// Lets the ensemble start.
    pub(super) fn begin(&mut self) -> Vec<Told> {
        let begin = self.run.scenario().commands.last().map_or(Instant::ZERO, |last| last.at);
        self.pass(begin.since(self.run.now()) + BOOT);
        self.print(&format!("Connecting to {}", self.host()));
        self.print("Welcome to ZooKeeper!");
        std::mem::take(&mut self.told)
    }

    /// `[zk: S2(CONNECTED) 0] `, with the client's name before it where there are several.
    pub(super) fn prompt(&self) -> String {
        let prompt = self.current_host().map(ClientHost::prompt);
        format!("{} {}", self.current, prompt.unwrap_or_default())
    }

    /// Takes a line, and answers what there is to be told.
    pub(super) fn enter(&mut self, line: &str) -> Vec<Told> {
        match line.trim().strip_prefix('!') {
            Some(own) => self.command(own.trim()),
            None => self.enter_at_console(line.trim()),
        }
        self.listen();
        std::mem::take(&mut self.told)
    }

    /// Enters the line, and lets time pass until it is done with.
    fn enter_at_console(&mut self, line: &str) {
        let what = ClientCommand::Enter(line.into());
        self.run.command(Command::Client { client: self.current, what });
        self.pass_until(|host| host.terminal().is_none_or(|terminal| !terminal.is_busy()));
        match line.split_whitespace().next() {
            Some("connect") => {
                self.pass_until(|host| host.client().state() == SessionState::Connected);
                self.listen();
                self.print(&format!("Connecting to {}", self.host()));
            }
            // It falls silent first, and hears only behind that what became of the session.
            Some("expire") => self.pass_until(|host| {
                let state = host.client().state();
                state.is_over() || state == SessionState::NotConnected
            }),
            Some("move") => {
                self.pass_until(|host| host.client().state() == SessionState::Connected);
            }
            _ => {}
        }
        if self.current_host().and_then(ClientHost::terminal).is_some_and(Terminal::is_busy) {
            self.listen();
            self.complain(format!("no answer after {PATIENCE}; the command still waits for it"));
        }
    }

    fn current_host(&self) -> Option<&ClientHost> {
        self.run.world().ensemble().client(self.current)
    }

    fn host(&self) -> String {
        let server = self.current_host().and_then(|host| host.client().server());
        server.map_or_else(|| "nobody".to_owned(), |server| server.to_string())
    }

    fn print(&mut self, line: &str) {
        self.told.push(Told::Print(line.into()));
    }

    fn complain(&mut self, line: impl Into<Arc<str>>) {
        self.told.push(Told::Complain(line.into()));
    }

    /// The events behind the first so many, oldest first.
    fn events_since(&self, first: u64) -> impl Iterator<Item = &TraceEvent> {
        let trace = self.run.trace();
        let count = usize::try_from(trace.len() - first).expect("a trace fits into memory");
        let newest: Vec<&TraceEvent> = trace.iter().rev().take(count).collect();
        newest.into_iter().rev()
    }

    fn pass(&mut self, span: Span) {
        let until = self.run.now() + span;
        self.run.run_until(until);
    }

    fn pass_until(&mut self, is_so: impl Fn(&ClientHost) -> bool) {
        let give_up = self.run.now() + PATIENCE;
        while !self.current_host().is_some_and(&is_so) && self.run.now() < give_up {
            self.pass(STEP);
            if self.run.is_stopped() {
                return;
            }
        }
    }

    /// Tells what stands on consoles since they were last looked at.
    fn listen(&mut self) {
        let mut said = Vec::new();
        for event in self.events_since(self.heard) {
            if let EventKind::Console(client, note) = &event.kind {
                said.push((*client, Arc::clone(note)));
            }
        }
        self.heard = self.run.trace().len();
        for (client, note) in said {
            if client != self.current && !matches!(*note, Note::Entered { .. }) {
                self.print(&format!("\n{client}:"));
            }
            match &*note {
                // The terminal shows it already.
                Note::Entered { .. } => {}
                Note::Left => self.is_over |= client == self.current,
                Note::Complained(text) => text.lines().for_each(|line| self.complain(line)),
                Note::Printed(text) => text.split('\n').for_each(|line| self.print(line)),
            }
        }
    }

    /// A line of the simulation's own.
    fn command(&mut self, line: &str) {
        if let Some(span) = line.strip_prefix("wait ") {
            return match span_from_text(span.trim()) {
                Some(span) => self.pass(span),
                None => self.complain("how long? as in `!wait 2s`"),
            };
        }
        if line == "status" {
            let status = Transcript::end(&self.run);
            return status.lines().for_each(|line| self.print(line));
        }
        let number = line.strip_prefix('C').and_then(|number| number.parse().ok());
        if let Some(client) = number.map(ClientId) {
            if self.run.world().ensemble().client(client).is_none() {
                return self.complain(format!("there is no {client}; `!add client S1` makes one"));
            }
            self.current = client;
            return;
        }
        match Scenario::from_text(&format!("servers 9\nat 1ms {line}\n")) {
            Ok(scenario) => {
                for timed in scenario.commands {
                    self.run.command(timed.command);
                }
                self.pass(STEP);
            }
            Err(error) => self.complain(format!("!{line}: {error}")),
        }
    }

    /// What the last word of a line could become, as the client's server has it now.
    pub(super) fn completer(&self) -> impl Fn(&str) -> Vec<String> + use<> {
        let ensemble = self.run.world().ensemble();
        let server = ensemble.client(self.current).and_then(|host| host.client().server());
        let server = server.and_then(|id| ensemble.server(id));
        let process = server.and_then(|server| server.process());
        let tree = process.map(|process| process.database().tree.clone());
        move |line| match complete(line) {
            Completion::Commands(names) => names.into_iter().map(str::to_owned).collect(),
            Completion::Children { parent, begin } => {
                let Some(znode) = tree.as_ref().and_then(|tree| tree.znode(&parent)) else {
                    return Vec::new();
                };
                let path = |name: &Arc<str>| format!("{}/{name}", parent.trim_end_matches('/'));
                let names = znode.children().iter().filter(|name| name.starts_with(&*begin));
                names.map(path).collect()
            }
        }
    }
}
