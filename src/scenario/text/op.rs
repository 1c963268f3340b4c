//! The operations, read and written as ZooKeeper's command line has them.

use std::fmt::Write as _;
use std::sync::Arc;

use super::words::Words;
use crate::api::{ANY_VERSION, AddWatchMode, CreateCall, CreateMode, Op, WatcherType};
use crate::scenario::ScenarioError;
use crate::types::{Acl, Bytes, PathText, perms};

const EXPECTED: &str = "an operation: one of addauth, addWatch, check, checkwatches, create, \
                        delete, get, getAcl, getAllChildrenNumber, getEphemerals, ls, multi, \
                        multiread, removewatches, set, setAcl, stat, sync, whoami";

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
    if let Some(read) = read_about_watches_or_people(&name, words) {
        return read;
    }
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
        "get" => {
            let watch = words.take("-w");
            Op::GetData { path: path(words)?, watch }
        }
        "getAllChildrenNumber" => Op::GetAllChildrenNumber { path: path(words)? },
        "getEphemerals" => {
            Op::GetEphemerals { prefix: if words.is_empty() { "/".into() } else { path(words)? } }
        }
        "ls" => list(words)?,
        "multi" => Op::Multi(parts(words)?),
        "multiread" => Op::MultiRead(parts(words)?),
        "set" => {
            let version = version(words)?;
            Op::SetData { path: path(words)?, data: words.data().map(Bytes::from), version }
        }
        "stat" => {
            let watch = words.take("-w");
            Op::Exists { path: path(words)?, watch }
        }
        "sync" => Op::Sync { path: path(words)? },
        "close-session" => Op::CloseSession,
        "ping" => Op::Ping,
        "op" => from_json(words)?,
        _ => return Err(words.unexpected_last(EXPECTED)),
    })
}

fn read_about_watches_or_people(
    name: &str,
    words: &mut Words,
) -> Option<Result<Op, ScenarioError>> {
    Some(match name {
        "addauth" => words.word("a scheme such as `digest`").map(|scheme| {
            let auth = words.data().map(Bytes::from);
            Op::Auth { scheme: scheme.into(), auth }
        }),
        "addWatch" => add_watch(words),
        "checkwatches" => {
            path(words).map(|path| Op::CheckWatches { path, kind: watcher_type(words) })
        }
        "getAcl" => path(words).map(|path| Op::GetAcl { path }),
        "removewatches" => {
            path(words).map(|path| Op::RemoveWatches { path, kind: watcher_type(words) })
        }
        "setAcl" => set_acl(words),
        "whoami" => Ok(Op::WhoAmI),
        _ => return None,
    })
}

fn add_watch(words: &mut Words) -> Result<Op, ScenarioError> {
    let expected = "PERSISTENT or PERSISTENT_RECURSIVE";
    let mode = if words.take("-m") {
        match words.word(expected)?.as_str() {
            "PERSISTENT" => AddWatchMode::Persistent,
            "PERSISTENT_RECURSIVE" => AddWatchMode::PersistentRecursive,
            _ => return Err(words.unexpected_last(expected)),
        }
    } else {
        AddWatchMode::PersistentRecursive
    };
    Ok(Op::AddWatch { path: path(words)?, mode })
}

fn watcher_type(words: &mut Words) -> WatcherType {
    if words.take("-c") {
        WatcherType::Children
    } else if words.take("-d") {
        WatcherType::Data
    } else {
        words.take("-a");
        WatcherType::Any
    }
}

fn set_acl(words: &mut Words) -> Result<Op, ScenarioError> {
    let version = version(words)?;
    Ok(Op::SetAcl { path: path(words)?, acl: acl(words)?, version })
}

fn list(words: &mut Words) -> Result<Op, ScenarioError> {
    let with_stat = words.take("-s");
    let watch = words.take("-w");
    let path = path(words)?;
    Ok(if with_stat { Op::GetChildren2 { path, watch } } else { Op::GetChildren { path, watch } })
}

fn parts(words: &mut Words) -> Result<Arc<[Op]>, ScenarioError> {
    let parts = words.split(";").into_iter().map(|mut part| {
        let op = read(&mut part)?;
        part.end()?;
        Ok(op)
    });
    parts.collect()
}

/// What has no line of its own, as JSON in quotes.
fn from_json(words: &mut Words) -> Result<Op, ScenarioError> {
    let json = words.data().unwrap_or_default();
    serde_json::from_slice(&json).map_err(|_| words.unexpected_last("an operation as JSON"))
}

fn create(words: &mut Words) -> Result<Op, ScenarioError> {
    let (mut is_ephemeral, mut is_sequential, mut is_container) = (false, false, false);
    let mut call = CreateCall::Create;
    loop {
        if words.take("-e") {
            is_ephemeral = true;
        } else if words.take("-s") {
            is_sequential = true;
        } else if words.take("-se") || words.take("-es") {
            (is_ephemeral, is_sequential) = (true, true);
        } else if words.take("-c") {
            (is_container, call) = (true, CreateCall::Container);
        } else if words.take("-t") {
            call = CreateCall::Ttl { ttl_ms: words.number("a time to live in milliseconds")? };
        } else {
            break;
        }
    }
    let is_odd = (is_container || call != CreateCall::Create) && is_ephemeral
        || is_container && (is_sequential || call != CreateCall::Container);
    if is_odd {
        return Err(words.unexpected("a create with flags that go together; expected them"));
    }
    let mode = match (call, is_ephemeral, is_sequential) {
        (CreateCall::Container, ..) => CreateMode::Container,
        (CreateCall::Ttl { .. }, _, false) => CreateMode::PersistentWithTtl,
        (CreateCall::Ttl { .. }, _, true) => CreateMode::PersistentSequentialWithTtl,
        (_, false, false) => CreateMode::Persistent,
        (_, true, false) => CreateMode::Ephemeral,
        (_, false, true) => CreateMode::PersistentSequential,
        (_, true, true) => CreateMode::EphemeralSequential,
    };
    let path = path(words)?;
    let data = if words.take("null") { None } else { words.data().map(Bytes::from) };
    let acl = if words.is_empty() { Acl::open_unsafe() } else { acl(words)? };
    Ok(Op::Create { path, data, acl, mode, call })
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
    plain_text(op).unwrap_or_else(|| {
        let json = serde_json::to_string(op).expect("an operation is plain data");
        format!("op {}", quote(json.as_bytes()))
    })
}

/// `None` where only JSON says it all.
fn plain_text(op: &Op) -> Option<String> {
    Some(match op {
        Op::AddWatch { path, mode: AddWatchMode::PersistentRecursive } => {
            format!("addWatch {}", name(path))
        }
        Op::AddWatch { path, mode: AddWatchMode::Persistent } => {
            format!("addWatch -m PERSISTENT {}", name(path))
        }
        Op::Auth { scheme, auth: Some(auth) } if is_plain(scheme) => {
            format!("addauth {scheme} {}", quote(auth))
        }
        Op::Check { path, version } => format!("check{} {}", version_text(*version), name(path)),
        Op::CheckWatches { path, kind } => {
            format!("checkwatches {}{}", name(path), kind_text(*kind)?)
        }
        Op::CloseSession => "close-session".to_owned(),
        Op::Create { path, data, acl, mode, call } => {
            create_text(path, data.as_ref(), acl, create_flags(*mode, *call)?)?
        }
        Op::Delete { path, version } => format!("delete{} {}", version_text(*version), name(path)),
        Op::Exists { path, watch } => format!("stat{} {}", watch_text(*watch), name(path)),
        Op::GetAcl { path } => format!("getAcl {}", name(path)),
        Op::GetAllChildrenNumber { path } => format!("getAllChildrenNumber {}", name(path)),
        Op::GetChildren { path, watch } => format!("ls{} {}", watch_text(*watch), name(path)),
        Op::GetChildren2 { path, watch } => format!("ls -s{} {}", watch_text(*watch), name(path)),
        Op::GetData { path, watch } => format!("get{} {}", watch_text(*watch), name(path)),
        Op::GetEphemerals { prefix } => format!("getEphemerals {}", name(prefix)),
        Op::Multi(ops) => format!("multi {}", parts_text(ops)),
        Op::MultiRead(ops) => format!("multiread {}", parts_text(ops)),
        Op::Ping => "ping".to_owned(),
        Op::RemoveWatches { path, kind } => {
            format!("removewatches {}{}", name(path), kind_text(*kind)?)
        }
        Op::SetAcl { path, acl, version } => {
            format!("setAcl{} {} {}", version_text(*version), name(path), acl_text(acl)?)
        }
        Op::SetData { path, data, version } => {
            let data = data.as_ref().map(|data| format!(" {}", quote(data)));
            let version = version_text(*version);
            format!("set{version} {}{}", name(path), data.unwrap_or_default())
        }
        Op::Sync { path } => format!("sync {}", name(path)),
        Op::WhoAmI => "whoami".to_owned(),
        Op::AddWatch { .. }
        | Op::Auth { .. }
        | Op::NullPath(_)
        | Op::Reconfig
        | Op::SetWatches(_)
        | Op::Unknown(_) => return None,
    })
}

fn parts_text(ops: &[Op]) -> String {
    let ops: Vec<String> = ops.iter().map(text).collect();
    ops.join(" ; ")
}

fn watch_text(watch: bool) -> &'static str {
    if watch { " -w" } else { "" }
}

fn kind_text(kind: WatcherType) -> Option<&'static str> {
    match kind {
        WatcherType::Children => Some(" -c"),
        WatcherType::Data => Some(" -d"),
        WatcherType::Any => Some(""),
        WatcherType::Unknown(_) => None,
    }
}

fn create_flags(mode: CreateMode, call: CreateCall) -> Option<String> {
    Some(match (call, mode) {
        (CreateCall::Create, CreateMode::Persistent) => String::new(),
        (CreateCall::Create, CreateMode::PersistentSequential) => " -s".to_owned(),
        (CreateCall::Create, CreateMode::Ephemeral) => " -e".to_owned(),
        (CreateCall::Create, CreateMode::EphemeralSequential) => " -s -e".to_owned(),
        (CreateCall::Container, CreateMode::Container) => " -c".to_owned(),
        (CreateCall::Ttl { ttl_ms }, CreateMode::PersistentWithTtl) => format!(" -t {ttl_ms}"),
        (CreateCall::Ttl { ttl_ms }, CreateMode::PersistentSequentialWithTtl) => {
            format!(" -s -t {ttl_ms}")
        }
        _ => return None,
    })
}

fn create_text(
    path: &str,
    data: Option<&Bytes>,
    acl: &Arc<[Acl]>,
    flags: String,
) -> Option<String> {
    let mut text = format!("create{flags} {}", name(path));
    let is_open = *acl == Acl::open_unsafe();
    match data {
        Some(data) => text.push_str(&format!(" {}", quote(data))),
        None if is_open => (),
        None => text.push_str(" null"),
    }
    if !is_open {
        text.push_str(&format!(" {}", acl_text(acl)?));
    }
    Some(text)
}

/// `None` where a list cannot be written so that it is read again.
fn acl_text(acl: &[Acl]) -> Option<String> {
    if acl.is_empty() {
        return Some("none".to_owned());
    }
    let is_sayable = |entry: &Acl| {
        let id_is_plain = entry.id.chars().all(|symbol| symbol.is_ascii_graphic() && symbol != ',');
        is_plain(&entry.scheme) && id_is_plain && !entry.id.contains(['\'', '"', '#', ';', '|'])
    };
    if !acl.iter().all(is_sayable) || acl.iter().any(|entry| entry.perms & !perms::ALL != 0) {
        return None;
    }
    Some(acl.iter().map(entry_text).collect::<Vec<_>>().join(","))
}

fn is_plain(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|symbol| symbol.is_ascii_alphanumeric())
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
