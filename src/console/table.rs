//! All commands: what they are called, how they are used, which function carries them out.

use std::sync::Arc;

use super::dialogue::{Dialogue, Stop};
use super::{moves, multi, quotas, reads, trees, watches, writes};

/// What carries a command out.
pub(super) type Run = fn(&[Arc<str>], &mut Dialogue) -> Result<(), Stop>;

/// By the order of their names, as `help` lists them; those without a function are the console's
/// own affair.
const COMMANDS: &[(&str, &str, Option<Run>)] = &[
    ("addWatch", "[-m mode] path", Some(watches::add_watch)),
    ("addauth", "scheme auth", Some(writes::add_auth)),
    ("close", "", Some(done)),
    ("config", "[-c] [-w] [-s]", Some(reads::config)),
    ("connect", "host:port", None),
    ("create", "[-s] [-e] [-c] [-t ttl] path [data] [acl]", Some(writes::create)),
    ("delete", "[-v version] path", Some(writes::delete)),
    ("deleteall", "path [-b batch size]", Some(trees::delete_all)),
    ("delquota", "[-n|-b|-N|-B] path", Some(quotas::delete)),
    ("expire", "", Some(moves::expire)),
    ("get", "[-s] [-w] [-b] [-x] path", Some(reads::get)),
    ("getAcl", "[-s] path", Some(reads::get_acl)),
    ("getAllChildrenNumber", "path", Some(reads::get_all_children_number)),
    ("getEphemerals", "path", Some(reads::get_ephemerals)),
    ("help", "", None),
    ("history", "", None),
    ("listquota", "path", Some(quotas::list)),
    ("ls", "[-s] [-w] [-R] path", Some(trees::list)),
    ("move", "server", Some(moves::to_server)),
    ("multi", "command ; command …", Some(multi::multi)),
    ("printwatches", "on|off", None),
    ("quit", "", None),
    (
        "reconfig",
        "[-s] [-v version] [[-file path] | [-members serverID=host:port1:port2;port3[,...]*]] | \
         [-add serverId=host:port1:port2;port3[,...]]* [-remove serverId[,...]*]",
        Some(writes::reconfig),
    ),
    ("redo", "cmdno", None),
    ("removewatches", "path [-c|-d|-a] [-l]", Some(watches::remove_watches)),
    ("set", "path data [-s] [-v version] [-b]", Some(writes::set)),
    ("setAcl", "[-s] [-v version] [-R] path acl", Some(trees::set_acl)),
    ("setquota", "-n|-b|-N|-B val path", Some(quotas::set)),
    ("stat", "[-w] path", Some(reads::stat)),
    ("sync", "path", Some(reads::sync)),
    ("version", "", Some(reads::version)),
    ("whoami", "", Some(reads::whoami)),
];

/// The console sees to it before it comes to this.
fn done(_: &[Arc<str>], _: &mut Dialogue) -> Result<(), Stop> {
    Ok(())
}

/// What carries out the command of this name.
pub(super) fn find(name: &str) -> Option<Run> {
    COMMANDS.iter().find(|(known, ..)| *known == name)?.2
}

/// The names of all commands, in order.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|(name, ..)| *name)
}

/// How one command is used.
pub(super) fn usage_of(name: &str) -> Arc<str> {
    let found = COMMANDS.iter().find(|(known, ..)| *known == name);
    let usage = found.map_or("", |(_, usage, _)| usage);
    format!("{name} {usage}").trim_end().into()
}

/// How the command of this name is used: `sync path`.
pub fn usage(name: &str) -> Option<Arc<str>> {
    names().any(|known| known == name).then(|| usage_of(name))
}

/// How all commands are used, as zkCli says it.
pub(super) fn usage_of_all() -> Vec<Arc<str>> {
    let head = "ZooKeeper -server host:port -client-configuration properties-file cmd args";
    let lines = names().map(|name| Arc::from(format!("\t{}", usage_of(name))));
    std::iter::once(Arc::from(head)).chain(lines).collect()
}

/// Usage, and what zkCli has not: moving and expiring a session, and the syntax of a multi.
pub(super) fn help() -> Vec<Arc<str>> {
    let own = [
        "expire, move and multi are this console's own.",
        "expire falls silent until the servers have given the session up; then it learns of it.",
        "move takes the session to another server, as in",
        "\tmove S3",
        "multi carries its commands out together or not at all, as in",
        "\tmulti check -v 3 /config ; set /config new ; create -s /log/entry 'text'",
        "\tEach is one of check, create, delete, set; a `;` between blanks parts them.",
    ];
    usage_of_all().into_iter().chain(own.map(Arc::from)).collect()
}
