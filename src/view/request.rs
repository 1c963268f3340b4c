//! The requests list: each with its journey and its outcome.

use std::rc::Rc;

use crate::types::{ClientId, Epoch, ServerId, Zxid};

use super::OpSign;

/// A request's name within a run: the client and its count of requests.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RequestId {
    /// Whose.
    pub client: ClientId,
    /// The client's number for it, never given twice.
    pub number: u32,
}

/// One request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RequestRow {
    /// Which.
    pub id: RequestId,
    /// The server that it was sent to.
    pub server: ServerId,
    /// The operation's sign.
    pub op: OpSign,
    /// Whether it is answered by that server alone.
    pub local: bool,
    /// The call as in ZooKeeper's command line: `create /lock/n-`.
    pub call: Rc<str>,
    /// Its flags, as in the command line: `-e -s`.
    pub flags: &'static str,
    /// Its place in the order; for a read the zxid it was served at.
    pub zxid: Option<Zxid>,
    /// How far it is; a read has none.
    pub journey: Option<Journey>,
    /// What the client knows of it.
    pub outcome: Outcome,
    /// The operations of a multi.
    pub parts: Vec<RequestPart>,
}

/// One operation of a multi.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RequestPart {
    /// The call, as above.
    pub call: Rc<str>,
    /// Its own result.
    pub outcome: Outcome,
}

/// The stations of a write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Journey {
    /// A server has it.
    pub received: bool,
    /// The leader proposed it.
    pub proposed: bool,
    /// Acks that the leader has counted.
    pub acks: u32,
    /// How many voters there are.
    pub voters: u32,
    /// How many acks commit it.
    pub quorum: u32,
    /// The leader committed it.
    pub committed: bool,
    /// The client has its answer.
    pub replied: bool,
    /// The epoch it was proposed in.
    pub epoch: Epoch,
}

/// What is known of a request's result.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// On its way, not proposed yet.
    Waiting,
    /// Proposed, with so many acks of so many.
    Acks {
        /// How many.
        filled: u32,
        /// Of how many voters.
        total: u32,
    },
    /// Proposed, and no progress for a while: no quorum answers.
    NoQuorum {
        /// How many acks it has.
        filled: u32,
        /// Of how many voters.
        total: u32,
    },
    /// Committed; the answer is on its way.
    Committed,
    /// Done, with what it brought (`v4`), where there is something to show.
    Ok(Option<Rc<str>>),
    /// Refused, by ZooKeeper's name of the error.
    Error(&'static str),
    /// Of an operation of a multi: it was fine, but another one was not, so none was done.
    RolledBack,
    /// The connection broke before the answer: done or not, the client cannot know.
    Unknown,
}

impl Outcome {
    /// The word for `data-outcome`.
    pub const fn name(&self) -> &'static str {
        match self {
            Outcome::Waiting => "waiting",
            Outcome::Acks { .. } => "acks",
            Outcome::NoQuorum { .. } => "no-quorum",
            Outcome::Committed => "committed",
            Outcome::Ok(_) => "ok",
            Outcome::Error(_) => "error",
            Outcome::RolledBack => "rolled-back",
            Outcome::Unknown => "unknown",
        }
    }
}
