//! ZabScope: a ZooKeeper ensemble alive in a web page.

#![warn(missing_docs)]

pub mod text;
pub mod types;
pub mod ui;
pub mod view;
pub mod zab;
