//! Requests: numbered, queued, sent, answered or given up; and the program that makes them one by
//! one.

use super::link::Link;
use super::{Client, Note, Out, Output, SessionState, Timer};
use crate::api::{
    Op, OpError, Reply, Request, ToServer, WatchEvent, XID_AUTH, XID_PING, XID_SET_WATCHES,
};
use crate::types::Zxid;

impl Client {
    /// Replies come in the order of the requests; one that does not is a broken connection.
    /// Source: `SendThread.readResponse` ("Xid out of order").
    pub(super) fn on_reply(&mut self, reply: Reply, out: &mut Out) {
        out.timer(Timer::Read, self.read_timeout());
        let Reply { xid, zxid, result } = reply;
        match xid {
            XID_PING | XID_SET_WATCHES => return,
            XID_AUTH => return self.on_proof_answered(result, out),
            _ => {}
        }
        let Some(request) = self.in_flight.front().filter(|request| request.xid == xid) else {
            self.hang_up(out);
            return;
        };
        let closes = request.op == Op::CloseSession;
        self.watches.answered(&request.op, &result);
        self.in_flight.pop_front();
        self.see(zxid);
        out.note(Note::Told { xid, zxid, result });
        self.settle(xid);
        if let (true, Some(connection)) = (closes, self.connection()) {
            self.cancel_connected_timers(out);
            out.push(Output::Close(connection));
            self.end(Link::Closed, out);
        }
    }

    /// Something that the client watches has changed. It hears so before it can see it.
    pub(super) fn on_event(&mut self, event: WatchEvent, out: &mut Out) {
        out.timer(Timer::Read, self.read_timeout());
        self.watches.fired(&event);
        self.see(event.zxid);
        out.note(Note::Notified(event));
    }

    fn see(&mut self, zxid: Zxid) {
        if zxid != Zxid::UNKNOWN {
            self.last_zxid_seen = self.last_zxid_seen.max(zxid);
        }
    }

    /// Numbers a request and queues it, or refuses it because the session is over or ending.
    pub(super) fn submit(&mut self, op: Op, out: &mut Out) -> i32 {
        let xid = self.next_xid;
        self.next_xid += 1;
        out.note(Note::Asked { xid, op: op.clone() });
        // Nothing is asked behind a closeSession: if one is pending, it is the last.
        let last = self.queued.last().or(self.in_flight.last());
        if self.state().is_over() {
            out.note(Note::Refused { xid, error: self.state().refusal() });
        } else if last.is_some_and(|request| request.op == Op::CloseSession) {
            out.note(Note::Refused { xid, error: OpError::ConnectionLoss });
        } else if matches!(op, Op::Auth { .. }) {
            self.prove(xid, op, out);
        } else {
            self.queued.push_back(Request { xid, op });
        }
        xid
    }

    /// The program's next operation, if the one before is settled. It waits for a connection
    /// before it asks; once the session is over, it asks in vain to the end.
    pub(super) fn run_program(&mut self, out: &mut Out) {
        let may_ask = |state: SessionState| state == SessionState::Connected || state.is_over();
        while self.program_xid.is_none() && may_ask(self.state()) {
            let Some(op) = self.program.pop_front() else { return };
            let xid = self.submit(op, out);
            let is_pending = self.queued.last().is_some_and(|request| request.xid == xid);
            self.program_xid = is_pending.then_some(xid);
        }
    }

    pub(super) fn send_queued(&mut self, out: &mut Out) {
        let Link::Connected { connection, .. } = self.link else { return };
        if self.queued.is_empty() {
            return;
        }
        for request in std::mem::take(&mut self.queued) {
            out.send(connection, ToServer::Request(request.clone()));
            self.in_flight.push_back(request);
        }
        out.timer(Timer::Ping, self.ping_delay());
    }

    pub(super) fn fail_in_flight(&mut self, out: &mut Out) {
        for request in std::mem::take(&mut self.in_flight) {
            out.note(Note::Unknown { xid: request.xid });
            self.settle(request.xid);
        }
    }

    /// The program need not wait for this request any longer.
    pub(super) fn settle(&mut self, xid: i32) {
        if self.program_xid == Some(xid) {
            self.program_xid = None;
        }
    }
}
