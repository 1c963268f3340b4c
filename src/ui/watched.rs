//! The page's model: a [`Viewer`], and what the scenario menu knows.

use std::cell::RefCell;
use std::rc::Rc;

use crate::ensemble::PacketId;
use crate::scenario::{Preset, Scenario, ScenarioError};
use crate::sim::Settings;
use crate::text::{Key, Phrase};
use crate::types::{Instant, Span};
use crate::view::{PageView, PresetChoice, ScenarioView, show};
use crate::viewer::share::{Arrival, FileKind, Link, ShareError};
use crate::viewer::{Action, Done, Selection, Viewer};

use super::{Intent, Model, museum};

/// A run that is watched, and how it was begun.
pub struct Watched {
    viewer: Viewer,
    scenario: Rc<ScenarioView>,
    /// Whether it is not what the page opens with.
    is_chosen: bool,
    /// The page as it was asked for last, to share what has not changed.
    page: RefCell<Option<PageView>>,
}

/// What the page opens with.
const OPENING: (&str, u8, u64) = ("healthy", 5, 1);

impl Watched {
    /// The page's default: a healthy ensemble of five.
    pub fn open() -> Watched {
        let (preset, servers, seed) = OPENING;
        Watched { is_chosen: false, ..Watched::start(preset, servers, seed) }
    }

    /// Another run. A preset with a story of its own keeps the servers that it was written for.
    /// A story of the bug museum keeps its seed too, and begins shortly before it goes wrong.
    fn start(preset: &'static str, servers: u8, seed: u64) -> Watched {
        let exhibit = museum::find(preset);
        let scenario = match exhibit {
            Some(story) => museum::scenario(story),
            None => scenario(preset, servers, seed),
        };
        let (servers, seed) = (scenario.settings.servers, scenario.seed);
        let mut viewer = Viewer::open(&scenario).expect("presets and sizes of the menu are sound");
        match exhibit {
            Some(_) => viewer.run_to(museum::begin(&scenario)),
            None => viewer.run_until_healthy(),
        }
        let scenario = Rc::new(ScenarioView {
            title: exhibit.map_or_else(
                || Phrase::new(Key::ScenarioTitle).with("count", u32::from(servers)),
                museum::title,
            ),
            preset,
            presets: presets(),
            museum: museum::choices(),
            servers,
            seed,
        });
        Watched { viewer, scenario, is_chosen: true, page: RefCell::new(None) }
    }

    /// A run that was opened.
    fn opened(viewer: Viewer) -> Watched {
        let (servers, seed, title) = {
            let scenario = viewer.timeline().end().scenario();
            (scenario.settings.servers, scenario.seed, scenario.title.clone())
        };
        let title = match title.is_empty() {
            true => Phrase::new(Key::ScenarioTitle).with("count", u32::from(servers)),
            false => Phrase::new(Key::ScenarioNamed).with("title", title),
        };
        let (preset, presets, museum) = (OPENING.0, presets(), museum::choices());
        let scenario = ScenarioView { title, preset, presets, museum, servers, seed };
        Watched { viewer, scenario: Rc::new(scenario), is_chosen: true, page: RefCell::new(None) }
    }

    fn action(&self, intent: &Intent) -> Option<Action> {
        let speed = self.viewer.playback().speed;
        Some(match intent {
            Intent::PlayPause => Action::PlayPause,
            Intent::Do(action) => action.clone(),
            Intent::Slower => Action::SetSpeed(speed.slower()),
            Intent::Faster => Action::SetSpeed(speed.faster()),
            Intent::SetSpeed(speed) => Action::SetSpeed(*speed),
            Intent::SelectServer(server) => Action::Select(Some(Selection::Server(*server))),
            Intent::SelectMessage(flight) => {
                let packet = PacketId(u32::try_from(flight.0).ok()?);
                Action::Select(Some(Selection::Packet(packet)))
            }
            Intent::Deselect => Action::Select(None),
            Intent::CrashOrRestart(server) => Action::CrashOrRestart(*server),
            Intent::CrashLeader => Action::CrashLeader,
            Intent::PauseOrResume(server) => Action::PauseOrResume(*server),
            Intent::Isolate(server) => Action::Isolate(*server),
            Intent::IsolateLeader => Action::IsolateLeader,
            Intent::Split => Action::Split,
            Intent::Cut(servers) => Action::Cut(servers.clone()),
            Intent::OneWayCut => Action::OneWayCut,
            Intent::SlowLink => Action::SlowLink,
            Intent::HealAll => Action::HealAll,
            Intent::ChooseClient(client) => Action::ChooseClient(*client),
            Intent::SendWrite => Action::SendWrite,
            Intent::Read => Action::Read,
            Intent::Multi => Action::Multi,
            Intent::Sync => Action::Sync,
            Intent::AddClient(server) => Action::AddClient(*server),
            Intent::Client(client, act) => Action::Client(*client, act.clone()),
            Intent::ContinueAnyway => Action::StopAtViolation(false),
            Intent::SelectEvent(_) | Intent::Start { .. } => return None,
        })
    }
}

impl Model for Watched {
    fn act(&mut self, intent: &Intent) -> Option<Phrase> {
        if let Intent::Start { preset, servers, seed } = intent {
            *self = Watched::start(preset, *servers, *seed);
            return None;
        }
        if let Intent::SelectEvent(event) = intent {
            // Time stands still while one thing is looked at.
            if self.viewer.playback().playing {
                self.viewer.apply(&Action::PlayPause);
            }
            self.viewer.apply(&Action::SeekEvent(*event));
            self.viewer.apply(&Action::Select(Some(Selection::Event(*event))));
            return None;
        }
        let action = self.action(intent)?;
        let done = self.viewer.apply(&action);
        if *intent == Intent::ContinueAnyway && !self.playing() {
            self.viewer.apply(&Action::PlayPause);
        }
        done.map(said)
    }

    fn can_undo(&self, intent: &Intent) -> bool {
        let looks =
            matches!(intent, Intent::ContinueAnyway | Intent::Do(_) | Intent::SelectEvent(_));
        let acts = !looks;
        acts && self.viewer.timeline().is_live() && self.viewer.has_acted()
    }

    fn advance(&mut self, elapsed: Span) -> bool {
        self.viewer.advance(elapsed)
    }

    fn now(&self) -> Instant {
        self.viewer.now()
    }

    fn playing(&self) -> bool {
        self.viewer.playback().playing
    }

    fn page(&self) -> PageView {
        let last = self.page.borrow_mut().take();
        let page = show::page(&self.viewer, Rc::clone(&self.scenario), last.as_ref());
        *self.page.borrow_mut() = Some(page.clone());
        page
    }

    fn link(&self, tab: Option<&str>) -> Link {
        self.viewer.link(tab)
    }

    fn file(&self, kind: FileKind) -> Vec<u8> {
        self.viewer.file(kind)
    }

    fn visit(&mut self, link: &Link) -> Result<Arrival, ScenarioError> {
        let (viewer, arrival) = Viewer::visit(link)?;
        *self = Watched::opened(viewer);
        Ok(arrival)
    }

    fn open_file(&mut self, bytes: &[u8]) -> Result<Arrival, ShareError> {
        let (viewer, arrival) = Viewer::open_file(bytes)?;
        *self = Watched::opened(viewer);
        Ok(arrival)
    }

    fn begin_anew(&mut self) {
        *self = Watched::open();
    }

    fn is_own(&self) -> bool {
        self.is_chosen || self.viewer.has_acted()
    }

    fn scenario_text(&self) -> String {
        self.viewer.timeline().end().scenario().to_json()
    }
}

/// The scenario of a menu's choice. The healthy ensemble comes in any size.
fn scenario(preset: &'static str, servers: u8, seed: u64) -> Scenario {
    let story = Preset::find(preset).filter(|_| preset != OPENING.0);
    let mut scenario = match story {
        Some(story) => story.scenario(),
        None => Scenario::new(Settings::with_servers(servers), seed),
    };
    scenario.seed = seed;
    scenario
}

fn presets() -> Vec<PresetChoice> {
    let choice = |preset: Preset| {
        let (title, about) = words(preset.name())?;
        Some(PresetChoice { name: preset.name(), title, about })
    };
    Preset::ALL.into_iter().filter_map(choice).collect()
}

fn words(preset: &str) -> Option<(Key, Key)> {
    Some(match preset {
        "healthy" => (Key::PresetHealthy, Key::PresetHealthyAbout),
        "leader-crash" => (Key::PresetLeaderCrash, Key::PresetLeaderCrashAbout),
        "partition" => (Key::PresetPartition, Key::PresetPartitionAbout),
        "tutorial-transaction" => (Key::PresetTransactionWrong, Key::PresetTransactionWrongAbout),
        "transaction-done-right" => (Key::PresetTransactionRight, Key::PresetTransactionRightAbout),
        _ => return None,
    })
}

fn said(done: Done) -> Phrase {
    match done {
        Done::Crashed(server) => Phrase::new(Key::ToastCrashed).with("server", server),
        Done::Restarted(server) => Phrase::new(Key::ToastRestarted).with("server", server),
        Done::Split { majority, minority } => {
            Phrase::new(Key::ToastSplit).with("majority", majority).with("minority", minority)
        }
        Done::Healed => Phrase::new(Key::ToastHealed),
        Done::NoLeader => Phrase::new(Key::ToastNoLeader),
        Done::NothingToUndo => Phrase::new(Key::ToastNothingToUndo),
        Done::NothingToRedo => Phrase::new(Key::ToastNothingToRedo),
        Done::NothingCame => Phrase::new(Key::ToastNothingCame),
        Done::NotReached => Phrase::new(Key::ToastNotReached),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A preset without words would be missing from the menu.
    #[test]
    fn every_preset_has_its_words() {
        assert_eq!(presets().len(), Preset::ALL.len());
    }
}
