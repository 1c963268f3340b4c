//! The page: Yew, and only Yew.
//!
//! [`Intent`], [`Address`] and the table of [`commands`] are plain data, tested natively; what else
//! there is is for wasm32. Components take views ([`crate::view`]) as props and hand intents back;
//! `App`, the one struct component, owns the model. Nothing here decides what to show.

pub mod address;
pub mod commands;
pub mod intent;
pub mod keyboard;
pub mod model;
pub mod museum;
pub mod watched;

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
mod context;
#[cfg(target_arch = "wasm32")]
mod dock;
#[cfg(target_arch = "wasm32")]
mod hooks;
#[cfg(target_arch = "wasm32")]
mod key_events;
#[cfg(target_arch = "wasm32")]
mod outside;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
mod panic;
#[cfg(target_arch = "wasm32")]
mod preferences;
#[cfg(target_arch = "wasm32")]
mod presenting;
#[cfg(target_arch = "wasm32")]
mod rail;
#[cfg(target_arch = "wasm32")]
mod sharing;
#[cfg(target_arch = "wasm32")]
mod sheets;
#[cfg(target_arch = "wasm32")]
mod stage;
#[cfg(target_arch = "wasm32")]
mod top;
#[cfg(target_arch = "wasm32")]
mod transport;
#[cfg(target_arch = "wasm32")]
mod widgets;

pub use address::Address;
pub use intent::{Intent, PageAct, RailTab, Theme};
pub use model::Model;
pub use watched::Watched;

#[cfg(target_arch = "wasm32")]
pub use app::{App, AppProps, start};
