//! Strings and bytes in a recording: `"text"`, `{"hex": "2f00"}`, `{"fill": "a", "len": 9}`, null.
//! One form stands for each run of bytes, so that two outcomes can be compared as values.

use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::types::Bytes;

/// Runs of one byte that are longer are written as `fill`.
const FILL_BYTES_MIN: usize = 256;

/// The bytes that a value stands for; `None` where it is null or stands for none.
pub(super) fn bytes(value: &Value) -> Option<Vec<u8>> {
    match value {
        Value::String(text) => Some(wire(text)),
        Value::Object(object) => of_object(object),
        _ => None,
    }
}

/// The text that a server reads: what is not UTF-8 is replaced.
pub(super) fn string(value: &Value) -> Option<Arc<str>> {
    match value {
        Value::String(text) => Some(text.as_str().into()),
        _ => bytes(value).map(|bytes| as_java_reads(&bytes).into()),
    }
}

/// What is not UTF-8 is U+FFFD; other than for Rust, three bytes that would be a surrogate are one
/// such character.
fn as_java_reads(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut rest = bytes;
    let surrogate = |three: &[u8]| matches!(three, [0xed, 0xa0..=0xbf, 0x80..=0xbf]);
    while let Some(at) = rest.windows(3).position(surrogate) {
        text.push_str(&String::from_utf8_lossy(&rest[..at]));
        text.push('\u{fffd}');
        rest = &rest[at + 3..];
    }
    text.push_str(&String::from_utf8_lossy(rest));
    text
}

/// Data of a request, or null.
pub(super) fn data(value: &Value) -> Option<Bytes> {
    bytes(value).map(Bytes::from)
}

fn of_object(object: &Map<String, Value>) -> Option<Vec<u8>> {
    if let Some(hex) = object.get("hex").and_then(Value::as_str) {
        let digits = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
        return (0..hex.len()).step_by(2).map(digits).collect();
    }
    let fill = object.get("fill")?.as_str()?;
    let length = usize::try_from(object.get("len")?.as_u64()?).ok()?;
    Some(fill.bytes().cycle().take(length).collect())
}

/// A text as it travels: each UTF-16 unit is encoded by itself, so that a character beyond U+FFFF
/// is two units of three bytes. Source: fact sheet §1.
pub(super) fn wire(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for symbol in text.chars() {
        let mut units = [0; 2];
        let mut utf8 = [0; 4];
        match *symbol.encode_utf16(&mut units) {
            [_] => bytes.extend(symbol.encode_utf8(&mut utf8).bytes()),
            ref pair => pair.iter().for_each(|unit| bytes.extend(three_bytes(*unit))),
        }
    }
    bytes
}

fn three_bytes(unit: u16) -> [u8; 3] {
    let bits = |shift: u16, mask: u16| {
        u8::try_from(unit >> shift & mask).expect("masked to six bits or fewer")
    };
    [0xe0 | bits(12, 0x0f), 0x80 | bits(6, 0x3f), 0x80 | bits(0, 0x3f)]
}

/// The one form of a text.
pub(super) fn of_text(text: &str) -> Value {
    of_bytes(&wire(text))
}

/// The one form of data.
pub(super) fn of_data(data: Option<&Bytes>) -> Value {
    data.map_or(Value::Null, |data| of_bytes(data))
}

fn of_bytes(bytes: &[u8]) -> Value {
    let is_run = |first: &u8| bytes.len() >= FILL_BYTES_MIN && bytes.iter().all(|b| b == first);
    if let Some(&first) = bytes.first().filter(|first| is_run(first)) {
        return json!({ "fill": char::from(first).to_string(), "len": bytes.len() });
    }
    let is_plain = |byte: &u8| (b' '..=b'~').contains(byte);
    match str::from_utf8(bytes) {
        Ok(text) if bytes.iter().all(is_plain) => Value::String(text.to_owned()),
        _ => {
            let mut hex = String::with_capacity(2 * bytes.len());
            for byte in bytes {
                write!(hex, "{byte:02x}").expect("a string takes everything");
            }
            json!({ "hex": hex })
        }
    }
}

/// A whole outcome with every text and all bytes in their one form.
pub(super) fn in_one_form(value: &Value) -> Value {
    match value {
        Value::String(text) => of_text(text),
        Value::Array(items) => items.iter().map(in_one_form).collect(),
        Value::Object(object) => match of_object(object) {
            Some(bytes) => of_bytes(&bytes),
            None => {
                let entry = |(key, value): (&String, &Value)| (key.clone(), in_one_form(value));
                Value::Object(object.iter().map(entry).collect())
            }
        },
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{in_one_form, of_text, string};

    #[test]
    fn each_run_of_bytes_has_one_form() {
        assert_eq!(in_one_form(&json!({ "hex": "2f61" })), json!("/a"));
        assert_eq!(in_one_form(&json!({ "fill": "a", "len": 3 })), json!("aaa"));
        let run = in_one_form(&json!("a".repeat(300)));
        assert_eq!(run, json!({ "fill": "a", "len": 300 }));
        let read = string(&json!({ "hex": "2feda08041ff" }));
        assert_eq!(read.as_deref(), Some("/\u{fffd}A\u{fffd}"));
        assert_eq!(of_text("é"), json!({ "hex": "c3a9" }));
        assert_eq!(of_text("\u{1f600}"), json!({ "hex": "eda0bdedb880" }));
    }
}
