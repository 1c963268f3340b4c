//! FOLLOWING: a learner with a vote, from the first call to its leader to BROADCAST.
//!
//! One thread does all this in ZooKeeper, so a follower that waits for its disk reads no further
//! packets; here they wait in an inbox until the write is confirmed.
//! Source: `Follower.followLeader`, `Learner`, fact sheet §§3.3, 3.5, 4.3.

mod broadcast;
mod confirmation;
mod discovery;
mod synchronization;

use std::collections::VecDeque;

use super::role::Next;
use super::{
    GiveUp, IgnoreReason, Member, Message, MessageKind, Note, Out, Output, Phase, Timer, WriteId,
};
use crate::types::{ConnectionId, ServerId, Span, Zxid};

pub(super) use broadcast::Broadcasting;
use discovery::{Calling, Registering};
use synchronization::{AfterWrite, Synchronizing};

/// The data of a server that is FOLLOWING.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Following {
    leader: ServerId,
    phase: FollowingPhase,
    /// The write that the follower waits for, and what it does then.
    blocked: Option<(WriteId, AfterWrite)>,
    /// What arrived meanwhile.
    inbox: VecDeque<Arrival>,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum FollowingPhase {
    /// Calling the leader.
    Calling(Calling),
    /// Connected; FOLLOWERINFO is sent.
    Registering(Registering),
    /// ACKEPOCH is sent; the leader's history comes.
    Synchronizing(Synchronizing),
    /// Up to date.
    Broadcasting(Broadcasting),
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Arrival {
    Message(Message),
    Closed,
}

impl Following {
    /// Calls the leader.
    pub(super) fn begin(leader: ServerId, out: &mut Out) -> Following {
        let calling = FollowingPhase::Calling(Calling::begin(leader, out));
        Following { leader, phase: calling, blocked: None, inbox: VecDeque::new() }
    }

    pub(super) fn leader(&self) -> ServerId {
        self.leader
    }

    pub(super) fn phase(&self) -> Phase {
        match self.phase {
            FollowingPhase::Calling(_) | FollowingPhase::Registering(_) => Phase::Discovery,
            FollowingPhase::Synchronizing(_) => Phase::Synchronization,
            FollowingPhase::Broadcasting(_) => Phase::Broadcast,
        }
    }

    /// The connection to the leader, open or still being opened.
    pub(super) fn connection(&self) -> Option<ConnectionId> {
        match &self.phase {
            FollowingPhase::Calling(calling) => calling.connection(),
            FollowingPhase::Registering(registering) => Some(registering.connection),
            FollowingPhase::Synchronizing(synchronizing) => Some(synchronizing.connection),
            FollowingPhase::Broadcasting(broadcasting) => Some(broadcasting.connection),
        }
    }

    pub(super) fn on_connected(
        &mut self,
        member: &Member,
        connection: ConnectionId,
        out: &mut Out,
    ) -> Next {
        assert_eq!(self.connection(), Some(connection), "only our own call is answered");
        let registering = Registering::begin(member, connection, out);
        self.phase = FollowingPhase::Registering(registering);
        Next::Stay
    }

    pub(super) fn on_closed(&mut self, member: &mut Member, out: &mut Out) -> Next {
        if let FollowingPhase::Calling(calling) = &mut self.phase {
            return calling.on_refused(member, out);
        }
        self.arrive(member, Arrival::Closed, out)
    }

    pub(super) fn on_message(
        &mut self,
        member: &mut Member,
        message: Message,
        out: &mut Out,
    ) -> Next {
        self.arrive(member, Arrival::Message(message), out)
    }

    pub(super) fn on_leader_dial(&mut self, out: &mut Out) -> Next {
        if let FollowingPhase::Calling(calling) = &mut self.phase {
            calling.call(self.leader, out);
        }
        Next::Stay
    }

    /// Nothing heard from the leader for too long.
    pub(super) fn on_leader_read_timeout(&mut self, member: &Member, out: &mut Out) -> Next {
        if self.blocked.is_some() {
            // The thread waits for its disk and not for its socket.
            self.wait_for_leader(member, out);
            return Next::Stay;
        }
        let unreachable = matches!(self.phase, FollowingPhase::Calling(_));
        Next::GiveUp(if unreachable { GiveUp::LeaderUnreachable } else { GiveUp::LeaderSilent })
    }

    pub(super) fn on_persisted(&mut self, member: &mut Member, id: WriteId, out: &mut Out) -> Next {
        let Some((awaited, then)) = self.blocked.take() else {
            unreachable!("a follower has one write under way at a time, and this is {id:?}")
        };
        assert_eq!(awaited, id, "writes are confirmed in order");
        let mut next = self.go_on(member, then, out);
        while next == Next::Stay && self.blocked.is_none() {
            let Some(arrival) = self.inbox.pop_front() else { break };
            next = self.take(member, arrival, out);
        }
        next
    }

    /// The follower's log step has everything up to `zxid` on disk.
    pub(super) fn on_logged(&mut self, member: &Member, zxid: Zxid, out: &mut Out) {
        match &mut self.phase {
            FollowingPhase::Broadcasting(broadcasting) => broadcasting.on_logged(zxid, out),
            FollowingPhase::Synchronizing(synchronizing) => {
                synchronizing.on_logged(member, zxid, out);
            }
            FollowingPhase::Calling(_) | FollowingPhase::Registering(_) => {}
        }
    }

    /// Whether the tree is a leader's snapshot that is not on disk yet.
    pub(super) fn has_unsaved_snapshot(&self) -> bool {
        match &self.phase {
            FollowingPhase::Synchronizing(synchronizing) => synchronizing.has_unsaved_snapshot(),
            _ => false,
        }
    }

    /// Hangs up.
    pub(super) fn end(&mut self, out: &mut Out) {
        out.extend_end(self.connection());
    }

    fn arrive(&mut self, member: &mut Member, arrival: Arrival, out: &mut Out) -> Next {
        if self.blocked.is_some() {
            self.inbox.push_back(arrival);
            return Next::Stay;
        }
        self.take(member, arrival, out)
    }

    fn take(&mut self, member: &mut Member, arrival: Arrival, out: &mut Out) -> Next {
        let Arrival::Message(message) = arrival else { return Next::GiveUp(GiveUp::LeaderGone) };
        self.wait_for_leader(member, out);
        match &mut self.phase {
            FollowingPhase::Calling(_) => unreachable!("nothing arrives before the call is open"),
            FollowingPhase::Registering(_) => self.on_leader_info(member, &message, out),
            FollowingPhase::Synchronizing(_) => self.on_sync_message(member, message, out),
            FollowingPhase::Broadcasting(broadcasting) => {
                broadcasting.on_message(member, self.leader, message, out)
            }
        }
    }

    fn go_on(&mut self, member: &mut Member, then: AfterWrite, out: &mut Out) -> Next {
        match then {
            AfterWrite::Promised { epoch } => self.promised(member, epoch, out),
            other => self.on_sync_persisted(member, other, out),
        }
    }

    /// The socket timeout: initLimit ticks until NEWLEADER is handled, then syncLimit.
    fn wait_for_leader(&self, member: &Member, out: &mut Out) {
        let established = match &self.phase {
            FollowingPhase::Broadcasting(_) => true,
            FollowingPhase::Synchronizing(synchronizing) => synchronizing.is_acknowledged(),
            FollowingPhase::Calling(_) | FollowingPhase::Registering(_) => false,
        };
        out.timer(Timer::LeaderRead, read_timeout(member, established));
    }

    fn ignore(&self, message: MessageKind, reason: IgnoreReason, out: &mut Out) -> Next {
        out.note(Note::Ignored { from: self.leader, message, reason });
        Next::Stay
    }
}

fn read_timeout(member: &Member, established: bool) -> Span {
    if established { member.config.sync_span() } else { member.config.init_span() }
}

impl Out {
    /// Hangs up on the leader and forgets the timers of a learner.
    fn extend_end(&mut self, connection: Option<ConnectionId>) {
        if let Some(connection) = connection {
            self.push(Output::Close(connection));
        }
        self.push(Output::CancelTimer(Timer::LeaderRead));
        self.push(Output::CancelTimer(Timer::LeaderDial));
    }
}
