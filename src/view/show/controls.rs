//! The state behind the buttons.

use crate::client::SessionState;
use crate::types::ServerId;
use crate::view::{ClientChoice, Controls};
use crate::viewer::Viewer;

/// What the buttons can do now.
pub fn controls(viewer: &Viewer) -> Controls {
    let world = viewer.world();
    let minority = viewer.next_minority().len() as u32;
    let servers = u32::from(world.settings().server_count());
    let faults =
        world.network().cuts().next().is_some() || world.network().latencies().next().is_some();
    let choice = |(client, host): (_, &crate::ensemble::ClientHost)| ClientChoice {
        client,
        server: host.client().server().unwrap_or(ServerId(0)),
        connected: host.client().state() == SessionState::Connected,
    };
    Controls {
        playing: viewer.playback().playing,
        live: viewer.timeline().is_live(),
        speed: viewer.playback().speed,
        leader: world.ensemble().serving_leader(),
        split: (minority > 0).then(|| (servers - minority, minority)),
        faults,
        clients: world.ensemble().clients().map(choice).collect(),
        client: viewer.client(),
    }
}
