//! A follower's DISCOVERY: reach the leader, register, promise its epoch.
//!
//! Source: `Learner.connectToLeader`, `Learner.registerWithLeader`, fact sheet §3.3.

use super::synchronization::{AfterWrite, Synchronizing};
use super::{Following, FollowingPhase};
use crate::types::{ConnectionId, Epoch, ServerId, Zxid};
use crate::zab::role::Next;
use crate::zab::{
    AckEpoch, Channel, FollowerInfo, GiveUp, IgnoreReason, Member, Message, Note, ObserverInfo,
    Out, Output, ProtocolConfig, Switch, Timer, Write,
};

/// Calling the leader: at most five tries with a pause between two.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Calling {
    /// The call under way; `None` during a pause.
    connection: Option<ConnectionId>,
    /// Tries begun.
    tries: u32,
}

/// Connected, FOLLOWERINFO sent.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Registering {
    pub(super) connection: ConnectionId,
}

impl Calling {
    pub(super) fn begin(leader: ServerId, out: &mut Out) -> Calling {
        let mut calling = Calling { connection: None, tries: 0 };
        calling.call(leader, out);
        calling
    }

    pub(super) fn connection(&self) -> Option<ConnectionId> {
        self.connection
    }

    pub(super) fn call(&mut self, leader: ServerId, out: &mut Out) {
        assert!(self.connection.is_none(), "one call at a time");
        let connection = out.connection();
        self.connection = Some(connection);
        self.tries += 1;
        out.push(Output::Dial { connection, to: leader, channel: Channel::Learner });
    }

    /// Nobody there, or not leading (yet).
    pub(super) fn on_refused(&mut self, member: &Member, out: &mut Out) -> Next {
        self.connection = None;
        if self.tries == ProtocolConfig::LEADER_CONNECT_TRIES {
            return Next::GiveUp(GiveUp::LeaderUnreachable);
        }
        out.timer(Timer::LeaderDial, member.config.leader_connect_delay);
        Next::Stay
    }
}

impl Registering {
    pub(super) fn begin(member: &Member, connection: ConnectionId, out: &mut Out) -> Registering {
        let accepted_epoch = member.accepted_epoch;
        out.send(
            connection,
            if member.votes() {
                Message::FollowerInfo(FollowerInfo { accepted_epoch })
            } else {
                Message::ObserverInfo(ObserverInfo { accepted_epoch })
            },
        );
        out.timer(Timer::LeaderRead, member.config.init_span());
        Registering { connection }
    }
}

impl Following {
    /// LEADERINFO: promise the epoch if it is not below an earlier promise.
    pub(super) fn on_leader_info(
        &mut self,
        member: &mut Member,
        message: &Message,
        out: &mut Out,
    ) -> Next {
        let Message::LeaderInfo(info) = message else {
            return self.ignore(message.kind(), IgnoreReason::WrongPhase, out);
        };
        let checks = !member.has(Switch::NoEpochCheck);
        if info.epoch < member.accepted_epoch && checks {
            return Next::GiveUp(GiveUp::EpochTooLow);
        }
        if info.epoch > member.accepted_epoch || !checks {
            // Durable before promised: the ACKEPOCH is sent when the write is confirmed.
            let id = member.persist(Write::AcceptedEpoch(info.epoch), out);
            self.blocked = Some((id, AfterWrite::Promised { epoch: info.epoch }));
            return Next::Stay;
        }
        self.acknowledge_epoch(member, info.epoch, None, out)
    }

    /// acceptedEpoch is on disk.
    pub(super) fn promised(&mut self, member: &mut Member, epoch: Epoch, out: &mut Out) -> Next {
        member.accepted_epoch = epoch;
        out.note(Note::EpochAccepted { epoch });
        self.acknowledge_epoch(member, epoch, Some(member.current_epoch), out)
    }

    /// Sends ACKEPOCH; without a `current_epoch` (it had promised this epoch before) it does not
    /// count.
    fn acknowledge_epoch(
        &mut self,
        member: &Member,
        epoch: Epoch,
        current_epoch: Option<Epoch>,
        out: &mut Out,
    ) -> Next {
        let FollowingPhase::Registering(registering) = &self.phase else {
            unreachable!("LEADERINFO is handled while registering")
        };
        let connection = registering.connection;
        // A server that could not cut its log back has to be sent everything.
        let last_zxid =
            if member.starts_over { Zxid::ZERO } else { member.history.last_processed() };
        let data_missing = member.history.is_missing();
        let ack = AckEpoch { last_zxid, current_epoch, data_missing };
        out.send(connection, Message::AckEpoch(ack));
        let synchronizing = Synchronizing::begin(connection, epoch, last_zxid);
        self.phase = FollowingPhase::Synchronizing(synchronizing);
        Next::Stay
    }
}
