//! What learner and leader say to each other, in the words of a recording; what our servers say is
//! put into the same words to be compared.

use std::fmt;

use crate::types::{ServerId, Span, Zxid};

/// A message on the quorum channel, with all that is compared of it. Sizes on the wire are not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Said {
    /// `FOLLOWERINFO`, or without a vote `OBSERVERINFO`: the epoch accepted, and who says it.
    Info {
        /// Whether it has a vote.
        votes: bool,
        /// `(acceptedEpoch,0)`.
        zxid: Zxid,
        /// The sender.
        sid: ServerId,
        /// The version of its configuration.
        config_version: i64,
    },
    /// `LEADERINFO`
    LeaderInfo(Zxid),
    /// `ACKEPOCH`
    AckEpoch {
        /// The learner's last logged one.
        zxid: Zxid,
        /// -1 where it had accepted the epoch before.
        current_epoch: i64,
    },
    /// `DIFF`
    Diff(Zxid),
    /// `TRUNC`
    Trunc(Zxid),
    /// `SNAP`
    Snap(Zxid),
    /// `NEWLEADER`
    NewLeader {
        /// `(e,0)`.
        zxid: Zxid,
        /// How many servers the configuration names.
        config_members: i64,
        /// Its version.
        config_version: i64,
    },
    /// `UPTODATE`
    UpToDate,
    /// `PROPOSAL`
    Proposal(Zxid, Done),
    /// `ACK`
    Ack(Zxid),
    /// `COMMIT`
    Commit(Zxid),
    /// `INFORM`
    Inform(Zxid, Done),
    /// `PING`
    Ping {
        /// The leader's last proposed.
        zxid: Zxid,
        /// Whether a learner sends it back.
        answer: bool,
    },
    /// `REQUEST`
    Request {
        /// Whose.
        session: String,
        /// Its number.
        cxid: i32,
        /// What.
        asked: Asked,
    },
    /// `SYNC`
    Sync(Zxid),
    /// `REVALIDATE`, asked.
    Revalidate {
        /// The session.
        session: String,
        /// Its timeout.
        timeout: Span,
    },
    /// `REVALIDATE`, answered.
    Revalidated {
        /// The session.
        session: String,
        /// Whether it lives.
        valid: bool,
    },
}

/// What a request asks for; which fields there are depends on the operation.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Asked {
    /// ZooKeeper's name of the operation.
    pub op: String,
    /// The path.
    pub path: Option<String>,
    /// How many bytes of data.
    pub data_bytes: Option<u32>,
    /// The create mode.
    pub flags: Option<i32>,
    /// The version demanded.
    pub version: Option<i32>,
    /// Whether a watch is left.
    pub watch: Option<bool>,
    /// The session timeout, in milliseconds.
    pub timeout: Option<u64>,
    /// The operations of a multi.
    pub ops: Vec<Asked>,
}

/// A transaction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Done {
    /// The session.
    pub session: String,
    /// The request's number.
    pub cxid: i32,
    /// What it does.
    pub body: DoneBody,
}

/// What a transaction does; which fields there are depends on the operation.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct DoneBody {
    /// The recording's name of it.
    pub op: String,
    /// The path.
    pub path: Option<String>,
    /// How many bytes of data.
    pub data_bytes: Option<u32>,
    /// Whether the znode dies with its session.
    pub ephemeral: Option<bool>,
    /// The parent's counter after it.
    pub parent_cversion: Option<i32>,
    /// The version after it.
    pub version: Option<i32>,
    /// The session timeout, in milliseconds.
    pub timeout: Option<u64>,
    /// The error's code.
    pub err: Option<i32>,
    /// The paths that a closing session takes with it.
    pub delete: Vec<String>,
    /// The parts of a multi.
    pub txns: Vec<DoneBody>,
}

impl Said {
    /// The name in a recording.
    pub const fn name(&self) -> &'static str {
        match self {
            Said::Info { votes: true, .. } => "FOLLOWERINFO",
            Said::Info { votes: false, .. } => "OBSERVERINFO",
            Said::LeaderInfo(_) => "LEADERINFO",
            Said::AckEpoch { .. } => "ACKEPOCH",
            Said::Diff(_) => "DIFF",
            Said::Trunc(_) => "TRUNC",
            Said::Snap(_) => "SNAP",
            Said::NewLeader { .. } => "NEWLEADER",
            Said::UpToDate => "UPTODATE",
            Said::Proposal(..) => "PROPOSAL",
            Said::Ack(_) => "ACK",
            Said::Commit(_) => "COMMIT",
            Said::Inform(..) => "INFORM",
            Said::Ping { .. } => "PING",
            Said::Request { .. } => "REQUEST",
            Said::Sync(_) => "SYNC",
            Said::Revalidate { .. } | Said::Revalidated { .. } => "REVALIDATE",
        }
    }

    /// The transaction acknowledged; not of an ACK of `(e,0)`.
    pub fn acked_txn(&self) -> Option<Zxid> {
        match *self {
            Said::Ack(zxid) if zxid.counter != 0 => Some(zxid),
            _ => None,
        }
    }

    /// Whether it begins a synchronisation.
    pub const fn is_op_packet(&self) -> bool {
        matches!(self, Said::Diff(_) | Said::Trunc(_) | Said::Snap(_))
    }
}

struct Bracketed(Zxid);

impl fmt::Display for Bracketed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "[{},{}]", self.0.epoch, self.0.counter)
    }
}

impl fmt::Display for Said {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name();
        match self {
            Said::Info { zxid, sid, config_version, .. } => {
                let sid = sid.0;
                write!(out, "{name} {} sid {sid} config {config_version}", Bracketed(*zxid))
            }
            Said::LeaderInfo(zxid)
            | Said::Diff(zxid)
            | Said::Trunc(zxid)
            | Said::Snap(zxid)
            | Said::Ack(zxid)
            | Said::Commit(zxid)
            | Said::Sync(zxid) => write!(out, "{name} {}", Bracketed(*zxid)),
            Said::AckEpoch { zxid, current_epoch } => {
                write!(out, "{name} {} current_epoch {current_epoch}", Bracketed(*zxid))
            }
            Said::NewLeader { zxid, config_members, config_version } => {
                write!(out, "{name} {} members {config_members}", Bracketed(*zxid))?;
                write!(out, " config {config_version}")
            }
            Said::Ping { zxid, .. } => write!(out, "{name} {}", Bracketed(*zxid)),
            Said::UpToDate => out.write_str(name),
            Said::Proposal(zxid, done) | Said::Inform(zxid, done) => {
                let Done { session, cxid, body } = done;
                write!(out, "{name} {} {session} cxid {cxid} {body}", Bracketed(*zxid))
            }
            Said::Request { session, cxid, asked } => {
                write!(out, "{name} {session} cxid {cxid} {asked}")
            }
            Said::Revalidate { session, timeout } => {
                write!(out, "{name} {session} timeout {timeout}")
            }
            Said::Revalidated { session, valid } => write!(out, "{name} {session} valid {valid}"),
        }
    }
}

/// One field behind its name, if it is there.
fn field(
    out: &mut fmt::Formatter<'_>,
    name: &str,
    value: Option<&dyn fmt::Display>,
) -> fmt::Result {
    value.map_or(Ok(()), |value| write!(out, " {name} {value}"))
}

fn shown<T: fmt::Display>(value: &Option<T>) -> Option<&dyn fmt::Display> {
    value.as_ref().map(|value| value as &dyn fmt::Display)
}

impl fmt::Display for Asked {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.op)?;
        field(out, "path", shown(&self.path))?;
        field(out, "bytes", shown(&self.data_bytes))?;
        field(out, "flags", shown(&self.flags))?;
        field(out, "version", shown(&self.version))?;
        field(out, "timeout", shown(&self.timeout))?;
        self.ops.iter().try_for_each(|part| write!(out, " ({part})"))
    }
}

impl fmt::Display for DoneBody {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.op)?;
        field(out, "path", shown(&self.path))?;
        field(out, "bytes", shown(&self.data_bytes))?;
        field(out, "ephemeral", shown(&self.ephemeral))?;
        field(out, "parent_cversion", shown(&self.parent_cversion))?;
        field(out, "version", shown(&self.version))?;
        field(out, "timeout", shown(&self.timeout))?;
        field(out, "err", shown(&self.err))?;
        self.delete.iter().try_for_each(|path| write!(out, " delete {path}"))?;
        self.txns.iter().try_for_each(|part| write!(out, " ({part})"))
    }
}
