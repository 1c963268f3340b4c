//! Who is alive: the leader's table of sessions, and what a learner collects for it.
//! Source: `SessionTrackerImpl`, `ExpiryQueue`, `LearnerSessionTracker`; fact sheet §7.

use std::collections::BTreeMap;

use imbl::OrdMap;
use serde::{Deserialize, Serialize};

use crate::api::OpError;
use crate::types::{ServerId, SessionId, Span, Txn, TxnBody, WallTime};

/// Between which bounds a client may choose its timeout. Source: `minSessionTimeout`,
/// `maxSessionTimeout`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct SessionLimits {
    /// The shortest timeout.
    pub timeout_min: Span,
    /// The longest timeout.
    pub timeout_max: Span,
}

impl SessionLimits {
    /// The default: from 2 to 20 ticks.
    pub fn of_tick(tick: Span) -> SessionLimits {
        SessionLimits { timeout_min: tick * 2, timeout_max: tick * 20 }
    }

    /// The timeout that a client gets that asks for `wanted`.
    /// Source: `ZooKeeperServer.processConnectRequest`.
    pub fn negotiate(&self, wanted: Span) -> Span {
        wanted.min(self.timeout_max).max(self.timeout_min)
    }
}

/// A session as the leader sees it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TrackedSession {
    /// Its timeout.
    pub timeout: Span,
    /// The server that its client is connected to; `None` until the first request shows it.
    pub owner: Option<ServerId>,
    /// When it expires, a multiple of the tick; `None` once it is closing.
    pub expires_at: Option<WallTime>,
}

/// The leader's table of all sessions. Time is handed in: the leader's own clock.
///
/// A session that is closing waits for its closeSession to be applied, and does not expire again
/// (ZooKeeper's might, to no effect).
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct SessionTracker {
    tick: Span,
    sessions: OrdMap<SessionId, TrackedSession>,
}

impl SessionTracker {
    /// The table of a leader that begins to serve at `now`: every session of its database lives
    /// for another full timeout. `tick` is the width of an expiry bucket, at least a millisecond.
    pub fn new(tick: Span, sessions: &OrdMap<SessionId, Span>, now: WallTime) -> SessionTracker {
        assert!(tick.as_millis() > 0, "a tick of {tick} makes no buckets");
        let mut tracker = SessionTracker { tick, sessions: OrdMap::new() };
        for (&session, &timeout) in sessions {
            let expires_at = Some(tracker.bucket(timeout, now));
            let tracked = TrackedSession { timeout, owner: None, expires_at };
            tracker.sessions.insert(session, tracked);
        }
        tracker
    }

    /// A session begins at `owner`.
    pub fn add(&mut self, session: SessionId, timeout: Span, owner: ServerId, now: WallTime) {
        let expires_at = Some(self.bucket(timeout, now));
        let tracked = TrackedSession { timeout, owner: Some(owner), expires_at };
        self.sessions.insert(session, tracked);
    }

    /// A sign of life. Answers whether there is such a session and it is not closing.
    pub fn touch(&mut self, session: SessionId, now: WallTime) -> bool {
        let Some(mut tracked) = self.session(session).copied() else { return false };
        if tracked.expires_at.is_none() {
            return false;
        }
        tracked.expires_at = Some(self.bucket(tracked.timeout, now));
        self.sessions.insert(session, tracked);
        true
    }

    /// A client has come back to its session, through `owner`: from now on requests through any
    /// other server have come too late. Answers the timeout, or `None` if the session is over.
    /// Source: `Leader.revalidateSession`.
    pub fn revalidate(
        &mut self,
        session: SessionId,
        owner: ServerId,
        now: WallTime,
    ) -> Option<Span> {
        if !self.touch(session, now) {
            return None;
        }
        let tracked = self.sessions.get_mut(&session)?;
        tracked.owner = Some(owner);
        Some(tracked.timeout)
    }

    /// Whether `owner` may act for the session. The first server that does becomes its owner.
    /// Source: `SessionTrackerImpl.checkSession`.
    ///
    /// # Errors
    /// [`OpError::SessionExpired`] if it is unknown or closing; [`OpError::SessionMoved`] if it
    /// belongs to another server.
    pub fn check(&mut self, session: SessionId, owner: ServerId) -> Result<(), OpError> {
        let tracked = self.sessions.get_mut(&session).ok_or(OpError::SessionExpired)?;
        if tracked.expires_at.is_none() {
            return Err(OpError::SessionExpired);
        }
        if *tracked.owner.get_or_insert(owner) == owner {
            Ok(())
        } else {
            Err(OpError::SessionMoved)
        }
    }

    /// The session is about to end: nothing is done for it any more.
    pub fn set_closing(&mut self, session: SessionId) {
        if let Some(tracked) = self.sessions.get_mut(&session) {
            tracked.expires_at = None;
        }
    }

    /// A committed transaction may end a session.
    pub fn applied(&mut self, txn: &Txn) {
        if matches!(txn.body, TxnBody::CloseSession { .. }) {
            self.sessions.remove(&txn.session);
        }
    }

    /// Marks every session as closing whose time has come, and answers which, those first that
    /// expired first. Each of them is to be closed by a transaction.
    pub fn expire(&mut self, now: WallTime) -> Vec<SessionId> {
        let due = |(&session, tracked): (&SessionId, &TrackedSession)| {
            tracked.expires_at.filter(|&at| at <= now).map(|at| (at, session))
        };
        let mut expired: Vec<_> = self.sessions.iter().filter_map(due).collect();
        expired.sort_unstable();
        for &(_, session) in &expired {
            self.set_closing(session);
        }
        expired.into_iter().map(|(_, session)| session).collect()
    }

    /// When the next session expires if nothing is heard of it.
    pub fn next_expiry(&self) -> Option<WallTime> {
        self.sessions.values().filter_map(|tracked| tracked.expires_at).min()
    }

    /// What is known of a session.
    pub fn session(&self, session: SessionId) -> Option<&TrackedSession> {
        self.sessions.get(&session)
    }

    /// All sessions, in the order of their ids.
    pub fn sessions(&self) -> impl Iterator<Item = (SessionId, &TrackedSession)> {
        self.sessions.iter().map(|(session, tracked)| (*session, tracked))
    }

    /// The multiple of the tick behind `now` plus `timeout`. Source: `ExpiryQueue`.
    fn bucket(&self, timeout: Span, now: WallTime) -> WallTime {
        let millis = |span: Span| {
            i64::try_from(span.as_millis()).expect("timeout and tick are far below 2^63 ms")
        };
        let tick = millis(self.tick);
        WallTime(((now.0 + millis(timeout)) / tick + 1) * tick)
    }
}

/// Of which sessions a learner has heard since it last answered a PING.
/// Source: `LearnerSessionTracker.touchTable`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct TouchTable {
    touched: BTreeMap<SessionId, Span>,
}

impl TouchTable {
    /// Nothing heard.
    pub fn new() -> TouchTable {
        TouchTable::default()
    }

    /// A sign of life of a session that has this timeout.
    pub fn touch(&mut self, session: SessionId, timeout: Span) {
        self.touched.insert(session, timeout);
    }

    /// Hands the table over to the answer of a PING, and begins anew.
    pub fn take(&mut self) -> BTreeMap<SessionId, Span> {
        std::mem::take(&mut self.touched)
    }
}
