//! Sheets over the stage: the legend, the table of keys, link and files; a notice that stays above,
//! toasts below.

mod keys;
mod legend;
mod notice;
mod share;
mod toasts;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::text::Key;

use super::PageAct;
use super::hooks::{use_dispatch, use_text};
use super::widgets::{Icon, IconName};
pub use keys::KeysSheet;
pub use legend::LegendSheet;
pub use notice::NoticeCard;
pub use share::{LINK_FIELD, ShareSheet};
pub use toasts::{Toast, Toasts};

/// Which sheet is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sheet {
    Legend,
    Keys,
    Share,
}

#[derive(Properties, PartialEq)]
pub struct SheetFrameProps {
    pub title: AttrValue,
    pub about: AttrValue,
    pub children: Html,
}

/// A sheet: it takes the focus when it opens and gives it back when it closes.
#[component]
pub fn SheetFrame(props: &SheetFrameProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let close = use_node_ref();
    {
        let close = close.clone();
        use_effect_with((), move |()| {
            let document = web_sys::window().and_then(|window| window.document());
            let before = document.and_then(|document| document.active_element());
            if let Some(close) = close.cast::<HtmlElement>() {
                close.focus().ok();
            }
            move || {
                use wasm_bindgen::JsCast;
                if let Some(Ok(before)) = before.map(|before| before.dyn_into::<HtmlElement>()) {
                    before.focus().ok();
                }
            }
        });
    }
    html! {
        <section class="sheet" role="dialog" aria-label={props.title.clone()}>
            <div class="sheet-head">
                <h2>{ &props.title }</h2>
                <p>{ &props.about }</p>
                <button class="button bare" type="button" ref={close}
                    aria-label={text.get(Key::Close)}
                    onclick={dispatch.on_page(PageAct::CloseSheet)}>
                    <Icon name={IconName::Close} />
                </button>
            </div>
            { props.children.clone() }
        </section>
    }
}
