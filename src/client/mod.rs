//! One simulated client, as a value that turns an [`Input`] into [`Output`]s.
//!
//! A [`Client`] keeps a session alive with any of its servers, sends requests and is told answers.
//! It has no clock, no randomness and no I/O: its host carries the outputs out in order. Everything
//! it asks and is told leaves it as a [`Note`]; the history made of them is its whole view.
//!
//! ```text
//!            Start             answered               connection lost
//!   NotConnected ─▶ Connecting ───────▶ Connected ──────────────────▶ Disconnected
//!                    │   ▲                  │                              │
//!            expired │   └──────────────────│────── pause, next server ────┘
//!                    ▼                      ▼ closeSession answered
//!                 Expired                 Closed
//! ```
//!
//! The folder ends at [`crate::api`]: a client knows what servers say, not how they work.
//! Source: `ClientCnxn`, `ClientCnxnSocket`, `StaticHostProvider`; fact sheet §7.

mod config;
mod identities;
mod input;
mod link;
mod note;
mod output;
mod requests;
mod session;
mod watches;

use imbl::Vector;

pub use config::ClientConfig;
pub use input::Input;
pub use link::SessionState;
pub use note::Note;
pub use output::{Out, Output, Timer};
pub use watches::ClientWatches;

use crate::api::{Op, Password, Request};
use crate::types::{ConnectionId, ServerId, SessionId, Span, Zxid};
use identities::Proofs;
use link::Link;

/// A client: its session, its connection, and what it waits for.
///
/// Invariants, tested by [`Client::validate`]:
/// 1. requests are in flight only while connected;
/// 2. the numbers of requests in flight and queued rise, and lie below the next one;
/// 3. nothing is queued once the session is over.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Client {
    config: ClientConfig,
    link: Link,
    /// Where to dial next, if a server was chosen; otherwise the next of the list.
    chosen: Option<ServerId>,
    /// The place in the list of the server to try next.
    next_server: u32,
    session: SessionId,
    password: Password,
    /// As negotiated; before that, as wanted.
    timeout: Span,
    last_zxid_seen: Zxid,
    watches: ClientWatches,
    proofs: Proofs,
    next_xid: i32,
    /// Sent and not answered, oldest first.
    in_flight: Vector<Request>,
    /// Not sent yet, oldest first.
    queued: Vector<Request>,
    /// To be submitted one after the other.
    program: Vector<Op>,
    /// The request of the program that is waited for.
    program_xid: Option<i32>,
}

impl Client {
    /// A client that was not started yet.
    pub fn new(config: ClientConfig) -> Client {
        assert!(!config.servers.is_empty(), "a client needs a server to dial");
        let timeout = config.timeout;
        Client {
            config,
            link: Link::Idle,
            chosen: None,
            next_server: 0,
            session: SessionId::NONE,
            password: Password::default(),
            timeout,
            last_zxid_seen: Zxid::ZERO,
            watches: ClientWatches::default(),
            proofs: Proofs::default(),
            next_xid: 1,
            in_flight: Vector::new(),
            queued: Vector::new(),
            program: Vector::new(),
            program_xid: None,
        }
    }

    /// Takes one input. What makes no sense in the client's state has no effect.
    pub fn step(&mut self, input: Input, out: &mut Out) {
        match input {
            Input::Attach(server) => self.on_attach(server, out),
            Input::Closed(connection) => self.on_closed(connection, out),
            Input::Connected(connection) => self.on_connected(connection, out),
            Input::Expire => self.on_expire(out),
            Input::Forget { path, kind } => self.watches.removed(&path, kind),
            Input::Fired(timer) => self.on_fired(timer, out),
            Input::Received { connection, message } => self.on_received(connection, message, out),
            Input::Run(ops) => self.program.extend(ops.iter().cloned()),
            Input::Start => self.on_start(out),
            Input::Submit(op) => {
                self.submit(op, out);
            }
        }
        self.run_program(out);
        self.send_queued(out);
    }

    /// The state as an application sees it.
    pub fn state(&self) -> SessionState {
        self.link.state()
    }

    /// The server it is connected to, or tries to be.
    pub fn server(&self) -> Option<ServerId> {
        self.link.server()
    }

    /// Its connection, if it has dialled one.
    pub fn connection(&self) -> Option<ConnectionId> {
        self.link.connection()
    }

    /// Its session; [`SessionId::NONE`] before it has one.
    pub fn session(&self) -> SessionId {
        self.session
    }

    /// The timeout of its session; before it has one, the one it will ask for.
    pub fn timeout(&self) -> Span {
        self.timeout
    }

    /// The newest zxid that a reply carried.
    pub fn last_zxid_seen(&self) -> Zxid {
        self.last_zxid_seen
    }

    /// The number that its next request will have.
    pub fn next_xid(&self) -> i32 {
        self.next_xid
    }

    /// What it watches.
    pub fn watches(&self) -> &ClientWatches {
        &self.watches
    }

    /// The requests that were sent and not answered, oldest first.
    pub fn in_flight(&self) -> impl Iterator<Item = &Request> {
        self.in_flight.iter()
    }

    /// The requests that wait for a connection, oldest first.
    pub fn queued(&self) -> impl Iterator<Item = &Request> {
        self.queued.iter()
    }

    /// How many operations of its program it has not asked yet.
    pub fn program_left(&self) -> u32 {
        u32::try_from(self.program.len()).expect("a program has fewer than 2^32 operations")
    }

    /// Whether nothing is left to ask or to be told.
    pub fn is_idle(&self) -> bool {
        self.in_flight.is_empty() && self.queued.is_empty() && self.program.is_empty()
    }

    /// Tests the numbered invariants.
    ///
    /// # Panics
    /// If one is broken.
    pub fn validate(&self) {
        let state = self.state();
        let connected = state == SessionState::Connected;
        assert!(connected || self.in_flight.is_empty(), "1: in flight while {state:?}");
        let xids = || self.in_flight.iter().chain(&self.queued).map(|request| request.xid);
        assert!(xids().zip(xids().skip(1)).all(|(one, next)| one < next), "2: xids do not rise");
        assert!(xids().all(|xid| xid < self.next_xid), "2: next xid {}", self.next_xid);
        assert!(!state.is_over() || self.queued.is_empty(), "3: queued while {state:?}");
    }
}
