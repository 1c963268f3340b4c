//! How long a request is on the wire, without making the bytes: a server refuses long ones.
//! Source: `zookeeper.jute`; fact sheet §1, "Frames".

use super::{CreateCall, Op, SetWatches};
use crate::types::{Acl, PathText};

/// The longest frame that a server takes. Source: `jute.maxbuffer`'s default.
pub const FRAME_BYTES_MAX: u64 = 0xf_ffff;

/// Number and operation code.
const HEADER: u64 = 8;
/// The header of one operation in a multi: its code, whether it is the last, an error.
const MULTI_HEADER: u64 = 9;
const INT: u64 = 4;
const LONG: u64 = 8;

/// The length of a request's frame in bytes, without the length itself.
pub fn frame_bytes(op: &Op) -> u64 {
    HEADER + record(op)
}

fn record(op: &Op) -> u64 {
    match op {
        Op::AddWatch { path, .. }
        | Op::Check { path, .. }
        | Op::CheckWatches { path, .. }
        | Op::Delete { path, .. }
        | Op::RemoveWatches { path, .. } => text(path) + INT,
        Op::Auth { scheme, auth } => INT + text(scheme) + buffer(auth.as_deref()),
        Op::Create { path, data, acl, call, .. } => {
            let ttl = if matches!(call, CreateCall::Ttl { .. }) { LONG } else { 0 };
            text(path) + buffer(data.as_deref()) + entries(acl) + INT + ttl
        }
        Op::Exists { path, .. }
        | Op::GetChildren { path, .. }
        | Op::GetChildren2 { path, .. }
        | Op::GetData { path, .. } => text(path) + 1,
        Op::GetAcl { path }
        | Op::GetAllChildrenNumber { path }
        | Op::GetEphemerals { prefix: path }
        | Op::Sync { path } => text(path),
        Op::Multi(ops) | Op::MultiRead(ops) => {
            ops.iter().map(|op| MULTI_HEADER + record(op)).sum::<u64>() + MULTI_HEADER
        }
        Op::SetAcl { path, acl, .. } => text(path) + entries(acl) + INT,
        Op::SetData { path, data, .. } => text(path) + buffer(data.as_deref()) + INT,
        Op::SetWatches(lists) => LONG + watches(lists),
        // The path is null; what else there is, is short.
        Op::NullPath(_) => INT,
        Op::CloseSession | Op::Ping | Op::Reconfig | Op::Unknown(_) | Op::WhoAmI => 0,
    }
}

/// Characters beyond U+FFFF are written as two units of three bytes each.
fn text(text: &str) -> u64 {
    let beyond = text.bytes().filter(|byte| *byte >= 0xf0).count();
    INT + (text.len() + 2 * beyond) as u64
}

fn buffer(data: Option<&[u8]>) -> u64 {
    INT + data.map_or(0, |data| data.len() as u64)
}

fn entries(acl: &[Acl]) -> u64 {
    INT + acl.iter().map(|entry| INT + text(&entry.scheme) + text(&entry.id)).sum::<u64>()
}

fn watches(lists: &SetWatches) -> u64 {
    let list = |paths: &[PathText]| INT + paths.iter().map(|path| text(path)).sum::<u64>();
    lists.lists().into_iter().map(|paths| list(paths)).sum()
}

#[cfg(test)]
mod tests {
    use super::{FRAME_BYTES_MAX, frame_bytes};
    use crate::api::Op;

    #[test]
    fn the_longest_data_are_those_of_the_fact_sheet() {
        // "setData on a path of p bytes takes up to 1048555 - p data bytes."
        let set = |length: usize| Op::set("/big", &"a".repeat(length));
        assert_eq!(frame_bytes(&set(1_048_555 - 4)), FRAME_BYTES_MAX);
    }
}
