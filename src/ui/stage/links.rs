//! The links between servers: light lines, the leader's channels, cuts with buffer stops, slowness.

use std::rc::Rc;

use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::types::{ServerId, Span};
use crate::view::{Layout, LinkView, PartitionGeometry, Point, Side, partition_geometry};

use super::super::hooks::use_text;
use super::super::widgets::epoch_attribute;

#[derive(Properties, PartialEq)]
pub struct LinksProps {
    pub links: Vec<LinkView>,
    pub sides: Vec<Side>,
    /// The servers without power, whose links are not drawn.
    pub dark: Vec<ServerId>,
    pub layout: Rc<Layout>,
}

/// Half the gap that a cut leaves.
const CUT_GAP: f64 = 15.0;
/// Half the length of a buffer stop.
const STOP: f64 = 6.0;

/// All links between servers that have power.
#[component]
pub fn Links(props: &LinksProps) -> Html {
    let text = use_text();
    let geometry = partition_geometry(&props.layout, &props.sides);
    let powered = |id| !props.dark.contains(&id);
    let draw = |link: &LinkView| {
        let (a, b) = (props.layout.slot(link.a)?.at, props.layout.slot(link.b)?.at);
        let key = format!("{}-{}", link.a, link.b);
        let label = |span: Span| text.say(&Phrase::new(Key::LinkSlower).with("span", span));
        Some(
            html! { <g {key}>{ line(link, a, b, &geometry, props.layout.frame.phone, label) }</g> },
        )
    };
    let links = props.links.iter().filter(|link| powered(link.a) && powered(link.b));
    html! { <g class="links" aria-hidden="true">{ for links.filter_map(draw) }</g> }
}

fn line(
    link: &LinkView,
    a: Point,
    b: Point,
    geometry: &PartitionGeometry,
    phone: bool,
    label: impl Fn(Span) -> String,
) -> Html {
    let middle = geometry.crossing(a, b).unwrap_or(0.5);
    if link.is_cut() {
        return cut(a, b, middle);
    }
    if let Some((from, _)) = link.one_way() {
        let (from, to) = if from == link.a { (a, b) } else { (b, a) };
        return one_way(from, to);
    }
    let path = format!("M{:.1} {:.1}L{:.1} {:.1}", a.x, a.y, b.x, b.y);
    let slow = link.slowness().map(|span| slowness(a, b, (!phone).then(|| label(span))));
    html! {
        <>
            <path class="link" data-leads={link.leads.is_some().to_string()}
                data-epoch={link.leads.and_then(epoch_attribute)} d={path} />
            { for slow }
        </>
    }
}

/// A point on the way from `a` to `b`, and the direction of that way.
fn along(a: Point, b: Point, share: f64, shift: f64) -> (Point, Point) {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx.hypot(dy).max(1.0);
    let heading = Point { x: dx / length, y: dy / length };
    let run = share * length + shift;
    (Point { x: a.x + heading.x * run, y: a.y + heading.y * run }, heading)
}

/// A buffer stop across a track.
fn stop(at: Point, heading: Point) -> String {
    format!(
        "M{:.1} {:.1}l{:.1} {:.1}",
        at.x - heading.y * STOP,
        at.y + heading.x * STOP,
        heading.y * STOP * 2.0,
        -heading.x * STOP * 2.0
    )
}

fn cut(a: Point, b: Point, share: f64) -> Html {
    let (near, heading) = along(a, b, share, -CUT_GAP);
    let (far, _) = along(a, b, share, CUT_GAP);
    let stubs = format!(
        "M{:.1} {:.1}L{:.1} {:.1}M{:.1} {:.1}L{:.1} {:.1}",
        a.x, a.y, near.x, near.y, b.x, b.y, far.x, far.y
    );
    html! {
        <>
            <path class="link-stub" d={stubs} />
            <path class="link-stop" d={stop(near, heading) + &stop(far, heading)} />
        </>
    }
}

/// Two tracks: the way back is whole, the way from `from` to `to` ends at a buffer stop.
fn one_way(from: Point, to: Point) -> Html {
    let (near, heading) = along(from, to, 0.5, -CUT_GAP);
    let (far, _) = along(from, to, 0.5, CUT_GAP);
    let beside =
        |point: Point, by: f64| Point { x: point.x - heading.y * by, y: point.y + heading.x * by };
    let (near, far) = (beside(near, 5.0), beside(far, 5.0));
    let (start, end) = (beside(from, 5.0), beside(to, 5.0));
    let (back_start, back_end) = (beside(to, -5.0), beside(from, -5.0));
    let tracks = format!(
        "M{:.1} {:.1}L{:.1} {:.1}M{:.1} {:.1}L{:.1} {:.1}M{:.1} {:.1}L{:.1} {:.1}",
        start.x,
        start.y,
        near.x,
        near.y,
        far.x,
        far.y,
        end.x,
        end.y,
        back_start.x,
        back_start.y,
        back_end.x,
        back_end.y
    );
    let gap = format!("M{:.1} {:.1}L{:.1} {:.1}", near.x, near.y, far.x, far.y);
    html! {
        <>
            <path class="link-stub" d={tracks} />
            <path class="link-gap" d={gap} />
            <path class="link-stop" d={stop(near, heading)} />
        </>
    }
}

/// A wave in the middle of the track, and by how much.
fn slowness(a: Point, b: Point, label: Option<String>) -> Html {
    let (at, heading) = along(a, b, 0.5, 0.0);
    let mut turn = heading.y.atan2(heading.x).to_degrees();
    if !(-90.0..=90.0).contains(&turn) {
        turn += 180.0;
    }
    html! {
        <g transform={format!("translate({:.1} {:.1}) rotate({turn:.1})", at.x, at.y)}>
            <rect class="link-slow-ground" x="-13" y="-3" width="26" height="6" />
            <path class="link-slow" d="M-14 0q3.5-9 7 0t7 0 7 0 7 0" />
            if let Some(label) = label {
                <text class="link-slow-label" y="21">{ label }</text>
            }
        </g>
    }
}
