//! The conditions that a scenario waits for.

use super::words::{self, Words, zxid_text};
use crate::scenario::ScenarioError;
use crate::sim::{Condition, Letter, Reach, Written};
use crate::types::Epoch;
use crate::zab::{MessageKind, Phase, RoleName};

const EXPECTED: &str = "what a server does or is: applies, commits, follows, gives, is, leads, \
                        logs, persists, proposes, receives, refuses, sends, serves or takes";

const ROLES: [RoleName; 4] =
    [RoleName::Looking, RoleName::Following, RoleName::Leading, RoleName::Observing];

const PHASES: [Phase; 4] =
    [Phase::Election, Phase::Discovery, Phase::Synchronization, Phase::Broadcast];

pub(super) fn read(words: &mut Words) -> Result<Condition, ScenarioError> {
    if words.take("all") {
        if words.take("serve") {
            return Ok(Condition::AllServe);
        }
        words.expect("is")?;
        words.expect("quiet")?;
        return Ok(Condition::Quiet);
    }
    if words.take("someone") {
        words.expect("leads")?;
        return Ok(Condition::SomeoneLeads);
    }
    if let Some(server) = words.server_if_any() {
        return Ok(Condition::Server { server, reaches: reach(words)? });
    }
    let expected = "a server such as `S1`, a client such as `C1`, `all` or `someone`";
    let word = words.word(expected)?;
    let client = words::client(&word).ok_or_else(|| words.unexpected_last(expected))?;
    words.expect("is")?;
    words.expect("answered")?;
    Ok(Condition::Answered(client))
}

fn reach(words: &mut Words) -> Result<Reach, ScenarioError> {
    Ok(match words.word(EXPECTED)?.as_str() {
        "applies" => Reach::Applies(words.zxid()?),
        "commits" => Reach::Commits(words.zxid()?),
        "follows" => Reach::Follows(words.server()?),
        "gives" => {
            words.expect("up")?;
            Reach::GivesUp
        }
        "is" if words.take("down") => Reach::Down,
        "is" if words.take("in") => {
            let phase = words.one_of(&PHASES, Phase::name);
            Reach::HasPhase(phase.ok_or_else(|| words.unexpected("a phase, such as `DISCOVERY`"))?)
        }
        "is" => {
            let role = words.one_of(&ROLES, RoleName::name);
            let expected = "a role, such as `LOOKING`, or `down`, or `in` and a phase";
            Reach::HasRole(role.ok_or_else(|| words.unexpected(expected))?)
        }
        "leads" => Reach::Leads,
        "logs" => Reach::Logs(words.zxid()?),
        "persists" => Reach::Persists(written(words)?),
        "proposes" => Reach::Proposes(words.zxid()?),
        "receives" => Reach::Receives(letter(words, "from")?),
        "refuses" => Reach::Refuses,
        "sends" => Reach::Sends(letter(words, "to")?),
        "serves" => Reach::Serves,
        "takes" => Reach::Takes(words.zxid()?),
        _ => return Err(words.unexpected_last(EXPECTED)),
    })
}

fn written(words: &mut Words) -> Result<Written, ScenarioError> {
    let expected = "acceptedEpoch, currentEpoch, snapshot, sync or truncation";
    Ok(match words.word(expected)?.as_str() {
        "acceptedEpoch" => Written::AcceptedEpoch(words.number_if_any().map(Epoch)),
        "currentEpoch" => Written::CurrentEpoch(words.number_if_any().map(Epoch)),
        "snapshot" => Written::Snapshot,
        "sync" => Written::SyncTxns,
        "truncation" => Written::Truncation,
        _ => return Err(words.unexpected_last(expected)),
    })
}

fn letter(words: &mut Words, way: &str) -> Result<Letter, ScenarioError> {
    let message = words.one_of(&MessageKind::ALL, MessageKind::name);
    let message = message.ok_or_else(|| words.unexpected("a message, such as `NEWLEADER`"))?;
    let zxid = words.zxid_if_any();
    let other = if words.take(way) { Some(words.server()?) } else { None };
    Ok(Letter { message, zxid, other })
}

/// The condition as it is read: `S1 receives NEWLEADER from S2`.
pub fn text(condition: &Condition) -> String {
    match condition {
        Condition::AllServe => "all serve".to_owned(),
        Condition::Answered(client) => format!("{client} is answered"),
        Condition::Quiet => "all is quiet".to_owned(),
        Condition::Server { server, reaches } => format!("{server} {}", reach_text(reaches)),
        Condition::SomeoneLeads => "someone leads".to_owned(),
    }
}

fn reach_text(reach: &Reach) -> String {
    match reach {
        Reach::Applies(zxid) => format!("applies {}", zxid_text(*zxid)),
        Reach::Commits(zxid) => format!("commits {}", zxid_text(*zxid)),
        Reach::Down => "is down".to_owned(),
        Reach::Follows(server) => format!("follows {server}"),
        Reach::GivesUp => "gives up".to_owned(),
        Reach::HasPhase(phase) => format!("is in {}", phase.name()),
        Reach::HasRole(role) => format!("is {}", role.name()),
        Reach::Leads => "leads".to_owned(),
        Reach::Logs(zxid) => format!("logs {}", zxid_text(*zxid)),
        Reach::Persists(written) => format!("persists {}", written_text(*written)),
        Reach::Proposes(zxid) => format!("proposes {}", zxid_text(*zxid)),
        Reach::Receives(letter) => format!("receives {}", letter_text(letter, "from")),
        Reach::Refuses => "refuses".to_owned(),
        Reach::Sends(letter) => format!("sends {}", letter_text(letter, "to")),
        Reach::Serves => "serves".to_owned(),
        Reach::Takes(zxid) => format!("takes {}", zxid_text(*zxid)),
    }
}

fn written_text(written: Written) -> String {
    let with = |name: &str, epoch: Option<Epoch>| match epoch {
        Some(epoch) => format!("{name} {epoch}"),
        None => name.to_owned(),
    };
    match written {
        Written::AcceptedEpoch(epoch) => with("acceptedEpoch", epoch),
        Written::CurrentEpoch(epoch) => with("currentEpoch", epoch),
        Written::Snapshot => "snapshot".to_owned(),
        Written::SyncTxns => "sync".to_owned(),
        Written::Truncation => "truncation".to_owned(),
    }
}

fn letter_text(letter: &Letter, way: &str) -> String {
    let mut text = letter.message.name().to_owned();
    if let Some(zxid) = letter.zxid {
        text = format!("{text} {}", zxid_text(zxid));
    }
    if let Some(other) = letter.other {
        text = format!("{text} {way} {other}");
    }
    text
}
