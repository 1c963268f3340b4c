//! The tally ring: one segment a voter, an ink notch at the majority.

use std::f64::consts::{FRAC_PI_2, TAU};

use yew::prelude::*;

use crate::view::Tally;

#[derive(Properties, PartialEq)]
pub struct TallyRingProps {
    pub radius: f64,
    /// What is counted; without one the ring is empty and has no notch but its segments.
    pub tally: Option<Tally>,
    /// How many voters there are.
    pub voters: u8,
    /// How many make a quorum.
    pub quorum: u32,
}

const WIDTH: f64 = 5.0;
const GAP: f64 = 0.09;

/// What a server counts towards a quorum, as far as it knows.
#[component]
pub fn TallyRing(props: &TallyRingProps) -> Html {
    let radius = props.radius;
    let voters = props.tally.map_or(u32::from(props.voters), |tally| tally.total);
    let quorum = props.tally.map_or(props.quorum, |tally| tally.quorum);
    let filled = props.tally.map_or(0, |tally| tally.filled);
    let step = TAU / f64::from(voters.max(1));
    let segment = |index: u32| {
        let from = f64::from(index) * step - FRAC_PI_2;
        let path = arc(radius, from + GAP / 2.0, from + step - GAP / 2.0);
        html! { <path class="tally-segment" data-filled={(index < filled).to_string()} d={path} /> }
    };
    let (sin, cos) = (f64::from(quorum) * step - FRAC_PI_2).sin_cos();
    let (inner, outer) = (radius - WIDTH / 2.0 - 1.0, radius + WIDTH / 2.0 + 5.0);
    let notch =
        format!("M{:.2} {:.2}L{:.2} {:.2}", inner * cos, inner * sin, outer * cos, outer * sin);
    let reached = props.tally.is_some_and(|tally| tally.reached());
    html! {
        <g class="tally-ring" data-reached={reached.to_string()}>
            { for (0..voters).map(segment) }
            <path class="tally-notch" d={notch} />
        </g>
    }
}

fn arc(radius: f64, from: f64, until: f64) -> String {
    let large = u8::from(until - from > std::f64::consts::PI);
    format!(
        "M{:.2} {:.2}A{radius} {radius} 0 {large} 1 {:.2} {:.2}",
        radius * from.cos(),
        radius * from.sin(),
        radius * until.cos(),
        radius * until.sin()
    )
}
