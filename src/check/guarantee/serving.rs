//! The servers' side: what they apply and answer, and what arrives at a leader.

use super::timeliness::committed_by;
use super::{ConsistentReads, Guarantees, replicas, sync_freshness};
use crate::api::{Op, OpClass, OpError, OpName, ToServer};
use crate::check::moment::Moment;
use crate::ensemble::{Segment, Transfer};
use crate::server::{self, Cargo, Packet, Service};
use crate::sim::World;
use crate::store::{Action, Caller};
use crate::types::{ConnectionId, ServerId, SessionId, Zxid};

impl Guarantees {
    /// A server reports.
    pub(super) fn server(
        &mut self,
        server: ServerId,
        note: &server::Note,
        moment: &mut Moment<'_>,
    ) {
        match note {
            server::Note::Applied { zxid } => {
                self.linearizable_writes.applied(server, *zxid, moment.world);
                replicas::changed(server, &self.order, moment);
            }
            server::Note::Replied { session, cxid, zxid, error } => {
                self.replied(server, (*session, *cxid), *zxid, *error, moment);
            }
            server::Note::RequestReceived { session, cxid, op } => {
                if op.name == OpName::Sync {
                    self.sync_processed(server, *session, *cxid, true, moment);
                }
                self.identify(server, *session, *cxid, moment);
            }
            server::Note::ServingStarted { leading: true, .. } => {
                self.timeliness.leads(server, moment);
            }
            server::Note::ServingStarted { leading: false, .. } => {
                replicas::changed(server, &self.order, moment);
            }
            server::Note::SessionExpired { session } => {
                self.timeliness.expired(*session, server, &self.order, moment);
            }
            _ => (),
        }
    }

    /// A server answers. What a read has to be told is decided now: from the state that the answer
    /// says it comes from.
    fn replied(
        &mut self,
        server: ServerId,
        (session, cxid): (SessionId, i32),
        zxid: Zxid,
        error: Option<OpError>,
        moment: &mut Moment<'_>,
    ) {
        let Some(client) = self.histories.owner(session) else { return };
        let Some(operation) = self.histories.find(client, cxid) else { return };
        if operation.op.class() != OpClass::Read || error == Some(OpError::SessionExpired) {
            return;
        }
        let caller = Caller { session, identities: &operation.identities };
        let settled = ConsistentReads::settle(&operation.op, &caller, zxid, &self.order);
        if let Some(settled) = settled {
            self.histories.settle(client, cxid, settled);
        }
        self.timeliness.answered(server, zxid, &self.order, moment);
    }

    /// A request arrives at the server of its client: from here on it is known who asks.
    fn identify(&mut self, server: ServerId, session: SessionId, cxid: i32, moment: &Moment<'_>) {
        let process = moment.world.ensemble().server(server).and_then(|found| found.process());
        let Some(clients) = process.map(|process| process.clients()) else { return };
        let Some(connection) = clients.connection_of(session) else { return };
        let identities = clients.identities(connection);
        if !identities.is_empty()
            && let Some(client) = self.histories.owner(session)
        {
            self.histories.identify(client, cxid, identities);
        }
    }

    /// A packet arrives: perhaps a sign of life, where its receiver leads.
    #[inline]
    pub(super) fn delivered(&mut self, transfer: &Transfer, moment: &mut Moment<'_>) {
        let (Some(to), Segment::Packet(packet)) = (transfer.to.server(), &transfer.segment) else {
            return;
        };
        let is_sign_of_life = matches!(
            &**packet,
            Packet::Quorum { cargo: Cargo::Touched(_), .. }
                | Packet::Request(_)
                | Packet::Revalidate { .. }
                | Packet::ToServer(ToServer::Request(_))
        );
        if is_sign_of_life && leads(to, moment.world) {
            self.signed_life(to, transfer.connection, packet, moment);
        }
    }

    /// Sessions give a sign of life to a leader; perhaps it is a sync.
    fn signed_life(
        &mut self,
        leader: ServerId,
        connection: ConnectionId,
        packet: &Packet,
        moment: &mut Moment<'_>,
    ) {
        match packet {
            Packet::Quorum { cargo: Cargo::Touched(sessions), .. } => {
                for (session, _) in sessions.iter() {
                    self.timeliness.heard(*session, leader, moment);
                }
            }
            Packet::Request(forwarded) => {
                let (session, cxid) = (forwarded.session, forwarded.cxid);
                self.timeliness.heard(session, leader, moment);
                if matches!(forwarded.action, Action::Op(Op::Sync { .. })) {
                    self.sync_processed(leader, session, cxid, false, moment);
                }
            }
            Packet::Revalidate { session, .. } => {
                self.timeliness.heard(*session, leader, moment);
            }
            _ => {
                let server = moment.world.ensemble().server(leader);
                let process = server.and_then(|found| found.process());
                let link = process.and_then(|found| found.clients().find(connection));
                if let Some(session) = link.and_then(|link| link.session()) {
                    self.timeliness.heard(session, leader, moment);
                }
            }
        }
    }

    /// A sync reaches the leader that answers it: from its own client, or through a learner.
    fn sync_processed(
        &mut self,
        server: ServerId,
        session: SessionId,
        cxid: i32,
        is_own: bool,
        moment: &Moment<'_>,
    ) {
        let Some(client) = self.histories.owner(session) else { return };
        if !leads(server, moment.world) {
            return;
        }
        let Some((mut point, applied)) = committed_by(server, moment) else { return };
        // (e,0) is no transaction; a learner shows the one before it.
        let promised = sync_freshness::promised(is_own, point.zxid, applied);
        let Some(state) = self.order.state(promised) else { return };
        point.zxid = state.zxid;
        self.sync_freshness.processed(client, cxid, server, point);
    }
}

fn leads(server: ServerId, world: &World) -> bool {
    let process = world.ensemble().server(server).and_then(|found| found.process());
    process.is_some_and(|process| matches!(process.service(), Service::Leading(_)))
}
