//! Sharing and keeping: a run with the place where it is looked at as a link, as files, and back.
//!
//! | form | what it holds | where |
//! |---|---|---|
//! | link | scenario, cursor, branch, selection, view, state hash | [`Link`] |
//! | scenario | how a run is made, as JSON or as text | [`crate::scenario::Scenario`] |
//! | trace | the scenario, and every event as a line of JSON | [`write_trace`], [`TraceFile`] |
//! | ShiViz log | every event with its vector clock | [`write_shiviz`] |
//!
//! All of them are pure functions, so that the page and `zabsim` make the same bytes.
//! `docs/files.md` describes each form for who reads them with other programs.
//!
//! What is read was written by somebody: it is bounded before it is unpacked, tested before it is
//! run, and ends in a value or in a [`ShareError`]; the run that is watched is not touched before
//! the new one stands. What comes out is compared with the hash that came along: [`Arrival`].
//!
//! The folder ends where a file is named, stored or sent.

mod arrival;
mod error;
mod event_line;
mod link;
mod packed;
mod shiviz;
mod trace_file;
mod v1;
mod visit;

use crate::scenario::{ENGINE_VERSION, FORMAT_VERSION, Scenario};

pub use arrival::{Arrival, Difference, Opened, Waypoint};
pub use error::{Problem, ShareError, Subject};
pub use link::{Cursor, Link, Shown, TooLong};
pub use shiviz::write_shiviz;
pub use trace_file::{TraceFile, write_trace};
pub use visit::FileKind;

/// The version of the links that are written.
pub const LINK_FORMAT: u32 = 1;

/// The version of the traces that are written.
pub const TRACE_FORMAT: u32 = 1;

/// The longest link that is offered, in characters, the page's own address included: what RFC 9110
/// (section 4.1) recommends every program to be able to take. Browsers take more, but what stands
/// between them (mail, chats, shorteners, printed codes) cuts at about this length.
pub const LINK_LENGTH_MAX: usize = 8_000;

/// The longest link that is read. Somebody's browser takes more than is offered.
pub const LINK_READ_MAX: usize = 65_536;

/// What a link or a scenario file may unpack to, in bytes: a scenario of some ten thousand
/// commands.
pub const SCENARIO_BYTES_MAX: usize = 1 << 20;

/// The largest file that is read, in bytes: a trace of some million events.
pub const FILE_BYTES_MAX: u64 = 256 << 20;

/// How far into a run a link or a trace may lead, in events: as many as are kept.
pub const EVENTS_MAX: u64 = 1_000_000;

/// What was read from a file.
#[derive(Clone, Debug)]
pub enum File<'a> {
    /// A scenario, in either form.
    Scenario(Scenario),
    /// A trace.
    Trace(TraceFile<'a>),
}

impl File<'_> {
    /// Reads a file of any of the forms that can be opened.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn parse(bytes: &[u8]) -> Result<File<'_>, ShareError> {
        let error = |problem| ShareError { subject: Subject::Scenario, problem };
        if bytes.len() as u64 > FILE_BYTES_MAX {
            return Err(error(Problem::TooLarge { limit: FILE_BYTES_MAX }));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| error(Problem::Foreign))?;
        if trace_file::is_trace(text) {
            return TraceFile::parse(text).map(File::Trace);
        }
        if text.len() > SCENARIO_BYTES_MAX {
            return Err(error(Problem::TooLarge { limit: SCENARIO_BYTES_MAX as u64 }));
        }
        // A picture or a page of the web is not blamed for its first word.
        if text.trim().is_empty() || text.contains('\u{0}') || text.trim_start().starts_with('<') {
            return Err(error(Problem::Foreign));
        }
        Scenario::parse(text).map(File::Scenario).map_err(|wrong| error(Problem::Content(wrong)))
    }
}

/// Whether the fragment of an address means to be a link, rather than a place on the page.
pub fn is_link(fragment: &str) -> bool {
    link::split_version(fragment).is_some()
}

/// The scenario of a run that was made here, whatever engine made the file that it came from.
fn made_here(scenario: &Scenario) -> Scenario {
    Scenario { format: FORMAT_VERSION, engine: ENGINE_VERSION, ..scenario.clone() }
}
