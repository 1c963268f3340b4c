//! What the controls need to know: transport, fault bar, client bar, scenario menu.

use crate::text::{Key, Phrase};
use crate::types::{ClientId, ServerId};

use super::Speed;

/// The state behind the buttons.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Controls {
    /// Whether time runs.
    pub playing: bool,
    /// Whether what happens next is new.
    pub live: bool,
    /// How fast.
    pub speed: Speed,
    /// The leader that the presets act on; without one they are disabled and say so.
    pub leader: Option<ServerId>,
    /// How the next split divides the servers: majority and minority.
    pub split: Option<(u32, u32)>,
    /// Whether there is anything to heal.
    pub faults: bool,
    /// The clients, by id.
    pub clients: Vec<ClientChoice>,
    /// The client that the buttons speak for.
    pub client: Option<ClientId>,
}

/// An entry of the client menu: "C1 on S2".
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClientChoice {
    /// Which client.
    pub client: ClientId,
    /// Its server.
    pub server: ServerId,
    /// Whether it is connected.
    pub connected: bool,
}

/// The scenario menu.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScenarioView {
    /// What runs: "Five servers".
    pub title: Phrase,
    /// The preset that runs.
    pub preset: &'static str,
    /// All presets, in order.
    pub presets: Vec<PresetChoice>,
    /// The stories of the bug museum, in order.
    pub museum: Vec<PresetChoice>,
    /// How many servers.
    pub servers: u8,
    /// The seed of the draws.
    pub seed: u64,
}

/// A preset to choose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PresetChoice {
    /// Its name, as for `zabsim run`; of a story of the bug museum the rule that is switched off.
    pub name: &'static str,
    /// Its title.
    pub title: Key,
    /// One line about it.
    pub about: Key,
}

impl Controls {
    /// The chosen client's entry.
    pub fn chosen(&self) -> Option<&ClientChoice> {
        let client = self.client?;
        self.clients.iter().find(|choice| choice.client == client)
    }
}
