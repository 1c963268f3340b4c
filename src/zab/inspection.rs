//! What a screen, a checker or a test can see of a peer.

use super::election::Ballot;
use super::leader::Leading;
use super::role::Role;
use super::{History, Peer, Phase, ProtocolConfig, RoleName, Vote};
use crate::types::{ConnectionId, Epoch, ServerId, Zxid};

impl Peer {
    /// Who it is.
    pub fn id(&self) -> ServerId {
        self.member.id
    }

    /// Its role.
    pub fn role_name(&self) -> RoleName {
        self.role.name(self.member.votes())
    }

    /// Its phase.
    pub fn phase(&self) -> Phase {
        self.role.phase()
    }

    /// Whom it follows, or itself where it leads; `None` while LOOKING.
    pub fn leader(&self) -> Option<ServerId> {
        match &self.role {
            Role::Looking(_) => None,
            Role::Following(following) => Some(following.leader()),
            Role::Leading(_) => Some(self.id()),
        }
    }

    /// Its logical clock.
    pub fn round(&self) -> u64 {
        self.member.round
    }

    /// Its vote: while LOOKING its own proposal, then the one that was elected.
    pub fn vote(&self) -> Vote {
        self.member.vote
    }

    /// The epoch promised, as it is on disk.
    pub fn accepted_epoch(&self) -> Epoch {
        self.member.accepted_epoch
    }

    /// The epoch entered, as it is on disk.
    pub fn current_epoch(&self) -> Epoch {
        self.member.current_epoch
    }

    /// Its log and what of it is in the tree.
    pub fn history(&self) -> &History {
        &self.member.history
    }

    /// The last zxid in its tree; an established leader begins at `(e,0)`.
    pub fn last_processed(&self) -> Zxid {
        self.member.history.last_processed()
    }

    /// The last zxid known here to be committed: in the tree or handed to the commit step. While
    /// not in BROADCAST a server knows nothing about what is committed, only what is in its tree.
    pub fn last_committed(&self) -> Zxid {
        let history = &self.member.history;
        history.to_be_applied().back().map_or(history.last_processed(), |txn| txn.zxid)
    }

    /// Whether it is LOOKING, has its log on disk, and waits for its host to name a leader; see
    /// [`Peer::with_leader_oracle`].
    pub fn awaits_leader(&self) -> bool {
        matches!(&self.role, Role::Looking(looking) if looking.awaits_leader(&self.member))
    }

    /// Whether it serves clients: it is in BROADCAST.
    pub fn is_serving(&self) -> bool {
        self.phase() == Phase::Broadcast
    }

    /// The configuration.
    pub fn config(&self) -> &ProtocolConfig {
        &self.member.config
    }

    /// While LOOKING: the votes received in this round, by sender, its own included.
    pub fn ballots(&self) -> impl Iterator<Item = (ServerId, Ballot)> + '_ {
        let looking = match &self.role {
            Role::Looking(looking) => Some(looking),
            _ => None,
        };
        let ballots = looking.into_iter().flat_map(|looking| looking.received.iter());
        ballots.map(|(&server, &ballot)| (server, ballot))
    }

    /// The servers counted towards the quorum that this server waits for: votes equal to its own
    /// while LOOKING; as leader those registered, those that acknowledged the epoch, those that
    /// acknowledged NEWLEADER, or those that acknowledged the oldest proposal not yet committed.
    /// `None` where it waits for no quorum.
    pub fn tally(&self) -> Option<Tally> {
        match &self.role {
            Role::Looking(looking) => {
                Some(Tally { of: TallyOf::Votes, servers: looking.agreeing(&self.member) })
            }
            Role::Following(_) => None,
            Role::Leading(leading) => leading.tally(),
        }
    }

    /// As leader: what it knows of each learner connected.
    pub fn learners(&self) -> Vec<LearnerView> {
        self.leading().map(Leading::learner_views).unwrap_or_default()
    }

    /// As established leader: each outstanding proposal with the servers that acknowledged it.
    pub fn outstanding(&self) -> Vec<(Zxid, Vec<ServerId>)> {
        let broadcasting = self.leading().and_then(Leading::broadcasting);
        let proposals = broadcasting.into_iter().flat_map(|broadcasting| broadcasting.proposals());
        proposals
            .map(|proposal| (proposal.txn.zxid, proposal.acked.iter().copied().collect()))
            .collect()
    }

    /// As established leader: the last zxid proposed.
    pub fn last_proposed(&self) -> Option<Zxid> {
        let broadcasting = self.leading().and_then(Leading::broadcasting);
        broadcasting.map(|broadcasting| broadcasting.last_proposed())
    }
}

/// Votes or acks counted towards a quorum.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tally {
    /// What is counted.
    pub of: TallyOf,
    /// The servers counted, by id.
    pub servers: Vec<ServerId>,
}

/// What a [`Tally`] counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TallyOf {
    /// Votes equal to the own proposal.
    Votes,
    /// FOLLOWERINFOs.
    Registrations,
    /// ACKEPOCHs.
    EpochAcks,
    /// Acks of NEWLEADER.
    NewLeaderAcks,
    /// Acks of this proposal, the oldest not yet committed.
    ProposalAcks(Zxid),
}

/// A leader's books on one learner, for the screen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LearnerView {
    /// Which server.
    pub server: ServerId,
    /// Its connection.
    pub connection: ConnectionId,
    /// How far it has come.
    pub progress: LearnerProgress,
    /// The last transaction that it acknowledged.
    pub acked: Zxid,
    /// Whole ticks of silence that it is still allowed.
    pub ticks_left: u64,
}

/// How far a learner has come, as its leader sees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LearnerProgress {
    /// Connected, not registered.
    Connected,
    /// Registered, or promising the epoch.
    Discovery,
    /// Being synchronised.
    Synchronization,
    /// Up to date.
    Broadcast,
}
