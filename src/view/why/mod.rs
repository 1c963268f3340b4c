//! Why something happened: what, by which rule, where the rule is from, and what led to it.
//!
//! [`why`] reads the trace alone. Rules are sentences of [`text`](crate::text); their sources are
//! the paper's steps (Junqueira, Reed, Serafini, DSN 2011), ZooKeeper's classes and the actions of
//! the published system specification. The folder ends at the sentences: the panel is drawn by the
//! inspector.

mod rule;
mod source;

use crate::ensemble::Segment;
use crate::run::{SpecAction, Trace};
use crate::sim::{EventId, EventKind, TraceEvent};
use crate::text::{Key, Phrase};
use crate::types::{Instant, ServerId};
use crate::viewer::{LaneState, Spacetime};
use crate::zab::{Note, Phase, RoleName};

use super::retell;
use super::spacetime::causes;

pub use source::Paper;

/// Why an event happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Why {
    /// The event.
    pub event: EventId,
    /// When it happened.
    pub at: Instant,
    /// What happened.
    pub what: Phrase,
    /// The rule by which it did.
    pub rule: Phrase,
    /// The paper's step.
    pub paper: Option<Paper>,
    /// ZooKeeper's class, and its method where one stands for it.
    pub class: Option<&'static str>,
    /// The action of the published system specification.
    pub action: Option<SpecAction>,
    /// What led to it, the nearest first, up to the command that began it.
    pub chain: Vec<Link>,
}

/// A cause.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// The event.
    pub event: EventId,
    /// When it happened.
    pub at: Instant,
    /// What happened.
    pub what: Phrase,
}

/// A chain that is longer is shown in its nearest part and its beginning.
const CHAIN_MAX: usize = 40;

/// Why an event happened; `None` where the trace does not have it.
pub fn why(trace: &Trace, index: &Spacetime, event: EventId) -> Option<Why> {
    let event = trace.find(event)?;
    let action = action(trace, index, event);
    let all = causes(trace, event.id);
    let left_out = all.len().saturating_sub(CHAIN_MAX);
    let first = all.len().min(CHAIN_MAX - 1);
    let shown = all.iter().take(first).chain(all.iter().skip(first + left_out));
    let link = |cause: &&TraceEvent| Link { event: cause.id, at: cause.at, what: what(cause) };
    Some(Why {
        event: event.id,
        at: event.at,
        what: what(event),
        rule: rule::rule(&event.kind).into(),
        paper: source::paper(&event.kind, action),
        class: source::class(&event.kind),
        action,
        chain: shown.map(link).collect(),
    })
}

/// What happened. What the event list leaves out is told here too.
pub fn what(event: &TraceEvent) -> Phrase {
    let retold = retell(event);
    retold.unwrap_or_else(|| match &event.kind {
        EventKind::TimerFired(timer) => {
            Phrase::new(Key::WhatTimer).with("timer", timer.to_string())
        }
        EventKind::ConnectionOpened { dialler, acceptor, .. } => Phrase::new(Key::WhatOpened)
            .with("from", dialler.to_string())
            .with("to", acceptor.to_string()),
        EventKind::ConnectionClosed { .. } => Key::WhatClosed.into(),
        EventKind::Sent(transfer) | EventKind::Delivered(transfer) => {
            let opens = matches!(transfer.segment, Segment::Open | Segment::Accept);
            Phrase::new(if opens { Key::WhatOpening } else { Key::WhatClosing })
                .with("from", transfer.from.to_string())
                .with("to", transfer.to.to_string())
        }
        EventKind::Server(server, _) => {
            Phrase::new(Key::WhatServer).with("who", server.to_string())
        }
        EventKind::Client(client, _) => {
            Phrase::new(Key::WhatServer).with("who", client.to_string())
        }
        _ => Key::WhatElse.into(),
    })
}

fn action(trace: &Trace, index: &Spacetime, event: &TraceEvent) -> Option<SpecAction> {
    // The first ack of a synchronisation is counted in the same step, and no other is.
    let mut step = trace.iter_from(event.id.next()).take_while(|later| later.at == event.at);
    let counted = step.any(|later| {
        let is_counted = matches!(&later.kind, EventKind::Peer(_, Note::NewLeaderAcked { .. }));
        is_counted && later.cause == Some(event.id)
    });
    SpecAction::of(&event.kind, |server| {
        let (role, phase) = standing(index, server, event.id);
        crate::run::SpecStanding { role, phase, awaits_new_leader_ack: counted }
    })
}

/// What a server was right before an event.
fn standing(index: &Spacetime, server: ServerId, event: EventId) -> (RoleName, Phase) {
    let lane = index.lane(server.into());
    match lane.map(|lane| lane.standing_before(event).state) {
        Some(LaneState::On { role, phase }) => (role, phase),
        _ => (RoleName::Looking, Phase::Election),
    }
}
