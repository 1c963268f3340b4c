//! How the laws stand, and what breaks one.

use std::rc::Rc;

use crate::check::{Evaluated, Fact, PropertyName, Verdict, Violation, Witness};
use crate::ensemble::Endpoint;
use crate::sim::EventKind;
use crate::text::{Key, Phrase};
use crate::types::{Epoch, ServerId};
use crate::view::{
    Caption, FactView, Law, LawRow, LawStanding, LawsPanel, LawsView, PropertyRow, SeenFrom,
    StageView, ViolationView, fact_flag, fact_sentence, fact_server, property_about,
};
use crate::viewer::Viewer;

/// The laws with their members, and what was found first.
pub fn laws(viewer: &Viewer, stage: &StageView) -> LawsPanel {
    let verdicts = viewer.run().verdicts();
    let row = |law: Law| {
        let members = verdicts.iter().filter(|(name, _)| Law::of(*name) == law);
        LawRow::new(law, members.map(|&(name, found)| member(name, found)).collect())
    };
    // It stays in sight when someone goes back to see how it came.
    let violation = viewer.run().violation().or_else(|| viewer.timeline().end().violation());
    LawsPanel {
        rows: Law::ALL.into_iter().map(row).collect(),
        violation: violation.map(|(name, found)| Rc::new(violated(viewer, stage, name, found))),
    }
}

/// The laws at a glance.
pub fn laws_view(panel: &LawsPanel) -> LawsView {
    let broken = panel.rows.iter().filter(|row| row.standing == LawStanding::Broken);
    LawsView { watched: panel.rows.len() as u32, broken: broken.count() as u32 }
}

/// What the caption says of a broken law, until the run goes on.
pub fn violation_caption(panel: &LawsPanel) -> Option<Caption> {
    let violation =
        panel.violation.as_ref().filter(|violation| violation.seen_from == SeenFrom::There)?;
    let fact = violation.facts.last()?;
    let detail = Phrase::new(Key::ViolationCaption).with("fact", fact.sentence.clone());
    Some(Caption { title: violation.law.broken().into(), detail })
}

fn member(name: PropertyName, found: &Evaluated) -> PropertyRow {
    PropertyRow {
        name: name.name(),
        about: property_about(name),
        source: name.source(),
        standing: match found.verdict() {
            Verdict::Undecided => LawStanding::Undecided,
            Verdict::Holds => LawStanding::Holds,
            Verdict::Violated(_) => LawStanding::Broken,
        },
        evaluations: found.evaluations(),
    }
}

fn violated(
    viewer: &Viewer,
    stage: &StageView,
    name: PropertyName,
    found: &Violation,
) -> ViolationView {
    let [earlier, breaking] = &found.witnesses;
    let witnesses = if earlier == breaking { vec![breaking] } else { vec![earlier, breaking] };
    let letters = ["A", "B"];
    let facts = witnesses.into_iter().zip(letters);
    ViolationView {
        law: Law::of(name),
        property: name.name(),
        facts: facts.filter_map(|(found, letter)| fact(viewer, stage, found, letter)).collect(),
        seen_from: match viewer.run().violation() {
            None => SeenFrom::Before,
            Some(_) if viewer.run().is_stopped() => SeenFrom::There,
            Some(_) => SeenFrom::Behind,
        },
    }
}

/// `None` where the event is no longer known.
fn fact(
    viewer: &Viewer,
    stage: &StageView,
    witness: &Witness,
    letter: &'static str,
) -> Option<FactView> {
    let event = viewer.trace().find(witness.event)?;
    let server = fact_server(&witness.fact).or_else(|| place(&event.kind));
    let standing = server.and_then(|server| stage.server(server));
    Some(FactView {
        letter,
        event: witness.event,
        at: event.at,
        epoch: epoch(&witness.fact).or(standing.map(|server| server.epoch())).unwrap_or_default(),
        server,
        flag: fact_flag(&witness.fact, letter),
        sentence: fact_sentence(&witness.fact),
    })
}

/// The epoch that a fact itself speaks of.
fn epoch(fact: &Fact) -> Option<Epoch> {
    match *fact {
        Fact::Leads { epoch, .. } | Fact::Promised { epoch, .. } | Fact::Asked { epoch, .. } => {
            Some(epoch)
        }
        Fact::Acknowledged { zxid, .. }
        | Fact::CommitCame { zxid, .. }
        | Fact::Committed { zxid, .. }
        | Fact::Delivered { zxid, .. }
        | Fact::DeliveredAgain { zxid, .. }
        | Fact::DeliveredInstead { zxid, .. }
        | Fact::Logged { zxid, .. }
        | Fact::ProposalCame { zxid, .. }
        | Fact::Proposed { zxid, .. } => Some(zxid.epoch),
        _ => None,
    }
}

/// The server at which an event happened.
fn place(event: &EventKind) -> Option<ServerId> {
    match event {
        EventKind::Peer(server, _) | EventKind::Server(server, _) => Some(*server),
        EventKind::Sent(transfer) => first(transfer.from, transfer.to),
        EventKind::Delivered(transfer) => first(transfer.to, transfer.from),
        _ => None,
    }
}

fn first(one: Endpoint, other: Endpoint) -> Option<ServerId> {
    one.server().or(other.server())
}
