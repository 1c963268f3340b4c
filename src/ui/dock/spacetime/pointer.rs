//! Where the pointer is on the diagram, and what it holds.

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, WheelEvent};
use yew::prelude::*;

use crate::types::Instant;
use crate::view::spacetime::UNIT;

use super::super::super::hooks::root_scale;

/// The fingers on the diagram, and the instant that the first one holds.
#[derive(Default)]
pub struct Grip {
    /// Each with its place, in the order in which they came.
    pub fingers: Vec<(i32, (i64, i64))>,
    /// Where the first one came down.
    pub start: (i64, i64),
    /// The instant that it holds.
    pub held: Option<Instant>,
    /// Whether it has gone far enough not to be a click.
    pub drags: bool,
}

impl Grip {
    /// How far apart two fingers are.
    pub fn spread(&self) -> Option<i64> {
        let [(_, one), (_, other)] = self.fingers.as_slice() else { return None };
        Some((one.0 - other.0).abs().max(UNIT))
    }
}

/// A place on the page as a place of the diagram that fills `element`, in units.
pub fn place(element: &Element, client_x: i32, client_y: i32) -> (i64, i64) {
    let bounds = element.get_bounding_client_rect();
    let units = UNIT as f64 / root_scale();
    let x = (f64::from(client_x) - bounds.left()) * units;
    let y = (f64::from(client_y) - bounds.top()) * units;
    (x.round() as i64, y.round() as i64)
}

/// Listens to the wheel, and keeps the page from scrolling.
#[hook]
pub fn use_wheel(node: &NodeRef, turn: impl Fn(&Element, &WheelEvent) + 'static) {
    type Turn = dyn Fn(&Element, &WheelEvent);
    let newest: Rc<Turn> = Rc::new(turn);
    let kept = use_mut_ref(|| newest.clone());
    *kept.borrow_mut() = newest;
    let node = node.clone();
    use_effect_with((), move |()| {
        let element = node.cast::<Element>().expect("the diagram is rendered");
        let target = element.clone();
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&element, "wheel", options, move |event| {
            event.prevent_default();
            let turn = kept.borrow().clone();
            turn(&target, event.unchecked_ref());
        });
        move || drop(listener)
    });
}
