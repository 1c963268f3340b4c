//! A follower's BROADCAST: log what is proposed, acknowledge it, apply what is committed.
//!
//! Source: `Follower.processPacket`, `FollowerZooKeeperServer`, fact sheet §4.3.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::types::{ConnectionId, ServerId, Txn, Zxid};
use crate::zab::role::Next;
use crate::zab::{
    Ack, ExitReason, IgnoreReason, Member, Message, MessageKind, Note, Out, Output, Ping, Switch,
};

/// Up to date and serving.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(in crate::zab) struct Broadcasting {
    pub(super) connection: ConnectionId,
    /// Proposals not yet committed, oldest first (`pendingTxns`).
    pending: VecDeque<Arc<Txn>>,
    /// Handed to the log step and not yet acknowledged, oldest first.
    to_acknowledge: VecDeque<Zxid>,
    pub(in crate::zab) last_queued: Zxid,
}

impl Broadcasting {
    pub(super) fn begin(connection: ConnectionId, last_queued: Zxid) -> Broadcasting {
        let (pending, to_acknowledge) = (VecDeque::new(), VecDeque::new());
        Broadcasting { connection, pending, to_acknowledge, last_queued }
    }

    pub(super) fn on_message(
        &mut self,
        member: &mut Member,
        leader: ServerId,
        message: Message,
        out: &mut Out,
    ) -> Next {
        match message {
            Message::Proposal(proposal) if member.votes() => self.log(member, proposal.txn, out),
            Message::Commit(commit) if member.votes() => {
                self.commit(member, leader, commit.zxid, out);
            }
            Message::Inform(inform) if !member.votes() => self.inform(member, &inform.txn, out),
            Message::Ping(Ping { zxid }) => {
                out.send(self.connection, Message::Ping(Ping { zxid }));
            }
            other => ignore(leader, other.kind(), IgnoreReason::WrongPhase, out),
        }
        Next::Stay
    }

    /// Everything up to `zxid` is on disk: acknowledge each by itself.
    pub(super) fn on_logged(&mut self, zxid: Zxid, out: &mut Out) {
        while self.to_acknowledge.front().is_some_and(|&logged| logged <= zxid) {
            let logged = self.to_acknowledge.pop_front().expect("the front was just looked at");
            out.send(self.connection, Message::Ack(Ack { zxid: logged }));
        }
    }

    /// Takes a proposal: durable first, acknowledged then.
    pub(super) fn log(&mut self, member: &mut Member, txn: Arc<Txn>, out: &mut Out) {
        self.last_queued = self.last_queued.max(txn.zxid);
        if member.has(Switch::AckBeforeLogging) {
            out.send(self.connection, Message::Ack(Ack { zxid: txn.zxid }));
        } else {
            self.to_acknowledge.push_back(txn.zxid);
        }
        member.log(&txn, out);
        self.pending.push_back(txn);
    }

    /// Takes over what the synchronisation has handed to the log step already; what is on disk of
    /// it is acknowledged now, unless it was before.
    pub(super) fn take_over(
        &mut self,
        member: &Member,
        logged: impl IntoIterator<Item = Arc<Txn>>,
        unacknowledged: impl IntoIterator<Item = Zxid>,
        out: &mut Out,
    ) {
        self.pending.extend(logged);
        for zxid in unacknowledged {
            if member.history.is_flushed(zxid) {
                out.send(self.connection, Message::Ack(Ack { zxid }));
            } else {
                self.to_acknowledge.push_back(zxid);
            }
        }
    }

    /// Commits the oldest pending proposal, which it must be. Its own log write may still be under
    /// way: the quorum that committed it did not need ours.
    pub(super) fn commit(
        &mut self,
        member: &mut Member,
        leader: ServerId,
        zxid: Zxid,
        out: &mut Out,
    ) {
        let Some(txn) = self.pending.front() else {
            return ignore(leader, MessageKind::Commit, IgnoreReason::NothingPending, out);
        };
        if txn.zxid != zxid {
            let reason = ExitReason::UnmatchedCommit { committed: zxid, pending: txn.zxid };
            return out.push(Output::Exit { code: 12, reason });
        }
        let txn = self.pending.pop_front().expect("the front was just looked at");
        out.note(Note::Committed { zxid });
        member.commit(txn, out);
    }
}

fn ignore(from: ServerId, message: MessageKind, reason: IgnoreReason, out: &mut Out) {
    out.note(Note::Ignored { from, message, reason });
}
