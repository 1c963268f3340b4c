//! The guarantees that clients have, G1 to G14: kept by true runs, also where ZooKeeper's own
//! exceptions to them show, and broken by doctored ones, at the event that is at fault.
//!
//! A true run is recorded step by step, events and world. Doctored is either an event (a client is
//! told something else), or the world that an event is shown with: that of another run, in which
//! another transaction stands at the same zxid.

#![cfg(not(target_arch = "wasm32"))]

mod answers;
mod events;
mod recorded;

use zabscope::check::{PropertyName, Verdict};
use zabscope::run::Run;
use zabscope::scenario::Scenario;

use recorded::{STORY, observe, record};

const GUARANTEES: [PropertyName; 14] = [
    PropertyName::LinearizableWrites,
    PropertyName::FifoClientOrder,
    PropertyName::ConsistentReads,
    PropertyName::SingleSystemImage,
    PropertyName::SyncFreshness,
    PropertyName::Durability,
    PropertyName::Atomicity,
    PropertyName::WatchOrder,
    PropertyName::Timeliness,
    PropertyName::UnknownOutcome,
    PropertyName::Replicas,
    PropertyName::EphemeralOwners,
    PropertyName::SequenceNumbers,
    PropertyName::Versions,
];

#[test]
fn the_true_run_keeps_every_guarantee_and_each_is_looked_at() {
    let checkers = observe(&record(STORY));
    for guarantee in GUARANTEES {
        let evaluated = checkers.evaluated(guarantee);
        assert_eq!(evaluated.verdict(), &Verdict::Holds, "{guarantee}");
        assert!(evaluated.evaluations() > 0, "{guarantee}");
    }
}

/// The story keeps every guarantee, though the transcript has all of this in it.
fn check_kept(story: &str, with: &[&str]) {
    let scenario = Scenario::from_text(story).expect("the story is legal");
    let mut run = Run::new(&scenario).expect("the story can be run");
    run.run_until(scenario.until);
    let violation = run.violation().map(|(name, violation)| {
        let facts = violation.witnesses.each_ref().map(|witness| witness.fact.to_string());
        format!("{name} at {}: {facts:?}", violation.event())
    });
    assert_eq!(violation, None);
    let all: Vec<String> = run.trace().iter().map(|event| format!("{:?}", event.kind)).collect();
    for wanted in with {
        assert!(all.iter().any(|line| line.contains(wanted)), "no {wanted}");
    }
}

/// G5's exception: the leader answers its own client's sync from its tree, while what is committed
/// waits for the commit step.
#[test]
fn a_leaders_own_client_may_miss_what_is_not_applied() {
    check_kept(
        "\
servers 3
clients S3 S2
seed 1
set commit_delay 5ms
at 400ms C2 create /a 'one'
at 500ms C2 set /a '1'
at 500ms C2 set /a '2'
at 500ms C2 set /a '3'
at 507ms C1 sync /a
at 507ms C1 get /a
at 510ms C1 sync /a
at 510ms C1 get /a
run 900ms
",
        &[],
    );
}

/// G1's exception *ChildCountAfterClose*: the parent of an ephemeral znode that is going cannot be
/// deleted yet.
#[test]
fn a_parent_counts_its_children_until_a_session_is_closed() {
    check_kept(
        "\
servers 3
clients S3 S3 S2
seed 1
at 400ms C1 create /q 'one'
at 430ms C2 create -e /q/e 'mine'
at 460ms C2 close
at 462ms C1 delete /q
at 463ms C1 multi create /z 'z' ; delete /q
at 480ms C1 delete /q
run 900ms
",
        &["NotEmpty", "MultiFailed"],
    );
}

/// G1's exception *StaleRootAcl*: a create under the root goes by the list before.
#[test]
fn a_create_under_the_root_goes_by_an_old_list() {
    check_kept(
        "\
servers 3
clients S3 S2
seed 1
at 400ms C1 create /q 'one'
at 460ms C1 setAcl / world:anyone:ra
at 460ms C1 create /early 'goes by the old list'
at 500ms C1 create /late 'goes by the new one'
run 900ms
",
        &["NoAuth"],
    );
}

/// G2's exception: a request that comes through the old server is refused, and out of order.
#[test]
fn a_late_request_through_the_old_server_is_refused() {
    check_kept(
        "\
servers 3
clients S2 S3
seed 1
at 400ms C1 create /a 'one'
at 450ms latency S2 -> S3 60ms
at 460ms C1 set /a 'late'
at 470ms C1 attach S1
at 480ms C1 set /a 'early'
at 700ms C1 get /a
run 1200ms
",
        &["SessionMoved"],
    );
}

/// G3: a read may be stale; the guarantee says from which state it comes, not that it is the
/// newest.
#[test]
fn a_stale_read_is_allowed() {
    check_kept(
        "\
servers 3
clients S3 S1
seed 1
at 400ms C1 create /a 'one'
at 450ms cut S3 -> S1
at 460ms C1 set /a 'two'
at 500ms C2 get /a
run 560ms
",
        &["Told { xid: 1, zxid: Zxid { epoch: Epoch(1), counter: 3 }"],
    );
}
