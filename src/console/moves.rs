//! What zkCli has not: taking a session elsewhere, and letting it expire.

use std::sync::Arc;

use super::Effect;
use super::dialogue::{Dialogue, Stop};
use super::words::Arguments;

/// Nothing is printed: the watchers hear of it when it has happened.
pub(super) fn expire(words: &[Arc<str>], dialogue: &mut Dialogue) -> Result<(), Stop> {
    Arguments::read(words, ("", ""), 0)?;
    dialogue.want(Effect::Expire);
    Ok(())
}

/// To the server that is named.
pub(super) fn to_server(words: &[Arc<str>], dialogue: &mut Dialogue) -> Result<(), Stop> {
    let arguments = Arguments::read(words, ("", ""), 1)?;
    dialogue.want(Effect::Move(Arc::clone(&arguments.plain[0])));
    Ok(())
}
