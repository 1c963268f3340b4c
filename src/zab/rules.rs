//! The rules that may be switched off, each named by the mistake that is made without it.
//!
//! Without any switch a [`Peer`](super::Peer) is the corrected protocol of ZooKeeper 3.9.4 and
//! master. A switch changes one pure decision at a named seam of the same code; search for its name
//! to find the place. Sources: fact sheet §7 with the issues named there, and §3.6 for which
//! versions had which.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// One rule switched off. The first thirteen were mistakes of ZooKeeper itself, the others are the
/// classic ones of whoever writes such a protocol for the first time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Switch {
    /// A learner makes `currentEpoch` durable before the history of that epoch (ZOOKEEPER-4643).
    EpochBeforeHistory,
    /// A learner acknowledges NEWLEADER while the history of its synchronisation is still on its
    /// way to disk (ZOOKEEPER-4646, 3911).
    AckBeforeFsync,
    /// A learner acknowledges transactions of its synchronisation one by one, as soon as each is on
    /// disk, even before it acknowledges NEWLEADER (ZOOKEEPER-4685).
    TxnAckBeforeNewLeaderAck,
    /// The log step of a role that has ended goes on beside the election (ZOOKEEPER-4712).
    StrayLogThread,
    /// A learner acknowledges NEWLEADER before it has applied the committed transactions of its
    /// synchronisation (ZOOKEEPER-3023).
    AsyncApplyInSync,
    /// At NEWLEADER a learner logs what is proposed and not committed too, and forgets that it was
    /// in flight: a COMMIT finds nothing (ZOOKEEPER-4394).
    ClearInFlightAtNewLeader,
    /// A server that goes back to LOOKING votes by its tree, which may lag behind its log
    /// (ZOOKEEPER-2845).
    NoFastForward,
    /// A leader sends DIFF without looking whether it has the learner's last transaction
    /// (ZOOKEEPER-1154).
    DiffWithoutLookup,
    /// No epoch is kept on disk: the next one is that of the last zxid plus one (ZOOKEEPER-335).
    NoEpochFiles,
    /// A new leader writes a snapshot of what may never be committed, and TRUNC leaves it there
    /// (ZOOKEEPER-1549).
    SnapshotAtLead,
    /// DIFF sets the last processed zxid before its transactions have come (ZOOKEEPER-2355).
    DiffSetsLastProcessed,
    /// Half a SNAP stays in memory when the synchronisation breaks off (ZOOKEEPER-3642).
    KeepPartialSnap,
    /// Transactions of a synchronisation are missing in the committed log, and nobody looks for
    /// gaps (ZOOKEEPER-4925).
    SkipCommittedLogInSync,
    /// One server less than a quorum decides.
    QuorumTooSmall,
    /// Nobody compares epochs in discovery: a leader raises its own, whatever its learners have
    /// promised, and takes learners that are more recent; a learner breaks its promise.
    NoEpochCheck,
    /// A leader commits whatever has its quorum, the newest first.
    CommitOutOfOrder,
    /// A leader sends nothing but NEWLEADER.
    LeaderSkipsSync,
    /// A follower acknowledges a proposal before it is on disk.
    AckBeforeLogging,
    /// Histories are compared by epoch alone, in votes and in discovery.
    VotesWithoutZxid,
    /// Histories are compared by zxid alone, in votes and in discovery.
    VotesWithoutEpoch,
}

impl Switch {
    /// All of them; ZooKeeper's own first, in the order of fact sheet §7.
    pub const ALL: [Switch; 20] = [
        Switch::EpochBeforeHistory,
        Switch::AckBeforeFsync,
        Switch::TxnAckBeforeNewLeaderAck,
        Switch::StrayLogThread,
        Switch::AsyncApplyInSync,
        Switch::ClearInFlightAtNewLeader,
        Switch::NoFastForward,
        Switch::DiffWithoutLookup,
        Switch::NoEpochFiles,
        Switch::SnapshotAtLead,
        Switch::DiffSetsLastProcessed,
        Switch::KeepPartialSnap,
        Switch::SkipCommittedLogInSync,
        Switch::QuorumTooSmall,
        Switch::NoEpochCheck,
        Switch::CommitOutOfOrder,
        Switch::LeaderSkipsSync,
        Switch::AckBeforeLogging,
        Switch::VotesWithoutZxid,
        Switch::VotesWithoutEpoch,
    ];

    /// How it is spelled in scenarios and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Switch::EpochBeforeHistory => "epochBeforeHistory",
            Switch::AckBeforeFsync => "ackBeforeFsync",
            Switch::TxnAckBeforeNewLeaderAck => "txnAckBeforeNewLeaderAck",
            Switch::StrayLogThread => "strayLogThread",
            Switch::AsyncApplyInSync => "asyncApplyInSync",
            Switch::ClearInFlightAtNewLeader => "clearInFlightAtNewLeader",
            Switch::NoFastForward => "noFastForward",
            Switch::DiffWithoutLookup => "diffWithoutLookup",
            Switch::NoEpochFiles => "noEpochFiles",
            Switch::SnapshotAtLead => "snapshotAtLead",
            Switch::DiffSetsLastProcessed => "diffSetsLastProcessed",
            Switch::KeepPartialSnap => "keepPartialSnap",
            Switch::SkipCommittedLogInSync => "skipCommittedLogInSync",
            Switch::QuorumTooSmall => "quorumTooSmall",
            Switch::NoEpochCheck => "noEpochCheck",
            Switch::CommitOutOfOrder => "commitOutOfOrder",
            Switch::LeaderSkipsSync => "leaderSkipsSync",
            Switch::AckBeforeLogging => "ackBeforeLogging",
            Switch::VotesWithoutZxid => "votesWithoutZxid",
            Switch::VotesWithoutEpoch => "votesWithoutEpoch",
        }
    }

    /// The versions of ZooKeeper that lived with it, by fact sheet §§3.6, 7; `-` for the classic
    /// mistakes.
    pub const fn versions(self) -> &'static str {
        match self {
            Switch::EpochBeforeHistory
            | Switch::AckBeforeFsync
            | Switch::TxnAckBeforeNewLeaderAck => "3.7-3.9.1",
            Switch::StrayLogThread => "up to 3.9.2",
            Switch::AsyncApplyInSync => "3.5-3.9.2",
            Switch::ClearInFlightAtNewLeader => "3.7-3.9.2",
            Switch::NoFastForward => "3.4.10-3.4.11, 3.5.3",
            Switch::DiffWithoutLookup => "up to 3.3.3",
            Switch::NoEpochFiles => "before 3.4.0",
            Switch::SnapshotAtLead => "all",
            Switch::DiffSetsLastProcessed => "up to 3.4.10",
            Switch::KeepPartialSnap => "up to 3.6.2",
            Switch::SkipCommittedLogInSync => "3.9.3",
            Switch::QuorumTooSmall
            | Switch::NoEpochCheck
            | Switch::CommitOutOfOrder
            | Switch::LeaderSkipsSync
            | Switch::AckBeforeLogging
            | Switch::VotesWithoutZxid
            | Switch::VotesWithoutEpoch => "-",
        }
    }

    /// The switch of that name.
    pub fn from_name(name: &str) -> Option<Switch> {
        Switch::ALL.into_iter().find(|switch| switch.name() == name)
    }
}

impl fmt::Display for Switch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}

/// Which rules are switched off; none by default.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Rules {
    /// A bit for each switch, by its place in [`Switch::ALL`].
    bits: u32,
}

impl Rules {
    /// The corrected protocol: `default`.
    pub const DEFAULT: Rules = Rules { bits: 0 };

    /// What ZooKeeper 3.8.0 does, which the recordings are of: `zookeeper-3.8.0`.
    pub const ZOOKEEPER_3_8_0: Rules = Rules::DEFAULT
        .with(Switch::EpochBeforeHistory)
        .with(Switch::AckBeforeFsync)
        .with(Switch::TxnAckBeforeNewLeaderAck)
        .with(Switch::StrayLogThread)
        .with(Switch::AsyncApplyInSync)
        .with(Switch::ClearInFlightAtNewLeader)
        .with(Switch::SnapshotAtLead);

    /// The named sets.
    pub const SETS: [(&'static str, Rules); 2] =
        [("default", Rules::DEFAULT), ("zookeeper-3.8.0", Rules::ZOOKEEPER_3_8_0)];

    /// These and one more.
    #[must_use]
    pub const fn with(self, switch: Switch) -> Rules {
        Rules { bits: self.bits | 1 << switch as u32 }
    }

    /// Whether the rule is switched off.
    pub const fn has(self, switch: Switch) -> bool {
        self.bits & 1 << switch as u32 != 0
    }

    /// Whether no rule is switched off.
    pub const fn is_default(self) -> bool {
        self.bits == 0
    }

    /// The switches that are on.
    pub fn switches(self) -> impl Iterator<Item = Switch> {
        Switch::ALL.into_iter().filter(move |&switch| self.has(switch))
    }

    /// The set of that name, or the single switch.
    pub fn from_name(name: &str) -> Option<Rules> {
        let set = Rules::SETS.into_iter().find(|(known, _)| *known == name);
        set.map(|(_, rules)| rules)
            .or_else(|| Switch::from_name(name).map(|switch| Rules::DEFAULT.with(switch)))
    }

    /// The name, where these rules have one: that of a set.
    pub fn set_name(self) -> Option<&'static str> {
        Rules::SETS.into_iter().find(|(_, rules)| *rules == self).map(|(name, _)| name)
    }
}

impl FromIterator<Switch> for Rules {
    fn from_iter<T: IntoIterator<Item = Switch>>(switches: T) -> Rules {
        switches.into_iter().fold(Rules::DEFAULT, Rules::with)
    }
}

/// The name of the set, or the names of the switches.
impl fmt::Display for Rules {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.set_name() {
            Some(name) => out.pad(name),
            None => {
                let names: Vec<&str> = self.switches().map(Switch::name).collect();
                out.pad(&names.join(" "))
            }
        }
    }
}

impl fmt::Debug for Rules {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.switches()).finish()
    }
}

impl Serialize for Switch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Switch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Switch, D::Error> {
        let name = String::deserialize(deserializer)?;
        Switch::from_name(&name).ok_or_else(|| de::Error::custom(format!("no rule {name}")))
    }
}

/// As the list of the switches.
impl Serialize for Rules {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.switches())
    }
}

impl<'de> Deserialize<'de> for Rules {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Rules, D::Error> {
        Ok(Vec::<Switch>::deserialize(deserializer)?.into_iter().collect())
    }
}
