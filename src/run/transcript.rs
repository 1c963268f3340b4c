//! A run as text: one line an event in fixed columns, and at the end what became of each request.
//!
//! ```text
//! instant     event  cause    who     what
//!    0.300000    612          C1      asks  #1 create -e /transaction 'start'
//!    0.311840    655 <   654  C1      told  #1 created /transaction  (zxid 1·2)
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Run, Trace};
use crate::api::{OpError, OpResult};
use crate::client;
use crate::ensemble::Segment;
use crate::scenario::{command_text, condition_text, op_text};
use crate::server;
use crate::sim::{EventKind, TraceEvent};
use crate::types::{Acl, Bytes, ClientId, Instant, Zxid};
use crate::zab;

/// How much a transcript tells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Detail {
    /// What people ask and are told, who leads, and each transaction's way.
    Story,
    /// And every message that arrives.
    Messages,
    /// And everything else.
    Everything,
}

/// Which lines a transcript has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Transcript {
    /// How much it tells.
    pub detail: Detail,
    /// Whether PINGs, and what belongs to them, are told as well.
    pub pings: bool,
}

impl Default for Transcript {
    fn default() -> Transcript {
        Transcript { detail: Detail::Story, pings: false }
    }
}

impl Transcript {
    /// The event's line, if it has one in this transcript.
    pub fn line(self, event: &TraceEvent) -> Option<String> {
        if self.detail < detail_of(&event.kind) || !self.pings && is_of_ping(&event.kind) {
            return None;
        }
        Some(match &event.kind {
            EventKind::Client(client, note) => {
                columns(event, &client.to_string(), &client_line(note))
            }
            EventKind::Command(command) => {
                // A program stands on several lines; here it is one.
                let text = command_text(command).replace("\n  ", " | ");
                columns(event, ">", &text)
            }
            EventKind::ConditionEnded { condition, reached } => {
                let how = if *reached { "reached" } else { "not reached" };
                columns(event, ">", &format!("{how}: {}", condition_text(condition)))
            }
            _ => event.to_string(),
        })
    }

    /// What became of each request, and how the run ended.
    pub fn end(run: &Run) -> String {
        let mut text = String::new();
        let lines = outcomes(run.trace());
        if !lines.is_empty() {
            text.push_str("\noutcomes\n");
        }
        for line in lines {
            writeln!(text, "  {line}").expect("a string takes everything");
        }
        text.push_str("\nservers\n");
        for server in run.world().ensemble().servers() {
            writeln!(text, "  {}", server_line(server)).expect("a string takes everything");
        }
        text.push_str("\nproperties\n");
        for (name, evaluated) in run.verdicts() {
            let (verdict, times) = (evaluated.verdict().name(), evaluated.evaluations());
            writeln!(text, "  {name:<24} {verdict:<10} {times:>6} times looked at")
                .expect("a string takes everything");
            for witness in evaluated.violation().iter().flat_map(|violation| &violation.witnesses) {
                writeln!(text, "    event {}: {}", witness.event, witness.fact)
                    .expect("a string takes everything");
            }
        }
        let (events, hash) = (run.trace().len(), run.trace_hash());
        writeln!(text, "\nat {} s, {events} events, trace {hash:016x}", run.now())
            .expect("a string takes everything");
        text
    }
}

/// The columns that every line begins with.
fn columns(event: &TraceEvent, who: &str, what: &str) -> String {
    let TraceEvent { id, at, cause, .. } = event;
    let cause = cause.map_or(String::new(), |cause| format!("<{:>6}", cause.number()));
    let (seconds, micros) = (at.0 / 1_000_000, at.0 % 1_000_000);
    format!("{seconds:>4}.{micros:06} {:>6} {cause:7} {who:<7} {what}", id.number())
}

fn detail_of(kind: &EventKind) -> Detail {
    match kind {
        EventKind::Command(_)
        | EventKind::CommandRefused(_)
        | EventKind::ConditionEnded { .. }
        | EventKind::Exceeded(_)
        | EventKind::Client(..)
        | EventKind::Console(..) => Detail::Story,
        EventKind::Peer(_, note) => peer_detail(note),
        EventKind::Server(_, note) => server_detail(note),
        EventKind::Delivered(transfer) if matches!(transfer.segment, Segment::Packet(_)) => {
            Detail::Messages
        }
        EventKind::Lost { .. } => Detail::Messages,
        EventKind::ConnectionClosed { .. }
        | EventKind::ConnectionOpened { .. }
        | EventKind::Delivered(_)
        | EventKind::Sent(_)
        | EventKind::TimerFired(_) => Detail::Everything,
    }
}

fn peer_detail(note: &zab::Note) -> Detail {
    use zab::Note;
    match note {
        Note::Entered { .. }
        | Note::LeaderFound { .. }
        | Note::EpochProposed { .. }
        | Note::SyncPlanned { .. }
        | Note::Established { .. }
        | Note::UpToDate { .. }
        | Note::Proposed { .. }
        | Note::Acked { .. }
        | Note::Committed { .. }
        | Note::Truncated { .. }
        | Note::GaveUp { .. }
        | Note::LearnerDropped { .. } => Detail::Story,
        Note::RoundStarted { .. }
        | Note::VoteCast { .. }
        | Note::VoteCounted { .. }
        | Note::VotesSettled { .. }
        | Note::Registered { .. }
        | Note::EpochAccepted { .. }
        | Note::EpochAcked { .. }
        | Note::EpochEntered { .. }
        | Note::NewLeaderAcked { .. } => Detail::Messages,
        Note::Ignored { .. } => Detail::Everything,
    }
}

fn server_detail(note: &server::Note) -> Detail {
    use server::Note;
    match note {
        Note::Applied { .. }
        | Note::DiskDamaged { .. }
        | Note::DiskPut { .. }
        | Note::Exited { .. }
        | Note::Prepared { .. }
        | Note::RefusedToStart { .. }
        | Note::Repaired
        | Note::ServingStarted { .. }
        | Note::ServingStopped
        | Note::SessionExpired { .. }
        | Note::SnapshotLoaded { .. }
        | Note::Started { .. } => Detail::Story,
        Note::Flushed { .. }
        | Note::LogTaken { .. }
        | Note::Replied { .. }
        | Note::RequestReceived { .. }
        | Note::SessionClosed { .. }
        | Note::SessionOpened { .. }
        | Note::SnapshotTaken { .. }
        | Note::Replayed { .. }
        | Note::TreeReloaded { .. } => Detail::Messages,
    }
}

/// PINGs, and the timers that send them.
fn is_of_ping(kind: &EventKind) -> bool {
    use crate::ensemble::TimerName;
    match kind {
        EventKind::Sent(transfer) | EventKind::Delivered(transfer) => {
            matches!(&transfer.segment, Segment::Packet(packet) if packet.is_ping())
        }
        EventKind::TimerFired(timer) => matches!(
            timer,
            TimerName::Client(_, client::Timer::Ping)
                | TimerName::Server(_, server::Timer::SessionTick)
                | TimerName::Server(_, server::Timer::Peer(zab::Timer::HalfTick))
        ),
        _ => false,
    }
}

fn client_line(note: &client::Note) -> String {
    use client::Note;
    match note {
        Note::Asked { xid, op } => format!("asks  #{xid} {}", op_text(op)),
        Note::Notified(event) => format!("notified {event}"),
        Note::Told { xid, zxid, result } => format!("told  #{xid} {} (zxid {zxid})", told(result)),
        Note::Unknown { xid } => {
            format!("told  #{xid} {}: the outcome is unknown", OpError::ConnectionLoss)
        }
        Note::Refused { xid, error } => format!("told  #{xid} {error}: it was never sent"),
        Note::SessionExpired { session } => format!("session {session} is over"),
        Note::SessionOpened { session, timeout, server, resumed } => {
            let how = if *resumed { "goes on" } else { "begins" };
            format!("session {session} {how} at {server}, timeout {timeout}")
        }
        Note::StateChanged { state, server } => {
            let server = server.map_or(String::new(), |server| format!(" {server}"));
            format!("{state:?}{server}")
        }
    }
}

/// An answer in words.
pub fn told(result: &Result<OpResult, OpError>) -> String {
    match result {
        Ok(result) => result_text(result),
        Err(error) => error.to_string(),
    }
}

fn result_text(result: &OpResult) -> String {
    match result {
        OpResult::Acl { acl, stat } => {
            let entry = |entry: &Acl| format!("{}:{}:{}", entry.scheme, entry.id, entry.perms);
            let entries: Vec<String> = acl.iter().map(entry).collect();
            format!("{} (aversion {})", entries.join(", "), stat.aversion)
        }
        OpResult::AllChildrenNumber(number) => format!("{number} below"),
        OpResult::Children(names) | OpResult::Children2 { children: names, .. } => {
            format!("[{}]", names.join(", "))
        }
        OpResult::Created(path) | OpResult::Created2 { path, .. } => format!("created {path}"),
        OpResult::Data { data, stat } => {
            format!("{} (version {})", data_text(data.as_ref()), stat.version)
        }
        OpResult::Done => "done".to_owned(),
        OpResult::Ephemerals(paths) => format!("[{}]", paths.join(", ")),
        OpResult::MultiRead(results) => {
            let results: Vec<String> = results.iter().map(told).collect();
            format!("read: {}", results.join("; "))
        }
        OpResult::WhoAmI(identities) => {
            let known: Vec<String> =
                identities.iter().map(|known| format!("{}: {}", known.scheme, known.id)).collect();
            known.join(", ")
        }
        OpResult::Multi(results) => {
            let results: Vec<String> = results.iter().map(result_text).collect();
            format!("all done: {}", results.join("; "))
        }
        OpResult::MultiFailed(errors) => {
            let error = |error: &Option<OpError>| {
                error.map_or("undone".to_owned(), |error| error.name().to_owned())
            };
            let errors: Vec<String> = errors.iter().map(error).collect();
            format!("nothing done: {}", errors.join("; "))
        }
        OpResult::Stat(stat) => format!(
            "version {}, cZxid {:#x}, mZxid {:#x}",
            stat.version,
            stat.czxid.to_wire(),
            stat.mzxid.to_wire()
        ),
        OpResult::Synced(path) => format!("synced {path}"),
    }
}

fn data_text(data: Option<&Bytes>) -> String {
    data.map_or("null".to_owned(), |data| format!("'{}'", String::from_utf8_lossy(data)))
}

/// A request that was asked.
struct Asked {
    at: Instant,
    op: String,
}

/// Each request with its answer, in the order of the answers; then what was never answered.
fn outcomes(trace: &Trace) -> Vec<String> {
    let mut open: BTreeMap<(ClientId, i32), Asked> = BTreeMap::new();
    let mut lines = Vec::new();
    for event in trace.iter() {
        let EventKind::Client(client, note) = &event.kind else { continue };
        let (xid, outcome) = match &**note {
            client::Note::Asked { xid, op } => {
                open.insert((*client, *xid), Asked { at: event.at, op: op_text(op) });
                continue;
            }
            client::Note::Told { xid, zxid, result } => (*xid, with_zxid(&told(result), *zxid)),
            client::Note::Unknown { xid } => {
                (*xid, format!("{}: the outcome is unknown", OpError::ConnectionLoss))
            }
            client::Note::Refused { xid, error } => (*xid, format!("{error}: never sent")),
            _ => continue,
        };
        if let Some(asked) = open.remove(&(*client, xid)) {
            lines.push(outcome_line(*client, &asked, &outcome));
        }
    }
    let unanswered = open.iter();
    lines.extend(unanswered.map(|((client, _), asked)| outcome_line(*client, asked, "no answer")));
    lines
}

fn with_zxid(told: &str, zxid: Zxid) -> String {
    format!("{told} (zxid {zxid})")
}

fn outcome_line(client: ClientId, asked: &Asked, outcome: &str) -> String {
    let Asked { at, op } = asked;
    format!("{at:>8} {:<4} {op}\n              -> {outcome}", client.to_string())
}

fn server_line(server: &server::Server) -> String {
    let id = server.id();
    let Some(process) = server.process() else {
        let durable = server.disk().durable();
        return format!("{id} down, disk up to {}", durable.last_zxid());
    };
    let peer = process.peer();
    let paused = if server.is_paused() { ", paused" } else { "" };
    format!(
        "{id} {:<9} {:<15} epoch {} zxid {:<6} {} znodes, tree {:016x}{paused}",
        peer.role_name().name(),
        peer.phase().name(),
        peer.current_epoch(),
        process.database().last_processed().to_string(),
        process.database().tree.znode_count(),
        process.database().tree.digest(),
    )
}
