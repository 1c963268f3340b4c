//! Recordings of what real servers said to each other, replayed against ours.
//!
//! A recording is the scheduler and never a source of content: it says who starts and ends when,
//! which connection delivers next and when a disk is done; what is said is said by our own servers
//! on an [`Ensemble`](crate::ensemble::Ensemble), and must be what the recording has.
//!
//! | file | what it is |
//! |---|---|
//! | `record`, `said` | a recording, typed |
//! | `parse`, `fields`, `operations` | reading one, with the place of each mistake |
//! | `outset`, `prelude`, `history` | how it stood when the recording began; bringing ours there |
//! | `lines` | what each connection carries, in order, and how far ours has come |
//! | `replay`, `servers`, `clients` | one record after the other |
//! | `steps` | which choices ours may take: those whose messages come next in the recording |
//! | `votes` | elections: who wins, the round, the last vote of each sender |
//! | `apart` | a learner that a version's difference takes out of the comparison for a while |
//! | `report` | what was found |
//!
//! Between two records every server of ours acts as soon as it can, unless it would send what the
//! recording does not have next on that connection; then it waits. So one replay meets the one
//! order of a server's events that all of its connections agree on, without a search; and what fact
//! sheet §9 calls free in the order of connections (`crossConnectionOrder`) and in where a
//! synchronisation falls among the transactions (`syncWindow`) is met exactly, not passed over. A
//! replay ends at the first difference without a name: what comes behind it means little.
//!
//! Sources: the README beside the recordings; the fact sheet on the protocol, §9, for what is free.

mod apart;
mod clients;
mod fields;
mod history;
mod lines;
mod names;
mod operations;
mod outset;
mod parse;
mod prelude;
mod record;
mod replay;
mod report;
mod said;
mod servers;
mod steps;
mod translate;
mod votes;

pub use outset::{Established, OldClient, Outset, ShownDisk};
pub use record::{
    Channel, ClientName, Driver, End, Event, Header, Notice, Record, Recording, RecordingError,
};
pub use replay::replay;
pub use report::{Declared, Difference, FileReport, Freedom, Totals};
pub use said::{Asked, Done, DoneBody, Said};
