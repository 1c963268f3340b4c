//! A server's shape: role by outline, so that it is told apart without colour.

use crate::zab::RoleName;

/// How a server is drawn.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RoleShape {
    /// Solid hexagon, ring, or yellow diamond.
    Role(RoleName),
    /// Its own shape in grey with two bars.
    Paused(RoleName),
    /// A broken ring filled with hatching.
    Crashed,
}

impl RoleShape {
    /// The word for `data-shape`.
    pub const fn name(self) -> &'static str {
        match self {
            RoleShape::Role(RoleName::Leading) => "leading",
            RoleShape::Role(RoleName::Following) => "following",
            RoleShape::Role(RoleName::Observing) => "observing",
            RoleShape::Role(RoleName::Looking) => "looking",
            RoleShape::Paused(_) => "paused",
            RoleShape::Crashed => "crashed",
        }
    }

    /// Whether a ring with a tally stands round it.
    pub const fn has_ring(self) -> bool {
        matches!(self, RoleShape::Role(RoleName::Leading | RoleName::Looking))
    }
}

/// The points of a hexagon round the origin, flat sides above and below, as a path.
pub fn hexagon(radius: f64) -> String {
    let (half, high) = (radius / 2.0, radius * 0.866);
    format!(
        "M{radius:.1} 0L{half:.1} {high:.1}H{:.1}L{:.1} 0L{:.1} {:.1}H{half:.1}Z",
        -half, -radius, -half, -high
    )
}

/// The outline of a shape of this radius, and the width of its line.
pub fn role_marks(shape: RoleShape, radius: f64) -> (String, f64) {
    let weight = radius * 0.13;
    let role = match shape {
        RoleShape::Crashed => return (circle(radius - weight / 2.0), weight * 0.7),
        RoleShape::Role(role) | RoleShape::Paused(role) => role,
    };
    match role {
        RoleName::Leading => (hexagon(radius * 1.1), weight),
        RoleName::Following => (circle(radius - weight / 2.0), weight),
        RoleName::Observing => (square(radius * 0.86), weight * 0.6),
        RoleName::Looking => (diamond(radius * 1.1, radius * 0.14), weight * 0.7),
    }
}

/// A square upright, `reach` from the middle to each side.
fn square(reach: f64) -> String {
    let side = reach * 2.0;
    format!("M{:.2} {:.2}h{side:.2}v{side:.2}h{:.2}Z", -reach, -reach, -side)
}

fn circle(radius: f64) -> String {
    let across = radius * 2.0;
    format!(
        "M{:.2} 0a{radius:.2} {radius:.2} 0 1 0 {across:.2} 0\
         a{radius:.2} {radius:.2} 0 1 0 {:.2} 0Z",
        -radius, -across
    )
}

/// A square on its corner with rounded corners; `reach` from the middle to an unrounded corner.
fn diamond(reach: f64, corner: f64) -> String {
    let cut = corner * 0.707;
    let far = reach - cut;
    let bend = |x: f64, y: f64| format!("A{corner:.2} {corner:.2} 0 0 1 {x:.2} {y:.2}");
    format!(
        "M{:.2} {:.2}{}L{:.2} {:.2}{}L{:.2} {:.2}{}L{:.2} {:.2}{}Z",
        -cut,
        -far,
        bend(cut, -far),
        far,
        -cut,
        bend(far, cut),
        cut,
        far,
        bend(-cut, far),
        -far,
        cut,
        bend(-far, -cut),
    )
}
