//! `zabsim conform`: recordings of real servers, held against ours; a file for each kind.

mod protocol;

use clap::{Args, Subcommand};

use super::Outcome;

#[derive(Args, Debug)]
pub(super) struct ConformArguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Replay recordings of what servers said to each other
    Protocol(protocol::ProtocolArguments),
}

pub(super) fn conform(arguments: &ConformArguments) -> Outcome {
    match &arguments.what {
        What::Protocol(arguments) => protocol::protocol(arguments),
    }
}
