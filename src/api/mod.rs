//! What clients and servers say to each other, as data: operations and their results, ZooKeeper's
//! error codes, Stat, and the messages of a client's connection.
//!
//! Here is no behaviour: how an operation is validated and answered stands in [`crate::store`], how
//! a client keeps its session in [`crate::client`]. Bytes on a wire would be built upon this.
//! Source: the fact sheet on the store, §§3, 4 and 7; `zookeeper.jute`.

mod create;
mod data_text;
mod error;
mod frame;
mod message;
mod op;
mod op_name;
mod result;
mod stat;
mod watch;

pub use create::{CreateCall, CreateMode};
pub use error::OpError;
pub use frame::{FRAME_BYTES_MAX, frame_bytes};
pub use message::{
    ConnectRequest, ConnectResponse, Password, Reply, Request, ToClient, ToServer, XID_AUTH,
    XID_PING, XID_SET_WATCHES,
};
pub use op::{ANY_VERSION, Op, OpClass};
pub use op_name::OpName;
pub use result::OpResult;
pub use stat::Stat;
pub use watch::{AddWatchMode, SetWatches, WatchEvent, WatchEventKind, WatcherType};
