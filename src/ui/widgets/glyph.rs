//! A message's glyph outside of the canvas: in lists, legend and inspector.

use yew::prelude::*;

use crate::types::Epoch;
use crate::view::{Glyph, Mark, OpSign, Shape};

use super::{epoch_attribute, paint_color};

#[derive(Properties, PartialEq)]
pub struct GlyphIconProps {
    pub glyph: Glyph,
    #[prop_or_default]
    pub label: Option<u32>,
    pub epoch: Epoch,
}

/// A glyph with its number, in the hue of its epoch.
#[component]
pub fn GlyphIcon(props: &GlyphIconProps) -> Html {
    html! {
        <svg class="glyph-icon" viewBox="-16 -13 32 26" aria-hidden="true"
            data-epoch={epoch_attribute(props.epoch)}>
            <Marks marks={props.glyph.marks()} label={props.label} />
        </svg>
    }
}

#[derive(Properties, PartialEq)]
pub struct OpIconProps {
    pub op: OpSign,
    /// Outlined: answered by the server that was asked.
    pub local: bool,
}

/// The sign of a request's operation.
#[component]
pub fn OpIcon(props: &OpIconProps) -> Html {
    let marks = if props.local { props.op.outlined_marks() } else { props.op.solid_marks() };
    html! {
        <svg class="op-icon" viewBox="-13 -10 26 20" aria-hidden="true">
            <Marks {marks} />
        </svg>
    }
}

#[derive(Properties, PartialEq)]
pub struct MarksProps {
    pub marks: &'static [Mark],
    #[prop_or_default]
    pub label: Option<u32>,
}

/// The marks of a glyph, inside an SVG.
#[component]
pub fn Marks(props: &MarksProps) -> Html {
    let mark = |mark: &Mark| match mark.shape {
        Shape::Path(path) => html! {
            <path d={path} fill={paint_color(mark.fill)} stroke={paint_color(mark.stroke)}
                stroke-width={mark.width.to_string()} />
        },
        Shape::Label { prefix, size } => match props.label {
            Some(label) => html! {
                <text class="glyph-label" text-anchor="middle" y={(size * 0.36).to_string()}
                    font-size={size.to_string()} style={format!("fill:{}", paint_color(mark.fill))}>
                    { prefix }{ label }
                </text>
            },
            None => Html::default(),
        },
    };
    html! { <>{ for props.marks.iter().map(mark) }</> }
}
