//! The settings of a run. The defaults are the page's teaching defaults: ZooKeeper's own ratios,
//! scaled down together so that a whole election fits into a few dozen virtual milliseconds.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::store::StoreConfig;
use crate::types::{ServerId, Span, WallTime};
use crate::zab::{ProtocolConfig, Quorum, QuorumError, Rules};

/// A span drawn anew each time, both ends included.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct SpanRange {
    /// The shortest.
    pub min: Span,
    /// The longest.
    pub max: Span,
}

impl SpanRange {
    /// From `min` to `max` microseconds.
    pub const fn micros(min: u64, max: u64) -> SpanRange {
        SpanRange { min: Span::micros(min), max: Span::micros(max) }
    }

    /// Always the same span.
    pub const fn exactly(span: Span) -> SpanRange {
        SpanRange { min: span, max: span }
    }
}

/// Everything about a run but its seed and its commands.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// How many servers vote, S1 and up.
    pub servers: u8,
    /// How many more servers there are behind them that do not: observers.
    pub observers: u8,
    /// The voters' groups with their weights (`group.x`, `weight.x`); a majority decides where
    /// there are none. A voter that stands in none has no weight.
    pub groups: Vec<BTreeMap<ServerId, u32>>,
    /// The clients at the start, C1 and up: the server each one calls first.
    pub clients: Vec<ServerId>,
    /// Which rules of the protocol are switched off.
    pub rules: Rules,
    /// `tickTime`.
    pub tick: Span,
    /// `initLimit`, in ticks.
    pub init_limit: u32,
    /// `syncLimit`, in ticks.
    pub sync_limit: u32,
    /// `finalizeWait`.
    pub finalize_wait: Span,
    /// `fastleader.minNotificationInterval` and `maxNotificationInterval`.
    pub notification_interval: SpanRange,
    /// `cnxTimeout`.
    pub connection_timeout: Span,
    /// `leaderConnectDelayDuringRetryMs`.
    pub leader_connect_delay: Span,
    /// `observer.election.DelayMs`.
    pub observer_election_delay: Span,
    /// `snapCount`.
    pub snap_count: u32,
    /// `commitLogCount`.
    pub commit_log_count: u32,
    /// Whether a leader may read its log on disk for a DIFF (`snapshotSizeFactor` not negative).
    pub txn_log_sync: bool,
    /// Where a new leader's count of transactions begins: in a real ensemble with 0.
    pub zxid_counter_start: u32,
    /// How long a packet travels between two servers.
    pub server_latency: SpanRange,
    /// How long a packet travels between a client and a server.
    pub client_latency: SpanRange,
    /// From a transaction's arrival to the log step that takes it.
    pub log_delay: Span,
    /// Between two commit steps.
    pub commit_delay: Span,
    /// How long a flush (fsync) takes.
    pub flush: SpanRange,
    /// `zookeeper.extendedTypesEnabled`: whether znodes may have a time to live.
    pub extended_types_enabled: bool,
    /// `enforceQuota`: whether a hard quota is more than a warning.
    pub enforce_quota: bool,
    /// `superDigest`: who may do everything, as `user:BASE64(SHA1(user:password))`.
    pub super_digest: Option<Arc<str>>,
    /// `znode.container.checkIntervalMs`.
    pub container_check_interval: Span,
    /// `znode.container.maxNeverUsedIntervalMs`.
    pub container_never_used: Span,
    /// What clients ask for as session timeout; servers clamp it to 2 to 20 ticks.
    pub session_timeout: Span,
    /// The longest pause before a client tries its next server (ZooKeeper: a second).
    pub client_retry_delay: Span,
    /// When the clients of the start are switched on.
    pub client_delay: Span,
    /// What the clocks say when the run begins.
    pub calendar_start: WallTime,
    /// Servers whose clock is ahead (or behind, negative), in milliseconds.
    pub clock_skew_millis: BTreeMap<ServerId, i64>,
    /// Whether a server that finds nothing on its disk takes that for right
    /// (`zookeeper.db.autocreate`). Where not, a wiped server has no say until it is brought up to
    /// date.
    pub autocreate: bool,
    /// Servers are switched on within this time of the beginning.
    pub boot_delay: SpanRange,
    /// Servers that are not: they wait for a command to start them.
    pub off: BTreeSet<ServerId>,
}

/// Why a run with some settings is impossible.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SettingsError {
    /// The shortest span of this range is longer than its longest.
    Range(&'static str),
    /// Nobody could decide anything.
    Quorum(QuorumError),
    /// A weight that is given to a server that does not vote.
    NotAVoter(ServerId),
    /// So many servers cannot be simulated.
    Servers(u8),
    /// The tick is shorter than two milliseconds, the finest that clocks and half ticks resolve.
    Tick(Span),
    /// A client begins with a server that does not exist.
    UnknownServer(ServerId),
}

impl fmt::Display for SettingsError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SettingsError::Range(name) => write!(out, "{name}: min is greater than max"),
            SettingsError::Quorum(error) => write!(out, "{error}"),
            SettingsError::NotAVoter(server) => {
                write!(out, "{server} stands in a group and does not vote; expected voters")
            }
            SettingsError::Servers(count) => {
                write!(out, "{count} servers: expected 1 to {SERVERS_MAX}")
            }
            SettingsError::Tick(tick) => write!(out, "a tick of {tick}: expected at least 2 ms"),
            SettingsError::UnknownServer(server) => {
                write!(out, "a client begins with {server}, which does not exist")
            }
        }
    }
}

impl std::error::Error for SettingsError {}

/// How many servers there can be: what the page has room for.
const SERVERS_MAX: u8 = 9;

/// 2026-01-01T00:00:00Z.
const CALENDAR_START: WallTime = WallTime(1_767_225_600_000);

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            servers: 5,
            observers: 0,
            groups: Vec::new(),
            clients: vec![ServerId(2), ServerId(4), ServerId(5)],
            rules: Rules::DEFAULT,
            tick: Span::millis(100),
            init_limit: 10,
            sync_limit: 5,
            finalize_wait: Span::millis(20),
            notification_interval: SpanRange::micros(20_000, 6_000_000),
            connection_timeout: Span::millis(500),
            leader_connect_delay: Span::millis(10),
            observer_election_delay: Span::millis(20),
            snap_count: 100_000,
            commit_log_count: 500,
            txn_log_sync: false,
            zxid_counter_start: 0,
            server_latency: SpanRange::micros(1_500, 2_200),
            client_latency: SpanRange::micros(800, 1_200),
            log_delay: Span::micros(200),
            commit_delay: Span::micros(300),
            flush: SpanRange::micros(800, 1_200),
            extended_types_enabled: false,
            enforce_quota: false,
            super_digest: None,
            container_check_interval: Span::millis(3_000),
            container_never_used: Span::millis(15_000),
            session_timeout: Span::millis(1_000),
            client_retry_delay: Span::millis(200),
            client_delay: Span::millis(200),
            calendar_start: CALENDAR_START,
            clock_skew_millis: BTreeMap::new(),
            autocreate: true,
            boot_delay: SpanRange::micros(0, 5_000),
            off: BTreeSet::new(),
        }
    }
}

impl Settings {
    /// The defaults for an ensemble of this size, with one to three clients spread over it.
    pub fn with_servers(servers: u8) -> Settings {
        let clients = match servers {
            0 | 1 => vec![ServerId(1)],
            2 => vec![ServerId(1), ServerId(2)],
            3 | 4 => vec![ServerId(1), ServerId(2), ServerId(servers)],
            _ => vec![ServerId(2), ServerId(servers - 1), ServerId(servers)],
        };
        Settings { servers, clients, ..Settings::default() }
    }

    /// The servers of the run, by id; the voters come first.
    pub fn server_ids(&self) -> impl DoubleEndedIterator<Item = ServerId> + use<> {
        (1..=self.server_count()).map(ServerId)
    }

    /// How many servers there are, voters and observers.
    pub fn server_count(&self) -> u8 {
        self.servers.saturating_add(self.observers)
    }

    /// Who votes, and which sets decide.
    ///
    /// # Errors
    /// Where nobody could decide anything, or a group names someone who does not vote.
    pub fn quorum(&self) -> Result<Quorum, SettingsError> {
        let voters = 1..=self.servers;
        if self.groups.is_empty() {
            return Ok(Quorum::majority(voters.map(ServerId)));
        }
        let named = || self.groups.iter().flat_map(BTreeMap::keys);
        if let Some(&server) = named().find(|server| !voters.contains(&server.0)) {
            return Err(SettingsError::NotAVoter(server));
        }
        let unnamed = voters.map(ServerId).filter(|voter| !named().any(|server| server == voter));
        let mut groups = self.groups.clone();
        groups.push(unnamed.map(|voter| (voter, 0)).collect());
        Quorum::hierarchical(&groups).map_err(SettingsError::Quorum)
    }

    /// Whether a run with these settings is possible.
    ///
    /// # Errors
    /// The first thing that makes it impossible.
    pub fn check(&self) -> Result<(), SettingsError> {
        if self.servers == 0 || self.server_count() > SERVERS_MAX {
            return Err(SettingsError::Servers(self.server_count()));
        }
        let known = 1..=self.server_count();
        if let Some(&server) = self.clients.iter().find(|server| !known.contains(&server.0)) {
            return Err(SettingsError::UnknownServer(server));
        }
        self.quorum()?;
        if self.tick < Span::millis(2) {
            return Err(SettingsError::Tick(self.tick));
        }
        let ranges = [
            ("notification_interval", self.notification_interval),
            ("server_latency", self.server_latency),
            ("client_latency", self.client_latency),
            ("flush", self.flush),
            ("boot_delay", self.boot_delay),
        ];
        match ranges.into_iter().find(|(_, range)| range.min > range.max) {
            Some((name, _)) => Err(SettingsError::Range(name)),
            None => Ok(()),
        }
    }

    /// What every server's store is configured with.
    pub fn store(&self) -> StoreConfig {
        StoreConfig {
            extended_types_enabled: self.extended_types_enabled,
            enforce_quota: self.enforce_quota,
            super_digest: self.super_digest.clone(),
            container_check_interval: self.container_check_interval,
            container_never_used_max: self.container_never_used,
            ..StoreConfig::default()
        }
    }

    /// What every peer is configured with.
    ///
    /// # Panics
    /// If [`Settings::check`] finds the settings impossible.
    pub fn protocol(&self) -> ProtocolConfig {
        ProtocolConfig {
            quorum: self.quorum().expect("settings are checked before they are used"),
            tick: self.tick,
            init_limit: self.init_limit,
            sync_limit: self.sync_limit,
            finalize_wait: self.finalize_wait,
            min_notification_interval: self.notification_interval.min,
            max_notification_interval: self.notification_interval.max,
            connection_timeout: self.connection_timeout,
            leader_connect_delay: self.leader_connect_delay,
            observer_election_delay: self.observer_election_delay,
            snap_count: self.snap_count,
            commit_log_count: self.commit_log_count,
            txn_log_sync: self.txn_log_sync,
            zxid_counter_start: self.zxid_counter_start,
            rules: self.rules,
        }
    }
}
