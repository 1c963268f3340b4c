//! `zabsim conform`: recordings of real servers, held against ours; a file for each kind.

mod protocol;
mod store;

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
    /// Replay recordings of what clients asked of a real server and were told
    Store(store::StoreArguments),
}

pub(super) fn conform(arguments: &ConformArguments) -> Outcome {
    match &arguments.what {
        What::Protocol(arguments) => protocol::protocol(arguments),
        What::Store(arguments) => store::store(arguments),
    }
}
