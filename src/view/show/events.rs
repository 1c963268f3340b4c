//! The event list.

use std::rc::Rc;

use crate::ensemble::Segment;
use crate::sim::{EventKind, TraceEvent};
use crate::types::{Epoch, ServerId};
use crate::view::{EventRow, Glyph, Spot, retell};
use crate::viewer::{Viewer, is_milestone, is_notable};

use super::flights::{drawing, spot};

/// So many events are listed.
const ROWS: usize = 120;

/// The newest events, the newest first; signs of life are left out. An event never changes: what
/// the last list has is shared with it.
pub fn events(viewer: &Viewer, last: Option<&Rc<Vec<Rc<EventRow>>>>) -> Rc<Vec<Rc<EventRow>>> {
    let old: &[Rc<EventRow>] = last.map_or(&[], |last| last);
    let known = old.first().map(|row| row.number);
    let notable = viewer.newest_events().filter(|event| is_notable(event));
    let unknown = notable.take_while(|event| Some(event.id.number()) != known);
    let new: Vec<_> =
        unknown.filter_map(|event| row(viewer, event)).take(ROWS).map(Rc::new).collect();
    match last {
        Some(last) if new.is_empty() => Rc::clone(last),
        _ => {
            let kept = ROWS.saturating_sub(new.len());
            Rc::new(new.into_iter().chain(old.iter().take(kept).cloned()).collect())
        }
    }
}

fn row(viewer: &Viewer, event: &TraceEvent) -> Option<EventRow> {
    let what = retell(event)?;
    let (place, epoch) = place(viewer, event);
    Some(EventRow {
        number: event.id.number(),
        at: event.at,
        place,
        glyph: glyph(viewer, event).map(|(glyph, label, _)| (glyph, label)),
        epoch: glyph(viewer, event).map_or(epoch, |(_, _, epoch)| epoch),
        what,
        milestone: is_milestone(event),
    })
}

/// Where it happened, and the epoch that holds there.
fn place(viewer: &Viewer, event: &TraceEvent) -> (Option<Spot>, Epoch) {
    match &event.kind {
        EventKind::Sent(transfer) => (Some(spot(transfer.from)), Epoch::ZERO),
        EventKind::Delivered(transfer) => (Some(spot(transfer.to)), Epoch::ZERO),
        EventKind::Peer(server, _) | EventKind::Server(server, _) => {
            (Some(Spot::Server(*server)), epoch_of(viewer, *server))
        }
        EventKind::Client(client, _) | EventKind::Console(client, _) => {
            (Some(Spot::Client(*client)), Epoch::ZERO)
        }
        _ => (None, Epoch::ZERO),
    }
}

/// The message that it is about, the number on it, and the epoch that it speaks for.
fn glyph(viewer: &Viewer, event: &TraceEvent) -> Option<(Glyph, Option<u32>, Epoch)> {
    let (EventKind::Sent(transfer) | EventKind::Delivered(transfer)) = &event.kind else {
        return None;
    };
    let Segment::Packet(packet) = &transfer.segment else { return None };
    Some(drawing(viewer, transfer.from, packet))
}

fn epoch_of(viewer: &Viewer, server: ServerId) -> Epoch {
    let server = viewer.world().ensemble().server(server);
    server.map_or(Epoch::ZERO, |server| server.disk().durable().current_epoch)
}
