//! What a person shares and opens: the viewer's side of links and files.

use super::link::{Cursor, Link, Shown};
use super::{
    Arrival, Difference, File, Problem, ShareError, Subject, TraceFile, Waypoint, arrival,
    made_here, write_shiviz, write_trace,
};
use crate::scenario::{ENGINE_VERSION, ScenarioError};
use crate::sim::EventId;
use crate::viewer::Viewer;

/// What can be saved.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FileKind {
    /// The scenario of the branch that is shown, as JSON.
    Scenario,
    /// Its whole trace, as JSON Lines.
    Trace,
    /// The same for ShiViz.
    ShiViz,
}

impl FileKind {
    /// What a file of the kind is called where nobody names it.
    pub const fn file_name(self) -> &'static str {
        match self {
            FileKind::Scenario => "zabscope-scenario.json",
            FileKind::Trace => "zabscope-trace.jsonl",
            FileKind::ShiViz => "zabscope-shiviz.log",
        }
    }
}

impl Viewer {
    /// A link to what is shown, with this tab of the rail, or the first one.
    pub fn link(&self, tab: Option<&str>) -> Link {
        let (timeline, end) = (self.timeline(), self.timeline().end());
        let shown = timeline.branches().find(|(branch, _)| *branch == timeline.shown());
        let last = Cursor { events: end.trace().len(), at: end.now() };
        Link {
            scenario: made_here(&end.scenario()),
            cursor: Cursor { events: self.run().trace().len(), at: self.now() },
            end: (!timeline.is_live()).then_some(last),
            hash: self.run().trace_hash(),
            branch: shown.and_then(|(_, branch)| branch.name()).map(str::to_owned),
            selection: self.selection(),
            shown: Shown {
                tab: tab.map(str::to_owned),
                speed: self.playback().speed,
                client: self.client,
            },
        }
    }

    /// Goes where a link leads. Time stands still there.
    ///
    /// # Errors
    /// Where its scenario cannot be run; what was parsed can.
    pub fn visit(link: &Link) -> Result<(Viewer, Arrival), ScenarioError> {
        let mut viewer = Viewer::open(&made_here(&link.scenario))?;
        viewer.playback.playing = false;
        viewer.playback.speed = link.shown.speed;
        viewer.client = link.shown.client;
        if link.scenario.engine != ENGINE_VERSION {
            return Ok((viewer, Arrival::of_scenario(&link.scenario)));
        }
        viewer.go_on_to(link.cursor);
        let expected = Waypoint { events: link.cursor.events, hash: link.hash };
        let arrival = Arrival::at(expected, viewer.run());
        if let Some(end) = link.end.filter(|end| *end > link.cursor) {
            viewer.go_on_to(end);
            viewer.go_back_to(link.cursor);
        }
        viewer.selection = link.selection;
        if let Some(name) = &link.branch {
            let shown = viewer.timeline.shown();
            viewer.timeline.rename(shown, name);
        }
        Ok((viewer, arrival))
    }

    /// Opens a file of any of the forms that can be opened: a scenario where its ensemble has come
    /// up, a trace at its end.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn open_file(bytes: &[u8]) -> Result<(Viewer, Arrival), ShareError> {
        let refused =
            |subject| move |error| ShareError { subject, problem: Problem::Content(error) };
        match File::parse(bytes)? {
            File::Trace(trace) => Viewer::open_trace(&trace).map_err(refused(Subject::Trace)),
            File::Scenario(scenario) => {
                let viewer = Viewer::open(&made_here(&scenario));
                let mut viewer = viewer.map_err(refused(Subject::Scenario))?;
                viewer.run_until_healthy();
                Ok((viewer, Arrival::of_scenario(&scenario)))
            }
        }
    }

    fn open_trace(trace: &TraceFile<'_>) -> Result<(Viewer, Arrival), ScenarioError> {
        let mut viewer = Viewer::open(&made_here(&trace.scenario))?;
        viewer.playback.playing = false;
        if trace.scenario.engine != ENGINE_VERSION {
            return Ok((viewer, Arrival::of_scenario(&trace.scenario)));
        }
        viewer.go_on_to(trace.cursor());
        let event = trace.first_difference(viewer.trace());
        let mut arrival = Arrival::at(trace.end, viewer.run());
        if event.is_some() {
            let found = Waypoint::of(viewer.run());
            arrival = Arrival::Differs(Difference { expected: trace.end, found, event });
        }
        Ok((viewer, arrival))
    }

    /// The run as a file.
    pub fn file(&self, kind: FileKind) -> Vec<u8> {
        let (end, trace, mut bytes) = (self.timeline().end(), self.trace(), Vec::new());
        let written = match kind {
            FileKind::Scenario => {
                bytes = made_here(&end.scenario()).to_json().into_bytes();
                Ok(())
            }
            FileKind::Trace => write_trace(&end.scenario(), trace, end.trace_hash(), &mut bytes),
            FileKind::ShiViz => write_shiviz(trace, &mut bytes),
        };
        written.expect("memory takes everything");
        bytes
    }

    /// Plays on to a place that is ahead, as far as the run goes.
    fn go_on_to(&mut self, cursor: Cursor) {
        // Whoever went on behind a violation is followed there.
        self.timeline.stop_at_violation(false);
        for _ in 0..arrival::STEPS_MAX {
            if !cursor.lies_beyond(self.run()) || !self.step() {
                break;
            }
        }
        self.timeline.stop_at_violation(true);
        if self.timeline.next_instant().is_none_or(|next| next > cursor.at) {
            self.now = self.now.max(cursor.at);
        }
    }

    /// Goes back to a place that was gone through.
    fn go_back_to(&mut self, cursor: Cursor) {
        match cursor.events.checked_sub(1) {
            Some(before) => self.timeline.seek_event(EventId::after(before)),
            None => self.timeline.seek_instant(cursor.at),
        }
        self.now = self.run().now().max(cursor.at);
    }
}
