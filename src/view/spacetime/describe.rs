//! What lies under the pointer, in words.

use crate::ensemble::Endpoint;
use crate::text::{Key, Phrase};
use crate::types::Zxid;
use crate::viewer::{HopKind, MarkKind};
use crate::zab::MessageKind;

use super::{Band, BandLook, Diagram, Hit, Line, LineState, Target};

/// A message's name with what tells it from others, as in `PROPOSAL 3·9`.
pub fn hop_name(kind: HopKind, label: Option<u32>, zxid: Option<Zxid>) -> String {
    match kind {
        HopKind::Peer(MessageKind::Notification) => {
            format!("{} S{}", MessageKind::Notification.name(), label.unwrap_or_default())
        }
        HopKind::Peer(kind) => match (zxid, label) {
            (Some(zxid), _) => format!("{} {zxid}", kind.name()),
            (None, Some(epoch)) if kind != MessageKind::Ping => format!("{} e{epoch}", kind.name()),
            _ => kind.name().to_owned(),
        },
        HopKind::Ping => "ping".to_owned(),
        HopKind::Request(op) => op.text().to_owned(),
        HopKind::Response { .. } => match zxid {
            Some(zxid) => format!("RESPONSE {zxid}"),
            None => "RESPONSE".to_owned(),
        },
        HopKind::Session => "SESSION".to_owned(),
        HopKind::Watch => "WATCH".to_owned(),
    }
}

/// The sentence for what was hit; `None` for an empty place.
pub fn describe(diagram: &Diagram, hit: &Hit) -> Option<Phrase> {
    match hit.target {
        Target::Message(place) => diagram.lines.get(place).map(message),
        Target::Mark { lane, mark } => {
            let lane = diagram.lanes.get(lane)?;
            Some(what_it_did(lane.end, lane.marks.get(mark)?.kind))
        }
        Target::Band { lane, band } => {
            let lane = diagram.lanes.get(lane)?;
            Some(how_it_stood(lane.end, lane.bands.get(band)?))
        }
        Target::Command => Some(Key::SpacetimeCommand.into()),
        Target::Folded(count) => Some(Phrase::new(Key::SpacetimeFolded).with("count", count)),
        Target::Empty => None,
    }
}

fn message(line: &Line) -> Phrase {
    let key = match line.state {
        LineState::Arrived => Key::SpacetimeArrived,
        LineState::InFlight { is_lost: false, .. } => Key::SpacetimeInFlight,
        LineState::Held => Key::SpacetimeHeld,
        LineState::Lost | LineState::InFlight { is_lost: true, .. } => Key::SpacetimeLost,
        LineState::Ahead => Key::SpacetimeAhead,
    };
    let phrase = Phrase::new(key)
        .with("message", hop_name(line.kind, line.label, line.zxid))
        .with("from", line.from.to_string())
        .with("to", line.to.to_string())
        .with("sent", line.sent_at);
    match line.ends_at {
        Some(at) => phrase.with("at", at).with("span", at.since(line.sent_at)),
        None => phrase,
    }
}

fn what_it_did(end: Endpoint, kind: MarkKind) -> Phrase {
    let says = |key| Phrase::new(key).with("server", end.to_string());
    match kind {
        MarkKind::Flushed(zxid) => says(Key::EventFlushed).with("zxid", zxid).with("txns", 1_u32),
        MarkKind::Written => says(Key::SpacetimeWritten),
        MarkKind::Committed(zxid) => says(Key::NoteCommitted).with("zxid", zxid),
        MarkKind::Truncated(zxid) => says(Key::NoteTruncated).with("zxid", zxid),
    }
}

fn how_it_stood(end: Endpoint, band: &Band) -> Phrase {
    let (role, phase) = match band.look {
        BandLook::Off => (Key::NoPower, None),
        _ if band.paused => (Key::Paused, None),
        BandLook::Looking => (Key::RoleLooking, Some(Key::StationElection)),
        BandLook::Joining { leading, synchronizing } => (
            if leading { Key::RoleLeading } else { Key::RoleFollowing },
            Some(if synchronizing { Key::StationSynchronization } else { Key::StationDiscovery }),
        ),
        BandLook::Leading => (Key::RoleLeading, Some(Key::StationBroadcast)),
        BandLook::Following => (Key::RoleFollowing, Some(Key::StationBroadcast)),
        BandLook::Observing => (Key::RoleObserving, Some(Key::StationBroadcast)),
        BandLook::Client { connected: true } => (Key::SpacetimeConnected, None),
        BandLook::Client { connected: false } => (Key::ConnectionLost, None),
    };
    let phrase = match phase {
        Some(phase) => Phrase::new(Key::SpacetimeBandPhase).with("phase", phase),
        None => Phrase::new(Key::SpacetimeBand),
    };
    phrase.with("who", end.to_string()).with("state", role).with("epoch", band.epoch)
}
