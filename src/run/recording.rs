//! The recorded trace, in chunks that copies of a run, and branches, share.

use std::sync::Arc;

use crate::sim::{EventId, TraceEvent};

/// Events of a chunk. A copy of a trace copies at most so many.
const CHUNK: usize = 1_024;

/// The events of a run, in the order of their numbers: all of them, the newest only, or those of
/// the last step.
#[derive(Clone, Debug)]
pub struct Trace {
    full: imbl::Vector<Arc<[TraceEvent]>>,
    last: Vec<TraceEvent>,
    /// How many of the last ones are from before the present step.
    begun: u32,
    /// The number of the first event that is there.
    first: EventId,
    /// Whether a step's events stay when the next one begins.
    keeps: bool,
}

impl Trace {
    /// How many events there were. The last one has this number.
    pub fn len(&self) -> u64 {
        self.first.number() - 1 + (self.full.len() * CHUNK + self.last.len()) as u64
    }

    /// Whether nothing has happened yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of the first event that is still there.
    pub fn first(&self) -> EventId {
        self.first
    }

    /// The event of that number; `None` where it has not happened, or is no longer there.
    pub fn find(&self, event: EventId) -> Option<&TraceEvent> {
        let place = self.place(event)?;
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
        self.between(self.first, EventId::after(self.len()))
    }

    /// The events from this one on, oldest first.
    pub fn iter_from(&self, first: EventId) -> impl DoubleEndedIterator<Item = &TraceEvent> {
        self.between(first, EventId::after(self.len()))
    }

    /// The events from `first` on, but before `end`, oldest first.
    pub fn between(
        &self,
        first: EventId,
        end: EventId,
    ) -> impl DoubleEndedIterator<Item = &TraceEvent> {
        let count = (self.len() + 1 - self.first.number()) as usize;
        let end = self.place(end).unwrap_or(0).min(count);
        let start = self.place(first).unwrap_or(0).min(end);
        let stretch = move |chunk: usize, length: usize| {
            let begin = chunk * CHUNK;
            let within = |place: usize| place.saturating_sub(begin).min(length);
            within(start)..within(end)
        };
        let chunks = (start / CHUNK).min(self.full.len())..end.div_ceil(CHUNK).min(self.full.len());
        let full = chunks.flat_map(move |chunk| &self.full[chunk][stretch(chunk, CHUNK)]);
        full.chain(&self.last[stretch(self.full.len(), self.last.len())])
    }

    /// A trace that begins here and keeps no more than a step's events.
    pub(super) fn of_last_step(&self) -> Trace {
        Trace {
            full: imbl::Vector::new(),
            last: self.fresh().to_vec(),
            begun: 0,
            first: EventId::after(self.len() - self.fresh().len() as u64),
            keeps: false,
        }
    }

    /// The events before `end`, which must not be older than all that is there.
    pub(super) fn before(&self, end: EventId) -> Trace {
        let count = self.place(end).unwrap_or(0).min(self.full.len() * CHUNK + self.last.len());
        let full = self.full.take((count / CHUNK).min(self.full.len()));
        let rest = EventId::after(self.first.number() - 1 + (full.len() * CHUNK) as u64);
        let last = self.between(rest, end).cloned().collect();
        Trace { full, last, begun: 0, first: self.first, keeps: true }
    }

    /// Takes up what has happened elsewhere.
    pub(super) fn extend(&mut self, events: &[TraceEvent]) {
        self.begin();
        self.last.extend_from_slice(events);
    }

    /// Forgets whole chunks of events that are older than this one.
    pub(super) fn forget_before(&mut self, event: EventId) {
        let chunks = (self.place(event).unwrap_or(0) / CHUNK).min(self.full.len());
        self.full = self.full.skip(chunks);
        self.first = EventId::after(self.first.number() - 1 + (chunks * CHUNK) as u64);
    }

    /// A step begins: the last one's events are put where they stay, or are forgotten.
    pub(super) fn begin(&mut self) {
        if !self.keeps {
            self.first = EventId::after(self.len());
            self.last.clear();
        }
        while self.last.len() >= CHUNK {
            // The place for the next ones stays as large as it has grown.
            self.full.push_back(self.last.drain(..CHUNK).collect());
        }
        self.begun = self.last.len() as u32;
    }

    /// Where the present step's events are put.
    pub(super) fn open(&mut self) -> &mut Vec<TraceEvent> {
        &mut self.last
    }

    /// The events of the present step so far; between steps, of the last one.
    pub(super) fn fresh(&self) -> &[TraceEvent] {
        &self.last[self.begun as usize..]
    }

    /// The present step's events are forgotten.
    pub(super) fn drop_fresh(&mut self) {
        self.last.truncate(self.begun as usize);
    }

    /// How far an event is from the first one that is there.
    fn place(&self, event: EventId) -> Option<usize> {
        let places = event.number().checked_sub(self.first.number())?;
        Some(usize::try_from(places).unwrap_or(usize::MAX))
    }
}

/// Nothing has happened, and all that will is kept.
impl Default for Trace {
    fn default() -> Trace {
        Trace {
            full: imbl::Vector::new(),
            last: Vec::new(),
            begun: 0,
            first: EventId::FIRST,
            keeps: true,
        }
    }
}
