//! ZabScope: a ZooKeeper ensemble alive in a web page.
//!
//! Simulated servers run the whole of ZAB (fast leader election, discovery, synchronization,
//! broadcast) and a znode store; a virtual network and a deterministic clock connect them; a page
//! shows what they do. The library is everything, its Yew part for wasm32 only.
//!
//! # The map, in reading order
//!
//! | module | what it is |
//! |---|---|
//! | [`types`] | plain values: ids, epochs, zxids, virtual time, the transaction |
//! | [`api`] | what clients and servers say to each other |
//! | [`zab`] | the protocol of one server: [`zab::Peer`] turns an input into outputs |
//! | [`store`] | the znode tree, sessions and the leader's preparation, as pure values |
//! | [`server`] | one simulated server: a peer, its disk, its log step and its commit step |
//! | [`client`] | one simulated client: a session and its requests |
//! | [`console`] | ZooKeeper's command line: lines in, operations and text out |
//! | [`ensemble`] | all of them with their connections, without time and chance: choices |
//! | [`sim`] | one way to choose: instants, latencies, a seed; it stamps every trace event |
//! | [`scenario`] | a run as a value: settings, seed, commands; as text and as JSON |
//! | [`check`] | what must never happen, one property a file |
//! | [`run`] | world, properties and trace stepping together from a scenario |
//! | [`search`] | runs under drawn faults, looking for a property that breaks |
//! | [`conform`] | recordings of real servers, replayed |
//! | [`viewer`] | the page's model without a browser: playback, selection, actions |
//! | [`text`] | every sentence, in every language |
//! | [`view`] | what to show, as plain data with its geometry |
//! | [`ui`] | Yew, and only Yew |
//!
//! A module uses only what stands above it, and not all of that: [`zab`] and [`store`] do not know
//! each other, nor do [`server`] and [`client`]. `tests/tidy.rs` holds the rule.
//!
//! # What is absent
//!
//! - Left of [`sim`] nothing knows an instant or draws a number; nothing left of [`ui`] reads a
//!   clock of the machine.
//! - In a run there is no unordered collection, no floating point and no `usize`: the same scenario
//!   gives the same trace, natively and in the browser.
//! - Nothing acts on a [trace event](sim::TraceEvent) or a note: they are for reading.
//! - There is no flag that counts in some roles only: what counts in a role or phase lives in its
//!   variant.

#![warn(missing_docs)]

pub mod api;
pub mod check;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod client;
pub mod conform;
pub mod console;
pub mod ensemble;
pub mod run;
pub mod scenario;
pub mod search;
pub mod server;
pub mod sim;
pub mod store;
pub mod text;
pub mod types;
pub mod ui;
pub mod view;
pub mod viewer;
pub mod zab;
