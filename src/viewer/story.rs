//! What the page has to know of the past, noted step by step and copied with every moment.

use super::{Consoles, Eras, Logs, Requests, Spacetime};
use crate::run::Chronicle;
use crate::sim::{TraceEvent, World};

/// What became of requests and logs, who led when, and what travelled.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// What became of each request.
    pub requests: Requests,
    /// What stands on the clients' consoles.
    pub consoles: Consoles,
    /// The past of the logs.
    pub logs: Logs,
    /// The history at a glance.
    pub eras: Eras,
    /// Lanes and messages.
    pub spacetime: Spacetime,
}

impl Chronicle for Story {
    fn absorb(&mut self, events: &[TraceEvent], world: &World) {
        let ensemble = world.ensemble();
        for event in events {
            self.requests.absorb(event);
            self.consoles.absorb(event);
            self.logs.absorb(event, ensemble);
            self.eras.absorb(event, ensemble);
        }
        self.spacetime.absorb(events, world);
        self.eras.network(world.network().cuts().next().is_some(), world.now());
    }
}
