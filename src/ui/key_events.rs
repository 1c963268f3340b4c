//! Keys that reach the page, rather than what has the focus.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::Callback;

/// The page's listeners for keys that nobody nearer to the focus has taken, and that are not typed
/// into a field.
///
/// The space bar presses the button that has the focus, as everywhere, if a key brought the focus
/// there. A button that was clicked with the pointer has the focus too, but there the space bar
/// goes on to mean play and pause.
pub fn key_listeners(callback: Callback<KeyboardEvent>) -> [EventListener; 2] {
    let window = web_sys::window().expect("a page has a window");
    let document = window.document().expect("a page has a document");
    let by_pointer = Rc::new(Cell::new(true));
    let pointer = {
        let by_pointer = by_pointer.clone();
        EventListener::new(&document, "pointerdown", move |_| by_pointer.set(true))
    };
    let options = gloo_events::EventListenerOptions::enable_prevent_default();
    let keys = EventListener::new_with_options(&document, "keydown", options, move |event| {
        let event: &KeyboardEvent = event.unchecked_ref();
        if event.key() == "Tab" {
            by_pointer.set(false);
        }
        let held = event.ctrl_key() || event.meta_key();
        if held || event.default_prevented() || is_in(event, "input, select, textarea") {
            return;
        }
        if event.key() == " " && is_in(event, "button, [role=button], a") {
            if !by_pointer.get() {
                return;
            }
            let button = target(event).and_then(|button| button.dyn_into::<HtmlElement>().ok());
            if let Some(button) = button {
                button.blur().ok();
            }
        }
        callback.emit(event.clone());
    });
    [pointer, keys]
}

fn target(event: &KeyboardEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Whether the event happened in an element of this kind.
fn is_in(event: &KeyboardEvent, selector: &str) -> bool {
    target(event).is_some_and(|target| target.closest(selector).ok().flatten().is_some())
}
