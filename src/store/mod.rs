//! The znode store: a pure replicated state machine, and the leader's step in front of it.
//!
//! A request that writes becomes a transaction in [`Prep`], at the leader, against the tree and all
//! that is prepared but not applied yet. Every server applies the transaction to its [`Database`],
//! which is [`DataTree`] and table of sessions. Reads are answered by [`read`] from one server's
//! tree. The leader's [`SessionTracker`] says whose session lives and which are to be closed; a
//! learner only collects in its [`TouchTable`] who gave a sign of life.
//!
//! | idea | file | ZooKeeper's class |
//! |---|---|---|
//! | which paths are legal | `path` | `PathUtils` |
//! | a znode and its metadata | `znode`, `stat` | `DataNode`, `StatPersisted` |
//! | the tree, and transactions on it | `tree`, `apply` | `DataTree` |
//! | tree and sessions, what a snapshot holds | `database`, `snapshot` | `ZKDatabase`, `SerializeUtils` |
//! | from request to transaction | `prep`, `outstanding` | `PrepRequestProcessor`, `ChangeRecord` |
//! | who may do what, and who is who | `acl`, `identity` | `ZooKeeperServer.checkACL`, `AuthenticationProvider` |
//! | limits of a subtree | `quota` | `Quotas`, `StatsTrack` |
//! | reads | `read` | `FinalRequestProcessor` |
//! | who watches what | `watch` | `WatchManager` |
//! | what is deleted by itself | `reaper` | `ContainerManager` |
//! | sessions | `session`, `session_id` | `SessionTrackerImpl`, `ExpiryQueue` |
//!
//! **Why persistent collections.** Every checkpoint, every snapshot and every one of the ensemble's
//! servers holds a tree. With `imbl`'s ordered map of `Arc`s a copy is a few reference counts
//! whatever its size, and a write copies one path of some 64-entry chunks. Measured with 10,000
//! znodes (`cargo bench --bench store`, compiled for tests, on two shared cores): a copy takes
//! 0.15 us, where to write all znodes out and build them anew takes 9.5 ms; a set takes 2 us,
//! preparation included, and a get 0.5 us. Equality of two servers is one comparison of
//! [`DataTree::digest`].
//!
//! The folder ends where messages and processes begin: it knows no connection, no server's role and
//! no protocol. Source: the fact sheet on the store, whose section numbers are used throughout.

mod acl;
mod apply;
mod config;
mod database;
mod digest;
mod identity;
mod outstanding;
mod path;
mod prep;
mod quota;
mod read;
mod reaper;
mod session;
mod session_id;
mod snapshot;
mod stat;
mod tree;
mod watch;
mod znode;

pub use acl::may_read;
pub use apply::{Applied, Change, ChangeKind};
pub use config::StoreConfig;
pub use database::Database;
pub use identity::{CLIENT_ADDRESS, authenticate, digest_of};
pub use path::{PathError, validate_path};
pub use prep::{Action, Prep, Request};
pub use read::{Caller, read};
pub use reaper::Reaper;
pub use session::{SessionLimits, SessionTracker, TouchTable, TrackedSession};
pub use session_id::{SessionIds, password_of};
pub use snapshot::{Orphan, Snapshot, ZnodeImage};
pub use stat::{Lifetime, StoredStat};
pub use tree::DataTree;
pub use watch::{WatchMode, WatchTable, Watched, Watches};
pub use znode::Znode;
