//! A key with its arguments, as plain data.

use std::rc::Rc;

use super::Key;
use crate::types::{ClientId, Epoch, Instant, ServerId, Span, Zxid};

/// What is to be said, without the language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Phrase {
    key: Key,
    args: Vec<(&'static str, Arg)>,
}

/// An argument of a [`Phrase`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Arg {
    /// A name or an identifier, the same in every language.
    Name(Rc<str>),
    /// A number, which may choose between forms of the sentence.
    Number(u64),
    /// A word of the language.
    Phrase(Box<Phrase>),
    /// Names, listed as the language lists them.
    List(Rc<[String]>),
}

impl Phrase {
    /// The key, without arguments so far.
    pub const fn new(key: Key) -> Phrase {
        Phrase { key, args: Vec::new() }
    }

    /// The phrase with one more argument.
    pub fn with(mut self, name: &'static str, arg: impl Into<Arg>) -> Phrase {
        self.args.push((name, arg.into()));
        self
    }

    /// What is said.
    pub fn key(&self) -> Key {
        self.key
    }

    /// The arguments, by name.
    pub fn args(&self) -> &[(&'static str, Arg)] {
        &self.args
    }
}

impl From<Key> for Phrase {
    fn from(key: Key) -> Phrase {
        Phrase::new(key)
    }
}

impl From<Key> for Arg {
    fn from(key: Key) -> Arg {
        Arg::Phrase(Box::new(Phrase::new(key)))
    }
}

impl From<Phrase> for Arg {
    fn from(phrase: Phrase) -> Arg {
        Arg::Phrase(Box::new(phrase))
    }
}

impl From<&str> for Arg {
    fn from(name: &str) -> Arg {
        Arg::Name(name.into())
    }
}

impl From<String> for Arg {
    fn from(name: String) -> Arg {
        Arg::Name(name.into())
    }
}

impl<T: ToString> FromIterator<T> for Arg {
    fn from_iter<I: IntoIterator<Item = T>>(names: I) -> Arg {
        Arg::List(names.into_iter().map(|name| name.to_string()).collect())
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Arg {
        Arg::Number(number.into())
    }
}

impl From<u64> for Arg {
    fn from(number: u64) -> Arg {
        Arg::Number(number)
    }
}

/// Identifiers and times read the same in every language.
macro_rules! names {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Arg {
            fn from(value: $kind) -> Arg {
                Arg::Name(value.to_string().into())
            }
        }
    )*};
}

names!(ClientId, Epoch, Instant, ServerId, Span, Zxid);
