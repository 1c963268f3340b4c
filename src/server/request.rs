//! A client's way through a server: its session, its requests in their order, the answers.
//! Source: `ZooKeeperServer.processConnectRequest`, `CommitProcessor`, `FinalRequestProcessor`;
//! fact sheet on the protocol §4.4, on the store §7.

use std::sync::Arc;

use super::process::Step;
use super::{
    Awaited, ClientLink, Commit, Effect, Forwarded, Note, OpBrief, Packet, Service, Waiting,
};
use crate::api::{
    ConnectRequest, ConnectResponse, FRAME_BYTES_MAX, Op, OpClass, OpError, OpResult, Reply,
    ToClient, ToServer, XID_AUTH, XID_PING, frame_bytes,
};
use crate::store::{self, Action, Applied, Change, password_of};
use crate::types::{ConnectionId, Identity, SessionId, Span, Txn, TxnBody, Zxid};
use crate::zab;

impl Step<'_> {
    pub fn client_says(&mut self, connection: ConnectionId, message: &ToServer) {
        if self.process.service == Service::Closed {
            return self.hang_up(connection);
        }
        match (message, self.process.clients.find(connection)) {
            (ToServer::Connect(request), Some(ClientLink::Fresh)) => {
                self.connect(connection, request);
            }
            (ToServer::Request(request), Some(ClientLink::Established { .. }))
                if frame_bytes(&request.op) > FRAME_BYTES_MAX =>
            {
                self.hang_up(connection);
            }
            (ToServer::Request(request), Some(ClientLink::Established { session, timeout })) => {
                self.request(connection, (session, timeout), request.xid, &request.op);
            }
            // Requests before the session stands, or a second connect: no client does that.
            (_, Some(_)) => self.hang_up(connection),
            // Hung up on while this was under way.
            (_, None) => (),
        }
    }

    /// Opens a session or takes one up again. A client that has seen more than this server has to
    /// find another one, or it would travel back in time.
    fn connect(&mut self, connection: ConnectionId, request: &ConnectRequest) {
        if request.last_zxid_seen > self.process.database.last_processed() {
            return self.hang_up(connection);
        }
        let timeout = self.config.session_limits.negotiate(request.timeout);
        if request.session == SessionId::NONE {
            let session = self.process.session_ids.next_id();
            self.set_link(connection, ClientLink::Creating { session, timeout });
            return self.submit(session, 0, Arc::default(), Action::CreateSession { timeout });
        }
        let session = request.session;
        if request.password != password_of(session) {
            return self.refuse_session(connection);
        }
        match (&self.process.service, self.process.leader_link) {
            (Service::Leading(_), _) => {
                if self.revalidate_here(session, self.id) {
                    self.establish(connection, session, timeout, true);
                } else {
                    self.refuse_session(connection);
                }
            }
            (_, Some(leader)) => {
                self.set_link(connection, ClientLink::Revalidating { session, timeout });
                self.send(leader, Packet::Revalidate { session, timeout });
            }
            (_, None) => self.hang_up(connection),
        }
    }

    /// The session is served here from now on.
    pub fn establish(
        &mut self,
        connection: ConnectionId,
        session: SessionId,
        timeout: Span,
        resumed: bool,
    ) {
        self.set_link(connection, ClientLink::Established { session, timeout });
        self.touch(session, timeout);
        self.note(Note::SessionOpened { session, timeout, resumed });
        let password = password_of(session);
        let response = ConnectResponse { timeout, session, password };
        self.send(connection, Packet::ToClient(ToClient::Connected(response)));
    }

    /// The session is over, or was never this client's.
    pub fn refuse_session(&mut self, connection: ConnectionId) {
        let response = ToClient::Connected(ConnectResponse::EXPIRED);
        self.send(connection, Packet::ToClient(response));
        self.hang_up(connection);
    }

    /// A session has one connection at a server: the newest.
    fn set_link(&mut self, connection: ConnectionId, link: ClientLink) {
        if let Some(before) = self.process.clients.set(connection, link) {
            self.hang_up(before);
        }
    }

    fn hang_up(&mut self, connection: ConnectionId) {
        self.process.clients.close(connection);
        self.process.watches.forget(connection);
        self.effect(Effect::Close(connection));
    }

    fn touch(&mut self, session: SessionId, timeout: Span) {
        match &mut self.process.service {
            Service::Closed => (),
            Service::Following(following) => following.touched.touch(session, timeout),
            Service::Leading(leading) => {
                leading.sessions.touch(session, self.clock);
            }
        }
    }

    /// One request of an established session, in its order behind those before it.
    fn request(
        &mut self,
        connection: ConnectionId,
        (session, timeout): (SessionId, Span),
        xid: i32,
        op: &Op,
    ) {
        if xid != XID_PING {
            let op = OpBrief::from(op);
            self.note(Note::RequestReceived { session, cxid: xid, op });
        }
        self.touch(session, timeout);
        let waits = |what| Waiting { connection, xid, what };
        match op.class() {
            OpClass::Write => {
                self.process.clients.wait(session, waits(Awaited::Commit));
                let identities = self.process.clients.identities(connection);
                self.submit(session, xid, identities, Action::Op(op.clone()));
            }
            // These two do not wait for their turn.
            OpClass::Read if let Op::Auth { scheme, auth } = op => {
                self.authenticate(connection, scheme, auth.as_deref().unwrap_or_default());
            }
            OpClass::Read if matches!(op, Op::Unknown(_)) => {
                self.answer_at(connection, Zxid::UNKNOWN, xid, Err(OpError::Unimplemented));
                self.hang_up(connection);
            }
            OpClass::Sync if matches!(self.process.service, Service::Following(_)) => {
                let Op::Sync { path } = op else { unreachable!("of its class there is one") };
                let waiting = waits(Awaited::Sync(path.clone()));
                self.process.clients.wait(session, waiting);
                self.await_sync(session, xid);
                let (identities, action) = (Arc::default(), Action::Op(op.clone()));
                self.forward(Forwarded { session, cxid: xid, identities, action });
            }
            OpClass::Read | OpClass::Sync if self.process.clients.is_busy(session) => {
                self.process.clients.wait(session, waits(Awaited::Turn(op.clone())));
            }
            OpClass::Read | OpClass::Sync => self.read(connection, session, xid, op),
        }
    }

    fn await_sync(&mut self, session: SessionId, xid: i32) {
        if let Service::Following(following) = &mut self.process.service {
            following.syncs.push_back((session, xid));
        }
    }

    /// To the leader, which may be this server.
    fn submit(
        &mut self,
        session: SessionId,
        cxid: i32,
        identities: Arc<[Identity]>,
        action: Action,
    ) {
        if let Service::Leading(leading) = &mut self.process.service {
            leading.sessions.touch(session, self.clock);
            let owner = self.id;
            self.propose(&store::Request { session, cxid, owner, identities, action });
        } else {
            self.forward(Forwarded { session, cxid, identities, action });
        }
    }

    /// A proof of identity counts from the next request on; a wrong one ends the connection.
    /// Source: `ZooKeeperServer.processPacket`, case `auth`.
    fn authenticate(&mut self, connection: ConnectionId, scheme: &str, auth: &[u8]) {
        let before = self.process.clients.identities(connection);
        match store::authenticate(&self.config.store, &before, scheme, auth) {
            Ok(identities) => {
                self.process.clients.identify(connection, identities);
                self.answer_at(connection, Zxid::ZERO, XID_AUTH, Ok(OpResult::Done));
            }
            Err(error) => {
                self.answer_at(connection, Zxid::ZERO, XID_AUTH, Err(error));
                self.hang_up(connection);
            }
        }
    }

    /// Answers from this server's own tree. A leader looks at the session first; a learner relies
    /// on the connection. Source: fact sheet on the store, §4.3.
    fn read(&mut self, connection: ConnectionId, session: SessionId, xid: i32, op: &Op) {
        if let Service::Leading(leading) = &mut self.process.service
            && xid != XID_PING
            && let Err(error) = leading.sessions.check(session, self.id)
        {
            return self.reply(connection, session, xid, Err(error));
        }
        let result = self.read_or_watch(connection, session, op);
        self.reply(connection, session, xid, result);
    }

    fn read_or_watch(
        &mut self,
        connection: ConnectionId,
        session: SessionId,
        op: &Op,
    ) -> Result<OpResult, OpError> {
        let tree = &self.process.database.tree;
        let watches = &mut self.process.watches;
        match op {
            Op::AddWatch { path, mode } => watches.add_watch(connection, path, *mode),
            Op::CheckWatches { path, kind } => watches.check_watches(path, *kind),
            Op::RemoveWatches { path, kind } => watches.remove_watches(connection, path, *kind),
            Op::SetWatches(lists) => {
                for event in watches.set_watches(connection, tree, lists) {
                    self.send(connection, Packet::ToClient(ToClient::Event(event)));
                }
                Ok(OpResult::Done)
            }
            _ => {
                let identities = &*self.process.clients.identities(connection);
                let result = store::read(tree, &store::Caller { session, identities }, op);
                watches.leave(connection, op, &result);
                result
            }
        }
    }

    /// Answers, unless the client is gone. A client that has moved on gets no answer here.
    pub fn reply(
        &mut self,
        connection: ConnectionId,
        session: SessionId,
        xid: i32,
        result: Result<OpResult, OpError>,
    ) {
        if self.process.clients.find(connection).is_none() {
            return;
        }
        let failure = match &result {
            Ok(result) => result.multi_failure().map(|(_, error)| error),
            Err(error) => Some(*error),
        };
        if failure == Some(OpError::SessionMoved) {
            return self.hang_up(connection);
        }
        let zxid = self.process.database.last_processed();
        if xid != XID_PING {
            let error = result.as_ref().err().copied();
            self.note(Note::Replied { session, cxid: xid, zxid, error });
        }
        self.answer_at(connection, zxid, xid, result);
    }

    fn answer_at(
        &mut self,
        connection: ConnectionId,
        zxid: Zxid,
        xid: i32,
        result: Result<OpResult, OpError>,
    ) {
        self.send(connection, Packet::ToClient(ToClient::Reply(Reply { xid, zxid, result })));
    }

    /// The commit step. Source: `CommitProcessor.run`, `FinalRequestProcessor.processRequest`.
    pub fn run_commit(&mut self) {
        let commit = self.process.commit_queue.pop_front();
        match commit.expect("the commit step has something to do") {
            Commit::Txn(txn) => self.apply(&txn),
            Commit::Sync { session, xid } => self.finish_sync(session, xid),
        }
    }

    fn apply(&mut self, txn: &Txn) {
        let applied = self.process.database.apply(txn);
        self.note(Note::Applied { zxid: txn.zxid });
        if let Service::Leading(leading) = &mut self.process.service {
            leading.prep.applied(txn.zxid);
            leading.sessions.applied(txn);
        }
        self.feed(zab::Input::Applied(txn.zxid));
        self.notify(txn.zxid, &applied.changes);
        self.answer(txn, applied);
        if matches!(txn.body, TxnBody::CloseSession { .. }) {
            self.session_closed(txn.session);
        }
        self.take_turns(txn.session);
    }

    /// Tells those that watch, before anyone is answered who may see the change.
    fn notify(&mut self, zxid: Zxid, changes: &[Change]) {
        if self.process.watches.is_empty() {
            return;
        }
        for change in changes {
            for (connection, event, acl) in self.process.watches.fire(change, zxid) {
                if store::may_read(acl, &self.process.clients.identities(connection)) {
                    self.send(connection, Packet::ToClient(ToClient::Event(event)));
                }
            }
        }
    }

    /// The transaction is this server's client's if it is the one that its session waits for.
    fn answer(&mut self, txn: &Txn, applied: Applied) {
        let session = txn.session;
        if let TxnBody::CreateSession { timeout } = txn.body {
            if let Some(connection) = self.process.clients.connection_of(session) {
                self.establish(connection, session, timeout, false);
            }
            return;
        }
        let waiting = self
            .process
            .clients
            .finish(session, |waiting| waiting.xid == txn.cxid && waiting.what == Awaited::Commit);
        if let Some(Waiting { connection, xid, .. }) = waiting {
            self.reply(connection, session, xid, applied.result);
        }
    }

    fn session_closed(&mut self, session: SessionId) {
        self.note(Note::SessionClosed { session });
        self.process.clients.forget_queue(session);
        if let Some(connection) = self.process.clients.connection_of(session) {
            self.hang_up(connection);
        }
    }

    /// Answers the session's requests that only waited for those before them.
    pub fn take_turns(&mut self, session: SessionId) {
        while let Some((connection, xid, op)) = self.process.clients.next_turn(session) {
            self.read(connection, session, xid, &op);
        }
    }
}
