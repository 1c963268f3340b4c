//! The phase line: four stations, and which servers stand at each.

use crate::text::Key;
use crate::types::{Epoch, ServerId};
use crate::zab::{Phase, RoleName};

use super::StageView;

/// The four stations, in protocol order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PhasesView {
    /// Election, discovery, synchronisation, broadcast.
    pub stations: Vec<Station>,
}

/// One station.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Station {
    /// Its name.
    pub name: Key,
    /// The servers at it, by id.
    pub travellers: Vec<Traveller>,
}

/// A server at a station.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Traveller {
    /// Which.
    pub server: ServerId,
    /// Its role: the leader is underlined.
    pub role: RoleName,
    /// The epoch whose hue it wears.
    pub epoch: Epoch,
}

impl PhasesView {
    /// Where the servers of a stage stand; those without power stand nowhere.
    pub fn of(stage: &StageView) -> PhasesView {
        let station = |(phase, name)| Station { name, travellers: travellers(stage, phase) };
        let stations = [
            (Phase::Election, Key::StationElection),
            (Phase::Discovery, Key::StationDiscovery),
            (Phase::Synchronization, Key::StationSynchronization),
            (Phase::Broadcast, Key::StationBroadcast),
        ];
        PhasesView { stations: stations.into_iter().map(station).collect() }
    }
}

fn travellers(stage: &StageView, phase: Phase) -> Vec<Traveller> {
    let traveller = |server: &super::ServerView| {
        let running = server.running().filter(|running| running.phase == phase)?;
        Some(Traveller { server: server.id, role: running.role, epoch: server.epoch() })
    };
    stage.servers.iter().filter_map(traveller).collect()
}
