//! The inspector: sections of named values and tables for what is selected.

use std::rc::Rc;

use crate::sim::EventId;
use crate::text::{Key, Phrase};
use crate::types::{Epoch, ServerId, Zxid};

use super::why::Link;
use super::{FlightId, Glyph, RoleShape};

/// What is selected.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Selection {
    /// A server.
    Server(ServerId),
    /// Something that has happened.
    Event(EventId),
    /// A message in flight.
    Message(FlightId),
}

/// Everything known of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InspectorView {
    /// What it is about.
    pub selection: Selection,
    /// The top of the panel.
    pub headline: Headline,
    /// What can be done to it.
    pub acts: Vec<ItemAct>,
    /// Its sections, in order.
    pub sections: Vec<Section>,
}

/// The top of the panel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Headline {
    /// Its drawing.
    pub icon: Icon,
    /// The epoch whose hue it wears.
    pub epoch: Epoch,
    /// Its name: `S3`, `PROPOSAL 3·9`.
    pub name: Rc<str>,
    /// What stands beside the name: the role.
    pub role: Option<Phrase>,
    /// One line below.
    pub line: Phrase,
}

/// The drawing of what is selected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Icon {
    /// A server's shape.
    Server(RoleShape),
    /// A message's glyph and number.
    Message(Glyph, Option<u32>),
    /// A dot.
    Event,
}

/// A button of the panel.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ItemAct {
    /// Take the server's power, or give it back.
    Power {
        /// Whose.
        server: ServerId,
        /// Whether it has power now.
        on: bool,
    },
    /// Stop the process or let it go on.
    Pause {
        /// Whose.
        server: ServerId,
        /// Whether it is stopped now.
        paused: bool,
    },
    /// Cut the server from all others.
    Isolate {
        /// Which.
        server: ServerId,
    },
}

/// A part of the panel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Section {
    /// Names and values.
    Pairs(Vec<Row>),
    /// A table with a title.
    Table(Table),
    /// What there is to say first.
    Lead(Phrase),
    /// A remark.
    Remark(Phrase),
    /// Events that led to one another, each to be gone to.
    Chain {
        /// What the chain is.
        title: Phrase,
        /// The events, the nearest first.
        links: Vec<Link>,
    },
}

/// A name and its value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// The name.
    pub label: Label,
    /// The value.
    pub value: Value,
}

/// A name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Label {
    /// The protocol's or the API's own word, the same in every language.
    Name(&'static str),
    /// A word of the language.
    Key(Key),
}

/// A value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// Nothing to show: a dash.
    Absent,
    /// As it is.
    Name(Rc<str>),
    /// In the hue of its epoch.
    Epoch(Epoch),
    /// Its epoch in its hue.
    Zxid(Zxid),
    /// A sentence or a word.
    Phrase(Phrase),
}

/// A table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// Its title.
    pub title: Phrase,
    /// Its columns.
    pub head: Vec<Label>,
    /// Its rows, each as long as the head.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cell {
    /// What it says.
    pub value: Value,
    /// Whether it stands out.
    pub strong: bool,
}

impl From<Value> for Cell {
    fn from(value: Value) -> Cell {
        Cell { value, strong: false }
    }
}

impl Value {
    /// What reads the same in every language.
    pub fn name(value: impl ToString) -> Value {
        Value::Name(value.to_string().into())
    }
}

impl Row {
    /// A row named by the protocol's own word.
    pub fn named(name: &'static str, value: Value) -> Row {
        Row { label: Label::Name(name), value }
    }

    /// A row named by a word of the language.
    pub fn keyed(key: Key, value: Value) -> Row {
        Row { label: Label::Key(key), value }
    }
}
