//! G14 *Versions*: a znode's `version` counts the sets of its data since it was created, its
//! `cversion` the creates and deletes of children, and its `pzxid` is that of the last one.
//!
//! Tested by induction: a znode begins with zeros and its own zxid, and each transaction adds what
//! it does. So nothing has to be counted from the start, and nothing is claimed of ZooKeeper's own
//! znodes, whose counters begin oddly (fact sheet on the store, §2). A version wraps around at 32
//! bits and passes over -1, which means "any" in a request (ZOOKEEPER-4743).

use std::collections::BTreeMap;

use super::{ClientFact, Commit, Counter};
use crate::api::Stat;
use crate::check::PropertyName;
use crate::check::moment::Moment;
use crate::store::{Change, ChangeKind, DataTree};

const NAME: PropertyName = PropertyName::Versions;

/// What a transaction does to one znode that is there behind it.
#[derive(Clone, Copy, Debug, Default)]
struct Delta {
    is_new: bool,
    sets: i32,
    children: i32,
}

pub(super) fn committed(commit: &Commit, moment: &mut Moment<'_>) {
    match commit.changes {
        [] => (),
        [Change { path, kind: ChangeKind::DataSet, .. }] => {
            judge(path, Delta { sets: 1, ..Delta::default() }, commit, moment);
        }
        changes => {
            for (path, delta) in deltas(changes) {
                judge(path, delta, commit, moment);
            }
        }
    }
}

fn deltas(changes: &[Change]) -> BTreeMap<&str, Delta> {
    let mut deltas: BTreeMap<&str, Delta> = BTreeMap::new();
    for Change { path, kind, .. } in changes {
        let path: &str = path;
        match kind {
            ChangeKind::AclSet => (),
            ChangeKind::Created => {
                deltas.insert(path, Delta { is_new: true, ..Delta::default() });
            }
            ChangeKind::DataSet => deltas.entry(path).or_default().sets += 1,
            ChangeKind::Deleted => {
                deltas.remove(path);
            }
        }
        if matches!(kind, ChangeKind::Created | ChangeKind::Deleted) {
            let parent = path.rfind('/').filter(|&end| end > 0).map_or("/", |end| &path[..end]);
            deltas.entry(parent).or_default().children += 1;
        }
    }
    deltas
}

fn judge(path: &str, delta: Delta, commit: &Commit, moment: &mut Moment<'_>) {
    let stat = |tree: &DataTree| tree.znode(path).map(|znode| znode.stat());
    let (Some(found), before) = (stat(&commit.after.tree), stat(&commit.before.tree)) else {
        return;
    };
    let before = before.filter(|_| !delta.is_new);
    let (mut version, mut cversion, mut pzxid) = match &before {
        Some(Stat { version, cversion, pzxid, .. }) => (*version, *cversion, *pzxid),
        None => (0, 0, commit.point.zxid),
    };
    for _ in 0..delta.sets {
        version = match version.wrapping_add(1) {
            -1 => 0,
            next => next,
        };
    }
    cversion = cversion.wrapping_add(delta.children);
    if delta.children > 0 {
        pzxid = commit.point.zxid;
    }
    let counters = [
        (Counter::Version, i64::from(found.version), i64::from(version)),
        (Counter::ChildVersion, i64::from(found.cversion), i64::from(cversion)),
        (Counter::ChildZxid, found.pzxid.to_wire(), pzxid.to_wire()),
    ];
    let wrong = counters.into_iter().find(|(_, found, expected)| found != expected);
    moment.judge(NAME, wrong.is_none(), |_| {
        let (counter, found, expected) = wrong.unwrap_or(counters[0]);
        let zxid = commit.point.zxid;
        (Some(commit.before()), ClientFact::Counted { zxid, counter, found, expected }.into())
    });
}
