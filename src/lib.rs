//! ZabScope: a ZooKeeper ensemble alive in a web page.

#![warn(missing_docs)]

pub mod api;
pub mod client;
pub mod ensemble;
pub mod server;
pub mod sim;
pub mod store;
pub mod types;
pub mod zab;
