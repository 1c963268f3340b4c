//! The recorded trace, in chunks that copies of a run share.

use std::sync::Arc;

use crate::sim::{EventId, TraceEvent};

/// Events of a chunk. A copy of a trace copies at most so many.
const CHUNK: usize = 1_024;

/// All events of a run, in the order of their numbers.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    full: Vec<Arc<[TraceEvent]>>,
    last: Vec<TraceEvent>,
}

impl Trace {
    /// How many events there are. The last one has this number.
    pub fn len(&self) -> u64 {
        (self.full.len() * CHUNK + self.last.len()) as u64
    }

    /// Whether nothing has happened yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The event of that number.
    pub fn find(&self, event: EventId) -> Option<&TraceEvent> {
        let place = usize::try_from(event.number() - 1).ok()?;
        match self.full.get(place / CHUNK) {
            Some(chunk) => chunk.get(place % CHUNK),
            None => self.last.get(place - self.full.len() * CHUNK),
        }
    }

    /// The newest event.
    pub fn last(&self) -> Option<&TraceEvent> {
        self.last.last().or_else(|| self.full.last().and_then(|chunk| chunk.last()))
    }

    /// All events, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &TraceEvent> {
        self.full.iter().flat_map(|chunk| chunk.iter()).chain(&self.last)
    }

    /// The events from this one on, oldest first.
    pub fn iter_from(&self, first: EventId) -> impl DoubleEndedIterator<Item = &TraceEvent> {
        let place = usize::try_from(first.number() - 1).unwrap_or(usize::MAX);
        let chunk = (place / CHUNK).min(self.full.len());
        let skipped = place - chunk * CHUNK;
        let (head, rest) = match self.full[chunk..].split_first() {
            Some((head, rest)) => (&head[skipped..], rest),
            None => (self.last.get(skipped..).unwrap_or_default(), [].as_slice()),
        };
        let last = if chunk < self.full.len() { self.last.as_slice() } else { [].as_slice() };
        head.iter().chain(rest.iter().flat_map(|chunk| chunk.iter())).chain(last)
    }

    pub(super) fn extend(&mut self, events: impl Iterator<Item = TraceEvent>) {
        for event in events {
            self.last.push(event);
            if self.last.len() == CHUNK {
                self.full.push(std::mem::take(&mut self.last).into());
            }
        }
    }
}
