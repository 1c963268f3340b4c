//! `multi`, which zkCli has not: several commands together or not at all.

use std::sync::Arc;

use super::dialogue::{Dialogue, Stop, check_path};
use super::wording::error_text;
use super::words::Arguments;
use super::writes;
use crate::api::{ANY_VERSION, Op, OpError, OpResult};

/// What parts the commands.
const SEPARATOR: &str = ";";

/// Prints a line for each of the commands.
pub(super) fn multi(words: &[Arc<str>], dialogue: &mut Dialogue) -> Result<(), Stop> {
    let parts = words[1..].split(|word| &**word == SEPARATOR);
    let parts: Vec<&[Arc<str>]> = parts.filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return Err(Stop::failed(super::table::usage_of("multi")));
    }
    let ops: Arc<[Op]> = parts.iter().map(|part| op(part)).collect::<Result<_, _>>()?;
    match dialogue.ask(Op::Multi(Arc::clone(&ops)))? {
        OpResult::Multi(results) => {
            for (op, result) in ops.iter().zip(results.iter()) {
                dialogue.print(done(op, result));
            }
        }
        OpResult::MultiFailed(errors) => {
            dialogue.complain("Nothing was done:");
            for (op, error) in ops.iter().zip(errors.iter()) {
                dialogue.complain(failed(op, *error));
            }
        }
        _ => {}
    }
    Ok(())
}

fn op(words: &[Arc<str>]) -> Result<Op, Stop> {
    let op = match &*words[0] {
        "check" => {
            let arguments = Arguments::read(words, ("", "v"), 1)?;
            let version = arguments.number('v')?.unwrap_or(ANY_VERSION);
            Op::Check { path: arguments.plain[0].clone(), version }
        }
        "create" => return writes::create_op(words),
        "delete" => writes::delete_op(words)?,
        "set" => writes::set_op(words)?,
        other => {
            let why = format!("{other}: a multi holds check, create, delete and set");
            return Err(Stop::failed(why));
        }
    };
    if let Some(path) = op.path() {
        check_path(path)?;
    }
    Ok(op)
}

fn done(op: &Op, result: &OpResult) -> String {
    match (op, result) {
        (Op::Create { .. }, result) => writes::created(result),
        (Op::Delete { path, .. }, _) => format!("Deleted {path}"),
        (Op::SetData { path, .. }, OpResult::Stat(stat)) => {
            format!("Set {path}, dataVersion = {}", stat.version)
        }
        (op, _) => format!("Checked {}", op.path().map_or("", |path| path)),
    }
}

fn failed(op: &Op, error: Option<OpError>) -> String {
    let path = op.path().map_or("", |path| path);
    match error {
        None => format!("{} {path}: would have gone well", op.name()),
        Some(OpError::RuntimeInconsistency) => format!("{} {path}: not tried", op.name()),
        Some(error) => format!("{} {path}: {}", op.name(), error_text(error, Some(path))),
    }
}
