//! Everything that can happen to three servers within a small scope, by the `stateright` checker.
//!
//! The servers are those of the page: every step is [`zabscope::zab::Peer::step`]. Around them is a
//! host of a few hundred lines in place of `zabscope::ensemble`, because trees, sessions, clients
//! and cargo tell nothing about the order in which histories meet, and make a state ten times as
//! large. Elections are an oracle's: any quorum of LOOKING servers agrees on the best of them in
//! one step, as in the mixed-grained specifications of ZooKeeper. There are no PINGs.
//!
//! What the search leaves out, and why nothing is lost by it:
//! - a connection's packets arrive in order, and a learner's call is answered at once;
//! - a write that a server waits for is done with the step that asks for it where nothing has left
//!   the server in between: a crash between them leaves what a crash before the step leaves;
//! - a follower that only puts packets aside takes them together: it forgets them all with the
//!   connection, and nothing outside can tell how many it has taken;
//! - a follower that waits for its disk takes no packet, and the ack of UPTODATE, which the leader
//!   ignores whenever it comes, comes at once;
//! - a cut heals at once: servers that cannot reach each other are servers that do not happen to;
//! - connections are numbered by what is still known of them, so that a situation is the same
//!   however often it was reached.

mod model;
mod options;
mod properties;
mod report;
mod stand;
mod state;
mod step;

use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match options::parse(&words) {
        Ok(request) if report::perform(&request) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(reason) => {
            eprintln!("{reason}\n\n{}", options::USAGE);
            ExitCode::from(2)
        }
    }
}
