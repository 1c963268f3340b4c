//! Who leads, with what, and how they were elected.

use zabscope::check::{Fact, PropertyName};
use zabscope::ensemble::Endpoint;
use zabscope::sim::EventKind;
use zabscope::types::{Epoch, ServerId, Zxid};
use zabscope::zab::{Message, Note, Phase, RoleName};

use crate::doctor::{Doctored, committed, message, note};

fn leads(server: u8, epoch: u32) -> Fact {
    Fact::Leads { server: ServerId(server), epoch: Epoch(epoch) }
}

#[test]
fn two_leaders_of_an_epoch_at_once_break_leadership1() {
    let mut doctored = Doctored::story();
    let place = doctored.peer(2, |note| matches!(note, Note::Established { .. }));
    let leader = Some(ServerId(1));
    let forged = Note::Entered { role: RoleName::Leading, phase: Phase::Synchronization, leader };
    let breaking = doctored.insert_behind(place, note(1, forged));
    let facts = doctored.check(PropertyName::Leadership1, breaking);
    assert_eq!(facts, [leads(2, 2), leads(1, 2)]);
}

#[test]
fn two_leaders_of_an_epoch_break_leadership2() {
    let mut doctored = Doctored::story();
    let place = doctored.peer(2, |note| matches!(note, Note::Established { .. }));
    let forged = Note::Established { epoch: Epoch(2), initial_last: Zxid::new(1, 3) };
    let breaking = doctored.insert_behind(place, note(1, forged));
    let facts = doctored.check(PropertyName::Leadership2, breaking);
    assert_eq!(facts, [leads(2, 2), leads(1, 2)]);
}

#[test]
fn a_shorter_initial_history_breaks_its_integrity() {
    let mut doctored = Doctored::story();
    let place = doctored.peer(2, |note| matches!(note, Note::Established { .. }));
    let initial_last = Zxid::new(1, 1);
    let forged = Note::Established { epoch: Epoch(3), initial_last };
    let breaking = doctored.insert_behind(place, note(1, forged));
    let facts = doctored.check(PropertyName::InitialHistoryIntegrity, breaking);
    let (server, lacks) = (ServerId(1), Zxid::new(1, 3));
    assert_eq!(facts, [leads(2, 2), Fact::LeadsWithout { server, initial_last, lacks }]);
}

/// The old leader commits what the new one does not have.
#[test]
fn a_commit_that_a_later_leader_lacks_breaks_initial_history_integrity() {
    let mut doctored = Doctored::story();
    let place = doctored.peer(2, |note| matches!(note, Note::Established { .. }));
    let zxid = Zxid::new(1, 4);
    let breaking = doctored.insert_behind(place, committed(3, zxid));
    let facts = doctored.check(PropertyName::InitialHistoryIntegrity, breaking);
    let (server, initial_last) = (ServerId(2), Zxid::new(1, 3));
    assert_eq!(facts[0], Fact::LeadsWithout { server, initial_last, lacks: zxid });
    assert_eq!(facts[1], Fact::Committed { server: ServerId(3), zxid });
}

#[test]
fn a_leader_without_what_was_committed_breaks_completeness_and_monotonicity() {
    let mut doctored = Doctored::story();
    let place = doctored.peer(2, |note| matches!(note, Note::Established { .. }));
    let (server, initial_last) = (ServerId(2), Zxid::new(1, 1));
    let forged = Note::Established { epoch: Epoch(2), initial_last };
    let breaking = doctored.replace(place, note(2, forged));
    let facts = doctored.check(PropertyName::LeaderLogCompleteness, breaking);
    let lacks = Zxid::new(1, 2);
    assert_eq!(facts[0], Fact::Committed { server: ServerId(3), zxid: lacks });
    assert_eq!(facts[1], Fact::LeadsWithout { server, initial_last, lacks });
    let facts = doctored.check(PropertyName::CommittedLogMonotonicity, breaking);
    let lacks = Zxid::new(1, 3);
    assert_eq!(facts[1], Fact::LeadsWithout { server, initial_last, lacks });
}

/// A follower has delivered what its leader passes over.
#[test]
fn a_leader_that_skips_a_commit_breaks_monotonicity() {
    let mut doctored = Doctored::story();
    let (skipped, zxid) = (Zxid::new(1, 2), Zxid::new(1, 3));
    doctored.remove(doctored.commit(3, skipped));
    let breaking = doctored.event(doctored.commit(3, zxid)).id;
    let facts = doctored.check(PropertyName::CommittedLogMonotonicity, breaking);
    assert!(matches!(facts[0], Fact::Committed { zxid, .. } if zxid == skipped));
    assert_eq!(facts[1], Fact::DeliveredInstead { server: ServerId(3), zxid });
}

#[test]
fn a_vote_that_falls_breaks_vote_sanity() {
    let mut doctored = Doctored::story();
    let first = doctored.peer(1, |note| matches!(note, Note::VoteCast { replaces: None, .. }));
    let second = doctored.peer(1, |note| matches!(note, Note::VoteCast { replaces: Some(_), .. }));
    let EventKind::Peer(_, Note::VoteCast { vote, .. }) = doctored.event(first).kind.clone() else {
        unreachable!("it was found as a vote")
    };
    let breaking = doctored.insert_behind(second, note(1, Note::VoteCast { vote, replaces: None }));
    let facts = doctored.check(PropertyName::VoteSanity, breaking);
    assert_eq!(facts[1], Fact::Voted { server: ServerId(1), vote });
    assert!(matches!(facts[0], Fact::Voted { vote: better, .. } if better.leader > vote.leader));
}

/// ACKEPOCH is sent with the disk as it was when LEADERINFO came.
#[test]
fn a_promise_before_it_is_on_disk_breaks_epoch_sanity() {
    let mut doctored = Doctored::story();
    let (asked, _) = doctored.arrival(1, |message| matches!(message, Message::LeaderInfo(_)));
    let from = Endpoint::Server(ServerId(1));
    let sent = doctored.find(|kind| match kind {
        EventKind::Sent(transfer) if transfer.from == from => {
            matches!(message(transfer), Some(Message::AckEpoch(_)))
        }
        _ => false,
    });
    doctored.steps[sent.0].1 = doctored.steps[asked].1.clone();
    let breaking = doctored.event(sent).id;
    let facts = doctored.check(PropertyName::EpochSanity, breaking);
    let (server, epoch) = (ServerId(1), Epoch(1));
    let promised = Fact::Promised { server, epoch, accepted: Epoch::ZERO };
    assert_eq!(facts, [Fact::Asked { server, epoch }, promised]);
}

/// A process starts on a disk of an earlier time.
#[test]
fn an_epoch_that_falls_breaks_epoch_sanity() {
    let mut doctored = Doctored::story();
    let (early, _) = doctored.peer(3, |note| *note == Note::EpochAccepted { epoch: Epoch(1) });
    let restart = doctored.all(|kind| {
        let started =
            |note: &zabscope::server::Note| matches!(note, zabscope::server::Note::Started { .. });
        matches!(kind, EventKind::Server(ServerId(3), note) if started(note))
    });
    let restart = restart[1];
    doctored.steps[restart.0].1 = doctored.steps[early].1.clone();
    let breaking = doctored.event(restart).id;
    let facts = doctored.check(PropertyName::EpochSanity, breaking);
    let (server, accepted) = (ServerId(3), Epoch(1));
    assert_eq!(facts[0], Fact::Epochs { server, accepted, current: Epoch(1) });
    assert_eq!(facts[1], Fact::Epochs { server, accepted, current: Epoch::ZERO });
}
