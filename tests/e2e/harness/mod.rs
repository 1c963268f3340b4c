//! Tells a story to the page: a browser of its own, the page served to it, a person's acts.
//!
//! - [`Site`] serves the built page as static files.
//! - [`Screen`] says what the person looks at: size, theme, language.
//! - [`tell`] opens the page, runs a story, and closes everything, whatever happens.
//! - [`Page`] is the page while the story is told.

mod accessibility;
mod browser;
mod page;
mod site;

pub use browser::{Screen, tell};
pub use page::{Page, Sight};
pub use site::Site;

use std::path::PathBuf;
use std::time::Duration;

/// How long anything may take to be seen. No story waits a fixed time: this is where one gives up.
pub const PATIENCE: Duration = Duration::from_secs(90);

/// The built page.
pub fn dist() -> PathBuf {
    told("ZABSCOPE_DIST")
}

/// A file or folder that `cargo xtask` hands over; without it there is nothing to test with.
fn told(name: &str) -> PathBuf {
    match std::env::var_os(name) {
        Some(path) => PathBuf::from(path),
        None => panic!("{name} is not set: run `cargo xtask test`, which sets up all of this"),
    }
}
