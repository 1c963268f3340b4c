//! What is run: a preset by its name, or a file by its path.

use std::fs;

use super::Refused;
use crate::scenario::{Preset, Scenario, ScenarioError};

/// The scenario of that name or path.
pub(super) fn scenario(source: &str) -> Result<Scenario, Refused> {
    if let Some(preset) = Preset::find(source) {
        return Ok(preset.scenario());
    }
    let bytes = fs::read(source).map_err(|error| {
        let names: Vec<&str> = Preset::ALL.iter().map(|preset| preset.name()).collect();
        let names = names.join(", ");
        Refused(format!("{source}: {error}; expected a file, or one of the presets {names}"))
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        Refused(format!("{source}:{line}: not text in UTF-8"))
    })?;
    let scenario = Scenario::parse(&text);
    scenario.map_err(|error: ScenarioError| Refused(error.in_file(source).to_string()))
}
