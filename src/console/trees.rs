//! Commands that may go through a whole subtree. They ask for a level at a time.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::dialogue::{Dialogue, Stop, check_path};
use super::wording::{self, error_text, stat_text};
use super::words::Arguments;
use crate::api::{ANY_VERSION, Op, OpError, OpResult};
use crate::types::PathText;

type Done = Result<(), Stop>;

/// The names of the children of each znode of a subtree, by path.
type Subtree = BTreeMap<PathText, Arc<[Arc<str>]>>;

/// Source: `LsCommand`.
pub(super) fn list(words: &[Arc<str>], dialogue: &mut Dialogue) -> Done {
    let arguments = Arguments::read(words, ("swR", ""), 1)?;
    let (path, watch) = (arguments.plain[0].clone(), arguments.has('w'));
    if arguments.has('R') {
        let subtree = subtree(&path, dialogue)?;
        dialogue.print(Arc::clone(&path));
        print_below(&path, &subtree, dialogue);
        return Ok(());
    }
    let with_stat = arguments.has('s');
    let op =
        if with_stat { Op::GetChildren2 { path, watch } } else { Op::GetChildren { path, watch } };
    match dialogue.ask(op)? {
        OpResult::Children(names) => dialogue.print(format!("[{}]", names.join(", "))),
        OpResult::Children2 { children, stat } => {
            dialogue.print(format!("[{}]", children.join(", ")));
            dialogue.print_all(&stat_text(stat));
        }
        _ => {}
    }
    Ok(())
}

/// Siblings before nephews. Source: `ZKUtil.visitSubTreeDFS`.
fn print_below(path: &str, subtree: &Subtree, dialogue: &mut Dialogue) {
    let Some(names) = subtree.get(path) else { return };
    let children: Vec<PathText> = names.iter().map(|name| child(path, name)).collect();
    children.iter().for_each(|child| dialogue.print(Arc::clone(child)));
    children.iter().for_each(|child| print_below(child, subtree, dialogue));
}

/// All of a subtree. What goes meanwhile is passed over.
fn subtree(path: &PathText, dialogue: &mut Dialogue) -> Result<Subtree, Stop> {
    check_path(path)?;
    let mut found = Subtree::new();
    let mut level = vec![Arc::clone(path)];
    while !level.is_empty() {
        let children = |path: &PathText| Op::GetChildren { path: Arc::clone(path), watch: false };
        let answers = dialogue.ask_all(level.iter().map(children).collect())?;
        let mut next = Vec::new();
        for (parent, answer) in level.iter().zip(answers) {
            match answer {
                Ok(OpResult::Children(names)) => {
                    next.extend(names.iter().map(|name| child(parent, name)));
                    found.insert(Arc::clone(parent), Arc::clone(names));
                }
                Err(OpError::NoNode) if parent != path => {}
                Err(error) => return Err(Stop::failed(error_text(*error, Some(parent)))),
                Ok(_) => {}
            }
        }
        level = next;
    }
    Ok(found)
}

fn child(parent: &str, name: &str) -> PathText {
    format!("{}/{name}", parent.strip_suffix('/').unwrap_or(parent)).into()
}

/// The deepest first. Source: `DeleteAllCommand`, `ZKUtil.deleteRecursive`.
pub(super) fn delete_all(words: &[Arc<str>], dialogue: &mut Dialogue) -> Done {
    const BATCH: usize = 1_000;
    let arguments = Arguments::read(words, ("", "b"), 1)?;
    let batch = arguments.number('b')?.unwrap_or(BATCH).max(1);
    let subtree = subtree(&arguments.plain[0], dialogue)?;
    let mut paths: Vec<&PathText> = subtree.keys().collect();
    let depth = |path: &PathText| path.bytes().filter(|byte| *byte == b'/').count();
    paths.sort_by_key(|path| std::cmp::Reverse(depth(path)));
    let mut all_gone = true;
    for paths in paths.chunks(batch) {
        let delete = |path: &&PathText| Op::delete(path);
        let answers = dialogue.ask_all(paths.iter().map(delete).collect())?;
        all_gone &= answers.iter().all(|answer| answer.is_ok());
    }
    if !all_gone {
        dialogue.complain("Failed to delete some node(s) in the subtree!");
    }
    Ok(())
}

/// Source: `SetAclCommand`.
pub(super) fn set_acl(words: &[Arc<str>], dialogue: &mut Dialogue) -> Done {
    let arguments = Arguments::read(words, ("sR", "v"), 2)?;
    let (path, version) = (&arguments.plain[0], arguments.number('v')?.unwrap_or(ANY_VERSION));
    let acl = wording::acl(&arguments.plain[1]).map_err(Stop::failed)?;
    let paths = if arguments.has('R') {
        subtree(path, dialogue)?.into_keys().collect()
    } else {
        vec![Arc::clone(path)]
    };
    for path in paths {
        let answer = dialogue.ask(Op::SetAcl { path, acl: Arc::clone(&acl), version })?;
        if let (true, OpResult::Stat(stat)) = (arguments.has('s'), answer) {
            dialogue.print_all(&stat_text(stat));
        }
    }
    Ok(())
}
