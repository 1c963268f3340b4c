//! What stands on the clients' consoles, and since when.

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
    /// What stands on a client's console before an event, oldest first.
    pub fn entries(
        &self,
        client: ClientId,
        before: EventId,
    ) -> impl DoubleEndedIterator<Item = &ConsoleEntry> {
        let entries = self.entries.get(&client);
        let shown = entries.map_or(0, |entries| place_of(entries, before));
        entries.into_iter().flat_map(move |entries| entries.iter().take(shown))
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

    /// Forgets this event and all behind it: they did not happen after all.
    pub fn rewind(&mut self, to: EventId) {
        for entries in self.entries.values_mut() {
            entries.truncate(place_of(entries, to));
        }
    }
}

/// How many entries are older than an event.
fn place_of(entries: &Vector<ConsoleEntry>, event: EventId) -> usize {
    let (Ok(place) | Err(place)) = entries.binary_search_by_key(&event, |entry| entry.event);
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(number: u64, client: u32, text: &str) -> TraceEvent {
        let mut id = EventId::FIRST;
        (1..number).for_each(|_| id = id.next());
        let note = Arc::new(Note::Printed(text.into()));
        let kind = EventKind::Console(ClientId(client), note);
        TraceEvent { id, at: Instant(number), cause: None, kind }
    }

    fn check(consoles: &Consoles, client: u32, before: u64, expected: &[&str]) {
        let text = |entry: &ConsoleEntry| match &*entry.note {
            Note::Printed(text) => text.to_string(),
            other => format!("{other:?}"),
        };
        let entries = consoles.entries(ClientId(client), event(before, 1, "").id);
        assert_eq!(entries.map(text).collect::<Vec<_>>(), expected, "before event {before}");
    }

    #[test]
    fn the_past_shows_what_stood_there_then() {
        let mut consoles = Consoles::default();
        for read in [event(3, 1, "one"), event(5, 2, "other"), event(7, 1, "two")] {
            consoles.absorb(&read);
        }
        check(&consoles, 1, 9, &["one", "two"]);
        check(&consoles, 1, 7, &["one"]);
        check(&consoles, 1, 3, &[]);
        check(&consoles, 2, 9, &["other"]);
        check(&consoles, 3, 9, &[]);
        consoles.rewind(event(5, 1, "").id);
        check(&consoles, 1, 9, &["one"]);
        check(&consoles, 2, 9, &[]);
    }
}
