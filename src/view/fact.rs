//! The facts of a violation as sentences.

use crate::check::{ClientFact, Fact};
use crate::text::{Arg, Key, Phrase};
use crate::types::{ServerId, Zxid};
use crate::zab::SyncOp;

/// What a fact tells.
pub fn fact_sentence(fact: &Fact) -> Phrase {
    match *fact {
        Fact::Client(fact) => client_sentence(&fact),
        Fact::Acknowledged { server, zxid } => at(Key::FactAcknowledged, server, zxid),
        Fact::Asked { server, epoch } => by(Key::FactAsked, server).with("epoch", epoch),
        Fact::CommitCame { server, zxid } => at(Key::FactCommitCame, server, zxid),
        Fact::Committed { server, zxid } => at(Key::FactCommitted, server, zxid),
        Fact::Delivered { server, zxid } => at(Key::FactDelivered, server, zxid),
        Fact::DeliveredAgain { server, zxid } => at(Key::FactDeliveredAgain, server, zxid),
        Fact::DeliveredBehind { server, zxid, last } => {
            at(Key::FactDeliveredBehind, server, zxid).with("last", last)
        }
        Fact::DeliveredInstead { server, zxid } => at(Key::FactDeliveredInstead, server, zxid),
        Fact::DeliveredWithout { server, zxid, lacks } => {
            at(Key::FactDeliveredWithout, server, zxid).with("lacks", lacks)
        }
        Fact::Drops { server, learner } => by(Key::FactDrops, server).with("learner", learner),
        Fact::Epochs { server, accepted, current } => {
            by(Key::FactEpochs, server).with("accepted", accepted).with("current", current)
        }
        Fact::Hears { server, from, message } => {
            by(Key::FactHears, server).with("from", from).with("message", message.name())
        }
        Fact::Leads { server, epoch } => by(Key::FactLeads, server).with("epoch", epoch),
        Fact::LeadsWithout { server, initial_last, lacks } => by(Key::FactLeadsWithout, server)
            .with("initial_last", initial_last)
            .with("lacks", lacks),
        Fact::Logged { server, zxid } => at(Key::FactLogged, server, zxid),
        Fact::LoggedWithout { server, zxid, lacks } => {
            at(Key::FactLoggedWithout, server, zxid).with("lacks", lacks)
        }
        Fact::NeverProposed { server, zxid } => at(Key::FactNeverProposed, server, zxid),
        Fact::OnDisks { server, zxid, disks, quorum } => {
            at(Key::FactOnDisks, server, zxid).with("disks", disks).with("quorum", quorum)
        }
        Fact::Promised { server, epoch, accepted } => {
            by(Key::FactPromised, server).with("epoch", epoch).with("accepted", accepted)
        }
        Fact::ProposalCame { server, zxid } => at(Key::FactProposalCame, server, zxid),
        Fact::Proposed { server, zxid } => at(Key::FactProposed, server, zxid),
        Fact::Queued { server, zxid } => at(Key::FactQueued, server, zxid),
        Fact::Replica { server, zxid, digest, sessions } => at(Key::FactReplica, server, zxid)
            .with("digest", format!("{digest:016x}"))
            .with("sessions", sessions),
        Fact::SnapshotTaken { server, zxid } => at(Key::FactSnapshotTaken, server, zxid),
        Fact::Stands { server, role, phase } => {
            by(Key::FactStands, server).with("role", role.name()).with("phase", phase.name())
        }
        Fact::Synchronized { server, zxid } => at(Key::FactSynchronized, server, zxid),
        Fact::SyncOpCame { server, op } => by(Key::FactSyncOpCame, server).with("op", sync_op(op)),
        Fact::Truncated { server, zxid } => at(Key::FactTruncated, server, zxid),
        Fact::Voted { server, vote } => at(Key::FactVoted, server, vote.zxid)
            .with("candidate", vote.leader)
            .with("epoch", vote.peer_epoch),
    }
}

/// The server that holds a fact, where it names one.
pub fn fact_server(fact: &Fact) -> Option<ServerId> {
    match *fact {
        Fact::Client(fact) => match fact {
            ClientFact::Behind { server, .. }
            | ClientFact::Expired { server, .. }
            | ClientFact::Heard { server, .. }
            | ClientFact::SyncProcessed { server, .. } => Some(server),
            _ => None,
        },
        Fact::Acknowledged { server, .. }
        | Fact::Asked { server, .. }
        | Fact::CommitCame { server, .. }
        | Fact::Committed { server, .. }
        | Fact::Delivered { server, .. }
        | Fact::DeliveredAgain { server, .. }
        | Fact::DeliveredBehind { server, .. }
        | Fact::DeliveredInstead { server, .. }
        | Fact::DeliveredWithout { server, .. }
        | Fact::Drops { server, .. }
        | Fact::Epochs { server, .. }
        | Fact::Hears { server, .. }
        | Fact::Leads { server, .. }
        | Fact::LeadsWithout { server, .. }
        | Fact::Logged { server, .. }
        | Fact::LoggedWithout { server, .. }
        | Fact::NeverProposed { server, .. }
        | Fact::OnDisks { server, .. }
        | Fact::Promised { server, .. }
        | Fact::ProposalCame { server, .. }
        | Fact::Proposed { server, .. }
        | Fact::Queued { server, .. }
        | Fact::Replica { server, .. }
        | Fact::SnapshotTaken { server, .. }
        | Fact::Stands { server, .. }
        | Fact::Synchronized { server, .. }
        | Fact::SyncOpCame { server, .. }
        | Fact::Truncated { server, .. }
        | Fact::Voted { server, .. } => Some(server),
    }
}

/// A fact in as few words as fit on a flag: what is there, or what is not.
pub fn fact_flag(fact: &Fact, letter: &'static str) -> Phrase {
    let flag = |key| Phrase::new(key).with("letter", letter);
    match *fact {
        Fact::DeliveredWithout { lacks, .. }
        | Fact::LeadsWithout { lacks, .. }
        | Fact::LoggedWithout { lacks, .. } => flag(Key::FlagLacks).with("zxid", lacks),
        Fact::Leads { epoch, .. } | Fact::Promised { epoch, .. } | Fact::Asked { epoch, .. } => {
            flag(Key::FlagEpoch).with("epoch", epoch)
        }
        Fact::Voted { vote, .. } => flag(Key::FlagZxid).with("zxid", vote.zxid),
        Fact::Client(_)
        | Fact::Drops { .. }
        | Fact::Epochs { .. }
        | Fact::Hears { .. }
        | Fact::Stands { .. }
        | Fact::SyncOpCame { .. } => flag(Key::FlagPlain),
        Fact::Acknowledged { zxid, .. }
        | Fact::CommitCame { zxid, .. }
        | Fact::Committed { zxid, .. }
        | Fact::Delivered { zxid, .. }
        | Fact::DeliveredAgain { zxid, .. }
        | Fact::DeliveredBehind { zxid, .. }
        | Fact::DeliveredInstead { zxid, .. }
        | Fact::Logged { zxid, .. }
        | Fact::NeverProposed { zxid, .. }
        | Fact::OnDisks { zxid, .. }
        | Fact::ProposalCame { zxid, .. }
        | Fact::Proposed { zxid, .. }
        | Fact::Queued { zxid, .. }
        | Fact::Replica { zxid, .. }
        | Fact::SnapshotTaken { zxid, .. }
        | Fact::Synchronized { zxid, .. }
        | Fact::Truncated { zxid, .. } => flag(Key::FlagZxid).with("zxid", zxid),
    }
}

fn by(key: Key, server: ServerId) -> Phrase {
    Phrase::new(key).with("server", server)
}

fn at(key: Key, server: ServerId, zxid: Zxid) -> Phrase {
    by(key, server).with("zxid", zxid)
}

fn sync_op(op: SyncOp) -> String {
    match op {
        SyncOp::Diff(zxid) => format!("DIFF({zxid})"),
        SyncOp::Trunc(zxid) => format!("TRUNC({zxid})"),
        SyncOp::Snap(zxid) => format!("SNAP({zxid})"),
    }
}

/// A number that may be negative, or is no count: an identifier, not to be spelled.
fn name(value: impl ToString) -> Arg {
    Arg::from(value.to_string())
}

fn client_sentence(fact: &ClientFact) -> Phrase {
    let say = Phrase::new;
    match *fact {
        ClientFact::Answered { client, xid, zxid, error } => {
            let key = if error.is_some() { Key::FactAnsweredError } else { Key::FactAnswered };
            let said = say(key).with("client", client).with("xid", name(xid)).with("zxid", zxid);
            match error {
                Some(error) => said.with("error", name(error)),
                None => said,
            }
        }
        ClientFact::Asked { client, xid } => {
            say(Key::FactClientAsked).with("client", client).with("xid", name(xid))
        }
        ClientFact::Behind { server, zxid, lag, bound } => {
            at(Key::FactBehind, server, zxid).with("lag", lag).with("bound", bound)
        }
        ClientFact::Counted { zxid, counter, found, expected } => say(Key::FactCounted)
            .with("zxid", zxid)
            .with("counter", name(counter))
            .with("found", name(found))
            .with("expected", name(expected)),
        ClientFact::EphemeralOf { zxid, session } => {
            say(Key::FactEphemeralOf).with("zxid", zxid).with("session", name(session))
        }
        ClientFact::Expired { server, session, silence, timeout } => by(Key::FactExpired, server)
            .with("session", name(session))
            .with("silence", silence)
            .with("timeout", timeout),
        ClientFact::Heard { server, session } => {
            by(Key::FactHeard, server).with("session", name(session))
        }
        ClientFact::Notified { client, zxid: Zxid::UNKNOWN } => {
            say(Key::FactNotified).with("client", client)
        }
        ClientFact::Notified { client, zxid } => {
            say(Key::FactNotifiedAt).with("client", client).with("zxid", zxid)
        }
        ClientFact::NotWatched { client, .. } => say(Key::FactNotWatched).with("client", client),
        ClientFact::Numbered { zxid, number } => {
            say(Key::FactNumbered).with("zxid", zxid).with("number", name(number))
        }
        ClientFact::Ordered { client, xid, zxid } => {
            say(Key::FactOrdered).with("client", client).with("xid", name(xid)).with("zxid", zxid)
        }
        ClientFact::Part { client, zxid, multi } => {
            say(Key::FactPart).with("client", client).with("zxid", zxid).with("multi", multi)
        }
        ClientFact::SessionOver { zxid, session } => {
            say(Key::FactSessionOver).with("zxid", zxid).with("session", name(session))
        }
        ClientFact::Shown { client, zxid } => {
            say(Key::FactShown).with("client", client).with("zxid", zxid)
        }
        ClientFact::State { zxid, digest } => {
            say(Key::FactState).with("zxid", zxid).with("digest", format!("{digest:016x}"))
        }
        ClientFact::SyncProcessed { server, client, zxid } => {
            at(Key::FactSyncProcessed, server, zxid).with("client", client)
        }
        ClientFact::Watches { client, zxid } => {
            say(Key::FactWatches).with("client", client).with("zxid", zxid)
        }
        ClientFact::WrongOutcome { client: Some(client), xid, zxid } => {
            say(Key::FactWrongOutcomeOf)
                .with("client", client)
                .with("xid", name(xid))
                .with("zxid", zxid)
        }
        ClientFact::WrongOutcome { client: None, zxid, .. } => {
            say(Key::FactWrongOutcome).with("zxid", zxid)
        }
    }
}
