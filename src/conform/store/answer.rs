//! From an answer to the form in which the real server's was recorded.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::octets;
use crate::api::{Op, OpError, OpName, OpResult, Stat, WatchEvent};
use crate::types::{Acl, Identity, PathText, SessionId, Zxid};

/// How what differs from run to run is written: zxids as counts of transactions, sessions by label.
pub(super) trait Labels {
    /// How many transactions there are up to a zxid.
    fn offset_of(&self, zxid: Zxid) -> i64;
    /// A session's label, or 0 for none.
    fn label_of(&self, session: SessionId) -> Value;
}

/// The state of a client to whom events are told. Source: `Watcher.Event.KeeperState`.
const SYNC_CONNECTED: i32 = 3;

/// `err`, `error` and `result` of a reply to `op`.
pub(super) fn reply(
    op: &Op,
    result: &Result<OpResult, OpError>,
    labels: &impl Labels,
) -> Map<String, Value> {
    let mut fields = error_fields(result.as_ref().err().copied());
    if let Ok(result) = result
        && let Some(record) = record(op, result, labels)
    {
        fields.insert("result".to_owned(), record);
    }
    fields
}

fn error_fields(error: Option<OpError>) -> Map<String, Value> {
    let (code, name) = error.map_or((0, "Ok"), |error| (error.code(), error.name()));
    let fields = [("err", json!(code)), ("error", json!(name))];
    fields.map(|(key, value)| (key.to_owned(), value)).into_iter().collect()
}

/// The record behind the header; `None` where there is none.
fn record(op: &Op, result: &OpResult, labels: &impl Labels) -> Option<Value> {
    match (OpName::from(op), result) {
        (OpName::AddWatch, OpResult::Done) => return Some(json!({ "err": 0 })),
        (OpName::Sync, OpResult::Done) => return Some(json!({ "path": null })),
        _ => {}
    }
    match result {
        OpResult::Done => None,
        OpResult::Multi(results) => {
            let parts = results.iter().map(|result| part(part_name(result), result, labels));
            // A check and a delete answer the same; which is which, the request says.
            let named = parts.zip(parts_of(op)).map(|(mut part, op)| {
                if part["op"].is_null() {
                    part["op"] = json!(op.name());
                }
                part
            });
            Some(json!({ "results": named.collect::<Value>() }))
        }
        OpResult::MultiFailed(errors) => {
            let parts: Value = errors.iter().map(|error| failed_part(*error)).collect();
            Some(json!({ "results": parts }))
        }
        OpResult::MultiRead(results) => {
            let one = |result: &Result<OpResult, OpError>| match result {
                Ok(result) => part(part_name(result), result, labels),
                Err(error) => failed_part(Some(*error)),
            };
            Some(json!({ "results": results.iter().map(one).collect::<Value>() }))
        }
        plain => Some(Value::Object(fields(plain, labels))),
    }
}

fn parts_of(op: &Op) -> impl Iterator<Item = &Op> {
    let ops: &[Op] = match op {
        Op::Multi(ops) => ops,
        _ => &[],
    };
    ops.iter()
}

/// What an operation within a multi or multiRead is called in its answer.
fn part_name(result: &OpResult) -> Option<&'static str> {
    match result {
        OpResult::Children(_) => Some("getChildren"),
        OpResult::Created(_) => Some("create"),
        OpResult::Created2 { .. } => Some("create2"),
        OpResult::Data { .. } => Some("getData"),
        OpResult::Stat(_) => Some("setData"),
        _ => None,
    }
}

fn part(name: Option<&str>, result: &OpResult, labels: &impl Labels) -> Value {
    let mut part = fields(result, labels);
    part.insert("op".to_owned(), json!(name));
    part.insert("err".to_owned(), json!(0));
    Value::Object(part)
}

fn failed_part(error: Option<OpError>) -> Value {
    let mut part = error_fields(error);
    part.insert("op".to_owned(), json!("error"));
    Value::Object(part)
}

fn fields(result: &OpResult, labels: &impl Labels) -> Map<String, Value> {
    let stat = |found: &Stat| ("stat", stat(found, labels));
    let path = |path: &PathText| ("path", octets::of_text(path));
    let names =
        |names: &[Arc<str>]| -> Value { names.iter().map(|name| octets::of_text(name)).collect() };
    let fields = match result {
        OpResult::Acl { acl, stat: found } => {
            vec![("acl", acl.iter().map(acl_entry).collect()), stat(found)]
        }
        OpResult::AllChildrenNumber(total) => vec![("total", json!(total))],
        OpResult::Children(children) => vec![("children", names(children))],
        OpResult::Children2 { children, stat: found } => {
            vec![("children", names(children)), stat(found)]
        }
        OpResult::Created(created) | OpResult::Synced(created) => vec![path(created)],
        OpResult::Created2 { path: created, stat: found } => vec![path(created), stat(found)],
        OpResult::Data { data, stat: found } => {
            vec![("data", octets::of_data(data.as_ref())), stat(found)]
        }
        OpResult::Ephemerals(paths) => vec![("paths", names(paths))],
        OpResult::Stat(found) => vec![stat(found)],
        OpResult::WhoAmI(known) => {
            let mut ids: Vec<(&str, &str)> = known.iter().map(identity).collect();
            ids.sort_unstable();
            let pair = |(scheme, id): &(&str, &str)| json!([scheme, octets::of_text(id)]);
            vec![("ids", ids.iter().map(pair).collect())]
        }
        OpResult::Done | OpResult::Multi(_) | OpResult::MultiFailed(_) | OpResult::MultiRead(_) => {
            vec![]
        }
    };
    fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn identity(identity: &Identity) -> (&str, &str) {
    (&identity.scheme, &identity.id)
}

fn acl_entry(entry: &Acl) -> Value {
    json!([entry.perms.cast_signed(), octets::of_text(&entry.scheme), octets::of_text(&entry.id)])
}

fn stat(stat: &Stat, labels: &impl Labels) -> Value {
    json!({
        "czxid": labels.offset_of(stat.czxid),
        "mzxid": labels.offset_of(stat.mzxid),
        "pzxid": labels.offset_of(stat.pzxid),
        "version": stat.version,
        "cversion": stat.cversion,
        "aversion": stat.aversion,
        "ephemeralOwner": labels.label_of(stat.ephemeral_owner),
        "dataLength": stat.data_length,
        "numChildren": stat.num_children,
    })
}

/// An event that the session `label` heard of.
pub(super) fn event(label: &str, event: &WatchEvent) -> Value {
    let kind = format!("{:?}", event.kind);
    let path = octets::of_text(&event.path);
    json!({ "s": label, "type": kind, "state": SYNC_CONNECTED, "path": path })
}

/// The connection of the session `label` was closed by its server.
pub(super) fn connection_closed(label: &str) -> Value {
    json!({ "s": label, "type": "ConnectionClosed" })
}
