//! What servers deliver, and in which order: I-2 to I-7, I-9.

use zabscope::check::{Fact, PropertyName};
use zabscope::types::{ServerId, Zxid};

use crate::doctor::{Doctored, committed};

const FIRST: Zxid = Zxid::new(1, 2);
const SECOND: Zxid = Zxid::new(1, 3);

fn delivered_without(server: u8, zxid: Zxid, lacks: Zxid) -> Fact {
    Fact::DeliveredWithout { server: ServerId(server), zxid, lacks }
}

#[test]
fn what_nobody_proposed_breaks_integrity() {
    let mut doctored = Doctored::story();
    let zxid = Zxid::new(1, 9);
    let breaking = doctored.replace(doctored.commit(3, FIRST), committed(3, zxid));
    let facts = doctored.check(PropertyName::Integrity, breaking);
    assert!(matches!(facts[0], Fact::Proposed { server: ServerId(3), .. }));
    assert_eq!(facts[1], Fact::NeverProposed { server: ServerId(3), zxid });
}

#[test]
fn what_is_delivered_twice_breaks_integrity() {
    let mut doctored = Doctored::story();
    let breaking = doctored.insert_behind(doctored.commit(1, FIRST), committed(1, FIRST));
    let facts = doctored.check(PropertyName::Integrity, breaking);
    assert_eq!(facts[0], Fact::Committed { server: ServerId(3), zxid: FIRST });
    assert_eq!(facts[1], Fact::DeliveredAgain { server: ServerId(1), zxid: FIRST });
}

/// S3 has delivered 1·2 and S1 only 1·9.
#[test]
fn two_servers_that_both_have_something_of_their_own_break_agreement() {
    let mut doctored = Doctored::story();
    let zxid = Zxid::new(1, 9);
    let breaking = doctored.replace(doctored.commit(1, FIRST), committed(1, zxid));
    let facts = doctored.check(PropertyName::Agreement, breaking);
    assert_eq!(facts[0], Fact::Committed { server: ServerId(3), zxid: FIRST });
    assert_eq!(facts[1], delivered_without(1, zxid, FIRST));
}

#[test]
fn a_skipped_transaction_breaks_total_and_local_primary_order() {
    for property in [PropertyName::TotalOrder, PropertyName::LocalPrimaryOrder] {
        let mut doctored = Doctored::story();
        doctored.remove(doctored.commit(1, FIRST));
        let breaking = doctored.event(doctored.commit(1, SECOND)).id;
        let facts = doctored.check(property, breaking);
        assert_eq!(facts[0], Fact::Committed { server: ServerId(3), zxid: FIRST });
        assert_eq!(facts[1], delivered_without(1, SECOND, FIRST));
    }
}

#[test]
fn another_transaction_in_its_place_breaks_prefix_consistency() {
    let mut doctored = Doctored::story();
    let breaking = doctored.replace(doctored.commit(1, FIRST), committed(1, SECOND));
    let facts = doctored.check(PropertyName::PrefixConsistency, breaking);
    assert_eq!(facts[0], Fact::Committed { server: ServerId(3), zxid: FIRST });
    assert_eq!(facts[1], Fact::DeliveredInstead { server: ServerId(1), zxid: SECOND });
}

#[test]
fn an_earlier_epoch_behind_a_later_one_breaks_global_primary_order() {
    let mut doctored = Doctored::story();
    let last = Zxid::new(2, 1);
    let breaking = doctored.insert_behind(doctored.commit(1, last), committed(1, SECOND));
    let facts = doctored.check(PropertyName::GlobalPrimaryOrder, breaking);
    assert_eq!(facts[0], Fact::Committed { server: ServerId(2), zxid: last });
    let server = ServerId(1);
    assert_eq!(facts[1], Fact::DeliveredBehind { server, zxid: SECOND, last });
}

/// A follower of S2 delivers what S2 does not have.
#[test]
fn what_the_leader_never_had_breaks_primary_integrity() {
    let mut doctored = Doctored::story();
    let dead = Zxid::new(1, 4);
    let place = doctored.commit(1, Zxid::new(2, 1));
    let breaking = doctored.replace(place, committed(1, dead));
    let facts = doctored.check(PropertyName::PrimaryIntegrity, breaking);
    let (server, initial_last) = (ServerId(2), SECOND);
    assert_eq!(facts[0], Fact::LeadsWithout { server, initial_last, lacks: dead });
    assert_eq!(facts[1], Fact::Delivered { server: ServerId(1), zxid: dead });
}

/// The leader's commit never was.
#[test]
fn a_follower_ahead_of_its_leader_breaks_commit_consistency() {
    let mut doctored = Doctored::story();
    doctored.remove(doctored.commit(3, FIRST));
    let first = [1, 2].map(|server| doctored.commit(server, FIRST)).into_iter().min();
    let place = first.expect("there are two followers");
    let breaking = doctored.event(place).id;
    let facts = doctored.check(PropertyName::CommitConsistency, breaking);
    assert_eq!(facts[0], Fact::Committed { server: ServerId(3), zxid: Zxid::new(1, 1) });
    assert!(matches!(facts[1], Fact::Delivered { zxid: FIRST, .. }));
}
