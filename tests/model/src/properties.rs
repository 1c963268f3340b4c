//! The properties, by the names of `zabscope::check`, as predicates over one state.

use stateright::Property;
use zabscope::types::{ServerId, Zxid};
use zabscope::zab::{Phase, RoleName};

use crate::model::Ensemble;
use crate::stand::Tree;
use crate::state::{SERVERS, State};

/// All of them, and what has to be reachable for the others to mean something.
pub fn all() -> Vec<Property<Ensemble>> {
    vec![
        Property::always("Leadership2", |_, state| leadership2(state)),
        Property::always("PrefixConsistency", |_, state| prefix_consistency(state)),
        Property::always("LeaderLogCompleteness", |_, state| leader_log_completeness(state)),
        Property::always("QuorumDurability", |_, state| quorum_durability(state)),
        Property::always("HistoryConsistency", |_, state| history_consistency(state)),
        Property::always("ReplicaEquality", |_, state| replica_equality(state)),
        Property::always("EpochSanity", |_, state| epoch_sanity(state)),
        Property::always("BadCommits", |_, state: &State| !state.ghosts.bad_commit),
        Property::always("BadProposals", |_, state: &State| !state.ghosts.bad_proposal),
        Property::always("BadAcks", |_, state: &State| !state.ghosts.bad_ack),
    ]
}

/// I-1: an epoch has at most one established leader, ever.
fn leadership2(state: &State) -> bool {
    state.ghosts.reigns.windows(2).all(|pair| pair[0].0 != pair[1].0)
}

/// I-2 to I-4: what servers show is nested, in the order of its zxids, and shown once.
fn prefix_consistency(state: &State) -> bool {
    let zxids = || state.ghosts.committed.iter().map(|&txn| zxid(state, txn));
    let rises = zxids().zip(zxids().skip(1)).all(|(earlier, later)| earlier < later);
    rises
        && serving(state)
            .all(|server| state.ghosts.committed.starts_with(&state.body(server).delivered()))
}

/// An established leader has everything that is committed in epochs up to its own.
fn leader_log_completeness(state: &State) -> bool {
    serving(state).filter(|&server| state.leads(server)).all(|server| {
        let Some(epoch) = state.peer(server).map(|peer| peer.current_epoch()) else { return true };
        let is_due = |txn: &&u8| zxid(state, **txn).epoch <= epoch;
        let due: Tree = state.ghosts.committed.iter().take_while(is_due).copied().collect();
        state.body(server).appended().starts_with(&due)
    })
}

/// What is committed is on the disks of a quorum.
fn quorum_durability(state: &State) -> bool {
    let committed = &state.ghosts.committed;
    let holds = |server: &ServerId| state.stand(*server).disk.starts_with(committed);
    committed.is_empty() || SERVERS.iter().filter(|server| holds(server)).count() >= 2
}

/// I-10: of the disks of an established leader and of a learner of its epoch, one holds a prefix of
/// the other's history.
fn history_consistency(state: &State) -> bool {
    SERVERS.into_iter().all(|server| {
        let Some(peer) = state.peer(server) else { return true };
        let learns = peer.role_name() == RoleName::Following && peer.phase() > Phase::Discovery;
        let Some(leader) = peer.leader().filter(|_| learns) else { return true };
        let epoch = state.peer(leader).map(|peer| peer.current_epoch());
        let is_one_epoch =
            state.leads(leader) && state.serves(leader) && epoch == Some(peer.current_epoch());
        let (own, its) = (&state.stand(server).disk, &state.stand(leader).disk);
        !is_one_epoch || own.starts_with(its) || its.starts_with(own)
    })
}

/// A serving server's tree has everything committed up to its last processed zxid.
fn replica_equality(state: &State) -> bool {
    serving(state).all(|server| {
        let Some(peer) = state.peer(server) else { return true };
        let last = peer.last_processed();
        let is_due = |txn: &&u8| zxid(state, **txn) <= last;
        let due: Tree = state.ghosts.committed.iter().take_while(is_due).copied().collect();
        state.body(server).tree.starts_with(&due)
    })
}

/// No server enters an epoch that it has not promised.
fn epoch_sanity(state: &State) -> bool {
    state
        .stands
        .iter()
        .all(|stand| stand.body.durable.current_epoch <= stand.body.durable.accepted_epoch)
}

fn serving(state: &State) -> impl Iterator<Item = ServerId> {
    SERVERS.into_iter().filter(|&server| state.serves(server))
}

fn zxid(state: &State, txn: u8) -> Zxid {
    state.ghosts.proposed[usize::from(txn) - 1]
}
