//! *EpochSanity*: on every disk currentEpoch is at most acceptedEpoch, neither ever decreases, and
//! the log does not reach beyond currentEpoch; and no server sends ACKEPOCH of an epoch before it
//! has accepted it on disk.
//!
//! The log may reach beyond currentEpoch where a learner has logged transactions of the epoch that
//! it is about to enter, and not entered it yet (fact sheet §3.6): so it is looked at in BROADCAST.
//! A disk that was wiped begins anew. Ours.

use crate::check::ghosts::{Change, PerServer};
use crate::check::{Arrived, Fact, Moment, Property, PropertyName, Witness};
use crate::server::Note;
use crate::sim::EventId;
use crate::types::{Epoch, ServerId, Zxid};
use crate::zab::{Durable, Message, Phase, Write};

/// For each server what was on its disk, and the epoch that it was last asked to promise.
#[derive(Clone, Debug, Default)]
pub(super) struct EpochSanity {
    files: PerServer<Option<Files>>,
    asked: PerServer<Option<(Epoch, EventId)>>,
}

#[derive(Clone, Copy, Debug)]
struct Files {
    accepted: Epoch,
    current: Epoch,
    event: EventId,
}

impl Property for EpochSanity {
    fn on_server(&mut self, server: ServerId, note: &Note, moment: &mut Moment<'_>) {
        let write = match note {
            Note::Flushed { write, .. } => write.as_deref(),
            Note::Started { .. } => None,
            _ => return,
        };
        let is_start = matches!(note, Note::Started { .. });
        if is_start || matches!(write, Some(Write::AcceptedEpoch(_) | Write::CurrentEpoch(_))) {
            self.written(server, moment);
        }
    }

    fn on_history(&mut self, change: &Change, moment: &mut Moment<'_>) {
        let server = change.server;
        if moment.ghosts.standing(server).phase != Phase::Broadcast {
            return;
        }
        let Some(files) = self.files.get(server) else { return };
        let last = change.stored.last;
        moment.judge(PropertyName::EpochSanity, last.epoch <= files.current, |_| {
            (Some(files.witness(server)), Fact::Logged { server, zxid: last })
        });
    }

    fn on_message(&mut self, arrived: &Arrived<'_>, moment: &mut Moment<'_>) {
        if let Message::LeaderInfo(info) = arrived.message {
            *self.asked.of(arrived.to) = Some((info.epoch, moment.event));
        }
    }

    fn on_sent(&mut self, sent: &Arrived<'_>, moment: &mut Moment<'_>) {
        let Message::AckEpoch(_) = sent.message else { return };
        let server = sent.from;
        let Some((epoch, asked)) = self.asked.get(server) else { return };
        let Some(accepted) = durable(server, moment).map(|durable| durable.accepted_epoch) else {
            return;
        };
        moment.judge(PropertyName::EpochSanity, epoch <= accepted, |_| {
            let fact = Fact::Asked { server, epoch };
            let earlier = Witness { event: asked, fact };
            (Some(earlier), Fact::Promised { server, epoch, accepted })
        });
    }
}

impl EpochSanity {
    fn written(&mut self, server: ServerId, moment: &mut Moment<'_>) {
        let Some(durable) = durable(server, moment) else { return };
        let is_empty = durable.log.is_empty() && durable.last_zxid() == Zxid::ZERO;
        let (accepted, current) = (durable.accepted_epoch, durable.current_epoch);
        let is_new = is_empty && accepted == Epoch::ZERO && current == Epoch::ZERO;
        let now = Files { accepted, current, event: moment.event };
        let before = self.files.of(server).replace(now).filter(|_| !is_new);
        let rises =
            before.is_none_or(|before| before.accepted <= accepted && before.current <= current);
        moment.judge(PropertyName::EpochSanity, rises && current <= accepted, |_| {
            let earlier = before.map(|before| before.witness(server));
            (earlier, Fact::Epochs { server, accepted, current })
        });
    }
}

fn durable<'a>(server: ServerId, moment: &Moment<'a>) -> Option<&'a Durable> {
    Some(moment.world.ensemble().server(server)?.disk().durable())
}

impl Files {
    fn witness(&self, server: ServerId) -> Witness {
        let &Files { accepted, current, event } = self;
        Witness { event, fact: Fact::Epochs { server, accepted, current } }
    }
}
