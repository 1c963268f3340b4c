//! The panel of an event: why it happened.

use crate::sim::{EventId, EventKind};
use crate::text::{Key, Phrase};
use crate::types::Epoch;
use crate::view::spacetime::{glyph_of, hop_name};
use crate::view::why::{Paper, Why, why};
use crate::view::{Headline, Icon, InspectorView, Row, Section, Selection, Value};
use crate::viewer::Viewer;

/// Why the event happened; `None` where the branch that is shown does not have it.
pub fn event_panel(viewer: &Viewer, event: EventId) -> Option<InspectorView> {
    let why = why(viewer.trace(), viewer.spacetime(), event)?;
    let sections = vec![
        Section::Lead(why.what.clone()),
        Section::Remark(why.rule.clone()),
        Section::Pairs(sources(&why)),
        Section::Chain { title: chain_title(&why), links: why.chain.clone() },
    ];
    Some(InspectorView {
        selection: Selection::Event(event),
        headline: headline(viewer, &why),
        acts: Vec::new(),
        sections,
    })
}

/// A message has its glyph and name; everything else is an event by its number.
fn headline(viewer: &Viewer, why: &Why) -> Headline {
    let line = Phrase::new(Key::WhyAt).with("at", why.at);
    let kind = viewer.trace().find(why.event).map(|event| &event.kind);
    let sent = match kind {
        Some(EventKind::Sent(_)) => Some(why.event),
        Some(EventKind::Delivered(_)) => why.chain.first().map(|link| link.event),
        _ => None,
    };
    let hop = sent.and_then(|sent| viewer.spacetime().hops().sent(sent));
    match hop {
        Some(hop) => Headline {
            icon: Icon::Message(glyph_of(hop.kind), hop.label),
            epoch: hop.epoch,
            name: hop_name(hop.kind, hop.label, hop.zxid).into(),
            role: None,
            line,
        },
        None => Headline {
            icon: Icon::Event,
            epoch: Epoch::ZERO,
            name: format!("#{}", why.event).into(),
            role: None,
            line,
        },
    }
}

fn sources(why: &Why) -> Vec<Row> {
    let paper = why.paper.map(|Paper { phase, step }| {
        let place = Phrase::new(Key::WhyPaperStep).with("phase", phase).with("step", step);
        Row::keyed(Key::WhyPaper, Value::Phrase(place))
    });
    let class = why.class.map(|class| Row::named("ZooKeeper", Value::name(class)));
    let action = why.action.map(|action| Row::keyed(Key::WhyAction, Value::name(action)));
    [paper, class, action].into_iter().flatten().collect()
}

fn chain_title(why: &Why) -> Phrase {
    if why.chain.is_empty() { Key::WhyNoCause.into() } else { Key::WhyChain.into() }
}
