//! Which sentence tells an event of the run: what travels, what servers and clients do, what is
//! done to them. What a peer does is [`narrate`](super::narrate)d.

use crate::ensemble::{ClientCommand, Endpoint, LostReason, Segment, Transfer};
use crate::scenario::condition_text;
use crate::server::{self, DiskFault};
use crate::sim::{Command, EventKind, Excess, ServerStep, TraceEvent};
use crate::text::{Key, Phrase};
use crate::types::{ClientId, ServerId};
use crate::zab::{Message, Write};
use crate::{client, console};

use super::narrate;

/// So many characters of what was entered at a console are told again.
const LINE_TOLD: usize = 80;

/// The sentence for an event; `None` for what is too small to tell.
pub fn retell(event: &TraceEvent) -> Option<Phrase> {
    match &event.kind {
        EventKind::Command(command) => Some(commanded(command)),
        EventKind::ConditionEnded { condition, reached } => {
            let key = if *reached { Key::EventReached } else { Key::EventNotReached };
            Some(Phrase::new(key).with("condition", condition_text(condition)))
        }
        EventKind::Exceeded(excess) => Some(Phrase::new(match excess {
            Excess::ConfirmedLost => Key::EventExceededLost,
            Excess::NoQuorumLeft => Key::EventExceededQuorum,
            Excess::Tampered => Key::EventExceededTampered,
        })),
        EventKind::CommandRefused(_) => Some(Phrase::new(Key::EventRefused)),
        EventKind::Client(client, note) => client_note(*client, note),
        EventKind::Console(client, note) => console_note(*client, note),
        EventKind::Delivered(transfer) => packet(Key::EventArrived, transfer),
        EventKind::Sent(transfer) => packet(Key::EventSent, transfer),
        EventKind::Lost { why, .. } => Some(Phrase::new(lost(*why))),
        EventKind::Peer(server, note) => Some(narrate(*server, note)),
        EventKind::Server(server, note) => server_note(*server, note),
        EventKind::ConnectionOpened { .. }
        | EventKind::ConnectionClosed { .. }
        | EventKind::TimerFired(_) => None,
    }
}

/// A message's name with its zxid, as in `PROPOSAL 3·9`.
pub fn packet_name(packet: &server::Packet) -> String {
    let name = packet.name();
    let server::Packet::Quorum { message, .. } = packet else { return name.to_owned() };
    let zxid = match message {
        Message::Diff(diff) => diff.zxid,
        Message::Trunc(trunc) => trunc.zxid,
        Message::Snap(snap) => snap.zxid,
        Message::Proposal(proposal) => proposal.txn.zxid,
        Message::Ack(ack) => ack.zxid,
        Message::Commit(commit) => commit.zxid,
        Message::Inform(inform) => inform.txn.zxid,
        Message::AckEpoch(ack) => ack.last_zxid,
        Message::Notification(notification) => {
            return format!("{name} {}", notification.vote.leader);
        }
        Message::FollowerInfo(info) => return format!("{name} e{}", info.accepted_epoch),
        Message::ObserverInfo(info) => return format!("{name} e{}", info.accepted_epoch),
        Message::LeaderInfo(info) => return format!("{name} e{}", info.epoch),
        Message::NewLeader(new_leader) => return format!("{name} e{}", new_leader.epoch),
        Message::UpToDate(_) | Message::Ping(_) => return name.to_owned(),
    };
    format!("{name} {zxid}")
}

fn packet(key: Key, transfer: &Transfer) -> Option<Phrase> {
    let Segment::Packet(packet) = &transfer.segment else { return None };
    let told = Phrase::new(key).with("message", packet_name(packet));
    Some(told.with("from", transfer.from.to_string()).with("to", transfer.to.to_string()))
}

fn lost(why: LostReason) -> Key {
    match why {
        LostReason::Abandoned | LostReason::ReceiverClosed => Key::EventLostClosed,
        LostReason::Broken => Key::EventLostBroken,
        LostReason::Crashed => Key::EventLostCrashed,
    }
}

fn commanded(command: &Command) -> Phrase {
    let about = |key, server: &ServerId| Phrase::new(key).with("server", *server);
    let link = |key, from: Endpoint, to: Endpoint| {
        Phrase::new(key).with("from", from.to_string()).with("to", to.to_string())
    };
    match command {
        Command::AddClient { server } => about(Key::EventAddClient, server),
        Command::BreakConnection(_) => Phrase::new(Key::EventBreak),
        Command::Client { client, what } => Phrase::new(client_told(what)).with("client", *client),
        Command::Crash(server) => about(Key::EventCrash, server),
        Command::CrashLeader => Phrase::new(Key::EventCrashLeader),
        Command::CrashTorn { server, .. } => about(Key::EventCrashTorn, server),
        Command::CutLink(cut) => link(Key::EventCut, cut.from, cut.to),
        Command::Deliver { link: held, .. } => link(Key::EventDeliver, held.from, held.to),
        Command::FaultDisk { server, fault } => about(disk_fault(*fault), server),
        Command::Flap { link: flaps, .. } => link(Key::EventFlap, flaps.from, flaps.to),
        Command::HealAll => Phrase::new(Key::EventHealAll),
        Command::HealAndRestartAll => Phrase::new(Key::EventHealAndRestart),
        Command::HealLink(healed) => link(Key::EventHeal, healed.from, healed.to),
        Command::HoldLink { link: held, .. } => link(Key::EventHoldLink, held.from, held.to),
        Command::HoldStep { server, step } => {
            about(Key::EventHoldStep, server).with("step", server_step(*step))
        }
        Command::Isolate(server) => about(Key::EventIsolate, server),
        Command::IsolateLeader => Phrase::new(Key::EventIsolateLeader),
        Command::Partition { groups } => {
            let named = |group: &Vec<ServerId>| {
                let names: Vec<String> = group.iter().map(ServerId::to_string).collect();
                names.join(" ")
            };
            let groups: Vec<String> = groups.iter().map(named).collect();
            Phrase::new(Key::EventPartition).with("groups", groups.join(" | "))
        }
        Command::Pause(server) => about(Key::EventPause, server),
        Command::PutDisk { server, .. } => about(Key::EventPutDisk, server),
        Command::ReleaseAll => Phrase::new(Key::EventReleaseAll),
        Command::ReleaseLink { link: held, .. } => link(Key::EventReleaseLink, held.from, held.to),
        Command::ReleaseStep { server, step } => {
            about(Key::EventReleaseStep, server).with("step", server_step(*step))
        }
        Command::Repair(server) => about(Key::EventRepair, server),
        Command::ResetLatency => Phrase::new(Key::EventResetLatency),
        Command::ResetLink { link: broken, .. } => link(Key::EventReset, broken.from, broken.to),
        Command::Restart(server) => about(Key::EventRestart, server),
        Command::Resume(server) => about(Key::EventResume, server),
        Command::SetClock { server, .. } => about(Key::EventClock, server),
        Command::SetFlush { server, flush: Some(flush) } => {
            about(Key::EventDiskSlow, server).with("span", flush.min)
        }
        Command::SetFlush { server, flush: None } => about(Key::EventDiskUsual, server),
        Command::SetLatency { link: slow, latency } => {
            link(Key::EventLatency, slow.from, slow.to).with("span", latency.min)
        }
        Command::TakeStep { server, step } => {
            about(Key::EventTakeStep, server).with("step", server_step(*step))
        }
        Command::Until { condition, .. } => {
            Phrase::new(Key::EventUntil).with("condition", condition_text(condition))
        }
    }
}

fn client_told(what: &ClientCommand) -> Key {
    match what {
        ClientCommand::Attach(_) => Key::EventClientAttach,
        ClientCommand::Close => Key::EventClientClose,
        ClientCommand::Enter(_) | ClientCommand::Program(_) | ClientCommand::Submit(_) => {
            Key::EventClientSubmit
        }
        ClientCommand::Expire => Key::EventClientExpire,
        ClientCommand::Start => Key::EventClientStart,
    }
}

fn disk_fault(fault: DiskFault) -> Key {
    match fault {
        DiskFault::DamageSnapshot | DiskFault::DamageSpareSnapshot => Key::EventDiskSnapshot,
        DiskFault::Fail => Key::EventDiskFails,
        DiskFault::Fill => Key::EventDiskFull,
        DiskFault::Free => Key::EventDiskFree,
        DiskFault::Initialize => Key::EventDiskInitialize,
        DiskFault::Tear => Key::EventDiskTorn,
        DiskFault::Wipe => Key::EventDiskWiped,
    }
}

fn server_step(step: ServerStep) -> Key {
    match step {
        ServerStep::Commit => Key::StepCommit,
        ServerStep::Disk => Key::StepDisk,
        ServerStep::Log => Key::StepLog,
    }
}

fn client_note(client: ClientId, note: &client::Note) -> Option<Phrase> {
    use client::Note;
    let about = |key| Phrase::new(key).with("client", client);
    Some(match note {
        Note::Asked { op, .. } => {
            let path = op.path().map_or("", |path| path);
            about(Key::EventAsked).with("op", format!("{} {path}", op.name()).trim())
        }
        Note::Notified(event) => about(Key::EventNotified).with("event", event.to_string()),
        Note::Refused { error, .. } => about(Key::EventToldError).with("error", error.name()),
        Note::SessionExpired { .. } => about(Key::EventClientExpired),
        Note::SessionOpened { server, resumed: false, .. } => {
            about(Key::EventClientOpened).with("server", *server)
        }
        Note::SessionOpened { server, resumed: true, .. } => {
            about(Key::EventClientResumed).with("server", *server)
        }
        Note::Told { result: Ok(_), zxid, .. } => about(Key::EventTold).with("zxid", *zxid),
        Note::Told { result: Err(error), .. } => {
            about(Key::EventToldError).with("error", error.name())
        }
        Note::Unknown { .. } => about(Key::EventUnknown),
        Note::StateChanged { state: client::SessionState::Disconnected, .. } => {
            about(Key::EventClientLost)
        }
        Note::StateChanged { .. } => return None,
    })
}

/// What is printed stands on the console; that it was is told where something was entered.
fn console_note(client: ClientId, note: &console::Note) -> Option<Phrase> {
    let console::Note::Entered { line, .. } = note else { return None };
    let about = Phrase::new(Key::EventEntered).with("client", client);
    Some(about.with("line", line.chars().take(LINE_TOLD).collect::<String>()))
}

fn server_note(server: ServerId, note: &server::Note) -> Option<Phrase> {
    use server::Note;
    let about = |key| Phrase::new(key).with("server", server);
    Some(match note {
        Note::Applied { zxid } => about(Key::EventApplied).with("zxid", *zxid),
        Note::DiskDamaged { .. } => about(Key::EventDiskDamaged),
        Note::DiskPut { last } => about(Key::EventDiskPut).with("zxid", *last),
        Note::Exited { code, .. } => about(Key::EventExited).with("code", u32::from(*code)),
        Note::Flushed { last, txns, .. } if *txns > 0 => {
            about(Key::EventFlushed).with("zxid", *last).with("txns", *txns)
        }
        Note::Flushed { write: Some(write), .. } => flushed(server, write)?,
        Note::Flushed { .. } => return None,
        Note::LogTaken { last, .. } => about(Key::EventLogTaken).with("zxid", *last),
        Note::Prepared { zxid, error: None, .. } => about(Key::EventPrepared).with("zxid", *zxid),
        Note::Prepared { zxid, error: Some(error), .. } => {
            about(Key::EventPreparedError).with("zxid", *zxid).with("error", error.name())
        }
        Note::RefusedToStart { .. } => about(Key::EventRefusedToStart),
        Note::Replied { zxid, .. } => about(Key::EventReplied).with("zxid", *zxid),
        Note::RequestReceived { op, .. } => about(Key::EventReceived).with("op", op.to_string()),
        Note::ServingStarted { .. } => about(Key::EventServing),
        Note::ServingStopped => about(Key::EventServingStopped),
        Note::SessionClosed { session } => {
            about(Key::EventSessionClosed).with("session", session.to_string())
        }
        Note::SessionExpired { session } => {
            about(Key::EventSessionExpired).with("session", session.to_string())
        }
        Note::SessionOpened { session, .. } => {
            about(Key::EventSessionOpened).with("session", session.to_string())
        }
        Note::SnapshotLoaded { zxid } => about(Key::EventSnapshotLoaded).with("zxid", *zxid),
        Note::SnapshotTaken { zxid } => about(Key::EventSnapshotTaken).with("zxid", *zxid),
        Note::Started { last, .. } => about(Key::EventStarted).with("zxid", *last),
        Note::Replayed { zxid } => about(Key::EventReplayed).with("zxid", *zxid),
        Note::TreeReloaded { last } => about(Key::EventReloaded).with("zxid", *last),
        Note::Repaired => about(Key::EventRepaired),
    })
}

/// What the peer says of an epoch that is on disk is enough; a snapshot or a cut is told here.
fn flushed(server: ServerId, write: &Write) -> Option<Phrase> {
    let about = |key| Phrase::new(key).with("server", server);
    match write {
        Write::AcceptedEpoch(_) | Write::CurrentEpoch(_) => None,
        Write::Truncate(_) | Write::TruncateLogOnly(_) => None,
        Write::Append(txns) => {
            let last = txns.last()?.zxid;
            Some(about(Key::EventFlushed).with("zxid", last).with("txns", txns.len() as u32))
        }
        Write::Snapshot(zxid) | Write::Replace(zxid) => {
            Some(about(Key::EventSnapshotFlushed).with("zxid", *zxid))
        }
    }
}
