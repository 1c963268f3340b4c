//! The plain values that every layer speaks: identities, epochs, zxids, virtual time, and the
//! transaction that the protocol carries without looking inside.
//!
//! Here are data, order and arithmetic only. What a value *means* to the protocol stands in
//! [`crate::zab`], what it means to a client in [`crate::api`] and [`crate::store`].

mod acl;
mod epoch;
mod id;
mod time;
mod txn;
mod zxid;

pub use acl::{Acl, Identity, perms};
pub use epoch::Epoch;
pub use id::{ClientId, ConnectionId, ServerId, SessionId};
pub use time::{Instant, Span, WallTime};
pub use txn::{Bytes, CreateTxn, NodeKind, PathText, Txn, TxnBody};
pub use zxid::Zxid;
