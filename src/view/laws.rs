//! The laws: ten groups of the checked properties, and what is shown where one is broken.

use std::rc::Rc;

use crate::check::PropertyName;
use crate::sim::EventId;
use crate::text::{Key, Phrase};
use crate::types::{Epoch, Instant, ServerId, Span};

use super::{Layout, Point};

/// A law: a group of properties that say one thing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Law {
    /// Of two that servers deliver, one of them delivers both.
    Agreement,
    /// One order on all servers.
    TotalOrder,
    /// Nothing that was not broadcast.
    Integrity,
    /// A leader's order is kept.
    LocalPrimaryOrder,
    /// Earlier epochs come first.
    GlobalPrimaryOrder,
    /// A leader knows all earlier epochs.
    PrimaryIntegrity,
    /// An epoch has one leader.
    OneLeader,
    /// What is committed stays.
    NeverLost,
    /// Writes in one order, by real time.
    LinearizableWrites,
    /// A client's requests in their order.
    SessionOrder,
}

impl Law {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Law; 10] = [
        Law::Agreement,
        Law::TotalOrder,
        Law::Integrity,
        Law::LocalPrimaryOrder,
        Law::GlobalPrimaryOrder,
        Law::PrimaryIntegrity,
        Law::OneLeader,
        Law::NeverLost,
        Law::LinearizableWrites,
        Law::SessionOrder,
    ];

    /// The law that a property belongs to.
    pub const fn of(property: PropertyName) -> Law {
        use PropertyName as P;
        match property {
            P::Agreement
            | P::CommitConsistency
            | P::HistoryConsistency
            | P::ReplicaEquality
            | P::Replicas => Law::Agreement,
            P::TotalOrder | P::PrefixConsistency => Law::TotalOrder,
            P::Integrity | P::BadStates | P::BadAcks | P::BadProposals | P::BadCommits => {
                Law::Integrity
            }
            P::LocalPrimaryOrder | P::CommittedLogMonotonicity => Law::LocalPrimaryOrder,
            P::GlobalPrimaryOrder | P::EpochSanity => Law::GlobalPrimaryOrder,
            P::PrimaryIntegrity | P::InitialHistoryIntegrity | P::ProcessConsistency => {
                Law::PrimaryIntegrity
            }
            P::Leadership1 | P::Leadership2 | P::VoteSanity => Law::OneLeader,
            P::LeaderLogCompleteness
            | P::CommittedLogDurability
            | P::QuorumDurability
            | P::Durability => Law::NeverLost,
            P::LinearizableWrites
            | P::Atomicity
            | P::UnknownOutcome
            | P::Versions
            | P::SequenceNumbers => Law::LinearizableWrites,
            P::FifoClientOrder
            | P::ConsistentReads
            | P::SingleSystemImage
            | P::SyncFreshness
            | P::WatchOrder
            | P::Timeliness
            | P::EphemeralOwners => Law::SessionOrder,
        }
    }

    /// Its name.
    pub const fn name(self) -> Key {
        match self {
            Law::Agreement => Key::LawAgreement,
            Law::TotalOrder => Key::LawTotalOrder,
            Law::Integrity => Key::LawIntegrity,
            Law::LocalPrimaryOrder => Key::LawLocalPrimaryOrder,
            Law::GlobalPrimaryOrder => Key::LawGlobalPrimaryOrder,
            Law::PrimaryIntegrity => Key::LawPrimaryIntegrity,
            Law::OneLeader => Key::LawOneLeader,
            Law::NeverLost => Key::LawNeverLost,
            Law::LinearizableWrites => Key::LawLinearizableWrites,
            Law::SessionOrder => Key::LawSessionOrder,
        }
    }

    /// What it says.
    pub const fn about(self) -> Key {
        match self {
            Law::Agreement => Key::LawAgreementAbout,
            Law::TotalOrder => Key::LawTotalOrderAbout,
            Law::Integrity => Key::LawIntegrityAbout,
            Law::LocalPrimaryOrder => Key::LawLocalPrimaryOrderAbout,
            Law::GlobalPrimaryOrder => Key::LawGlobalPrimaryOrderAbout,
            Law::PrimaryIntegrity => Key::LawPrimaryIntegrityAbout,
            Law::OneLeader => Key::LawOneLeaderAbout,
            Law::NeverLost => Key::LawNeverLostAbout,
            Law::LinearizableWrites => Key::LawLinearizableWritesAbout,
            Law::SessionOrder => Key::LawSessionOrderAbout,
        }
    }

    /// What the caption says where it is broken.
    pub const fn broken(self) -> Key {
        match self {
            Law::Agreement => Key::LawAgreementBroken,
            Law::TotalOrder => Key::LawTotalOrderBroken,
            Law::Integrity => Key::LawIntegrityBroken,
            Law::LocalPrimaryOrder => Key::LawLocalPrimaryOrderBroken,
            Law::GlobalPrimaryOrder => Key::LawGlobalPrimaryOrderBroken,
            Law::PrimaryIntegrity => Key::LawPrimaryIntegrityBroken,
            Law::OneLeader => Key::LawOneLeaderBroken,
            Law::NeverLost => Key::LawNeverLostBroken,
            Law::LinearizableWrites => Key::LawLinearizableWritesBroken,
            Law::SessionOrder => Key::LawSessionOrderBroken,
        }
    }
}

/// The laws and how they stand.
#[derive(Clone, PartialEq, Debug)]
pub struct LawsPanel {
    /// The laws, in their order.
    pub rows: Vec<LawRow>,
    /// What was found first to be broken.
    pub violation: Option<Rc<ViolationView>>,
}

/// A law and how it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LawRow {
    /// Which.
    pub law: Law,
    /// How it stands: as its worst member.
    pub standing: LawStanding,
    /// How often its members were looked at.
    pub evaluations: u64,
    /// The properties that it consists of.
    pub members: Vec<PropertyRow>,
}

/// A property and how it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PropertyRow {
    /// Its name, as the published specifications give it.
    pub name: &'static str,
    /// What it says.
    pub about: Key,
    /// Where it comes from.
    pub source: &'static str,
    /// How it stands.
    pub standing: LawStanding,
    /// How often it was looked at.
    pub evaluations: u64,
}

/// What is known of a law, from bad to good to not yet known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum LawStanding {
    /// It does not hold.
    Broken,
    /// It holds up to now.
    Holds,
    /// Nothing has happened that it speaks of.
    Undecided,
}

impl LawStanding {
    /// The word for `data-standing`.
    pub const fn name(self) -> &'static str {
        match self {
            LawStanding::Broken => "broken",
            LawStanding::Holds => "holds",
            LawStanding::Undecided => "undecided",
        }
    }

    /// The word for who reads it.
    pub const fn key(self) -> Key {
        match self {
            LawStanding::Broken => Key::StandingBroken,
            LawStanding::Holds => Key::StandingHolds,
            LawStanding::Undecided => Key::StandingUndecided,
        }
    }
}

impl LawRow {
    /// The law with its members, in the order of the properties.
    pub fn new(law: Law, members: Vec<PropertyRow>) -> LawRow {
        let worst = members.iter().map(|member| member.standing).min();
        LawRow {
            law,
            standing: worst.unwrap_or(LawStanding::Undecided),
            evaluations: members.iter().map(|member| member.evaluations).sum(),
            members,
        }
    }
}

/// A broken law: two facts that cannot both be true.
#[derive(Clone, PartialEq, Debug)]
pub struct ViolationView {
    /// Which law.
    pub law: Law,
    /// Which of its properties was broken first.
    pub property: &'static str,
    /// The facts, the earlier one first; one, where it contradicts itself.
    pub facts: Vec<FactView>,
    /// Where the one who looks stands to it.
    pub seen_from: SeenFrom,
}

/// Where the moment that is shown stands to a violation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SeenFrom {
    /// It lies ahead: someone has gone back to see how it came.
    Before,
    /// The run has stopped at it.
    There,
    /// The run goes on all the same.
    Behind,
}

/// So much of the time before a violation is gone through step by step.
pub const LAST_STRETCH: Span = Span::millis(40);

impl ViolationView {
    /// Where the last stretch before it begins.
    pub fn last_stretch(&self) -> Instant {
        let at = self.facts.last().map_or(Instant::ZERO, |fact| fact.at);
        Instant(at.0.saturating_sub(LAST_STRETCH.0))
    }
}

/// A fact of a violation.
#[derive(Clone, PartialEq, Debug)]
pub struct FactView {
    /// `A` or `B`.
    pub letter: &'static str,
    /// The event that tells it: where to go to.
    pub event: EventId,
    /// When that was.
    pub at: Instant,
    /// The epoch that it happened in.
    pub epoch: Epoch,
    /// The server that holds it.
    pub server: Option<ServerId>,
    /// What the flag at the server says.
    pub flag: Phrase,
    /// What it tells.
    pub sentence: Phrase,
}

/// Where the flags of the facts stand: above the servers that hold them, one above the other where
/// both are at one server. Each with its place in [`ViolationView::facts`].
pub fn flag_places(violation: &ViolationView, layout: &Layout) -> Vec<(usize, Point)> {
    let mut taken: Vec<ServerId> = Vec::new();
    let mut places = Vec::new();
    for (index, fact) in violation.facts.iter().enumerate() {
        let Some(server) = fact.server else { continue };
        let Some(slot) = layout.slot(server) else { continue };
        let above = taken.iter().filter(|&&other| other == server).count() as f64;
        let tag = slot.tag(layout.tag_height);
        let (x, top) = if layout.frame.phone {
            (slot.at.x, slot.at.y - slot.radius - FLAG_GAP)
        } else {
            (tag.left + tag.width / 2.0, tag.top.min(slot.at.y + slot.tag_offset))
        };
        places.push((index, Point { x, y: top - FLAG_GAP - above * FLAG_PITCH }));
        taken.push(server);
    }
    places
}

/// From the tip of a flag to its middle, and a little air.
const FLAG_GAP: f64 = 15.0;
/// From flag to flag where two stand above each other.
const FLAG_PITCH: f64 = 26.0;

#[cfg(test)]
mod tests {
    use super::*;

    /// Every property belongs to one law, and no law is empty.
    #[test]
    fn ten_laws_hold_all_properties() {
        let of = |law: Law| PropertyName::ALL.into_iter().filter(move |&name| Law::of(name) == law);
        let counts = Law::ALL.map(|law| of(law).count());
        assert!(counts.iter().all(|&count| count > 0), "{counts:?}");
        assert_eq!(counts.iter().sum::<usize>(), PropertyName::COUNT);
    }

    #[test]
    fn a_law_stands_as_its_worst_member() {
        use LawStanding::{Broken, Holds, Undecided};
        let check = |members: &[LawStanding], expected| {
            let member = |&standing: &LawStanding| PropertyRow {
                name: "Agreement",
                about: Key::LawAgreementAbout,
                source: "",
                standing,
                evaluations: 2,
            };
            let row = LawRow::new(Law::Agreement, members.iter().map(member).collect());
            assert_eq!(row.standing, expected, "{members:?}");
            assert_eq!(row.evaluations, 2 * members.len() as u64);
        };
        check(&[Undecided, Undecided], Undecided);
        check(&[Undecided, Holds], Holds);
        check(&[Holds, Broken, Undecided], Broken);
    }
}
