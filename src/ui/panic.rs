//! What is shown when the page fails: never a frozen picture, always the scenario to run again.

use std::cell::RefCell;

use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};

thread_local! {
    /// The run so far as text, ready for a moment when the model can no longer be asked.
    static SCENARIO: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Keeps the scenario for the worst case.
pub fn remember(scenario: String) {
    SCENARIO.with(|kept| *kept.borrow_mut() = scenario);
}

/// From now on a panic reports itself to the console and to the page's frame, which shows it.
pub fn install() {
    // By Yew's own door: a hook set by another is replaced as soon as Yew renders.
    yew::set_custom_panic_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        report(&info.to_string());
    }));
}

fn report(message: &str) {
    let scenario = SCENARIO.with(|kept| {
        // A panic while the scenario is being replaced finds it borrowed.
        kept.try_borrow().map(|scenario| scenario.clone()).unwrap_or_default()
    });
    let detail = js_sys::Object::new();
    let set = |name: &str, value: &str| {
        js_sys::Reflect::set(&detail, &JsValue::from(name), &JsValue::from(value)).ok()
    };
    set("message", message);
    set("scenario", &scenario);
    let init = CustomEventInit::new();
    init.set_detail(&detail);
    // Here nothing can be done about a failure any more: the console has the message.
    if let Ok(event) = CustomEvent::new_with_event_init_dict("zabscope-panic", &init)
        && let Some(window) = web_sys::window()
    {
        window.dispatch_event(&event).ok();
    }
}
