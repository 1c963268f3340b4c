//! Hooks: the contexts, the size of an element, a painter of frames.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, HtmlElement, ResizeObserver};
use yew::prelude::*;

use super::context::{Dispatch, Frames, Language};

/// The language.
#[hook]
pub fn use_text() -> Language {
    use_context().expect("App provides the language to all its components")
}

/// The dispatchers.
#[hook]
pub fn use_dispatch() -> Dispatch {
    use_context().expect("App provides the dispatchers to all its components")
}

/// The frames.
#[hook]
pub fn use_frames() -> Frames {
    use_context().expect("App provides the frames to all its components")
}

/// The size of an element in CSS pixels, and the root font size over 16 px.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Size {
    /// How wide.
    pub width: f64,
    /// How high.
    pub height: f64,
    /// The root font size, as a multiple of 16 px.
    pub root: f64,
}

/// The size of the element, zero before it is there; `dependent` is what else changes it (a theme
/// changes the root font size without changing the element).
#[hook]
pub fn use_size<D: PartialEq + Clone + 'static>(node: &NodeRef, dependent: D) -> Size {
    let size = use_state_eq(Size::default);
    {
        let (node, size) = (node.clone(), size.clone());
        use_effect_with(dependent, move |_| {
            let element = node.cast::<HtmlElement>().expect("the hook's element is rendered");
            let measured = element.clone();
            let measure = move || size.set(measured_size(&measured));
            measure();
            let changed = Closure::<dyn Fn()>::new(measure);
            let observer = ResizeObserver::new(changed.as_ref().unchecked_ref())
                .expect("every browser with WebAssembly has ResizeObserver");
            observer.observe(element.unchecked_ref::<Element>());
            move || {
                observer.disconnect();
                drop(changed);
            }
        });
    }
    *size
}

fn measured_size(element: &HtmlElement) -> Size {
    Size {
        width: f64::from(element.client_width()),
        height: f64::from(element.client_height()),
        root: root_scale(),
    }
}

/// The root font size over 16 px.
pub fn root_scale() -> f64 {
    let root_font = || {
        let window = web_sys::window()?;
        let root = window.document()?.document_element()?;
        let style = window.get_computed_style(&root).ok()??;
        style.get_property_value("font-size").ok()?.trim_end_matches("px").parse::<f64>().ok()
    };
    root_font().unwrap_or(16.0) / 16.0
}

/// Whether the viewer asked for less motion.
#[hook]
pub fn use_still() -> bool {
    *use_memo((), |()| prefers_still())
}

/// Whether the viewer asked for less motion.
pub fn prefers_still() -> bool {
    let query = "(prefers-reduced-motion: reduce)";
    let window = web_sys::window();
    let list = window.and_then(|window| window.match_media(query).ok().flatten());
    list.is_some_and(|list| list.matches())
}

/// A button and the menu that it opens: a click opens and closes it, Escape closes it and leaves
/// the focus on the button.
pub struct Menu {
    /// Whether it is open.
    pub open: bool,
    /// The button.
    pub button: NodeRef,
    /// For the button.
    pub toggle: Callback<MouseEvent>,
    /// For what ends in the menu.
    pub close: Callback<()>,
    /// For the element around both.
    pub onkeydown: Callback<KeyboardEvent>,
}

/// A menu that is closed at first.
#[hook]
pub fn use_menu() -> Menu {
    let open = use_state_eq(|| false);
    let button = use_node_ref();
    let toggle = {
        let open = open.clone();
        Callback::from(move |_| open.set(!*open))
    };
    let close = {
        let (open, button) = (open.clone(), button.clone());
        Callback::from(move |()| {
            open.set(false);
            if let Some(button) = button.cast::<HtmlElement>() {
                button.focus().ok();
            }
        })
    };
    let onkeydown = {
        let (open, close) = (open.clone(), close.clone());
        Callback::from(move |event: KeyboardEvent| {
            if *open && event.key() == "Escape" {
                event.stop_propagation();
                close.emit(());
            }
        })
    };
    Menu { open: *open, button, toggle, close, onkeydown }
}
