//! Commands about watches.

use std::sync::Arc;

use super::Effect;
use super::dialogue::{Dialogue, Stop, check_path};
use super::wording::error_text;
use super::words::Arguments;
use crate::api::{AddWatchMode, Op, WatcherType};

/// Source: `AddWatchCommand`.
pub(super) fn add_watch(words: &[Arc<str>], dialogue: &mut Dialogue) -> Result<(), Stop> {
    let arguments = Arguments::read(words, ("", "m"), 1)?;
    let mode = match arguments.value('m').map(|mode| mode.to_uppercase()) {
        None => AddWatchMode::PersistentRecursive,
        Some(mode) if mode == "PERSISTENT" => AddWatchMode::Persistent,
        Some(mode) if mode == "PERSISTENT_RECURSIVE" => AddWatchMode::PersistentRecursive,
        Some(mode) => {
            let known = "[PERSISTENT, PERSISTENT_RECURSIVE]";
            return Err(Stop::failed(format!("mode {mode}: it is one of {known}")));
        }
    };
    dialogue.ask(Op::AddWatch { path: arguments.plain[0].clone(), mode }).map(|_| ())
}

/// With `-l` the client stops watching even where the server does not say that it has stopped.
/// Source: `RemoveWatchesCommand`, `ZKWatchManager.removeWatcher`.
pub(super) fn remove_watches(words: &[Arc<str>], dialogue: &mut Dialogue) -> Result<(), Stop> {
    let arguments = Arguments::read(words, ("cdal", ""), 1)?;
    let kind = match (arguments.has('c'), arguments.has('d')) {
        (true, _) => WatcherType::Children,
        (false, true) => WatcherType::Data,
        (false, false) => WatcherType::Any,
    };
    let path = &arguments.plain[0];
    check_path(path)?;
    let Err(error) = dialogue.try_ask(Op::RemoveWatches { path: path.clone(), kind })? else {
        return Ok(());
    };
    if arguments.has('l') {
        dialogue.want(Effect::Forget { path: path.clone(), kind });
    }
    Err(Stop::failed(error_text(*error, Some(path))))
}
