//! The caption: one sentence that says what is happening, and one that says why it matters.
//!
//! It is read off the state alone, so that it is the same however one came here. What is said first
//! is what is least to be missed: no quorum, two leaders, an election, an epoch on its way, an open
//! proposal, quiet.

use crate::text::{Key, Phrase};
use crate::types::{Epoch, ServerId};
use crate::zab::{Phase, RoleName};

use super::{LogGrid, Running, ServerView, StageView, Tally, TallyOf};

/// The caption.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Caption {
    /// What is happening.
    pub title: Phrase,
    /// Why it matters.
    pub detail: Phrase,
}

impl Caption {
    fn new(title: impl Into<Phrase>, detail: impl Into<Phrase>) -> Caption {
        Caption { title: title.into(), detail: detail.into() }
    }
}

/// The caption of a state.
pub fn caption(stage: &StageView, grid: &LogGrid) -> Caption {
    let leaders = stage.leaders();
    quorum_lost(stage)
        .or_else(|| two_leaders(stage, &leaders))
        .or_else(|| leaders.first().and_then(|leader| leading(stage, grid, leader)))
        .unwrap_or_else(|| election(stage))
}

fn quorum_lost(stage: &StageView) -> Option<Caption> {
    let total = stage.servers.len() as u32;
    let alive = stage.alive();
    let about = |key| Phrase::new(key).with("quorum", stage.quorum).with("total", total);
    if alive == 0 {
        return Some(Caption::new(Key::CaptionNoneAlive, Key::CaptionNoneAliveAbout));
    }
    if alive < stage.quorum {
        let detail = Phrase::new(Key::CaptionNoMajorityAbout).with("alive", alive);
        return Some(Caption::new(about(Key::CaptionNoMajority), detail));
    }
    if stage.sides.len() > 1 && stage.sides.iter().all(|side| !side.quorum) {
        return Some(Caption::new(Key::CaptionNoSide, about(Key::CaptionNoSideAbout)));
    }
    None
}

fn two_leaders(stage: &StageView, leaders: &[&ServerView]) -> Option<Caption> {
    if leaders.len() < 2 {
        return None;
    }
    let has_majority = |leader: &&&ServerView| {
        let follows = |server: &&ServerView| {
            server.running().is_some_and(|running| running.leader == Some(leader.id))
        };
        stage.servers.iter().filter(follows).count() as u32 >= stage.quorum
    };
    let count = leaders.len() as u32;
    let Some(true_leader) = leaders.iter().find(has_majority) else {
        let title = Phrase::new(Key::CaptionTwoLeadersNone).with("count", count);
        return Some(Caption::new(title, Key::CaptionElectionAbout));
    };
    let other = leaders.iter().find(|leader| leader.id != true_leader.id)?;
    let title = Phrase::new(Key::CaptionTwoLeaders);
    let detail = Phrase::new(Key::CaptionTwoLeadersAbout).with("other", other.id);
    Some(Caption::new(title.with("count", count).with("server", true_leader.id), detail))
}

fn leading(stage: &StageView, grid: &LogGrid, leader: &ServerView) -> Option<Caption> {
    let running = leader.running()?;
    match (running.phase, running.tally) {
        (Phase::Election, _) => None,
        (Phase::Broadcast, Some(tally)) => proposal(grid, leader, tally),
        (Phase::Broadcast, None) => Some(quiet(stage, leader)),
        (_, tally) => Some(establishing(stage, leader, running, tally)),
    }
}

fn establishing(
    stage: &StageView,
    leader: &ServerView,
    running: &Running,
    tally: Option<Tally>,
) -> Caption {
    let proposed = tally.is_some_and(|tally| tally.of == TallyOf::AckEpochs);
    let (title, detail) = match running.phase {
        Phase::Synchronization => (Key::CaptionSynchronization, Key::CaptionSynchronizationAbout),
        _ if proposed => (Key::CaptionDiscoveryEpoch, Key::CaptionDiscoveryEpochAbout),
        _ => (Key::CaptionDiscovery, Key::CaptionDiscoveryAbout),
    };
    // Before the leader has chosen the epoch, the one that comes next is what its own promise says.
    let epoch = match title {
        Key::CaptionDiscovery => leader.accepted_epoch.next(),
        _ => leader.accepted_epoch,
    };
    // Before the first has registered the leader knows of itself.
    let all = stage.servers.len() as u32;
    let (filled, total) = tally.map_or((1, all), |tally| (tally.filled, tally.total));
    let about = |key| Phrase::new(key).with("server", leader.id).with("epoch", epoch);
    Caption::new(about(title), about(detail).with("filled", filled).with("total", total))
}

fn proposal(grid: &LogGrid, leader: &ServerView, tally: Tally) -> Option<Caption> {
    let TallyOf::ProposalAcks(zxid) = tally.of else { return None };
    let about = |key| {
        Phrase::new(key)
            .with("server", leader.id)
            .with("zxid", zxid)
            .with("filled", tally.filled)
            .with("total", tally.total)
    };
    if tally.reached() {
        return Some(Caption::new(about(Key::CaptionCommitted), Key::CaptionCommittedAbout));
    }
    let column = grid.columns.iter().find(|column| column.zxid == zxid);
    let disks = column.map_or(0, |column| column.disks);
    let detail = if disks > tally.filled {
        Phrase::new(Key::CaptionProposedDisks).with("disks", disks)
    } else {
        Phrase::new(Key::CaptionProposedAbout)
    };
    let missing = tally.quorum - tally.filled;
    Some(Caption::new(about(Key::CaptionProposed).with("missing", missing), detail))
}

fn quiet(stage: &StageView, leader: &ServerView) -> Caption {
    let total = stage.servers.len() as u32;
    let follows = |server: &&ServerView| {
        let follower = |running: &Running| {
            running.role == RoleName::Following && running.leader == Some(leader.id)
        };
        server.running().is_some_and(follower)
    };
    let following = stage.servers.iter().filter(follows).count() as u32;
    let out = total - 1 - following;
    if following + 1 < stage.quorum {
        let title = Phrase::new(Key::CaptionAlone).with("server", leader.id);
        let title = title.with("holds", following + 1).with("total", total);
        return Caption::new(title, Key::CaptionAloneAbout);
    }
    // Nothing but sessions so far.
    let fresh = leader.current_epoch == Epoch(1)
        && leader.last_zxid.counter as usize <= stage.clients.len();
    if out == 0 && total > 1 && fresh {
        let title = Phrase::new(Key::CaptionFirst).with("count", total).with("server", leader.id);
        return Caption::new(title, Key::CaptionFirstAbout);
    }
    let title = Phrase::new(Key::CaptionIdle)
        .with("server", leader.id)
        .with("epoch", leader.current_epoch)
        .with("following", following);
    let detail = if out > 0 {
        Phrase::new(Key::CaptionIdleMinority).with("out", out)
    } else {
        // Of a leader that has proposed nothing yet, (e,0) is no transaction.
        let last = leader.log.last().map_or(leader.applied, |cell| cell.zxid);
        Phrase::new(Key::CaptionIdleAbout).with("zxid", last)
    };
    Caption::new(title, detail)
}

fn election(stage: &StageView) -> Caption {
    let looks = |server: &&ServerView| {
        server.running().is_some_and(|running| running.role == RoleName::Looking)
    };
    let looking = stage.servers.iter().filter(looks).count() as u32;
    let crashed: Vec<_> =
        stage.servers.iter().filter(|server| server.running().is_none()).collect();
    let title = match crashed.as_slice() {
        [server] => Phrase::new(Key::CaptionElectionLost).with("server", server.id),
        _ => Phrase::new(Key::CaptionElection),
    };
    let detail = match looking {
        0 => Key::CaptionElectionUnnoticed.into(),
        _ => votes(stage),
    };
    Caption::new(title.with("looking", looking), detail)
}

/// Where the votes go: the fullest tally of those that look.
fn votes(stage: &StageView) -> Phrase {
    let vote = |server: &ServerView| -> Option<(Tally, ServerId)> {
        let running = server.running().filter(|running| running.role == RoleName::Looking)?;
        Some((running.tally?, running.vote?))
    };
    let fullest = stage.servers.iter().filter_map(vote).max_by_key(|(tally, _)| tally.filled);
    match fullest {
        Some((tally, candidate)) if tally.reached() => {
            Phrase::new(Key::CaptionElectionSettled).with("candidate", candidate)
        }
        Some((tally, candidate)) if tally.filled > 1 => Phrase::new(Key::CaptionElectionVotes)
            .with("candidate", candidate)
            .with("votes", tally.filled)
            .with("total", tally.total),
        _ => Phrase::new(Key::CaptionElectionAbout),
    }
}
