//! What a learner does for clients: it reads its own tree, forwards what the leader has to order,
//! and tells the leader whose clients are alive. Source: `FollowerRequestProcessor`,
//! `LearnerSessionTracker`; fact sheet §§4.7, 4.9.

use std::collections::VecDeque;

use super::process::Step;
use super::{Awaited, Cargo, ClientLink, Commit, Effect, Forwarded, Packet, Service};
use crate::store::TouchTable;
use crate::types::SessionId;

/// A serving learner.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Following {
    /// The sessions heard of since the last PING was answered.
    pub(super) touched: TouchTable,
    /// The syncs that the leader has not answered yet, oldest first.
    pub(super) syncs: VecDeque<(SessionId, i32)>,
}

impl Following {
    /// The syncs that the leader has not answered yet, oldest first: session and number.
    pub fn syncs(&self) -> &VecDeque<(SessionId, i32)> {
        &self.syncs
    }
}

impl Step<'_> {
    /// Sends a request on to the leader. Without a leader nobody serves, so that nothing is lost
    /// here.
    pub fn forward(&mut self, forwarded: Forwarded) {
        if let Some(leader) = self.process.leader_link {
            self.send(leader, Packet::Request(forwarded));
        }
    }

    /// The table for the answer to a PING.
    pub fn touched(&mut self) -> Cargo {
        match &mut self.process.service {
            Service::Following(following) => {
                let touched = following.touched.take();
                if touched.is_empty() {
                    Cargo::None
                } else {
                    Cargo::Touched(touched.into_iter().collect())
                }
            }
            Service::Closed | Service::Leading(_) => Cargo::None,
        }
    }

    /// SYNC: the oldest sync takes its place behind all commits that came before.
    pub fn sync_released(&mut self) {
        let Service::Following(following) = &mut self.process.service else { return };
        if let Some((session, xid)) = following.syncs.pop_front() {
            self.process.commit_queue.push_back(Commit::Sync { session, xid });
            self.effect(Effect::CommitReady);
        }
    }

    /// The leader's word on a session whose client has come back.
    pub fn revalidated(&mut self, session: SessionId, valid: bool) {
        let Some(connection) = self.process.clients.connection_of(session) else { return };
        if let Some(ClientLink::Revalidating { timeout, .. }) =
            self.process.clients.find(connection)
        {
            if valid {
                self.establish(connection, session, timeout, true);
            } else {
                self.refuse_session(connection);
            }
        }
    }

    /// The sync at the head of its session's queue is released.
    pub fn finish_sync(&mut self, session: SessionId, xid: i32) {
        let finished = self.process.clients.finish(session, |waiting| {
            waiting.xid == xid && matches!(waiting.what, Awaited::Sync(_))
        });
        if let Some(waiting) = finished
            && let Awaited::Sync(path) = waiting.what
        {
            let result = Ok(crate::api::OpResult::Synced(path));
            self.reply(waiting.connection, session, xid, result);
        }
        self.take_turns(session);
    }
}
