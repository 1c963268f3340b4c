//! Containers without children and znodes that have outlived their time: which of them a leader
//! deletes. Source: `ContainerManager`; fact sheet §7.6.

use super::{DataTree, Lifetime, StoreConfig, Znode};
use crate::types::{PathText, Span, WallTime};

/// When a leader looks next, and what it finds then.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Reaper {
    next_look: WallTime,
}

impl Reaper {
    /// Of a leader that begins to serve at `now`.
    pub fn new(config: &StoreConfig, now: WallTime) -> Reaper {
        Reaper { next_look: now.plus_millis(millis(config.container_check_interval)) }
    }

    /// The paths to delete, if it is time to look: those that may go now, in ascending order, and
    /// no more of them than the interval allows. Each is to be deleted by a transaction of its own;
    /// a container that only thereby becomes empty waits for the next look.
    pub fn look(&mut self, config: &StoreConfig, tree: &DataTree, now: WallTime) -> Vec<PathText> {
        if now < self.next_look {
            return Vec::new();
        }
        let interval = config.container_check_interval;
        self.next_look = now.plus_millis(millis(interval));
        let per_minute = u64::from(config.containers_per_minute_max);
        let most = (per_minute * interval.as_millis() / 60_000).max(1);
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let due = tree.reapable().filter(|(_, znode)| may_go(config, znode, now));
        due.map(|(path, _)| PathText::clone(path)).take(most).collect()
    }
}

fn may_go(config: &StoreConfig, znode: &Znode, now: WallTime) -> bool {
    let stat = znode.stored_stat();
    if znode.num_children() > 0 {
        return false;
    }
    let age = now.0 - stat.mtime.0;
    match stat.lifetime {
        Lifetime::Container => {
            let never_used_max = config.container_never_used_max;
            stat.children_created > 0
                || (never_used_max > Span::ZERO && age > millis(never_used_max))
        }
        Lifetime::Ttl(ttl) => age > millis(ttl),
        Lifetime::Ephemeral(_) | Lifetime::Persistent => false,
    }
}

fn millis(span: Span) -> i64 {
    i64::try_from(span.as_millis()).expect("intervals are far below 2^63 ms")
}
