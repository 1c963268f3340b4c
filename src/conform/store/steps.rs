//! The steps: what each of them does to the ensemble, and what came of it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::answer::{self, Labels};
use super::bench::Bench;
use super::recording::Step;
use super::request::{self, Offsets};
use crate::api::{
    ConnectRequest, ConnectResponse, Op, Password, Reply, Request, ToClient, ToServer, WatchEvent,
    XID_AUTH, XID_PING, XID_SET_WATCHES,
};
use crate::types::{ClientId, ConnectionId, ServerId, SessionId, Span, Zxid};

/// How long a step waits at most for what it waits for, beyond a session's timeout.
const WAIT_MAX: Span = Span::millis(60_000);
/// How often it looks, and how often clients that live say so meanwhile.
const WAIT_STEP: Span = Span::millis(100);

/// A session of the recording, as the replay knows it.
struct Party {
    client: ClientId,
    server: ServerId,
    /// The connection, as long as the client has one.
    connection: Option<ConnectionId>,
    session: SessionId,
    password: Password,
    timeout: Span,
    next_xid: i32,
}

/// The ensemble and the sessions of a recording.
pub(super) struct Stage {
    pub(super) bench: Bench,
    parties: BTreeMap<String, Party>,
}

/// What a step brought about.
pub(super) enum Done {
    Outcome(Map<String, Value>),
    /// There is no such operation.
    Unknown,
}

impl Labels for Stage {
    fn offset_of(&self, zxid: Zxid) -> i64 {
        self.bench.offset_of(zxid)
    }

    fn label_of(&self, session: SessionId) -> Value {
        if session == SessionId::NONE {
            return json!(0);
        }
        let own = self.parties.iter().find(|(_, party)| party.session == session);
        own.map_or_else(|| json!(session.to_string()), |(label, _)| json!(label))
    }
}

impl Offsets for Stage {
    fn zxid_at(&self, offset: i64) -> Zxid {
        self.bench.zxid_at(offset)
    }
}

impl Stage {
    /// The sessions are spread over the servers in the order in which they are first used.
    pub(super) fn new(bench: Bench, sessions: &[String]) -> Stage {
        let party = |(number, label): (u16, &String)| {
            let servers = bench.servers();
            let server = servers[usize::from(number) % servers.len()];
            let party = Party {
                client: ClientId(number + 1),
                server,
                connection: None,
                session: SessionId::NONE,
                password: Password::default(),
                timeout: Span::ZERO,
                next_xid: 1,
            };
            (label.clone(), party)
        };
        let parties = (0..).zip(sessions).map(party).collect();
        Stage { bench, parties }
    }

    /// Does a step until everything is quiet.
    pub(super) fn perform(&mut self, step: &Step) -> Done {
        let own = step.session.as_deref().filter(|label| self.parties.contains_key(*label));
        let mut outcome = match (step.op.as_str(), own) {
            ("restart_server", _) => {
                self.bench.restart_all();
                self.parties.values_mut().for_each(|party| party.connection = None);
                Map::new()
            }
            (_, None) => return Done::Unknown,
            ("connect", Some(own)) => self.connect(own, step),
            ("reconnect", Some(own)) => self.reconnect(own, step),
            ("drop", Some(own)) => {
                if let Some(connection) = self.party(own).connection.take() {
                    self.bench.hang_up(connection);
                }
                Map::new()
            }
            ("await_expiry", Some(own)) => self.await_expiry(own),
            ("await_gone", Some(own)) => self.await_gone(own, step),
            ("pipeline", Some(own)) => match self.pipeline(own, step) {
                Some(outcome) => outcome,
                None => return Done::Unknown,
            },
            (_, Some(own)) => match request::op(&step.op, &step.args, self) {
                Some(op) => self.ask(own, op),
                None => return Done::Unknown,
            },
        };
        let mut events = outcome.remove("events").map_or(vec![], |events| match events {
            Value::Array(events) => events,
            other => unreachable!("events are a list: {other}"),
        });
        events.extend(self.events_of_others(own));
        outcome.insert("events".to_owned(), Value::Array(events));
        Done::Outcome(outcome)
    }

    /// Whether the answer depends on what clients of other servers watch: a checkWatches of 3.8.0
    /// looks at every connection of its own server.
    pub(super) fn depends_on_other_servers(&self, step: &Step) -> bool {
        let asks = || request::op(&step.op, &step.args, self);
        let Some(Op::CheckWatches { path, kind }) = asks() else { return false };
        let own = step.session.as_ref().and_then(|label| self.parties.get(label));
        let watched_at = |server: ServerId| {
            let server = self.bench.ensemble().server(server);
            let process = server.and_then(|server| server.process());
            process.is_some_and(|process| process.watches().check_watches(&path, kind).is_ok())
        };
        let elsewhere = |server: &ServerId| Some(*server) != own.map(|own| own.server);
        let mut others = self.bench.servers().iter().filter(|server| elsewhere(server));
        !own.is_some_and(|own| watched_at(own.server)) && others.any(|server| watched_at(*server))
    }

    /// One zxid passes and nothing else, by a write that fails; how many did, is answered. Where
    /// the recorded server replied all the same, no transaction carried the zxid: its replies went
    /// on with the one before.
    pub(super) fn pass_zxid(&mut self, step: &Step) -> Map<String, Value> {
        let Some(own) = step.session.as_deref().filter(|own| self.parties.contains_key(*own))
        else {
            return Map::new();
        };
        let before = self.bench.transactions();
        let mut outcome = self.ask(own, Op::delete("/"));
        outcome.insert("zxids passed".to_owned(), json!(self.bench.transactions() - before));
        if step.outcome.contains_key("zxid") {
            self.bench.leave_hole();
        }
        outcome
    }

    fn party(&mut self, label: &str) -> &mut Party {
        self.parties.get_mut(label).expect("looked up when the step began")
    }

    fn connect(&mut self, own: &str, step: &Step) -> Map<String, Value> {
        let wanted = step.args.get("timeout_ms").and_then(Value::as_i64).unwrap_or(0);
        let timeout = Span::millis(wanted.max(0).unsigned_abs());
        let request = ConnectRequest {
            last_zxid_seen: Zxid::ZERO,
            timeout,
            session: SessionId::NONE,
            password: Password::default(),
        };
        let response = self.associate(own, request);
        let mut outcome = Map::new();
        let Some(response) = response else { return closed() };
        let party = self.party(own);
        (party.session, party.password) = (response.session, response.password);
        party.timeout = response.timeout;
        outcome.insert("result".to_owned(), json!({ "timeout_ms": response.timeout.as_millis() }));
        outcome.insert("zxid".to_owned(), json!(self.processed_at(own)));
        outcome
    }

    /// At the next server, unless it is the only one.
    fn reconnect(&mut self, own: &str, step: &Step) -> Map<String, Value> {
        let servers = self.bench.servers().to_vec();
        let seen = step.args.get("last_zxid_seen").and_then(Value::as_i64).unwrap_or(0);
        let last_zxid_seen = self.bench.zxid_at(seen);
        let is_right = step.args.get("passwd").and_then(Value::as_str) == Some("right");
        let party = self.party(own);
        let place = servers.iter().position(|server| *server == party.server).unwrap_or(0);
        party.server = servers[(place + 1) % servers.len()];
        let password = if is_right { party.password } else { Password([0x2a; 16]) };
        let (session, timeout) = (party.session, party.timeout);
        let request = ConnectRequest { last_zxid_seen, timeout, session, password };
        let Some(response) = self.associate(own, request) else { return closed() };
        let accepted = !response.is_expired();
        let timeout_ms = response.timeout.as_millis();
        let mut outcome = Map::new();
        let result = json!({ "accepted": accepted, "timeout_ms": timeout_ms });
        outcome.insert("result".to_owned(), result);
        if accepted {
            outcome.insert("zxid".to_owned(), json!(self.processed_at(own)));
        }
        outcome
    }

    /// Dials and asks for a session; `None` where the server hangs up without an answer.
    fn associate(&mut self, own: &str, request: ConnectRequest) -> Option<ConnectResponse> {
        let party = self.party(own);
        let (client, server, before) = (party.client, party.server, party.connection.take());
        if let Some(before) = before {
            self.bench.hang_up(before);
        }
        let connection = self.bench.dial(client, server);
        self.bench.say(connection, ToServer::Connect(request));
        self.bench.settle();
        let heard = self.bench.heard(connection);
        let response = heard.into_iter().find_map(|message| match message {
            ToClient::Connected(response) => Some(response),
            ToClient::Event(_) | ToClient::Reply(_) => None,
        });
        if !self.bench.is_closed(connection) {
            self.party(own).connection = Some(connection);
        }
        response
    }

    fn processed_at(&self, own: &str) -> i64 {
        let server = self.parties.get(own).map(|party| party.server);
        let process = server.and_then(|server| self.bench.ensemble().server(server)?.process());
        process.map_or(0, |process| {
            self.bench.processed_offset_of(process.database().last_processed())
        })
    }

    fn say(&mut self, own: &str, op: &Op) {
        let party = self.party(own);
        let Some(connection) = party.connection else { return };
        let xid = match op {
            Op::Auth { .. } => XID_AUTH,
            Op::Ping => XID_PING,
            Op::SetWatches(_) => XID_SET_WATCHES,
            _ => {
                party.next_xid += 1;
                party.next_xid
            }
        };
        self.bench.say(connection, ToServer::Request(Request { xid, op: op.clone() }));
    }

    fn ask(&mut self, own: &str, op: Op) -> Map<String, Value> {
        self.say(own, &op);
        self.bench.settle();
        let Some(connection) = self.party(own).connection else { return closed() };
        let (replies, events) = split(self.bench.heard(connection));
        let is_closed = self.bench.is_closed(connection);
        if is_closed {
            self.party(own).connection = None;
        }
        let mut outcome = match replies.first() {
            Some(reply) => self.reply(&op, reply),
            None if is_closed => closed(),
            None => [("outcome".to_owned(), json!("no_reply"))].into_iter().collect(),
        };
        if is_closed && !replies.is_empty() && op != Op::CloseSession {
            outcome.insert("then".to_owned(), json!("connection_closed"));
        }
        let events: Value = events.iter().map(|event| answer::event(own, event)).collect();
        outcome.insert("events".to_owned(), events);
        outcome
    }

    fn reply(&self, op: &Op, reply: &Reply) -> Map<String, Value> {
        let mut outcome = answer::reply(op, &reply.result, self);
        outcome.insert("zxid".to_owned(), json!(self.bench.processed_offset_of(reply.zxid)));
        outcome
    }

    /// All are sent before the first answer is read.
    fn pipeline(&mut self, own: &str, step: &Step) -> Option<Map<String, Value>> {
        let parts = step.args.get("ops")?.as_array()?;
        let op = |part: &Value| {
            let part = part.as_object()?;
            request::op(part.get("op")?.as_str()?, part, self)
        };
        let ops: Vec<Op> = parts.iter().map(op).collect::<Option<_>>()?;
        for op in &ops {
            self.say(own, op);
        }
        self.bench.settle();
        let connection = self.party(own).connection?;
        let (replies, events) = split(self.bench.heard(connection));
        let replies = ops.iter().zip(&replies).map(|(op, reply)| self.reply(op, reply));
        let replies: Vec<Value> = replies.map(Value::Object).collect();
        let events: Value = events.iter().map(|event| answer::event(own, event)).collect();
        let outcome = [("replies", Value::Array(replies)), ("events", events)];
        Some(outcome.map(|(key, value)| (key.to_owned(), value)).into_iter().collect())
    }

    fn await_expiry(&mut self, own: &str) -> Map<String, Value> {
        let (session, timeout) = (self.party(own).session, self.party(own).timeout);
        self.wait(timeout, |bench| {
            let mut servers = bench.ensemble().servers();
            servers.all(|server| {
                server
                    .process()
                    .is_none_or(|process| !process.database().sessions.contains_key(&session))
            })
        });
        self.zxid_only(own)
    }

    fn await_gone(&mut self, own: &str, step: &Step) -> Map<String, Value> {
        let path = step.args.get("path").and_then(Value::as_str).unwrap_or_default();
        self.wait(Span::ZERO, |bench| {
            let mut servers = bench.ensemble().servers();
            servers.all(|server| {
                let process = server.process();
                process.is_none_or(|process| process.database().tree.znode(path).is_none())
            })
        });
        self.zxid_only(own)
    }

    fn zxid_only(&self, own: &str) -> Map<String, Value> {
        [("zxid".to_owned(), json!(self.processed_at(own)))].into_iter().collect()
    }

    /// Lets time pass until it is so, or for long enough. Clients that are connected give signs of
    /// life.
    fn wait(&mut self, at_least: Span, is_so: impl Fn(&Bench) -> bool) {
        let mut left = at_least + WAIT_MAX;
        while !is_so(&self.bench) && left > Span::ZERO {
            let connections = self.parties.values().filter_map(|party| party.connection);
            let connections: Vec<ConnectionId> = connections.collect();
            for connection in connections {
                let ping = Request { xid: XID_PING, op: Op::Ping };
                self.bench.say(connection, ToServer::Request(ping));
            }
            self.bench.settle();
            self.bench.pass(WAIT_STEP);
            left = left - WAIT_STEP;
        }
    }

    /// What the other sessions heard of the step, by label.
    fn events_of_others(&mut self, own: Option<&str>) -> Vec<Value> {
        let mut events = Vec::new();
        for (label, party) in &mut self.parties {
            let Some(connection) = party.connection else { continue };
            let (_, heard) = split(self.bench.heard(connection));
            events.extend(heard.iter().map(|event| answer::event(label, event)));
            if self.bench.is_closed(connection) {
                party.connection = None;
                if Some(label.as_str()) != own {
                    events.push(answer::connection_closed(label));
                }
            }
        }
        events
    }
}

fn closed() -> Map<String, Value> {
    [("outcome".to_owned(), json!("connection_closed"))].into_iter().collect()
}

/// What was answered, without signs of life unless there is nothing else, and what was told.
fn split(heard: Vec<ToClient>) -> (Vec<Reply>, Vec<WatchEvent>) {
    let (mut replies, mut events) = (Vec::new(), Vec::new());
    for message in heard {
        match message {
            ToClient::Connected(_) => {}
            ToClient::Event(event) => events.push(event),
            ToClient::Reply(reply) => replies.push(reply),
        }
    }
    (replies, events)
}
