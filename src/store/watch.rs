//! Who watches what on one server, and whom a change concerns. Source: `WatchManager`,
//! `DataTree.setWatches`; fact sheet §6.
//!
//! A watch belongs to a connection and is gone with it. As recorded from 3.8.0, a connection has
//! one mode per path and table, and the last one that it asked for holds: a one-shot watch takes
//! the place of half of a persistent one (`oneWatchMode`, fact sheet §13).

use std::collections::BTreeSet;

use imbl::{OrdMap, OrdSet};

use super::path::parent_of;
use super::{Change, ChangeKind, DataTree};
use crate::api::{
    AddWatchMode, Op, OpError, OpResult, SetWatches, WatchEvent, WatchEventKind, WatcherType,
};
use crate::types::{Acl, ConnectionId, PathText, Zxid};

/// How a connection watches a path.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum WatchMode {
    /// For one event.
    Standard,
    /// For all events.
    Persistent,
    /// For all events, and all below.
    Recursive,
}

/// The two tables: what happens to a znode itself, and to its list of children.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum WatchTable {
    /// Of exists and getData.
    Data,
    /// Of getChildren.
    Child,
}

/// An event on its way to those that it concerns: the connection, what it is told, and the access
/// control list by which it may be told.
pub type Watched<'a> = (ConnectionId, WatchEvent, &'a [Acl]);

type Table = OrdMap<PathText, OrdMap<ConnectionId, WatchMode>>;

/// All watches of one server.
///
/// Invariants, tested by [`Watches::validate`]:
/// 1. `by_connection` names exactly the paths that the tables hold, and no connection without any;
/// 2. `recursive` counts the recursive ones of each table.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Watches {
    tables: [Table; 2],
    by_connection: OrdMap<ConnectionId, OrdSet<PathText>>,
    /// While a table has none, the ancestors of a path need not be looked at.
    recursive: [u32; 2],
}

impl Watches {
    /// Whether nobody watches anything.
    pub fn is_empty(&self) -> bool {
        self.by_connection.is_empty()
    }

    /// How many watches there are: one for each connection, path and table.
    pub fn len(&self) -> u32 {
        let count: usize =
            self.tables.iter().flat_map(OrdMap::values).map(|watchers| watchers.len()).sum();
        u32::try_from(count).expect("a server has fewer than 2^32 watches")
    }

    /// Who watches a path in a table, and how.
    pub fn of(
        &self,
        table: WatchTable,
        path: &str,
    ) -> impl Iterator<Item = (ConnectionId, WatchMode)> {
        let watchers = self.tables[table as usize].get(path);
        watchers.into_iter().flatten().map(|(connection, mode)| (*connection, *mode))
    }

    /// The paths that a connection watches.
    pub fn paths_of(&self, connection: ConnectionId) -> impl Iterator<Item = &PathText> {
        self.by_connection.get(&connection).into_iter().flatten()
    }

    /// Leaves the watch that a read asks for: where it went well, and of an exists also where the
    /// znode was absent.
    pub fn leave(&mut self, connection: ConnectionId, op: &Op, result: &Result<OpResult, OpError>) {
        let went_well = result.is_ok();
        match op {
            Op::Exists { path, watch: true } if went_well || *result == Err(OpError::NoNode) => {
                self.add(WatchTable::Data, path, connection, WatchMode::Standard);
            }
            Op::GetData { path, watch: true } if went_well => {
                self.add(WatchTable::Data, path, connection, WatchMode::Standard);
            }
            Op::GetChildren { path, watch: true } | Op::GetChildren2 { path, watch: true }
                if went_well =>
            {
                self.add(WatchTable::Child, path, connection, WatchMode::Standard);
            }
            _ => {}
        }
    }

    /// Source: `DataTree.addWatch`: no check of the path, nor of what is there.
    ///
    /// # Errors
    /// [`OpError::MarshallingError`] for a mode that there is not.
    pub fn add_watch(
        &mut self,
        connection: ConnectionId,
        path: &PathText,
        mode: AddWatchMode,
    ) -> Result<OpResult, OpError> {
        let mode = match mode {
            AddWatchMode::Persistent => WatchMode::Persistent,
            AddWatchMode::PersistentRecursive => WatchMode::Recursive,
            AddWatchMode::Unknown(_) => return Err(OpError::MarshallingError),
        };
        for table in [WatchTable::Data, WatchTable::Child] {
            self.add(table, path, connection, mode);
        }
        Ok(OpResult::Done)
    }

    /// Whatever the mode of the watches, as recorded from 3.8.0.
    ///
    /// # Errors
    /// [`OpError::NoWatcher`] if the connection has none; [`OpError::MarshallingError`] for a type
    /// that there is not.
    pub fn remove_watches(
        &mut self,
        connection: ConnectionId,
        path: &str,
        kind: WatcherType,
    ) -> Result<OpResult, OpError> {
        let mut found = false;
        for &table in tables_of(kind)? {
            found |= self.remove(table, path, connection);
        }
        if found { Ok(OpResult::Done) } else { Err(OpError::NoWatcher) }
    }

    /// Whether any connection watches the path: an oddity of 3.8.0 (`checkWatchesAnyone`, fact
    /// sheet §13).
    ///
    /// # Errors
    /// [`OpError::NoWatcher`] if none does; [`OpError::MarshallingError`] for a type that there is
    /// not.
    pub fn check_watches(&self, path: &str, kind: WatcherType) -> Result<OpResult, OpError> {
        let tables = tables_of(kind)?;
        let watched = tables.iter().any(|table| self.tables[*table as usize].contains_key(path));
        if watched { Ok(OpResult::Done) } else { Err(OpError::NoWatcher) }
    }

    /// A client has come back: what has changed since, it is told now; the rest is watched again.
    /// Source: `DataTree.setWatches`.
    pub fn set_watches(
        &mut self,
        connection: ConnectionId,
        tree: &DataTree,
        lists: &SetWatches,
    ) -> Vec<WatchEvent> {
        let mut events = Vec::new();
        let mut tell = |kind, path: &PathText| {
            events.push(WatchEvent { kind, path: path.clone(), zxid: Zxid::UNKNOWN });
        };
        for path in lists.data.iter() {
            match tree.znode(path).map(|znode| znode.stored_stat().mzxid) {
                None => tell(WatchEventKind::NodeDeleted, path),
                Some(mzxid) if mzxid > lists.relative_zxid => {
                    tell(WatchEventKind::NodeDataChanged, path);
                }
                Some(_) => self.add(WatchTable::Data, path, connection, WatchMode::Standard),
            }
        }
        for path in lists.exist.iter() {
            match tree.znode(path) {
                Some(_) => tell(WatchEventKind::NodeCreated, path),
                None => self.add(WatchTable::Data, path, connection, WatchMode::Standard),
            }
        }
        for path in lists.child.iter() {
            match tree.znode(path).map(|znode| znode.stored_stat().pzxid) {
                None => tell(WatchEventKind::NodeDeleted, path),
                Some(pzxid) if pzxid > lists.relative_zxid => {
                    tell(WatchEventKind::NodeChildrenChanged, path);
                }
                Some(_) => self.add(WatchTable::Child, path, connection, WatchMode::Standard),
            }
        }
        for (paths, mode) in
            [(&lists.persistent, WatchMode::Persistent), (&lists.recursive, WatchMode::Recursive)]
        {
            for path in paths.iter() {
                self.add(WatchTable::Data, path, connection, mode);
                self.add(WatchTable::Child, path, connection, mode);
            }
        }
        events
    }

    /// The connection is gone, and its watches with it.
    pub fn forget(&mut self, connection: ConnectionId) {
        let Some(paths) = self.by_connection.get(&connection).cloned() else { return };
        for path in &paths {
            self.remove(WatchTable::Data, path, connection);
            self.remove(WatchTable::Child, path, connection);
        }
    }

    /// Whom a change of a znode concerns, in the order in which they are told. One-shot watches
    /// that fire are gone, whoever may be told. Source: `DataTree.createNode`, `deleteNode`,
    /// `setData`.
    pub fn fire<'a>(&mut self, change: &'a Change, zxid: Zxid) -> Vec<Watched<'a>> {
        let mut told = Vec::new();
        if self.is_empty() {
            return told;
        }
        let path = &change.path;
        let event = |kind, path: &PathText| WatchEvent { kind, path: path.clone(), zxid };
        let kind = match change.kind {
            ChangeKind::AclSet => return told,
            ChangeKind::Created => WatchEventKind::NodeCreated,
            ChangeKind::DataSet => WatchEventKind::NodeDataChanged,
            ChangeKind::Deleted => WatchEventKind::NodeDeleted,
        };
        let acl = &*change.acl;
        let concerned = self.trigger(WatchTable::Data, path, kind);
        let tell = |connection: &ConnectionId| (*connection, event(kind, path), acl);
        told.extend(concerned.iter().map(tell));
        if change.kind == ChangeKind::DataSet {
            return told;
        }
        if change.kind == ChangeKind::Deleted {
            let too = self.trigger(WatchTable::Child, path, kind);
            told.extend(too.difference(&concerned).map(tell));
        }
        let parent: PathText = match parent_of(path) {
            None | Some("") => "/".into(),
            Some(parent) => parent.into(),
        };
        let kind = WatchEventKind::NodeChildrenChanged;
        for connection in self.trigger(WatchTable::Child, &parent, kind) {
            told.push((connection, event(kind, &parent), &*change.parent_acl));
        }
        told
    }

    /// Source: `WatchManager.triggerWatch`.
    fn trigger(
        &mut self,
        table: WatchTable,
        path: &str,
        kind: WatchEventKind,
    ) -> BTreeSet<ConnectionId> {
        let mut concerned = BTreeSet::new();
        let own: Vec<_> = self.of(table, path).collect();
        for (connection, mode) in own {
            if mode == WatchMode::Recursive && kind == WatchEventKind::NodeChildrenChanged {
                continue;
            }
            concerned.insert(connection);
            if mode == WatchMode::Standard {
                self.remove(table, path, connection);
            }
        }
        if self.recursive[table as usize] > 0 && kind != WatchEventKind::NodeChildrenChanged {
            let mut ancestor = above(path);
            while let Some(above_it) = ancestor {
                let watchers = self.of(table, above_it);
                let recursive = watchers.filter(|(_, mode)| *mode == WatchMode::Recursive);
                concerned.extend(recursive.map(|(connection, _)| connection));
                ancestor = above(above_it);
            }
        }
        concerned
    }

    fn add(
        &mut self,
        table: WatchTable,
        path: &PathText,
        connection: ConnectionId,
        mode: WatchMode,
    ) {
        let watchers = self.tables[table as usize].entry(path.clone()).or_default();
        let before = watchers.insert(connection, mode);
        let count = &mut self.recursive[table as usize];
        *count += u32::from(mode == WatchMode::Recursive);
        *count -= u32::from(before == Some(WatchMode::Recursive));
        self.by_connection.entry(connection).or_default().insert(path.clone());
    }

    fn remove(&mut self, table: WatchTable, path: &str, connection: ConnectionId) -> bool {
        let entries = &mut self.tables[table as usize];
        let Some(watchers) = entries.get_mut(path) else { return false };
        let Some(mode) = watchers.remove(&connection) else { return false };
        if watchers.is_empty() {
            entries.remove(path);
        }
        self.recursive[table as usize] -= u32::from(mode == WatchMode::Recursive);
        let is_left = |table: &Table| {
            table.get(path).is_some_and(|watchers| watchers.contains_key(&connection))
        };
        if !self.tables.iter().any(is_left)
            && let Some(paths) = self.by_connection.get_mut(&connection)
        {
            paths.remove(path);
            if paths.is_empty() {
                self.by_connection.remove(&connection);
            }
        }
        true
    }

    /// Tests the numbered invariants.
    ///
    /// # Panics
    /// If one is broken.
    pub fn validate(&self) {
        let mut by_connection: OrdMap<ConnectionId, OrdSet<PathText>> = OrdMap::new();
        for (table, recursive) in self.tables.iter().zip(self.recursive) {
            let mut count = 0;
            for (path, watchers) in table {
                assert!(!watchers.is_empty(), "1: nobody watches {path}");
                for (connection, mode) in watchers {
                    by_connection.entry(*connection).or_default().insert(path.clone());
                    count += u32::from(*mode == WatchMode::Recursive);
                }
            }
            assert_eq!(count, recursive, "2: recursive watches");
        }
        assert_eq!(by_connection, self.by_connection, "1: watched paths");
    }
}

/// The parent by its own name: of a znode under the root, `/`.
fn above(path: &str) -> Option<&str> {
    match parent_of(path)? {
        "" if path == "/" || path.is_empty() => None,
        "" => Some("/"),
        parent => Some(parent),
    }
}

fn tables_of(kind: WatcherType) -> Result<&'static [WatchTable], OpError> {
    match kind {
        WatcherType::Children => Ok(&[WatchTable::Child]),
        WatcherType::Data => Ok(&[WatchTable::Data]),
        WatcherType::Any => Ok(&[WatchTable::Child, WatchTable::Data]),
        WatcherType::Unknown(_) => Err(OpError::MarshallingError),
    }
}
