//! *BadCommits* (I-14): every COMMIT is for the oldest proposal that its receiver holds, and a
//! learner takes no snapshot of more than it was synchronised with.
//!
//! Snapshots when a server begins to lead, and at NEWLEADER, may hold what is not committed, by
//! design (fact sheet §§3.2, 3.5): so a learner's is held against the op packet, the commits behind
//! it and what it has delivered, and a leader's is not looked at.
//! Source: EuroSys 2025, I-14; `FollowerZooKeeperServer.commit`, which ends the process.

use std::collections::VecDeque;

use crate::check::ghosts::PerServer;
use crate::check::{Arrived, Fact, Moment, Property, PropertyName, Witness};
use crate::server;
use crate::sim::EventId;
use crate::types::{ServerId, Zxid};
use crate::zab::{ExitReason, GiveUp, IgnoreReason, Message, MessageKind, Note};

/// For each learner what came on its connection.
#[derive(Clone, Debug, Default)]
pub(super) struct BadCommits {
    learners: PerServer<Learning>,
}

#[derive(Clone, Debug, Default)]
struct Learning {
    /// Proposals without a commit, oldest first.
    proposed: VecDeque<Zxid>,
    /// The last commit, or what the op packet brought.
    committed: Zxid,
    /// When that came, or the last proposal.
    event: Option<EventId>,
}

impl Property for BadCommits {
    fn on_message(&mut self, arrived: &Arrived<'_>, moment: &mut Moment<'_>) {
        let server = arrived.to;
        match arrived.message {
            Message::Diff(diff) => self.learners.of(server).begin(diff.zxid, moment.event),
            Message::Trunc(trunc) => self.learners.of(server).begin(trunc.zxid, moment.event),
            Message::Snap(snap) => self.learners.of(server).begin(snap.zxid, moment.event),
            Message::Proposal(proposal) => {
                let learning = self.learners.of(server);
                learning.proposed.push_back(proposal.txn.zxid);
                learning.event = Some(moment.event);
            }
            Message::Commit(commit) => self.commit(server, commit.zxid, moment),
            Message::Inform(inform) => self.learners.of(server).committed = inform.txn.zxid,
            _ => (),
        }
    }

    fn on_peer(&mut self, server: ServerId, note: &Note, moment: &mut Moment<'_>) {
        if let Note::GaveUp { reason: GiveUp::CommitWithoutProposal } = note {
            let learning = self.learners.of(server);
            let earlier = learning.witness(server);
            let fact = Fact::CommitCame { server, zxid: learning.committed };
            return moment.violate(PropertyName::BadCommits, earlier, fact);
        }
        let wanted = MessageKind::Commit;
        if let Note::Ignored { from, message, reason: IgnoreReason::NothingPending } = note
            && *message == wanted
        {
            let earlier = self.learners.of(server).witness(server);
            let fact = Fact::Hears { server, from: *from, message: wanted };
            moment.violate(PropertyName::BadCommits, earlier, fact);
        }
    }

    fn on_server(&mut self, server: ServerId, note: &server::Note, moment: &mut Moment<'_>) {
        match note {
            server::Note::Exited {
                reason: ExitReason::UnmatchedCommit { committed, .. }, ..
            } => {
                let earlier = self.learners.of(server).witness(server);
                let fact = Fact::CommitCame { server, zxid: *committed };
                moment.violate(PropertyName::BadCommits, earlier, fact);
            }
            server::Note::SnapshotTaken { zxid } if moment.ghosts.standing(server).learns() => {
                self.snapshot(server, *zxid, moment);
            }
            _ => (),
        }
    }
}

impl BadCommits {
    fn commit(&mut self, server: ServerId, zxid: Zxid, moment: &mut Moment<'_>) {
        let learning = self.learners.of(server);
        let matches = learning.proposed.front() == Some(&zxid);
        let earlier = (!matches).then(|| learning.witness(server)).flatten();
        if matches {
            learning.proposed.pop_front();
        }
        learning.committed = learning.committed.max(zxid);
        learning.event = Some(moment.event);
        moment.judge(PropertyName::BadCommits, matches, |_| {
            (earlier, Fact::CommitCame { server, zxid })
        });
    }

    fn snapshot(&mut self, server: ServerId, zxid: Zxid, moment: &mut Moment<'_>) {
        let learning = self.learners.of(server);
        let lineage = &moment.ghosts.lineage;
        let delivered = moment.ghosts.deliveries.find(server).map(|served| served.last);
        let is_covered = zxid <= learning.committed
            || lineage.is_prefix(zxid, learning.committed)
            || delivered.is_some_and(|delivered| lineage.is_prefix(zxid, delivered));
        let earlier = learning.event.map(|event| {
            let fact = Fact::Synchronized { server, zxid: learning.committed };
            Witness { event, fact }
        });
        moment.judge(PropertyName::BadCommits, is_covered, |_| {
            (earlier, Fact::SnapshotTaken { server, zxid })
        });
    }
}

impl Learning {
    fn begin(&mut self, zxid: Zxid, event: EventId) {
        self.proposed.clear();
        (self.committed, self.event) = (zxid, Some(event));
    }

    /// The oldest proposal, or up to where there is none any more.
    fn witness(&self, server: ServerId) -> Option<Witness> {
        let fact = match self.proposed.front() {
            Some(&zxid) => Fact::Queued { server, zxid },
            None => Fact::Synchronized { server, zxid: self.committed },
        };
        Some(Witness { event: self.event?, fact })
    }
}
