//! The protocol of one server, and of a few that talk to each other without time or chance.
//!
//! Each module covers one phase and names the paragraph of the fact sheet (or of the paper) that a
//! test holds the code to. The ensemble of [`bench`] delivers everything in the order in which it
//! was sent and writes to disk at once, unless a test says otherwise.

mod bench;

mod broadcast;
mod discovery;
mod election;
mod observer;
mod sync_plan;
mod synchronization;
