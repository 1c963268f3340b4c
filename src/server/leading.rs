//! What an established leader does besides the protocol: it prepares transactions, watches over the
//! sessions, and answers the syncs. Source: `PrepRequestProcessor`, `LeaderSessionTracker`,
//! `Leader.processSync`; fact sheet §§4.1, 4.7, 4.9.

use std::collections::VecDeque;
use std::sync::Arc;

use super::process::Step;
use super::{Commit, Effect, Forwarded, Note, Packet, Service, Timer};
use crate::api::{Op, OpClass, OpError};
use crate::store::{Action, Prep, Reaper, Request, SessionTracker};
use crate::types::{ConnectionId, Epoch, ServerId, SessionId, Span, Txn, TxnBody, Zxid};
use crate::zab;

/// A serving leader.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Leading {
    pub(super) prep: Prep,
    pub(super) sessions: SessionTracker,
    /// The last zxid given.
    pub(super) proposed: Zxid,
    /// The last zxid committed.
    pub(super) committed: Zxid,
    /// Learners that wait for a commit before they are sent SYNC, in the order of those commits.
    pub(super) syncs: VecDeque<(Zxid, ConnectionId)>,
    /// When it looks for znodes to delete.
    pub(super) reaper: Reaper,
}

impl Leading {
    /// The sessions and when they expire.
    pub fn sessions(&self) -> &SessionTracker {
        &self.sessions
    }

    /// What is prepared and not applied.
    pub fn prep(&self) -> &Prep {
        &self.prep
    }
}

impl Step<'_> {
    /// From now on transactions are prepared, from `(epoch,1)` up, and every session has a full
    /// timeout. Source: `Leader.startZkServer`.
    pub fn start_leading(&mut self, epoch: Epoch) {
        let start = Zxid::start_of(epoch);
        self.process.database.raise_processed(start);
        let proposed = Zxid { epoch, counter: self.config.protocol.zxid_counter_start };
        let tick = self.config.protocol.tick;
        let sessions = SessionTracker::new(tick, &self.process.database.sessions, self.clock);
        self.process.service = Service::Leading(Leading {
            prep: Prep::new(&self.config.store),
            reaper: Reaper::new(&self.config.store, self.clock),
            sessions,
            proposed,
            committed: proposed,
            syncs: VecDeque::new(),
        });
        self.set_timer(Timer::SessionTick, tick, tick);
    }

    /// Makes the transaction for a request and proposes it.
    /// Source: `PrepRequestProcessor.pRequest`, `ProposalRequestProcessor`.
    pub fn propose(&mut self, request: &Request) {
        let Service::Leading(leading) = &mut self.process.service else { return };
        let Some(zxid) = leading.proposed.next() else {
            // The request is lost with the service; its client will hear of a lost connection.
            return self.feed(zab::Input::ZxidsUsedUp);
        };
        leading.proposed = zxid;
        let Leading { prep, sessions, .. } = leading;
        let tree = &self.process.database.tree;
        let txn = prep.prepare(tree, sessions, request, zxid, self.clock);
        let (session, cxid) = (txn.session, txn.cxid);
        self.note(Note::Prepared { zxid, session, cxid, error: error_of(&txn.body) });
        self.feed(zab::Input::Propose(Arc::new(txn)));
    }

    /// A request that a learner sent on. Source: `LearnerHandler.run`, case `REQUEST`.
    pub fn learner_request(&mut self, connection: ConnectionId, forwarded: &Forwarded) {
        let Some(&owner) = self.process.learner_links.get(&connection) else { return };
        let Service::Leading(leading) = &mut self.process.service else { return };
        let Forwarded { session, cxid, ref identities, ref action } = *forwarded;
        leading.sessions.touch(session, self.clock);
        if let Action::Op(op) = action
            && op.class() == OpClass::Sync
        {
            return self.process_sync(connection);
        }
        let (identities, action) = (Arc::clone(identities), action.clone());
        self.propose(&Request { session, cxid, owner, identities, action });
    }

    /// A client has come back to a learner: does its session live? Source:
    /// `Leader.revalidateSession`.
    pub fn revalidate(&mut self, connection: ConnectionId, session: SessionId) {
        let Some(&owner) = self.process.learner_links.get(&connection) else { return };
        let valid = self.revalidate_here(session, owner);
        self.send(connection, Packet::Revalidated { session, valid });
    }

    /// Whether the session lives; if so it is `owner`'s from now on.
    pub fn revalidate_here(&mut self, session: SessionId, owner: ServerId) -> bool {
        let Service::Leading(leading) = &mut self.process.service else { return false };
        leading.sessions.revalidate(session, owner, self.clock).is_some()
    }

    /// The sessions that a learner has heard of.
    pub fn touch_all(&mut self, sessions: &[(SessionId, Span)]) {
        let Service::Leading(leading) = &mut self.process.service else { return };
        for &(session, _) in sessions {
            leading.sessions.touch(session, self.clock);
        }
    }

    /// Ends the sessions whose time has come, each by a transaction of its own.
    /// Source: `SessionTrackerImpl.run`.
    pub fn session_tick(&mut self) {
        let tick = self.config.protocol.tick;
        self.set_timer(Timer::SessionTick, tick, tick);
        let Service::Leading(leading) = &mut self.process.service else { return };
        for session in leading.sessions.expire(self.clock) {
            self.note(Note::SessionExpired { session });
            self.propose_own(session, Action::Op(Op::CloseSession));
        }
        self.reap();
    }

    /// Deletes what nobody needs any more, if it is time to look for it.
    /// Source: `ContainerManager.checkContainers`.
    fn reap(&mut self) {
        let Service::Leading(leading) = &mut self.process.service else { return };
        let tree = &self.process.database.tree;
        for path in leading.reaper.look(&self.config.store, tree, self.clock) {
            self.propose_own(SessionId::NONE, Action::DeleteContainer { path });
        }
    }

    /// Proposes what no client asked for.
    fn propose_own(&mut self, session: SessionId, action: Action) {
        let identities = Arc::default();
        self.propose(&Request { session, cxid: 0, owner: self.id, identities, action });
    }

    /// A transaction is committed: the commit step will apply it.
    pub fn commit(&mut self, txn: Arc<Txn>) {
        if let Service::Leading(leading) = &mut self.process.service {
            leading.committed = txn.zxid;
        }
        self.process.commit_queue.push_back(Commit::Txn(txn));
        self.effect(Effect::CommitReady);
    }

    /// SYNC now if nothing is outstanding, else behind the last proposal. No quorum is asked: a
    /// leader that is none any more answers as well (ZOOKEEPER-1675).
    fn process_sync(&mut self, connection: ConnectionId) {
        let Service::Leading(leading) = &mut self.process.service else { return };
        leading.syncs.push_back((leading.proposed, connection));
        self.release_syncs();
    }

    /// Sends SYNC to those for whom enough is committed. The COMMITs went out before.
    pub fn release_syncs(&mut self) {
        let Service::Leading(leading) = &mut self.process.service else { return };
        let mut released = Vec::new();
        while let Some(&(zxid, connection)) = leading.syncs.front()
            && zxid <= leading.committed
        {
            leading.syncs.pop_front();
            released.push(connection);
        }
        for connection in released {
            self.send(connection, Packet::Sync);
        }
    }
}

/// What the client will be told, where it is no success.
fn error_of(body: &TxnBody) -> Option<OpError> {
    match body {
        TxnBody::Error { code } => OpError::from_code(*code),
        TxnBody::Multi(bodies) => bodies.iter().find_map(error_of),
        _ => None,
    }
}
