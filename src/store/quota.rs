//! Quotas: the limits of a subtree and the statistics that a server keeps of it, both in ordinary
//! znodes under `/zookeeper/quota`. Source: `Quotas`, `StatsTrack`, `DataTree`,
//! `ZooKeeperServer.checkQuota`; fact sheet §9.

use std::fmt;
use std::sync::Arc;

use super::DataTree;
use super::path::{name_of, parent_of};
use crate::api::OpError;
use crate::types::{Bytes, PathText};

const ROOT: &str = "/zookeeper/quota";
const LIMITS: &str = "zookeeper_limits";
const STATS: &str = "zookeeper_stats";

/// Which of a quota's two znodes a path names, and the znode that the quota is on.
pub(super) enum QuotaNode<'a> {
    Limits(&'a str),
    Stats(&'a str),
}

impl QuotaNode<'_> {
    pub(super) fn of(path: &str) -> Option<QuotaNode<'_>> {
        let limited = parent_of(path)?.strip_prefix(ROOT)?;
        match name_of(path) {
            LIMITS => Some(QuotaNode::Limits(limited)),
            STATS => Some(QuotaNode::Stats(limited)),
            _ => None,
        }
    }
}

/// What a subtree has, or may have: its znodes (the quota's own included) and the bytes of their
/// data; -1 where there is no limit. Source: `StatsTrack`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Tally {
    pub(super) count: i64,
    pub(super) bytes: i64,
    pub(super) count_hard_limit: i64,
    pub(super) byte_hard_limit: i64,
}

impl Tally {
    /// `count=3,bytes=20=;byteHardLimit=-1;countHardLimit=4`; what is missing is -1.
    pub(super) fn from_text(text: &[u8]) -> Tally {
        let mut tally = Tally { count: -1, bytes: -1, count_hard_limit: -1, byte_hard_limit: -1 };
        let text = String::from_utf8_lossy(text);
        for part in text.split([',', ';']) {
            let mut words = part.split('=');
            let (Some(key), Some(number)) = (words.next(), words.next()) else { continue };
            let Ok(number) = number.parse() else { continue };
            match key {
                "count" => tally.count = number,
                "bytes" => tally.bytes = number,
                "countHardLimit" => tally.count_hard_limit = number,
                "byteHardLimit" => tally.byte_hard_limit = number,
                _ => {}
            }
        }
        tally
    }

    fn to_data(self) -> Option<Bytes> {
        Some(self.to_string().into_bytes().into())
    }
}

/// As a server writes it: without hard limits.
impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "count={},bytes={}", self.count, self.bytes)
    }
}

impl DataTree {
    /// A znode has come into being; a quota may begin with it.
    pub(super) fn quota_created(&mut self, path: &str, bytes: usize) {
        match QuotaNode::of(path) {
            Some(QuotaNode::Limits(limited)) => self.add_quota(limited),
            Some(QuotaNode::Stats(limited)) => self.recount(limited),
            None => {}
        }
        self.count_quota(path, 1, signed(bytes));
    }

    /// A znode is gone; a quota may end with it.
    pub(super) fn quota_deleted(&mut self, path: &str, bytes: usize) {
        if let Some(QuotaNode::Limits(limited)) = QuotaNode::of(path) {
            self.remove_quota(limited);
        }
        self.count_quota(path, -1, -signed(bytes));
    }

    /// A znode has come out of a snapshot, where the statistics are as they are.
    pub(super) fn restore_quota(&mut self, path: &str) {
        if let Some(QuotaNode::Limits(limited)) = QuotaNode::of(path) {
            self.add_quota(limited);
        }
    }

    /// Data were replaced.
    pub(super) fn quota_set(&mut self, path: &str, before: usize, after: usize) {
        self.count_quota(path, 0, signed(after) - signed(before));
    }

    /// Writes the difference into the statistics. They are part of no transaction: version and
    /// mzxid stay, and nobody who watches is told. Source: `DataTree.updateQuotaStat`.
    fn count_quota(&mut self, path: &str, count: i64, bytes: i64) {
        if self.quotas().is_empty() {
            return;
        }
        let Some(limited) = self.quota_of(path) else { return };
        let stats = stats_path(&limited);
        let Some(znode) = self.znode(&stats) else { return };
        let mut tally = Tally::from_text(znode.data().map_or(&[], |data| data));
        tally.count += count;
        tally.bytes += bytes;
        self.change(&stats, |znode| znode.set_data(tally.to_data()));
    }

    /// Counts anew. Source: `DataTree.updateQuotaForPath`.
    fn recount(&mut self, limited: &str) {
        let mut tally = Tally::from_text(b"count=0,bytes=0");
        let own = self.znode(limited).map(|znode| (Arc::from(limited), Arc::clone(znode)));
        let below = self.below(limited).map(|(path, znode)| (Arc::clone(path), Arc::clone(znode)));
        for (_, znode) in own.into_iter().chain(below) {
            tally.count += 1;
            tally.bytes += signed(znode.data().map_or(0, |data| data.len()));
        }
        self.change(&stats_path(limited), |znode| znode.set_data(tally.to_data()));
    }

    /// The deepest quota that a path stands under. One on the root has no effect.
    /// Source: `DataTree.getMaxPrefixWithQuota`.
    fn quota_of(&self, path: &str) -> Option<PathText> {
        let mut ancestor = Some(path);
        while let Some(candidate) = ancestor.filter(|path| !path.is_empty()) {
            if let Some(found) = self.quotas().get(candidate) {
                return Some(Arc::clone(found));
            }
            ancestor = parent_of(candidate);
        }
        None
    }

    /// Whether a quota leaves room for so many znodes and bytes more. The statistics are those of
    /// what is applied. Source: `ZooKeeperServer.checkQuota`.
    ///
    /// # Errors
    /// [`OpError::QuotaExceeded`] where a hard limit does not.
    pub(super) fn check_quota(&self, path: &str, count: i64, bytes: i64) -> Result<(), OpError> {
        let Some(limited) = self.quota_of(path) else { return Ok(()) };
        let tally_at = |path: &str| {
            let data = self.znode(path).and_then(|znode| znode.data().cloned());
            data.map(|data| Tally::from_text(&data))
        };
        let limits = tally_at(&format!("{ROOT}{limited}/{LIMITS}"));
        let (Some(limits), Some(stats)) = (limits, tally_at(&stats_path(&limited))) else {
            return Ok(());
        };
        let exceeds =
            |limit: i64, now: i64, more: i64| more != 0 && limit > -1 && now + more > limit;
        if exceeds(limits.count_hard_limit, stats.count, count)
            || exceeds(limits.byte_hard_limit, stats.bytes, bytes)
        {
            return Err(OpError::QuotaExceeded);
        }
        Ok(())
    }
}

fn stats_path(limited: &str) -> String {
    format!("{ROOT}{limited}/{STATS}")
}

fn signed(bytes: usize) -> i64 {
    i64::try_from(bytes).expect("data are far below 2^63 bytes")
}
