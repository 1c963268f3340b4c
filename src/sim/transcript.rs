//! A trace event as one line of text with fixed columns: instant, number, cause, who, what. Golden
//! tests and the command line print these; the page has sentences of its own.
//!
//! ```text
//!   0.034121    211 <    198 S5      Entered LEADING BROADCAST leader S5
//!   0.034121    212 <    198 S5→S1   UPTODATE
//! ```

use std::fmt::{self, Display, Formatter};

use super::{EventKind, TraceEvent};
use crate::api::{OpError, OpResult, ToClient, ToServer};
use crate::client;
use crate::ensemble::{LostReason, Segment, TimerName, Transfer};
use crate::server::{self, Cargo, OpBrief, Packet};
use crate::store::Action;
use crate::types::{Epoch, TxnBody, Zxid};
use crate::zab::{self, Message, SyncOp, Vote, Write};

impl Display for TraceEvent {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let TraceEvent { id, at, cause, kind } = self;
        write!(out, "{:>4}.{:06} {:>6}", at.0 / 1_000_000, at.0 % 1_000_000, id.number())?;
        match cause {
            Some(cause) => write!(out, " <{:>6} ", cause.number())?,
            None => write!(out, "         ")?,
        }
        // The arrow is one column wide but three bytes: the width counts characters.
        write!(out, "{:<7} {}", Who(kind).to_string(), What(kind))
    }
}

/// What happened, without when, by what and where.
impl Display for EventKind {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        What(self).fmt(out)
    }
}

struct Who<'a>(&'a EventKind);

impl Display for Who<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            EventKind::Client(client, _) | EventKind::Console(client, _) => write!(out, "{client}"),
            EventKind::Command(_)
            | EventKind::CommandRefused(_)
            | EventKind::ConditionEnded { .. }
            | EventKind::Exceeded(_) => write!(out, "·"),
            EventKind::ConnectionOpened { dialler, acceptor, .. } => {
                write!(out, "{dialler}⇄{acceptor}")
            }
            EventKind::ConnectionClosed { .. } | EventKind::Lost { .. } => write!(out, "·"),
            EventKind::Delivered(Transfer { from, to, .. }) => write!(out, "{from}→{to}"),
            EventKind::Sent(Transfer { from, to, .. }) => write!(out, "{from}→{to}"),
            EventKind::Peer(server, _) | EventKind::Server(server, _) => write!(out, "{server}"),
            EventKind::TimerFired(timer) => write!(out, "{}", timer.owner()),
        }
    }
}

struct What<'a>(&'a EventKind);

impl Display for What<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            EventKind::Client(_, note) => client_note(note, out),
            EventKind::Command(command) => write!(out, "command {command:?}"),
            EventKind::CommandRefused(refusal) => write!(out, "refused: {refusal}"),
            EventKind::ConditionEnded { condition, reached } => {
                let how = if *reached { "reached" } else { "not reached" };
                write!(out, "{how}: {condition:?}")
            }
            EventKind::ConnectionClosed { connection } => write!(out, "closed #{}", connection.0),
            EventKind::ConnectionOpened { connection, channel, .. } => {
                write!(out, "open #{} {channel:?}", connection.0)
            }
            EventKind::Console(_, note) => write!(out, "| {note}"),
            EventKind::Delivered(transfer) => write!(out, "got  {}", Carried(transfer)),
            EventKind::Exceeded(excess) => write!(out, "beyond what ZAB bears: {excess}"),
            EventKind::Lost { packet, connection, why, .. } => {
                write!(out, "lost p{} #{}: {}", packet.0, connection.0, lost(*why))
            }
            EventKind::Peer(_, note) => peer_note(note, out),
            EventKind::Sent(transfer) => write!(out, "send {}", Carried(transfer)),
            EventKind::Server(_, note) => server_note(note, out),
            EventKind::TimerFired(timer) => match timer {
                TimerName::Client(_, timer) => write!(out, "timer {timer:?}"),
                TimerName::Server(_, server::Timer::Peer(timer)) => write!(out, "timer {timer:?}"),
                TimerName::Server(_, timer) => write!(out, "timer {timer:?}"),
            },
        }
    }
}

struct Carried<'a>(&'a Transfer);

impl Display for Carried<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Transfer { packet, connection, segment, .. } = self.0;
        write!(out, "p{} #{} ", packet.0, connection.0)?;
        match segment {
            Segment::Open => write!(out, "SYN"),
            Segment::Accept => write!(out, "SYN-ACK"),
            Segment::Close => write!(out, "FIN"),
            Segment::Reset => write!(out, "RST"),
            Segment::Packet(packet) => packet_text(packet, out),
        }
    }
}

fn packet_text(packet: &Packet, out: &mut Formatter<'_>) -> fmt::Result {
    write!(out, "{}", packet.name())?;
    match packet {
        Packet::Quorum { message, cargo } => {
            message_text(message, out)?;
            match cargo {
                Cargo::None => Ok(()),
                Cargo::Snapshot(image) => write!(out, " {} znodes", image.tree.znode_count()),
                Cargo::Touched(sessions) => write!(out, " touched {}", sessions.len()),
            }
        }
        Packet::Request(request) => {
            write!(out, " {} cxid {} ", request.session, request.cxid)?;
            match &request.action {
                Action::CreateSession { timeout } => write!(out, "createSession {timeout}"),
                Action::DeleteContainer { path } => write!(out, "deleteContainer {path}"),
                Action::Op(op) => write!(out, "{}", OpBrief::from(op)),
            }
        }
        Packet::Revalidate { session, timeout } => write!(out, " {session} {timeout}"),
        Packet::Revalidated { session, valid } => write!(out, " {session} valid {valid}"),
        Packet::Sync => Ok(()),
        Packet::ToServer(ToServer::Connect(connect)) => {
            write!(out, " {} seen {}", connect.session, connect.last_zxid_seen)
        }
        Packet::ToServer(ToServer::Request(request)) => {
            write!(out, " xid {}", request.xid)?;
            request.op.path().map_or(Ok(()), |path| write!(out, " {path}"))
        }
        Packet::ToClient(ToClient::Connected(connected)) => {
            write!(out, " {} {}", connected.session, connected.timeout)
        }
        Packet::ToClient(ToClient::Reply(reply)) => {
            write!(out, " xid {} zxid {} {}", reply.xid, reply.zxid, Outcome(&reply.result))
        }
        Packet::ToClient(ToClient::Event(event)) => write!(out, " {event}"),
    }
}

fn message_text(message: &Message, out: &mut Formatter<'_>) -> fmt::Result {
    match message {
        Message::Notification(notification) => {
            let zab::Notification { state, vote, round, data_missing } = notification;
            let without = if *data_missing { " without data" } else { "" };
            write!(out, " {} {} round {round}{without}", state.name(), VoteText(vote))
        }
        Message::FollowerInfo(info) => write!(out, " accepted {}", info.accepted_epoch),
        Message::ObserverInfo(info) => write!(out, " accepted {}", info.accepted_epoch),
        Message::LeaderInfo(info) => write!(out, " epoch {}", info.epoch),
        Message::AckEpoch(ack) => {
            match ack.data_missing {
                true => write!(out, " last -1 current ")?,
                false => write!(out, " last {} current ", ack.last_zxid)?,
            }
            match ack.current_epoch {
                Some(Epoch(epoch)) => write!(out, "{epoch}"),
                None => write!(out, "-1"),
            }
        }
        Message::Diff(diff) => write!(out, " {}", diff.zxid),
        Message::Trunc(trunc) => write!(out, " {}", trunc.zxid),
        Message::Snap(snap) => write!(out, " {}", snap.zxid),
        Message::NewLeader(new_leader) => write!(out, " {}", Zxid::start_of(new_leader.epoch)),
        Message::UpToDate(_) => Ok(()),
        Message::Proposal(proposal) => {
            write!(out, " {} {}", proposal.txn.zxid, BodyText(&proposal.txn.body))
        }
        Message::Ack(ack) => write!(out, " {}", ack.zxid),
        Message::Commit(commit) => write!(out, " {}", commit.zxid),
        Message::Inform(inform) => write!(out, " {}", inform.txn.zxid),
        Message::Ping(ping) => write!(out, " {}", ping.zxid),
    }
}

struct VoteText<'a>(&'a Vote);

impl Display for VoteText<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Vote { leader, zxid, peer_epoch } = self.0;
        write!(out, "vote {leader} zxid {zxid} epoch {peer_epoch}")
    }
}

struct BodyText<'a>(&'a TxnBody);

impl Display for BodyText<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            TxnBody::Check { path, .. } => write!(out, "check {path}"),
            TxnBody::CloseSession { ephemerals } => {
                write!(out, "closeSession and {} ephemerals", ephemerals.len())
            }
            TxnBody::Create(create) => write!(out, "create {}", create.path),
            TxnBody::CreateSession { timeout } => write!(out, "createSession {timeout}"),
            TxnBody::Delete { path } => write!(out, "delete {path}"),
            TxnBody::DeleteContainer { path } => write!(out, "deleteContainer {path}"),
            TxnBody::Error { code } => write!(out, "error {code}"),
            TxnBody::Multi(bodies) => write!(out, "multi of {}", bodies.len()),
            TxnBody::SetAcl { path, .. } => write!(out, "setACL {path}"),
            TxnBody::SetData { path, .. } => write!(out, "setData {path}"),
        }
    }
}

struct Outcome<'a>(&'a Result<OpResult, OpError>);

impl Display for Outcome<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Ok(OpResult::Created(path) | OpResult::Created2 { path, .. }) => {
                write!(out, "ok {path}")
            }
            Ok(result) => match result.multi_failure() {
                Some((index, error)) => write!(out, "multi failed at {index}: {error}"),
                None => write!(out, "ok"),
            },
            Err(error) => write!(out, "{error}"),
        }
    }
}

fn client_note(note: &client::Note, out: &mut Formatter<'_>) -> fmt::Result {
    use client::Note;
    match note {
        Note::Asked { xid, op } => write!(out, "asks xid {xid} {}", OpBrief::from(op)),
        Note::Notified(event) => write!(out, "notified {event}"),
        Note::Refused { xid, error } => write!(out, "refused xid {xid} {error}"),
        Note::SessionExpired { session } => write!(out, "session {session} expired"),
        Note::SessionOpened { session, timeout, server, resumed } => {
            let how = if *resumed { "resumed" } else { "opened" };
            write!(out, "session {session} {how} at {server}, timeout {timeout}")
        }
        Note::StateChanged { state, server } => match server {
            Some(server) => write!(out, "{state:?} {server}"),
            None => write!(out, "{state:?}"),
        },
        Note::Told { xid, zxid, result } => {
            write!(out, "told xid {xid} zxid {zxid} {}", Outcome(result))
        }
        Note::Unknown { xid } => write!(out, "outcome unknown xid {xid}"),
    }
}

fn peer_note(note: &zab::Note, out: &mut Formatter<'_>) -> fmt::Result {
    use zab::Note;
    match note {
        Note::Acked { zxid, by, count } => write!(out, "acked {zxid} by {by} count {count}"),
        Note::Committed { zxid } => write!(out, "committed {zxid}"),
        Note::Entered { role, phase, leader } => {
            write!(out, "entered {} {}", role.name(), phase.name())?;
            leader.map_or(Ok(()), |leader| write!(out, " leader {leader}"))
        }
        Note::EpochAccepted { epoch } => write!(out, "acceptedEpoch {epoch}"),
        Note::EpochAcked { learner, count } => {
            write!(out, "epoch acked by {learner} count {count}")
        }
        Note::EpochEntered { epoch } => write!(out, "currentEpoch {epoch}"),
        Note::EpochProposed { epoch } => write!(out, "proposes epoch {epoch}"),
        Note::Established { epoch, initial_last } => {
            write!(out, "established epoch {epoch} history to {initial_last}")
        }
        Note::GaveUp { reason } => write!(out, "gave up: {reason:?}"),
        Note::Ignored { from, message, reason } => {
            write!(out, "ignored {} of {from}: {reason:?}", message.name())
        }
        Note::LeaderFound { leader, round, joined } => {
            let how = if *joined { "joins" } else { "elected" };
            write!(out, "{how} {leader} round {round}")
        }
        Note::LearnerDropped { learner, reason } => write!(out, "dropped {learner}: {reason:?}"),
        Note::NewLeaderAcked { learner, count } => {
            write!(out, "NEWLEADER acked by {learner} count {count}")
        }
        Note::Proposed { zxid } => write!(out, "proposed {zxid}"),
        Note::Registered { learner, accepted_epoch, count } => {
            write!(out, "registered {learner} accepted {accepted_epoch} count {count}")
        }
        Note::RoundStarted { round } => write!(out, "round {round}"),
        Note::SyncPlanned { learner, op, reason, learner_last, txns, .. } => {
            write!(out, "syncs {learner} by {}", SyncText(*op))?;
            write!(out, " and {txns} txns: {reason:?}, it is at {learner_last}")
        }
        Note::Truncated { zxid } => write!(out, "truncated to {zxid}"),
        Note::UpToDate { epoch } => write!(out, "up to date in epoch {epoch}"),
        Note::VoteCast { vote, replaces } => {
            write!(out, "casts {}", VoteText(vote))?;
            replaces.map_or(Ok(()), |(_, field)| write!(out, " by {field:?}"))
        }
        Note::VoteCounted { from, vote, agreeing } => {
            write!(out, "counts {} of {from}, {agreeing} agree", VoteText(vote))
        }
        Note::VotesSettled { leader } => write!(out, "quorum for {leader}"),
    }
}

struct SyncText(SyncOp);

impl Display for SyncText {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            SyncOp::Diff(zxid) => write!(out, "DIFF {zxid}"),
            SyncOp::Trunc(zxid) => write!(out, "TRUNC {zxid}"),
            SyncOp::Snap(zxid) => write!(out, "SNAP {zxid}"),
        }
    }
}

fn server_note(note: &server::Note, out: &mut Formatter<'_>) -> fmt::Result {
    use server::Note;
    match note {
        Note::Applied { zxid } => write!(out, "applied {zxid}"),
        Note::DiskDamaged { torn, damaged } => {
            let torn = if *torn { "a torn record dropped, " } else { "" };
            write!(out, "disk damaged: {torn}{damaged} snapshots skipped")
        }
        Note::DiskPut { last } => write!(out, "disk was given a history to {last}"),
        Note::Exited { code, reason } => write!(out, "exited {code}: {reason:?}"),
        Note::Flushed { last, txns, write } => {
            write!(out, "flushed {txns} txns to {last}")?;
            write.as_ref().map_or(Ok(()), |write| write!(out, ", {}", WriteText(write)))
        }
        Note::LogTaken { first, last } => write!(out, "log takes {first} to {last}"),
        Note::Prepared { zxid, session, cxid, error } => {
            write!(out, "prepared {zxid} for {session} cxid {cxid}")?;
            error.map_or(Ok(()), |error| write!(out, " {error}"))
        }
        Note::RefusedToStart { why } => write!(out, "refuses to start: {why:?}"),
        Note::Replayed { zxid } => write!(out, "replayed {zxid}"),
        Note::Repaired => write!(out, "disk repaired"),
        Note::Replied { session, cxid, zxid, error } => {
            write!(out, "replied to {session} cxid {cxid} zxid {zxid}")?;
            error.map_or(Ok(()), |error| write!(out, " {error}"))
        }
        Note::RequestReceived { session, cxid, op } => {
            write!(out, "request of {session} cxid {cxid} {op}")
        }
        Note::ServingStarted { epoch, leading } => {
            let role = if *leading { "leader" } else { "follower" };
            write!(out, "serves as {role} in epoch {epoch}")
        }
        Note::ServingStopped => write!(out, "serves no longer"),
        Note::SessionClosed { session } => write!(out, "session {session} closed"),
        Note::SessionExpired { session } => write!(out, "session {session} expired"),
        Note::SessionOpened { session, timeout, resumed } => {
            let how = if *resumed { "resumed" } else { "opened" };
            write!(out, "session {session} {how}, timeout {timeout}")
        }
        Note::SnapshotLoaded { zxid } => write!(out, "loaded snapshot {zxid}"),
        Note::SnapshotTaken { zxid } => write!(out, "takes snapshot {zxid}"),
        Note::Started { snapshot, replayed, last } => {
            write!(out, "started: snapshot {snapshot} and {replayed} txns to {last}")
        }
        Note::TreeReloaded { last } => write!(out, "tree reloaded to {last}"),
    }
}

struct WriteText<'a>(&'a Write);

impl Display for WriteText<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Write::AcceptedEpoch(epoch) => write!(out, "acceptedEpoch {epoch}"),
            Write::CurrentEpoch(epoch) => write!(out, "currentEpoch {epoch}"),
            Write::Append(txns) => write!(out, "{} sync txns", txns.len()),
            Write::Truncate(zxid) => write!(out, "truncate to {zxid}"),
            Write::TruncateLogOnly(zxid) => write!(out, "truncate the log alone to {zxid}"),
            Write::Snapshot(zxid) => write!(out, "snapshot {zxid}"),
            Write::Replace(zxid) => write!(out, "snapshot {zxid} in place of the log"),
        }
    }
}

fn lost(why: LostReason) -> &'static str {
    match why {
        LostReason::Abandoned => "call abandoned",
        LostReason::Broken => "connection broken",
        LostReason::Crashed => "process ended",
        LostReason::ReceiverClosed => "receiver had closed",
    }
}
