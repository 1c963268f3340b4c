//! What clients and servers say to each other, as data: operations and their results, ZooKeeper's
//! error codes, Stat, and the messages of a client's connection.
//!
//! Here is no behaviour: how an operation is validated and answered stands in [`crate::store`], how
//! a client keeps its session in [`crate::client`]. Bytes on a wire would be built upon this.
//! Source: the fact sheet on the store, §§3, 4 and 7; `zookeeper.jute`.

mod data_text;
mod error;
mod message;
mod op;
mod stat;

pub use error::OpError;
pub use message::{
    ConnectRequest, ConnectResponse, Password, Reply, Request, ToClient, ToServer, XID_PING,
};
pub use op::{ANY_VERSION, CreateMode, Op, OpClass, OpResult};
pub use stat::Stat;
