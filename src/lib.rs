//! ZabScope: a ZooKeeper ensemble alive in a web page.

#![warn(missing_docs)]

pub mod api;
pub mod check;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod client;
pub mod ensemble;
pub mod run;
pub mod scenario;
pub mod search;
pub mod server;
pub mod sim;
pub mod store;
pub mod text;
pub mod types;
pub mod ui;
pub mod view;
pub mod viewer;
pub mod zab;
