//! Commands that write one znode, and what says who the client is.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::dialogue::{Dialogue, Stop, check_path};
use super::wording::{self, error_text, stat_text};
use super::words::Arguments;
use crate::api::{ANY_VERSION, CreateCall, CreateMode, Op, OpError, OpResult};
use crate::types::{Acl, Bytes};

type Done = Result<(), Stop>;

/// The longest time to live. Source: `EphemeralType.TTL`.
const TTL_MS_MAX: i64 = 1_099_511_627_775;

/// Source: `CreateCommand`.
pub(super) fn create(words: &[Arc<str>], dialogue: &mut Dialogue) -> Done {
    let op = create_op(words)?;
    let path = op.path().cloned();
    match dialogue.try_ask(op)? {
        Ok(result) => {
            dialogue.complain(created(result));
            Ok(())
        }
        Err(error) => {
            if *error == OpError::InvalidAcl {
                dialogue.complain(error.message(path.as_deref()));
            }
            Err(Stop::failed(error_text(*error, path.as_deref())))
        }
    }
}

/// What is said of a create that went well.
pub(super) fn created(result: &OpResult) -> String {
    match result {
        OpResult::Created(path) | OpResult::Created2 { path, .. } => format!("Created {path}"),
        _ => String::new(),
    }
}

/// The operation that a create asks for.
pub(super) fn create_op(words: &[Arc<str>]) -> Result<Op, Stop> {
    let arguments = Arguments::read(words, ("sec", "t"), 1)?;
    let (is_sequential, is_ephemeral) = (arguments.has('s'), arguments.has('e'));
    let is_container = arguments.has('c');
    if is_container && (is_sequential || is_ephemeral) {
        return Err(Stop::failed(
            "-c cannot be combined with -s or -e. Containers cannot be ephemeral or sequential.",
        ));
    }
    let ttl_ms = ttl(&arguments)?;
    let (mode, call) = match (ttl_ms, is_container, is_ephemeral, is_sequential) {
        (Some(_), _, true, _) => {
            return Err(Stop::failed("TTLs cannot be used with Ephemeral znodes"));
        }
        (Some(_), true, ..) => {
            return Err(Stop::failed("TTLs cannot be used with Container znodes"));
        }
        (Some(ttl_ms), _, _, sequential) => {
            let mode = if sequential {
                CreateMode::PersistentSequentialWithTtl
            } else {
                CreateMode::PersistentWithTtl
            };
            (mode, CreateCall::Ttl { ttl_ms })
        }
        (None, true, ..) => (CreateMode::Container, CreateCall::Container),
        (None, _, false, false) => (CreateMode::Persistent, CreateCall::Create),
        (None, _, false, true) => (CreateMode::PersistentSequential, CreateCall::Create),
        (None, _, true, false) => (CreateMode::Ephemeral, CreateCall::Create),
        (None, _, true, true) => (CreateMode::EphemeralSequential, CreateCall::Create),
    };
    let path = arguments.plain[0].clone();
    check_path(&if is_sequential { format!("{path}1").into() } else { Arc::clone(&path) })?;
    let data = arguments.plain.get(1).map(|text| bytes(text));
    let acl = match arguments.plain.get(2) {
        Some(list) => wording::acl(list).map_err(Stop::failed)?,
        None => Acl::open_unsafe(),
    };
    Ok(Op::Create { path, data, acl, mode, call })
}

fn ttl(arguments: &Arguments) -> Result<Option<i64>, Stop> {
    let Some(text) = arguments.value('t') else { return Ok(None) };
    let ttl = text.parse().map_err(|_| Stop::failed("-t argument must be a long value"))?;
    if !(1..=TTL_MS_MAX).contains(&ttl) {
        let why = format!("ttl must be positive and cannot be larger than: {TTL_MS_MAX}");
        return Err(Stop::failed(why));
    }
    Ok(Some(ttl))
}

/// Source: `SetCommand`.
pub(super) fn set(words: &[Arc<str>], dialogue: &mut Dialogue) -> Done {
    let with_stat = Arguments::read(words, ("sb", "v"), 2)?.has('s');
    let answer = dialogue.ask(set_op(words)?)?;
    if let (true, OpResult::Stat(stat)) = (with_stat, answer) {
        dialogue.print_all(&stat_text(stat));
    }
    Ok(())
}

/// The operation that a set asks for.
pub(super) fn set_op(words: &[Arc<str>]) -> Result<Op, Stop> {
    let arguments = Arguments::read(words, ("sb", "v"), 2)?;
    let data = if arguments.has('b') {
        let decoded = STANDARD.decode(arguments.plain[1].as_bytes());
        decoded.map_err(|error| Stop::failed(format!("not base64: {error}")))?.into()
    } else {
        bytes(&arguments.plain[1])
    };
    let version = arguments.number('v')?.unwrap_or(ANY_VERSION);
    Ok(Op::SetData { path: arguments.plain[0].clone(), data: Some(data), version })
}

/// Source: `DeleteCommand`.
pub(super) fn delete(words: &[Arc<str>], dialogue: &mut Dialogue) -> Done {
    dialogue.ask(delete_op(words)?).map(|_| ())
}

/// The operation that a delete asks for.
pub(super) fn delete_op(words: &[Arc<str>]) -> Result<Op, Stop> {
    let arguments = Arguments::read(words, ("", "v"), 1)?;
    let version = arguments.number('v')?.unwrap_or(ANY_VERSION);
    Ok(Op::Delete { path: arguments.plain[0].clone(), version })
}

/// Source: `AddAuthCommand`.
pub(super) fn add_auth(words: &[Arc<str>], dialogue: &mut Dialogue) -> Done {
    let arguments = Arguments::read(words, ("", ""), 1)?;
    let scheme = arguments.plain[0].clone();
    let auth = arguments.plain.get(1).map(|text| bytes(text));
    dialogue.ask(Op::Auth { scheme, auth }).map(|_| ())
}

/// Source: `ReconfigCommand`. No server here lets anyone change its ensemble.
pub(super) fn reconfig(_: &[Arc<str>], dialogue: &mut Dialogue) -> Done {
    dialogue.ask(Op::Reconfig).map(|_| ())
}

fn bytes(text: &str) -> Bytes {
    text.as_bytes().into()
}
