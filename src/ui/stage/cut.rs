//! A cut while it is drawn: the band under the hand, and the servers that it would part.

use std::rc::Rc;

use yew::prelude::*;

use crate::types::ServerId;
use crate::view::{Layout, Point, cut_members};

#[derive(Properties, PartialEq)]
pub struct CutPreviewProps {
    pub layout: Rc<Layout>,
    pub from: Point,
    pub to: Point,
}

/// What a release of the pointer would cut.
#[component]
pub fn CutPreview(props: &CutPreviewProps) -> Html {
    let CutPreviewProps { layout, from, to } = props;
    let members = cut_members(layout, *from, *to).unwrap_or_default();
    let ground = |id: &ServerId| {
        let slot = layout.slot(*id)?;
        let (x, y) = (slot.at.x.to_string(), slot.at.y.to_string());
        Some(html! { <circle class="cut-side" cx={x} cy={y} r={(slot.rim + 12.0).to_string()} /> })
    };
    let line = format!("M{:.1} {:.1}L{:.1} {:.1}", from.x, from.y, to.x, to.y);
    html! {
        <g class="cut-preview" data-cuts={(!members.is_empty()).to_string()}>
            { for members.iter().filter_map(ground) }
            <path class="cut-band" d={line} />
        </g>
    }
}
