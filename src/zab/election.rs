//! LOOKING: fast leader election.
//!
//! Every server proposes itself and adopts each better vote that it hears of; when a quorum holds
//! the same vote and nothing better arrives for a while, it is decided. A server that finds an
//! established leader joins it, whatever its own vote. Election decides nothing about safety: two
//! leaders may come out of it, and only one can win a quorum in DISCOVERY.
//!
//! Source: `FastLeaderElection.lookForLeader` and `Messenger.WorkerReceiver`, fact sheet §§2.3–2.5.

use std::collections::BTreeMap;

use super::role::Next;
use super::{
    IgnoreReason, Member, MessageKind, Note, Notification, Out, Output, RoleName, Switch, Timer,
    Vote,
};
use crate::types::{ServerId, Span};

/// A vote as it was received: `recvset` and `outofelection` hold these.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Ballot {
    /// The vote.
    pub vote: Vote,
    /// The sender's round.
    pub round: u64,
    /// The sender's role.
    pub state: RoleName,
}

/// The data of a server that is LOOKING. Its own proposal is the member's vote.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Looking {
    pub(super) stage: Stage,
    /// The votes of this round, by sender (`recvset`).
    pub(super) received: BTreeMap<ServerId, Ballot>,
    /// What servers say that already have a leader (`outofelection`).
    pub(super) settled: BTreeMap<ServerId, Ballot>,
    /// How long to wait for a notification before sending ours again.
    timeout: Span,
}

/// How far a server in LOOKING has come.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Stage {
    /// It waits until its log step has everything on disk, so that its vote speaks for all of it
    /// (ZOOKEEPER-4712). In ZooKeeper this wait belongs to the shutdown of the role before. The
    /// tree is brought up to the end of the log where the service had started (fact sheet §1.5).
    Draining { fast_forwards: bool },
    /// An observer gives the others time to elect.
    Pausing,
    /// It collects votes.
    Voting,
    /// A quorum agrees; it waits for silence.
    Settling,
}

impl Looking {
    /// LOOKING, and not yet voting.
    pub(super) fn draining(member: &Member, fast_forwards: bool) -> Looking {
        Looking {
            stage: Stage::Draining { fast_forwards },
            received: BTreeMap::new(),
            settled: BTreeMap::new(),
            timeout: member.config.min_notification_interval,
        }
    }

    /// Starts the election if the log is on disk to its end.
    pub(super) fn poll_drained(&self, member: &Member) -> Next {
        let Stage::Draining { fast_forwards } = self.stage else { return Next::Stay };
        let is_drained = member.history.is_drained() || member.has(Switch::StrayLogThread);
        if is_drained { Next::Drained { fast_forwards } } else { Next::Stay }
    }

    /// Opens a new round with a vote for ourselves.
    pub(super) fn begin(&mut self, member: &mut Member, out: &mut Out) -> Next {
        let is_new = matches!(self.stage, Stage::Draining { .. } | Stage::Pausing);
        assert!(is_new, "an election begins once");
        self.stage = Stage::Voting;
        member.forget_epochs();
        member.vote = member.initial_vote();
        if member.has_leader_oracle {
            member.forget_writes();
            return Next::Stay;
        }
        member.round += 1;
        out.note(Note::RoundStarted { round: member.round });
        out.note(Note::VoteCast { vote: member.vote, replaces: None });
        self.wait_for_notification(out);
        self.send_vote(member, out);
        self.count(member, out)
    }

    /// Whether the host has to name its leader.
    pub(super) fn awaits_leader(&self, member: &Member) -> bool {
        member.has_leader_oracle && self.stage == Stage::Voting
    }

    pub(super) fn on_notification(
        &mut self,
        member: &mut Member,
        from: ServerId,
        notification: &Notification,
        out: &mut Out,
    ) -> Next {
        let is_voting = matches!(self.stage, Stage::Voting | Stage::Settling);
        let answers = is_voting && member.votes();
        if answers && notification.round < member.round && notification.state == RoleName::Looking {
            // The receiver thread answers before the election sees the message.
            member.links.send(from, own_notification(member, RoleName::Looking), out);
        }
        match self.stage {
            Stage::Draining { .. } | Stage::Pausing => ignore(from, IgnoreReason::WrongPhase, out),
            _ if !member.config.quorum.is_voter(notification.vote.leader) => {
                ignore(from, IgnoreReason::NotAVoter, out)
            }
            Stage::Settling if !notification.vote.beats(&member.vote, &member.config) => {
                out.timer(Timer::FinalizeWait, member.config.finalize_wait);
                ignore(from, IgnoreReason::Settling, out)
            }
            Stage::Settling => {
                self.stage = Stage::Voting;
                out.push(Output::CancelTimer(Timer::FinalizeWait));
                self.on_vote(member, from, notification, out)
            }
            Stage::Voting => self.on_vote(member, from, notification, out),
        }
    }

    /// Nobody spoke for a while: send our vote again, and wait twice as long.
    pub(super) fn on_notification_timeout(&mut self, member: &mut Member, out: &mut Out) -> Next {
        if self.stage != Stage::Voting {
            return Next::Stay;
        }
        let longest = member.config.max_notification_interval;
        self.timeout = (self.timeout * 2).min(longest);
        self.wait_for_notification(out);
        if !member.links.have_delivered() {
            member.links.connect_all(out);
            return Next::Stay;
        }
        self.send_vote(member, out);
        // Our vote comes back to ourselves, and is counted again.
        self.count(member, out)
    }

    /// Silence since a quorum agreed: it is decided.
    pub(super) fn on_finalize_wait(&mut self, member: &mut Member, out: &mut Out) -> Next {
        if self.stage != Stage::Settling {
            return Next::Stay;
        }
        elected(member, member.vote, false, out)
    }

    fn on_vote(
        &mut self,
        member: &mut Member,
        from: ServerId,
        notification: &Notification,
        out: &mut Out,
    ) -> Next {
        self.wait_for_notification(out);
        match notification.state {
            RoleName::Looking => self.on_looking_vote(member, from, notification, out),
            RoleName::Following | RoleName::Leading => {
                self.on_settled_vote(member, from, notification, out)
            }
            RoleName::Observing => ignore(from, IgnoreReason::NotAVoter, out),
        }
    }

    /// A vote of a server that is LOOKING too.
    fn on_looking_vote(
        &mut self,
        member: &mut Member,
        from: ServerId,
        notification: &Notification,
        out: &mut Out,
    ) -> Next {
        if notification.data_missing || member.history.is_missing() {
            return ignore(from, IgnoreReason::DataMissing, out);
        }
        if notification.round < member.round {
            return ignore(from, IgnoreReason::OldRound, out);
        }
        let proposed = notification.vote;
        if notification.round > member.round {
            member.round = notification.round;
            self.received.clear();
            out.note(Note::RoundStarted { round: member.round });
            let initial = member.initial_vote();
            let better = if proposed.beats(&initial, &member.config) { proposed } else { initial };
            self.cast(member, better, out);
        } else if proposed.beats(&member.vote, &member.config) {
            self.cast(member, proposed, out);
        }
        let (round, state) = (notification.round, notification.state);
        self.received.insert(from, Ballot { vote: proposed, round, state });
        let next = self.count(member, out);
        let agreeing = self.agreeing(member).len() as u32;
        out.note(Note::VoteCounted { from, vote: proposed, agreeing });
        next
    }

    /// The word of a server that has a leader: join it if a quorum follows it and it says itself
    /// that it leads.
    fn on_settled_vote(
        &mut self,
        member: &mut Member,
        from: ServerId,
        notification: &Notification,
        out: &mut Out,
    ) -> Next {
        let Notification { state, vote, round, .. } = *notification;
        let ballot = Ballot { vote, round, state };
        if round == member.round {
            self.received.insert(from, ballot);
            if is_followed_by_quorum(member, &self.received, ballot) {
                return elected(member, vote, true, out);
            }
        }
        self.settled.insert(from, ballot);
        if is_followed_by_quorum(member, &self.settled, ballot) {
            member.round = round;
            return elected(member, vote, true, out);
        }
        let agreeing = self.agreeing(member).len() as u32;
        out.note(Note::VoteCounted { from, vote, agreeing });
        Next::Stay
    }

    /// Makes `vote` our proposal and tells everyone.
    fn cast(&mut self, member: &mut Member, vote: Vote, out: &mut Out) {
        let replaced = std::mem::replace(&mut member.vote, vote);
        let replaces =
            vote.decided_by(&replaced, member.config.rules).map(|field| (replaced, field));
        out.note(Note::VoteCast { vote, replaces });
        self.send_vote(member, out);
    }

    fn send_vote(&mut self, member: &mut Member, out: &mut Out) {
        let notification = own_notification(member, RoleName::Looking);
        member.links.send_all(&notification, out);
        let Notification { state, vote, round, data_missing } = notification;
        if member.votes() && !data_missing {
            self.received.insert(member.id, Ballot { vote, round, state });
        }
    }

    /// Settles if a quorum holds our proposal.
    fn count(&mut self, member: &Member, out: &mut Out) -> Next {
        if member.config.is_quorum(&self.agreeing(member)) {
            self.stage = Stage::Settling;
            out.note(Note::VotesSettled { leader: member.vote.leader });
            out.push(Output::CancelTimer(Timer::Notification));
            out.timer(Timer::FinalizeWait, member.config.finalize_wait);
        }
        Next::Stay
    }

    /// Who holds our proposal in this round. Source: `Vote.equals` with a side that is LOOKING.
    pub(super) fn agreeing(&self, member: &Member) -> Vec<ServerId> {
        let agrees = |ballot: &Ballot| ballot.vote == member.vote && ballot.round == member.round;
        let ballots = self.received.iter().filter(|(_, ballot)| agrees(ballot));
        ballots.map(|(&server, _)| server).collect()
    }

    fn wait_for_notification(&self, out: &mut Out) {
        out.timer(Timer::Notification, self.timeout);
    }
}

/// The answer of a server that is not LOOKING to one that is; nothing to others.
pub(super) fn answer(
    member: &mut Member,
    role: RoleName,
    from: ServerId,
    notification: &Notification,
    out: &mut Out,
) {
    assert_ne!(role, RoleName::Looking, "a looking server counts votes");
    if notification.state == RoleName::Looking && member.votes() {
        member.links.send(from, own_notification(member, role), out);
    } else {
        let _ = ignore(from, IgnoreReason::NotLooking, out);
    }
}

/// The answer to a server without a vote, which is never counted: what the last election ended
/// with. Source: `WorkerReceiver.run`.
pub(super) fn answer_observer(member: &mut Member, state: RoleName, from: ServerId, out: &mut Out) {
    let data_missing = member.history.is_missing();
    let (vote, round) = (member.elected, member.round);
    member.links.send(from, Notification { state, vote, round, data_missing }, out);
}

fn own_notification(member: &Member, state: RoleName) -> Notification {
    let data_missing = member.history.is_missing() && member.vote.leader == member.id;
    Notification { state, vote: member.vote, round: member.round, data_missing }
}

/// Whether a quorum of `ballots` names the leader that `ballot` names, and that one agrees.
/// Source: `Vote.equals` between settled servers (id and epoch), `FastLeaderElection.checkLeader`.
fn is_followed_by_quorum(
    member: &Member,
    ballots: &BTreeMap<ServerId, Ballot>,
    ballot: Ballot,
) -> bool {
    let agrees = |other: &Ballot| {
        let same_leader = other.vote.leader == ballot.vote.leader
            && other.vote.peer_epoch == ballot.vote.peer_epoch;
        match other.state {
            RoleName::Looking => other.vote == ballot.vote && other.round == ballot.round,
            RoleName::Following | RoleName::Leading | RoleName::Observing => same_leader,
        }
    };
    let followers: Vec<ServerId> =
        ballots.iter().filter(|(_, other)| agrees(other)).map(|(&server, _)| server).collect();
    if !member.config.is_quorum(&followers) {
        return false;
    }
    let leader = ballot.vote.leader;
    if leader == member.id {
        return ballot.round == member.round;
    }
    ballots.get(&leader).is_some_and(|ballot| ballot.state == RoleName::Leading)
}

/// The host has decided. The vote names the leader alone: the rest speaks for what was compared.
pub(super) fn decided(member: &mut Member, leader: ServerId, out: &mut Out) -> Next {
    elected(member, Vote { leader, ..Vote::NONE }, false, out)
}

fn elected(member: &mut Member, vote: Vote, joined: bool, out: &mut Out) -> Next {
    member.vote = vote;
    member.elected = vote;
    out.push(Output::CancelTimer(Timer::Notification));
    out.push(Output::CancelTimer(Timer::FinalizeWait));
    out.note(Note::LeaderFound { leader: vote.leader, round: member.round, joined });
    Next::Elected { leader: vote.leader }
}

fn ignore(from: ServerId, reason: IgnoreReason, out: &mut Out) -> Next {
    out.note(Note::Ignored { from, message: MessageKind::Notification, reason });
    Next::Stay
}
