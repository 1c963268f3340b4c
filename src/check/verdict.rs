//! What a checker has found: a verdict of three values, and how often it has looked.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ClientFact;
use crate::sim::EventId;
use crate::types::{Epoch, ServerId, Zxid};

/// What is known of a property.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Verdict {
    /// Nothing has happened that it speaks of.
    #[default]
    Undecided,
    /// It holds up to now.
    Holds,
    /// It does not hold.
    Violated(Arc<Violation>),
}

/// Two events that contradict each other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Violation {
    /// The earlier one, then the one that breaks the property.
    pub witnesses: [Witness; 2],
}

/// An event and what it tells.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Witness {
    /// The event.
    pub event: EventId,
    /// What it tells.
    pub fact: Fact,
}

/// What a witness tells.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Fact {
    /// About what clients asked and were told.
    Client(ClientFact),
    /// The server leads the epoch.
    Leads {
        /// The server.
        server: ServerId,
        /// The epoch.
        epoch: Epoch,
    },
    /// The transaction is committed, as the server says.
    Committed {
        /// The server.
        server: ServerId,
        /// The transaction.
        zxid: Zxid,
    },
    /// The server has delivered this transaction where another one is committed.
    DeliveredInstead {
        /// The server.
        server: ServerId,
        /// What it has delivered.
        zxid: Zxid,
    },
    /// The server leads from an initial history that ends here, and lacks the transaction.
    LeadsWithout {
        /// The server.
        server: ServerId,
        /// The end of its initial history.
        initial_last: Zxid,
        /// The transaction.
        lacks: Zxid,
    },
    /// The transaction is on the disks of so many voters only.
    OnDisks {
        /// The server that committed or showed it.
        server: ServerId,
        /// The transaction.
        zxid: Zxid,
        /// On how many disks.
        disks: u32,
        /// How many are a quorum.
        quorum: u32,
    },
    /// The server has cut its log here.
    Truncated {
        /// The server.
        server: ServerId,
        /// The last zxid that is left.
        zxid: Zxid,
    },
    /// The server's tree at this zxid has this digest, and it knows so many sessions.
    Replica {
        /// The server.
        server: ServerId,
        /// What the tree reaches up to.
        zxid: Zxid,
        /// The tree's digest.
        digest: u64,
        /// How many sessions it knows.
        sessions: u32,
    },
}

/// A verdict, and how often the property was looked at.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Evaluated {
    verdict: Verdict,
    evaluations: u64,
}

impl Verdict {
    /// `holds`, `violated` or `undecided`.
    pub const fn name(&self) -> &'static str {
        match self {
            Verdict::Undecided => "undecided",
            Verdict::Holds => "holds",
            Verdict::Violated(_) => "violated",
        }
    }
}

impl Violation {
    /// The event that breaks the property.
    pub fn event(&self) -> EventId {
        self.witnesses[1].event
    }
}

impl Evaluated {
    /// What is known.
    pub fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// How often the property was looked at.
    pub fn evaluations(&self) -> u64 {
        self.evaluations
    }

    /// The violation, if there is one: the first.
    pub fn violation(&self) -> Option<&Violation> {
        match &self.verdict {
            Verdict::Violated(violation) => Some(violation),
            Verdict::Undecided | Verdict::Holds => None,
        }
    }

    /// Looked at it, and it holds.
    pub(super) fn hold(&mut self) {
        self.evaluations += 1;
        if self.verdict == Verdict::Undecided {
            self.verdict = Verdict::Holds;
        }
    }

    /// Looked at it, and it is broken. The first violation stays.
    pub(super) fn violate(&mut self, earlier: Witness, breaking: Witness) {
        self.evaluations += 1;
        if self.violation().is_none() {
            let witnesses = [earlier, breaking];
            self.verdict = Verdict::Violated(Arc::new(Violation { witnesses }));
        }
    }
}

impl From<ClientFact> for Fact {
    fn from(fact: ClientFact) -> Fact {
        Fact::Client(fact)
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fact::Client(fact) => write!(out, "{fact}"),
            Fact::Leads { server, epoch } => write!(out, "{server} leads epoch {epoch}"),
            Fact::Committed { server, zxid } => write!(out, "{zxid} is committed at {server}"),
            Fact::DeliveredInstead { server, zxid } => {
                write!(out, "{server} has delivered {zxid} in its place")
            }
            Fact::LeadsWithout { server, initial_last, lacks } => write!(
                out,
                "{server} leads from a history that ends at {initial_last} and lacks {lacks}"
            ),
            Fact::OnDisks { server, zxid, disks, quorum } => write!(
                out,
                "{server} shows {zxid}, which is on {disks} disks; a quorum has {quorum}"
            ),
            Fact::Truncated { server, zxid } => write!(out, "{server} cuts its log behind {zxid}"),
            Fact::Replica { server, zxid, digest, sessions } => write!(
                out,
                "{server} at {zxid} has the tree {digest:016x} and knows {sessions} sessions"
            ),
        }
    }
}
