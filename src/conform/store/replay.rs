//! A recording from its first step to its last.

use serde_json::{Map, Value, json};

use super::bench::Bench;
use super::octets;
use super::recording::{Recording, Step};
use super::report::{FileReport, Mismatch, Skip, SkipName};
use super::steps::{Done, Stage};
use crate::api::OpError;
use crate::store::{StoreConfig, digest_of};
use crate::types::Span;

/// Does every step of a recording on a fresh ensemble of so many servers, and compares.
///
/// What the README marks as a quirk is not done: one zxid passes instead, as it says. A
/// MarshallingError stands for any error, as it says too. After the first difference the replay
/// goes on; what follows may differ because of it.
pub fn replay(recording: &Recording, servers: u8) -> FileReport {
    let mut report = FileReport::default();
    let store = match store_config(&recording.settings) {
        Ok(store) => store,
        Err(unknown) => return skip_all(recording, SkipName::Undeclared(unknown)),
    };
    if recording.steps.iter().any(needs_codec) {
        return skip_all(recording, SkipName::WireFrames);
    }
    let mut stage = Stage::new(Bench::new(servers, store), &recording.sessions);
    for step in &recording.steps {
        report.steps += 1;
        if step.is_quirk {
            let passed = stage.pass_zxid(step);
            if passed.get("zxids passed") != Some(&json!(1)) {
                let expected = Map::from_iter([("zxids passed".to_owned(), json!(1))]);
                report.mismatches.push(mismatch(step, expected, passed));
            }
            continue;
        }
        let depends_on_others = stage.depends_on_other_servers(step);
        match stage.perform(step) {
            Done::Unknown => {
                let name = SkipName::Undeclared(step.op.clone());
                report.skipped.push(Skip { step: step.number, name });
            }
            Done::Outcome(_) if depends_on_others => {
                let name = SkipName::WatchersElsewhere;
                report.skipped.push(Skip { step: step.number, name });
            }
            Done::Outcome(got) => report.mismatches.extend(compare(step, got)),
        }
    }
    report
}

/// A step whose arguments are bytes.
fn needs_codec(step: &Step) -> bool {
    step.args.contains_key("raw_body") || matches!(step.op.as_str(), "raw_frame" | "unknown")
}

fn skip_all(recording: &Recording, name: SkipName) -> FileReport {
    let skip = |step: &Step| Skip { step: step.number, name: name.clone() };
    let skipped: Vec<Skip> = recording.steps.iter().map(skip).collect();
    let steps = u32::try_from(skipped.len()).expect("a recording is short");
    FileReport { steps, mismatches: Vec::new(), skipped }
}

/// The settings that hold for every recording, and those of this one.
fn store_config(settings: &[String]) -> Result<StoreConfig, String> {
    let mut config = StoreConfig {
        extended_types_enabled: true,
        super_digest: Some(digest_of("super:secret").into()),
        container_check_interval: Span::millis(600_000),
        ..StoreConfig::default()
    };
    for setting in settings {
        match setting.split_once('=') {
            Some(("enforceQuota", value)) => config.enforce_quota = value == "true",
            Some(("znode.container.checkIntervalMs", millis)) => {
                let millis = millis.parse().map_err(|_| setting.clone())?;
                config.container_check_interval = Span::millis(millis);
            }
            _ => return Err(format!("setting {setting}")),
        }
    }
    Ok(config)
}

/// Compares what came of a step with what was recorded, both in one form.
fn compare(step: &Step, got: Map<String, Value>) -> Option<Mismatch> {
    let mut expected = in_one_form(step, &step.outcome);
    let mut got = in_one_form(step, &got);
    excuse(&mut expected, &got);
    if let (Some(Value::Array(expected)), Some(Value::Array(got))) =
        (expected.get_mut("replies"), got.get("replies"))
    {
        for (expected, got) in expected.iter_mut().zip(got) {
            if let (Value::Object(expected), Value::Object(got)) = (expected, got) {
                excuse(expected, got);
            }
        }
    }
    if expected == got {
        return None;
    }
    let same: Vec<String> = expected
        .iter()
        .filter(|(key, value)| got.get(*key) == Some(value))
        .map(|(key, _)| key.clone())
        .collect();
    for key in same {
        expected.remove(&key);
        got.remove(&key);
    }
    Some(mismatch(step, expected, got))
}

/// "A replayer may accept any error there": a MarshallingError is an internal exception.
fn excuse(expected: &mut Map<String, Value>, got: &Map<String, Value>) {
    let code = |side: &Map<String, Value>| side.get("err").and_then(Value::as_i64);
    let any = Some(i64::from(OpError::MarshallingError.code()));
    if code(expected) == any
        && code(got).is_some_and(|code| code != 0)
        && let (Some(err), Some(error)) = (got.get("err"), got.get("error"))
    {
        expected.insert("err".to_owned(), err.clone());
        expected.insert("error".to_owned(), error.clone());
    }
}

fn in_one_form(step: &Step, outcome: &Map<String, Value>) -> Map<String, Value> {
    let form = |(key, value): (&String, &Value)| (key.clone(), octets::in_one_form(value));
    let mut outcome: Map<String, Value> = outcome.iter().map(form).collect();
    if let Some(Value::Object(result)) = outcome.get_mut("result") {
        drop_framing(result);
    }
    if let Some(Value::Array(replies)) = outcome.get_mut("replies") {
        for reply in replies {
            if let Some(Value::Object(result)) = reply.get_mut("result") {
                drop_framing(result);
            }
        }
    }
    if step.events_unordered
        && let Some(Value::Array(events)) = outcome.get_mut("events")
    {
        // Stable: the order within one session and path stays.
        events.sort_by_key(|event| (event["s"].to_string(), event["path"].to_string()));
    }
    outcome
}

/// How the end of a multi's results looks on the wire.
fn drop_framing(result: &mut Map<String, Value>) {
    result.remove("trailer");
}

fn mismatch(step: &Step, expected: Map<String, Value>, got: Map<String, Value>) -> Mismatch {
    let session = step.session.as_deref().unwrap_or("");
    let mut args = Value::Object(step.args.clone()).to_string();
    if let Some((cut, _)) = args.char_indices().nth(160) {
        args.truncate(cut);
        args.push('…');
    }
    let what = format!("{session} {} {args}", step.op);
    Mismatch { step: step.number, what: what.trim_start().to_owned(), expected, got }
}
