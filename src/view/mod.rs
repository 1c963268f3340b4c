//! What to show, as plain public data, and where, as pure functions.
//!
//! Nothing here knows the browser: a view is a value with `PartialEq` that a component compares
//! and draws, sentences are [`Phrase`](crate::text::Phrase)s, geometry (hit-testing too) is
//! arithmetic on floats. Two kinds of time: a view belongs to one event of the run and is built
//! anew when the event changes; what moves between events ([`Flight`], [`Countdown`]) carries its
//! instants, and the painters ask it for the running one.

mod caption;
mod control;
mod cut;
mod event;
mod flight;
mod glyph;
mod inspector;
mod journey;
mod layout;
mod log_grid;
mod narration;
mod overview;
mod page;
mod partition;
mod phases;
mod request;
mod retell;
mod role_shape;
pub mod show;
mod speed;
mod stage;

pub use crate::viewer::Speed;
pub use caption::{Caption, caption};
pub use control::{ClientChoice, Controls, PresetChoice, ScenarioView};
pub use cut::{cut_members, segments_cross};
pub use event::EventRow;
pub use flight::{Flight, FlightId, Flights, Placed, Spot, hit_flight, in_flight_counts, place};
pub use glyph::{Glyph, Mark, OpSign, Paint, Shape};
pub use inspector::{
    Cell, Headline, Icon, InspectorView, ItemAct, Label, Row, Section, Selection, Table, Value,
};
pub use journey::{JourneyGeometry, journey_geometry};
pub use layout::{Cast, Layout, Point, Rect, Slot, StageFrame, layout};
pub use log_grid::{CellState, Column, DiskCount, GridCell, GridRow, LogGrid, epoch_groups};
pub use narration::narrate;
pub use overview::{BranchStrip, MarkKind, OverviewMark, OverviewView, Strip, StripKind};
pub use page::{LawsView, PageView};
pub use partition::{PartitionGeometry, Region, partition_geometry};
pub use phases::{PhasesView, Station, Traveller};
pub use request::{Journey, Outcome, RequestId, RequestPart, RequestRow};
pub use retell::{packet_name, retell};
pub use role_shape::{RoleShape, hexagon, role_marks};
pub use speed::{speed_buys, speed_label, speed_spoken};
pub use stage::{
    ClientView, Countdown, LinkView, Process, Running, ServerView, Side, StageView, StripCell,
    Tally, TallyOf, Way, hue, reachable_sides, short_session,
};
