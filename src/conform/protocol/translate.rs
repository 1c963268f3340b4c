//! What our servers say, in the words of a recording.

use super::names::Names;
use super::record::Notice;
use super::said::{Asked, Done, DoneBody, Said};
use crate::server::{Cargo, Forwarded, Packet};
use crate::types::{Epoch, ServerId, SessionId, Txn, Zxid};
use crate::zab::{Message, Notification, Vote};

/// One of our packets on a learner's connection. `alike` is what the recording has in its place: a
/// session without a name yet takes its name from there.
pub(super) fn said(
    packet: &Packet,
    from: ServerId,
    members: i64,
    alike: Option<&Said>,
    names: &mut Names,
) -> Option<Said> {
    Some(match packet {
        Packet::Quorum { message, cargo } => {
            return of_message(message, cargo, from, members, alike, names);
        }
        Packet::Request(Forwarded { session, cxid, action, .. }) => Said::Request {
            session: named(*session, alike, names),
            cxid: *cxid,
            asked: like(Asked::of_action(action), alike),
        },
        Packet::Revalidate { session, timeout } => {
            Said::Revalidate { session: named(*session, alike, names), timeout: *timeout }
        }
        Packet::Revalidated { session, valid } => {
            Said::Revalidated { session: named(*session, alike, names), valid: *valid }
        }
        Packet::Sync => Said::Sync(Zxid::ZERO),
        Packet::ToServer(_) | Packet::ToClient(_) => return None,
    })
}

fn of_message(
    message: &Message,
    cargo: &Cargo,
    from: ServerId,
    members: i64,
    alike: Option<&Said>,
    names: &mut Names,
) -> Option<Said> {
    let info = |votes, accepted_epoch| Said::Info {
        votes,
        zxid: Zxid::start_of(accepted_epoch),
        sid: from,
        config_version: CONFIG_VERSION,
    };
    Some(match message {
        Message::Notification(_) => return None,
        Message::FollowerInfo(said) => info(true, said.accepted_epoch),
        Message::ObserverInfo(said) => info(false, said.accepted_epoch),
        Message::LeaderInfo(said) => Said::LeaderInfo(Zxid::start_of(said.epoch)),
        Message::AckEpoch(said) => Said::AckEpoch {
            zxid: said.last_zxid,
            current_epoch: said.current_epoch.map_or(-1, |Epoch(epoch)| i64::from(epoch)),
        },
        Message::Diff(said) => Said::Diff(said.zxid),
        Message::Trunc(said) => Said::Trunc(said.zxid),
        Message::Snap(said) => Said::Snap(said.zxid),
        Message::NewLeader(said) => Said::NewLeader {
            zxid: Zxid::start_of(said.epoch),
            config_members: members,
            config_version: CONFIG_VERSION,
        },
        Message::UpToDate(_) => Said::UpToDate,
        Message::Proposal(said) => Said::Proposal(said.txn.zxid, done(&said.txn, alike, names)),
        Message::Ack(said) => Said::Ack(said.zxid),
        Message::Commit(said) => Said::Commit(said.zxid),
        Message::Inform(said) => Said::Inform(said.txn.zxid, done(&said.txn, alike, names)),
        Message::Ping(said) => {
            Said::Ping { zxid: said.zxid, answer: matches!(cargo, Cargo::Touched(_)) }
        }
    })
}

/// There is no reconfiguration.
const CONFIG_VERSION: i64 = 0;

fn done(txn: &Txn, alike: Option<&Said>, names: &mut Names) -> Done {
    Done {
        session: named(txn.session, alike, names),
        cxid: txn.cxid,
        body: DoneBody::of_txn(&txn.body),
    }
}

/// Our requests leave no watches; a recorded one's says nothing about a learner's connection.
fn like(mut asked: Asked, alike: Option<&Said>) -> Asked {
    if let Some(Said::Request { asked: theirs, .. }) = alike {
        asked.watch = theirs.watch;
    }
    asked
}

fn named(session: SessionId, alike: Option<&Said>, names: &mut Names) -> String {
    let theirs = match alike {
        Some(
            Said::Request { session, .. }
            | Said::Revalidate { session, .. }
            | Said::Revalidated { session, .. },
        ) => Some(session),
        Some(Said::Proposal(_, done) | Said::Inform(_, done)) => Some(&done.session),
        _ => None,
    };
    if let Some(theirs) = theirs {
        names.bind(theirs, session);
    }
    names.name(session)
}

/// A vote as it would stand on the wire.
pub(super) fn notice(notification: &Notification) -> Notice {
    let Notification { state, ref vote, round, .. } = *notification;
    let round = i64::try_from(round).unwrap_or(i64::MAX);
    if *vote == Vote::NONE {
        let (zxid, least) = ((i64::from(i32::MIN), 0), i64::MIN);
        return Notice { state, round, peer_epoch: least, zxid, leader: least };
    }
    Notice {
        state,
        round,
        peer_epoch: i64::from(vote.peer_epoch.0),
        zxid: (i64::from(vote.zxid.epoch.0), i64::from(vote.zxid.counter)),
        leader: i64::from(vote.leader.0),
    }
}
