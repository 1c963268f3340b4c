//! The table of commands: what every key does. The help sheet is drawn from it, and key events are
//! looked up in it by [`keyboard`](super::keyboard), so that neither can say what the other does
//! not.

use crate::text::Key;
use crate::types::{Instant, ServerId, Span};
use crate::viewer::{Action, Stop};

use super::{Intent, PageAct};

/// A key, as `KeyboardEvent.key` names it, lower case for letters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stroke {
    /// The key's name.
    pub key: &'static str,
    /// Whether Shift is held. For a character that needs Shift to be typed it is not said.
    pub shift: bool,
    /// Whether Alt is held.
    pub alt: bool,
}

/// What a key does.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    /// Asks this of the model.
    Model(fn() -> Intent),
    /// Asks this of the selected server.
    Selected(fn(ServerId) -> Intent),
    /// Asks this of the server whose digit it is.
    Digit(fn(ServerId) -> Intent),
    /// Does this to the page.
    Page(PageAct),
}

/// A line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// Its name, for tests and anchors.
    pub name: &'static str,
    /// Its keys.
    pub keys: &'static [Stroke],
    /// How its keys are written in the help sheet.
    pub shown: &'static [&'static str],
    /// What it does, in words.
    pub label: Key,
    /// What it does.
    pub act: Act,
}

const fn plain(key: &'static str) -> Stroke {
    Stroke { key, shift: false, alt: false }
}

const fn shift(key: &'static str) -> Stroke {
    Stroke { key, shift: true, alt: false }
}

const fn alt(key: &'static str) -> Stroke {
    Stroke { key, shift: false, alt: true }
}

/// By so much Alt with an arrow moves the cursor.
const NUDGE: Span = Span::millis(10);

const DIGITS: &[Stroke] = &[
    plain("1"),
    plain("2"),
    plain("3"),
    plain("4"),
    plain("5"),
    plain("6"),
    plain("7"),
    plain("8"),
    plain("9"),
];

/// All commands, in the order of the help sheet.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "play",
        keys: &[plain(" ")],
        shown: &["Space"],
        label: Key::KeyPlay,
        act: Act::Model(|| Intent::PlayPause),
    },
    Command {
        name: "step",
        keys: &[plain("ArrowRight")],
        shown: &["→"],
        label: Key::KeyStep,
        act: Act::Model(|| Intent::Do(Action::StepForward(Stop::Event))),
    },
    Command {
        name: "step-back",
        keys: &[plain("ArrowLeft")],
        shown: &["←"],
        label: Key::KeyStepBack,
        act: Act::Model(|| Intent::Do(Action::StepBack(Stop::Event))),
    },
    Command {
        name: "milestone",
        keys: &[shift("ArrowRight"), plain("PageDown")],
        shown: &["Shift →", "Page Down"],
        label: Key::KeyMilestone,
        act: Act::Model(|| Intent::Do(Action::StepForward(Stop::Milestone))),
    },
    Command {
        name: "milestone-back",
        keys: &[shift("ArrowLeft"), plain("PageUp")],
        shown: &["Shift ←", "Page Up"],
        label: Key::KeyMilestoneBack,
        act: Act::Model(|| Intent::Do(Action::StepBack(Stop::Milestone))),
    },
    Command {
        name: "nudge",
        keys: &[alt("ArrowRight")],
        shown: &["Alt →"],
        label: Key::KeyNudge,
        act: Act::Model(|| Intent::Do(Action::Forward(NUDGE))),
    },
    Command {
        name: "nudge-back",
        keys: &[alt("ArrowLeft")],
        shown: &["Alt ←"],
        label: Key::KeyNudgeBack,
        act: Act::Model(|| Intent::Do(Action::Back(NUDGE))),
    },
    Command {
        name: "start",
        keys: &[plain("Home")],
        shown: &["Home"],
        label: Key::KeyStart,
        act: Act::Model(|| Intent::Do(Action::SeekInstant(Instant::ZERO))),
    },
    Command {
        name: "live",
        keys: &[plain("End")],
        shown: &["End"],
        label: Key::KeyLive,
        act: Act::Model(|| Intent::Do(Action::SeekEnd)),
    },
    Command {
        name: "undo",
        keys: &[plain("u")],
        shown: &["U"],
        label: Key::KeyUndo,
        act: Act::Model(|| Intent::Do(Action::Undo)),
    },
    Command {
        name: "redo",
        keys: &[shift("u")],
        shown: &["Shift U"],
        label: Key::KeyRedo,
        act: Act::Model(|| Intent::Do(Action::Redo)),
    },
    Command {
        name: "slower",
        keys: &[plain("[")],
        shown: &["["],
        label: Key::KeySlower,
        act: Act::Model(|| Intent::Slower),
    },
    Command {
        name: "faster",
        keys: &[plain("]")],
        shown: &["]"],
        label: Key::KeyFaster,
        act: Act::Model(|| Intent::Faster),
    },
    Command {
        name: "select",
        keys: DIGITS,
        shown: &["1", "9"],
        label: Key::KeySelect,
        act: Act::Digit(Intent::SelectServer),
    },
    Command {
        name: "deselect",
        keys: &[plain("Escape")],
        shown: &["Esc"],
        label: Key::KeyDeselect,
        act: Act::Page(PageAct::CloseSheet),
    },
    Command {
        name: "crash",
        keys: &[plain("c")],
        shown: &["C"],
        label: Key::KeyCrash,
        act: Act::Selected(Intent::CrashOrRestart),
    },
    Command {
        name: "pause-server",
        keys: &[plain("p")],
        shown: &["P"],
        label: Key::KeyPauseServer,
        act: Act::Selected(Intent::PauseOrResume),
    },
    Command {
        name: "isolate",
        keys: &[plain("i")],
        shown: &["I"],
        label: Key::KeyIsolate,
        act: Act::Selected(Intent::Isolate),
    },
    Command {
        name: "crash-leader",
        keys: &[shift("c")],
        shown: &["Shift C"],
        label: Key::KeyCrashLeader,
        act: Act::Model(|| Intent::CrashLeader),
    },
    Command {
        name: "split",
        keys: &[plain("x")],
        shown: &["X"],
        label: Key::KeySplit,
        act: Act::Model(|| Intent::Split),
    },
    Command {
        name: "one-way",
        keys: &[shift("x")],
        shown: &["Shift X"],
        label: Key::KeyOneWay,
        act: Act::Model(|| Intent::OneWayCut),
    },
    Command {
        name: "heal",
        keys: &[plain("h")],
        shown: &["H"],
        label: Key::KeyHeal,
        act: Act::Model(|| Intent::HealAll),
    },
    Command {
        name: "write",
        keys: &[plain("w")],
        shown: &["W"],
        label: Key::KeyWrite,
        act: Act::Model(|| Intent::SendWrite),
    },
    Command {
        name: "read",
        keys: &[plain("r")],
        shown: &["R"],
        label: Key::KeyRead,
        act: Act::Model(|| Intent::Read),
    },
    Command {
        name: "multi",
        keys: &[plain("m")],
        shown: &["M"],
        label: Key::KeyMulti,
        act: Act::Model(|| Intent::Multi),
    },
    Command {
        name: "console",
        keys: &[plain("/")],
        shown: &["/"],
        label: Key::KeyConsole,
        act: Act::Page(PageAct::FocusConsole),
    },
    Command {
        name: "legend",
        keys: &[plain("l")],
        shown: &["L"],
        label: Key::KeyLegend,
        act: Act::Page(PageAct::ToggleLegend),
    },
    Command {
        name: "focus",
        keys: &[plain("f")],
        shown: &["F"],
        label: Key::KeyFocus,
        act: Act::Page(PageAct::ToggleFocus),
    },
    Command {
        name: "blank",
        keys: &[plain(".")],
        shown: &["."],
        label: Key::KeyBlank,
        act: Act::Page(PageAct::ToggleBlank),
    },
    Command {
        name: "last-key",
        keys: &[plain("k")],
        shown: &["K"],
        label: Key::KeyLastKey,
        act: Act::Page(PageAct::ToggleLastKey),
    },
    Command {
        name: "theme",
        keys: &[plain("t")],
        shown: &["T"],
        label: Key::KeyTheme,
        act: Act::Page(PageAct::NextTheme),
    },
    Command {
        name: "language",
        keys: &[plain("y")],
        shown: &["Y"],
        label: Key::KeyLanguage,
        act: Act::Page(PageAct::NextLanguage),
    },
    Command {
        name: "help",
        keys: &[plain("?")],
        shown: &["?"],
        label: Key::KeyHelp,
        act: Act::Page(PageAct::ToggleKeys),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_given_twice() {
        let strokes: Vec<_> = COMMANDS.iter().flat_map(|command| command.keys).collect();
        for (index, stroke) in strokes.iter().enumerate() {
            assert!(!strokes[..index].contains(stroke), "{stroke:?} stands for two commands");
        }
    }

    #[test]
    fn every_command_has_a_name_of_its_own_and_shows_its_keys() {
        for (index, command) in COMMANDS.iter().enumerate() {
            let same = |other: &Command| other.name == command.name || other.label == command.label;
            assert!(!COMMANDS[..index].iter().any(same), "{} is there twice", command.name);
            assert!(!command.shown.is_empty(), "{} shows no key", command.name);
        }
    }
}
