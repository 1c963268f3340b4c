//! Cold starts and failovers of whole ensembles, for many seeds.
#![cfg(not(target_arch = "wasm32"))]

use zabscope::sim::{EventKind, Settings, TraceEvent, World};
use zabscope::types::Instant;

#[test]
fn cold() {
    let mut world = World::new(&Settings::default(), 1);
    let mut trace: Vec<TraceEvent> = Vec::new();
    world.run_until(Instant(300_000), &mut trace);
    for event in &trace {
        println!("{event}");
    }
    println!("{}", std::mem::size_of::<TraceEvent>());
    let _ = EventKind::Sent;
    world.validate();
}
