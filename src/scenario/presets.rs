//! The built-in scenarios.

use super::Scenario;

/// A built-in scenario, by name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Preset {
    name: &'static str,
    text: &'static str,
}

macro_rules! presets {
    ($($name:literal),* $(,)?) => {
        [$(Preset { name: $name, text: include_str!(concat!("presets/", $name, ".txt")) }),*]
    };
}

impl Preset {
    /// All of them; the first is what the page opens with.
    pub const ALL: [Preset; 5] = presets![
        "healthy",
        "leader-crash",
        "partition",
        "tutorial-transaction",
        "transaction-done-right",
    ];

    /// The preset of that name.
    pub fn find(name: &str) -> Option<Preset> {
        Preset::ALL.into_iter().find(|preset| preset.name == name)
    }

    /// Its name, in kebab case.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// One line for people.
    pub fn title(self) -> &'static str {
        let title = self.text.lines().find_map(|line| line.strip_prefix("title "));
        title.expect("a test reads every preset's title")
    }

    /// Its text, with the comments that tell its story.
    pub fn text(self) -> &'static str {
        self.text
    }

    /// The scenario.
    ///
    /// # Panics
    /// Never: a test reads every preset.
    pub fn scenario(self) -> Scenario {
        Scenario::from_text(self.text).expect("a test reads every preset")
    }
}
