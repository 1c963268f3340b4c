//! `zabsim conform`: recordings of real servers, replayed against ours.

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
    /// What clients asked of a real server and were told
    Store(store::StoreArguments),
}

pub(super) fn conform(arguments: &ConformArguments) -> Outcome {
    match &arguments.what {
        What::Store(arguments) => store::store(arguments),
    }
}
