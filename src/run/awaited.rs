//! What a scenario waits for: whether it has come true, by the events of the last step and the
//! world behind it.

use std::sync::Arc;

use crate::client;
use crate::ensemble::{Endpoint, Segment, Transfer};
use crate::server::{self, Packet, Server};
use crate::sim::{Condition, EventKind, Letter, Reach, TraceEvent, World, Written};
use crate::types::{Instant, ServerId, Zxid};
use crate::zab::{self, Message, RoleName, Write};

/// A wait that is going on.
#[derive(Clone, Debug)]
pub(super) struct Awaited {
    pub condition: Arc<Condition>,
    /// The place in the scenario of the command that began it.
    pub command: u32,
    /// Where nothing came of it until then, it ends.
    pub deadline: Instant,
    /// Whether the run ends then too.
    pub or_end: bool,
}

/// How a wait ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WaitEnded {
    /// What was waited for.
    pub condition: Arc<Condition>,
    /// The place in the scenario of the command that began it, from 0.
    pub command: u32,
    /// When it ended.
    pub at: Instant,
    /// Whether what was waited for has come true.
    pub reached: bool,
}

/// Whether it has come true with these events, or is so in this world.
pub(super) fn is_reached(condition: &Condition, events: &[TraceEvent], world: &World) -> bool {
    let ensemble = world.ensemble();
    match condition {
        Condition::AllServe => ensemble.servers().all(serves),
        Condition::Answered(asked) => events.iter().any(|event| {
            matches!(&event.kind, EventKind::Client(client, note)
                if client == asked && matches!(**note, client::Note::Told { .. }))
        }),
        Condition::Quiet => world.quiet_until().is_some(),
        Condition::Server { server, reaches } => {
            let found = ensemble.server(*server);
            found.is_some_and(|found| is_so(found, reaches))
                || events.iter().any(|event| happens(*server, &event.kind, reaches))
        }
        Condition::SomeoneLeads => ensemble.servers().any(leads),
    }
}

fn serves(server: &Server) -> bool {
    server.is_running() && server.process().is_some_and(|process| process.peer().is_serving())
}

fn leads(server: &Server) -> bool {
    let leading = |process: &server::Process| process.peer().role_name() == RoleName::Leading;
    serves(server) && server.process().is_some_and(leading)
}

/// The states.
fn is_so(server: &Server, reach: &Reach) -> bool {
    let peer = server.process().map(server::Process::peer);
    match reach {
        Reach::Down => peer.is_none(),
        Reach::Follows(leader) => {
            peer.is_some_and(|peer| peer.leader() == Some(*leader) && peer.id() != *leader)
        }
        Reach::HasPhase(phase) => peer.is_some_and(|peer| peer.phase() == *phase),
        Reach::HasRole(role) => peer.is_some_and(|peer| peer.role_name() == *role),
        Reach::Leads => leads(server),
        Reach::Logs(zxid) => {
            let log = &server.disk().durable().log;
            log.binary_search_by(|txn| txn.zxid.cmp(zxid)).is_ok()
        }
        Reach::Refuses => server.refusal().is_some(),
        Reach::Serves => serves(server),
        Reach::Applies(_)
        | Reach::Commits(_)
        | Reach::GivesUp
        | Reach::Persists(_)
        | Reach::Proposes(_)
        | Reach::Receives(_)
        | Reach::Sends(_)
        | Reach::Takes(_) => false,
    }
}

/// The events.
fn happens(server: ServerId, kind: &EventKind, reach: &Reach) -> bool {
    match kind {
        EventKind::Peer(at, note) if *at == server => peer_does(note, reach),
        EventKind::Server(at, note) if *at == server => server_does(note, reach),
        EventKind::Delivered(transfer) if transfer.to == Endpoint::Server(server) => {
            matches!(reach, Reach::Receives(letter) if is_letter(transfer, transfer.from, letter))
        }
        EventKind::Sent(transfer) if transfer.from == Endpoint::Server(server) => {
            matches!(reach, Reach::Sends(letter) if is_letter(transfer, transfer.to, letter))
        }
        _ => false,
    }
}

fn peer_does(note: &zab::Note, reach: &Reach) -> bool {
    use zab::Note;
    match (note, reach) {
        (Note::Committed { zxid }, Reach::Commits(wanted)) => zxid == wanted,
        (Note::Proposed { zxid }, Reach::Proposes(wanted)) => zxid == wanted,
        (Note::GaveUp { .. }, Reach::GivesUp) => true,
        (Note::EpochAccepted { epoch }, Reach::Persists(Written::AcceptedEpoch(wanted)))
        | (Note::EpochEntered { epoch }, Reach::Persists(Written::CurrentEpoch(wanted))) => {
            wanted.is_none_or(|wanted| wanted == *epoch)
        }
        (Note::Truncated { .. }, Reach::Persists(Written::Truncation)) => true,
        _ => false,
    }
}

fn server_does(note: &server::Note, reach: &Reach) -> bool {
    use server::Note;
    match (note, reach) {
        (Note::Applied { zxid } | Note::Replayed { zxid }, Reach::Applies(wanted)) => {
            zxid == wanted
        }
        (Note::LogTaken { first, last }, Reach::Takes(wanted)) => (*first..=*last).contains(wanted),
        (Note::Flushed { write: Some(write), .. }, Reach::Persists(wanted)) => {
            is_write(write, *wanted)
        }
        _ => false,
    }
}

fn is_write(write: &Write, wanted: Written) -> bool {
    match (write, wanted) {
        (Write::AcceptedEpoch(epoch), Written::AcceptedEpoch(wanted))
        | (Write::CurrentEpoch(epoch), Written::CurrentEpoch(wanted)) => {
            wanted.is_none_or(|wanted| wanted == *epoch)
        }
        (Write::Append(_), Written::SyncTxns)
        | (Write::Snapshot(_) | Write::Replace(_), Written::Snapshot)
        | (Write::Truncate(_), Written::Truncation) => true,
        _ => false,
    }
}

fn is_letter(transfer: &Transfer, other: Endpoint, letter: &Letter) -> bool {
    let Segment::Packet(packet) = &transfer.segment else { return false };
    let Packet::Quorum { message, .. } = &**packet else { return false };
    message.kind() == letter.message
        && letter.zxid.is_none_or(|wanted| zxid_of(message) == Some(wanted))
        && letter.other.is_none_or(|wanted| other == Endpoint::Server(wanted))
}

/// The zxid field of a message, as it stands on the wire where that is one.
fn zxid_of(message: &Message) -> Option<Zxid> {
    Some(match message {
        Message::Notification(notification) => notification.vote.zxid,
        Message::FollowerInfo(info) => Zxid::start_of(info.accepted_epoch),
        Message::ObserverInfo(info) => Zxid::start_of(info.accepted_epoch),
        Message::LeaderInfo(info) => Zxid::start_of(info.epoch),
        Message::AckEpoch(ack) => ack.last_zxid,
        Message::Diff(diff) => diff.zxid,
        Message::Trunc(trunc) => trunc.zxid,
        Message::Snap(snap) => snap.zxid,
        Message::NewLeader(new_leader) => Zxid::start_of(new_leader.epoch),
        Message::UpToDate(_) => return None,
        Message::Proposal(proposal) => proposal.txn.zxid,
        Message::Ack(ack) => ack.zxid,
        Message::Commit(commit) => commit.zxid,
        Message::Inform(inform) => inform.txn.zxid,
        Message::Ping(ping) => ping.zxid,
    })
}
