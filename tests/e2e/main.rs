//! End-to-end stories: the built page in a real browser, used as a person uses it.
//!
//! Elements are found by role and accessible name, acted on with real pointer and key events, and
//! what is asserted is visible text. `cargo xtask test` runs these after building the page and
//! hands over the browser, its driver and axe-core; the target has `test = false`, so that plain
//! `cargo test` neither runs nor skips it.

#![cfg(not(target_arch = "wasm32"))]

mod harness;

mod console;
mod embedding;
mod failures;
mod languages;
mod opening;
mod rail;
mod sharing;
mod stories;
mod time;
mod trunk_serve;
