//! The event list.

use crate::ensemble::Segment;
use crate::sim::{EventKind, TraceEvent};
use crate::types::{Epoch, ServerId};
use crate::view::{EventRow, Glyph, Spot, retell};
use crate::viewer::{Viewer, is_milestone, is_notable};

use super::flights::{drawing, spot};

/// So many events are listed.
const ROWS: usize = 120;

/// The newest events, the newest first; signs of life are left out.
pub fn events(viewer: &Viewer) -> Vec<EventRow> {
    let notable = viewer.newest_events().filter(|event| is_notable(event));
    notable.filter_map(|event| row(viewer, event)).take(ROWS).collect()
}

fn row(viewer: &Viewer, event: &TraceEvent) -> Option<EventRow> {
    let what = retell(event)?;
    let (place, glyph, epoch) = about(viewer, event);
    Some(EventRow {
        number: event.id.number(),
        at: event.at,
        place,
        glyph,
        epoch,
        what,
        milestone: is_milestone(event),
    })
}

fn about(
    viewer: &Viewer,
    event: &TraceEvent,
) -> (Option<Spot>, Option<(Glyph, Option<u32>)>, Epoch) {
    match &event.kind {
        EventKind::Sent(transfer) | EventKind::Delivered(transfer) => {
            let arrived = matches!(event.kind, EventKind::Delivered(_));
            let place = spot(if arrived { transfer.to } else { transfer.from });
            let Segment::Packet(packet) = &transfer.segment else {
                return (Some(place), None, Epoch::ZERO);
            };
            let (glyph, label, epoch) = drawing(viewer, transfer.from, packet);
            (Some(place), Some((glyph, label)), epoch)
        }
        EventKind::Peer(server, _) | EventKind::Server(server, _) => {
            (Some(Spot::Server(*server)), None, epoch_of(viewer, *server))
        }
        EventKind::Client(client, _) => (Some(Spot::Client(*client)), None, Epoch::ZERO),
        _ => (None, None, Epoch::ZERO),
    }
}

fn epoch_of(viewer: &Viewer, server: ServerId) -> Epoch {
    let server = viewer.world().ensemble().server(server);
    server.map_or(Epoch::ZERO, |server| server.disk().durable().current_epoch)
}
