//! *Leadership1* (I-1): no two servers lead the same epoch at the same time, in SYNCHRONIZATION or
//! BROADCAST.
//!
//! The epoch that a leader has accepted is compared, as the system specification does; `Zab.tla`
//! takes the current one, which a leader writes a moment later.
//! Source: *Leadership1* of `Zab.tla` and of the system specification.

use crate::check::ghosts::PerServer;
use crate::check::{Fact, Moment, Property, PropertyName, Witness};
use crate::server::Server;
use crate::sim::EventId;
use crate::types::{Epoch, ServerId};
use crate::zab::{Note, Phase, RoleName};

/// For each server when it last began to lead in one of these phases.
#[derive(Clone, Debug, Default)]
pub(super) struct Leadership1 {
    since: PerServer<Option<EventId>>,
}

impl Property for Leadership1 {
    fn on_peer(&mut self, server: ServerId, note: &Note, moment: &mut Moment<'_>) {
        let &Note::Entered { role: RoleName::Leading, phase, .. } = note else { return };
        let own = moment.world.ensemble().server(server).and_then(Server::process);
        let Some(epoch) = own.map(|process| process.peer().accepted_epoch()) else { return };
        if phase < Phase::Synchronization {
            return;
        }
        *self.since.of(server) = Some(moment.event);
        let others = moment.world.ensemble().servers().filter(|other| other.id() != server);
        let rival = others.filter(|other| leads(other, epoch)).map(Server::id).next();
        moment.judge(PropertyName::Leadership1, rival.is_none(), |_| {
            let earlier = rival.and_then(|rival| {
                let fact = Fact::Leads { server: rival, epoch };
                Some(Witness { event: self.since.get(rival)?, fact })
            });
            (earlier, Fact::Leads { server, epoch })
        });
    }
}

fn leads(server: &Server, epoch: Epoch) -> bool {
    server.process().map(|process| process.peer()).is_some_and(|peer| {
        let leads = peer.role_name() == RoleName::Leading;
        leads && peer.phase() >= Phase::Synchronization && peer.accepted_epoch() == epoch
    })
}
