//! A run with consoles: one for each of its clients, of which one is spoken through at a time.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use crate::api::{Op, OpError};
use crate::client::{Note, SessionState};
use crate::console::{Answer, Completion, Console, Effect, complete};
use crate::ensemble::ClientCommand;
use crate::run::{Run, Transcript};
use crate::scenario::{Scenario, span_from_text};
use crate::sim::{Command, EventKind, TraceEvent};
use crate::types::{ClientId, Instant, ServerId, Span};

/// How far the ensemble runs before the first line is entered.
const BOOT: Span = Span::millis(1_000);
/// Virtual time passes in such steps while something is waited for.
const STEP: Span = Span::millis(5);
/// After so long a command gives up; its requests stay where they are.
const PATIENCE: Span = Span::millis(30_000);

/// A line for people.
pub(super) enum Told {
    Print(Arc<str>),
    Complain(Arc<str>),
}

/// The run, its consoles, and which one is spoken through.
pub(super) struct Session {
    run: Run,
    consoles: BTreeMap<ClientId, Console>,
    current: ClientId,
    /// The event of the trace up to which clients were listened to.
    heard: u64,
    is_over: bool,
    told: Vec<Told>,
}

impl Session {
    pub(super) fn new(run: Run) -> Session {
        Session {
            run,
            consoles: BTreeMap::new(),
            current: ClientId(1),
            heard: 0,
            is_over: false,
            told: Vec::new(),
        }
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
        let state = match self.state() {
            Some(SessionState::Connected) => "CONNECTED",
            Some(SessionState::Connecting | SessionState::Disconnected) => "CONNECTING",
            Some(SessionState::AuthFailed) => "AUTH_FAILED",
            Some(SessionState::NotConnected) | None => "NOT_CONNECTED",
            Some(SessionState::Closed | SessionState::Expired) => "CLOSED",
        };
        let plain = Console::new();
        let console = self.consoles.get(&self.current).unwrap_or(&plain);
        format!("{} {}", self.current, console.prompt(&self.host(), state))
    }

    /// Takes a line, and answers what there is to be told.
    pub(super) fn enter(&mut self, line: &str) -> Vec<Told> {
        match line.trim().strip_prefix('!') {
            Some(own) => self.command(own.trim()),
            None => {
                let is_alive = self
                    .state()
                    .is_some_and(|state| !state.is_over() && state != SessionState::NotConnected);
                let effects = self.console().enter(line, is_alive);
                self.carry_out(effects);
            }
        }
        self.listen();
        std::mem::take(&mut self.told)
    }

    fn state(&self) -> Option<SessionState> {
        let host = self.run.world().ensemble().client(self.current)?;
        Some(host.client().state())
    }

    fn host(&self) -> String {
        let host = self.run.world().ensemble().client(self.current);
        let server = host.and_then(|host| host.client().server());
        server.map_or_else(|| "nobody".to_owned(), |server| server.to_string())
    }

    fn console(&mut self) -> &mut Console {
        self.consoles.entry(self.current).or_default()
    }

    fn print(&mut self, line: &str) {
        self.told.push(Told::Print(line.into()));
    }

    fn complain(&mut self, line: impl Into<Arc<str>>) {
        self.told.push(Told::Complain(line.into()));
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::Print(line) => self.told.push(Told::Print(line)),
                Effect::Complain(line) => self.complain(line),
                Effect::Ask(ops) => {
                    let answers = self.ask(&ops);
                    let more = self.console().answer(answers);
                    effects.extend(more);
                }
                Effect::Close => self.close(),
                Effect::Connect(server) => self.connect(server.as_deref()),
                Effect::Quit => self.is_over = true,
            }
        }
    }

    /// Asks all, and lets time pass until all are answered.
    fn ask(&mut self, ops: &[Op]) -> Vec<Answer> {
        let first = self.run.trace().len();
        for op in ops {
            self.submit(ClientCommand::Submit(op.clone()));
        }
        let own = |kind: &EventKind| match kind {
            EventKind::Client(client, note) if *client == self.current => Some(Arc::clone(note)),
            _ => None,
        };
        let asked: Vec<i32> = self
            .events_since(first)
            .filter_map(|event| match &*own(&event.kind)? {
                Note::Asked { xid, .. } => Some(*xid),
                _ => None,
            })
            .collect();
        let give_up = self.run.now() + PATIENCE;
        loop {
            let answers = self.answers_since(first);
            let is_late = self.run.now() >= give_up || self.run.is_stopped();
            if is_late || asked.iter().all(|xid| answers.contains_key(xid)) {
                let answer =
                    |xid: &i32| answers.get(xid).cloned().unwrap_or(Err(OpError::RequestTimeout));
                return asked.iter().map(answer).collect();
            }
            self.pass(STEP);
        }
    }

    /// What the current client was told since an event of the trace, by the numbers of requests.
    fn answers_since(&self, first: u64) -> BTreeMap<i32, Answer> {
        let mut answers = BTreeMap::new();
        for event in self.events_since(first) {
            let EventKind::Client(client, note) = &event.kind else { continue };
            if *client != self.current {
                continue;
            }
            match &**note {
                Note::Told { xid, result, .. } => answers.insert(*xid, result.clone()),
                Note::Unknown { xid } => answers.insert(*xid, Err(OpError::ConnectionLoss)),
                Note::Refused { xid, error } => answers.insert(*xid, Err(*error)),
                _ => None,
            };
        }
        answers
    }

    /// The events behind the first so many, oldest first.
    fn events_since(&self, first: u64) -> impl Iterator<Item = &TraceEvent> {
        let trace = self.run.trace();
        let count = usize::try_from(trace.len() - first).expect("a trace fits into memory");
        let newest: Vec<&TraceEvent> = trace.iter().rev().take(count).collect();
        newest.into_iter().rev()
    }

    fn submit(&mut self, what: ClientCommand) {
        self.run.command(Command::Client { client: self.current, what });
    }

    fn pass(&mut self, span: Span) {
        let until = self.run.now() + span;
        self.run.run_until(until);
    }

    fn pass_until(&mut self, is_so: impl Fn(SessionState) -> bool) {
        let give_up = self.run.now() + PATIENCE;
        while !self.state().is_some_and(&is_so) && self.run.now() < give_up {
            self.pass(STEP);
            if self.run.is_stopped() {
                return;
            }
        }
    }

    fn close(&mut self) {
        self.submit(ClientCommand::Close);
        self.pass_until(SessionState::is_over);
    }

    fn connect(&mut self, server: Option<&str>) {
        let server = match server.map(server_named) {
            Some(None) => return self.complain("a server is called S1, S2 and so on"),
            Some(Some(server)) => Some(server),
            None => None,
        };
        if self.state().is_some_and(|state| !state.is_over()) {
            self.close();
        }
        if let Some(server) = server {
            self.submit(ClientCommand::Attach(server));
        }
        self.submit(ClientCommand::Start);
        self.pass_until(|state| state == SessionState::Connected);
        self.print(&format!("Connecting to {}", self.host()));
    }

    /// Prints what clients heard of what they watch, since they were last listened to.
    fn listen(&mut self) {
        let mut heard = Vec::new();
        for event in self.events_since(self.heard) {
            if let EventKind::Client(client, note) = &event.kind
                && let Note::Notified(event) = &**note
            {
                heard.push((*client, event.clone()));
            }
        }
        self.heard = self.run.trace().len();
        for (client, event) in heard {
            let effects = self.consoles.entry(client).or_default().notified(&event);
            if client != self.current && !effects.is_empty() {
                self.print(&format!("\n{client}:"));
            }
            self.carry_out(effects);
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

/// `S2`, or as zkCli would have it `S2:2181`.
fn server_named(text: &str) -> Option<ServerId> {
    let name = text.split(':').next()?;
    name.strip_prefix('S')?.parse().ok().map(ServerId)
}
