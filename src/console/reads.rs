//! Commands that only read.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::dialogue::{Dialogue, Stop, check_path};
use super::hex_dump::hex_dump;
use super::wording::{error_text, permission_letters, stat_text};
use super::words::Arguments;
use crate::api::{Op, OpResult};
use crate::types::Bytes;

type Done = Result<(), Stop>;

/// Source: `GetCommand`.
pub(super) fn get(words: &[Arc<str>], dialogue: &mut Dialogue) -> Done {
    let arguments = Arguments::read(words, ("swbx", ""), 1)?;
    let (path, watch) = (arguments.plain[0].clone(), arguments.has('w'));
    let answer = dialogue.ask(Op::GetData { path, watch })?;
    let OpResult::Data { data, stat } = answer else { return Ok(()) };
    print_data(data.as_ref(), &arguments, dialogue);
    if arguments.has('s') {
        dialogue.print_all(&stat_text(stat));
    }
    Ok(())
}

fn print_data(data: Option<&Bytes>, arguments: &Arguments, dialogue: &mut Dialogue) {
    match data {
        None => dialogue.print("null"),
        Some(data) if arguments.has('b') => dialogue.print(STANDARD.encode(data)),
        Some(data) if arguments.has('x') => dialogue.print_all(&hex_dump(data)),
        Some(data) => dialogue.print(String::from_utf8_lossy(data)),
    }
}

/// Source: `StatCommand`.
pub(super) fn stat(words: &[Arc<str>], dialogue: &mut Dialogue) -> Done {
    let arguments = Arguments::read(words, ("w", ""), 1)?;
    let (path, watch) = (arguments.plain[0].clone(), arguments.has('w'));
    if let OpResult::Stat(stat) = dialogue.ask(Op::Exists { path, watch })? {
        dialogue.print_all(&stat_text(stat));
    }
    Ok(())
}

/// Source: `GetAclCommand`.
pub(super) fn get_acl(words: &[Arc<str>], dialogue: &mut Dialogue) -> Done {
    let arguments = Arguments::read(words, ("s", ""), 1)?;
    let answer = dialogue.ask(Op::GetAcl { path: arguments.plain[0].clone() })?;
    let OpResult::Acl { acl, stat } = answer else { return Ok(()) };
    for entry in acl.iter() {
        dialogue.print(format!("'{},'{}", entry.scheme, entry.id));
        dialogue.print(format!(": {}", permission_letters(entry.perms)));
    }
    if arguments.has('s') {
        dialogue.print_all(&stat_text(stat));
    }
    Ok(())
}

/// Source: `GetAllChildrenNumberCommand`.
pub(super) fn get_all_children_number(words: &[Arc<str>], dialogue: &mut Dialogue) -> Done {
    let arguments = Arguments::read(words, ("", ""), 1)?;
    let answer = dialogue.ask(Op::GetAllChildrenNumber { path: arguments.plain[0].clone() })?;
    if let OpResult::AllChildrenNumber(number) = answer {
        dialogue.print(number.to_string());
    }
    Ok(())
}

/// Source: `GetEphemeralsCommand`.
pub(super) fn get_ephemerals(words: &[Arc<str>], dialogue: &mut Dialogue) -> Done {
    let arguments = Arguments::read(words, ("", ""), 0)?;
    let prefix = arguments.plain.first().cloned().unwrap_or_else(|| "/".into());
    if let OpResult::Ephemerals(paths) = dialogue.ask(Op::GetEphemerals { prefix })? {
        dialogue.print(format!("[{}]", paths.join(", ")));
    }
    Ok(())
}

/// Source: `GetConfigCommand`.
pub(super) fn config(words: &[Arc<str>], dialogue: &mut Dialogue) -> Done {
    let arguments = Arguments::read(words, ("cws", ""), 0)?;
    let (path, watch) = ("/zookeeper/config".into(), arguments.has('w'));
    let answer = dialogue.ask(Op::GetData { path, watch })?;
    let OpResult::Data { data, stat } = answer else { return Ok(()) };
    let text = String::from_utf8_lossy(data.as_deref().unwrap_or_default());
    dialogue.print(if arguments.has('c') { client_config(&text) } else { text.into_owned() });
    if arguments.has('s') {
        dialogue.print_all(&stat_text(stat));
    }
    Ok(())
}

/// Version, and the addresses for clients. Source: `ConfigUtils.getClientConfigStr`.
fn client_config(text: &str) -> String {
    let entries = text.lines().filter_map(|line| line.split_once('='));
    let (mut version, mut hosts) = ("", Vec::new());
    for (key, value) in entries {
        if key == "version" {
            version = value;
        } else if key.starts_with("server.")
            && let Some((server, client)) = value.split_once(';')
        {
            let host = server.split(':').next().unwrap_or_default();
            let port = client.rsplit(':').next().unwrap_or_default();
            hosts.push(format!("{host}:{port}"));
        }
    }
    format!("{version} {}", hosts.join(",")).trim().to_owned()
}

/// Source: `SyncCommand`.
pub(super) fn sync(words: &[Arc<str>], dialogue: &mut Dialogue) -> Done {
    let arguments = Arguments::read(words, ("", ""), 1)?;
    let path = arguments.plain[0].clone();
    check_path(&path)?;
    match dialogue.try_ask(Op::Sync { path })? {
        Ok(_) => dialogue.print("Sync is OK"),
        Err(error) => dialogue.print(format!("Sync has failed. rc={}", error.code())),
    }
    Ok(())
}

/// Source: `VersionCommand`.
pub(super) fn version(_: &[Arc<str>], dialogue: &mut Dialogue) -> Done {
    let own = env!("CARGO_PKG_VERSION");
    dialogue.print(format!("ZooKeeper CLI version: 3.8.0, as ZabScope {own} simulates it"));
    Ok(())
}

/// Source: `WhoAmICommand`.
pub(super) fn whoami(_: &[Arc<str>], dialogue: &mut Dialogue) -> Done {
    match dialogue.try_ask(Op::WhoAmI)? {
        Ok(OpResult::WhoAmI(known)) => {
            dialogue.print("Auth scheme: User");
            for identity in known.iter() {
                dialogue.print(format!("{}: {}", identity.scheme, identity.id));
            }
            Ok(())
        }
        Ok(_) => Ok(()),
        Err(error) => Err(Stop::failed(error_text(*error, None))),
    }
}
