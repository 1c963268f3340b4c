//! One znode. Source: `DataNode`.

use std::sync::Arc;

use imbl::OrdSet;

use super::{StoredStat, digest};
use crate::api::Stat;
use crate::types::{Acl, Bytes};

/// A znode: its data, its access control list, its metadata and the names of its children.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Znode {
    data: Option<Bytes>,
    data_digest: u64,
    acl: Arc<[Acl]>,
    stat: StoredStat,
    children: OrdSet<Arc<str>>,
}

impl Znode {
    pub(super) fn new(data: Option<Bytes>, acl: Arc<[Acl]>, stat: StoredStat) -> Znode {
        let data_digest = digest::of_data(data.as_deref());
        Znode { data, data_digest, acl, stat, children: OrdSet::new() }
    }

    /// The data; `None` is the null that a client can set.
    pub fn data(&self) -> Option<&Bytes> {
        self.data.as_ref()
    }

    /// The access control list.
    pub fn acl(&self) -> &Arc<[Acl]> {
        &self.acl
    }

    /// The names of the children, in ascending order.
    pub fn children(&self) -> &OrdSet<Arc<str>> {
        &self.children
    }

    /// The count of children.
    pub fn num_children(&self) -> i32 {
        i32::try_from(self.children.len()).expect("a znode has fewer than 2^31 children")
    }

    /// The metadata as stored.
    pub fn stored_stat(&self) -> &StoredStat {
        &self.stat
    }

    /// The metadata as a client is told.
    pub fn stat(&self) -> Stat {
        let data_length = self.data.as_ref().map_or(0, |data| data.len());
        let data_length = i32::try_from(data_length).expect("a request holds less than 2 GiB");
        self.stat.shown(data_length, self.num_children())
    }

    pub(super) fn data_digest(&self) -> u64 {
        self.data_digest
    }

    pub(super) fn stat_mut(&mut self) -> &mut StoredStat {
        &mut self.stat
    }

    pub(super) fn children_mut(&mut self) -> &mut OrdSet<Arc<str>> {
        &mut self.children
    }

    pub(super) fn set_data(&mut self, data: Option<Bytes>) {
        self.data_digest = digest::of_data(data.as_deref());
        self.data = data;
    }

    pub(super) fn set_acl(&mut self, acl: Arc<[Acl]>) {
        self.acl = acl;
    }
}
