//! The session and its connection: dialled, lost, taken up again, ended.

use super::link::Link;
use super::{Client, ClientWatches, Note, Out, Output, Timer};
use crate::api::{
    ConnectRequest, ConnectResponse, Op, Password, Request, ToClient, ToServer, XID_PING,
    XID_SET_WATCHES,
};
use crate::types::{ConnectionId, ServerId, SessionId, Span, Zxid};

impl Client {
    /// Begins, or begins anew with a new session after the old one is over.
    pub(super) fn on_start(&mut self, out: &mut Out) {
        if self.state().is_over() {
            self.link = Link::Idle;
            self.session = SessionId::NONE;
            self.password = Password::default();
            self.timeout = self.config.timeout;
            self.last_zxid_seen = Zxid::ZERO;
            self.watches = ClientWatches::default();
        }
        if self.link == Link::Idle {
            self.dial(out);
        }
    }

    /// Moves to the server at once if there is a session to move; otherwise remembers it.
    pub(super) fn on_attach(&mut self, server: ServerId, out: &mut Out) {
        if self.server() == Some(server) {
            return;
        }
        self.chosen = Some(server);
        match self.link {
            Link::Idle | Link::Closed | Link::Expired | Link::AuthFailed => {}
            Link::Resting => {
                out.push(Output::CancelTimer(Timer::Retry));
                self.dial(out);
            }
            Link::Dialling { connection, .. }
            | Link::Associating { connection, .. }
            | Link::Connected { connection, .. } => {
                out.push(Output::Close(connection));
                if self.lose_connection(out) {
                    self.dial(out);
                }
            }
        }
    }

    /// Hangs up and says nothing until the session must have expired. The leader lets a session
    /// expire at the first boundary of its ticks behind the timeout, and hears from followers of
    /// signs of life up to half a tick late; a timeout is two ticks at least, so that a second one
    /// is more than enough.
    pub(super) fn on_expire(&mut self, out: &mut Out) {
        match self.link {
            Link::Idle | Link::Expired | Link::Closed | Link::AuthFailed => return,
            Link::Resting => out.push(Output::CancelTimer(Timer::Retry)),
            Link::Dialling { connection, .. }
            | Link::Associating { connection, .. }
            | Link::Connected { connection, .. } => {
                out.push(Output::Close(connection));
                if !self.lose_connection(out) {
                    return;
                }
                self.enter(Link::Resting, out);
            }
        }
        let away = self.timeout * 2;
        out.push(Output::SetTimer { timer: Timer::Retry, min: away, max: away });
    }

    pub(super) fn on_connected(&mut self, connection: ConnectionId, out: &mut Out) {
        let Link::Dialling { connection: dialled, to } = self.link else { return };
        if connection != dialled {
            return;
        }
        self.enter(Link::Associating { connection, to }, out);
        let request = ConnectRequest {
            last_zxid_seen: self.last_zxid_seen,
            timeout: self.config.timeout,
            session: self.session,
            password: self.password,
        };
        out.send(connection, ToServer::Connect(request));
        out.timer(Timer::Connect, self.connect_timeout());
    }

    pub(super) fn on_closed(&mut self, connection: ConnectionId, out: &mut Out) {
        if self.connection() == Some(connection) && self.lose_connection(out) {
            self.rest(out);
        }
    }

    pub(super) fn on_received(
        &mut self,
        connection: ConnectionId,
        message: ToClient,
        out: &mut Out,
    ) {
        if self.connection() != Some(connection) {
            return;
        }
        match (message, self.link) {
            (ToClient::Connected(response), Link::Associating { to, .. }) => {
                self.on_connect_response(connection, to, response, out);
            }
            (ToClient::Reply(reply), Link::Connected { .. }) => self.on_reply(reply, out),
            (ToClient::Event(event), Link::Connected { .. }) => self.on_event(event, out),
            _ => self.hang_up(out),
        }
    }

    fn on_connect_response(
        &mut self,
        connection: ConnectionId,
        to: ServerId,
        response: ConnectResponse,
        out: &mut Out,
    ) {
        out.push(Output::CancelTimer(Timer::Connect));
        if response.is_expired() {
            out.note(Note::SessionExpired { session: self.session });
            out.push(Output::Close(connection));
            self.end(Link::Expired, out);
            return;
        }
        let ConnectResponse { timeout, session, password } = response;
        let resumed = self.session == session;
        (self.session, self.password, self.timeout) = (session, password, timeout);
        self.enter(Link::Connected { connection, to }, out);
        out.note(Note::SessionOpened { session, timeout, server: to, resumed });
        out.timer(Timer::Read, self.read_timeout());
        out.timer(Timer::Ping, self.ping_delay());
        self.send_proofs(connection, out);
        for lists in self.watches.to_set(self.last_zxid_seen) {
            let request = Request { xid: XID_SET_WATCHES, op: Op::SetWatches(lists) };
            out.send(connection, ToServer::Request(request));
        }
    }

    /// The server hangs up by itself; this side is done with it.
    pub(super) fn on_auth_failed(&mut self, out: &mut Out) {
        let Some(connection) = self.connection() else { return };
        self.cancel_connected_timers(out);
        out.push(Output::Close(connection));
        self.fail_in_flight(out);
        self.end(Link::AuthFailed, out);
    }

    pub(super) fn on_fired(&mut self, timer: Timer, out: &mut Out) {
        match (timer, self.link) {
            (Timer::Connect, Link::Dialling { .. } | Link::Associating { .. })
            | (Timer::Read, Link::Connected { .. }) => self.hang_up(out),
            (Timer::Ping, Link::Connected { connection, .. }) => {
                let ping = Request { xid: XID_PING, op: Op::Ping };
                out.send(connection, ToServer::Request(ping));
                out.timer(Timer::Ping, self.ping_delay());
            }
            (Timer::Retry, Link::Resting) => self.dial(out),
            _ => {}
        }
    }

    fn dial(&mut self, out: &mut Out) {
        let to = self.pick_server();
        let connection = out.connection();
        self.enter(Link::Dialling { connection, to }, out);
        out.push(Output::Dial { connection, to });
        out.timer(Timer::Connect, self.connect_timeout());
    }

    /// The chosen server, or the next of the list; the one behind it comes next.
    fn pick_server(&mut self) -> ServerId {
        let servers = &self.config.servers;
        let next = self.next_server as usize;
        let server = self.chosen.take().unwrap_or(servers[next]);
        let place = servers.iter().position(|&listed| listed == server).unwrap_or(next);
        let next = (place + 1) % servers.len();
        self.next_server = u32::try_from(next).expect("a list of servers is short");
        server
    }

    /// Closes the connection from this side and tries the next server.
    pub(super) fn hang_up(&mut self, out: &mut Out) {
        let Some(connection) = self.connection() else { return };
        out.push(Output::Close(connection));
        if self.lose_connection(out) {
            self.rest(out);
        }
    }

    /// The connection is gone. Answers whether there is a session to go on with: not if it was
    /// about to close. Source: `SendThread.cleanup`.
    ///
    /// Other than ZooKeeper's client, ours keeps the requests that were never sent; it sends them
    /// when it is connected again.
    fn lose_connection(&mut self, out: &mut Out) -> bool {
        match self.link {
            Link::Connected { .. } => self.cancel_connected_timers(out),
            _ => out.push(Output::CancelTimer(Timer::Connect)),
        }
        let closing = self.in_flight.iter().any(|request| request.op == Op::CloseSession);
        self.fail_in_flight(out);
        if closing {
            self.end(Link::Closed, out);
        }
        !closing
    }

    /// The pause before the next try.
    fn rest(&mut self, out: &mut Out) {
        self.enter(Link::Resting, out);
        let (min, max) = (Span::ZERO, self.config.retry_delay_max);
        out.push(Output::SetTimer { timer: Timer::Retry, min, max });
    }

    /// The session is over: what was never sent is refused.
    pub(super) fn end(&mut self, link: Link, out: &mut Out) {
        self.enter(link, out);
        let error = self.state().refusal();
        for request in std::mem::take(&mut self.queued) {
            out.note(Note::Refused { xid: request.xid, error });
            self.settle(request.xid);
        }
        self.refuse_proofs(error, out);
    }

    fn enter(&mut self, link: Link, out: &mut Out) {
        let before = (self.state(), self.server());
        self.link = link;
        let (state, server) = (self.state(), self.server());
        if before != (state, server) {
            out.note(Note::StateChanged { state, server });
        }
    }

    pub(super) fn cancel_connected_timers(&self, out: &mut Out) {
        out.push(Output::CancelTimer(Timer::Read));
        out.push(Output::CancelTimer(Timer::Ping));
    }

    /// Source: `ClientCnxn.onConnected`: the timeout's share of one server.
    fn connect_timeout(&self) -> Span {
        self.timeout / self.config.servers.len() as u64
    }

    /// Source: `ClientCnxn`: two thirds, so that another server can be found in time.
    pub(super) fn read_timeout(&self) -> Span {
        self.timeout * 2 / 3
    }

    /// How long after the last request a ping follows: half of the read timeout, less a second
    /// where that is more than a second, and ten at most. Source: `SendThread.run`.
    pub(super) fn ping_delay(&self) -> Span {
        let (second, half) = (Span::millis(1_000), self.read_timeout() / 2);
        if half <= second { half } else { (half - second).max(second).min(second * 10) }
    }
}
