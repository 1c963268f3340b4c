//! Watches, as clients set them and hear of them. Source: fact sheet §6.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::types::{PathText, Zxid};

/// How an addWatch watches. Source: `AddWatchMode`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AddWatchMode {
    /// The znode and its list of children, event after event.
    Persistent,
    /// The znode and all below it, event after event.
    PersistentRecursive,
    /// A number that means nothing; every server refuses it.
    Unknown(i32),
}

impl AddWatchMode {
    /// The mode that this number on the wire means.
    pub const fn from_wire(mode: i32) -> AddWatchMode {
        match mode {
            0 => AddWatchMode::Persistent,
            1 => AddWatchMode::PersistentRecursive,
            _ => AddWatchMode::Unknown(mode),
        }
    }
}

/// Which watches a removeWatches or checkWatches means. Source: `WatcherType`; of its later numbers
/// 3.8.0 knows none (fact sheet §6.1).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum WatcherType {
    /// Those on the list of children.
    Children,
    /// Those on the znode and its data.
    Data,
    /// Both.
    #[default]
    Any,
    /// A number that means nothing; every server refuses it.
    Unknown(i32),
}

impl WatcherType {
    /// The type that this number on the wire means.
    pub const fn from_wire(kind: i32) -> WatcherType {
        match kind {
            1 => WatcherType::Children,
            2 => WatcherType::Data,
            3 => WatcherType::Any,
            _ => WatcherType::Unknown(kind),
        }
    }
}

/// What a client that comes back wants watched as before: setWatches, or setWatches2 where there
/// are persistent or recursive ones. Source: `SetWatches2`; fact sheet §6.4.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SetWatches {
    /// The newest zxid that the client has seen: what changed later, it is told at once.
    pub relative_zxid: Zxid,
    /// Znodes whose data it watches.
    pub data: Arc<[PathText]>,
    /// Znodes that it waits for.
    pub exist: Arc<[PathText]>,
    /// Znodes whose list of children it watches.
    pub child: Arc<[PathText]>,
    /// Znodes with a persistent watch.
    pub persistent: Arc<[PathText]>,
    /// Znodes with a recursive one.
    pub recursive: Arc<[PathText]>,
}

impl SetWatches {
    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.lists().iter().all(|list| list.is_empty())
    }

    /// The lists, in the order in which a server works them off.
    pub fn lists(&self) -> [&Arc<[PathText]>; 5] {
        [&self.data, &self.exist, &self.child, &self.persistent, &self.recursive]
    }
}

/// What has happened to a watched znode. Source: `Watcher.Event.EventType`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum WatchEventKind {
    /// It came into being.
    NodeCreated,
    /// It is gone.
    NodeDeleted,
    /// Its data were set.
    NodeDataChanged,
    /// A child came or went.
    NodeChildrenChanged,
}

/// What a server tells a client that watches. Source: `WatcherEvent`, `WatchedEvent`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct WatchEvent {
    /// What has happened.
    pub kind: WatchEventKind,
    /// To which znode.
    pub path: PathText,
    /// By which transaction, as newer servers say (3.8.0: never); [`Zxid::UNKNOWN`] in what a
    /// setWatches finds out.
    pub zxid: Zxid,
}

/// `NodeCreated /a`.
impl fmt::Display for WatchEvent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?} {}", self.kind, self.path)
    }
}
