//! The peer: the one place where inputs are handed to roles, and where a role ends.

use std::sync::Arc;

use super::election::{self, Looking};
use super::follower::Following;
use super::leader::Leading;
use super::role::{self, Next, Role};
use super::{
    Channel, Durable, GiveUp, Input, Member, Message, Note, Out, Output, Phase, ProtocolConfig,
    RoleName, Switch, Timer,
};
use crate::types::{ConnectionId, ServerId, Zxid};

/// One server's protocol state.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Peer {
    pub(super) member: Member,
    pub(super) role: Role,
}

impl Peer {
    /// A process that has just loaded what its disk holds. It does nothing before
    /// [`Input::Start`].
    pub fn new(id: ServerId, config: Arc<ProtocolConfig>, durable: &Durable) -> Peer {
        let member = Member::new(id, config, durable);
        let role = Role::Looking(Looking::draining(&member, false));
        Peer { member, role }
    }

    /// The same with elections that the host decides: the peer casts no vote and dials nobody while
    /// it is LOOKING, and waits for [`Input::Elected`]. An exhaustive search replaces the messages
    /// of an election by its possible outcomes. Paper: the leader oracle of phase 0.
    pub fn with_leader_oracle(
        id: ServerId,
        config: Arc<ProtocolConfig>,
        durable: &Durable,
    ) -> Peer {
        let mut peer = Peer::new(id, config, durable);
        peer.member.has_leader_oracle = true;
        peer
    }

    /// Takes one input and appends what follows from it to `out`. Total: a message that has no
    /// place is ignored with a note.
    pub fn step(&mut self, input: Input, out: &mut Out) {
        let before = (self.role_name(), self.phase(), self.leader());
        let next = self.dispatch(input, out);
        self.go_on(next, out);
        let after = (self.role_name(), self.phase(), self.leader());
        if before != after {
            let (from, to) = ((before.0, before.1), (after.0, after.1));
            assert!(role::is_legal(from, to), "{:?}: from {from:?} to {to:?}", self.id());
            out.note(Note::Entered { role: after.0, phase: after.1, leader: after.2 });
        }
        if cfg!(debug_assertions) {
            self.validate();
        }
    }

    fn dispatch(&mut self, input: Input, out: &mut Out) -> Next {
        let Peer { member, role } = self;
        match input {
            Input::Start => {
                out.note(Note::Entered {
                    role: RoleName::Looking,
                    phase: Phase::Election,
                    leader: None,
                });
                Next::Drained { fast_forwards: false }
            }
            Input::Elected { leader } => match role {
                Role::Looking(looking) if looking.awaits_leader(member) => {
                    election::decided(member, leader, out)
                }
                _ => unreachable!("{} did not wait for a leader", member.id),
            },
            Input::Dialled { connection, from, channel } => {
                self.on_dialled(connection, from, channel, out);
                Next::Stay
            }
            Input::Connected(connection) => self.on_connected(connection, out),
            Input::Closed(connection) => self.on_closed(connection, out),
            Input::Received { connection, message } => self.on_received(connection, message, out),
            Input::Fired(timer) => self.on_fired(timer, out),
            Input::Persisted(id) if member.on_snapshot_written(id) => Next::Stay,
            Input::Persisted(id) => match role {
                Role::Following(following) => following.on_persisted(member, id, out),
                Role::Leading(leading) => leading.on_persisted(member, id, out),
                Role::Looking(_) => unreachable!("no role ends while it waits for {id:?}"),
            },
            Input::Logged(zxid) => self.on_logged(zxid, out),
            Input::Propose(txn) => match role {
                Role::Leading(leading) => {
                    leading.propose(member, txn, out);
                    Next::Stay
                }
                _ => unreachable!("{} was prepared by a server that does not lead", txn.zxid),
            },
            Input::ZxidsUsedUp => Next::GiveUp(GiveUp::ZxidRollover),
            Input::Applied(zxid) => {
                member.history.applied(zxid);
                Next::Stay
            }
        }
    }

    /// The one door between roles.
    fn go_on(&mut self, next: Next, out: &mut Out) {
        match next {
            Next::Stay => {}
            Next::Elected { leader } if leader == self.id() => {
                self.role = Role::Leading(Leading::begin(&mut self.member, out));
            }
            Next::Elected { leader } => {
                self.role = Role::Following(Following::begin(leader, out));
            }
            Next::GiveUp(reason) => self.give_up(reason, out),
            Next::Drained { fast_forwards } => {
                if fast_forwards {
                    self.member.fast_forward(out);
                }
                // A round that has begun is one that was lost.
                if !self.member.votes() && self.member.round > 0 {
                    let Peer { member, role: Role::Looking(looking) } = self else {
                        unreachable!("only a LOOKING server waits for its log")
                    };
                    looking.pause(member, out);
                } else {
                    self.go_on(Next::Rested, out);
                }
            }
            Next::Rested => {
                let Peer { member, role: Role::Looking(looking) } = self else {
                    unreachable!("only a LOOKING server begins an election")
                };
                looking.begin(member, out);
            }
        }
    }

    /// Back to LOOKING without a crash: the service stops, the log step writes what it was given,
    /// and only then does the election begin. Source: fact sheet §1.5.
    fn give_up(&mut self, reason: GiveUp, out: &mut Out) {
        out.note(Note::GaveUp { reason });
        let was_serving = self.is_serving();
        let had_replaced_tree = self.following().is_some_and(Following::has_unsaved_snapshot);
        match &mut self.role {
            Role::Following(following) => following.end(out),
            Role::Leading(leading) => leading.end(out),
            Role::Looking(_) => unreachable!("there is nothing to give up while LOOKING"),
        }
        if was_serving {
            out.push(Output::StopServing);
        }
        self.member.history.forget_commits();
        if had_replaced_tree && !self.member.has(Switch::KeepPartialSnap) {
            // Half a SNAP in memory would be taken for history (ZOOKEEPER-3642).
            self.member.history.reload();
            out.push(Output::Reload);
        }
        // What a stray log step got to disk is found there, whatever became of its role.
        let fast_forwards = was_serving || self.member.has(Switch::StrayLogThread);
        let looking = Looking::draining(&self.member, fast_forwards);
        let next = looking.poll_drained(&self.member);
        self.role = Role::Looking(looking);
        self.go_on(next, out);
    }

    fn on_dialled(
        &mut self,
        connection: ConnectionId,
        from: ServerId,
        channel: Channel,
        out: &mut Out,
    ) {
        match (channel, &mut self.role) {
            (Channel::Election, _) => self.member.links.on_dialled(connection, from, out),
            (Channel::Learner, Role::Leading(leading)) => {
                leading.on_dialled(&self.member, connection, from, out);
            }
            // Nobody listens there unless it leads.
            (Channel::Learner, _) => out.push(Output::Close(connection)),
        }
    }

    fn on_connected(&mut self, connection: ConnectionId, out: &mut Out) -> Next {
        if self.member.links.on_connected(connection, out) {
            return Next::Stay;
        }
        match &mut self.role {
            Role::Following(following) if following.connection() == Some(connection) => {
                following.on_connected(&self.member, connection, out)
            }
            // A call from an earlier try.
            _ => {
                out.push(Output::Close(connection));
                Next::Stay
            }
        }
    }

    fn on_closed(&mut self, connection: ConnectionId, out: &mut Out) -> Next {
        self.member.links.on_closed(connection, out);
        match &mut self.role {
            Role::Following(following) if following.connection() == Some(connection) => {
                following.on_closed(&mut self.member, out)
            }
            Role::Leading(leading) => {
                leading.on_closed(connection, out);
                Next::Stay
            }
            _ => Next::Stay,
        }
    }

    fn on_received(&mut self, connection: ConnectionId, message: Message, out: &mut Out) -> Next {
        let Peer { member, role } = self;
        if let Message::Notification(notification) = &message {
            let Some(from) = member.links.server(connection) else { return Next::Stay };
            let name = role.name(member.votes());
            if !member.config.quorum.is_voter(from) {
                election::answer_observer(member, name, from, out);
                return Next::Stay;
            }
            return match role {
                Role::Looking(looking) => looking.on_notification(member, from, notification, out),
                _ => {
                    election::answer(member, name, from, notification, out);
                    Next::Stay
                }
            };
        }
        match role {
            Role::Following(following) if following.connection() == Some(connection) => {
                following.on_message(member, message, out)
            }
            Role::Leading(leading) => leading.on_message(member, connection, message, out),
            // From a connection that has been hung up on.
            _ => Next::Stay,
        }
    }

    fn on_fired(&mut self, timer: Timer, out: &mut Out) -> Next {
        let Peer { member, role } = self;
        match (timer, role) {
            (Timer::Dial(server), _) => member.links.on_dial_timeout(server, out),
            (Timer::Notification, Role::Looking(looking)) => {
                return looking.on_notification_timeout(member, out);
            }
            (Timer::FinalizeWait, Role::Looking(looking)) => {
                return looking.on_finalize_wait(member, out);
            }
            (Timer::ObserverElection, Role::Looking(looking)) => return looking.on_pause_over(),
            (Timer::LeaderDial, Role::Following(following)) => {
                return following.on_leader_dial(out);
            }
            (Timer::LeaderRead, Role::Following(following)) => {
                return following.on_leader_read_timeout(member, out);
            }
            (Timer::QuorumWait, Role::Leading(leading)) => return leading.on_quorum_wait(),
            (Timer::LearnerRead(connection), Role::Leading(leading)) => {
                leading.on_learner_read_timeout(connection, out);
            }
            (Timer::HalfTick, Role::Leading(leading)) => return leading.on_half_tick(member, out),
            // A role cancels its timers when it ends; one that fires all the same is late.
            _ => {}
        }
        Next::Stay
    }

    fn on_logged(&mut self, zxid: Zxid, out: &mut Out) -> Next {
        let Peer { member, role } = self;
        member.history.flush(zxid);
        match role {
            Role::Following(following) => following.on_logged(member, zxid, out),
            Role::Leading(leading) => leading.on_logged(member, zxid, out),
            Role::Looking(looking) => return looking.poll_drained(member),
        }
        Next::Stay
    }

    /// Tests the invariants of all parts.
    ///
    /// # Panics
    /// If one is broken.
    pub fn validate(&self) {
        self.member.history.validate();
        if !self.member.config.rules.is_default() {
            return;
        }
        assert!(self.member.current_epoch <= self.member.accepted_epoch, "epochs of {}", self.id());
        if let Some(broadcasting) = self.leading().and_then(Leading::broadcasting) {
            broadcasting.validate();
        }
    }

    pub(super) fn leading(&self) -> Option<&Leading> {
        match &self.role {
            Role::Leading(leading) => Some(leading),
            _ => None,
        }
    }

    fn following(&self) -> Option<&Following> {
        match &self.role {
            Role::Following(following) => Some(following),
            _ => None,
        }
    }
}
