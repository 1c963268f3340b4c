//! Where a server stands in the protocol, as it last told.

use crate::check::{Fact, Witness};
use crate::sim::EventId;
use crate::types::{Epoch, ServerId};
use crate::zab::{Durable, Note, Phase, RoleName};

/// A server's role, phase and epoch. At a message's arrival it is what the receiver was before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::check) struct Standing {
    /// Its role.
    pub role: RoleName,
    /// Its phase.
    pub phase: Phase,
    /// Whom it follows, or itself.
    pub leader: Option<ServerId>,
    /// The epoch that it has entered.
    pub epoch: Epoch,
    /// The epoch that it has promised.
    pub accepted: Epoch,
    /// The event that showed it last; `None` before its first one.
    event: Option<EventId>,
}

impl Default for Standing {
    fn default() -> Standing {
        Standing {
            role: RoleName::Looking,
            phase: Phase::Election,
            leader: None,
            epoch: Epoch::ZERO,
            accepted: Epoch::ZERO,
            event: None,
        }
    }
}

impl Standing {
    /// A process has just loaded its disk.
    pub(super) fn started(durable: &Durable) -> Standing {
        let (epoch, accepted) = (durable.current_epoch, durable.accepted_epoch);
        Standing { epoch, accepted, ..Standing::default() }
    }

    /// Whether it leads, or tries to.
    pub fn leads(&self) -> bool {
        self.role == RoleName::Leading
    }

    /// Whether it follows or observes a leader.
    pub fn learns(&self) -> bool {
        !matches!(self.role, RoleName::Leading | RoleName::Looking)
    }

    /// The event and what it tells.
    pub fn witness(&self, server: ServerId) -> Option<Witness> {
        let &Standing { role, phase, .. } = self;
        Some(Witness { event: self.event?, fact: Fact::Stands { server, role, phase } })
    }

    /// A server that is a quorum by itself passes several phases in one step, and tells of the last
    /// one only: so each is taken from what it does.
    pub(super) fn on_peer(&mut self, server: ServerId, note: &Note, event: EventId) {
        match note {
            Note::Entered { role, phase, leader } => {
                (self.role, self.phase, self.leader) = (*role, *phase, *leader);
            }
            Note::LeaderFound { leader, .. } if *leader == server => {
                (self.role, self.phase) = (RoleName::Leading, Phase::Discovery);
                self.leader = Some(server);
            }
            Note::EpochAccepted { epoch } => {
                self.accepted = *epoch;
                if self.learns() {
                    self.phase = Phase::Synchronization;
                }
            }
            Note::EpochEntered { epoch } => {
                (self.epoch, self.phase) = (*epoch, Phase::Synchronization);
            }
            Note::Established { .. } | Note::UpToDate { .. } => self.phase = Phase::Broadcast,
            Note::GaveUp { .. } => {
                let &mut Standing { epoch, accepted, .. } = self;
                *self = Standing { epoch, accepted, ..Standing::default() };
            }
            _ => return,
        }
        self.event = Some(event);
    }
}
