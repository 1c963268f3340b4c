//! What is on disk, and what is in the tree.

use zabscope::check::{Fact, PropertyName};
use zabscope::server::Note;
use zabscope::sim::EventKind;
use zabscope::types::{Epoch, ServerId, Zxid};
use zabscope::zab::{self, Write};

use crate::doctor::{Doctored, STORY, note};

/// S2 is said to begin with less than its followers have in their logs.
#[test]
fn a_log_that_does_not_go_on_as_the_leaders_breaks_history_consistency() {
    let mut doctored = Doctored::story();
    let place = doctored.peer(2, |note| matches!(note, zab::Note::Established { .. }));
    let lacks = Zxid::new(1, 2);
    let forged = zab::Note::Established { epoch: Epoch(2), initial_last: lacks };
    doctored.replace(place, note(2, forged));
    let zxid = Zxid::new(2, 1);
    let flushes = |kind: &EventKind| match kind {
        EventKind::Server(ServerId(1 | 3), Note::Flushed { last, .. }) => *last == zxid,
        _ => false,
    };
    let breaking = doctored.event(doctored.find(flushes)).id;
    let facts = doctored.check(PropertyName::HistoryConsistency, breaking);
    assert!(matches!(facts[0], Fact::Logged { server: ServerId(2), .. }));
    assert!(
        matches!(facts[1], Fact::LoggedWithout { zxid: z, lacks: l, .. } if (z, l) == (zxid, lacks))
    );
}

/// S3 enters the new epoch with what was never committed in its log: its disk has not cut it off.
#[test]
fn a_log_with_more_than_the_leaders_breaks_process_consistency() {
    let mut doctored = Doctored::story();
    let cut = doctored.server(3, |note| match note {
        Note::Flushed { write, .. } => matches!(write.as_deref(), Some(Write::Truncate(_))),
        _ => false,
    });
    let dead = Zxid::new(1, 4);
    doctored.remove(cut);
    // What else is flushed before it enters the epoch does not reach the checker either.
    let entered = doctored.peer(3, |note| *note == zab::Note::EpochEntered { epoch: Epoch(2) });
    let flushes =
        |kind: &EventKind| matches!(kind, EventKind::Server(ServerId(3), Note::Flushed { .. }));
    let later = doctored.all(flushes);
    for place in later.into_iter().rev().filter(|place| cut.0 < place.0 && place.0 <= entered.0) {
        doctored.remove(place);
    }
    let entered = doctored.peer(3, |note| *note == zab::Note::EpochEntered { epoch: Epoch(2) });
    let breaking = doctored.event(entered).id;
    let facts = doctored.check(PropertyName::ProcessConsistency, breaking);
    assert_eq!(facts[0], Fact::Leads { server: ServerId(2), epoch: Epoch(2) });
    assert_eq!(facts[1], Fact::Logged { server: ServerId(3), zxid: dead });
}

/// The followers' flushes never were.
#[test]
fn a_commit_before_the_disks_have_it_breaks_durability() {
    let mut doctored = Doctored::story();
    let zxid = Zxid::new(1, 2);
    let flushes = |kind: &EventKind| match kind {
        EventKind::Server(ServerId(1 | 2), Note::Flushed { last, .. }) => *last == zxid,
        _ => false,
    };
    for place in doctored.all(flushes).into_iter().rev() {
        doctored.remove(place);
    }
    let breaking = doctored.event(doctored.commit(3, zxid)).id;
    let facts = doctored.check(PropertyName::QuorumDurability, breaking);
    let shown = Fact::OnDisks { server: ServerId(3), zxid, disks: 1, quorum: 2 };
    assert_eq!(facts[1], shown);
}

/// A process starts on the disk of an earlier time, and another one has lost its own before.
#[test]
fn a_disk_that_forgets_breaks_durability_at_the_next_start() {
    let mut doctored = Doctored::story();
    let restarts =
        doctored.all(|kind| matches!(kind, EventKind::Server(ServerId(3), Note::Started { .. })));
    let place = restarts[1];
    let start = doctored.event(place).clone();
    let EventKind::Server(_, started) = start.kind else { unreachable!("it was found as one") };
    let (early, _) = restarts[0];
    doctored.steps[place.0].1 = doctored.steps[early].1.clone();
    let breaking = doctored.insert_behind(place, EventKind::Server(ServerId(2), started));
    let facts = doctored.check(PropertyName::QuorumDurability, breaking);
    let zxid = Zxid::new(1, 3);
    assert_eq!(facts[1], Fact::OnDisks { server: ServerId(2), zxid, disks: 1, quorum: 2 });
}

#[test]
fn a_cut_that_goes_too_far_breaks_log_durability() {
    let mut doctored = Doctored::story();
    let place = doctored.peer(3, |note| matches!(note, zab::Note::Truncated { .. }));
    let (server, zxid) = (ServerId(3), Zxid::new(1, 1));
    let breaking = doctored.replace(place, note(3, zab::Note::Truncated { zxid }));
    let facts = doctored.check(PropertyName::CommittedLogDurability, breaking);
    assert_eq!(facts[0], Fact::Committed { server, zxid: Zxid::new(1, 2) });
    assert_eq!(facts[1], Fact::Truncated { server, zxid });
}

/// One server's tree is that of a run in which something else was written at the same zxid.
#[test]
fn another_tree_at_the_same_zxid_breaks_replica_equality() {
    let mut doctored = Doctored::story();
    let other = Doctored::of(&STORY.replace("create /a 'one'", "create /a 'two'"));
    let zxid = Zxid::new(1, 2);
    let place = doctored.server(1, |note| *note == Note::Applied { zxid });
    let step = place.0;
    let same = &other.steps[step];
    assert_eq!(doctored.steps[step].0, same.0, "what is written changes no event of this step");
    doctored.steps[step].1 = same.1.clone();
    let breaking = doctored.event(place).id;
    let facts = doctored.check(PropertyName::ReplicaEquality, breaking);
    assert!(matches!(facts[0], Fact::Replica { zxid: first, .. } if first == zxid));
    assert!(matches!(facts[1], Fact::Replica { server: ServerId(1), .. }));
}
