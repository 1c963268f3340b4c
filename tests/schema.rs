//! The schema of scenario files (`docs/scenario.schema.json`) accepts what we write, every preset
//! and drawn scenarios of every fault among it, and refuses what a reader would refuse.
//!
//! The few words of JSON Schema that it uses are read here, each of them; another word fails.

#![cfg(not(target_arch = "wasm32"))]

use serde_json::{Number, Value, json};
use zabscope::scenario::{Chaos, Preset, Profile, Scenario};
use zabscope::zab::Rules;

const WORDS: [&str; 17] = [
    "$schema",
    "$defs",
    "$ref",
    "title",
    "description",
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "enum",
    "anyOf",
    "oneOf",
    "minimum",
    "maximum",
    "maxLength",
    "const",
];

struct Schema(Value);

impl Schema {
    fn read() -> Schema {
        let source = include_str!("../docs/scenario.schema.json");
        Schema(serde_json::from_str(source).expect("the schema is JSON"))
    }

    /// What is wrong with a value, and where.
    fn check(&self, value: &Value) -> Result<(), String> {
        self.fits(&self.0, value, "")
    }

    fn fits(&self, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        if let Value::Bool(any) = schema {
            return if *any { Ok(()) } else { Err(format!("{at}: not expected")) };
        }
        let words = schema.as_object().expect("a schema is an object");
        let unknown = words.keys().find(|word| !WORDS.contains(&word.as_str()));
        assert_eq!(unknown, None, "a word of JSON Schema that this test does not read");
        if let Some(name) = words.get("$ref").and_then(Value::as_str) {
            let name = name.strip_prefix("#/$defs/").expect("all are defined below");
            self.fits(&self.0["$defs"][name], value, at)?;
        }
        let options = |word: &str| words.get(word).and_then(Value::as_array);
        if let Some(options) = options("enum").filter(|options| !options.contains(value)) {
            return Err(format!("{at}: expected one of {options:?}"));
        }
        for word in ["anyOf", "oneOf"] {
            let Some(options) = options(word) else { continue };
            let fit = options.iter().filter(|option| self.fits(option, value, at).is_ok());
            let count = fit.count();
            if count == 0 || word == "oneOf" && count > 1 {
                return Err(format!("{at}: fits {count} of what can stand there: {value}"));
            }
        }
        check_type(words, value, at)?;
        match value {
            Value::Object(entries) => self.object_fits(schema, entries, at),
            Value::Array(items) => match words.get("items") {
                Some(of) => items
                    .iter()
                    .enumerate()
                    .try_for_each(|(place, item)| self.fits(of, item, &format!("{at}/{place}"))),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn object_fits(
        &self,
        schema: &Value,
        entries: &serde_json::Map<String, Value>,
        at: &str,
    ) -> Result<(), String> {
        let required = schema["required"].as_array().into_iter().flatten();
        let missing = required.filter_map(Value::as_str).find(|name| !entries.contains_key(*name));
        if let Some(missing) = missing {
            return Err(format!("{at}: no {missing}"));
        }
        let other = schema.get("additionalProperties");
        entries.iter().try_for_each(|(name, value)| {
            match schema["properties"].get(name).or(other) {
                Some(of) => self.fits(of, value, &format!("{at}/{name}")),
                None => Ok(()),
            }
        })
    }
}

fn check_type(
    words: &serde_json::Map<String, Value>,
    value: &Value,
    at: &str,
) -> Result<(), String> {
    let whole = |value: &Value| value.as_number().and_then(Number::as_i128);
    let number = whole(value);
    let fits = match words.get("type").and_then(Value::as_str) {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("null") => value.is_null(),
        Some("integer") => number.is_some(),
        Some(other) => panic!("a type that this test does not read: {other}"),
        None => true,
    };
    let bound = |word: &str| words.get(word).map(|bound| whole(bound).expect("it is whole"));
    let small = bound("minimum").is_some_and(|least| number.is_some_and(|number| number < least));
    let large = bound("maximum").is_some_and(|most| number.is_some_and(|number| number > most));
    let length = value.as_str().map_or(0, |text| text.chars().count() as i128);
    let long = bound("maxLength").is_some_and(|most| length > most);
    if !fits || small || large || long {
        return Err(format!("{at}: {value} is not what was expected"));
    }
    Ok(())
}

fn accepts(scenario: &Scenario) {
    let value = serde_json::from_str(&scenario.to_json()).expect("we write JSON");
    assert_eq!(Schema::read().check(&value), Ok(()), "{}", scenario.title);
}

#[test]
fn the_schema_accepts_what_we_write() {
    for preset in Preset::ALL {
        accepts(&preset.scenario());
    }
    let everything = include_str!("scenario_files/everything.txt");
    accepts(&Scenario::from_text(everything).expect("it is legal"));
    for seed in 0..40 {
        let profile = Profile::ALL[seed as usize % Profile::ALL.len()];
        let servers = 1 + (seed % 7) as u8;
        accepts(&Chaos { servers, observers: 2, profile, rules: Rules::DEFAULT }.scenario(seed));
    }
}

/// What the schema names and what we write are the same keys.
#[test]
fn the_schema_names_every_setting() {
    let scenario = Preset::ALL[0].scenario();
    let value: Value = serde_json::from_str(&scenario.to_json()).expect("we write JSON");
    let keys = |value: &Value| -> Vec<String> {
        value.as_object().expect("it is an object").keys().cloned().collect()
    };
    let named = &Schema::read().0["$defs"]["settings"]["properties"];
    assert_eq!(keys(&value["settings"]), keys(named));
}

#[test]
fn the_schema_refuses_what_no_reader_takes() {
    let schema = Schema::read();
    let good = json!({"format": 1, "engine": 1, "seed": 7});
    assert_eq!(schema.check(&good), Ok(()));
    let check = |change: fn(&mut Value), told: &str| {
        let mut bad = good.clone();
        change(&mut bad);
        let error = schema.check(&bad).expect_err("it is bad");
        assert!(error.contains(told), "{error}");
        assert!(Scenario::from_json(&bad.to_string()).is_err(), "{bad}");
    };
    check(|bad| drop(bad.as_object_mut().expect("it is one").remove("seed")), "no seed");
    check(|bad| bad["format"] = json!(2), "/format");
    check(|bad| bad["sed"] = json!(2), "/sed: not expected");
    check(|bad| bad["seed"] = json!("x"), "/seed");
    check(|bad| bad["settings"] = json!({"ticks": 1}), "/settings/ticks");
    check(|bad| bad["settings"] = json!({"servers": 20}), "/settings/servers");
    check(|bad| bad["commands"] = json!([{"command": "healAll"}]), "/commands/0: no at");
    check(|bad| bad["commands"] = json!([{"at": 1, "command": "explode"}]), "/commands/0/command");
    check(
        |bad| bad["commands"] = json!([{"at": 1, "command": {"crash": "S1"}}]),
        "/commands/0/command",
    );
}
