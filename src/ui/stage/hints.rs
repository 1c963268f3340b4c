//! Notes in pencil on the first visit: the leader's power switch, and the cut. They leave for good
//! with the first act.

use std::rc::Rc;

use yew::prelude::*;

use crate::text::Key;
use crate::view::{Layout, Point, Slot, StageView};

use super::super::hooks::use_text;

#[derive(Properties, PartialEq)]
pub struct HintsProps {
    pub stage: Rc<StageView>,
    pub layout: Rc<Layout>,
}

/// The arrows of the two notes, inside the drawing.
#[component]
pub fn HintArrows(props: &HintsProps) -> Html {
    let power = power_slot(props).map(|slot| {
        let end = slot.outer_end();
        let arrow = format!("M{:.1} {:.1}h-22m6-5-6 5 6 5", end.x + 26.0, end.y);
        html! { <path class="hint-arrow" d={arrow} /> }
    });
    let cut = cut_place(&props.layout).map(|middle| {
        let start = Point { x: middle.x - 66.0, y: middle.y - 2.0 };
        let tip = format!("M{:.1} {:.1}l9 7-11 3", middle.x + 40.0, middle.y + 20.0);
        html! {
            <>
                <path class="hint-band" d={format!("M{:.1} {:.1}l110 28", start.x, start.y)} />
                <circle class="hint-dot" cx={start.x.to_string()} cy={start.y.to_string()} r="5" />
                <path class="hint-arrow" d={tip} />
            </>
        }
    });
    html! { <g class="hints" aria-hidden="true">{ for power }{ for cut }</g> }
}

/// The words of the two notes, above the drawing. The third note is the empty list of requests.
#[component]
pub fn HintNotes(props: &HintsProps) -> Html {
    let text = use_text();
    let frame = &props.layout.frame;
    let note = |at: Point, width: f64, align: &'static str, key: Key| {
        let style = format!(
            "left:{:.1}px;top:{:.1}px;width:{:.1}px",
            at.x * frame.scale,
            at.y * frame.scale,
            width * frame.scale
        );
        html! { <p class="hint-note" data-align={align} {style}>{ text.get(key) }</p> }
    };
    let power = power_slot(props).map(|slot| {
        let end = slot.outer_end();
        let left = end.x + 34.0;
        let width = (frame.width - left - 16.0).clamp(100.0, 200.0);
        note(Point { x: left, y: end.y }, width, "start", Key::HintPower)
    });
    let cut = cut_place(&props.layout).map(|middle| {
        let left = (middle.x - 226.0).max(12.0);
        let width = (middle.x - 80.0 - left).max(90.0);
        note(Point { x: left, y: middle.y - 2.0 }, width, "end", Key::HintCut)
    });
    html! { <>{ for power }{ for cut }</> }
}

/// The lowest server on the right that no client stands by: there is room beside its tag.
fn power_slot(props: &HintsProps) -> Option<&Slot> {
    let free = |slot: &&Slot| {
        let alone = !props.stage.clients.iter().any(|client| client.server == slot.server);
        alone && slot.side > 0.0 && slot.angle.sin() > 0.0
    };
    props.layout.slots.iter().find(free)
}

/// On the left, between the two lowest servers of that side.
fn cut_place(layout: &Layout) -> Option<Point> {
    let left: Vec<_> = layout.slots.iter().filter(|slot| slot.side < 0.0).collect();
    let [a, b, ..] = left.as_slice() else { return None };
    Some(Point { x: (a.at.x + b.at.x) / 2.0, y: (a.at.y + b.at.y) / 2.0 })
}
