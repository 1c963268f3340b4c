//! What a person can want of the page.

use crate::sim::EventId;
use crate::text::Language;
use crate::types::{ClientId, ServerId};
use crate::view::{ClientAct, FlightId, Speed};
use crate::viewer::Action;
use crate::viewer::share::FileKind;

/// What is asked of the model.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Intent {
    /// Let time run, or stop it.
    PlayPause,
    /// Do this to the run that is watched.
    Do(Action),
    /// One speed down.
    Slower,
    /// One speed up.
    Faster,
    /// This speed.
    SetSpeed(Speed),
    /// Inspect a server.
    SelectServer(ServerId),
    /// Inspect a message in flight.
    SelectMessage(FlightId),
    /// Go to right after an event, and ask why it happened.
    SelectEvent(EventId),
    /// Inspect nothing.
    Deselect,
    /// Take a server's power, or give it back.
    CrashOrRestart(ServerId),
    /// Take the leader's power.
    CrashLeader,
    /// Stop a server's process, or let it go on.
    PauseOrResume(ServerId),
    /// Cut a server from all others.
    Isolate(ServerId),
    /// Cut the leader from all others.
    IsolateLeader,
    /// Split the network into majority and minority; again for other members.
    Split,
    /// Cut these servers from all others.
    Cut(Vec<ServerId>),
    /// Cut one direction between the leader and a follower.
    OneWayCut,
    /// Slow the link between the leader and a follower.
    SlowLink,
    /// Every link works again.
    HealAll,
    /// The client that the next four speak for.
    ChooseClient(ClientId),
    /// Send a sensible write.
    SendWrite,
    /// Send a sensible read.
    Read,
    /// Send a sensible multi.
    Multi,
    /// Send a sync.
    Sync,
    /// One client more, at this server.
    AddClient(ServerId),
    /// A client does something.
    Client(ClientId, ClientAct),
    /// Go on past a broken law.
    ContinueAnyway,
    /// Begin another run.
    Start {
        /// The preset's name.
        preset: &'static str,
        /// How many servers.
        servers: u8,
        /// The seed of its draws.
        seed: u64,
    },
}

/// What the page does by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PageAct {
    /// The next theme.
    NextTheme,
    /// This theme.
    SetTheme(Theme),
    /// The next language.
    NextLanguage,
    /// This language.
    SetLanguage(Language),
    /// Open or close the legend.
    ToggleLegend,
    /// Open or close the table of keys.
    ToggleKeys,
    /// The stage alone, or everything.
    ToggleFocus,
    /// Cover the page, or uncover it.
    ToggleBlank,
    /// Show which key was pressed last, or no longer.
    ToggleLastKey,
    /// Close what is open.
    CloseSheet,
    /// Type at the console.
    FocusConsole,
    /// Show this tab of the rail.
    ShowTab(RailTab),
    /// Open or close the sheet with link and files.
    ToggleShare,
    /// Copy the link.
    CopyLink,
    /// Save a file.
    Save(FileKind),
    /// Forget the run that the browser keeps, and begin anew.
    ForgetRun,
    /// Close the notice.
    CloseNotice,
}

/// A tab of the rail.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum RailTab {
    /// What clients asked.
    #[default]
    Requests,
    /// What is selected.
    Inspect,
    /// The znodes and the sessions.
    Data,
    /// The laws.
    Safety,
}

impl RailTab {
    /// All of them, in their order.
    pub const ALL: [RailTab; 4] =
        [RailTab::Requests, RailTab::Inspect, RailTab::Data, RailTab::Safety];

    /// Its name, in links too.
    pub const fn name(self) -> &'static str {
        match self {
            RailTab::Requests => "requests",
            RailTab::Inspect => "inspect",
            RailTab::Data => "data",
            RailTab::Safety => "safety",
        }
    }

    /// The tab of this name.
    pub fn of_name(name: &str) -> Option<RailTab> {
        RailTab::ALL.into_iter().find(|tab| tab.name() == name)
    }

    /// The tab so many places further on, round the end.
    pub const fn further(self, places: usize) -> RailTab {
        RailTab::ALL[(self as usize + places) % RailTab::ALL.len()]
    }
}

/// A set of colours and sizes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Theme {
    /// Ink on paper.
    #[default]
    Light,
    /// Paper on ink.
    Dark,
    /// High contrast and large type, for a wall.
    Projector,
}

impl Theme {
    /// All of them, in the order of the switch.
    pub const ALL: [Theme; 3] = [Theme::Light, Theme::Dark, Theme::Projector];

    /// The word for `data-theme`.
    pub const fn name(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Projector => "projector",
        }
    }

    /// The theme of this name.
    pub fn of_name(name: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.name() == name)
    }

    /// The one after it.
    pub const fn next(self) -> Theme {
        match self {
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::Projector,
            Theme::Projector => Theme::Light,
        }
    }
}
