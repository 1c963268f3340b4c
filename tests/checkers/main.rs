//! Checkers that bite: each property is shown a trace that was tampered with, and has to name the
//! event that breaks it.
//!
//! A true run is recorded step by step, events and world. Doctored is either an event (another
//! server claims the epoch, another transaction is committed, a message never came), or the world
//! that an event is shown with (that of an earlier moment, or of another run).

#![cfg(not(target_arch = "wasm32"))]

mod delivery;
mod doctor;
mod handlers;
mod histories;
mod leaders;

use zabscope::check::{Checkers, PropertyName, Verdict};
use zabscope::types::{Epoch, Zxid};
use zabscope::zab;

use doctor::{Doctored, note};

#[test]
fn the_true_run_keeps_every_property_and_each_is_looked_at() {
    let checkers = Doctored::story().observe();
    // Those of the protocol; what clients are promised is for `tests/guarantees`.
    let of_protocol = |property: &PropertyName| *property < PropertyName::LinearizableWrites;
    for property in PropertyName::ALL.into_iter().filter(of_protocol) {
        let evaluated = checkers.evaluated(property);
        assert_eq!(evaluated.verdict(), &Verdict::Holds, "{property}");
        assert!(evaluated.evaluations() > 0, "{property}");
    }
    assert!(checkers.violation().is_none());
}

#[test]
fn nothing_is_decided_before_anything_happens() {
    for (property, evaluated) in Checkers::default().verdicts() {
        assert_eq!(evaluated.verdict(), &Verdict::Undecided, "{property}");
    }
}

#[test]
fn the_first_violation_is_the_one_that_is_kept() {
    let mut doctored = Doctored::story();
    let place = doctored.peer(2, |note| matches!(note, zab::Note::Established { .. }));
    let forged = zab::Note::Established { epoch: Epoch(2), initial_last: Zxid::ZERO };
    let first = doctored.insert_behind(place, note(1, forged.clone()));
    doctored.insert_behind((place.0, place.1 + 1), note(1, forged));
    doctored.check(PropertyName::Leadership2, first);
    let found = doctored.observe();
    let (_, violation) = found.violation().expect("something is violated");
    assert_eq!(violation.event(), first);
}

/// With mistakes in the protocol anything may come in any order: a checker may find what it likes,
/// but never panics.
#[test]
fn no_checker_panics_whatever_is_missing_or_out_of_order() {
    let story = Doctored::story();
    for stride in 2..12 {
        for offset in 0..2 {
            let mut checkers = Checkers::default();
            for (step, (events, world)) in story.steps.iter().enumerate() {
                let is_kept = |place: &usize| !(step * 7 + place + offset).is_multiple_of(stride);
                let kept: Vec<_> =
                    events.iter().enumerate().filter(|(place, _)| is_kept(place)).collect();
                let mut kept: Vec<_> = kept.into_iter().map(|(_, event)| event.clone()).collect();
                if step % stride == offset {
                    kept.reverse();
                }
                checkers.observe(&kept, world);
            }
        }
    }
}
