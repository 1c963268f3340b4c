//! One way to choose: an ensemble in virtual time, with a network, clocks and a seeded generator.
//!
//! A [`World`] takes what is due, earliest first, ties by sequence number, and lets the
//! [`Ensemble`](crate::ensemble::Ensemble) do it. From what came of it, it traces what happened and
//! schedules what follows:
//!
//! | effect of the ensemble | due |
//! |---|---|
//! | a packet is sent | its arrival, after the link's latency, not before what was sent before it |
//! | a timer is set | its firing, after a span drawn from the timer's range |
//! | the log step has something to do | the log step, after a fixed delay |
//! | a flush began | its end, after a span drawn from the disk's range |
//! | the commit step has something to do | the commit step, one transaction at a time |
//!
//! From outside there is one door: [`World::command`]. A world is a value: a copy goes on exactly
//! as the original does, and everything that decides about a run is settings, seed and commands
//! with their instants. The folder ends where runs are recorded, checked or rewound.

mod command;
mod condition;
mod fault;
mod hash;
mod hold;
mod intervene;
mod lane;
mod machine;
mod network;
mod queue;
mod refusal;
mod rng;
mod settings;
mod steps;
mod task;
mod timer;
mod trace;
mod transcript;
mod world;

pub use command::{Command, ServerStep};
pub use condition::{Condition, Letter, Reach, Written};
pub use fault::Excess;
pub use hash::StableHasher;
pub use network::{Link, Network};
pub use refusal::CommandRefusal;
pub use rng::{Purpose, Rng};
pub use settings::{Settings, SettingsError, SpanRange};
pub use trace::{EventId, EventKind, TraceEvent};
pub use world::{PacketInFlight, World};
