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
    /// How many of the last ones are from before the present step. Between steps all of them.
    sealed: u32,
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

    /// Where a step's events are put.
    pub(super) fn open(&mut self) -> &mut Vec<TraceEvent> {
        &mut self.last
    }

    /// The events of the present step so far.
    pub(super) fn fresh(&self) -> &[TraceEvent] {
        &self.last[self.sealed as usize..]
    }

    /// The step is over: its events stay.
    pub(super) fn seal(&mut self) {
        while self.last.len() >= CHUNK {
            // The place for the next ones stays as large as it has grown.
            self.full.push(self.last.drain(..CHUNK).collect());
        }
        self.sealed = self.last.len() as u32;
    }

    /// The step is over: its events are forgotten.
    pub(super) fn drop_fresh(&mut self) {
        self.last.truncate(self.sealed as usize);
    }
}
