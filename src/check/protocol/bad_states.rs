//! *BadStates* (I-11): no handler meets a packet in a phase in which it cannot come, a leader waits
//! for its epoch in DISCOVERY only, and a learner that acknowledges UPTODATE has applied all that
//! its leader synchronised it with.
//!
//! An observer applies it after UPTODATE, as ZooKeeper's does, and is not looked at: no quorum
//! rests on it, and its clients may read what is old. Commits that arrive before UPTODATE may have
//! moved a follower further. PINGs may come at any time, votes too. A packet is looked at when it
//! arrives; where the receiver waits for its disk it takes the packet up later, in the same phase.
//! That the handler finds no use for it counts as well.
//! Source: EuroSys 2025, I-11.

use crate::check::ghosts::{PerServer, Standing};
use crate::check::{Arrived, Fact, Moment, Property, PropertyName, Witness};
use crate::server::Server;
use crate::sim::EventId;
use crate::types::{ServerId, Zxid};
use crate::zab::{DropReason, IgnoreReason, Message, MessageKind, Note, Phase, SyncOp};

/// For each learner the last plan: whose it was, up to where it leads, when it was made.
#[derive(Clone, Debug, Default)]
pub(super) struct BadStates {
    plans: PerServer<Option<(ServerId, Zxid, EventId)>>,
}

impl Property for BadStates {
    fn on_message(&mut self, arrived: &Arrived<'_>, moment: &mut Moment<'_>) {
        let standing = moment.ghosts.standing(arrived.to);
        let Some(belongs) = belongs(arrived.message, &standing) else { return };
        let (from, to, message) = (arrived.from, arrived.to, arrived.message.kind());
        judge(to, from, message, belongs, moment);
    }

    fn on_peer(&mut self, server: ServerId, note: &Note, moment: &mut Moment<'_>) {
        match note {
            Note::Ignored { message: MessageKind::Notification, .. } => (),
            Note::Ignored { from, message, reason: IgnoreReason::WrongPhase } => {
                judge(server, *from, *message, false, moment);
            }
            Note::LearnerDropped { learner, reason: DropReason::Unexpected } => {
                let earlier = moment.ghosts.standing(*learner).witness(*learner);
                let fact = Fact::Drops { server, learner: *learner };
                moment.violate(PropertyName::BadStates, earlier, fact);
            }
            Note::Registered { learner, .. } => {
                counts(server, *learner, MessageKind::FollowerInfo, moment);
            }
            Note::EpochAcked { learner, .. } => {
                counts(server, *learner, MessageKind::AckEpoch, moment);
            }
            Note::SyncPlanned { learner, op, max_committed, .. } => {
                let target = match *op {
                    SyncOp::Snap(zxid) => zxid,
                    SyncOp::Diff(_) | SyncOp::Trunc(_) => *max_committed,
                };
                let target = moment.ghosts.lineage.resolve(target);
                *self.plans.of(*learner) = Some((server, target, moment.event));
            }
            Note::UpToDate { .. } => self.up_to_date(server, moment),
            _ => (),
        }
    }
}

impl BadStates {
    fn up_to_date(&mut self, server: ServerId, moment: &mut Moment<'_>) {
        let leader = moment.ghosts.standing(server).leader;
        let plan = self.plans.get(server).filter(|&(planner, ..)| Some(planner) == leader);
        let process = moment.world.ensemble().server(server).and_then(Server::process);
        let (Some((_, target, planned)), Some(process)) = (plan, process) else { return };
        if !process.peer().config().quorum.is_voter(server) {
            return;
        }
        let last = process.peer().last_processed();
        moment.judge(PropertyName::BadStates, last >= target, |_| {
            let fact = Fact::Synchronized { server, zxid: target };
            (Some(Witness { event: planned, fact }), Fact::Delivered { server, zxid: last })
        });
    }
}

/// Whether a message may come to a server that stands here; `None` for what may always come.
fn belongs(message: &Message, standing: &Standing) -> Option<bool> {
    let Standing { phase, .. } = *standing;
    let synchronizes = standing.learns() && phase == Phase::Synchronization;
    Some(match message.kind() {
        MessageKind::Notification | MessageKind::Ping => return None,
        MessageKind::FollowerInfo | MessageKind::ObserverInfo => standing.leads(),
        MessageKind::LeaderInfo => standing.learns() && phase == Phase::Discovery,
        MessageKind::AckEpoch => standing.leads() && phase >= Phase::Discovery,
        MessageKind::Diff | MessageKind::Trunc | MessageKind::Snap => synchronizes,
        MessageKind::NewLeader | MessageKind::UpToDate => synchronizes,
        MessageKind::Ack => standing.leads() && phase >= Phase::Synchronization,
        // Proposals, commits and what observers get in their place.
        _ => standing.learns() && phase >= Phase::Synchronization,
    })
}

/// A leader counts a learner towards its epoch.
fn counts(server: ServerId, learner: ServerId, message: MessageKind, moment: &mut Moment<'_>) {
    let standing = moment.ghosts.standing(server);
    let waits = standing.leads() && standing.phase == Phase::Discovery;
    judge(server, learner, message, waits, moment);
}

fn judge(
    server: ServerId,
    from: ServerId,
    message: MessageKind,
    belongs: bool,
    moment: &mut Moment<'_>,
) {
    moment.judge(PropertyName::BadStates, belongs, |moment| {
        let earlier = moment.ghosts.standing(server).witness(server);
        (earlier, Fact::Hears { server, from, message })
    });
}
