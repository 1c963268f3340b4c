//! Who the client says that it is. A proof belongs to a connection, so it is sent again on every
//! new one, before anything else. Source: `ClientCnxn.addAuthInfo`, `AuthData`; fact sheet §8.

use imbl::Vector;

use super::link::Link;
use super::{Client, Note, Out};
use crate::api::{Op, OpError, OpResult, Request, ToServer, XID_AUTH};
use crate::types::{ConnectionId, Zxid};

/// The proofs that the application gave.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(super) struct Proofs {
    given: Vector<Proof>,
    /// The places of those that were sent on this connection and not answered, oldest first.
    awaited: Vector<u32>,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Proof {
    xid: i32,
    op: Op,
    /// Whether the application knows what came of it.
    is_told: bool,
}

impl Client {
    /// Remembers a proof, and sends it if there is a server to send it to.
    pub(super) fn prove(&mut self, xid: i32, op: Op, out: &mut Out) {
        let place = self.proofs.given.len();
        self.proofs.given.push_back(Proof { xid, op, is_told: false });
        if let Link::Connected { connection, .. } = self.link {
            self.send_proof(connection, place, out);
        }
    }

    /// A new connection: everything is to be proved again.
    pub(super) fn send_proofs(&mut self, connection: ConnectionId, out: &mut Out) {
        self.proofs.awaited.clear();
        for place in 0..self.proofs.given.len() {
            self.send_proof(connection, place, out);
        }
    }

    fn send_proof(&mut self, connection: ConnectionId, place: usize, out: &mut Out) {
        let op = self.proofs.given[place].op.clone();
        out.send(connection, ToServer::Request(Request { xid: XID_AUTH, op }));
        let place = u32::try_from(place).expect("an application proves few things");
        self.proofs.awaited.push_back(place);
    }

    /// The server's word on the oldest proof; if it is no, the session is of no use any more.
    pub(super) fn on_proof_answered(&mut self, result: Result<OpResult, OpError>, out: &mut Out) {
        let place = self.proofs.awaited.pop_front();
        let proof = place.and_then(|place| self.proofs.given.get_mut(place as usize));
        let Some(proof) = proof else { return self.hang_up(out) };
        let failed = result.is_err();
        if !std::mem::replace(&mut proof.is_told, true) {
            out.note(Note::Told { xid: proof.xid, zxid: Zxid::ZERO, result });
        }
        if failed {
            self.on_auth_failed(out);
        }
    }

    /// The session is over: nobody will answer any more.
    pub(super) fn refuse_proofs(&mut self, error: OpError, out: &mut Out) {
        for proof in std::mem::take(&mut self.proofs).given {
            if !proof.is_told {
                out.note(Note::Refused { xid: proof.xid, error });
            }
        }
    }
}
