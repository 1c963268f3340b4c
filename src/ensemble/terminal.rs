//! A client's console at its client: what is entered becomes what the client does, and what the
//! client is told goes back to the console.
//!
//! A [`Terminal`] is a value beside the [`Client`]. It listens to the client's notes, and where it
//! has something to go on with, [`Terminal::turn`] says what is printed and what the client is
//! handed next. A line that is entered while a command waits for its answers waits too, as a line
//! does that is typed ahead.

use std::collections::VecDeque;
use std::sync::Arc;

use imbl::Vector;

use crate::api::{Op, OpError};
use crate::client::{self, Client, SessionState};
use crate::console::{self, Answer, Console, Effect};
use crate::types::ServerId;

/// A console and what it waits for.
#[derive(Clone, Hash, Debug)]
pub struct Terminal {
    console: Console,
    /// Entered, and not looked at yet; oldest first.
    typed: VecDeque<Arc<str>>,
    waits: Waits,
    /// What the client heard and the console was not told yet.
    heard: Vector<Arc<client::Note>>,
    /// The last state that the watchers were told.
    state: SessionState,
}

/// What has to happen before the next line is looked at.
#[derive(Clone, Hash, Debug)]
enum Waits {
    Nothing,
    /// For answers to as many requests.
    Answers {
        requests: Vec<Request>,
        /// The place of the request whose number comes with the next one that is asked.
        next: Option<u32>,
    },
    /// For the end of the session; then perhaps a new one begins, at this server if one is named.
    End(Option<Anew>),
}

#[derive(Clone, Hash, Debug)]
struct Anew(Option<ServerId>);

/// A request of the command that runs.
#[derive(Clone, Hash, Debug, Default)]
struct Request {
    xid: Option<i32>,
    answer: Option<Answer>,
}

/// What a terminal goes on with: first it prints, then the client is handed its inputs.
#[derive(Debug, Default)]
pub(super) struct Turn {
    pub notes: Vec<console::Note>,
    pub inputs: Vec<client::Input>,
}

impl Terminal {
    /// An empty one, at a client in this state.
    pub(super) fn new(state: SessionState) -> Terminal {
        Terminal {
            console: Console::new(),
            typed: VecDeque::new(),
            waits: Waits::Nothing,
            heard: Vector::new(),
            state,
        }
    }

    /// All that was entered, oldest first.
    pub fn history(&self) -> &[Arc<str>] {
        self.console.history()
    }

    /// Whether a command is not done yet.
    pub fn is_busy(&self) -> bool {
        !matches!(self.waits, Waits::Nothing)
    }

    /// What was entered meanwhile, oldest first.
    pub fn typed_ahead(&self) -> impl Iterator<Item = &Arc<str>> {
        self.typed.iter()
    }

    /// What stands before the next line: `[zk: S2(CONNECTED) 3] `.
    pub fn prompt(&self, client: &Client) -> String {
        prompt(&self.console, client)
    }

    pub(super) fn enter(&mut self, line: &Arc<str>) {
        self.typed.push_back(Arc::clone(line));
    }

    /// Whether it would listen to a note of this kind.
    pub(super) fn listens_to(&self, note: &client::Note) -> bool {
        use client::Note;
        match note {
            Note::Notified(_) | Note::StateChanged { .. } => true,
            Note::Asked { .. }
            | Note::Told { .. }
            | Note::Unknown { .. }
            | Note::Refused { .. } => {
                matches!(self.waits, Waits::Answers { .. })
            }
            Note::SessionExpired { .. } | Note::SessionOpened { .. } => false,
        }
    }

    /// Takes note of what happened to the client.
    pub(super) fn hear(&mut self, note: &Arc<client::Note>) {
        use client::Note;
        match &**note {
            Note::Notified(_) | Note::StateChanged { .. } => {
                self.heard.push_back(Arc::clone(note));
            }
            Note::Asked { xid, .. } => self.asked(*xid),
            Note::Told { xid, result, .. } => self.answered(*xid, result.clone()),
            Note::Unknown { xid } => self.answered(*xid, Err(OpError::ConnectionLoss)),
            Note::Refused { xid, error } => self.answered(*xid, Err(*error)),
            Note::SessionExpired { .. } | Note::SessionOpened { .. } => {}
        }
    }

    /// The next request that the client is handed is the one at this place.
    pub(super) fn hands_over(&mut self, place: u32) {
        if let Waits::Answers { next, .. } = &mut self.waits {
            *next = Some(place);
        }
    }

    fn asked(&mut self, xid: i32) {
        if let Waits::Answers { requests, next } = &mut self.waits
            && let Some(place) = next.take()
            && let Some(request) = requests.get_mut(place as usize)
        {
            request.xid = Some(xid);
        }
    }

    fn answered(&mut self, xid: i32, answer: Answer) {
        if let Waits::Answers { requests, .. } = &mut self.waits {
            let asked = requests.iter_mut().find(|request| request.xid == Some(xid));
            if let Some(request) = asked {
                request.answer = Some(answer);
            }
        }
    }

    /// Whether there is something to go on with.
    pub(super) fn is_ready(&self, client: &Client) -> bool {
        !self.heard.is_empty()
            || match &self.waits {
                Waits::Nothing => !self.typed.is_empty(),
                Waits::Answers { requests, .. } => {
                    requests.iter().all(|request| request.answer.is_some())
                }
                Waits::End(_) => client.state().is_over(),
            }
    }

    /// Goes on as far as it can without the client. `is_server` says who there is to attach to.
    pub(super) fn turn(&mut self, client: &Client, is_server: impl Fn(ServerId) -> bool) -> Turn {
        let mut turn = Turn::default();
        if let Some(note) = self.heard.pop_front() {
            let told = self.tell(&note);
            self.carry_out(told, client, &is_server, &mut turn);
            return turn;
        }
        match std::mem::replace(&mut self.waits, Waits::Nothing) {
            Waits::Nothing => {
                let Some(line) = self.typed.pop_front() else { return turn };
                let prompt = self.prompt(client).into();
                turn.notes.push(console::Note::Entered { prompt, line: Arc::clone(&line) });
                let is_alive = is_alive(client.state());
                let wanted = self.console.enter(&line, is_alive);
                self.carry_out(wanted, client, &is_server, &mut turn);
            }
            Waits::Answers { requests, .. } => {
                let answers = requests.into_iter().map(|request| {
                    request.answer.expect("a terminal is ready when all requests are answered")
                });
                let wanted = self.console.answer(answers);
                self.carry_out(wanted, client, &is_server, &mut turn);
            }
            Waits::End(anew) => turn.inputs.extend(anew.into_iter().flat_map(begin)),
        }
        turn
    }

    fn tell(&mut self, note: &client::Note) -> Vec<Effect> {
        match note {
            client::Note::Notified(event) => self.console.notified(event),
            client::Note::StateChanged { state, .. } => {
                let Some(name) = told_as(self.state, *state) else { return Vec::new() };
                self.state = *state;
                self.console.state_told(name)
            }
            _ => Vec::new(),
        }
    }

    fn carry_out(
        &mut self,
        wanted: Vec<Effect>,
        client: &Client,
        is_server: &impl Fn(ServerId) -> bool,
        turn: &mut Turn,
    ) {
        for effect in wanted {
            match effect {
                Effect::Print(line) => print(&line, false, &mut turn.notes),
                Effect::Complain(line) => print(&line, true, &mut turn.notes),
                Effect::Ask(ops) => {
                    let requests = vec![Request::default(); ops.len()];
                    self.waits = Waits::Answers { requests, next: None };
                    turn.inputs.extend(ops.iter().cloned().map(client::Input::Submit));
                }
                Effect::Connect(None) => self.connect(None, client, turn),
                Effect::Connect(Some(name)) => {
                    match server_named(&name, is_server) {
                        Ok(server) => self.connect(Some(server), client, turn),
                        Err(why) => print(why, true, &mut turn.notes),
                    };
                }
                Effect::Close => self.close(None, turn),
                Effect::Expire => turn.inputs.push(client::Input::Expire),
                Effect::Forget { path, kind } => {
                    turn.inputs.push(client::Input::Forget { path, kind });
                }
                Effect::Move(name) => match server_named(&name, is_server) {
                    Ok(server) => turn.inputs.push(client::Input::Attach(server)),
                    Err(why) => print(why, true, &mut turn.notes),
                },
                Effect::Quit => {
                    turn.notes.push(console::Note::Left);
                    if is_alive(client.state()) {
                        self.close(None, turn);
                    }
                }
            }
        }
    }

    /// A new session, once the old one has ended.
    fn connect(&mut self, server: Option<ServerId>, client: &Client, turn: &mut Turn) {
        let anew = Anew(server);
        if is_alive(client.state()) {
            self.close(Some(anew), turn);
        } else {
            turn.inputs.extend(begin(anew));
        }
    }

    fn close(&mut self, anew: Option<Anew>, turn: &mut Turn) {
        turn.inputs.push(client::Input::Submit(Op::CloseSession));
        self.waits = Waits::End(anew);
    }
}

fn begin(Anew(server): Anew) -> impl Iterator<Item = client::Input> {
    server.map(client::Input::Attach).into_iter().chain([client::Input::Start])
}

/// Whether there is a session, or one is being made. Source: `ZooKeeper.States.isAlive`.
fn is_alive(state: SessionState) -> bool {
    !state.is_over() && state != SessionState::NotConnected
}

fn prompt(console: &Console, client: &Client) -> String {
    let state = match client.state() {
        SessionState::Connected => "CONNECTED",
        SessionState::Connecting | SessionState::Disconnected => "CONNECTING",
        SessionState::AuthFailed => "AUTH_FAILED",
        SessionState::NotConnected => "NOT_CONNECTED",
        SessionState::Closed | SessionState::Expired => "CLOSED",
    };
    let host = client.server().map_or_else(|| "nobody".to_owned(), |server| server.to_string());
    console.prompt(&host, state)
}

/// What the watchers hear where one state follows on another. Source: `ClientCnxn`, which tells
/// nothing of its tries to find another server.
fn told_as(before: SessionState, state: SessionState) -> Option<&'static str> {
    match state {
        _ if before == state => None,
        SessionState::Connected => Some("SyncConnected"),
        SessionState::Connecting | SessionState::Disconnected => {
            (before == SessionState::Connected).then_some("Disconnected")
        }
        SessionState::Expired => Some("Expired"),
        SessionState::Closed => Some("Closed"),
        SessionState::AuthFailed => Some("AuthFailed"),
        SessionState::NotConnected => None,
    }
}

/// One line more, with those before it in one note if they are of its kind.
fn print(line: &str, complains: bool, notes: &mut Vec<console::Note>) {
    use console::Note;
    match (notes.last_mut(), complains) {
        (Some(Note::Printed(text)), false) | (Some(Note::Complained(text)), true) => {
            *text = format!("{text}\n{line}").into();
        }
        (_, false) => notes.push(Note::Printed(line.into())),
        (_, true) => notes.push(Note::Complained(line.into())),
    }
}

/// `S2`, or as zkCli would have it `S2:2181`.
fn server_named(
    text: &str,
    is_server: impl Fn(ServerId) -> bool,
) -> Result<ServerId, &'static str> {
    let name = text.split(':').next().and_then(|name| name.strip_prefix('S'));
    let server = name.and_then(|number| number.parse().ok()).map(ServerId);
    server.filter(|server| is_server(*server)).ok_or("There is no such server: they are S1, S2, …")
}
