//! Requests and transactions as a recording tells them: which fields each operation has, and how
//! ours are put into the same words.

use super::fields::Fields;
use super::record::RecordingError;
use super::said::{Asked, Done, DoneBody};
use crate::api::{CreateCall, CreateMode, Op, OpError};
use crate::store::Action;
use crate::types::{Acl, CreateTxn, NodeKind, PathText, Span, TxnBody};

/// What a request is asked with, by the names of the fields.
const ASKED: &[(&str, &[&str])] = &[
    ("check", &["path", "version"]),
    ("closeSession", &[]),
    ("create", &["path", "data_bytes", "flags"]),
    ("createSession", &["timeout"]),
    ("delete", &["path", "version"]),
    ("exists", &["path", "watch"]),
    ("getChildren", &["path", "watch"]),
    ("getData", &["path", "watch"]),
    ("multi", &["ops"]),
    ("setData", &["path", "data_bytes", "version"]),
    ("sync", &["path"]),
];

/// What a transaction holds, by the names of the fields.
const DONE: &[(&str, &[&str])] = &[
    ("check", &["path", "version"]),
    ("closeSession", &["delete"]),
    ("create", &["path", "data_bytes", "ephemeral", "parent_cversion"]),
    ("createSession", &["timeout"]),
    ("delete", &["path"]),
    ("error", &["err"]),
    ("multi", &["txns"]),
    ("setData", &["path", "data_bytes", "version"]),
];

fn shape(
    fields: &Fields<'_>,
    shapes: &[(&'static str, &'static [&'static str])],
) -> Result<(&'static str, &'static [&'static str]), RecordingError> {
    let op = fields.text("op")?;
    let names: Vec<&str> = shapes.iter().map(|(name, _)| *name).collect();
    let found = shapes.iter().find(|(name, _)| *name == op).copied();
    found.ok_or_else(|| fields.expected("op", &format!("one of {}", names.join(", "))))
}

/// The operation of a request.
pub(super) fn asked(fields: &Fields<'_>) -> Result<Asked, RecordingError> {
    let (op, needed) = shape(fields, ASKED)?;
    let mut asked = Asked { op: op.to_owned(), ..Asked::default() };
    for &key in needed {
        match key {
            "path" => asked.path = Some(fields.text(key)?.to_owned()),
            "data_bytes" => asked.data_bytes = Some(data_bytes(fields)?),
            "flags" => {
                let flags = fields.number(key, "a create mode from 0 to 3")?;
                mode(flags).ok_or_else(|| fields.expected(key, "a create mode from 0 to 3"))?;
                asked.flags = Some(flags);
            }
            "version" => asked.version = Some(fields.number(key, "a version")?),
            "watch" => asked.watch = Some(fields.flag(key)?),
            "timeout" => asked.timeout = Some(fields.number::<u32>(key, "milliseconds")?.into()),
            _ => {
                for part in fields.objects(key)? {
                    // A multi within a multi is no request.
                    let (op, _) = shape(&part, ASKED)?;
                    if !matches!(op, "check" | "create" | "delete" | "setData") {
                        return Err(part.expected("op", "check, create, delete or setData"));
                    }
                    asked.ops.push(self::asked(&part)?);
                    part.done()?;
                }
            }
        }
    }
    Ok(asked)
}

/// The transaction of a PROPOSAL or INFORM, whose own zxid is that of the message.
pub(super) fn done(fields: &Fields<'_>) -> Result<Done, RecordingError> {
    let map = fields.value("txn").and_then(serde_json::Value::as_object);
    let map = map.ok_or_else(|| fields.expected("txn", "an object"))?;
    let txn = fields.inner("txn", map);
    if txn.zxid("zxid")? != fields.zxid("zxid")? {
        return Err(txn.expected("zxid", "that of the message"));
    }
    let session = txn.text("session")?.to_owned();
    let cxid = txn.number("cxid", "a request's number")?;
    let body = body(&txn, 0)?;
    txn.done()?;
    Ok(Done { session, cxid, body })
}

fn body(fields: &Fields<'_>, depth: u32) -> Result<DoneBody, RecordingError> {
    let (op, needed) = shape(fields, DONE)?;
    if depth > 0 && matches!(op, "multi" | "createSession" | "closeSession") {
        return Err(fields.expected("op", "a part of a multi"));
    }
    let mut body = DoneBody { op: op.to_owned(), ..DoneBody::default() };
    for &key in needed {
        match key {
            "path" => body.path = Some(fields.text(key)?.to_owned()),
            "data_bytes" => body.data_bytes = Some(data_bytes(fields)?),
            "ephemeral" => body.ephemeral = Some(fields.flag(key)?),
            "parent_cversion" => body.parent_cversion = Some(fields.number(key, "a counter")?),
            "version" => body.version = Some(fields.number(key, "a version")?),
            "timeout" => body.timeout = Some(fields.number::<u32>(key, "milliseconds")?.into()),
            "err" => body.err = Some(error(fields)?),
            "delete" => body.delete = fields.texts(key)?,
            _ => {
                for part in fields.objects(key)? {
                    body.txns.push(self::body(&part, depth + 1)?);
                    part.done()?;
                }
            }
        }
    }
    Ok(body)
}

/// The most data that a znode holds.
fn data_bytes(fields: &Fields<'_>) -> Result<u32, RecordingError> {
    let what = "a count of bytes up to 1048576";
    let count = fields.number("data_bytes", what)?;
    if count > 1_048_576 { Err(fields.expected("data_bytes", what)) } else { Ok(count) }
}

/// A code and its name, which have to fit.
fn error(fields: &Fields<'_>) -> Result<i32, RecordingError> {
    let code = fields.number("err", "an error's code")?;
    let name = fields.text("error")?;
    match OpError::from_code(code) {
        Some(known) if known.name() != name => Err(fields.expected("error", known.name())),
        _ => Ok(code),
    }
}

fn mode(flags: i32) -> Option<CreateMode> {
    const MODES: [CreateMode; 4] = [
        CreateMode::Persistent,
        CreateMode::Ephemeral,
        CreateMode::PersistentSequential,
        CreateMode::EphemeralSequential,
    ];
    MODES.get(usize::try_from(flags).ok()?).copied()
}

impl Asked {
    /// The same as our clients ask it; `None` for what no client asks.
    pub(super) fn to_op(&self) -> Option<Op> {
        let path = || self.path.as_deref().map(Into::into);
        let data = || self.data_bytes.map(|count| vec![b'x'; count as usize].into());
        let watch = self.watch.unwrap_or(false);
        Some(match self.op.as_str() {
            "check" => Op::Check { path: path()?, version: self.version? },
            "closeSession" => Op::CloseSession,
            "create" => Op::Create {
                path: path()?,
                data: data(),
                acl: Acl::open_unsafe(),
                mode: mode(self.flags?)?,
                call: CreateCall::default(),
            },
            "delete" => Op::Delete { path: path()?, version: self.version? },
            "exists" => Op::Exists { path: path()?, watch },
            "getChildren" => Op::GetChildren { path: path()?, watch },
            "getData" => Op::GetData { path: path()?, watch },
            "multi" => {
                let parts: Option<Vec<Op>> = self.ops.iter().map(Asked::to_op).collect();
                Op::Multi(parts?.into())
            }
            "setData" => Op::SetData { path: path()?, data: data(), version: self.version? },
            "sync" => Op::Sync { path: path()? },
            _ => return None,
        })
    }

    /// What one of our servers sends on, in the words of a recording.
    pub(super) fn of_action(action: &Action) -> Asked {
        match action {
            Action::CreateSession { timeout } => Asked {
                op: "createSession".to_owned(),
                timeout: Some(timeout.as_millis()),
                ..Asked::default()
            },
            Action::DeleteContainer { path } => Asked {
                op: "deleteContainer".to_owned(),
                path: Some(path.to_string()),
                ..Asked::default()
            },
            Action::Op(op) => Asked::of_op(op),
        }
    }

    fn of_op(op: &Op) -> Asked {
        let mut asked = Asked {
            op: op.name().to_owned(),
            path: op.path().map(|path| path.to_string()),
            ..Asked::default()
        };
        match op {
            Op::Check { version, .. } | Op::Delete { version, .. } => {
                asked.version = Some(*version);
            }
            Op::Create { data, mode: wanted, .. } => {
                asked.data_bytes = Some(length(data.as_deref()));
                asked.flags = (0..).find(|&flags| mode(flags) == Some(*wanted));
            }
            Op::SetData { data, version, .. } => {
                asked.data_bytes = Some(length(data.as_deref()));
                asked.version = Some(*version);
            }
            Op::Multi(parts) => asked.ops = parts.iter().map(Asked::of_op).collect(),
            _ => {}
        }
        asked
    }
}

impl DoneBody {
    /// What one of our transactions does, in the words of a recording.
    pub(super) fn of_txn(body: &TxnBody) -> DoneBody {
        let named = |op: &str| DoneBody { op: op.to_owned(), ..DoneBody::default() };
        match body {
            TxnBody::Check { path, version } => {
                DoneBody { path: Some(path.to_string()), version: Some(*version), ..named("check") }
            }
            TxnBody::CloseSession { ephemerals } => DoneBody {
                delete: ephemerals.iter().map(ToString::to_string).collect(),
                ..named("closeSession")
            },
            TxnBody::Create(create) => DoneBody {
                path: Some(create.path.to_string()),
                data_bytes: Some(length(create.data.as_deref())),
                ephemeral: Some(create.kind == NodeKind::Ephemeral),
                parent_cversion: Some(create.parent_cversion),
                ..named("create")
            },
            TxnBody::CreateSession { timeout } => {
                DoneBody { timeout: Some(timeout.as_millis()), ..named("createSession") }
            }
            TxnBody::Delete { path } => {
                DoneBody { path: Some(path.to_string()), ..named("delete") }
            }
            TxnBody::DeleteContainer { path } => {
                DoneBody { path: Some(path.to_string()), ..named("deleteContainer") }
            }
            TxnBody::Error { code } => DoneBody { err: Some(*code), ..named("error") },
            TxnBody::Multi(parts) => {
                DoneBody { txns: parts.iter().map(DoneBody::of_txn).collect(), ..named("multi") }
            }
            TxnBody::SetAcl { path, version, .. } => DoneBody {
                path: Some(path.to_string()),
                version: Some(*version),
                ..named("setACL")
            },
            TxnBody::SetData { path, data, version } => DoneBody {
                path: Some(path.to_string()),
                data_bytes: Some(length(data.as_deref())),
                version: Some(*version),
                ..named("setData")
            },
        }
    }
}

fn length(data: Option<&[u8]>) -> u32 {
    data.map_or(0, |data| u32::try_from(data.len()).unwrap_or(u32::MAX))
}

impl DoneBody {
    /// The transaction, where it can be made without a tree.
    pub(super) fn to_txn_body(&self) -> Option<TxnBody> {
        let path = || self.path.as_deref().map(PathText::from);
        let data = || self.data_bytes.map(|count| vec![b'x'; count as usize].into());
        Some(match self.op.as_str() {
            "check" => TxnBody::Check { path: path()?, version: self.version? },
            "closeSession" => TxnBody::CloseSession {
                ephemerals: self.delete.iter().map(|path| path.as_str().into()).collect(),
            },
            "create" => {
                let ephemeral = self.ephemeral?;
                let kind = if ephemeral { NodeKind::Ephemeral } else { NodeKind::Persistent };
                TxnBody::Create(CreateTxn {
                    path: path()?,
                    data: data(),
                    acl: Acl::open_unsafe(),
                    kind,
                    parent_cversion: self.parent_cversion?,
                    answers_stat: false,
                })
            }
            "createSession" => TxnBody::CreateSession { timeout: Span::millis(self.timeout?) },
            "delete" => TxnBody::Delete { path: path()? },
            "error" => TxnBody::Error { code: self.err? },
            "multi" => {
                let parts: Option<Vec<TxnBody>> =
                    self.txns.iter().map(DoneBody::to_txn_body).collect();
                TxnBody::Multi(parts?.into())
            }
            "setData" => TxnBody::SetData { path: path()?, data: data(), version: self.version? },
            _ => return None,
        })
    }
}
