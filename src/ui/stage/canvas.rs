//! The canvas above the ensemble. It is rendered once; frames reach the painter directly.

use std::rc::Rc;

use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use crate::types::ServerId;
use crate::view::{Countdown, Flights, Layout, Selection, Speed, StageView};

use super::super::Theme;
use super::super::hooks::{use_frames, use_still};
use super::painter::{Painter, Scene};
use super::palette::Palette;

#[derive(Properties, PartialEq)]
pub struct FlightCanvasProps {
    pub layout: Rc<Layout>,
    pub stage: Rc<StageView>,
    pub flights: Flights,
    pub selection: Option<Selection>,
    pub theme: Theme,
    pub speed: Speed,
}

/// Messages in flight and timer arcs.
#[component]
pub fn FlightCanvas(props: &FlightCanvasProps) -> Html {
    let node = use_node_ref();
    let frames = use_frames();
    let still = use_still();
    let painter = use_mut_ref(|| None::<Rc<Painter>>);
    let countdowns = use_memo(props.stage.clone(), |stage| countdowns(stage));
    {
        let (node, painter) = (node.clone(), painter.clone());
        use_effect_with((props.layout.clone(), props.theme), move |(layout, _)| {
            let canvas = node.cast::<HtmlCanvasElement>().expect("the canvas is rendered below");
            let new = Palette::read().and_then(|palette| Painter::new(canvas, palette, layout));
            *painter.borrow_mut() = new.map(Rc::new);
        });
    }
    let selected = match props.selection {
        Some(Selection::Message(message)) => Some(message),
        _ => None,
    };
    let scene = Scene {
        layout: props.layout.clone(),
        flights: props.flights.clone(),
        countdowns,
        selected,
        speed: props.speed,
        still,
    };
    use_effect_with((scene, props.theme, frames), move |(scene, _, frames)| {
        let scene = scene.clone();
        let painter = painter.borrow().clone();
        let following = painter.map(|painter| frames.follow(move |now| painter.paint(&scene, now)));
        move || drop(following)
    });
    html! { <canvas class="flights" ref={node} aria-hidden="true" /> }
}

fn countdowns(stage: &StageView) -> Vec<(ServerId, Countdown)> {
    let countdown = |server: &crate::view::ServerView| {
        Some((server.id, server.running().filter(|running| !running.paused)?.countdown?))
    };
    stage.servers.iter().filter_map(countdown).collect()
}
