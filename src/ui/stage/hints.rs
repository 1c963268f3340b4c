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

/// The two notes of the stage; the third is the empty list of requests.
#[component]
pub fn Hints(props: &HintsProps) -> Html {
    let text = use_text();
    let power = power_slot(props).map(|slot| power_note(props, slot, &text.get(Key::HintPower)));
    let cut = cut_note(&props.layout, &text.get(Key::HintCut));
    html! { <g class="hints" aria-hidden="true">{ for power }{ for cut }</g> }
}

/// The server on the right whose tag has most room beside it and no client.
fn power_slot(props: &HintsProps) -> Option<&Slot> {
    let free = |slot: &&Slot| {
        let alone = !props.stage.clients.iter().any(|client| client.server == slot.server);
        alone && slot.side > 0.0 && slot.angle.sin() > 0.0
    };
    props.layout.slots.iter().find(free)
}

fn power_note(props: &HintsProps, slot: &Slot, note: &str) -> Html {
    let end = slot.outer_end();
    let (x, y) = (end.x + 4.0, end.y);
    let width = (props.layout.frame.width - x - 50.0).max(120.0);
    html! {
        <>
            <path class="hint-arrow" d={format!("M{:.1} {y:.1}H{x:.1}m6-5-6 5 6 5", x + 22.0)} />
            { note_text(Point { x: x + 30.0, y: y - 19.0 }, width, "start", note) }
        </>
    }
}

/// On the left, between the two lowest servers of that side.
fn cut_note(layout: &Layout, note: &str) -> Option<Html> {
    let left: Vec<_> = layout.slots.iter().filter(|slot| slot.side < 0.0).collect();
    let [a, b, ..] = left.as_slice() else { return None };
    let middle = Point { x: (a.at.x + b.at.x) / 2.0, y: (a.at.y + b.at.y) / 2.0 };
    let start = Point { x: middle.x - 66.0, y: middle.y - 2.0 };
    let band = format!("M{:.1} {:.1}l110 28", start.x, start.y);
    let tip = format!("M{:.1} {:.1}l9 7-11 3", middle.x + 40.0, middle.y + 20.0);
    Some(html! {
        <>
            <path class="hint-band" d={band} />
            <circle class="hint-dot" cx={start.x.to_string()} cy={start.y.to_string()} r="5" />
            <path class="hint-arrow" d={tip} />
            { note_text(Point { x: middle.x - 222.0, y: middle.y - 20.0 }, 146.0, "end", note) }
        </>
    })
}

fn note_text(at: Point, width: f64, align: &'static str, note: &str) -> Html {
    html! {
        <foreignObject x={at.x.to_string()} y={at.y.to_string()} width={width.to_string()}
            height="60">
            <div class="hint-text" data-align={align}>{ note }</div>
        </foreignObject>
    }
}
