//! The seeded generator: one stream of draws per purpose, so that a draw more in one place does not
//! shift the others. Integers only, bit-identical on every machine.

use std::hash::{Hash, Hasher};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

use super::SpanRange;
use crate::types::Span;

/// What a stream of draws is for. The numbers are part of a run's identity.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Purpose {
    /// How long a packet travels.
    Latency = 1,
    /// How long a flush takes.
    Disk = 2,
    /// Timers that a peer sets with a range.
    ServerTimers = 3,
    /// The clients' timers.
    ClientTimers = 4,
    /// When each server is switched on.
    Boot = 5,
    /// Which faults a drawn scenario has, and what its clients do.
    Chaos = 6,
}

/// One stream of draws.
#[derive(Clone, Debug)]
pub struct Rng {
    stream: ChaCha8Rng,
}

impl Rng {
    /// The stream of this seed for this purpose.
    pub fn new(seed: u64, purpose: Purpose) -> Rng {
        let mut stream = ChaCha8Rng::seed_from_u64(seed);
        stream.set_stream(purpose as u64);
        Rng { stream }
    }

    /// A number below `bound`, each as likely; 0 where that is 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        let draw = u128::from(self.stream.next_u64());
        ((draw * u128::from(bound)) >> 64) as u64
    }

    /// A span of the range, both ends included, each microsecond as likely. A range of one value
    /// draws nothing.
    pub fn span(&mut self, range: SpanRange) -> Span {
        let choices = range.max.0.saturating_sub(range.min.0);
        if choices == 0 {
            return range.min;
        }
        let draw = u128::from(self.stream.next_u64());
        Span(range.min.0 + ((draw * (u128::from(choices) + 1)) >> 64) as u64)
    }
}

/// A stream is its place: what is drawn next follows from seed, purpose and how much was drawn.
impl Hash for Rng {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.stream.get_seed().hash(state);
        self.stream.get_stream().hash(state);
        self.stream.get_word_pos().hash(state);
    }
}
