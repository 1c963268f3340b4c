//! The stage: the ensemble, what is said about it, and what can be done to it.
//!
//! Servers, links and clients are SVG, one component a server; messages and timer arcs are painted
//! on the canvas above it, once a frame, outside of Yew's diff.

mod canvas;
mod caption;
mod clients;
mod cut;
mod fault_bar;
mod flags;
mod hints;
mod in_flight;
mod links;
mod painter;
mod palette;
mod partition;
mod phase_line;
mod server;
mod tag;
mod tally_ring;

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::text::Key;
use crate::types::{ClientId, ServerId};
use crate::view::{
    Caption, Cast, Controls, FlightId, Flights, Layout, PhasesView, Point, RoleShape, SeenFrom,
    Selection, StageFrame, StageView, ViolationView, cut_members, hit_flight, layout,
};

use super::context::Dispatch;
use super::hooks::{Size, use_dispatch, use_frames, use_size, use_text};
use super::{Intent, Theme};
use canvas::FlightCanvas;
use caption::CaptionText;
use clients::Clients;
use cut::CutPreview;
use fault_bar::FaultBar;
use flags::Flags;
use hints::{HintArrows, HintNotes};
use in_flight::InFlight;
use links::Links;
use partition::Partition;
use phase_line::PhaseLine;
use server::ServerNode;

#[derive(Properties, PartialEq)]
pub struct StageProps {
    pub stage: Rc<StageView>,
    pub flights: Flights,
    pub selection: Option<Selection>,
    pub caption: Caption,
    pub phases: PhasesView,
    pub controls: Rc<Controls>,
    pub theme: Theme,
    /// The stage alone, with a large caption.
    pub focus: bool,
    /// Notes in pencil for who is here for the first time.
    pub hints: bool,
    /// The law that is broken.
    pub violation: Option<Rc<ViolationView>>,
}

/// The stage with its overlays.
#[component]
pub fn Stage(props: &StageProps) -> Html {
    let text = use_text();
    let node = use_node_ref();
    let size = use_size(&node, (props.theme, props.focus));
    let layout = use_layout(size, props.focus, &props.stage);
    let drawing = layout.map(|layout| {
        html! {
            <>
                <Ensemble stage={props.stage.clone()} layout={layout.clone()}
                    flights={props.flights.clone()} selection={props.selection}
                    hints={props.hints} violation={props.violation.clone()} />
                <FlightCanvas layout={layout.clone()} stage={props.stage.clone()}
                    flights={props.flights.clone()} selection={props.selection} theme={props.theme}
                    speed={props.controls.speed} />
                if props.hints && !layout.frame.phone {
                    <HintNotes stage={props.stage.clone()} layout={layout.clone()} />
                }
            </>
        }
    });
    let violation = props.violation.as_ref().and_then(|found| match found.seen_from {
        SeenFrom::Before => None,
        SeenFrom::There => Some("stopped"),
        SeenFrom::Behind => Some("continued"),
    });
    html! {
        <main id="stage" class="stage" ref={node} tabindex="-1" data-violation={violation}
            aria-label={text.get(Key::RegionStage)}>
            <CaptionText caption={props.caption.clone()} past={!props.controls.live} />
            <PhaseLine phases={props.phases.clone()} />
            { for drawing }
            <FaultBar controls={props.controls.clone()} />
            <InFlight flights={props.flights.clone()} />
        </main>
    }
}

/// The places on the stage; none before it has a size.
#[hook]
fn use_layout(size: Size, focus: bool, stage: &Rc<StageView>) -> Option<Rc<Layout>> {
    let servers: Vec<(ServerId, RoleShape)> =
        stage.servers.iter().map(|server| (server.id, server.shape())).collect();
    let clients: Vec<(ClientId, ServerId)> =
        stage.clients.iter().map(|client| (client.id, client.server)).collect();
    let places = use_memo((size, focus, servers, clients), |(size, focus, servers, clients)| {
        (size.width > 0.0 && size.height > 0.0).then(|| {
            let frame = StageFrame::new(size.width, size.height, size.root, *focus);
            Rc::new(layout(&frame, &Cast { servers, clients }))
        })
    });
    (*places).clone()
}

#[derive(Properties, PartialEq)]
struct EnsembleProps {
    stage: Rc<StageView>,
    layout: Rc<Layout>,
    flights: Flights,
    selection: Option<Selection>,
    hints: bool,
    violation: Option<Rc<ViolationView>>,
}

/// A pointer held down on the stage: where the stage lies on the screen, and where it was pressed.
#[derive(Clone, Copy)]
struct Press {
    left: f64,
    top: f64,
    at: Point,
    time: f64,
}

/// A drag begins behind so many CSS pixels.
const DRAG_THRESHOLD: f64 = 6.0;
/// A finger draws a cut only after having rested so many milliseconds; before, it scrolls.
const TOUCH_HOLD: f64 = 350.0;

/// The drawing, and the hand on it: a click selects a message or nothing, a drag cuts.
#[component]
fn Ensemble(props: &EnsembleProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let frames = use_frames();
    let press = use_mut_ref(|| None::<Press>);
    let stroke = use_state_eq(|| None::<(Point, Point)>);
    let scale = props.layout.frame.scale;

    let onpointerdown = {
        let press = press.clone();
        Callback::from(move |event: PointerEvent| *press.borrow_mut() = pressed(&event, scale))
    };
    let onpointermove = {
        let (press, stroke) = (press.clone(), stroke.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(press) = *press.borrow() else { return };
            let at = point(&event, &press, scale);
            let far = (at.x - press.at.x).hypot(at.y - press.at.y) * scale > DRAG_THRESHOLD;
            let held =
                event.pointer_type() != "touch" || event.time_stamp() - press.time > TOUCH_HOLD;
            if stroke.is_some() || (far && held) {
                stroke.set(Some((press.at, at)));
            }
        })
    };
    let onpointerup = {
        let (press, stroke, layout) = (press.clone(), stroke.clone(), props.layout.clone());
        let (flights, dispatch) = (props.flights.clone(), dispatch.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(press) = press.borrow_mut().take() else { return };
            match *stroke {
                Some((from, to)) => {
                    stroke.set(None);
                    cut(&dispatch, &layout, from, to);
                }
                None => {
                    let at = point(&event, &press, scale);
                    let reach = if event.pointer_type() == "touch" { 24.0 } else { 15.0 };
                    select(&dispatch, hit_flight(&layout, &flights.0, frames.now(), at, reach));
                }
            }
        })
    };
    let onpointercancel = {
        let stroke = stroke.clone();
        Callback::from(move |_: PointerEvent| {
            *press.borrow_mut() = None;
            stroke.set(None);
        })
    };
    let frame = props.layout.frame;
    html! {
        <svg class="ensemble" viewBox={format!("0 0 {} {}", frame.width, frame.height)}
            role="group" aria-label={text.get(Key::RegionEnsemble)}
            {onpointerdown} {onpointermove} {onpointerup} {onpointercancel}>
            <Partition sides={props.stage.sides.clone()} layout={props.layout.clone()}
                total={props.stage.servers.len() as u32} />
            <Links links={props.stage.links.clone()} sides={props.stage.sides.clone()}
                dark={dark(&props.stage)} layout={props.layout.clone()} />
            <Clients clients={props.stage.clients.clone()} layout={props.layout.clone()} />
            { servers(props) }
            if let Some(violation) = props.violation.as_ref().filter(is_in_sight) {
                <Flags violation={violation.clone()} layout={props.layout.clone()} />
            }
            if let Some((from, to)) = *stroke {
                <CutPreview layout={props.layout.clone()} {from} {to} />
            }
            if props.hints && !frame.phone {
                <HintArrows stage={props.stage.clone()} layout={props.layout.clone()} />
            }
        </svg>
    }
}

/// Its flags are planted once it has happened.
fn is_in_sight(violation: &&Rc<ViolationView>) -> bool {
    violation.seen_from != SeenFrom::Before
}

fn dark(stage: &StageView) -> Vec<ServerId> {
    let dark = stage.servers.iter().filter(|server| server.running().is_none());
    dark.map(|server| server.id).collect()
}

fn servers(props: &EnsembleProps) -> Html {
    let selected = match props.selection {
        Some(Selection::Server(server)) => Some(server),
        _ => None,
    };
    // One stop of the Tab key: the selected server, or the first.
    let first = props.stage.servers.first().map(|server| server.id);
    let node = |server: &crate::view::ServerView| {
        let slot = *props.layout.slot(server.id)?;
        let tab_stop = selected.or(first) == Some(server.id);
        Some(html! {
            <ServerNode key={server.id.0} server={server.clone()} {slot} {tab_stop}
                selected={selected == Some(server.id)} quorum={props.stage.quorum}
                count={props.stage.servers.len() as u8}
                tag_height={props.layout.tag_height} dense={props.layout.dense}
                phone={props.layout.frame.phone} />
        })
    };
    html! { <g class="servers">{ for props.stage.servers.iter().filter_map(node) }</g> }
}

fn cut(dispatch: &Dispatch, layout: &Layout, from: Point, to: Point) {
    if let Some(members) = cut_members(layout, from, to) {
        dispatch.model.emit(Intent::Cut(members));
    }
}

fn select(dispatch: &Dispatch, message: Option<FlightId>) {
    dispatch.model.emit(message.map_or(Intent::Deselect, Intent::SelectMessage));
}

fn pressed(event: &PointerEvent, scale: f64) -> Option<Press> {
    if event.button() != 0 {
        return None;
    }
    let stage = event.target_unchecked_into::<Element>();
    let svg = stage.closest("svg.ensemble").ok().flatten()?;
    // The stroke goes on where the pointer leaves the stage. A pointer that is gone already, or one
    // made by a script, cannot be captured, and need not be.
    svg.set_pointer_capture(event.pointer_id()).ok();
    let place = svg.get_bounding_client_rect();
    let (left, top) = (place.left(), place.top());
    let at = Point { x: 0.0, y: 0.0 };
    let press = Press { left, top, at, time: event.time_stamp() };
    Some(Press { at: point(event, &press, scale), ..press })
}

/// Where on the stage an event happened.
fn point(event: &PointerEvent, press: &Press, scale: f64) -> Point {
    Point {
        x: (f64::from(event.client_x()) - press.left) / scale,
        y: (f64::from(event.client_y()) - press.top) / scale,
    }
}
