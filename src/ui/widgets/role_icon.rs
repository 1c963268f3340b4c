//! A server's shape, on the stage and in miniature.

use yew::prelude::*;

use crate::types::Epoch;
use crate::view::{RoleShape, role_marks};

use super::epoch_attribute;

#[derive(Properties, PartialEq)]
pub struct RoleMarkProps {
    pub shape: RoleShape,
    pub radius: f64,
    /// The width of its line, where it is not the shape's own.
    #[prop_or_default]
    pub weight: Option<f64>,
    /// Whether a name stands in it, so that the bars of a paused one stand below.
    #[prop_or_default]
    pub named: bool,
}

/// The shape inside an SVG; its paint comes from `data-shape` and `data-epoch`.
#[component]
pub fn RoleMark(props: &RoleMarkProps) -> Html {
    let (outline, weight) = role_marks(props.shape, props.radius);
    let weight = props.weight.unwrap_or(weight).to_string();
    let radius = props.radius;
    let bar = if props.named { radius * 0.13 } else { radius * 0.2 };
    let bars = matches!(props.shape, RoleShape::Paused(_)).then(|| {
        let (x, top, high) = if props.named {
            (radius * 0.16, radius * 0.28, radius * 0.4)
        } else {
            (radius * 0.22, radius * -0.4, radius * 0.8)
        };
        format!("M{:.2} {top:.2}v{high:.2}M{x:.2} {top:.2}v{high:.2}", -x)
    });
    let dashes = (props.shape == RoleShape::Crashed)
        .then(|| format!("{:.2} {:.2}", radius * 0.32, radius * 0.22));
    html! {
        <g class="role-mark" data-shape={props.shape.name()}>
            if props.shape == RoleShape::Crashed {
                <path class="role-ground" d={outline.clone()} />
            }
            <path class="role-outline" d={outline} stroke-width={weight}
                stroke-dasharray={dashes} />
            if let Some(bars) = bars {
                <path class="role-bars" d={bars} stroke-width={bar.to_string()} />
            }
        </g>
    }
}

#[derive(Properties, PartialEq)]
pub struct RoleIconProps {
    pub shape: RoleShape,
    pub epoch: Epoch,
}

/// The shape as an icon.
#[component]
pub fn RoleIcon(props: &RoleIconProps) -> Html {
    html! {
        <svg class="role-icon" viewBox="-15 -15 30 30" aria-hidden="true"
            data-epoch={epoch_attribute(props.epoch)}>
            <RoleMark shape={props.shape} radius={12.5} weight={2.4} />
        </svg>
    }
}
