//! One packet's way.

use crate::api::{Op, OpName, OpResult, ToClient, ToServer};
use crate::ensemble::{Endpoint, PacketId, Transfer};
use crate::server::Packet;
use crate::sim::{EventId, TraceEvent};
use crate::store::Action;
use crate::types::{Epoch, Instant, Zxid};
use crate::zab::{Message, MessageKind};

use super::Standing;

/// A packet on its way, or where it has come to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hop {
    /// Which packet.
    pub packet: PacketId,
    /// Its sending.
    pub sent: EventId,
    /// When.
    pub sent_at: Instant,
    /// What made its sender send it.
    pub cause: Option<EventId>,
    /// Who sent it.
    pub from: Endpoint,
    /// To whom.
    pub to: Endpoint,
    /// What it is.
    pub kind: HopKind,
    /// The number that tells it from others of its kind: a counter, an epoch, a candidate.
    pub label: Option<u32>,
    /// The epoch that it speaks for.
    pub epoch: Epoch,
    /// The transaction that it is about.
    pub zxid: Option<Zxid>,
    /// What became of it.
    pub end: HopEnd,
}

/// What a packet is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum HopKind {
    /// A message between two peers.
    Peer(MessageKind),
    /// A client's heartbeat, or the answer.
    Ping,
    /// A client's request, also on its way from a follower to the leader.
    Request(OpName),
    /// The answer.
    Response {
        /// Whether the request succeeded.
        ok: bool,
    },
    /// A session's housekeeping.
    Session,
    /// A watch fires.
    Watch,
}

/// What became of a packet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HopEnd {
    /// It is on its way.
    Open,
    /// It has arrived.
    Arrived {
        /// The delivery.
        event: EventId,
        /// When.
        at: Instant,
    },
    /// It never will.
    Lost {
        /// What says so.
        event: EventId,
        /// When.
        at: Instant,
    },
}

impl HopEnd {
    /// The event that ends the way.
    pub fn event(self) -> Option<EventId> {
        match self {
            HopEnd::Open => None,
            HopEnd::Arrived { event, .. } | HopEnd::Lost { event, .. } => Some(event),
        }
    }

    /// When it ends.
    pub fn at(self) -> Option<Instant> {
        match self {
            HopEnd::Open => None,
            HopEnd::Arrived { at, .. } | HopEnd::Lost { at, .. } => Some(at),
        }
    }
}

impl HopKind {
    /// Whether it is a sign of life and no more.
    pub fn is_ping(self) -> bool {
        matches!(self, HopKind::Ping | HopKind::Peer(MessageKind::Ping))
    }
}

impl Hop {
    pub(super) fn of(
        event: &TraceEvent,
        transfer: &Transfer,
        packet: &Packet,
        sender: Standing,
    ) -> Hop {
        let Described(kind, label, epoch, zxid) = described(packet, sender);
        Hop {
            packet: transfer.packet,
            sent: event.id,
            sent_at: event.at,
            cause: event.cause,
            from: transfer.from,
            to: transfer.to,
            kind,
            label,
            epoch,
            zxid,
            end: HopEnd::Open,
        }
    }

    /// Whether it was on its way at some time between these, both included.
    pub fn overlaps(&self, from: Instant, until: Instant) -> bool {
        self.sent_at <= until && self.end.at().is_none_or(|end| end >= from)
    }
}

/// What a packet says of itself, and what its sender's standing says of it.
struct Described(HopKind, Option<u32>, Epoch, Option<Zxid>);

fn described(packet: &Packet, sender: Standing) -> Described {
    let own = sender.epoch;
    match packet {
        Packet::Quorum { message, .. } => of_message(message, sender),
        _ if packet.is_ping() => Described(HopKind::Ping, None, own, None),
        Packet::Request(forwarded) => Described(of_action(&forwarded.action), None, own, None),
        Packet::ToServer(ToServer::Request(request)) => {
            Described(of_op(&request.op), None, own, None)
        }
        Packet::Revalidate { .. }
        | Packet::Revalidated { .. }
        | Packet::ToServer(ToServer::Connect(_))
        | Packet::ToClient(ToClient::Connected(_)) => Described(HopKind::Session, None, own, None),
        Packet::Sync => Described(HopKind::Response { ok: true }, None, own, None),
        Packet::ToClient(ToClient::Reply(reply)) => {
            let failed = |result: &OpResult| matches!(result, OpResult::MultiFailed(_));
            let ok = reply.result.as_ref().is_ok_and(|result| !failed(result));
            let zxid = (reply.zxid != Zxid::UNKNOWN).then_some(reply.zxid);
            Described(HopKind::Response { ok }, None, own, zxid)
        }
        Packet::ToClient(ToClient::Event(_)) => Described(HopKind::Watch, None, own, None),
    }
}

fn of_action(action: &Action) -> HopKind {
    match action {
        Action::CreateSession { .. } => HopKind::Session,
        Action::DeleteContainer { .. } => HopKind::Request(OpName::DeleteContainer),
        Action::Op(op) => of_op(op),
    }
}

fn of_op(op: &Op) -> HopKind {
    match OpName::from(op) {
        OpName::CreateSession | OpName::CloseSession => HopKind::Session,
        name => HopKind::Request(name),
    }
}

fn of_message(message: &Message, sender: Standing) -> Described {
    let own = sender.epoch;
    let (label, epoch, zxid) = match message {
        Message::Notification(note) => (Some(u32::from(note.vote.leader.0)), own, None),
        Message::FollowerInfo(info) => (Some(info.accepted_epoch.0), info.accepted_epoch, None),
        Message::ObserverInfo(info) => (Some(info.accepted_epoch.0), info.accepted_epoch, None),
        Message::LeaderInfo(info) => (Some(info.epoch.0), info.epoch, None),
        Message::AckEpoch(_) => (None, sender.promised, None),
        Message::Diff(diff) => (None, own, Some(diff.zxid)),
        Message::Trunc(trunc) => (None, own, Some(trunc.zxid)),
        Message::Snap(snap) => (None, own, Some(snap.zxid)),
        Message::NewLeader(new) => (Some(new.epoch.0), new.epoch, None),
        Message::UpToDate(_) | Message::Ping(_) => (Some(own.0), own, None),
        Message::Proposal(proposal) => of_zxid(proposal.txn.zxid),
        Message::Inform(inform) => of_zxid(inform.txn.zxid),
        Message::Ack(ack) => of_zxid(ack.zxid),
        Message::Commit(commit) => of_zxid(commit.zxid),
    };
    Described(HopKind::Peer(message.kind()), label, epoch, zxid)
}

fn of_zxid(zxid: Zxid) -> (Option<u32>, Epoch, Option<Zxid>) {
    (Some(zxid.counter), zxid.epoch, Some(zxid))
}
