//! The requests list.

use std::rc::Rc;

use crate::api::{CreateMode, Op, OpClass, OpError, OpResult};
use crate::types::{Bytes, Epoch, ServerId, Span};
use crate::view::{Journey, Outcome, RequestId, RequestPart, RequestRow};
use crate::viewer::{Request, Told, Viewer};

use super::flights::op_sign;

/// So many requests are listed.
const ROWS: usize = 100;
/// A proposal that has not moved for so long finds no quorum.
const STUCK: Span = Span::millis(100);

/// The newest requests, the newest first.
pub fn requests(viewer: &Viewer) -> Vec<RequestRow> {
    viewer.requests().newest_first().take(ROWS).map(|request| row(viewer, request)).collect()
}

fn row(viewer: &Viewer, request: &Request) -> RequestRow {
    let local = request.op.class() == OpClass::Read;
    let served_at = match &request.outcome {
        Told::Answered(zxid, _) if local => Some(*zxid),
        _ => None,
    };
    RequestRow {
        id: RequestId { client: request.client, number: request.xid.unsigned_abs() },
        server: request.server.unwrap_or(ServerId(0)),
        op: op_sign(&request.op),
        local,
        call: call(&request.op),
        flags: flags(&request.op),
        zxid: request.zxid.or(served_at),
        journey: (request.op.class() == OpClass::Write).then(|| journey(viewer, request)),
        outcome: outcome(viewer, request),
        parts: parts(request),
    }
}

fn journey(viewer: &Viewer, request: &Request) -> Journey {
    let quorum = viewer.world().settings().protocol().quorum;
    Journey {
        received: request.received,
        proposed: request.zxid.is_some(),
        acks: request.acks,
        voters: quorum.voters().len() as u32,
        quorum: quorum.size(),
        committed: request.committed,
        replied: matches!(request.outcome, Told::Answered(..)),
        epoch: request.zxid.map_or(Epoch::ZERO, |zxid| zxid.epoch),
    }
}

fn outcome(viewer: &Viewer, request: &Request) -> Outcome {
    match &request.outcome {
        Told::Answered(_, Ok(result)) => answered(&request.op, result),
        Told::Answered(_, Err(error)) | Told::Refused(error) => Outcome::Error(error.name()),
        Told::Unknown => Outcome::Unknown,
        Told::Pending if request.committed => Outcome::Committed,
        Told::Pending if request.zxid.is_some() => {
            let total = viewer.world().settings().protocol().quorum.voters().len() as u32;
            let filled = request.acks;
            if viewer.world().now().since(request.moved_at) > STUCK {
                Outcome::NoQuorum { filled, total }
            } else {
                Outcome::Acks { filled, total }
            }
        }
        Told::Pending => Outcome::Waiting,
    }
}

fn answered(op: &Op, result: &OpResult) -> Outcome {
    if let Some((_, error)) = result.multi_failure() {
        return Outcome::Error(error.name());
    }
    let brought = match (op, result) {
        (_, OpResult::Data { data, .. }) => Some(text(data.as_ref())),
        (_, OpResult::Children(names) | OpResult::Children2 { children: names, .. }) => {
            Some(format!("[{}]", names.join(", ")).into())
        }
        (Op::Create { mode, .. }, OpResult::Created(path) | OpResult::Created2 { path, .. })
            if mode.is_sequential() =>
        {
            Some(Rc::from(path.as_ref()))
        }
        _ => None,
    };
    Outcome::Ok(brought)
}

fn parts(request: &Request) -> Vec<RequestPart> {
    let Op::Multi(ops) = &request.op else { return Vec::new() };
    let result = match &request.outcome {
        Told::Answered(_, Ok(result)) => Some(result),
        _ => None,
    };
    let part = |(index, op): (usize, &Op)| RequestPart {
        call: call(op),
        outcome: match (result, &request.outcome) {
            (Some(OpResult::Multi(results)), _) => answered(op, &results[index]),
            (Some(OpResult::MultiFailed(errors)), _) => part_failed(errors[index]),
            (_, Told::Unknown) => Outcome::Unknown,
            (_, Told::Answered(_, Err(error)) | Told::Refused(error)) => {
                Outcome::Error(error.name())
            }
            _ if request.committed => Outcome::Committed,
            _ => Outcome::Waiting,
        },
    };
    ops.iter().enumerate().map(part).collect()
}

/// ZooKeeper's code is 0 before the operation that failed, and -2 behind it: neither was done.
fn part_failed(error: Option<OpError>) -> Outcome {
    match error {
        None | Some(OpError::RuntimeInconsistency) => Outcome::RolledBack,
        Some(error) => Outcome::Error(error.name()),
    }
}

/// An operation as in ZooKeeper's command line.
fn call(op: &Op) -> Rc<str> {
    let quoted = |data: &Option<Bytes>| match data {
        Some(data) if !data.is_empty() => format!(" {}", text(Some(data))),
        _ => String::new(),
    };
    let call = match op {
        Op::AddWatch { path, .. } => format!("addWatch {path}"),
        Op::Auth { scheme, .. } => format!("addauth {scheme}"),
        Op::Check { path, version } => format!("check {path} {version}"),
        Op::CloseSession => "close".to_owned(),
        Op::Create { path, data, .. } => format!("create {path}{}", quoted(data)),
        Op::Delete { path, .. } => format!("delete {path}"),
        Op::Exists { path, .. } => format!("stat {path}"),
        Op::GetChildren { path, .. } | Op::GetChildren2 { path, .. } => format!("ls {path}"),
        Op::GetData { path, .. } => format!("get {path}"),
        Op::GetAcl { path } => format!("getAcl {path}"),
        Op::Multi(_) => "multi".to_owned(),
        Op::RemoveWatches { path, .. } => format!("removewatches {path}"),
        Op::SetAcl { path, .. } => format!("setAcl {path}"),
        Op::WhoAmI => "whoami".to_owned(),
        Op::Ping => "ping".to_owned(),
        Op::SetData { path, data, .. } => format!("set {path}{}", quoted(data)),
        Op::Sync { path } => format!("sync {path}"),
        Op::CheckWatches { .. }
        | Op::GetAllChildrenNumber { .. }
        | Op::GetEphemerals { .. }
        | Op::MultiRead(_)
        | Op::NullPath(_)
        | Op::Reconfig
        | Op::SetWatches(_)
        | Op::Unknown(_) => {
            let path = op.path().map_or("", |path| path);
            format!("{} {path}", op.name()).trim_end().to_owned()
        }
    };
    call.into()
}

fn flags(op: &Op) -> &'static str {
    match op {
        Op::Create { mode: CreateMode::Ephemeral, .. } => "-e",
        Op::Create { mode: CreateMode::PersistentSequential, .. } => "-s",
        Op::Create { mode: CreateMode::EphemeralSequential, .. } => "-e -s",
        Op::Create { mode: CreateMode::Container, .. } => "-c",
        Op::Create { mode: CreateMode::PersistentWithTtl, .. } => "-t",
        Op::Create { mode: CreateMode::PersistentSequentialWithTtl, .. } => "-s -t",
        Op::Exists { watch: true, .. }
        | Op::GetChildren { watch: true, .. }
        | Op::GetChildren2 { watch: true, .. }
        | Op::GetData { watch: true, .. } => "-w",
        _ => "",
    }
}

fn text(data: Option<&Bytes>) -> Rc<str> {
    match data {
        None => "null".into(),
        Some(data) => String::from_utf8_lossy(data).into(),
    }
}
