//! The canvas: painted with every frame, asked by the pointer.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{Element, HtmlCanvasElement, WheelEvent};
use yew::prelude::*;

use crate::sim::EventId;
use crate::text::{Key, Phrase};
use crate::types::Instant;
use crate::view::spacetime::{
    Diagram, Hit, Scene, SpacetimeView, UNIT, describe, diagram, figures, hit,
};
use crate::viewer::Action;

use super::super::super::context::Dispatch;
use super::super::super::hooks::{Size, use_dispatch, use_frames, use_text};
use super::super::super::{Intent, Theme};
use super::look::{Look, Turn};
use super::painter::Painter;
use super::pointer::{Grip, place, use_wheel};

#[derive(Properties)]
pub struct PlotProps {
    pub view: Rc<SpacetimeView>,
    pub look: UseReducerHandle<Look>,
    pub size: Size,
    pub width: u32,
    pub height: u32,
    pub theme: Theme,
    pub playing: bool,
    pub painter: Rc<RefCell<Option<Rc<Painter>>>>,
}

impl PartialEq for PlotProps {
    fn eq(&self, other: &PlotProps) -> bool {
        let plain =
            |props: &PlotProps| (props.size, props.width, props.height, props.theme, props.playing);
        plain(self) == plain(other) && self.view == other.view && self.look == other.look
    }
}

/// What the pointer is on, in words, and where.
#[derive(Clone, PartialEq)]
struct Hovered {
    event: Option<EventId>,
    what: Phrase,
    at: (i64, i64),
}

/// A drag that is shorter is a click.
const DRAG_FROM: i64 = 4 * UNIT;

/// The picture that was painted last.
#[derive(Clone, PartialEq)]
struct Shown {
    view: Rc<SpacetimeView>,
    look: UseReducerHandle<Look>,
    diagram: Rc<RefCell<Option<Diagram>>>,
    width: u32,
}

#[component]
pub fn Plot(props: &PlotProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let node = use_node_ref();
    let hovered = use_state_eq(|| None::<Hovered>);
    let grip = use_mut_ref(Grip::default);
    let diagram = use_mut_ref(|| None::<Diagram>);
    use_painter(&node, props);
    use_painting(props, hovered.as_ref().and_then(|hovered| hovered.event), diagram.clone());
    let shown =
        Shown { view: props.view.clone(), look: props.look.clone(), diagram, width: props.width };
    {
        let shown = shown.clone();
        use_wheel(&node, move |element, event| shown.wheel(element, event));
    }
    let onpointerdown = {
        let (shown, grip) = (shown.clone(), grip.clone());
        Callback::from(move |event: PointerEvent| shown.seize(&event, &mut grip.borrow_mut()))
    };
    let onpointermove = {
        let (shown, grip, hovered) = (shown.clone(), grip.clone(), hovered.clone());
        Callback::from(move |event: PointerEvent| {
            let mut grip = grip.borrow_mut();
            if grip.fingers.is_empty() {
                hovered.set(shown.hovered(&event));
            } else {
                hovered.set(None);
                shown.drag(&event, &mut grip);
            }
        })
    };
    let onpointerup = {
        let (shown, grip, dispatch) = (shown.clone(), grip.clone(), dispatch.clone());
        Callback::from(move |event: PointerEvent| {
            shown.release(&event, &mut grip.borrow_mut(), &dispatch);
        })
    };
    let onpointercancel =
        Callback::from(move |_: PointerEvent| *grip.borrow_mut() = Grip::default());
    let onpointerleave = {
        let hovered = hovered.clone();
        Callback::from(move |_: PointerEvent| hovered.set(None))
    };
    let onkeydown = {
        let shown = shown.clone();
        Callback::from(move |event: KeyboardEvent| shown.key(&event))
    };
    html! {
        <>
            <canvas ref={node} class="spacetime-canvas" tabindex="0" role="img"
                aria-label={text.say(&label(&shown))} {onpointerdown} {onpointermove}
                {onpointerup} {onpointercancel} {onpointerleave} {onkeydown} />
            if let Some(hovered) = &*hovered {
                <p class="spacetime-tip" style={tip_place(hovered.at, props)}>
                    { text.say(&hovered.what) }
                </p>
            }
        </>
    }
}

/// Keeps a painter for the canvas, a new one where its size or the colours have changed.
#[hook]
fn use_painter(node: &NodeRef, props: &PlotProps) {
    let (node, painter) = (node.clone(), props.painter.clone());
    use_effect_with((props.size, props.theme), move |(size, _)| {
        let canvas = node.cast::<HtmlCanvasElement>().expect("the canvas is rendered");
        *painter.borrow_mut() = Painter::new(canvas, *size).map(Rc::new);
    });
}

/// Paints whenever something has changed, and with every frame.
#[hook]
fn use_painting(props: &PlotProps, hovered: Option<EventId>, shown: Rc<RefCell<Option<Diagram>>>) {
    let frames = use_frames();
    let scene = (props.view.clone(), Look::clone(&props.look), hovered, props.playing);
    let extent = (props.width, props.height, props.size, props.theme);
    let painter = props.painter.clone();
    use_effect_with((scene, extent, frames), move |(scene, extent, frames)| {
        let (view, look, hovered, playing) = scene.clone();
        let (width, height, ..) = *extent;
        let painter = painter.borrow().clone();
        let following = painter.map(|painter| {
            frames.follow(move |cursor| {
                let window = look.window(&view, cursor, width, playing);
                let (folds, filter, view) = (look.folds, &look.filter, &*view);
                let scene = Scene { view, window, folds, cursor, filter, hovered, width, height };
                let placed = diagram(&scene);
                painter.paint(&figures(&placed));
                *shown.borrow_mut() = Some(placed);
            })
        });
        move || drop(following)
    });
}

fn label(shown: &Shown) -> Phrase {
    let diagram = shown.diagram.borrow();
    let axis = diagram.as_ref().map(|diagram| (diagram.axis.from(), diagram.axis.until()));
    let (from, until) = axis.unwrap_or_default();
    Phrase::new(Key::SpacetimeLabel).with("from", from).with("until", until)
}

/// The tip stands beside the pointer, on the side that has room.
fn tip_place((x, y): (i64, i64), props: &PlotProps) -> String {
    let (x, y) = (x / UNIT, y / UNIT);
    let (width, height) = (i64::from(props.width), i64::from(props.height));
    let rem = |pixels: i64| format!("{}.{:02}rem", pixels / 16, pixels % 16 * 100 / 16);
    let across = match x * 2 > width {
        true => format!("right:{}", rem((width - x).max(0) + 12)),
        false => format!("left:{}", rem(x + 12)),
    };
    let along = match y * 2 > height {
        true => format!("bottom:{}", rem((height - y).max(0) + 10)),
        false => format!("top:{}", rem(y + 14)),
    };
    format!("{across};{along}")
}

impl Shown {
    fn hit(&self, at: (i64, i64)) -> Option<Hit> {
        self.diagram.borrow().as_ref().map(|diagram| hit(diagram, at.0, at.1))
    }

    fn hovered(&self, event: &PointerEvent) -> Option<Hovered> {
        let at = place(&event.target_unchecked_into(), event.client_x(), event.client_y());
        let hit = self.hit(at)?;
        let diagram = self.diagram.borrow();
        let what = describe(diagram.as_ref()?, &hit)?;
        Some(Hovered { event: hit.event, what, at })
    }

    /// Zooms round a place, `times` over `of`.
    fn zoom(&self, x: i64, times: u64, of: u64) {
        let diagram = self.diagram.borrow();
        let Some(diagram) = diagram.as_ref() else { return };
        let held = (diagram.axis.instant(x), x);
        let window = self.look.zoomed(&self.view, held, (times, of), self.width);
        self.look.dispatch(Turn::Show(window));
    }

    /// Moves the picture so that the instant stands at `x`.
    fn pan(&self, held: Instant, x: i64) {
        let window = self.look.zoomed(&self.view, (held, x), (1, 1), self.width);
        self.look.dispatch(Turn::Show(window));
    }

    fn pan_by(&self, units: i64) {
        let left = self.diagram.borrow().as_ref().map(|diagram| diagram.axis.left());
        let Some(left) = left else { return };
        let held = |x| self.diagram.borrow().as_ref().map(|diagram| diagram.axis.instant(x));
        match units > 0 {
            true => held(left + units).into_iter().for_each(|at| self.pan(at, left)),
            false => held(left).into_iter().for_each(|at| self.pan(at, left - units)),
        }
    }

    fn wheel(&self, element: &Element, event: &WheelEvent) {
        let sideways = event.delta_x().abs() > event.delta_y().abs() || event.shift_key();
        if sideways {
            let way = if event.delta_x() == 0.0 { event.delta_y() } else { event.delta_x() };
            return self.pan_by((way * UNIT as f64) as i64);
        }
        let (x, _) = place(element, event.client_x(), event.client_y());
        if event.delta_y() > 0.0 { self.zoom(x, 5, 4) } else { self.zoom(x, 4, 5) }
    }

    fn seize(&self, event: &PointerEvent, grip: &mut Grip) {
        if event.button() != 0 {
            return;
        }
        let element: Element = event.target_unchecked_into();
        // Without capture a drag ends at the edge of the diagram.
        element.set_pointer_capture(event.pointer_id()).ok();
        let at = place(&element, event.client_x(), event.client_y());
        if grip.fingers.is_empty() {
            let held = self.diagram.borrow().as_ref().map(|diagram| diagram.axis.instant(at.0));
            (grip.start, grip.held, grip.drags) = (at, held, false);
        }
        grip.fingers.push((event.pointer_id(), at));
    }

    fn drag(&self, event: &PointerEvent, grip: &mut Grip) {
        let at = place(&event.target_unchecked_into(), event.client_x(), event.client_y());
        let before = grip.spread();
        let finger = grip.fingers.iter_mut().find(|(finger, _)| *finger == event.pointer_id());
        if let Some((_, place)) = finger {
            *place = at;
        }
        if let (Some(before), Some(now)) = (before, grip.spread()) {
            grip.drags = true;
            let middle = (grip.fingers[0].1.0 + grip.fingers[1].1.0) / 2;
            return self.zoom(middle, before.unsigned_abs(), now.unsigned_abs());
        }
        grip.drags |= (at.0 - grip.start.0).abs() >= DRAG_FROM;
        if let Some(held) = grip.held.filter(|_| grip.drags) {
            self.pan(held, at.0);
        }
    }

    fn release(&self, event: &PointerEvent, grip: &mut Grip, dispatch: &Dispatch) {
        let clicked = !grip.drags && grip.fingers.len() == 1;
        grip.fingers.retain(|(finger, _)| *finger != event.pointer_id());
        let Some(hit) = self.hit(grip.start).filter(|_| clicked) else { return };
        // The picture stays where it is; the ink line comes to where the click was.
        if let Some(left) = self.diagram.borrow().as_ref().map(|diagram| diagram.axis.left()) {
            let held = self.diagram.borrow().as_ref().map(|diagram| diagram.axis.instant(left));
            held.into_iter().for_each(|at| self.pan(at, left));
        }
        dispatch.model.emit(match hit.event {
            Some(event) => Intent::SelectEvent(event),
            None => Intent::Do(Action::SeekInstant(hit.at)),
        });
    }

    fn key(&self, event: &KeyboardEvent) {
        let extent = self.diagram.borrow().as_ref().map(|diagram| {
            let axis = &diagram.axis;
            (axis.right() - axis.left(), diagram.cursor_x.clamp(axis.left(), axis.right()))
        });
        let Some((width, cursor_x)) = extent else { return };
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        match event.key().as_str() {
            "ArrowLeft" => self.pan_by(-width / 10),
            "ArrowRight" => self.pan_by(width / 10),
            "+" | "=" => self.zoom(cursor_x, 2, 3),
            "-" => self.zoom(cursor_x, 3, 2),
            "Enter" => self.look.dispatch(Turn::Follow),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }
}
