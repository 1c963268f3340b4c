//! From the viewer to what the page shows: one function a view, no state of its own.

mod console;
mod controls;
mod events;
mod flights;
mod forest;
mod inspector;
mod laws;
mod logs;
mod overview;
mod requests;
mod sessions;
mod spacetime;
mod stage;
mod why;

use std::rc::Rc;

use super::{FlightId, PageView, PhasesView, ScenarioView, Selection, caption};
use crate::viewer::{self, Viewer};

pub use console::console;
pub use controls::controls;
pub use events::events;
pub use flights::flights;
pub use forest::forest;
pub use inspector::inspector;
pub use laws::laws;
pub use logs::log_grid;
pub use overview::overview;
pub use requests::requests;
pub use sessions::sessions;
pub use spacetime::spacetime;
pub use stage::stage;

/// The whole page. What the last page already had, and is still true, is shared with it.
pub fn page(viewer: &Viewer, scenario: Rc<ScenarioView>, last: Option<&PageView>) -> PageView {
    let stage = stage(viewer);
    let grid = log_grid(viewer);
    let selection = viewer.selection().map(selected);
    let laws_panel = laws(viewer, &stage);
    PageView {
        caption: laws::violation_caption(&laws_panel).unwrap_or_else(|| caption(&stage, &grid)),
        phases: PhasesView::of(&stage),
        flights: flights(viewer).into(),
        selection,
        inspector: inspector(viewer, &stage).map(Rc::new),
        requests: keep_rows(requests(viewer), last.map(|page| &page.requests)),
        events: events(viewer, last.map(|page| &page.events)),
        logs: keep(grid, last.map(|page| &page.logs)),
        overview: keep(overview(viewer), last.map(|page| &page.overview)),
        controls: keep(controls(viewer), last.map(|page| &page.controls)),
        console: keep(console(viewer), last.map(|page| &page.console)),
        forest: keep(forest(viewer, &stage), last.map(|page| &page.forest)),
        sessions: keep(sessions(viewer), last.map(|page| &page.sessions)),
        spacetime: keep(
            spacetime(viewer, last.map(|page| &page.spacetime)),
            last.map(|page| &page.spacetime),
        ),
        stage: keep(stage, last.map(|page| &page.stage)),
        scenario,
        laws: laws::laws_view(&laws_panel),
        laws_panel: keep(laws_panel, last.map(|page| &page.laws_panel)),
    }
}

/// The old view if it equals the new one, so that a panel compares pointers.
fn keep<T: PartialEq>(new: T, old: Option<&Rc<T>>) -> Rc<T> {
    match old {
        Some(old) if **old == new => Rc::clone(old),
        _ => Rc::new(new),
    }
}

/// The rows, each shared with the old ones where it stands there unchanged.
fn keep_rows<T: PartialEq>(new: Vec<T>, old: Option<&Rc<Vec<Rc<T>>>>) -> Rc<Vec<Rc<T>>> {
    let old: &[Rc<T>] = old.map_or(&[], |old| old);
    // New rows come first: what was there before has moved back by so many places.
    let moved = new.len().saturating_sub(old.len());
    let row = |(index, row): (usize, T)| {
        let same = |place: usize| old.get(place).filter(|old| ***old == row).map(Rc::clone);
        let kept = index.checked_sub(moved).and_then(same).or_else(|| same(index));
        kept.unwrap_or_else(|| Rc::new(row))
    };
    Rc::new(new.into_iter().enumerate().map(row).collect())
}

fn selected(selection: viewer::Selection) -> Selection {
    match selection {
        viewer::Selection::Server(server) => Selection::Server(server),
        viewer::Selection::Event(event) => Selection::Event(event),
        viewer::Selection::Packet(packet) => Selection::Message(FlightId(packet.0.into())),
    }
}
