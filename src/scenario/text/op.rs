//! The operations, read and written as ZooKeeper's command line has them.

use std::fmt::Write as _;
use std::sync::Arc;

use super::words::Words;
use crate::api::{ANY_VERSION, CreateMode, Op};
use crate::scenario::ScenarioError;
use crate::types::{Acl, Bytes, PathText, perms};

const EXPECTED: &str =
    "an operation: one of check, create, delete, get, ls, multi, set, stat, sync";

/// The letters of the permissions, in ZooKeeper's order.
const PERMISSIONS: [(char, u32); 5] = [
    ('c', perms::CREATE),
    ('d', perms::DELETE),
    ('r', perms::READ),
    ('w', perms::WRITE),
    ('a', perms::ADMIN),
];

pub(super) fn read(words: &mut Words) -> Result<Op, ScenarioError> {
    let name = words.word(EXPECTED)?;
    Ok(match name.as_str() {
        "check" => {
            let version = version(words)?;
            Op::Check { path: path(words)?, version }
        }
        "create" => create(words)?,
        "delete" => {
            let version = version(words)?;
            Op::Delete { path: path(words)?, version }
        }
        "get" => Op::GetData { path: path(words)? },
        "ls" => Op::GetChildren { path: path(words)? },
        "multi" => {
            let parts = words.split(";").into_iter().map(|mut part| {
                let op = read(&mut part)?;
                part.end()?;
                Ok(op)
            });
            Op::Multi(parts.collect::<Result<_, ScenarioError>>()?)
        }
        "set" => {
            let version = version(words)?;
            Op::SetData { path: path(words)?, data: words.data().map(Bytes::from), version }
        }
        "stat" => Op::Exists { path: path(words)? },
        "sync" => Op::Sync { path: path(words)? },
        "close-session" => Op::CloseSession,
        "ping" => Op::Ping,
        _ => return Err(words.unexpected_last(EXPECTED)),
    })
}

fn create(words: &mut Words) -> Result<Op, ScenarioError> {
    let (mut is_ephemeral, mut is_sequential) = (false, false);
    loop {
        if words.take("-e") {
            is_ephemeral = true;
        } else if words.take("-s") {
            is_sequential = true;
        } else if words.take("-se") || words.take("-es") {
            (is_ephemeral, is_sequential) = (true, true);
        } else {
            break;
        }
    }
    let mode = match (is_ephemeral, is_sequential) {
        (false, false) => CreateMode::Persistent,
        (true, false) => CreateMode::Ephemeral,
        (false, true) => CreateMode::PersistentSequential,
        (true, true) => CreateMode::EphemeralSequential,
    };
    let path = path(words)?;
    let data = if words.take("null") { None } else { words.data().map(Bytes::from) };
    let acl = if words.is_empty() { Acl::open_unsafe() } else { acl(words)? };
    Ok(Op::Create { path, data, acl, mode })
}

/// A path: as it stands, or in quotes. Whether it is legal is the server's to say.
fn path(words: &mut Words) -> Result<PathText, ScenarioError> {
    let text = words.data().map(String::from_utf8);
    match text {
        Some(Ok(path)) => Ok(path.into()),
        Some(Err(_)) => Err(words.unexpected_last("a path in UTF-8")),
        None => Err(words.unexpected("a path")),
    }
}

fn version(words: &mut Words) -> Result<i32, ScenarioError> {
    if words.take("-v") { words.number("a version") } else { Ok(ANY_VERSION) }
}

/// `scheme:id:cdrwa`, several with commas; `none` for none at all.
fn acl(words: &mut Words) -> Result<Arc<[Acl]>, ScenarioError> {
    let expected = "an access control list, such as `world:anyone:cdrwa`";
    let word = words.word(expected)?;
    if word == "none" {
        return Ok([].into());
    }
    let entries: Option<Arc<[Acl]>> = word.split(',').map(entry).collect();
    entries.ok_or_else(|| words.unexpected_last(expected))
}

fn entry(text: &str) -> Option<Acl> {
    let (scheme, rest) = text.split_once(':')?;
    let (id, letters) = rest.rsplit_once(':')?;
    let mut perms = 0;
    for letter in letters.chars() {
        perms |= PERMISSIONS.iter().find(|(known, _)| *known == letter)?.1;
    }
    Some(Acl { perms, scheme: scheme.into(), id: id.into() })
}

/// The operation as it is read: `create -e /lock 'mine'`.
pub fn text(op: &Op) -> String {
    match op {
        Op::Check { path, version } => format!("check{} {}", version_text(*version), name(path)),
        Op::CloseSession => "close-session".to_owned(),
        Op::Create { path, data, acl, mode } => create_text(path, data.as_ref(), acl, *mode),
        Op::Delete { path, version } => format!("delete{} {}", version_text(*version), name(path)),
        Op::Exists { path } => format!("stat {}", name(path)),
        Op::GetChildren { path } => format!("ls {}", name(path)),
        Op::GetData { path } => format!("get {}", name(path)),
        Op::Multi(ops) => {
            let ops: Vec<String> = ops.iter().map(text).collect();
            format!("multi {}", ops.join(" ; "))
        }
        Op::Ping => "ping".to_owned(),
        Op::SetData { path, data, version } => {
            let data = data.as_ref().map(|data| format!(" {}", quote(data)));
            let version = version_text(*version);
            format!("set{version} {}{}", name(path), data.unwrap_or_default())
        }
        Op::Sync { path } => format!("sync {}", name(path)),
    }
}

fn create_text(path: &str, data: Option<&Bytes>, acl: &Arc<[Acl]>, mode: CreateMode) -> String {
    let mut text = "create".to_owned();
    if mode.is_sequential() {
        text.push_str(" -s");
    }
    if mode.is_ephemeral() {
        text.push_str(" -e");
    }
    text.push(' ');
    text.push_str(&name(path));
    let is_open = *acl == Acl::open_unsafe();
    match data {
        Some(data) => text.push_str(&format!(" {}", quote(data))),
        None if is_open => (),
        None => text.push_str(" null"),
    }
    if !is_open {
        let entries: Vec<String> = acl.iter().map(entry_text).collect();
        let entries = if entries.is_empty() { "none".to_owned() } else { entries.join(",") };
        text.push_str(&format!(" {entries}"));
    }
    text
}

fn entry_text(entry: &Acl) -> String {
    let letters = PERMISSIONS.iter().filter(|(_, bit)| entry.perms & bit != 0);
    let letters: String = letters.map(|(letter, _)| letter).collect();
    format!("{}:{}:{letters}", entry.scheme, entry.id)
}

fn version_text(version: i32) -> String {
    if version == ANY_VERSION { String::new() } else { format!(" -v {version}") }
}

/// A path: bare where it can be.
fn name(path: &str) -> String {
    let is_plain = |symbol: char| symbol.is_ascii_alphanumeric() || "/-_.:".contains(symbol);
    if path.starts_with('/') && path.chars().all(is_plain) {
        path.to_owned()
    } else {
        quote(path.as_bytes())
    }
}

/// Data in quotes; what is not UTF-8, or cannot be seen, in hexadecimal digits.
fn quote(data: &[u8]) -> String {
    let mut text = String::from("'");
    for chunk in data.utf8_chunks() {
        for symbol in chunk.valid().chars() {
            match symbol {
                '\'' | '\\' => text.extend(['\\', symbol]),
                '\n' => text.push_str("\\n"),
                control if control.is_control() => {
                    let mut bytes = [0; 4];
                    hex(control.encode_utf8(&mut bytes).as_bytes(), &mut text);
                }
                plain => text.push(plain),
            }
        }
        hex(chunk.invalid(), &mut text);
    }
    text.push('\'');
    text
}

fn hex(bytes: &[u8], text: &mut String) {
    for byte in bytes {
        write!(text, "\\x{byte:02x}").expect("a string takes everything");
    }
}
