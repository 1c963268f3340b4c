//! The messages in flight.

use crate::api::{Op, OpResult, ToClient, ToServer};
use crate::ensemble::{Endpoint, Segment};
use crate::server::Packet;
use crate::sim::PacketInFlight;
use crate::store::Action;
use crate::types::Epoch;
use crate::view::{Flight, FlightId, Glyph, OpSign, Spot};
use crate::viewer::Viewer;
use crate::zab::{Message, MessageKind};

/// All packets on their way that say something; what TCP itself sends is not shown.
pub fn flights(viewer: &Viewer) -> Vec<Flight> {
    viewer.world().packets().filter_map(|packet| flight(viewer, &packet)).collect()
}

fn flight(viewer: &Viewer, packet: &PacketInFlight<'_>) -> Option<Flight> {
    let Segment::Packet(content) = packet.segment else { return None };
    let (glyph, label, epoch) = drawing(viewer, packet.from, content);
    Some(Flight {
        id: FlightId(packet.packet.0.into()),
        glyph,
        label,
        epoch,
        from: spot(packet.from),
        to: spot(packet.to),
        sent: packet.sent_at,
        arrives: packet.arrives_at,
    })
}

/// A server or a client.
pub(super) fn spot(endpoint: Endpoint) -> Spot {
    match endpoint {
        Endpoint::Server(server) => Spot::Server(server),
        Endpoint::Client(client) => Spot::Client(client),
    }
}

/// A packet's glyph, the number on it, and the epoch whose hue it has.
pub(super) fn drawing(
    viewer: &Viewer,
    from: Endpoint,
    packet: &Packet,
) -> (Glyph, Option<u32>, Epoch) {
    let own = from.server().and_then(|server| viewer.world().ensemble().server(server));
    let durable = own.map(|server| server.disk().durable());
    let own = durable.map_or(Epoch::ZERO, |durable| durable.current_epoch);
    let promised = durable.map_or(Epoch::ZERO, |durable| durable.accepted_epoch);
    match packet {
        Packet::Quorum { message: Message::AckEpoch(_), .. } => {
            (Glyph::Peer(MessageKind::AckEpoch), None, promised)
        }
        Packet::Quorum { message, .. } => {
            let (label, epoch) = number(message, own);
            (Glyph::Peer(message.kind()), label, epoch)
        }
        Packet::Request(request) => (request_glyph(&request.action), None, own),
        Packet::Revalidate { .. } | Packet::Revalidated { .. } => (Glyph::Session, None, own),
        Packet::Sync => (Glyph::Response { ok: true }, None, own),
        Packet::ToServer(ToServer::Connect(_)) => (Glyph::Session, None, own),
        Packet::ToServer(ToServer::Request(_)) if packet.is_ping() => (ping(), None, own),
        Packet::ToServer(ToServer::Request(request)) => {
            (Glyph::Request(op_sign(&request.op)), None, own)
        }
        Packet::ToClient(ToClient::Connected(_)) => (Glyph::Session, None, own),
        Packet::ToClient(ToClient::Reply(_)) if packet.is_ping() => (ping(), None, own),
        Packet::ToClient(ToClient::Reply(reply)) => {
            let failed = |result: &OpResult| matches!(result, OpResult::MultiFailed(_));
            let ok = reply.result.as_ref().is_ok_and(|result| !failed(result));
            (Glyph::Response { ok }, None, own)
        }
        Packet::ToClient(ToClient::Event(_)) => (Glyph::Response { ok: true }, None, own),
    }
}

fn ping() -> Glyph {
    Glyph::Peer(MessageKind::Ping)
}

fn request_glyph(action: &Action) -> Glyph {
    match action {
        Action::CreateSession { .. } => Glyph::Session,
        Action::DeleteContainer { .. } => Glyph::Request(OpSign::Delete),
        Action::Op(Op::CloseSession) => Glyph::Session,
        Action::Op(op) => Glyph::Request(op_sign(op)),
    }
}

/// The sign of an operation.
pub(super) fn op_sign(op: &Op) -> OpSign {
    match op {
        Op::Create { .. } => OpSign::Create,
        Op::CloseSession | Op::Delete { .. } => OpSign::Delete,
        Op::SetAcl { .. } | Op::SetData { .. } => OpSign::Set,
        Op::Multi(_) => OpSign::Multi,
        _ => OpSign::Read,
    }
}

/// The number on a message, and the epoch that it speaks for; `own` is its sender's.
fn number(message: &Message, own: Epoch) -> (Option<u32>, Epoch) {
    match message {
        Message::Notification(notification) => (Some(notification.vote.leader.0.into()), own),
        Message::FollowerInfo(info) => (Some(info.accepted_epoch.0), info.accepted_epoch),
        Message::ObserverInfo(info) => (Some(info.accepted_epoch.0), info.accepted_epoch),
        Message::LeaderInfo(info) => (Some(info.epoch.0), info.epoch),
        Message::AckEpoch(_) | Message::UpToDate(_) | Message::Ping(_) => (Some(own.0), own),
        Message::Diff(_) | Message::Trunc(_) | Message::Snap(_) => (None, own),
        Message::NewLeader(new_leader) => (Some(new_leader.epoch.0), new_leader.epoch),
        Message::Proposal(proposal) => (Some(proposal.txn.zxid.counter), proposal.txn.zxid.epoch),
        Message::Inform(inform) => (Some(inform.txn.zxid.counter), inform.txn.zxid.epoch),
        Message::Ack(ack) => (Some(ack.zxid.counter), ack.zxid.epoch),
        Message::Commit(commit) => (Some(commit.zxid.counter), commit.zxid.epoch),
    }
}
