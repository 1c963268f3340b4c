//! The membership and the parameters of the protocol, by ZooKeeper's names.

use serde::{Deserialize, Serialize};

use super::{Quorum, Rules, Switch};
use crate::types::{ServerId, Span};

/// What every peer of an ensemble is configured with. Source: `zoo.cfg`, fact sheet §5.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct ProtocolConfig {
    /// Who votes, and how many make a quorum.
    pub quorum: Quorum,
    /// `tickTime`.
    pub tick: Span,
    /// `initLimit`, in ticks: for registering, and for synchronising.
    pub init_limit: u32,
    /// `syncLimit`, in ticks: how far leader and learner may fall out of touch.
    pub sync_limit: u32,
    /// `finalizeWait`: silence after which a quorum of equal votes decides.
    pub finalize_wait: Span,
    /// `fastleader.minNotificationInterval`.
    pub min_notification_interval: Span,
    /// `fastleader.maxNotificationInterval`.
    pub max_notification_interval: Span,
    /// `cnxTimeout`: for opening an election connection.
    pub connection_timeout: Span,
    /// `leaderConnectDelayDuringRetryMs`: between two tries to reach the leader.
    pub leader_connect_delay: Span,
    /// `observer.election.DelayMs`: an observer that lost its leader waits up to so long before it
    /// looks for another.
    pub observer_election_delay: Span,
    /// `snapCount`: a server takes a snapshot after half as many up to as many log records.
    pub snap_count: u32,
    /// How many committed transactions a leader keeps in memory for DIFF (`commitLogCount`).
    pub commit_log_count: u32,
    /// Whether a leader may also read its log on disk for a DIFF. ZooKeeper does so while the log
    /// weighs less than a third of the snapshot (`snapshotSizeFactor`), which its preallocated
    /// files of 64 MiB make rare.
    pub txn_log_sync: bool,
    /// Where a new leader's count of transactions begins. ZooKeeper's begins with 0; one near the
    /// end shows within a few transactions what happens there (ZOOKEEPER-1277).
    pub zxid_counter_start: u32,
    /// Which rules of the protocol are switched off.
    pub rules: Rules,
}

impl ProtocolConfig {
    /// How often a learner tries to reach its leader. Source: `Learner.connectToLeader`.
    pub const LEADER_CONNECT_TRIES: u32 = 5;

    /// Whether these servers, each named once, decide.
    pub(super) fn is_quorum<'a>(
        &self,
        servers: impl IntoIterator<Item = &'a ServerId> + Clone,
    ) -> bool {
        let too_small = self.rules.has(Switch::QuorumTooSmall);
        too_small && self.quorum.lacks_one(servers.clone()) || self.quorum.contains_quorum(servers)
    }

    /// `initLimit` as a span.
    pub fn init_span(&self) -> Span {
        self.tick * u64::from(self.init_limit)
    }

    /// `syncLimit` as a span.
    pub fn sync_span(&self) -> Span {
        self.tick * u64::from(self.sync_limit)
    }
}
