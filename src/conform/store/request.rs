//! From a step of a recording to a request.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::octets;
use crate::api::{
    ANY_VERSION, AddWatchMode, CreateCall, CreateMode, Op, OpName, SetWatches, WatcherType,
};
use crate::types::{Acl, PathText, Zxid};

/// What a step's arguments mean that only the replay knows.
pub(super) trait Offsets {
    /// The zxid of the transaction of this number, counted from 1; 0 is before the first.
    fn zxid_at(&self, offset: i64) -> Zxid;
}

/// The request of this name; `None` where there is none of that name.
pub(super) fn op(name: &str, args: &Map<String, Value>, offsets: &impl Offsets) -> Option<Op> {
    let arguments = Arguments(args);
    if let Some(code) = arguments.int("op_code") {
        return Some(Op::Unknown(code));
    }
    if let Some(op) = about_watches(name, &arguments, offsets) {
        return Some(op);
    }
    let parts = |ops: &[Value]| -> Option<Arc<[Op]>> {
        let part = |value: &Value| {
            let part = value.as_object()?;
            op(part.get("op")?.as_str()?, part, offsets)
        };
        ops.iter().map(part).collect()
    };
    let with_path = |name: OpName, make: &dyn Fn(PathText) -> Op| {
        Some(arguments.path().map_or(Op::NullPath(name), make))
    };
    match name {
        "auth" => {
            let scheme = arguments.text("scheme").unwrap_or_default();
            Some(Op::Auth { scheme, auth: octets::data(arguments.value("auth")) })
        }
        "check" => {
            with_path(OpName::Check, &|path| Op::Check { path, version: arguments.version() })
        }
        "close_session" => Some(Op::CloseSession),
        "create" => with_path(OpName::Create, &|path| arguments.create(path, CreateCall::Create)),
        "create2" => {
            with_path(OpName::Create2, &|path| arguments.create(path, CreateCall::Create2))
        }
        "createContainer" => with_path(OpName::CreateContainer, &|path| {
            arguments.create(path, CreateCall::Container)
        }),
        "createTTL" => with_path(OpName::CreateTtl, &|path| {
            let ttl_ms = arguments.value("ttl").as_i64().unwrap_or(0);
            arguments.create(path, CreateCall::Ttl { ttl_ms })
        }),
        "delete" => {
            with_path(OpName::Delete, &|path| Op::Delete { path, version: arguments.version() })
        }
        "getACL" => with_path(OpName::GetAcl, &|path| Op::GetAcl { path }),
        "getAllChildrenNumber" => {
            with_path(OpName::GetAllChildrenNumber, &|path| Op::GetAllChildrenNumber { path })
        }
        "getEphemerals" => with_path(OpName::GetEphemerals, &|prefix| Op::GetEphemerals { prefix }),
        "multi" => Some(Op::Multi(parts(arguments.list("ops"))?)),
        "multiRead" => Some(Op::MultiRead(parts(arguments.list("ops"))?)),
        "ping" => Some(Op::Ping),
        "setACL" => with_path(OpName::SetAcl, &|path| {
            let acl = acl(arguments.value("acl"));
            Op::SetAcl { path, acl, version: arguments.version() }
        }),
        "setData" => with_path(OpName::SetData, &|path| {
            let data = octets::data(arguments.value("data"));
            Op::SetData { path, data, version: arguments.version() }
        }),
        "sync" => with_path(OpName::Sync, &|path| Op::Sync { path }),
        "whoAmI" => Some(Op::WhoAmI),
        _ => None,
    }
}

/// Reads that may leave a watch, and what is asked about watches.
fn about_watches(name: &str, arguments: &Arguments, offsets: &impl Offsets) -> Option<Op> {
    let watch = arguments.value("watch") == &Value::Bool(true);
    let number = |key| arguments.int(key).unwrap_or(0);
    let (null, make): (OpName, &dyn Fn(PathText) -> Op) = match name {
        "addWatch" => (OpName::AddWatch, &|path| Op::AddWatch {
            path,
            mode: AddWatchMode::from_wire(number("mode")),
        }),
        "checkWatches" => (OpName::CheckWatches, &|path| Op::CheckWatches {
            path,
            kind: WatcherType::from_wire(number("type")),
        }),
        "exists" => (OpName::Exists, &|path| Op::Exists { path, watch }),
        "getChildren" => (OpName::GetChildren, &|path| Op::GetChildren { path, watch }),
        "getChildren2" => (OpName::GetChildren2, &|path| Op::GetChildren2 { path, watch }),
        "getData" => (OpName::GetData, &|path| Op::GetData { path, watch }),
        "removeWatches" => (OpName::RemoveWatches, &|path| Op::RemoveWatches {
            path,
            kind: WatcherType::from_wire(number("type")),
        }),
        "setWatches" | "setWatches2" => {
            let seen = arguments.value("relative_zxid").as_i64().unwrap_or(0);
            return Some(Op::SetWatches(SetWatches {
                relative_zxid: offsets.zxid_at(seen),
                data: arguments.paths("data"),
                exist: arguments.paths("exist"),
                child: arguments.paths("child"),
                persistent: arguments.paths("persistent"),
                recursive: arguments.paths("recursive"),
            }));
        }
        _ => return None,
    };
    Some(arguments.path().map_or(Op::NullPath(null), make))
}

struct Arguments<'a>(&'a Map<String, Value>);

impl Arguments<'_> {
    fn value(&self, key: &str) -> &Value {
        self.0.get(key).unwrap_or(&Value::Null)
    }

    fn text(&self, key: &str) -> Option<Arc<str>> {
        octets::string(self.value(key))
    }

    fn path(&self) -> Option<PathText> {
        self.text("path")
    }

    fn int(&self, key: &str) -> Option<i32> {
        self.value(key).as_i64().and_then(|number| i32::try_from(number).ok())
    }

    fn version(&self) -> i32 {
        self.int("version").unwrap_or(ANY_VERSION)
    }

    fn list(&self, key: &str) -> &[Value] {
        self.value(key).as_array().map_or(&[], |items| items)
    }

    fn paths(&self, key: &str) -> Arc<[PathText]> {
        self.list(key).iter().filter_map(octets::string).collect()
    }

    fn create(&self, path: PathText, call: CreateCall) -> Op {
        let data = octets::data(self.value("data"));
        let acl =
            if self.0.contains_key("acl") { acl(self.value("acl")) } else { Acl::open_unsafe() };
        let mode = CreateMode::from_flags(self.int("flags").unwrap_or(0));
        Op::Create { path, data, acl, mode, call }
    }
}

/// `[[31, "world", "anyone"]]`. A null list stands for an empty one, a null text for an empty one:
/// both are refused, and by which error is the server's inner affair (README, "Quirks").
fn acl(value: &Value) -> Arc<[Acl]> {
    let entry = |entry: &Value| {
        let part = |at: usize| entry.get(at).and_then(octets::string).unwrap_or_default();
        let perms = entry.get(0).and_then(Value::as_i64).unwrap_or(0);
        let perms = u32::try_from(perms & 0xffff_ffff).expect("masked to 32 bits");
        Acl { perms, scheme: part(1), id: part(2) }
    };
    value.as_array().map_or(&[][..], |items| items).iter().map(entry).collect()
}
