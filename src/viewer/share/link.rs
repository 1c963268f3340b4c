//! A run and the place where it is looked at, as the fragment of an address.
//!
//! ```text
//! https://example.org/zab/#v1.eNq1VE1vozAQ…
//!                          └┬┘└─ packed by the format of that version
//!                           └─── the format's version
//! ```
//!
//! A fragment never leaves the browser: opening a link sends nothing of it to any server. A reader
//! goes by the version, so that links of all older formats open.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::error::{Problem, ShareError};
use super::{LINK_FORMAT, LINK_LENGTH_MAX, LINK_READ_MAX, made_here, v1};
use crate::run::Run;
use crate::scenario::Scenario;
use crate::types::{ClientId, Instant};
use crate::viewer::{Selection, Speed};

/// A run and the place where it is looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// How the run is made.
    pub scenario: Scenario,
    /// Where it is looked at.
    pub cursor: Cursor,
    /// How far it was played, where that is further.
    pub end: Option<Cursor>,
    /// The hash of its trace up to there, which opening it has to find again.
    pub hash: u64,
    /// The name of the branch that it is, where there are several.
    pub branch: Option<String>,
    /// What is selected.
    pub selection: Option<Selection>,
    /// How it is looked at.
    pub shown: Shown,
}

/// A place in a run: behind so many events, at that instant.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(deny_unknown_fields)]
pub struct Cursor {
    /// How many events have happened.
    pub events: u64,
    /// The instant: not before the last of them, and before the next one.
    pub at: Instant,
}

/// How a run is looked at, as far as it is not a matter of the screen or of taste.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Shown {
    /// The tab of the rail, by its name; otherwise the first one.
    pub tab: Option<String>,
    /// How fast time runs once it does.
    pub speed: Speed,
    /// The client that the buttons speak for; otherwise the first one.
    pub client: Option<ClientId>,
}

/// A link that is longer than what every program takes. The scenario's file has no such end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TooLong {
    /// How many characters it has.
    pub length: usize,
}

impl fmt::Display for TooLong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "the link would have {} characters; expected at most {LINK_LENGTH_MAX}, what every \
             program takes; save the scenario as a file instead",
            self.length,
        )
    }
}

impl std::error::Error for TooLong {}

impl Link {
    /// A link to where a run is, with nothing selected.
    pub fn of(run: &Run) -> Link {
        Link {
            scenario: made_here(&run.scenario()),
            cursor: Cursor { events: run.trace().len(), at: run.now() },
            end: None,
            hash: run.trace_hash(),
            branch: None,
            selection: None,
            shown: Shown::default(),
        }
    }

    /// What stands behind the `#`.
    pub fn fragment(&self) -> String {
        format!("v{LINK_FORMAT}.{}", v1::write(self))
    }

    /// The whole link, of a page at that address.
    ///
    /// # Errors
    /// Where it is longer than what every program takes.
    pub fn address(&self, page: &str) -> Result<String, TooLong> {
        let link = format!("{page}#{}", self.fragment());
        let length = link.chars().count();
        if length > LINK_LENGTH_MAX { Err(TooLong { length }) } else { Ok(link) }
    }

    /// Reads a link, or what stands behind its `#`.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn parse(text: &str) -> Result<Link, ShareError> {
        let text = text.trim();
        let fragment = text.rsplit_once('#').map_or(text, |(_, fragment)| fragment);
        let offset = text.len() - fragment.len();
        let Some((version, packed)) = split_version(fragment) else {
            return Err(ShareError::link(Problem::Foreign));
        };
        if text.len() > LINK_READ_MAX {
            return Err(ShareError::link(Problem::TooLarge { limit: LINK_READ_MAX as u64 }));
        }
        let offset = offset + fragment.len() - packed.len();
        let link = match version {
            1 => v1::read(packed, offset),
            0 => Err(Problem::Foreign),
            version => Err(Problem::Future { version }),
        };
        link.map_err(ShareError::link)
    }
}

/// The version, and what is packed by its format: `v1.…`.
pub(super) fn split_version(fragment: &str) -> Option<(u32, &str)> {
    let rest = fragment.strip_prefix('v')?;
    let digits = rest.len() - rest.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
    let version = rest[..digits].parse().ok()?;
    // Cut off right behind the version there is no full stop.
    let packed = rest[digits..].strip_prefix('.').or((rest.len() == digits).then_some(""))?;
    Some((version, packed))
}
