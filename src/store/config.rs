//! What an operator sets of the store.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::types::Span;

/// The settings of the store, the same on every server. The defaults are ZooKeeper's.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StoreConfig {
    /// Whether znodes may have a time to live. Source: `zookeeper.extendedTypesEnabled`.
    pub extended_types_enabled: bool,
    /// Whether a hard quota is enforced. Source: `enforceQuota`.
    pub enforce_quota: bool,
    /// Who may do everything: `user:BASE64(SHA1(user:password))`.
    /// Source: `zookeeper.DigestAuthenticationProvider.superDigest`.
    pub super_digest: Option<Arc<str>>,
    /// How often the leader looks for containers and outlived znodes to delete; it does so with its
    /// look at the sessions, hence at most once a tick. Source: `znode.container.checkIntervalMs`.
    pub container_check_interval: Span,
    /// How long a container that never had a child stays; zero is for ever.
    /// Source: `znode.container.maxNeverUsedIntervalMs`.
    pub container_never_used_max: Span,
    /// So many are deleted within a minute. Source: `znode.container.maxPerMinute`.
    pub containers_per_minute_max: u32,
}

impl Default for StoreConfig {
    fn default() -> StoreConfig {
        StoreConfig {
            extended_types_enabled: false,
            enforce_quota: false,
            super_digest: None,
            container_check_interval: Span::millis(60_000),
            container_never_used_max: Span::millis(300_000),
            containers_per_minute_max: 10_000,
        }
    }
}
