//! The selected znode: its Stat side by side, its ACL, its data, who watches it, and in words why
//! servers differ in it.

use std::fmt::Write as _;
use std::rc::Rc;
use std::sync::Arc;

use crate::store::{Lifetime, WatchMode, WatchTable, Znode};
use crate::text::{Arg, Key, Phrase};
use crate::types::{Acl, Bytes, ServerId, SessionId, WallTime, Zxid, perms};

use super::squares::{SquareState, is_same, squares};
use super::znode_rows::changed_by;
use super::{Forest, Label, ServerTree, Value, Watcher, short_session};

/// What is known of a znode.
#[derive(Clone, PartialEq, Debug)]
pub struct ZnodeDetail {
    /// Its path.
    pub path: Rc<str>,
    /// Why servers differ in it; none where they do not.
    pub why: Option<Phrase>,
    /// The servers with equal replicas share a column.
    pub columns: Vec<Vec<ServerId>>,
    /// Stat, data and ACL, a cell for each column.
    pub rows: Vec<DetailRow>,
    /// Who watches it.
    pub watches: Vec<WatchRow>,
}

/// A field of the znode on every replica.
#[derive(Clone, PartialEq, Debug)]
pub struct DetailRow {
    /// Its name.
    pub label: Label,
    /// Its values, by column.
    pub cells: Vec<Value>,
    /// Whether they differ.
    pub differs: bool,
}

/// A watch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WatchRow {
    /// The server that keeps it.
    pub server: ServerId,
    /// Whose: a client, or a session whose client is not here.
    pub who: Rc<str>,
    /// For what: "data, once".
    pub what: Phrase,
}

/// How data are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum DataForm {
    /// As text where they are text.
    #[default]
    Text,
    /// As hexadecimal digits.
    Hex,
}

/// So many bytes of the data are shown.
const BYTES_MAX: usize = 256;

/// What is known of the znode at `path`, on all servers or on one; `None` where it is nowhere.
pub fn znode_detail(
    forest: &Forest,
    path: &str,
    only: Option<ServerId>,
    form: DataForm,
) -> Option<ZnodeDetail> {
    let mut columns: Vec<(Option<Arc<Znode>>, Vec<ServerId>)> = Vec::new();
    let shown = |server: &&ServerTree| only.is_none_or(|only| only == server.server);
    for server in forest.servers.iter().filter(shown) {
        let Some(tree) = &server.tree else { continue };
        let znode = tree.data().znode(path).map(Arc::clone);
        let same = |(other, _): &&mut (Option<Arc<Znode>>, _)| match (&znode, other) {
            (Some(one), Some(other)) => is_same(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        match columns.iter_mut().find(same) {
            Some((_, servers)) => servers.push(server.server),
            None => columns.push((znode, vec![server.server])),
        }
    }
    // The newest first, the absent last.
    columns
        .sort_by_key(|(znode, _)| std::cmp::Reverse(znode.as_ref().map(|znode| changed_by(znode))));
    let znodes: Vec<Option<Arc<Znode>>> = columns.iter().map(|(znode, _)| znode.clone()).collect();
    znodes.iter().any(Option::is_some).then(|| ZnodeDetail {
        path: path.into(),
        why: only.is_none().then(|| why(forest, path)).flatten(),
        rows: rows(forest, &znodes, form),
        columns: columns.into_iter().map(|(_, servers)| servers).collect(),
        watches: watches(forest, path, only),
    })
}

fn rows(forest: &Forest, znodes: &[Option<Arc<Znode>>], form: DataForm) -> Vec<DetailRow> {
    let row = |label, value: &dyn Fn(&Znode) -> Value| {
        let cell =
            |znode: &Option<Arc<Znode>>| znode.as_ref().map_or(Value::Absent, |it| value(it));
        let cells: Vec<Value> = znodes.iter().map(cell).collect();
        let differs = cells.windows(2).any(|pair| pair[0] != pair[1]);
        DetailRow { label, cells, differs }
    };
    let named = |name, value: &dyn Fn(&Znode) -> Value| row(Label::Name(name), value);
    let mut rows = vec![
        row(Label::Key(Key::ZnodeData), &|znode| Value::name(data_text(znode.data(), form))),
        named("czxid", &|znode| Value::Zxid(znode.stored_stat().czxid)),
        named("mzxid", &|znode| Value::Zxid(znode.stored_stat().mzxid)),
        named("pzxid", &|znode| Value::Zxid(znode.stored_stat().pzxid)),
        named("ctime", &|znode| Value::name(time_of_day(znode.stored_stat().ctime))),
        named("mtime", &|znode| Value::name(time_of_day(znode.stored_stat().mtime))),
        named("version", &|znode| Value::name(znode.stat().version)),
        named("cversion", &|znode| Value::name(znode.stat().cversion)),
        named("aversion", &|znode| Value::name(znode.stat().aversion)),
        named("ephemeralOwner", &|znode| owner(forest, znode.stat().ephemeral_owner)),
        named("dataLength", &|znode| Value::name(znode.stat().data_length)),
        named("numChildren", &|znode| Value::name(znode.stat().num_children)),
        named("ACL", &|znode| Value::name(acl_text(znode.acl()))),
    ];
    let lifetime = |znode: &Znode| match znode.stored_stat().lifetime {
        Lifetime::Persistent => Value::Phrase(Key::ZnodePersistent.into()),
        Lifetime::Ephemeral(_) => Value::Phrase(Key::ZnodeEphemeral.into()),
        Lifetime::Container => Value::Phrase(Key::ZnodeContainer.into()),
        Lifetime::Ttl(span) => Value::Phrase(Phrase::new(Key::ZnodeTtl).with("span", span)),
    };
    rows.insert(1, row(Label::Key(Key::ZnodeKind), &lifetime));
    rows
}

/// The owner's session, and its client.
fn owner(forest: &Forest, session: SessionId) -> Value {
    if session == SessionId::NONE {
        return Value::name(session);
    }
    match forest.owner(session) {
        Some(client) => Value::name(format!("{client} {}", short_session(session))),
        None => Value::name(session),
    }
}

/// Data as text in quotes, if that is wanted and they are text; else as hexadecimal digits.
fn data_text(data: Option<&Bytes>, form: DataForm) -> String {
    let Some(data) = data else { return "null".to_owned() };
    let shown = &data[..data.len().min(BYTES_MAX)];
    let more = if shown.len() < data.len() { "…" } else { "" };
    let readable = str::from_utf8(shown).ok().filter(|text| !text.chars().any(char::is_control));
    match readable {
        Some(text) if form == DataForm::Text => format!("“{text}”{more}"),
        _ => {
            let mut digits = String::new();
            for (place, byte) in shown.iter().enumerate() {
                let gap = if place == 0 { "" } else { " " };
                // Writing to a string cannot fail.
                write!(digits, "{gap}{byte:02x}").ok();
            }
            digits + more
        }
    }
}

/// `08:06:11.123`: a run does not last for days.
fn time_of_day(WallTime(millis): WallTime) -> String {
    let of_day = millis.rem_euclid(86_400_000);
    let (seconds, millis) = (of_day / 1_000, of_day % 1_000);
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{hours:02}:{minutes:02}:{seconds:02}.{millis:03}")
}

/// `world:anyone cdrwa`, one entry a line, the letters in ZooKeeper's order.
fn acl_text(list: &[Acl]) -> String {
    let letters = [
        ('c', perms::CREATE),
        ('d', perms::DELETE),
        ('r', perms::READ),
        ('w', perms::WRITE),
        ('a', perms::ADMIN),
    ];
    let entry = |entry: &Acl| {
        let granted = letters.iter().filter(|(_, bit)| entry.perms & bit != 0);
        let granted: String = granted.map(|(letter, _)| *letter).collect();
        format!("{}:{} {granted}", entry.scheme, entry.id)
    };
    list.iter().map(entry).collect::<Vec<_>>().join("\n")
}

fn watches(forest: &Forest, path: &str, only: Option<ServerId>) -> Vec<WatchRow> {
    let mut rows = Vec::new();
    for server in &forest.servers {
        if only.is_some_and(|only| only != server.server) {
            continue;
        }
        for table in [WatchTable::Data, WatchTable::Child] {
            for (connection, mode) in server.watches.of(table, path) {
                let found = server.connections.iter().find(|(other, _)| *other == connection);
                let who = match found {
                    Some((_, Watcher::Client(client))) => client.to_string(),
                    Some((_, Watcher::Session(session))) => short_session(*session),
                    None => continue,
                };
                let what = Phrase::from(watch_key(table, mode));
                rows.push(WatchRow { server: server.server, who: who.into(), what });
            }
        }
    }
    rows
}

const fn watch_key(table: WatchTable, mode: WatchMode) -> Key {
    match (table, mode) {
        (WatchTable::Data, WatchMode::Standard) => Key::WatchDataOnce,
        (WatchTable::Data, WatchMode::Persistent) => Key::WatchDataLasting,
        (WatchTable::Data, WatchMode::Recursive) => Key::WatchDataRecursive,
        (WatchTable::Child, WatchMode::Standard) => Key::WatchChildOnce,
        (WatchTable::Child, WatchMode::Persistent) => Key::WatchChildLasting,
        (WatchTable::Child, WatchMode::Recursive) => Key::WatchChildRecursive,
    }
}

/// Why servers differ in a znode.
fn why(forest: &Forest, path: &str) -> Option<Phrase> {
    let variants = forest.variants();
    let znodes: Vec<_> =
        variants.iter().map(|variant| variant.tree.znode(path).map(Arc::clone)).collect();
    let (squares, differs) = squares(forest, &variants, &znodes, path);
    if !differs {
        return None;
    }
    let named = |wanted: &dyn Fn(SquareState) -> bool| {
        let found = squares.iter().filter(|square| wanted(square.state));
        found.map(|square| square.server).collect::<Vec<_>>()
    };
    let newer = named(&|state| matches!(state, SquareState::Newer(_)));
    let older = named(&|state| state == SquareState::Older);
    let absent = named(&|state| state == SquareState::Absent);
    let deleted = named(&|state| matches!(state, SquareState::Deleted(_)));
    let newest = znodes.iter().flatten().map(|znode| changed_by(znode)).max()?;
    let phrase = |key, there: &[ServerId], behind: &[ServerId]| {
        Some(with_servers(Phrase::new(key), "there", there, behind).with("zxid", newest))
    };
    if !deleted.is_empty() {
        let still: Vec<ServerId> = older.iter().chain(&newer).copied().collect();
        return phrase(Key::ZnodeWhyDeleted, &deleted, &still);
    }
    if !absent.is_empty() {
        return phrase(Key::ZnodeWhyAbsent, &newer, &absent);
    }
    if older.is_empty() {
        return phrase(Key::ZnodeWhyContradicts, &newer, &[]);
    }
    phrase(Key::ZnodeWhyOlder, &newer, &older)
}

fn with_servers(
    phrase: Phrase,
    name: &'static str,
    there: &[ServerId],
    behind: &[ServerId],
) -> Phrase {
    phrase.with(name, list(there)).with("behind", list(behind)).with("count", behind.len() as u32)
}

/// `S1, S4, S5`, as the language lists them.
pub(super) fn list(servers: &[ServerId]) -> Arg {
    servers.iter().collect()
}

/// The zxid that a sentence about a lagging tree names.
pub(super) fn applied(server: &ServerTree) -> Zxid {
    server.tree.as_ref().map_or(Zxid::ZERO, |tree| tree.data().last_processed())
}
