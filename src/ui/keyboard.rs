//! From a key event to what it means, by the table of commands.

use crate::types::ServerId;

use super::commands::{Act, COMMANDS, Command, Stroke};
use super::{Intent, PageAct};

/// What a key event comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Called {
    /// Ask this of the model.
    Intent(Intent),
    /// Do this to the page.
    Page(PageAct),
}

/// The command of a key event and how its key is written, for who shows what was pressed.
pub fn pressed(key: &str, shift: bool, alt: bool) -> Option<(&'static Command, String)> {
    let command = find(key, shift, alt)?;
    let written = match command.act {
        Act::Digit(_) => key.to_owned(),
        // Of two keys for the same, the one that was pressed.
        _ => {
            let place = command.keys.iter().position(|stroke| stroke.fits(key, shift, alt))?;
            command.shown.get(place).or(command.shown.first())?.to_string()
        }
    };
    Some((command, written))
}

fn find(key: &str, shift: bool, alt: bool) -> Option<&'static Command> {
    let fits = |command: &&Command| command.keys.iter().any(|stroke| stroke.fits(key, shift, alt));
    COMMANDS.iter().find(fits)
}

impl Stroke {
    /// Whether the event is this stroke.
    fn fits(&self, key: &str, shift: bool, alt: bool) -> bool {
        // A character that is typed with Shift on some keyboards is itself; a letter or a named
        // key with Shift is another stroke.
        let letter = key.chars().count() == 1 && key.chars().all(char::is_alphabetic);
        let named = key.chars().count() > 1;
        let name = if letter { key.to_lowercase() == self.key } else { key == self.key };
        name && self.alt == alt && (self.shift == shift || !(letter || named))
    }
}

/// What a key event means. `key` is the event's; `selected` is the server that is inspected.
pub fn call(key: &str, shift: bool, alt: bool, selected: Option<ServerId>) -> Option<Called> {
    match find(key, shift, alt)?.act {
        Act::Model(intent) => Some(Called::Intent(intent())),
        Act::Selected(intent) => selected.map(|server| Called::Intent(intent(server))),
        Act::Digit(intent) => {
            let server = key.parse().ok().map(ServerId)?;
            Some(Called::Intent(intent(server)))
        }
        Act::Page(act) => Some(Called::Page(act)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Span;
    use crate::viewer::{Action, Stop};

    fn check(key: &str, shift: bool, selected: Option<u8>, expected: Option<Called>) {
        let called = call(key, shift, false, selected.map(ServerId));
        assert_eq!(called, expected, "{key:?} shift={shift} selected={selected:?}");
    }

    #[test]
    fn keys_do_what_the_design_says() {
        let intent = |intent| Some(Called::Intent(intent));
        check(" ", false, None, intent(Intent::PlayPause));
        let step = |stop| intent(Intent::Do(Action::StepForward(stop)));
        check("ArrowRight", false, None, step(Stop::Event));
        check("ArrowRight", true, None, step(Stop::Milestone));
        check("PageDown", false, None, step(Stop::Milestone));
        let nudge = Called::Intent(Intent::Do(Action::Back(Span::millis(10))));
        assert_eq!(call("ArrowLeft", false, true, None), Some(nudge));
        check("3", false, None, intent(Intent::SelectServer(ServerId(3))));
        check("?", true, None, Some(Called::Page(PageAct::ToggleKeys)));
        check("C", true, Some(2), intent(Intent::CrashLeader));
        check("q", false, None, None);
    }

    #[test]
    fn what_was_pressed_is_written_as_in_the_table() {
        let check = |key: &str, shift, expected: (&str, &str)| {
            let found =
                pressed(key, shift, false).map(|(command, written)| (command.name, written));
            assert_eq!(found, Some((expected.0, expected.1.to_owned())), "{key:?} shift={shift}");
        };
        check("C", true, ("crash-leader", "Shift C"));
        check("PageDown", false, ("milestone", "Page Down"));
        check("4", false, ("select", "4"));
        check(".", false, ("blank", "."));
        assert!(pressed("q", false, false).is_none());
    }

    #[test]
    fn acts_on_a_server_need_one_selected() {
        check("c", false, None, None);
        let crash = Called::Intent(Intent::CrashOrRestart(ServerId(2)));
        check("c", false, Some(2), Some(crash));
    }
}
