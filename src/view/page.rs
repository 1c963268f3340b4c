//! The whole page at one event.

use std::rc::Rc;

use super::spacetime::SpacetimeView;
use super::{
    Caption, ConsoleView, Controls, EventRow, Flights, Forest, InspectorView, LawsPanel, LogGrid,
    OverviewView, PhasesView, RequestRow, ScenarioView, Selection, SessionsView, StageView,
};

/// One view a panel. Each is compared with the one before it, so that a panel whose view has not
/// changed is not drawn again; sharing an unchanged `Rc` makes that a comparison of pointers.
#[derive(Clone, PartialEq, Debug)]
pub struct PageView {
    /// What is happening.
    pub caption: Caption,
    /// The phase line.
    pub phases: PhasesView,
    /// The ensemble.
    pub stage: Rc<StageView>,
    /// The messages in flight.
    pub flights: Flights,
    /// What is selected.
    pub selection: Option<Selection>,
    /// The panel of what is selected.
    pub inspector: Option<Rc<InspectorView>>,
    /// The requests, newest first.
    pub requests: Rc<Vec<Rc<RequestRow>>>,
    /// The event list, newest first.
    pub events: Rc<Vec<Rc<EventRow>>>,
    /// The space–time diagram.
    pub spacetime: Rc<SpacetimeView>,
    /// The logs.
    pub logs: Rc<LogGrid>,
    /// The history.
    pub overview: Rc<OverviewView>,
    /// The state behind the buttons.
    pub controls: Rc<Controls>,
    /// The console of the chosen client.
    pub console: Rc<ConsoleView>,
    /// The scenario menu.
    pub scenario: Rc<ScenarioView>,
    /// The trees of all servers.
    pub forest: Rc<Forest>,
    /// The sessions.
    pub sessions: Rc<SessionsView>,
    /// Whether the watched laws hold.
    pub laws: LawsView,
    /// The laws one by one.
    pub laws_panel: Rc<LawsPanel>,
}

/// The laws that are watched.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct LawsView {
    /// How many are watched.
    pub watched: u32,
    /// How many are broken.
    pub broken: u32,
}
