//! A cut with the hand: which servers a stroke parts from the others.

use crate::types::ServerId;

use super::{Layout, Point, Slot};

/// The servers that a stroke from `from` to `to` parts from the others: the smaller group, the one
/// without the smallest id of equal ones. `None` where the stroke crosses no link, or all servers
/// stand on one side of it.
pub fn cut_members(layout: &Layout, from: Point, to: Point) -> Option<Vec<ServerId>> {
    let (here, there): (Vec<&Slot>, Vec<&Slot>) =
        layout.slots.iter().partition(|slot| turn(from, to, slot.at) >= 0.0);
    let crossed = here.iter().any(|a| there.iter().any(|b| segments_cross(from, to, a.at, b.at)));
    if !crossed {
        return None;
    }
    let order = |side: &[&Slot]| (side.len(), std::cmp::Reverse(side[0].server));
    let smaller = if order(&here) < order(&there) { here } else { there };
    let mut members: Vec<_> = smaller.into_iter().map(|slot| slot.server).collect();
    members.sort();
    Some(members)
}

/// Whether two segments share a point.
pub fn segments_cross(a: Point, b: Point, c: Point, d: Point) -> bool {
    turn(a, b, c) * turn(a, b, d) <= 0.0 && turn(c, d, a) * turn(c, d, b) <= 0.0
}

/// Positive where `point` lies to the right of the way from `from` to `to` (y grows downwards).
fn turn(from: Point, to: Point, point: Point) -> f64 {
    (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Cast, RoleShape, StageFrame, layout};
    use crate::zab::RoleName;

    fn check(from: (f64, f64), to: (f64, f64), expected: Option<&[u8]>) {
        let shape = RoleShape::Role(RoleName::Following);
        let servers: Vec<_> = (1..=5).map(|id| (ServerId(id), shape)).collect();
        let frame = StageFrame::new(1056.0, 516.0, 1.0, false);
        let layout = layout(&frame, &Cast { servers: &servers, clients: &[] });
        let point = |(x, y): (f64, f64)| Point {
            x: layout.center.x + layout.ring.x * x,
            y: layout.center.y + layout.ring.y * y,
        };
        let members = cut_members(&layout, point(from), point(to));
        let members = members.map(|members| members.iter().map(|id| id.0).collect::<Vec<_>>());
        assert_eq!(members.as_deref(), expected);
    }

    #[test]
    fn a_stroke_from_top_to_bottom_parts_two_from_three() {
        check((0.2, -1.2), (0.2, 1.2), Some(&[2, 3]));
        check((0.2, 1.2), (0.2, -1.2), Some(&[2, 3]));
    }

    #[test]
    fn a_short_stroke_near_one_server_isolates_it() {
        check((-0.4, -0.6), (0.4, -0.6), Some(&[1]));
    }

    #[test]
    fn a_stroke_beside_the_ring_cuts_nothing() {
        check((1.5, -1.0), (1.5, 1.0), None);
        check((0.0, -0.1), (0.02, -0.1), None);
    }
}
