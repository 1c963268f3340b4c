//! What the space–time diagram shows.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::ensemble::PacketId;
use crate::sim::PacketInFlight;
use crate::types::Instant;
use crate::view::spacetime::{SpacetimeView, lit};
use crate::viewer::{Selection, Viewer};

/// The branch that is shown, with the cursor on it. The index is shared, not copied.
pub fn spacetime(viewer: &Viewer, last: Option<&Rc<SpacetimeView>>) -> SpacetimeView {
    let arrives = |packet: PacketInFlight<'_>| Some((packet.packet, packet.arrives_at?));
    let arrivals: BTreeMap<PacketId, Instant> =
        viewer.world().packets().filter_map(arrives).collect();
    let arrivals = match last.filter(|last| *last.arrivals == arrivals) {
        Some(last) => Rc::clone(&last.arrivals),
        None => Rc::new(arrivals),
    };
    let selected = match viewer.selection() {
        Some(Selection::Event(event)) => Some(event),
        _ => None,
    };
    SpacetimeView {
        branch: viewer.timeline().shown(),
        index: viewer.spacetime().clone(),
        next: viewer.timeline().cursor(),
        arrivals,
        lit: Rc::new(lit(viewer.trace(), selected)),
    }
}
