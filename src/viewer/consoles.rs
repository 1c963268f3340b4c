//! What stands on the clients' consoles, and since when. It is noted with the run, so that the past
//! shows what stood there then, and another branch what was entered there.

use std::collections::BTreeMap;
use std::sync::Arc;

use imbl::Vector;

use crate::console::Note;
use crate::sim::{EventId, EventKind, TraceEvent};
use crate::types::{ClientId, Instant};

/// The consoles of all clients, as far as they were read from the trace.
#[derive(Clone, Debug, Default)]
pub struct Consoles {
    entries: BTreeMap<ClientId, Vector<ConsoleEntry>>,
}

/// Something that stands on a console.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConsoleEntry {
    /// The event with which it appeared.
    pub event: EventId,
    /// When.
    pub at: Instant,
    /// What: a line that was entered, or one or more that were printed.
    pub note: Arc<Note>,
}

/// So many entries of each console are remembered.
const REMEMBERED: usize = 2_000;

impl Consoles {
    /// What stands on a client's console, oldest first.
    pub fn entries(&self, client: ClientId) -> impl DoubleEndedIterator<Item = &ConsoleEntry> {
        self.entries.get(&client).into_iter().flatten()
    }

    /// Takes note of what happened.
    pub fn absorb(&mut self, event: &TraceEvent) {
        let EventKind::Console(client, note) = &event.kind else { return };
        let entries = self.entries.entry(*client).or_default();
        entries.push_back(ConsoleEntry { event: event.id, at: event.at, note: Arc::clone(note) });
        if entries.len() > REMEMBERED {
            entries.pop_front();
        }
    }
}
