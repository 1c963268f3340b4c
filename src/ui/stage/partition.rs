//! A partition: the ground of its sides, the hatched band between them, their labels.

use std::rc::Rc;

use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::view::{Layout, Point, Region, Side, partition_geometry};

use super::super::hooks::use_text;
use super::super::widgets::epoch_wash;

#[derive(Properties, PartialEq)]
pub struct PartitionProps {
    pub sides: Vec<Side>,
    /// How many servers there are.
    pub total: u32,
    pub layout: Rc<Layout>,
}

/// What lies under the links while the network is in parts.
#[component]
pub fn Partition(props: &PartitionProps) -> Html {
    let text = use_text();
    let sides = &props.sides;
    let geometry = partition_geometry(&props.layout, sides);
    if geometry.bands.is_empty() {
        return Html::default();
    }
    let frame = &props.layout.frame;
    let top = (frame.top + 8.0).to_string();
    // The ground goes on below the fault bar, the band stops above it.
    let field = frame.field().height - 8.0;
    let ground = |region: &Region| {
        let fill = epoch_wash(sides[region.side].epoch);
        html! {
            <>
                <polygon class="partition-clear" points={points(&region.outline)} />
                <polygon class="partition-ground" points={points(&region.outline)} {fill} />
            </>
        }
    };
    let band = |band: &Vec<Point>| {
        let points = points(band);
        html! {
            <>
                <polyline class="partition-edge" points={points.clone()} />
                <polyline class="partition-band" {points} />
            </>
        }
    };
    let total = props.total;
    let label = |region: &Region| {
        let at = region.label.filter(|_| !frame.phone)?;
        let name = text.say(&side_label(&sides[region.side], total));
        Some(html! {
            <text class="partition-label" x={at.x.to_string()} y={at.y.to_string()}>{ name }</text>
        })
    };
    html! {
        <g class="partition">
            <clipPath id="partition-clip">
                <rect x="0" y={top.clone()} width={frame.width.to_string()}
                    height={frame.height.to_string()} />
            </clipPath>
            <clipPath id="partition-band-clip">
                <rect x="0" y={top} width={frame.width.to_string()} height={field.to_string()} />
            </clipPath>
            <g clip-path="url(#partition-clip)">{ for geometry.regions.iter().map(ground) }</g>
            <g clip-path="url(#partition-band-clip)">{ for geometry.bands.iter().map(band) }</g>
            { for geometry.regions.iter().filter_map(label) }
        </g>
    }
}

fn side_label(side: &Side, total: u32) -> Phrase {
    let key = if side.quorum { Key::SideQuorum } else { Key::SideNoQuorum };
    Phrase::new(key).with("count", side.alive).with("total", total)
}

fn points(outline: &[Point]) -> String {
    let point = |point: &Point| format!("{:.1},{:.1}", point.x, point.y);
    outline.iter().map(point).collect::<Vec<_>>().join(" ")
}
