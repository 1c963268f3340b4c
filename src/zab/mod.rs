//! ZAB: the protocol of one server, as a value that turns an [`Input`] into [`Output`]s.
//!
//! A [`Peer`] has no clock, no randomness and no I/O. Its host hands it one input at a time and
//! carries out the outputs in order. Roles and phases:
//!
//! ```text
//!            ┌────────────────────────── gives up ──────────────────────────┐
//!            ▼                                                              │
//!   LOOKING ─┬─ elected ─▶ LEADING    discovery ─▶ synchronization ─▶ broadcast
//!   election └─ follows ─▶ FOLLOWING  discovery ─▶ synchronization ─▶ broadcast
//! ```
//!
//! | phase | leader ⇄ follower |
//! |---|---|
//! | election | NOTIFICATION among all |
//! | discovery | ← FOLLOWERINFO · LEADERINFO → · ← ACKEPOCH |
//! | synchronization | DIFF, TRUNC or SNAP, then PROPOSAL and COMMIT pairs, NEWLEADER → · ← ACK(e,0) · UPTODATE → · ← ACK(e,0) |
//! | broadcast | PROPOSAL → · ← ACK · COMMIT → · PING ⇄ |
//!
//! The folder ends where a transaction's content begins: [`Txn`](crate::types::Txn) is cargo here.
//! Sources: the fact sheet's §§1–4 (its section numbers are used throughout), ZooKeeper's package
//! `org.apache.zookeeper.server.quorum`, and the papers of DSN 2011 and Medeiros 2012.

mod config;
mod connections;
mod durable;
mod election;
mod follower;
mod history;
mod input;
mod inspection;
mod leader;
mod member;
mod message;
mod note;
mod observer;
mod output;
mod peer;
mod quorum;
mod role;
mod rules;
mod snapshots;
mod sync_plan;
mod vote;

pub use config::ProtocolConfig;
pub use connections::Channel;
pub use durable::{Durable, LoadError};
pub use election::Ballot;
pub use history::History;
pub use input::Input;
pub use inspection::{LearnerProgress, LearnerView, Tally, TallyOf};
pub(crate) use member::Member;
pub use message::{
    Ack, AckEpoch, Commit, Diff, FollowerInfo, Inform, LeaderInfo, Message, MessageKind, NewLeader,
    Notification, ObserverInfo, Ping, Proposal, Snap, Trunc, UpToDate,
};
pub use note::{DropReason, GiveUp, IgnoreReason, Note};
pub use output::{ExitReason, Out, Output, Timer, Write, WriteId};
pub use peer::Peer;
pub use quorum::{Quorum, QuorumError};
pub use role::{Phase, RoleName};
pub use rules::{Rules, Switch};
pub use sync_plan::{SyncOp, SyncPlan, SyncReason};
pub use vote::{Vote, VoteField};
