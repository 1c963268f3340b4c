//! Causes and effects of an event.

use std::collections::BTreeSet;

use crate::run::Trace;
use crate::sim::{EventId, EventKind, TraceEvent};
use crate::viewer::{Hop, is_notable};

/// The selected event, with what led to it and what came of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lit {
    /// Which event.
    pub selected: Option<EventId>,
    /// Everything on the way to it.
    pub causes: BTreeSet<EventId>,
    /// Everything that it brought about.
    pub effects: BTreeSet<EventId>,
}

/// How something belongs to the selected event.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Light {
    /// It led to it.
    Cause,
    /// It came of it.
    Effect,
}

/// Effects are looked for among so many events.
const LOOKED_AT: usize = 20_000;
/// So many effects are enough.
const EFFECTS_MAX: usize = 400;

impl Lit {
    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        self.selected.is_none()
    }

    /// How a message belongs to the selected event: by its arrival, or by its sending.
    pub fn of_hop(&self, hop: &Hop) -> Option<Light> {
        let selected = self.selected?;
        let has = |set: &BTreeSet<EventId>, event| event == selected || set.contains(&event);
        if hop.end.event().is_some_and(|event| has(&self.causes, event)) {
            return Some(Light::Cause);
        }
        has(&self.effects, hop.sent).then_some(Light::Effect)
    }

    /// How an event belongs to the selected one.
    pub fn of_event(&self, event: EventId) -> Option<Light> {
        if self.causes.contains(&event) {
            return Some(Light::Cause);
        }
        (self.selected == Some(event) || self.effects.contains(&event)).then_some(Light::Effect)
    }
}

/// The event with its causes and effects; nothing where the trace does not have it.
pub fn lit(trace: &Trace, selected: Option<EventId>) -> Lit {
    let Some(event) = selected.filter(|event| trace.find(*event).is_some()) else {
        return Lit::default();
    };
    let causes = causes(trace, event).iter().map(|cause| cause.id).collect();
    Lit { selected: Some(event), causes, effects: effects(trace, event) }
}

/// What led to the event, the nearest first, up to the command that began it or to the beginning.
pub fn causes(trace: &Trace, event: EventId) -> Vec<&TraceEvent> {
    let cause_of = |event: &TraceEvent| event.cause.and_then(|cause| trace.find(cause));
    std::iter::successors(trace.find(event).and_then(cause_of), |cause| cause_of(cause)).collect()
}

/// What the event brought about. Signs of life are left out, and what a timer does: each goes on
/// from the one before, and all would belong to the first.
pub fn effects(trace: &Trace, event: EventId) -> BTreeSet<EventId> {
    let mut effects = BTreeSet::new();
    for later in trace.iter_from(event.next()).take(LOOKED_AT) {
        let follows = later.cause.is_some_and(|cause| cause == event || effects.contains(&cause));
        if follows && is_notable(later) && !matches!(later.kind, EventKind::TimerFired(_)) {
            effects.insert(later.id);
        }
        if effects.len() >= EFFECTS_MAX {
            break;
        }
    }
    effects
}
