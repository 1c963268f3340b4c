//! A run as a value: settings, seed and commands with their instants. Same scenario, same trace.
//!
//! A [`Scenario`] is what is saved, shared and replayed. It has two forms: JSON, complete and for
//! programs, and a text of one command a line in the words of ZooKeeper's command line, for people
//! (see `text`). [`Preset`]s are the built-in ones. Whatever is read is tested against the limits
//! of `limits`, so that no scenario, however hostile, brings a run out of its bounds.
//!
//! The folder ends where a scenario is run.

mod chaos;
mod error;
mod limits;
mod presets;
mod text;

use serde::{Deserialize, Deserializer, Serialize};

pub use chaos::{Chaos, Profile};
pub use error::{Place, ScenarioError};
pub use limits::{INSTANT_MAX, SERVERS_MAX, console_line};
pub use presets::Preset;
pub use text::{command_text, condition_text, op_text, span_from_text};

use crate::sim::{Command, Settings};
use crate::types::{Instant, Span};

/// The version of the files' format.
pub const FORMAT_VERSION: u32 = 1;

/// Raised whenever the same scenario makes another trace than before.
pub const ENGINE_VERSION: u32 = 2;

/// A run as a value.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Scenario {
    /// The format it is written in.
    pub format: u32,
    /// The engine it was made with; another one may make another trace of it.
    pub engine: u32,
    /// One line for people; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "checked_title")]
    pub title: String,
    /// How far it is run where nobody says otherwise.
    #[serde(default = "default_until", deserialize_with = "checked_until")]
    pub until: Instant,
    /// The seed of all chance.
    pub seed: u64,
    /// Everything else that is fixed from the beginning.
    #[serde(default, deserialize_with = "checked_settings")]
    pub settings: Settings,
    /// What is done from outside, in order of time.
    #[serde(default, deserialize_with = "checked_commands")]
    pub commands: Vec<TimedCommand>,
}

/// A command and when it is carried out.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TimedCommand {
    /// When; where it follows on another command, not before this.
    pub at: Instant,
    /// How many of the steps that are due at this very instant come before it: none in what people
    /// write, but someone who goes step by step can interfere between two.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub steps_before: u32,
    /// Where it follows on the command before it: so long after that was carried out, or after the
    /// wait that it began has ended. Where there is none, `at` alone counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then: Option<Span>,
    /// What.
    pub command: Command,
}

impl TimedCommand {
    /// A command at an instant, before anything else that is due then.
    pub fn new(at: Instant, command: Command) -> TimedCommand {
        TimedCommand { at, steps_before: 0, then: None, command }
    }
}

impl Scenario {
    /// Nothing but settings and a seed.
    pub fn new(settings: Settings, seed: u64) -> Scenario {
        Scenario {
            format: FORMAT_VERSION,
            engine: ENGINE_VERSION,
            title: String::new(),
            until: default_until(),
            seed,
            settings,
            commands: Vec::new(),
        }
    }

    /// Reads a scenario of either form: JSON begins with a brace.
    ///
    /// # Errors
    /// Where it stands and what is wrong, or what was expected.
    pub fn parse(source: &str) -> Result<Scenario, ScenarioError> {
        if source.trim_start().starts_with('{') {
            Scenario::from_json(source)
        } else {
            Scenario::from_text(source)
        }
    }

    /// Reads a scenario's JSON.
    ///
    /// # Errors
    /// Where it stands and what is wrong, or what was expected.
    pub fn from_json(json: &str) -> Result<Scenario, ScenarioError> {
        let versions: Versions = serde_json::from_str(json)?;
        if versions.format > FORMAT_VERSION {
            return Err(ScenarioError::without_place(format!(
                "format version {} is from the future; expected at most {FORMAT_VERSION}",
                versions.format,
            )));
        }
        let scenario: Scenario = serde_json::from_str(json)?;
        scenario.check()?;
        Ok(scenario)
    }

    /// The JSON, indented, with a line end.
    pub fn to_json(&self) -> String {
        let mut json = serde_json::to_string_pretty(self)
            .expect("a scenario has string keys only and nothing that cannot be written");
        json.push('\n');
        json
    }

    /// Tests what can be run against the limits.
    ///
    /// # Errors
    /// What is wrong first.
    pub fn check(&self) -> Result<(), ScenarioError> {
        limits::check_title(&self.title).map_err(ScenarioError::without_place)?;
        limits::check_settings(&self.settings)
            .map_err(|wrong| ScenarioError::without_place(wrong.problem))?;
        limits::check_instant(self.until).map_err(ScenarioError::without_place)?;
        let mut before = None;
        for command in &self.commands {
            limits::check_command(before, command).map_err(ScenarioError::without_place)?;
            before = Some(command);
        }
        Ok(())
    }
}

/// Read before the rest, so that a file of another version is not blamed for its fields.
#[derive(Deserialize)]
struct Versions {
    format: u32,
}

fn default_until() -> Instant {
    Instant::ZERO + Span::millis(2_000)
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

fn checked_title<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let title = String::deserialize(deserializer)?;
    limits::check_title(&title).map_err(serde::de::Error::custom)?;
    Ok(title)
}

fn checked_until<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Instant, D::Error> {
    let until = Instant::deserialize(deserializer)?;
    limits::check_instant(until).map_err(serde::de::Error::custom)?;
    Ok(until)
}

fn checked_settings<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Settings, D::Error> {
    let settings = Settings::deserialize(deserializer)?;
    limits::check_settings(&settings).map_err(|wrong| serde::de::Error::custom(wrong.problem))?;
    Ok(settings)
}

fn checked_commands<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<TimedCommand>, D::Error> {
    deserializer.deserialize_seq(limits::CommandsVisitor)
}
