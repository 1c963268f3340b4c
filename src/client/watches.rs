//! What a client watches, as it has to remember it: to set the watches again where it comes back.
//! Source: `ZKWatchManager`, `ClientCnxn.SendThread.primeConnection`; fact sheet §6.4.

use std::sync::Arc;

use imbl::OrdSet;

use crate::api::{
    AddWatchMode, Op, OpError, OpResult, SetWatches, WatchEvent, WatchEventKind, WatcherType,
};
use crate::types::{PathText, Zxid};

/// So many bytes of paths go into one setWatches. Source: `SET_WATCHES_MAX_LENGTH`.
const BATCH_BYTES: usize = 128 * 1024;

/// The paths that a client watches, by kind of watch.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct ClientWatches {
    data: OrdSet<PathText>,
    exist: OrdSet<PathText>,
    child: OrdSet<PathText>,
    persistent: OrdSet<PathText>,
    recursive: OrdSet<PathText>,
}

impl ClientWatches {
    /// The paths by kind, named as in a setWatches: data, exist, child, persistent, recursive.
    pub fn by_kind(&self) -> [(&'static str, &OrdSet<PathText>); 5] {
        [
            ("data", &self.data),
            ("exist", &self.exist),
            ("child", &self.child),
            ("persistent", &self.persistent),
            ("recursive", &self.recursive),
        ]
    }

    /// An answer came: the watch that was asked for with it stands now.
    pub(super) fn answered(&mut self, op: &Op, result: &Result<OpResult, OpError>) {
        let went_well = result.is_ok();
        match op {
            Op::Exists { path, watch: true } if went_well => {
                self.data.insert(path.clone());
            }
            Op::Exists { path, watch: true } if *result == Err(OpError::NoNode) => {
                self.exist.insert(path.clone());
            }
            Op::GetData { path, watch: true } if went_well => {
                self.data.insert(path.clone());
            }
            Op::GetChildren { path, watch: true } | Op::GetChildren2 { path, watch: true }
                if went_well =>
            {
                self.child.insert(path.clone());
            }
            Op::AddWatch { path, mode: AddWatchMode::Persistent } if went_well => {
                self.persistent.insert(path.clone());
            }
            Op::AddWatch { path, mode: AddWatchMode::PersistentRecursive } if went_well => {
                self.recursive.insert(path.clone());
            }
            Op::RemoveWatches { path, kind } if went_well => self.removed(path, *kind),
            _ => {}
        }
    }

    /// What is not watched any more.
    pub(super) fn removed(&mut self, path: &PathText, kind: WatcherType) {
        if matches!(kind, WatcherType::Data | WatcherType::Any) {
            self.data.remove(path);
            self.exist.remove(path);
        }
        if matches!(kind, WatcherType::Children | WatcherType::Any) {
            self.child.remove(path);
        }
        if kind == WatcherType::Any {
            self.persistent.remove(path);
            self.recursive.remove(path);
        }
    }

    /// An event came: watches for one event are gone.
    pub(super) fn fired(&mut self, event: &WatchEvent) {
        let path = &event.path;
        let about_data = event.kind != WatchEventKind::NodeChildrenChanged;
        if about_data {
            self.data.remove(path);
            self.exist.remove(path);
        }
        if matches!(event.kind, WatchEventKind::NodeChildrenChanged | WatchEventKind::NodeDeleted) {
            self.child.remove(path);
        }
    }

    /// What to ask of a new server, in as many requests as it takes.
    pub(super) fn to_set(&self, relative_zxid: Zxid) -> Vec<SetWatches> {
        let mut batches = Vec::new();
        let mut batch: [Vec<PathText>; 5] = Default::default();
        let mut bytes = 0;
        for (kind, (_, paths)) in self.by_kind().into_iter().enumerate() {
            for path in paths {
                bytes += path.len();
                batch[kind].push(path.clone());
                if bytes >= BATCH_BYTES {
                    batches.push(set_watches(relative_zxid, std::mem::take(&mut batch)));
                    bytes = 0;
                }
            }
        }
        let rest = set_watches(relative_zxid, batch);
        if !rest.is_empty() {
            batches.push(rest);
        }
        batches
    }
}

fn set_watches(relative_zxid: Zxid, batch: [Vec<PathText>; 5]) -> SetWatches {
    let [data, exist, child, persistent, recursive] = batch.map(Arc::<[PathText]>::from);
    SetWatches { relative_zxid, data, exist, child, persistent, recursive }
}
