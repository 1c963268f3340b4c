//! What the page asks of the model behind it.

use crate::scenario::ScenarioError;
use crate::text::Phrase;
use crate::types::{Instant, Span};
use crate::view::PageView;
use crate::viewer::share::{Arrival, FileKind, Link, ShareError};

use super::Intent;

/// A run that is watched: what `App` owns and drives.
///
/// The model has two kinds of time. Its page belongs to the last event that has happened; its `now`
/// runs on between events, and only the painters of what moves follow it.
pub trait Model: 'static {
    /// Does what is wanted, and says in a line what was done, where that is worth a line.
    fn act(&mut self, intent: &Intent) -> Option<Phrase>;

    /// Whether what this has done can be taken back.
    fn can_undo(&self, intent: &Intent) -> bool;

    /// Lets so much of the viewer's time pass. True where an event happened, so that the page is
    /// another one.
    fn advance(&mut self, elapsed: Span) -> bool;

    /// The running instant.
    fn now(&self) -> Instant;

    /// Whether time runs, so that `advance` is to be called.
    fn playing(&self) -> bool;

    /// Everything to show at the last event.
    fn page(&self) -> PageView;

    /// A link to what is shown, with this tab of the rail.
    fn link(&self, tab: Option<&str>) -> Link;

    /// The run as a file.
    fn file(&self, kind: FileKind) -> Vec<u8>;

    /// Goes where a link leads. Where that fails, nothing has changed.
    fn visit(&mut self, link: &Link) -> Result<Arrival, ScenarioError>;

    /// Opens a file. Where that fails, nothing has changed.
    fn open_file(&mut self, bytes: &[u8]) -> Result<Arrival, ShareError>;

    /// Begins anew, as on a first visit.
    fn begin_anew(&mut self);

    /// Whether the run is the person's own: chosen, opened, or interfered with.
    fn is_own(&self) -> bool;

    /// The run so far as text, with which it can be run again: what is shown when the page fails.
    fn scenario_text(&self) -> String;
}
