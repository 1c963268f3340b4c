//! Why a scenario cannot be read, and where.

use std::fmt;

/// A place in a text, counted from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// The line.
    pub line: u32,
    /// The character within it.
    pub column: u32,
}

/// What is wrong with a scenario.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScenarioError {
    /// The file, where it came from one.
    pub file: Option<String>,
    /// Where in the text, where it is known.
    pub place: Option<Place>,
    /// What is wrong, and what was expected.
    pub problem: String,
}

impl ScenarioError {
    /// A problem at a place.
    pub fn at(place: Place, problem: impl Into<String>) -> ScenarioError {
        ScenarioError { file: None, place: Some(place), problem: problem.into() }
    }

    /// A problem of the whole.
    pub fn without_place(problem: impl Into<String>) -> ScenarioError {
        ScenarioError { file: None, place: None, problem: problem.into() }
    }

    /// The same, with the file it was found in.
    #[must_use]
    pub fn in_file(self, file: impl Into<String>) -> ScenarioError {
        ScenarioError { file: Some(file.into()), ..self }
    }
}

/// `story.txt:3:12: …`
impl fmt::Display for ScenarioError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.file, self.place) {
            (Some(file), Some(Place { line, column })) => write!(out, "{file}:{line}:{column}: ")?,
            (Some(file), None) => write!(out, "{file}: ")?,
            (None, Some(Place { line, column })) => write!(out, "line {line}, column {column}: ")?,
            (None, None) => (),
        }
        out.write_str(&self.problem)
    }
}

impl std::error::Error for ScenarioError {}

impl From<serde_json::Error> for ScenarioError {
    fn from(error: serde_json::Error) -> ScenarioError {
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let place = Place { line: count(error.line()), column: count(error.column()) };
        let text = error.to_string();
        // The place is kept apart.
        let problem = text.rsplit_once(" at line ").map_or(text.as_str(), |(problem, _)| problem);
        ScenarioError::at(place, problem)
    }
}
