//! Where everything stands on the stage: a ring of fixed places, a pure function of the size.

use std::f64::consts::{FRAC_PI_2, TAU};

use crate::types::{ClientId, ServerId};
use crate::zab::RoleName;

use super::{RoleShape, Spot};

/// A point, or a direction, in stage units; y grows downwards.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

/// A rectangle, in stage units.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Rect {
    /// Its left edge.
    pub left: f64,
    /// Its upper edge.
    pub top: f64,
    /// How wide.
    pub width: f64,
    /// How high.
    pub height: f64,
}

/// The size of the stage, in units that grow with it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct StageFrame {
    /// CSS pixels a stage unit.
    pub scale: f64,
    /// In stage units.
    pub width: f64,
    /// In stage units.
    pub height: f64,
    /// What the caption takes at the top.
    pub top: f64,
    /// What the fault bar takes at the bottom.
    pub bottom: f64,
    /// Narrow: tags collapse to the zxid under the node.
    pub phone: bool,
}

/// Who is on the stage.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Cast<'a> {
    /// The servers in the order of the ring.
    pub servers: &'a [(ServerId, RoleShape)],
    /// The clients and the servers they stand by.
    pub clients: &'a [(ClientId, ServerId)],
}

/// A server's place.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Slot {
    /// Whose.
    pub server: ServerId,
    /// The middle of its node.
    pub at: Point,
    /// Its node's radius.
    pub radius: f64,
    /// How far from the middle messages begin and end.
    pub rim: f64,
    /// Its direction from the middle of the ring, in radians, clockwise from the right.
    pub angle: f64,
    /// Where its tag is: 1 to the right, -1 to the left.
    pub side: f64,
    /// The tag's width from the middle of the node; 0 where there is none.
    pub tag_width: f64,
    /// How far the tag is shifted down, away from the ring's links.
    pub tag_offset: f64,
}

/// The places of everything.
#[derive(Clone, PartialEq, Debug)]
pub struct Layout {
    /// The stage.
    pub frame: StageFrame,
    /// The middle of the ring.
    pub center: Point,
    /// The ring's half axes.
    pub ring: Point,
    /// The servers' places, in the order of the ring.
    pub slots: Vec<Slot>,
    /// The clients' places.
    pub clients: Vec<(ClientId, Point)>,
    /// A tag's height.
    pub tag_height: f64,
    /// Seven servers or more: smaller nodes and tags.
    pub dense: bool,
    /// How far from the middle of a link its messages travel.
    pub track_offset: f64,
    /// How large glyphs are drawn.
    pub glyph_scale: f64,
}

/// From this width in CSS pixels down, at a root size of 16, the stage is a phone's.
const PHONE_WIDTH: f64 = 560.0;
/// What stands beside the ring on the left: a leader's tag and a client.
const BESIDE_RING: f64 = 232.0;
const CLIENT_RIM: f64 = 20.0;
const CLIENT_GAP: f64 = 52.0;
const CLIENT_PITCH: f64 = 44.0;

impl Rect {
    /// The right edge.
    pub fn right(&self) -> f64 {
        self.left + self.width
    }

    /// The same rectangle as seen from a point.
    pub fn relative_to(&self, origin: Point) -> Rect {
        Rect { left: self.left - origin.x, top: self.top - origin.y, ..*self }
    }

    /// The lower edge.
    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }
}

impl StageFrame {
    /// The frame of a stage of so many CSS pixels, where the root font is `root` times 16 px.
    /// `focus`: the stage alone, with the large caption.
    pub fn new(width_px: f64, height_px: f64, root: f64, focus: bool) -> StageFrame {
        let (wide, high) = (width_px / root, height_px / root);
        let phone = wide < PHONE_WIDTH;
        let content = if phone { 1.0 } else { (wide / 1040.0).min(high / 505.0).clamp(0.84, 1.7) };
        let (top, bottom) = match (phone, focus) {
            (true, _) => (106.0, 64.0),
            (false, true) => (92.0, 50.0),
            (false, false) => (64.0, 50.0),
        };
        StageFrame {
            scale: root * content,
            width: wide / content,
            height: high / content,
            top: top / content,
            bottom: bottom / content,
            phone,
        }
    }

    /// The part between caption and fault bar.
    pub fn field(&self) -> Rect {
        let height = self.height - self.top - self.bottom;
        Rect { left: 0.0, top: self.top, width: self.width, height }
    }
}

/// The places of a cast on a stage.
pub fn layout(frame: &StageFrame, cast: &Cast<'_>) -> Layout {
    let dense = cast.servers.len() >= 7;
    let field = frame.field();
    let radius = match (frame.phone, dense) {
        (true, true) => 17.0,
        (true, false) => 22.0,
        (false, true) => 25.0,
        (false, false) => 31.0,
    };
    let (center, ring) = ring_of(frame, &field, radius);
    let ring = if cast.servers.len() == 1 { Point::default() } else { ring };
    let place = |(index, &(server, shape)): (usize, &(ServerId, RoleShape))| {
        let angle = TAU * index as f64 / cast.servers.len() as f64 - FRAC_PI_2;
        slot(frame, dense, radius, center, ring, angle, server, shape)
    };
    let slots: Vec<_> = cast.servers.iter().enumerate().map(place).collect();
    let clients = client_places(frame, &slots, cast.clients);
    Layout {
        frame: *frame,
        center,
        ring,
        slots,
        clients,
        tag_height: if dense { 40.0 } else { 56.0 },
        dense,
        track_offset: if frame.phone { 7.0 } else { 9.5 },
        glyph_scale: if frame.phone {
            0.78
        } else if dense {
            0.86
        } else {
            1.0
        },
    }
}

fn ring_of(frame: &StageFrame, field: &Rect, radius: f64) -> (Point, Point) {
    let middle = field.top + field.height / 2.0;
    let wide = frame.width * 0.262;
    if frame.phone {
        let ring = Point { x: frame.width / 2.0 - 62.0, y: (field.height / 2.0 - 42.0).min(160.0) };
        return (Point { x: frame.width / 2.0, y: middle - 6.0 }, ring);
    }
    let high = (field.height / 2.0 - radius - 14.0).min(wide * 1.05);
    let center = Point { x: frame.width * 0.485, y: middle + 6.0 };
    // On a narrow stage the ring gives way, so that tags and clients beside it keep their places.
    let room = center.x - BESIDE_RING;
    (center, Point { x: wide.min(330.0).min(room), y: high })
}

#[expect(clippy::too_many_arguments, reason = "all of one place, called once")]
fn slot(
    frame: &StageFrame,
    dense: bool,
    radius: f64,
    center: Point,
    ring: Point,
    angle: f64,
    server: ServerId,
    shape: RoleShape,
) -> Slot {
    let at = Point { x: center.x + ring.x * angle.cos(), y: center.y + ring.y * angle.sin() };
    let widened = match shape {
        RoleShape::Role(RoleName::Leading) => 22.0,
        RoleShape::Role(RoleName::Looking) => 12.0,
        _ => 0.0,
    };
    let tag = if dense { 112.0 } else { 144.0 };
    let upright = frame.phone || dense;
    Slot {
        server,
        at,
        radius,
        rim: radius + if shape.has_ring() { 20.0 } else { 9.0 },
        angle,
        side: if angle.cos() > -0.01 { 1.0 } else { -1.0 },
        tag_width: if frame.phone { 0.0 } else { tag + widened },
        tag_offset: if upright { 0.0 } else { (10.0 * angle.sin()).round() },
    }
}

fn client_places(
    frame: &StageFrame,
    slots: &[Slot],
    clients: &[(ClientId, ServerId)],
) -> Vec<(ClientId, Point)> {
    let mut places = Vec::with_capacity(clients.len());
    for (index, &(client, server)) in clients.iter().enumerate() {
        let Some(slot) = slots.iter().find(|slot| slot.server == server) else { continue };
        let stands_by = |entry: &&(ClientId, ServerId)| entry.1 == server;
        let before = clients[..index].iter().filter(stands_by).count() as f64;
        let others = clients.iter().filter(stands_by).count() as f64 - 1.0;
        let half = others / 2.0 * CLIENT_PITCH;
        let shift = before * CLIENT_PITCH - half + lifted(frame, slot, half);
        places.push((client, client_place(frame, slot, shift)));
    }
    places
}

/// How far a stack of clients that reaches so far up and down beside a tag has to move, so as to
/// stay between caption and fault bar.
fn lifted(frame: &StageFrame, slot: &Slot, half: f64) -> f64 {
    let middle = slot.at.y + slot.tag_offset;
    let lowest = frame.height - frame.bottom - CLIENT_PITCH / 2.0 - half;
    let highest = (frame.top + half).min(lowest);
    middle.clamp(highest, lowest) - middle
}

/// Within the stage, also where that is smaller than what stands on it.
fn client_place(frame: &StageFrame, slot: &Slot, shift: f64) -> Point {
    if !frame.phone {
        let x = slot.at.x + slot.side * (slot.tag_width + CLIENT_GAP);
        let y = slot.at.y + slot.tag_offset + shift;
        return Point { x: x.min(frame.width - 30.0).max(46.0), y };
    }
    let above = slot.at.y - 58.0 - shift.abs();
    let is_on_caption = above - CLIENT_PITCH / 2.0 < frame.top;
    if slot.angle.sin() > 0.3 || is_on_caption {
        let x = slot.at.x + slot.side * 74.0;
        return Point { x: x.min(frame.width - 24.0).max(24.0), y: slot.at.y + 4.0 + shift };
    }
    let x = (slot.at.x + slot.side * 34.0).min(frame.width - 24.0).max(24.0);
    Point { x, y: above }
}

impl Layout {
    /// A server's place.
    pub fn slot(&self, server: ServerId) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.server == server)
    }

    /// A client's place.
    pub fn client(&self, client: ClientId) -> Option<Point> {
        self.clients.iter().find(|(id, _)| *id == client).map(|(_, at)| *at)
    }

    /// Where messages between `here` and `there` leave and enter `here`: a point, and how far
    /// round it is no message's place. A server meets its clients at its tag's outer end.
    pub fn port(&self, here: Spot, there: Spot) -> Option<(Point, f64)> {
        let server = match here {
            Spot::Client(client) => return self.client(client).map(|at| (at, CLIENT_RIM)),
            Spot::Server(server) => self.slot(server)?,
        };
        if matches!(there, Spot::Client(_)) && server.tag_width > 0.0 {
            return Some((server.outer_end(), 2.0));
        }
        Some((server.at, server.rim))
    }
}

impl Slot {
    /// The outer end of the tag; the middle of the node where there is no tag.
    pub fn outer_end(&self) -> Point {
        let x = self.at.x + self.side * self.tag_width;
        Point { x, y: self.at.y + self.tag_offset }
    }

    /// The tag's rectangle.
    pub fn tag(&self, height: f64) -> Rect {
        let left = if self.side > 0.0 { self.at.x } else { self.at.x - self.tag_width };
        let top = self.at.y + self.tag_offset - height / 2.0;
        Rect { left, top, width: self.tag_width, height }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cast_of(count: u8) -> Vec<(ServerId, RoleShape)> {
        let shape = |id| match id {
            1 => RoleShape::Role(RoleName::Leading),
            _ => RoleShape::Role(RoleName::Following),
        };
        (1..=count).map(|id| (ServerId(id), shape(id))).collect()
    }

    fn check_inside(width: f64, height: f64, count: u8) {
        let frame = StageFrame::new(width, height, 1.0, false);
        let servers = cast_of(count);
        let layout = layout(&frame, &Cast { servers: &servers, clients: &[] });
        for slot in &layout.slots {
            let reach = slot.radius;
            let name = format!("{} of {count} at {width} x {height}", slot.server);
            assert!(slot.at.y - reach >= frame.top - 20.0, "{name} reaches into the caption");
            let floor = frame.height - frame.bottom + 20.0;
            assert!(slot.at.y + reach <= floor, "{name} reaches into the fault bar");
            let tag = slot.tag(layout.tag_height);
            assert!(tag.left >= 0.0, "{name}: tag cut off on the left");
            assert!(tag.right() <= frame.width, "{name}: tag cut off on the right");
        }
    }

    #[test]
    fn every_server_and_tag_is_on_the_stage_at_every_size() {
        let sizes = [(1056.0, 516.0), (1496.0, 700.0), (936.0, 412.0), (1024.0, 370.0)];
        for (width, height) in sizes {
            (1..=9).for_each(|count| check_inside(width, height, count));
        }
        (1..=9).for_each(|count| check_inside(390.0, 504.0, count));
    }

    #[test]
    fn a_change_of_leader_moves_no_server() {
        let frame = StageFrame::new(1056.0, 516.0, 1.0, false);
        let mut servers = cast_of(5);
        let before = layout(&frame, &Cast { servers: &servers, clients: &[] });
        servers[3].1 = RoleShape::Role(RoleName::Leading);
        servers[0].1 = RoleShape::Crashed;
        let after = layout(&frame, &Cast { servers: &servers, clients: &[] });
        let places = |layout: &Layout| layout.slots.iter().map(|slot| slot.at).collect::<Vec<_>>();
        assert_eq!(places(&before), places(&after));
    }

    #[test]
    fn clients_of_one_server_do_not_cover_each_other() {
        let frame = StageFrame::new(1056.0, 516.0, 1.0, false);
        let clients = [(ClientId(1), ServerId(2)), (ClientId(2), ServerId(2))];
        let layout = layout(&frame, &Cast { servers: &cast_of(5), clients: &clients });
        let apart = (layout.clients[0].1.y - layout.clients[1].1.y).abs();
        assert!(apart >= 40.0, "{apart}");
    }

    #[test]
    fn a_stack_of_clients_stays_above_the_fault_bar() {
        let frame = StageFrame::new(1056.0, 516.0, 1.0, false);
        let clients = [1, 2, 3].map(|id| (ClientId(id), ServerId(3)));
        let layout = layout(&frame, &Cast { servers: &cast_of(5), clients: &clients });
        let floor = frame.height - frame.bottom;
        let lowest = layout.clients.iter().map(|(_, at)| at.y).fold(0.0, f64::max);
        assert!(lowest + 20.0 <= floor, "{lowest} of {floor}");
    }
    #[test]
    fn clients_on_a_phone_leave_the_caption_free() {
        let frame = StageFrame::new(390.0, 450.0, 1.0, false);
        let clients = [(ClientId(1), ServerId(1))];
        let layout = layout(&frame, &Cast { servers: &cast_of(5), clients: &clients });
        let top = layout.clients[0].1.y - 14.0;
        assert!(frame.phone && top >= frame.top, "{top} of {}", frame.top);
    }
}
