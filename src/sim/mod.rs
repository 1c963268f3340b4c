//! One way to choose: an ensemble in virtual time, with a network, clocks and a seeded generator.

mod command;
mod hash;
mod lane;
mod network;
mod queue;
mod rng;
mod settings;
mod steps;
mod timer;
mod trace;
mod transcript;
mod world;

pub use command::Command;
pub use hash::StableHasher;
pub use network::{Link, Network};
pub use rng::{Purpose, Rng};
pub use settings::{Settings, SpanRange};
pub use trace::{CommandRefusal, EventId, EventKind, TraceEvent};
pub use world::{PacketInFlight, World};
