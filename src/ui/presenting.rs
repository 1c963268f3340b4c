//! What helps who presents: the cover of a blank page, the last key pressed, and the way out of an
//! embedded page.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use crate::text::Key;

use super::hooks::{use_dispatch, use_text};
use super::keyboard::pressed;
use super::top::Mark;
use super::{Address, PageAct, preferences};

/// What App knows of presenting.
pub struct Presenting {
    /// Whether the page is covered.
    pub blank: bool,
    shows_last_key: bool,
    last_key: Option<LastKey>,
}

/// What of it is drawn.
#[derive(Clone, PartialEq)]
pub struct PresentingView {
    pub blank: bool,
    /// The last key pressed, where it is to be shown.
    pub last_key: Option<Option<LastKey>>,
}

impl Presenting {
    /// As it was left last time, uncovered.
    pub fn begin() -> Presenting {
        let shows_last_key = preferences::shows_last_key();
        Presenting { blank: false, shows_last_key, last_key: None }
    }

    /// What is drawn.
    pub fn view(&self) -> PresentingView {
        let last_key = self.shows_last_key.then(|| self.last_key.clone());
        PresentingView { blank: self.blank, last_key }
    }

    /// Shows the last key pressed, or no longer.
    pub fn toggle_last_key(&mut self) {
        self.shows_last_key = !self.shows_last_key;
        preferences::keep_shows_last_key(self.shows_last_key);
    }

    /// A key was pressed that does something.
    pub fn show(&mut self, event: &KeyboardEvent) {
        let pressed = pressed(&event.key(), event.shift_key(), event.alt_key());
        let number = self.last_key.as_ref().map_or(0, |last| last.number.wrapping_add(1));
        self.last_key =
            pressed.map(|(command, written)| LastKey { number, written, label: command.label });
    }
}

/// Covers the page; any key or click takes it away.
#[component]
pub fn Blank() -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let node = use_node_ref();
    {
        let node = node.clone();
        // What lies below must not be reached while nobody sees it.
        use_effect_with((), move |()| {
            let document = web_sys::window().and_then(|window| window.document());
            let before = document.and_then(|document| document.active_element());
            if let Some(cover) = node.cast::<HtmlElement>() {
                cover.focus().ok();
            }
            move || {
                if let Some(Ok(before)) = before.map(|before| before.dyn_into::<HtmlElement>()) {
                    before.focus().ok();
                }
            }
        });
    }
    html! {
        <button class="blank" type="button" ref={node} aria-label={text.get(Key::BlankSpoken)}
            onclick={dispatch.on_page(PageAct::ToggleBlank)} />
    }
}

/// A key that was pressed, and what it does.
#[derive(Clone, PartialEq, Debug)]
pub struct LastKey {
    /// Two presses of the same key are two.
    pub number: u32,
    pub written: String,
    pub label: Key,
}

#[derive(Properties, PartialEq)]
pub struct LastKeyProps {
    pub last: Option<LastKey>,
}

/// The last key, large enough for the back row. It says nothing to a screen reader, which has
/// heard the key itself.
#[component]
pub fn LastKeyShown(props: &LastKeyProps) -> Html {
    let text = use_text();
    let shown = props.last.as_ref().map(|last| {
        html! {
            <p key={last.number}><kbd>{ &last.written }</kbd>{ text.get(last.label) }</p>
        }
    });
    html! {
        <div class="last-key" aria-hidden="true" title={text.get(Key::LastKey)}>{ for shown }</div>
    }
}

/// From the page within another to the whole page.
#[component]
pub fn OpenWhole() -> Html {
    let text = use_text();
    let location = web_sys::window().map(|window| window.location());
    let part = |read: fn(&web_sys::Location) -> Result<String, wasm_bindgen::JsValue>| {
        location.as_ref().and_then(|location| read(location).ok()).unwrap_or_default()
    };
    let query = Address::whole(&part(web_sys::Location::search));
    let whole = part(web_sys::Location::pathname) + &query + &part(web_sys::Location::hash);
    let name = text.get(Key::OpenWhole);
    html! {
        <nav class="open-whole" aria-label={name.clone()}>
            <a href={whole} target="_blank" rel="noopener" aria-label={name.clone()}
                title={name}><Mark /></a>
        </nav>
    }
}
