//! The tree of znodes: what it holds and how one znode changes. Source: `DataTree`.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use imbl::{OrdMap, OrdSet};

use super::path::{name_of, parent_of};
use super::quota::QuotaNode;
use super::{Lifetime, StoredStat, Znode, digest};
use crate::api::OpError;
use crate::types::{Acl, PathText, SessionId, WallTime, Zxid, perms};

/// All znodes of one server. A clone shares everything with the original and costs next to nothing.
///
/// Invariants, tested by [`DataTree::validate`]:
/// 1. every znode but the root is among its parent's children, and every child is a znode;
/// 2. `ephemerals` lists exactly the ephemeral znodes, by owner, and no owner without any;
/// 3. no ephemeral znode has children;
/// 4. the digest is the sum over all znodes;
/// 5. `reapable` lists exactly the containers and the znodes with a time to live;
/// 6. `quotas` lists exactly the paths that have limits under `/zookeeper/quota`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DataTree {
    /// By path; the root under `/`.
    znodes: OrdMap<PathText, Arc<Znode>>,
    ephemerals: OrdMap<SessionId, OrdSet<PathText>>,
    /// What a leader deletes once its time has come.
    reapable: OrdSet<PathText>,
    /// The paths with a quota.
    quotas: OrdSet<PathText>,
    last_processed: Zxid,
    digest: u64,
}

/// By whom a znode could be read that is gone now, and by whom its parent.
pub(super) struct Removed {
    pub(super) acl: Arc<[Acl]>,
    pub(super) parent_acl: Arc<[Acl]>,
}

impl DataTree {
    /// The tree of a server that was never written to: the root and ZooKeeper's own three znodes,
    /// with the oddities of their Stat. Source: fact sheet §2, "Initial tree".
    ///
    /// `/zookeeper/config` is that of a standalone server (empty), since reconfiguration is off.
    pub fn new() -> DataTree {
        let mut tree = DataTree::empty();
        tree.preset("/", &["zookeeper"], perms::ALL, 0);
        tree.preset("/zookeeper", &["config", "quota"], perms::ALL, 0);
        tree.preset("/zookeeper/config", &[], perms::READ, -1);
        tree.preset("/zookeeper/quota", &[], perms::ALL, 0);
        tree
    }

    /// Not even a root.
    pub(super) fn empty() -> DataTree {
        DataTree {
            znodes: OrdMap::new(),
            ephemerals: OrdMap::new(),
            reapable: OrdSet::new(),
            quotas: OrdSet::new(),
            last_processed: Zxid::ZERO,
            digest: 0,
        }
    }

    /// The znode at `path`; the empty path names the root, as in ZooKeeper.
    pub fn znode(&self, path: &str) -> Option<&Arc<Znode>> {
        self.znodes.get(key(path))
    }

    /// All znodes, in the order of their paths as text.
    pub fn znodes(&self) -> impl Iterator<Item = (&PathText, &Arc<Znode>)> {
        self.znodes.iter()
    }

    /// How many znodes there are, the root and ZooKeeper's own three included.
    pub fn znode_count(&self) -> u32 {
        u32::try_from(self.znodes.len()).expect("a tree has fewer than 2^32 znodes")
    }

    /// The paths of the session's ephemeral znodes, in ascending order.
    pub fn ephemerals_of(&self, session: SessionId) -> impl Iterator<Item = &PathText> {
        self.ephemerals.get(&session).into_iter().flat_map(OrdSet::iter)
    }

    /// The sessions that own ephemeral znodes, each with their paths.
    pub fn ephemerals(&self) -> impl Iterator<Item = (SessionId, &OrdSet<PathText>)> {
        self.ephemerals.iter().map(|(session, paths)| (*session, paths))
    }

    /// The containers and the znodes with a time to live, in ascending order.
    pub fn reapable(&self) -> impl Iterator<Item = (&PathText, &Arc<Znode>)> {
        self.reapable.iter().filter_map(|path| self.znodes.get_key_value(path))
    }

    /// All znodes below a path, at every depth, in the order of their paths as text.
    pub fn below(&self, path: &str) -> impl Iterator<Item = (&PathText, &Arc<Znode>)> {
        let prefix = if path == "/" { "/".to_owned() } else { format!("{path}/") };
        let is_below = {
            let prefix = prefix.clone();
            move |(path, _): &(&PathText, &Arc<Znode>)| path.starts_with(&*prefix)
        };
        let from = PathText::from(prefix);
        self.znodes.range(from..).take_while(is_below).filter(|(path, _)| ***path != *"/")
    }

    /// The paths with a quota, in ascending order.
    pub fn quotas(&self) -> &OrdSet<PathText> {
        &self.quotas
    }

    /// The zxid of the last transaction that was applied.
    pub fn last_processed(&self) -> Zxid {
        self.last_processed
    }

    /// A number that is equal where two trees are: servers at the same zxid must agree on it.
    pub fn digest(&self) -> u64 {
        self.digest
    }

    /// Tests the numbered invariants.
    ///
    /// # Panics
    /// If one is broken.
    pub fn validate(&self) {
        let mut digest: u64 = 0;
        for (path, znode) in &self.znodes {
            let has_parent = &**path == "/"
                || parent_of(path)
                    .and_then(|parent| self.znode(parent))
                    .is_some_and(|parent| parent.children().contains(name_of(path)));
            assert!(has_parent, "1: {path} is not among its parent's children");
            for name in znode.children() {
                assert!(self.znode(&child(path, name)).is_some(), "1: {name} under {path}");
            }
            let owner = znode.stored_stat().lifetime.owner();
            let listed = self.ephemerals.get(&owner).is_some_and(|paths| paths.contains(path));
            assert_eq!(owner != SessionId::NONE, listed, "2: {path} of {owner}");
            assert!(owner == SessionId::NONE || znode.children().is_empty(), "3: {path}");
            let reapable = znode.stored_stat().lifetime.is_reapable();
            assert_eq!(reapable, self.reapable.contains(path), "5: {path}");
            digest = digest.wrapping_add(digest::of_znode(path, znode));
        }
        for (owner, paths) in &self.ephemerals {
            assert!(!paths.is_empty(), "2: {owner} owns nothing");
            assert!(paths.iter().all(|path| self.znodes.contains_key(path)), "2: {owner}");
        }
        assert_eq!(digest, self.digest, "4: digest");
        assert!(self.reapable.iter().all(|path| self.znodes.contains_key(path)), "5: too many");
        let limited = self.znodes.keys().filter_map(|path| match QuotaNode::of(path)? {
            QuotaNode::Limits(limited) => Some(limited),
            QuotaNode::Stats(_) => None,
        });
        let limited: OrdSet<&str> = limited.collect();
        assert!(limited.iter().copied().eq(self.quotas.iter().map(|path| &**path)), "6: quotas");
    }

    /// Raises the last processed zxid, unless it is there already (a replay).
    pub(super) fn set_processed(&mut self, zxid: Zxid) {
        self.last_processed = self.last_processed.max(zxid);
    }

    /// Changes a znode in place and keeps the digest. `None` if there is no such znode.
    pub(super) fn change<R>(
        &mut self,
        path: &str,
        change: impl FnOnce(&mut Znode) -> R,
    ) -> Option<R> {
        let path = key(path);
        let znode = Arc::make_mut(self.znodes.get_mut(path)?);
        let before = digest::of_znode(path, znode);
        let result = change(znode);
        let after = digest::of_znode(path, znode);
        self.digest = self.digest.wrapping_sub(before).wrapping_add(after);
        Some(result)
    }

    /// Adds a znode. The parent is raised to `parent_created` children (and `zxid`) only if that is
    /// news, so that a replay over a later tree does no harm. Source: `DataTree.createNode`, and
    /// `setCversionPzxid` for a znode that exists.
    ///
    /// Answers the parent's access control list.
    pub(super) fn create(
        &mut self,
        path: &PathText,
        znode: Znode,
        parent_created: i32,
    ) -> Result<Arc<[Acl]>, OpError> {
        let parent = parent_of(path).ok_or(OpError::NoNode)?;
        let name: Arc<str> = name_of(path).into();
        let zxid = znode.stored_stat().czxid;
        let is_new = self.change(parent, |parent| {
            let stat = parent.stat_mut();
            if parent_created > stat.children_created {
                stat.children_created = parent_created;
                stat.pzxid = zxid;
            }
            (parent.children_mut().insert(name).is_none(), Arc::clone(parent.acl()))
        });
        let (is_new, parent_acl) = is_new.ok_or(OpError::NoNode)?;
        if !is_new {
            return Err(OpError::NodeExists);
        }
        let bytes = znode.data().map_or(0, |data| data.len());
        self.insert(Arc::clone(path), znode);
        self.quota_created(path, bytes);
        Ok(parent_acl)
    }

    /// Removes a znode. The parent hears of it even if the znode is gone already. Source:
    /// `DataTree.deleteNode`.
    pub(super) fn delete(&mut self, path: &str, zxid: Zxid) -> Result<Removed, OpError> {
        let parent = parent_of(path).ok_or(OpError::NoNode)?;
        let parent = self.change(parent, |parent| {
            parent.children_mut().remove(name_of(path));
            let stat = parent.stat_mut();
            stat.pzxid = stat.pzxid.max(zxid);
            Arc::clone(parent.acl())
        });
        let parent_acl = parent.ok_or(OpError::NoNode)?;
        let znode = self.znodes.remove(path).ok_or(OpError::NoNode)?;
        self.forget(path, &znode);
        self.quota_deleted(path, znode.data().map_or(0, |data| data.len()));
        Ok(Removed { acl: Arc::clone(znode.acl()), parent_acl })
    }

    /// A path has limits from now on. Source: `DataTree.pTrie`.
    pub(super) fn add_quota(&mut self, limited: &str) {
        self.quotas.insert(limited.into());
    }

    /// A path has no limits any more.
    pub(super) fn remove_quota(&mut self, limited: &str) {
        self.quotas.remove(limited);
    }

    /// A znode may be replaced: where a replay deletes a parent that has children by now, these
    /// stay behind until the replay creates them again. ZooKeeper does the same.
    pub(super) fn insert(&mut self, path: PathText, znode: Znode) {
        self.digest = self.digest.wrapping_add(digest::of_znode(&path, &znode));
        let lifetime = znode.stored_stat().lifetime;
        if let Some(replaced) = self.znodes.insert(Arc::clone(&path), Arc::new(znode)) {
            self.forget(&path, &replaced);
        }
        match lifetime {
            Lifetime::Persistent => {}
            Lifetime::Ephemeral(session) => {
                self.ephemerals.entry(session).or_default().insert(path);
            }
            Lifetime::Container | Lifetime::Ttl(_) => {
                self.reapable.insert(path);
            }
        }
    }

    /// The znode is out of the tree: so are its share of the digest and its owner's claim.
    fn forget(&mut self, path: &str, znode: &Znode) {
        self.digest = self.digest.wrapping_sub(digest::of_znode(path, znode));
        let lifetime = znode.stored_stat().lifetime;
        if lifetime.is_reapable() {
            self.reapable.remove(path);
        }
        let Lifetime::Ephemeral(session) = lifetime else { return };
        let Some(paths) = self.ephemerals.get_mut(&session) else { return };
        paths.remove(path);
        if paths.is_empty() {
            self.ephemerals.remove(&session);
        }
    }

    fn preset(&mut self, path: &str, children: &[&str], perms: u32, aversion: i32) {
        let mut stat = StoredStat::new(Zxid::ZERO, WallTime(0), Lifetime::Persistent);
        stat.aversion = aversion;
        let acl = Arc::new([Acl { perms, ..Acl::open_unsafe()[0].clone() }]);
        let mut znode = Znode::new(Some(Arc::new([])), acl, stat);
        znode.children_mut().extend(children.iter().copied().map(Arc::from));
        self.insert(path.into(), znode);
    }
}

impl Default for DataTree {
    fn default() -> DataTree {
        DataTree::new()
    }
}

/// By digest: equal trees have equal ones.
impl Hash for DataTree {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.last_processed.hash(state);
        self.digest.hash(state);
    }
}

/// The root has two names. Source: `DataTree`'s constructor.
fn key(path: &str) -> &str {
    if path.is_empty() { "/" } else { path }
}

fn child(parent: &str, name: &str) -> String {
    format!("{}/{name}", parent.strip_suffix('/').unwrap_or(parent))
}
