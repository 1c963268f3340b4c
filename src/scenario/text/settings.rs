//! The settings by name, with spans that carry their unit.

use serde_json::{Map, Value};

use super::words::{self, Words};
use crate::scenario::ScenarioError;
use crate::sim::Settings;
use crate::types::Span;

/// Read by lines of their own.
const OWN_LINES: [&str; 6] = ["servers", "observers", "groups", "clients", "off", "rules"];

/// Plain numbers; all other numbers are spans.
const COUNTS: [&str; 6] = [
    "init_limit",
    "sync_limit",
    "commit_log_count",
    "snap_count",
    "calendar_start",
    "zxid_counter_start",
];

/// Reads `NAME VALUE` behind `set`.
pub(super) fn read(settings: &mut Settings, words: &mut Words) -> Result<(), ScenarioError> {
    let mut all = as_object(settings);
    let names: Vec<&str> = all.keys().map(String::as_str).filter(|name| is_named(name)).collect();
    let expected = format!("a setting: one of {}", names.join(", "));
    let name = words.word(&expected)?;
    if !names.contains(&name.as_str()) {
        return Err(words.unexpected_last(&expected));
    }
    let place = words.clone();
    let text = words.rest();
    let before = all.insert(name.clone(), value(text));
    match serde_json::from_value(Value::Object(all)) {
        Ok(read) => *settings = read,
        Err(error) => {
            let shape = if before.is_some_and(|before| before.is_object()) { RANGE } else { SPAN };
            return Err(place.unexpected(&format!("{shape} for {name} ({error})")));
        }
    }
    Ok(())
}

const SPAN: &str = "a value such as `10` or `100ms`";
const RANGE: &str = "a value such as `2ms..3ms`";

/// The lines for all settings that are not the default.
pub(super) fn lines(settings: &Settings) -> Vec<String> {
    let default = as_object(&Settings::default());
    let changed = as_object(settings).into_iter();
    let changed =
        changed.filter(|(name, value)| is_named(name) && default.get(name) != Some(value));
    changed.map(|(name, value)| format!("set {name} {}", text(&name, &value))).collect()
}

fn is_named(name: &str) -> bool {
    !OWN_LINES.contains(&name)
}

fn as_object(settings: &Settings) -> Map<String, Value> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(object)) => object,
        other => unreachable!("settings are an object: {other:?}"),
    }
}

fn value(text: &str) -> Value {
    if text.starts_with(['{', '[', '"']) {
        return serde_json::from_str(text).unwrap_or(Value::Null);
    }
    if let Some((min, max)) = text.split_once("..")
        && let (Some(Span(min)), Some(Span(max))) = (words::span(min), words::span(max))
    {
        return serde_json::json!({ "min": min, "max": max });
    }
    match (text, words::span(text)) {
        ("true", _) => Value::Bool(true),
        ("false", _) => Value::Bool(false),
        (_, Some(Span(number))) => number.into(),
        (_, None) => Value::Null,
    }
}

fn text(name: &str, value: &Value) -> String {
    if let (Some(min), Some(max)) = (value["min"].as_u64(), value["max"].as_u64()) {
        return format!("{}..{}", span_text(Span(min)), span_text(Span(max)));
    }
    match value.as_u64() {
        Some(number) if !COUNTS.contains(&name) => span_text(Span(number)),
        _ => value.to_string(),
    }
}

/// `200us`, `2.5ms`, `2s`: as short as it can be said.
pub(super) fn span_text(Span(micros): Span) -> String {
    match micros {
        0 => "0ms".to_owned(),
        _ if micros % 1_000_000 == 0 => format!("{}s", micros / 1_000_000),
        _ if micros % 1_000 == 0 => format!("{}ms", micros / 1_000),
        _ if micros < 1_000 => format!("{micros}us"),
        _ => {
            let fraction = format!("{:03}", micros % 1_000);
            format!("{}.{}ms", micros / 1_000, fraction.trim_end_matches('0'))
        }
    }
}
