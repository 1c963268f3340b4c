//! Why trees differ, in sentences: who is behind the newest tree, and what keeps it there.

use crate::text::{Key, Phrase};
use crate::types::{ServerId, Zxid};

use super::znode_detail::{applied, list};
use super::{Forest, ServerTree, Standing, Tree};

/// The sentences, most telling first; one that says that all is equal where it is.
pub fn tree_lag(forest: &Forest) -> Vec<Phrase> {
    let variants = forest.variants();
    let Some(newest) = variants.iter().max_by_key(|variant| variant.applied) else {
        return vec![Key::TreesNone.into()];
    };
    let mut said = Vec::new();
    let is_newest =
        |server: &&ServerTree| server.tree.as_ref().is_some_and(|tree| is(tree, newest.tree));
    let behind: Vec<&ServerTree> = forest
        .servers
        .iter()
        .filter(|server| server.tree.is_some() && !is_newest(server))
        .collect();
    if variants.len() == 1 {
        let count = newest.servers.len() as u32;
        said.push(Phrase::new(Key::TreesEqual).with("count", count).with("zxid", newest.applied));
    }
    contradictions(&behind, newest.applied, &newest.servers, &mut said);
    minority_leaders(&behind, &mut said);
    lagging(&behind, newest.applied, &mut said);
    let down: Vec<ServerId> = forest
        .servers
        .iter()
        .filter(|server| server.tree.is_none())
        .map(|server| server.server)
        .collect();
    if !down.is_empty() {
        let phrase = Phrase::new(Key::TreesDown).with("servers", list(&down));
        said.push(phrase.with("count", down.len() as u32));
    }
    said
}

fn is(tree: &Tree, other: &crate::store::DataTree) -> bool {
    tree.data().digest() == other.digest()
}

/// At the same zxid there is one tree, or a law is broken.
fn contradictions(
    behind: &[&ServerTree],
    newest: Zxid,
    with_newest: &[ServerId],
    said: &mut Vec<Phrase>,
) {
    let same: Vec<ServerId> = behind
        .iter()
        .filter(|server| applied(server) == newest)
        .map(|server| server.server)
        .collect();
    if !same.is_empty() {
        let phrase = Phrase::new(Key::TreesContradict).with("servers", list(&same));
        said.push(phrase.with("others", list(with_newest)).with("zxid", newest));
    }
}

/// A leader without a quorum commits nothing, so neither its tree nor those of its learners grow.
fn minority_leaders(behind: &[&ServerTree], said: &mut Vec<Phrase>) {
    for server in behind {
        if let Standing::Leading { epoch, reached, total, quorum: false } = server.standing {
            let phrase = Phrase::new(Key::TreesMinorityLeader)
                .with("server", server.server)
                .with("epoch", epoch)
                .with("reached", reached)
                .with("total", total)
                .with("zxid", applied(server));
            said.push(phrase);
        }
        if let Standing::Learning { leader, quorum: false } = server.standing {
            let phrase = Phrase::new(Key::TreesMinorityLearner)
                .with("server", server.server)
                .with("leader", leader)
                .with("zxid", applied(server));
            said.push(phrase);
        }
    }
}

/// The others that are behind, by what keeps them.
fn lagging(behind: &[&ServerTree], newest: Zxid, said: &mut Vec<Phrase>) {
    type Keeps = fn(Standing) -> bool;
    let reasons: [(Key, Keeps); 3] = [
        (Key::TreesStale, |standing| {
            matches!(
                standing,
                Standing::Learning { quorum: true, .. } | Standing::Leading { quorum: true, .. }
            )
        }),
        (Key::TreesLooking, |standing| standing == Standing::Looking),
        (Key::TreesPaused, |standing| standing == Standing::Paused),
    ];
    for (key, keeps) in reasons {
        let kept =
            behind.iter().filter(|server| keeps(server.standing) && applied(server) < newest);
        let kept: Vec<&&ServerTree> = kept.collect();
        let Some(last) = kept.iter().map(|server| applied(server)).min() else { continue };
        let servers: Vec<ServerId> = kept.iter().map(|server| server.server).collect();
        let phrase = Phrase::new(key)
            .with("servers", list(&servers))
            .with("count", servers.len() as u32)
            .with("zxid", last)
            .with("newest", newest);
        said.push(phrase);
    }
}
