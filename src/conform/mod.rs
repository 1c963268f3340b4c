//! Recordings of real servers, held against ours.
//!
//! The folder ends at files and arguments: a recording is text that is handed in.

pub mod protocol;
pub mod store;
