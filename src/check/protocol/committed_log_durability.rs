//! *CommittedLogDurability*: a synchronisation never cuts a committed transaction off a server's
//! log.
//!
//! A server that has logged up to z has everything that was committed up to z: what is proposed
//! after a transaction was committed stands behind it in every log. So a cut at c is wrong if
//! something between c and z is committed.
//!
//! Committed, that is, when the leader decided on the synchronisation. What was outstanding then
//! and was cut off, the leader sends again behind the cut; others may commit it before the cut is
//! on disk, as a run of the swarm showed, and are a quorum without this server.
//! Source: *CommittedLogDurability* of `Zab.tla`, where deciding and cutting are one step.

use crate::check::ghosts::PerServer;
use crate::check::{Fact, Moment, Property, PropertyName};
use crate::server;
use crate::types::{ServerId, Zxid};
use crate::zab::{self, Write};

#[derive(Clone, Debug, Default)]
pub(super) struct CommittedLogDurability {
    /// For each server the last transaction that it had on disk.
    logged: PerServer<Zxid>,
    /// For each learner the last transaction that was committed when its leader decided.
    decided: PerServer<Zxid>,
}

impl Property for CommittedLogDurability {
    fn on_peer(&mut self, server: ServerId, note: &zab::Note, moment: &mut Moment<'_>) {
        match note {
            zab::Note::SyncPlanned { learner, .. } => {
                let last = moment.ghosts.committed.last().unwrap_or(Zxid::ZERO);
                *self.decided.of(*learner) = last;
            }
            zab::Note::Truncated { zxid } => self.cut(server, *zxid, moment),
            _ => (),
        }
    }

    fn on_server(&mut self, server: ServerId, note: &server::Note, moment: &mut Moment<'_>) {
        let (last, write) = match note {
            server::Note::Flushed { last, write, .. } => (last, write.as_deref()),
            // The disk may be another one than before.
            server::Note::Started { last, .. } => (last, None),
            _ => return,
        };
        match write {
            // The peer reports the cut by itself.
            Some(Write::Truncate(_)) => (),
            // A snapshot in place of the log: what lies beyond it is gone.
            Some(Write::Replace(zxid)) => self.cut(server, *zxid, moment),
            _ => *self.logged.of(server) = *last,
        }
    }
}

impl CommittedLogDurability {
    fn cut(&mut self, server: ServerId, zxid: Zxid, moment: &mut Moment<'_>) {
        let committed = &moment.ghosts.committed;
        let logged = std::mem::replace(self.logged.of(server), zxid);
        let decided = self.decided.get(server);
        let lost = committed.behind(zxid).filter(|&lost| lost <= logged.min(decided));
        moment.judge(PropertyName::CommittedLogDurability, lost.is_none(), |_| {
            let earlier = lost.and_then(|lost| committed.witness(lost));
            (earlier, Fact::Truncated { server, zxid })
        });
    }
}
