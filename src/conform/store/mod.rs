//! What clients asked of a real server and were told, replayed through an ensemble of ours.
//!
//! [`Recording`] reads one sequence, [`replay`] does its steps one after the other, each until the
//! ensemble is quiet, and compares what comes of it with what was recorded: errors, results, zxids
//! (counted as transactions since the start, so that an epoch does not matter), watch events.
//! Clients speak by hand: connections are dialled, said on and hung up on with nothing in between.
//!
//! With several servers the sessions are spread over them, and a session that comes back does so at
//! the next one.
//!
//! | idea | file |
//! |---|---|
//! | the file format | `recording` |
//! | strings and bytes in the format, one form for each | `octets` |
//! | from a step to a request | `request` |
//! | from an answer to the recorded form | `answer` |
//! | the ensemble, driven until it is quiet | `bench` |
//! | steps and their comparison | `steps`, `replay` |
//! | what is reported | `report` |
//!
//! Source: the README beside the recordings, which defines the format.

mod answer;
mod bench;
mod octets;
mod recording;
mod replay;
mod report;
mod request;
mod steps;

pub use recording::{Recording, RecordingError, Step};
pub use replay::replay;
pub use report::{FileReport, Mismatch, Skip, SkipName};
