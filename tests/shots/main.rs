//! Pictures of the page: `cargo xtask shots` takes them all, `cargo xtask screenshot` the README's.
//!
//! What is pictured is data: states, told by what a person does to get there, on screens. Each
//! picture is the cross of a state and a screen, named after both.

#![cfg_attr(target_arch = "wasm32", allow(unused))]

#[cfg(not(target_arch = "wasm32"))]
#[path = "../e2e/harness/mod.rs"]
#[allow(dead_code, unused_imports)]
mod harness;
#[cfg(not(target_arch = "wasm32"))]
mod native;

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    native::main();
}

#[cfg(target_arch = "wasm32")]
fn main() {}
