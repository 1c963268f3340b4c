//! One JSON object of a recording, field by field; every complaint names its place.

use std::cell::RefCell;

use serde_json::{Map, Value};

use super::RecordingError;
use crate::scenario::Place;
use crate::types::Zxid;

/// An object on one line. What is not asked for by the end is a field that nobody knows.
pub(super) struct Fields<'a> {
    line: u32,
    text: &'a str,
    /// Where in the line the object begins, as far as that can be told.
    start: usize,
    map: &'a Map<String, Value>,
    asked: RefCell<Vec<String>>,
}

impl<'a> Fields<'a> {
    pub fn new(line: u32, text: &'a str, map: &'a Map<String, Value>) -> Fields<'a> {
        Fields { line, text, start: 0, map, asked: RefCell::default() }
    }

    /// An object within this one.
    pub fn inner(&self, key: &str, map: &'a Map<String, Value>) -> Fields<'a> {
        let start = self.offset(key).unwrap_or(self.start);
        Fields { line: self.line, text: self.text, start, map, asked: RefCell::default() }
    }

    pub fn line(&self) -> u32 {
        self.line
    }

    pub fn has(&self, key: &str) -> bool {
        self.map.contains_key(key)
    }

    /// The value, marked as asked for.
    pub fn value(&self, key: &str) -> Option<&'a Value> {
        self.asked.borrow_mut().push(key.to_owned());
        self.map.get(key)
    }

    /// A complaint about a field: where it stands, or where the record ends if it is missing.
    pub fn expected(&self, key: &str, what: &str) -> RecordingError {
        let (offset, found) = match (self.offset(key), self.map.get(key)) {
            (Some(offset), Some(value)) => (offset, format!("found {}", brief(value))),
            (None, Some(value)) => (self.start, format!("found {}", brief(value))),
            (_, None) => (self.text.len(), "it is missing".to_owned()),
        };
        self.at(offset, format!("`{key}`: expected {what}, {found}"))
    }

    pub fn text(&self, key: &str) -> Result<&'a str, RecordingError> {
        let text = self.value(key).and_then(Value::as_str);
        text.ok_or_else(|| self.expected(key, "a text"))
    }

    pub fn flag(&self, key: &str) -> Result<bool, RecordingError> {
        let flag = self.value(key).and_then(Value::as_bool);
        flag.ok_or_else(|| self.expected(key, "true or false"))
    }

    pub fn int(&self, key: &str) -> Result<i64, RecordingError> {
        let number = self.value(key).and_then(Value::as_i64);
        number.ok_or_else(|| self.expected(key, "a whole number"))
    }

    /// A whole number of a narrower type.
    pub fn number<T: TryFrom<i64>>(&self, key: &str, what: &str) -> Result<T, RecordingError> {
        let number = self.value(key).and_then(Value::as_i64);
        let number = number.and_then(|number| T::try_from(number).ok());
        number.ok_or_else(|| self.expected(key, what))
    }

    pub fn list(&self, key: &str) -> Result<&'a [Value], RecordingError> {
        let list = self.value(key).and_then(Value::as_array);
        list.map(Vec::as_slice).ok_or_else(|| self.expected(key, "a list"))
    }

    /// The objects of a list.
    pub fn objects(&self, key: &str) -> Result<Vec<Fields<'a>>, RecordingError> {
        let object = |value: &'a Value| {
            let map = value.as_object();
            map.map(|map| self.inner(key, map))
                .ok_or_else(|| self.expected(key, "a list of objects"))
        };
        self.list(key)?.iter().map(object).collect()
    }

    pub fn texts(&self, key: &str) -> Result<Vec<String>, RecordingError> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let texts: Option<Vec<String>> = self.list(key)?.iter().map(text).collect();
        texts.ok_or_else(|| self.expected(key, "a list of texts"))
    }

    /// `[epoch, counter]` as it stands there; votes of observers have none of a real server.
    pub fn pair(&self, key: &str) -> Result<(i64, i64), RecordingError> {
        let pair = self.value(key).and_then(Value::as_array);
        let numbers = pair.and_then(|pair| match pair.as_slice() {
            [epoch, counter] => Some((epoch.as_i64()?, counter.as_i64()?)),
            _ => None,
        });
        numbers.ok_or_else(|| self.expected(key, "a zxid such as [1, 4]"))
    }

    pub fn zxid(&self, key: &str) -> Result<Zxid, RecordingError> {
        let (epoch, counter) = self.pair(key)?;
        match (u32::try_from(epoch), u32::try_from(counter)) {
            (Ok(epoch), Ok(counter)) => Ok(Zxid::new(epoch, counter)),
            _ => Err(self.expected(key, "a zxid such as [1, 4]")),
        }
    }

    /// The zxid of a message that has none.
    pub fn no_zxid(&self) -> Result<(), RecordingError> {
        match self.int("zxid") {
            Ok(-1) => Ok(()),
            _ => Err(self.expected("zxid", "-1")),
        }
    }

    /// Complains about the first field that was never asked for.
    pub fn done(&self) -> Result<(), RecordingError> {
        let asked = self.asked.borrow();
        match self.map.keys().find(|key| !asked.contains(key)) {
            None => Ok(()),
            Some(key) => {
                let offset = self.offset(key).unwrap_or(self.start);
                Err(self.at(offset, format!("`{key}`: such a record has no field of that name")))
            }
        }
    }

    fn offset(&self, key: &str) -> Option<usize> {
        let named = format!("\"{key}\"");
        self.text.get(self.start..)?.find(&named).map(|offset| offset + self.start)
    }

    fn at(&self, offset: usize, problem: String) -> RecordingError {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let column = u32::try_from(before.chars().count()).unwrap_or(u32::MAX).saturating_add(1);
        RecordingError::at(Place { line: self.line, column }, problem)
    }
}

fn brief(value: &Value) -> String {
    let text = value.to_string();
    let short: String = text.chars().take(40).collect();
    if short.len() < text.len() { format!("{short}…") } else { text }
}
