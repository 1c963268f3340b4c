//! The lanes' bands and marks, and the names before them.

use crate::ensemble::Endpoint;
use crate::types::Epoch;
use crate::view::{RoleShape, role_marks};
use crate::viewer::MarkKind;
use crate::zab::RoleName;

use super::super::{Band, BandLook, Diagram, DiagramLane, UNIT};
use super::{Anchor, Dash, Figure, Font, Ink, Place, Stroke};

/// A band has its epoch's number if it is so wide.
const NAMED_FROM: i64 = 22 * UNIT;

pub(super) fn bands(diagram: &Diagram, plot: &mut Vec<Figure>) {
    for lane in &diagram.lanes {
        let mut before = Epoch::ZERO;
        for band in &lane.bands {
            if band.paused {
                let stroke = Stroke { dash: Dash::Dots, ..Stroke::plain(Ink::of(band.epoch), 64) };
                plot.push(along(band, lane.y, stroke));
            } else {
                plot.push(drawn(band, lane.y));
            }
            let is_server = !matches!(band.look, BandLook::Client { .. } | BandLook::Off);
            let is_new = band.epoch != before && band.epoch != Epoch::ZERO;
            if is_server && is_new && band.right - band.left >= NAMED_FROM {
                plot.push(epoch_name(band, lane.y));
                before = band.epoch;
            }
        }
    }
}

fn drawn(band: &Band, y: i64) -> Figure {
    let own = Ink::of(band.epoch);
    match band.look {
        BandLook::Off => Figure::Lines {
            segments: hatching(band.left, band.right, y),
            stroke: Stroke { opacity: 80, ..Stroke::plain(Ink::Hatch, 24) },
        },
        BandLook::Looking => bar(band, y, 9 * UNIT, Ink::Look, Some((Ink::LookLine, 13))),
        BandLook::Joining { leading, synchronizing } => {
            let high = if leading { 8 * UNIT } else { 5 * UNIT };
            let fill = if synchronizing { Ink::wash_of(band.epoch) } else { Ink::Surface };
            bar(band, y, high, fill, Some((own, 21)))
        }
        BandLook::Leading => bar(band, y, 10 * UNIT, own, None),
        BandLook::Following => along(band, y, Stroke::plain(own, 64)),
        BandLook::Observing => {
            along(band, y, Stroke { dash: Dash::Observer, ..Stroke::plain(own, 32) })
        }
        BandLook::Client { connected: true } => along(band, y, Stroke::plain(Ink::Faint, 24)),
        BandLook::Client { connected: false } => {
            along(band, y, Stroke { dash: Dash::Dots, ..Stroke::plain(Ink::Faint, 24) })
        }
    }
}

fn along(band: &Band, y: i64, stroke: Stroke) -> Figure {
    Figure::Lines { segments: vec![((band.left, y), (band.right, y))], stroke }
}

fn bar(band: &Band, y: i64, high: i64, fill: Ink, line: Option<(Ink, i64)>) -> Figure {
    Figure::Box {
        at: (band.left, y - high / 2),
        size: (band.right - band.left, high),
        fill: Some(fill),
        stroke: line.map(|(ink, width)| Stroke::plain(ink, width)),
        opacity: 100,
    }
}

/// Slanted strokes along a lane without a process.
fn hatching(left: i64, right: i64, y: i64) -> Vec<(Place, Place)> {
    let (step, lean, half) = (6 * UNIT, 7 * UNIT, 4 * UNIT);
    let first = left.div_euclid(step) * step + step;
    let count = ((right - lean - first) / step + 1).max(0);
    let stroke = |place: i64| {
        let x = first + place * step;
        ((x, y + half), (x + lean, y - half))
    };
    (0..count).map(stroke).collect()
}

fn epoch_name(band: &Band, y: i64) -> Figure {
    let inside = band.look == BandLook::Leading && !band.paused;
    Figure::Text {
        at: (band.left + 3 * UNIT, if inside { y + 3 * UNIT } else { y - 6 * UNIT }),
        text: format!("e{}", band.epoch),
        size: 9 * UNIT,
        anchor: Anchor::Start,
        font: Font::Numbers,
        is_bold: true,
        ink: if inside { Ink::OnEpoch } else { Ink::of(band.epoch) },
    }
}

/// Hollow = on disk, solid = committed; a tick where there is no room for more.
pub(super) fn marks(diagram: &Diagram, plot: &mut Vec<Figure>) {
    for lane in &diagram.lanes {
        for mark in &lane.marks {
            plot.push(match mark.kind {
                MarkKind::Flushed(zxid) if mark.is_small => tick(lane, mark.x, zxid.epoch, 16),
                MarkKind::Committed(zxid) if mark.is_small => tick(lane, mark.x, zxid.epoch, 32),
                MarkKind::Flushed(zxid) => square(
                    (mark.x, lane.y),
                    7 * UNIT,
                    Ink::Surface,
                    Stroke::plain(Ink::of(zxid.epoch), 26),
                ),
                MarkKind::Committed(zxid) => square(
                    (mark.x, lane.y),
                    8 * UNIT,
                    Ink::of(zxid.epoch),
                    Stroke::plain(Ink::Surface, 19),
                ),
                MarkKind::Written => Figure::Lines {
                    segments: vec![((mark.x, lane.y + 4 * UNIT), (mark.x, lane.y + 9 * UNIT))],
                    stroke: Stroke::plain(Ink::Soft, 22),
                },
                MarkKind::Truncated(zxid) => Figure::Lines {
                    segments: vec![(
                        (mark.x - 6 * UNIT, lane.y + 6 * UNIT),
                        (mark.x + 6 * UNIT, lane.y - 6 * UNIT),
                    )],
                    stroke: Stroke::plain(Ink::of(zxid.epoch), 35),
                },
            });
        }
    }
}

fn tick(lane: &DiagramLane, x: i64, epoch: Epoch, width: i64) -> Figure {
    Figure::Lines {
        segments: vec![((x, lane.y - 6 * UNIT), (x, lane.y + 6 * UNIT))],
        stroke: Stroke::plain(Ink::of(epoch), width),
    }
}

fn square((x, y): Place, side: i64, fill: Ink, stroke: Stroke) -> Figure {
    let at = (x - side / 2, y - side / 2);
    Figure::Box { at, size: (side, side), fill: Some(fill), stroke: Some(stroke), opacity: 100 }
}

/// The column of names, with the shape of each server at the ink line.
pub(super) fn names(diagram: &Diagram, frame: &mut Vec<Figure>) {
    for lane in &diagram.lanes {
        let is_down = lane.shape == Some(RoleShape::Crashed);
        if let Some(shape) = lane.shape {
            frame.extend(icon(shape, lane.epoch, (11 * UNIT, lane.y)));
        }
        let faint = is_down || matches!(lane.end, Endpoint::Client(_));
        frame.push(Figure::Text {
            at: (24 * UNIT, lane.y + 4 * UNIT),
            text: lane.end.to_string(),
            size: 12 * UNIT,
            anchor: Anchor::Start,
            font: Font::Words,
            is_bold: lane.end.server().is_some(),
            ink: if faint { Ink::Faint } else { Ink::Ink },
        });
    }
}

/// A server's shape: the outline, and two bars where it is paused.
fn icon(shape: RoleShape, epoch: Epoch, at: Place) -> Vec<Figure> {
    let (path, _) = role_marks(shape, 7.0);
    let own = Ink::of(epoch);
    let (fill, line) = match shape {
        RoleShape::Crashed => (None, Ink::Hatch),
        RoleShape::Paused(_) => (Some(Ink::Sunken), Ink::Faint),
        RoleShape::Role(RoleName::Leading) => (Some(own), own),
        RoleShape::Role(RoleName::Looking) => (Some(Ink::Look), Ink::LookLine),
        RoleShape::Role(_) => (Some(Ink::Surface), own),
    };
    let outline = |path, fill, line| Figure::Outline {
        at,
        scale: 100,
        path,
        fill,
        line: Some(line),
        opacity: 100,
    };
    let mut figures = vec![outline(path.into(), fill, (line, 180))];
    match shape {
        RoleShape::Paused(_) => figures.push(outline("M-2-3v6M2-3v6".into(), None, (line, 150))),
        RoleShape::Crashed => figures.push(outline("M-4 4 4-4".into(), None, (line, 150))),
        RoleShape::Role(_) => {}
    }
    figures
}
