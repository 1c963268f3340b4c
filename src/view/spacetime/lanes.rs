//! The lanes: role and phase as a band, what the disk and the log did as marks.

use crate::client::SessionState;
use crate::ensemble::Endpoint;
use crate::sim::EventId;
use crate::types::Epoch;
use crate::view::RoleShape;
use crate::viewer::{Lane, LaneState, MarkKind, Standing};
use crate::zab::{Phase, RoleName};

use super::{Axis, Scene, UNIT};

/// A server's or a client's lane.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DiagramLane {
    /// Whose.
    pub end: Endpoint,
    /// Its middle line.
    pub y: i64,
    /// How a server stands at the ink line; `None` of a client.
    pub shape: Option<RoleShape>,
    /// The epoch that it is in there.
    pub epoch: Epoch,
    /// How it stood, up to the ink line.
    pub bands: Vec<Band>,
    /// What it did, up to the ink line.
    pub marks: Vec<PlacedMark>,
}

/// A stretch of a lane.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Band {
    /// Where it begins.
    pub left: i64,
    /// Where it ends.
    pub right: i64,
    /// What it shows.
    pub look: BandLook,
    /// In which epoch.
    pub epoch: Epoch,
    /// Whether the process is stopped.
    pub paused: bool,
    /// What made it so.
    pub event: EventId,
}

/// What a stretch of a lane shows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum BandLook {
    /// No process.
    Off,
    /// LOOKING.
    Looking,
    /// Between election and broadcast; `solid` once the history is on its way.
    Joining {
        /// As the leader.
        leading: bool,
        /// Synchronisation, not discovery.
        synchronizing: bool,
    },
    /// An established leader.
    Leading,
    /// A follower that serves.
    Following,
    /// An observer that serves.
    Observing,
    /// A client with a connection, or without.
    Client {
        /// Whether it has one.
        connected: bool,
    },
}

/// Something that a server did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PlacedMark {
    /// Where.
    pub x: i64,
    /// What.
    pub kind: MarkKind,
    /// Whether others are too near for more than a tick.
    pub is_small: bool,
    /// The event.
    pub event: EventId,
}

/// Marks of a kind that are nearer to each other are ticks.
const MARK_APART: i64 = 9 * UNIT;
/// Marks of a kind that are nearer are left out.
const TICK_APART: i64 = 2 * UNIT;

/// All lanes of a diagram between two heights.
pub fn lanes(scene: &Scene<'_>, axis: &Axis, top: i64, bottom: i64) -> Vec<DiagramLane> {
    let count = scene.view.index.lanes().count() as i64;
    let gap = (bottom - top).max(UNIT) / count.max(1);
    let lane = |(place, (end, lane)): (usize, (Endpoint, &Lane))| {
        let standing = lane.standing_at(scene.cursor);
        DiagramLane {
            end,
            y: top + gap * place as i64 + gap / 2,
            shape: end.server().map(|_| shape(standing)),
            epoch: epoch(standing),
            bands: bands(scene, axis, lane),
            marks: marks(scene, axis, lane),
        }
    };
    scene.view.index.lanes().enumerate().map(lane).collect()
}

fn shape(standing: Standing) -> RoleShape {
    match standing.state {
        LaneState::On { role, .. } if standing.paused => RoleShape::Paused(role),
        LaneState::On { role, .. } => RoleShape::Role(role),
        LaneState::Off | LaneState::Client(_) => RoleShape::Crashed,
    }
}

/// Whoever joins is in the epoch that it has promised, others in the one that they have entered.
fn epoch(standing: Standing) -> Epoch {
    match standing.state {
        LaneState::On { phase: Phase::Discovery | Phase::Synchronization, .. } => standing.promised,
        _ => standing.epoch,
    }
}

fn look(standing: Standing) -> BandLook {
    match standing.state {
        LaneState::Off => BandLook::Off,
        LaneState::Client(state) => {
            BandLook::Client { connected: state == SessionState::Connected }
        }
        LaneState::On { role, phase } => match (role, phase) {
            (RoleName::Looking, _) | (_, Phase::Election) => BandLook::Looking,
            (_, Phase::Discovery | Phase::Synchronization) => BandLook::Joining {
                leading: role == RoleName::Leading,
                synchronizing: phase == Phase::Synchronization,
            },
            (RoleName::Leading, _) => BandLook::Leading,
            (RoleName::Following, _) => BandLook::Following,
            (RoleName::Observing, _) => BandLook::Observing,
        },
    }
}

/// The stretches up to the ink line. Of several that begin in one pixel column the last one counts.
fn bands(scene: &Scene<'_>, axis: &Axis, lane: &Lane) -> Vec<Band> {
    let end = axis.x(scene.cursor).min(axis.right());
    let mut bands: Vec<Band> = Vec::new();
    let stretches = lane.stretches(axis.from(), axis.until().min(scene.cursor));
    for stretch in stretches.filter(|stretch| stretch.event < scene.view.next) {
        let left = axis.x(stretch.from).max(axis.left());
        let standing = stretch.standing;
        let band = Band {
            left,
            right: end,
            look: look(standing),
            epoch: epoch(standing),
            paused: standing.paused,
            event: stretch.event,
        };
        match bands.last_mut() {
            Some(last) if last.left / UNIT == left / UNIT => {
                *last = Band { left: last.left, ..band }
            }
            Some(last) => {
                last.right = left;
                bands.push(band);
            }
            None => bands.push(band),
        }
    }
    bands.retain(|band| band.left < band.right);
    bands
}

/// The marks up to the ink line, as many as can be told apart.
fn marks(scene: &Scene<'_>, axis: &Axis, lane: &Lane) -> Vec<PlacedMark> {
    let mut placed: Vec<PlacedMark> = Vec::new();
    // Of each kind, where the last one stands.
    let mut last = [i64::MIN / 2; 4];
    for mark in lane.marks(axis.from(), axis.until().min(scene.cursor)) {
        if mark.event >= scene.view.next {
            break;
        }
        let x = axis.x(mark.at);
        let last = match mark.kind {
            MarkKind::Flushed(_) => &mut last[0],
            MarkKind::Written => &mut last[1],
            MarkKind::Committed(_) => &mut last[2],
            MarkKind::Truncated(_) => &mut last[3],
        };
        let apart = x - *last;
        if apart >= TICK_APART {
            *last = x;
            let is_small = apart < MARK_APART;
            placed.push(PlacedMark { x, kind: mark.kind, is_small, event: mark.event });
        }
    }
    placed
}
