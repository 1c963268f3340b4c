//! A znode's data in a scenario file: a string where the bytes are UTF-8, `{"hex": "00ff"}` where
//! they are not, `null` for the null that a client can send.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::types::Bytes;

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum DataText {
    Text(String),
    Hex { hex: String },
}

pub(super) fn serialize<S: Serializer>(
    data: &Option<Bytes>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    data.as_deref().map(to_text).serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Bytes>, D::Error> {
    match Option::<DataText>::deserialize(deserializer)? {
        None => Ok(None),
        Some(DataText::Text(text)) => Ok(Some(text.into_bytes().into())),
        Some(DataText::Hex { hex }) => from_hex(&hex)
            .map(Some)
            .ok_or_else(|| D::Error::custom(format!("`{hex}` is not an even count of hex digits"))),
    }
}

fn to_text(data: &[u8]) -> DataText {
    match str::from_utf8(data) {
        Ok(text) => DataText::Text(text.to_owned()),
        Err(_) => DataText::Hex { hex: data.iter().map(|byte| format!("{byte:02x}")).collect() },
    }
}

fn from_hex(hex: &str) -> Option<Bytes> {
    if !hex.len().is_multiple_of(2) || !hex.is_ascii() {
        return None;
    }
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).ok()).collect()
}
