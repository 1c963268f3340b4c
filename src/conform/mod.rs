//! Recordings of real ZooKeeper servers, replayed against ours.
//!
//! [`store`] replays what clients asked of one real server and were told. Both sides of a
//! comparison are brought into one form; what differs is reported, what cannot be done is skipped
//! by name. The folder ends at files: it is handed texts, and knows none of their names.

pub mod store;
