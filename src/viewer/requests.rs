//! What became of each request: asked, received, proposed, acknowledged, committed, told.

use std::collections::BTreeMap;
use std::sync::Arc;

use imbl::{OrdMap, Vector};

use crate::api::{Op, OpError, OpResult};
use crate::client;
use crate::server;
use crate::sim::{EventKind, TraceEvent};
use crate::types::{ClientId, Instant, ServerId, SessionId, Zxid};
use crate::zab;

/// All requests of a run so far, as far as anyone outside can follow them.
#[derive(Clone, Debug, Default)]
pub struct Requests {
    entries: OrdMap<(ClientId, i32), Arc<Request>>,
    /// The order in which they were asked; the newest last.
    order: Vector<(ClientId, i32)>,
    clients: BTreeMap<SessionId, ClientId>,
    servers: BTreeMap<ClientId, ServerId>,
    by_zxid: OrdMap<Zxid, (ClientId, i32)>,
}

/// One request and how far it has come.
#[derive(Clone, PartialEq, Debug)]
pub struct Request {
    /// Whose.
    pub client: ClientId,
    /// Its number within the client.
    pub xid: i32,
    /// The server that it was sent to, or would be.
    pub server: Option<ServerId>,
    /// What is asked.
    pub op: Op,
    /// When.
    pub asked_at: Instant,
    /// When it last came further.
    pub moved_at: Instant,
    /// Whether a server has it.
    pub received: bool,
    /// Its place in the order of all transactions, from the leader's proposal on.
    pub zxid: Option<Zxid>,
    /// How many acks the leader has counted.
    pub acks: u32,
    /// Whether the leader has committed it.
    pub committed: bool,
    /// What the client knows.
    pub outcome: Told,
}

/// What a client knows of a request.
#[derive(Clone, PartialEq, Debug)]
pub enum Told {
    /// Nothing yet.
    Pending,
    /// The answer, and the answering server's last processed zxid.
    Answered(Zxid, Result<OpResult, OpError>),
    /// The connection broke before the answer.
    Unknown,
    /// It was never sent.
    Refused(OpError),
}

/// So many requests are remembered.
const REMEMBERED: usize = 1_000;

impl Requests {
    /// The newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Request> {
        self.order.iter().rev().map(|key| &*self.entries[key])
    }

    /// Whether anyone has asked for anything.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Takes note of what happened.
    pub fn absorb(&mut self, event: &TraceEvent) {
        match &event.kind {
            EventKind::Client(client, note) => self.on_client(*client, note, event.at),
            EventKind::Server(_, note) => self.on_server(note, event.at),
            EventKind::Peer(_, note) => self.on_peer(note, event.at),
            _ => {}
        }
    }

    fn on_client(&mut self, client: ClientId, note: &client::Note, at: Instant) {
        use client::Note;
        match note {
            Note::Asked { xid, op } => self.asked(client, *xid, op, at),
            Note::SessionOpened { session, server, .. } => {
                self.clients.insert(*session, client);
                self.servers.insert(client, *server);
            }
            Note::StateChanged { server, .. } => {
                if let Some(server) = server {
                    self.servers.insert(client, *server);
                }
            }
            Note::Told { xid, zxid, result } => {
                self.told(client, *xid, Told::Answered(*zxid, result.clone()), at);
            }
            Note::Unknown { xid } => self.told(client, *xid, Told::Unknown, at),
            Note::Refused { xid, error } => self.told(client, *xid, Told::Refused(*error), at),
            Note::Notified(_) | Note::SessionExpired { .. } => {}
        }
    }

    fn on_server(&mut self, note: &server::Note, at: Instant) {
        match note {
            server::Note::RequestReceived { session, cxid, .. } => {
                self.advance(*session, *cxid, at, |request| request.received = true);
            }
            server::Note::Prepared { zxid, session, cxid, .. } => {
                let Some(&client) = self.clients.get(session) else { return };
                let key = (client, *cxid);
                if self.entries.contains_key(&key) {
                    self.by_zxid.insert(*zxid, key);
                }
                self.advance(*session, *cxid, at, |request| {
                    request.zxid = Some(*zxid);
                    request.received = true;
                });
            }
            _ => {}
        }
    }

    fn on_peer(&mut self, note: &zab::Note, at: Instant) {
        let (zxid, acks) = match *note {
            zab::Note::Acked { zxid, count, .. } => (zxid, Some(count)),
            zab::Note::Committed { zxid } => (zxid, None),
            _ => return,
        };
        let Requests { entries, by_zxid, .. } = self;
        let request = by_zxid.get(&zxid).and_then(|key| entries.get_mut(key));
        let Some(request) = request.map(Arc::make_mut) else { return };
        request.acks = request.acks.max(acks.unwrap_or(0));
        request.committed |= acks.is_none();
        request.moved_at = at;
    }

    fn asked(&mut self, client: ClientId, xid: i32, op: &Op, at: Instant) {
        let request = Request {
            client,
            xid,
            server: self.servers.get(&client).copied(),
            op: op.clone(),
            asked_at: at,
            moved_at: at,
            received: false,
            zxid: None,
            acks: 0,
            committed: false,
            outcome: Told::Pending,
        };
        self.entries.insert((client, xid), Arc::new(request));
        self.order.push_back((client, xid));
        if self.order.len() > REMEMBERED {
            let forgotten = self.order.pop_front().and_then(|key| self.entries.remove(&key));
            if let Some(zxid) = forgotten.and_then(|request| request.zxid) {
                self.by_zxid.remove(&zxid);
            }
        }
    }

    fn told(&mut self, client: ClientId, xid: i32, outcome: Told, at: Instant) {
        if let Some(request) = self.entries.get_mut(&(client, xid)).map(Arc::make_mut) {
            request.outcome = outcome;
            request.moved_at = at;
        }
    }

    fn advance(
        &mut self,
        session: SessionId,
        cxid: i32,
        at: Instant,
        change: impl FnOnce(&mut Request),
    ) {
        let client = self.clients.get(&session).copied();
        let request = client.and_then(|client| self.entries.get_mut(&(client, cxid)));
        if let Some(request) = request.map(Arc::make_mut) {
            change(request);
            request.moved_at = at;
        }
    }
}
