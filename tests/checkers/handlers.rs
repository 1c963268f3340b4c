//! What a handler must never meet: I-11 to I-14.

use zabscope::check::{Fact, PropertyName};
use zabscope::server;
use zabscope::sim::EventKind;
use zabscope::types::{ServerId, Zxid};
use zabscope::zab::{
    Ack, DropReason, ExitReason, IgnoreReason, Message, MessageKind, Note, Phase, RoleName, SyncOp,
    Trunc,
};

use crate::doctor::{Doctored, Place, note};

const FIRST: Zxid = Zxid::new(1, 2);
const SECOND: Zxid = Zxid::new(1, 3);

fn proposal(doctored: &Doctored, server: u8, zxid: Zxid) -> Place {
    doctored.arrival(
        server,
        |message| matches!(message, Message::Proposal(proposal) if proposal.txn.zxid == zxid),
    )
}

fn commit(doctored: &Doctored, server: u8, zxid: Zxid) -> Place {
    doctored.arrival(
        server,
        |message| matches!(message, Message::Commit(commit) if commit.zxid == zxid),
    )
}

/// The op packet comes once more, when the follower serves already.
#[test]
fn an_op_packet_in_broadcast_is_a_bad_state() {
    let mut doctored = Doctored::story();
    let op = doctored.arrival(1, |message| matches!(message, Message::Diff(_)));
    let kind = doctored.event(op).kind.clone();
    let breaking = doctored.insert_behind(commit(&doctored, 1, FIRST), kind);
    let facts = doctored.check(PropertyName::BadStates, breaking);
    let server = ServerId(1);
    let (role, phase) = (RoleName::Following, Phase::Broadcast);
    assert_eq!(facts[0], Fact::Stands { server, role, phase });
    assert_eq!(facts[1], Fact::Hears { server, from: ServerId(3), message: MessageKind::Diff });
}

#[test]
fn a_handler_without_a_use_for_a_packet_is_a_bad_state() {
    let mut doctored = Doctored::story();
    let (from, message) = (ServerId(3), MessageKind::NewLeader);
    let forged = Note::Ignored { from, message, reason: IgnoreReason::WrongPhase };
    let breaking = doctored.insert_behind(commit(&doctored, 1, FIRST), note(1, forged));
    let facts = doctored.check(PropertyName::BadStates, breaking);
    assert_eq!(facts[1], Fact::Hears { server: ServerId(1), from, message });
}

#[test]
fn a_learner_that_sends_what_has_no_place_is_in_a_bad_state() {
    let mut doctored = Doctored::story();
    let learner = ServerId(1);
    let forged = Note::LearnerDropped { learner, reason: DropReason::Unexpected };
    let breaking = doctored.insert_behind(doctored.commit(3, FIRST), note(3, forged));
    let facts = doctored.check(PropertyName::BadStates, breaking);
    assert!(matches!(facts[0], Fact::Stands { server, .. } if server == learner));
    assert_eq!(facts[1], Fact::Drops { server: ServerId(3), learner });
}

/// A leader in BROADCAST counts a learner towards its epoch.
#[test]
fn a_leader_that_waits_for_its_epoch_too_late_is_in_a_bad_state() {
    let mut doctored = Doctored::story();
    let place = doctored.peer(3, |note| matches!(note, Note::Registered { .. }));
    let kind = doctored.event(place).kind.clone();
    let breaking = doctored.insert_behind(doctored.commit(3, FIRST), kind);
    let facts = doctored.check(PropertyName::BadStates, breaking);
    let (server, message) = (ServerId(3), MessageKind::FollowerInfo);
    assert!(
        matches!(facts[1], Fact::Hears { server: s, message: m, .. } if (s, m) == (server, message))
    );
}

/// The leader planned to bring the learner further than it comes.
#[test]
fn a_learner_that_serves_too_early_is_in_a_bad_state() {
    let mut doctored = Doctored::story();
    let planned =
        doctored.peer(2, |note| matches!(note, Note::SyncPlanned { learner: ServerId(3), .. }));
    let target = Zxid::new(1, 9);
    let mut kind = doctored.event(planned).kind.clone();
    if let EventKind::Peer(_, Note::SyncPlanned { max_committed, .. }) = &mut kind {
        *max_committed = target;
    }
    doctored.replace(planned, kind);
    let served =
        doctored.all(|kind| matches!(kind, EventKind::Peer(ServerId(3), Note::UpToDate { .. })));
    let breaking = doctored.event(served[0]).id;
    let facts = doctored.check(PropertyName::BadStates, breaking);
    let server = ServerId(3);
    assert_eq!(facts[0], Fact::Synchronized { server, zxid: target });
    assert_eq!(facts[1], Fact::Delivered { server, zxid: SECOND });
}

#[test]
fn an_ack_of_something_else_than_newleader_is_bad() {
    let mut doctored = Doctored::story();
    let place = doctored.arrival(3, |message| matches!(message, Message::Ack(_)));
    let EventKind::Delivered(transfer) = &doctored.event(place).kind else {
        unreachable!("it was found as a delivery")
    };
    let server = transfer.from.server().expect("a learner sent it");
    let zxid = Zxid::new(1, 7);
    let forged = doctored.with_message(place, Message::Ack(Ack { zxid }));
    let breaking = doctored.replace(place, forged);
    let facts = doctored.check(PropertyName::BadAcks, breaking);
    assert!(matches!(facts[0], Fact::Leads { server: ServerId(3), .. }));
    assert_eq!(facts[1], Fact::Acknowledged { server, zxid });
}

#[test]
fn an_ack_of_what_the_leader_does_not_have_is_bad() {
    let mut doctored = Doctored::story();
    let acked = |message: &Message| *message == Message::Ack(Ack { zxid: FIRST });
    let place = doctored.arrival(3, acked);
    let zxid = Zxid::new(1, 9);
    let forged = doctored.with_message(place, Message::Ack(Ack { zxid }));
    let breaking = doctored.replace(place, forged);
    let facts = doctored.check(PropertyName::BadAcks, breaking);
    assert!(matches!(facts[0], Fact::Proposed { server: ServerId(3), .. }));
    assert!(matches!(facts[1], Fact::Acknowledged { zxid: acked, .. } if acked == zxid));
}

#[test]
fn a_proposal_behind_a_gap_is_bad() {
    let mut doctored = Doctored::story();
    doctored.remove(proposal(&doctored, 1, FIRST));
    let breaking = doctored.event(proposal(&doctored, 1, SECOND)).id;
    let facts = doctored.check(PropertyName::BadProposals, breaking);
    let server = ServerId(1);
    assert_eq!(facts[0], Fact::Queued { server, zxid: Zxid::new(1, 1) });
    assert_eq!(facts[1], Fact::ProposalCame { server, zxid: SECOND });
}

#[test]
fn a_cut_before_what_was_delivered_is_bad() {
    let mut doctored = Doctored::story();
    let place = doctored.arrival(3, |message| matches!(message, Message::Trunc(_)));
    let zxid = Zxid::new(1, 1);
    let forged = doctored.with_message(place, Message::Trunc(Trunc { zxid }));
    let breaking = doctored.replace(place, forged);
    let facts = doctored.check(PropertyName::BadProposals, breaking);
    let server = ServerId(3);
    assert_eq!(facts[0], Fact::Delivered { server, zxid: SECOND });
    assert_eq!(facts[1], Fact::SyncOpCame { server, op: SyncOp::Trunc(zxid) });
}

#[test]
fn a_commit_without_a_proposal_is_bad() {
    let mut doctored = Doctored::story();
    doctored.remove(proposal(&doctored, 1, FIRST));
    let breaking = doctored.event(commit(&doctored, 1, FIRST)).id;
    let facts = doctored.check(PropertyName::BadCommits, breaking);
    assert_eq!(facts[1], Fact::CommitCame { server: ServerId(1), zxid: FIRST });
}

#[test]
fn a_process_that_ends_at_a_commit_met_a_bad_one() {
    let mut doctored = Doctored::story();
    let reason = ExitReason::UnmatchedCommit { committed: FIRST, pending: SECOND };
    let exited = server::Note::Exited { code: 12, reason };
    let place = commit(&doctored, 1, FIRST);
    let breaking = doctored.insert_behind(place, EventKind::Server(ServerId(1), exited));
    let facts = doctored.check(PropertyName::BadCommits, breaking);
    assert_eq!(facts[1], Fact::CommitCame { server: ServerId(1), zxid: FIRST });
}

#[test]
fn a_snapshot_of_more_than_was_synchronised_is_bad() {
    let mut doctored = Doctored::story();
    let zxid = Zxid::new(1, 9);
    let taken = server::Note::SnapshotTaken { zxid };
    let place = commit(&doctored, 1, FIRST);
    let breaking = doctored.insert_behind(place, EventKind::Server(ServerId(1), taken));
    let facts = doctored.check(PropertyName::BadCommits, breaking);
    let server = ServerId(1);
    assert_eq!(facts[0], Fact::Synchronized { server, zxid: FIRST });
    assert_eq!(facts[1], Fact::SnapshotTaken { server, zxid });
}
