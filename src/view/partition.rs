//! The band of a partition, drawn through the gaps of the ring, and the ground on its sides.

use std::f64::consts::TAU;

use crate::types::ServerId;

use super::{Layout, Point, Side, Slot};

/// How a partition is drawn.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PartitionGeometry {
    /// The ground of each side, one or more for a side whose servers are not neighbours.
    pub regions: Vec<Region>,
    /// The bands, as the points of a line.
    pub bands: Vec<Vec<Point>>,
}

/// A stretch of ground.
#[derive(Clone, PartialEq, Debug)]
pub struct Region {
    /// Which side, by its place in the list.
    pub side: usize,
    /// Its outline.
    pub outline: Vec<Point>,
    /// Where the middle of its label's line stands; only the first region of a side has one, and
    /// only where there is room.
    pub label: Option<Point>,
}

/// Neighbours on the ring that are on one side.
struct Run {
    side: usize,
    /// The angles of the gaps before and behind it; `from < until`.
    from: f64,
    until: f64,
}

const CURVE_POINTS: u32 = 24;
/// The room that a label takes, and the steps in which its place is looked for.
const LABEL_WIDTH: f64 = 124.0;
const LABEL_HEIGHT: f64 = 18.0;
const LABEL_STEP: f64 = 8.0;
/// How far the drawn band reaches to each side of its line.
const BAND_HALF: f64 = 14.0;
/// What the list of kinds in flight takes on the right.
const IN_FLIGHT_WIDTH: f64 = 180.0;

/// The geometry of these sides; nothing where the ring is whole.
pub fn partition_geometry(layout: &Layout, sides: &[Side]) -> PartitionGeometry {
    let runs = runs_of(layout, sides);
    if sides.len() < 2 || runs.len() < 2 {
        return PartitionGeometry::default();
    }
    let lines = if let [one, other] = runs.as_slice() {
        let lesser = if one.until - one.from <= other.until - other.from { one } else { other };
        let bow = bow_round(layout, lesser);
        let reversed = bow.iter().rev().copied().collect();
        if std::ptr::eq(lesser, one) { vec![bow, reversed] } else { vec![reversed, bow] }
    } else {
        runs.iter().map(|run| spokes(layout, run)).collect()
    };
    let bands = if runs.len() == 2 {
        vec![lines[0].clone()]
    } else {
        runs.iter().map(|run| vec![layout.center, far(layout, run.from, 1.0)]).collect()
    };
    let mut labelled = vec![false; sides.len()];
    let mut regions = Vec::with_capacity(runs.len());
    for (run, line) in runs.iter().zip(lines) {
        let outline = closed(layout, run, line);
        let first = !std::mem::replace(&mut labelled[run.side], true);
        let label = first.then(|| label_place(layout, &outline)).flatten();
        regions.push(Region { side: run.side, outline, label });
    }
    PartitionGeometry { regions, bands }
}

/// The ring's servers as runs, in the order of the ring, beginning behind the first gap.
fn runs_of(layout: &Layout, sides: &[Side]) -> Vec<Run> {
    let count = layout.slots.len();
    let side_of = |server: ServerId| sides.iter().position(|side| side.members.contains(&server));
    let marks: Vec<_> = layout.slots.iter().map(|slot| side_of(slot.server)).collect();
    let gap_before = |index: usize| marks[index] != marks[(index + count - 1) % count];
    let Some(first) = (0..count).find(|&index| gap_before(index)) else { return Vec::new() };
    let step = TAU / count as f64;
    let mut runs: Vec<Run> = Vec::new();
    for index in first..first + count {
        let from = layout.slots[0].angle + step * (index as f64 - 0.5);
        let Some(side) = marks[index % count] else { continue };
        if index == first || gap_before(index % count) {
            runs.push(Run { side, from, until: from });
        }
        if let Some(run) = runs.last_mut() {
            run.until = from + step;
        }
    }
    runs
}

/// A smooth line from the gap before a run to the gap behind it, between the run and the middle.
fn bow_round(layout: &Layout, run: &Run) -> Vec<Point> {
    let half = (run.until - run.from) / 2.0;
    let toward = run.from + half;
    let depth = half.cos().max(0.0) * 0.62;
    let middle = on_ring(layout, toward, depth);
    let (start, end) = (far(layout, run.from, 1.0), far(layout, run.until, 1.0));
    // The control point that leads a quadratic curve through `middle` at its half.
    let control = Point {
        x: 2.0 * middle.x - (start.x + end.x) / 2.0,
        y: 2.0 * middle.y - (start.y + end.y) / 2.0,
    };
    let at = |index: u32| {
        let t = f64::from(index) / f64::from(CURVE_POINTS);
        let (a, b, c) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
        Point {
            x: a * start.x + b * control.x + c * end.x,
            y: a * start.y + b * control.y + c * end.y,
        }
    };
    (0..=CURVE_POINTS).map(at).collect()
}

fn spokes(layout: &Layout, run: &Run) -> Vec<Point> {
    vec![far(layout, run.from, 1.0), layout.center, far(layout, run.until, 1.0)]
}

/// The line, closed round the run far outside of the stage.
fn closed(layout: &Layout, run: &Run, mut line: Vec<Point>) -> Vec<Point> {
    let steps = ((run.until - run.from) / 0.4).ceil().max(1.0);
    let angle = |index: u32| run.until + (run.from - run.until) * f64::from(index) / steps;
    line.extend((0..=steps as u32).map(|index| far(layout, angle(index), 3.0)));
    line
}

/// A place for a side's label: in its ground, clear of servers and tags, as low as there is one and
/// then as near to the middle.
fn label_place(layout: &Layout, outline: &[Point]) -> Option<Point> {
    let field = layout.frame.field();
    let rows = [field.bottom() - 6.0, field.top + 26.0, layout.center.y];
    let center = layout.center.x;
    let steps = (1..).map(|step| f64::from(step) * LABEL_STEP);
    let away = steps.take_while(|away| *away < layout.frame.width / 2.0);
    let columns: Vec<f64> = away.flat_map(|away| [center - away, center + away]).collect();
    let clear = |at: &Point| {
        let (left, right) = (at.x - LABEL_WIDTH / 2.0, at.x + LABEL_WIDTH / 2.0);
        let edges = [left - BAND_HALF, right + BAND_HALF];
        let on_ground = edges.iter().all(|&x| inside(outline, Point { x, y: at.y }));
        on_ground
            && left > 0.0
            && right < layout.frame.width - IN_FLIGHT_WIDTH
            && layout.slots.iter().all(|slot| !covers(layout, slot, at))
    };
    rows.into_iter().flat_map(|y| columns.iter().map(move |&x| Point { x, y })).find(clear)
}

/// Whether a label here would lie on a server's node or tag.
fn covers(layout: &Layout, slot: &Slot, label: &Point) -> bool {
    let tag = slot.tag(layout.tag_height);
    let (half, line) = (LABEL_WIDTH / 2.0, LABEL_HEIGHT);
    let on_node = (label.x - slot.at.x).abs() < slot.rim + half
        && (label.y - line / 2.0 - slot.at.y).abs() < slot.rim + line / 2.0;
    let on_tag = label.x + half > tag.left
        && label.x - half < tag.right()
        && label.y > tag.top
        && label.y - line < tag.bottom();
    on_node || on_tag
}

fn inside(outline: &[Point], point: Point) -> bool {
    let mut within = false;
    for (index, a) in outline.iter().enumerate() {
        let b = outline[(index + 1) % outline.len()];
        let spans = (a.y > point.y) != (b.y > point.y);
        if spans && point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x {
            within = !within;
        }
    }
    within
}

/// On the ring's ellipse, shrunk or grown by `part`.
fn on_ring(layout: &Layout, angle: f64, part: f64) -> Point {
    Point {
        x: layout.center.x + layout.ring.x * part * angle.cos(),
        y: layout.center.y + layout.ring.y * part * angle.sin(),
    }
}

/// Outside of the stage, in the direction of that place of the ring.
fn far(layout: &Layout, angle: f64, times: f64) -> Point {
    let toward = on_ring(layout, angle, 1.0);
    let (dx, dy) = (toward.x - layout.center.x, toward.y - layout.center.y);
    let reach = (layout.frame.width + layout.frame.height) * times / dx.hypot(dy).max(1.0);
    Point { x: layout.center.x + dx * reach, y: layout.center.y + dy * reach }
}

impl PartitionGeometry {
    /// Where a link meets a band, as a share of its length; `None` where it meets none.
    pub fn crossing(&self, from: Point, to: Point) -> Option<f64> {
        let of_band = |band: &Vec<Point>| {
            band.windows(2).find_map(|pair| crossing(from, to, pair[0], pair[1]))
        };
        self.bands.iter().find_map(of_band)
    }
}

fn crossing(a: Point, b: Point, c: Point, d: Point) -> Option<f64> {
    let (rx, ry, sx, sy) = (b.x - a.x, b.y - a.y, d.x - c.x, d.y - c.y);
    let across = rx * sy - ry * sx;
    if across.abs() < 1e-9 {
        return None;
    }
    let along = ((c.x - a.x) * sy - (c.y - a.y) * sx) / across;
    let beside = ((c.x - a.x) * ry - (c.y - a.y) * rx) / across;
    let within = (0.0..=1.0).contains(&along) && (0.0..=1.0).contains(&beside);
    within.then_some(along)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Cast, RoleShape, StageFrame, layout};
    use crate::zab::RoleName;

    fn ring(count: u8) -> Layout {
        let shape = RoleShape::Role(RoleName::Following);
        let servers: Vec<_> = (1..=count).map(|id| (ServerId(id), shape)).collect();
        let frame = StageFrame::new(1056.0, 516.0, 1.0, false);
        layout(&frame, &Cast { servers: &servers, clients: &[] })
    }

    /// Every link between sides meets a band, no link within a side of neighbours does, and each
    /// server stands on the ground of its side.
    fn check(count: u8, groups: &[&[u8]]) {
        let layout = ring(count);
        let side = |ids: &&[u8]| Side {
            alive: ids.len() as u32,
            members: ids.iter().map(|&id| ServerId(id)).collect(),
            epoch: None,
            quorum: false,
        };
        let sides: Vec<_> = groups.iter().map(side).collect();
        let geometry = partition_geometry(&layout, &sides);
        let side_of = |id| sides.iter().position(|side| side.members.contains(&id));
        for a in &layout.slots {
            for b in layout.slots.iter().filter(|b| b.server > a.server) {
                let parted = side_of(a.server) != side_of(b.server);
                let met = geometry.crossing(a.at, b.at).is_some();
                assert!(met || !parted, "{} to {} of {groups:?}", a.server, b.server);
            }
            let holds = |region: &&Region| inside(&region.outline, a.at);
            let labels = geometry.regions.iter().filter_map(|region| region.label);
            assert_eq!(labels.count(), sides.len(), "labels of {groups:?}");
            let ground = geometry.regions.iter().rev().find(holds).map(|region| region.side);
            assert_eq!(ground, side_of(a.server), "the ground of {} in {groups:?}", a.server);
        }
    }

    #[test]
    fn the_band_parts_the_sides() {
        check(5, &[&[1, 4, 5], &[2, 3]]);
        check(5, &[&[2, 3, 4, 5], &[1]]);
        check(3, &[&[1, 2], &[3]]);
        check(9, &[&[1, 2, 3, 4, 9], &[5, 6, 7, 8]]);
    }

    #[test]
    fn sides_that_are_no_neighbours_and_more_than_two_sides_get_their_sectors() {
        check(5, &[&[1, 2, 4], &[3, 5]]);
        check(5, &[&[1, 2], &[3, 4], &[5]]);
    }

    #[test]
    fn a_whole_network_has_no_band() {
        let members = (1..=5).map(ServerId).collect();
        let all = Side { members, alive: 5, epoch: None, quorum: true };
        assert_eq!(partition_geometry(&ring(5), &[all]), PartitionGeometry::default());
    }
}
