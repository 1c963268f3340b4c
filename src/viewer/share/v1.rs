//! The first format of links. Two lines of JSON, packed: the place, then the scenario as in its
//! file, without spaces. What is as usual is left out of the place.
//!
//! ```json
//! {"events":812,"at":412345,"hash":"9f0c31ab5d7e2244","selected":{"server":3},"tab":"inspect"}
//! {"format":1,"engine":2,"until":2000000,"seed":1,"settings":{…},"commands":[…]}
//! ```
//!
//! It is never changed, only read for ever: another way of writing is another version, with a file
//! of its own beside this one.

use serde::{Deserialize, Serialize};

use super::error::Problem;
use super::link::{Cursor, Link, Shown};
use super::{EVENTS_MAX, SCENARIO_BYTES_MAX, packed};
use crate::ensemble::PacketId;
use crate::scenario::{INSTANT_MAX, Place, Scenario, ScenarioError};
use crate::sim::EventId;
use crate::types::{ClientId, Instant, ServerId};
use crate::viewer::{Selection, Speed};

/// The place, as it is written.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Position {
    events: u64,
    at: Instant,
    /// Sixteen hexadecimal digits: JSON's numbers are not exact everywhere.
    hash: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end: Option<Cursor>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    branch: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    selected: Option<Selected>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tab: Option<String>,
    /// The place on the slider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    speed: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client: Option<ClientId>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Selected {
    Server(ServerId),
    Message(PacketId),
    Event(EventId),
}

/// The longest name of a branch, in characters.
const BRANCH_MAX: usize = 80;
/// The longest name of a tab.
const TAB_MAX: usize = 24;

pub(super) fn write(link: &Link) -> String {
    let Cursor { events, at } = link.cursor;
    let Shown { tab, speed, client } = &link.shown;
    let position = Position {
        events,
        at,
        hash: format!("{:016x}", link.hash),
        end: link.end,
        branch: link.branch.clone(),
        selected: link.selection.map(|selection| match selection {
            Selection::Server(server) => Selected::Server(server),
            Selection::Packet(packet) => Selected::Message(packet),
            Selection::Event(event) => Selected::Event(event),
        }),
        tab: tab.clone(),
        speed: (*speed != Speed::default()).then(|| speed.place()),
        client: *client,
    };
    let written = "string keys only, and nothing that cannot be written";
    let position = serde_json::to_string(&position).expect(written);
    let scenario = serde_json::to_string(&link.scenario).expect(written);
    packed::pack(&format!("{position}\n{scenario}"))
}

/// Reads what `offset` characters of the link stand before.
pub(super) fn read(text: &str, offset: usize) -> Result<Link, Problem> {
    let text = packed::unpack(text, offset, SCENARIO_BYTES_MAX)?;
    let (position, scenario) = text.split_once('\n').ok_or(Problem::Damaged { at: None })?;
    let position: Position =
        serde_json::from_str(position).map_err(|error| Problem::Content(error.into()))?;
    let wrong = |problem: String| {
        Problem::Content(ScenarioError::at(Place { line: 1, column: 1 }, problem))
    };
    let cursor = Cursor { events: position.events, at: position.at };
    check(&position).map_err(wrong)?;
    let hash = u64::from_str_radix(&position.hash, 16).ok();
    let hash = hash.filter(|_| position.hash.len() == 16);
    let hash = hash.ok_or_else(|| wrong("a hash; expected 16 hexadecimal digits".to_owned()))?;
    let scenario = Scenario::from_json(scenario).map_err(in_second_line)?;
    Ok(Link {
        scenario,
        cursor,
        end: position.end,
        hash,
        branch: position.branch,
        selection: position.selected.map(|selected| match selected {
            Selected::Server(server) => Selection::Server(server),
            Selected::Message(packet) => Selection::Packet(packet),
            Selected::Event(event) => Selection::Event(event),
        }),
        shown: Shown {
            tab: position.tab,
            speed: position.speed.map_or_else(Speed::default, Speed::at),
            client: position.client,
        },
    })
}

fn check(position: &Position) -> Result<(), String> {
    let Position { events, at, end, branch, tab, speed, .. } = position;
    for Cursor { events, at } in [Some(Cursor { events: *events, at: *at }), *end].iter().flatten()
    {
        if *events > EVENTS_MAX {
            return Err(format!("{events} events; expected at most {EVENTS_MAX}"));
        }
        if *at > INSTANT_MAX {
            return Err(format!("instant {at} s; expected at most {INSTANT_MAX} s"));
        }
    }
    let is_line = |name: &String| {
        !name.is_empty() && name.chars().count() <= BRANCH_MAX && !name.contains(char::is_control)
    };
    if !branch.as_ref().is_none_or(is_line) {
        return Err(format!("a branch; expected a name of 1 to {BRANCH_MAX} characters"));
    }
    let is_word = |name: &String| {
        let letters = name.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'-');
        letters && (1..=TAB_MAX).contains(&name.len())
    };
    if !tab.as_ref().is_none_or(is_word) {
        return Err(format!("a tab; expected a name of 1 to {TAB_MAX} small letters"));
    }
    match speed {
        Some(place) if *place >= Speed::COUNT => {
            Err(format!("speed {place}; expected at most {}", Speed::COUNT - 1))
        }
        _ => Ok(()),
    }
}

/// The scenario is the second line of what was packed.
fn in_second_line(error: ScenarioError) -> Problem {
    let place = error.place.map(|place| Place { line: place.line + 1, ..place });
    Problem::Content(ScenarioError { place, ..error })
}
