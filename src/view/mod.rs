//! What to show, as plain public data, and where, as pure functions.
//!
//! Nothing here knows the browser: a view is a value with `PartialEq` that a component compares
//! and draws, sentences are [`Phrase`](crate::text::Phrase)s, geometry (hit-testing too) is
//! arithmetic on floats. Two kinds of time: a view belongs to one event of the run and is built
//! anew when the event changes; what moves between events ([`Flight`], [`Countdown`]) carries its
//! instants, and the painters ask it for the running one.

mod caption;
mod console;
mod control;
mod cut;
mod event;
mod fact;
mod flight;
mod forest;
mod glyph;
mod inspector;
mod journey;
mod laws;
mod layout;
mod log_grid;
mod narration;
mod overview;
mod page;
mod partition;
mod phases;
mod property;
mod request;
mod retell;
mod role_shape;
mod sessions;
mod share;
pub mod show;
pub mod spacetime;
mod speed;
mod squares;
mod stage;
mod tree_lag;
pub mod why;
mod znode_detail;
mod znode_rows;

pub use crate::viewer::{ClientAct, Speed};
pub use caption::{Caption, caption};
pub use console::{ConsoleLine, ConsoleView, Paths, Recall, Suggestion, suggest};
pub use control::{ClientChoice, Controls, PresetChoice, ScenarioView};
pub use cut::{cut_members, segments_cross};
pub use event::EventRow;
pub use fact::{fact_flag, fact_sentence, fact_server};
pub use flight::{Flight, FlightId, Flights, Placed, Spot, hit_flight, in_flight_counts, place};
pub use forest::{Forest, ServerTree, Standing, Tree, TreeChange, Variant, Watcher};
pub use glyph::{Glyph, Mark, OpSign, Paint, Shape};
pub use inspector::{
    Cell, Headline, Icon, InspectorView, ItemAct, Label, Row, Section, Selection, Table, Value,
};
pub use journey::{JourneyGeometry, journey_geometry};
pub use laws::{
    FactView, Law, LawRow, LawStanding, LawsPanel, PropertyRow, SeenFrom, ViolationView,
    flag_places,
};
pub use layout::{Cast, Layout, Point, Rect, Slot, StageFrame, layout};
pub use log_grid::{CellState, Column, DiskCount, GridCell, GridRow, LogGrid, epoch_groups};
pub use narration::narrate;
pub use overview::{BranchStrip, MarkKind, OverviewMark, OverviewView, Strip, StripKind};
pub use page::{LawsView, PageView};
pub use partition::{PartitionGeometry, Region, partition_geometry};
pub use phases::{PhasesView, Station, Traveller};
pub use property::property_about;
pub use request::{Journey, Outcome, RequestId, RequestPart, RequestRow};
pub use retell::{packet_name, retell};
pub use role_shape::{RoleShape, hexagon, role_marks};
pub use sessions::{SessionLife, SessionRow, SessionsView};
pub use share::{Notice, ShareView, opened};
pub use speed::{speed_buys, speed_label, speed_spoken};
pub use squares::{Square, SquareState};
pub use stage::{
    ClientView, Countdown, LinkView, Process, Running, ServerView, Side, StageView, StripCell,
    Tally, TallyOf, Way, hue, reachable_sides, short_session,
};
pub use tree_lag::tree_lag;
pub use znode_detail::{DataForm, DetailRow, WatchRow, ZnodeDetail, znode_detail};
pub use znode_rows::{
    Folds, Outline, TreeStep, ZnodeRow, differing_paths, outline, scroll_to, window,
};
