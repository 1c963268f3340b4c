//! Toasts: a line on what was done.

use yew::prelude::*;

use crate::text::Phrase;

use super::super::hooks::use_text;

/// A line that goes by itself.
#[derive(Clone, PartialEq, Debug)]
pub struct Toast {
    pub number: u32,
    pub line: Phrase,
}

#[derive(Properties, PartialEq)]
pub struct ToastsProps {
    pub toasts: Vec<Toast>,
}

/// The toasts that have not gone yet.
#[component]
pub fn Toasts(props: &ToastsProps) -> Html {
    let text = use_text();
    let toast = |toast: &Toast| {
        html! { <p class="toast" key={toast.number}>{ text.say(&toast.line) }</p> }
    };
    html! {
        <div class="toasts" role="status" aria-live="polite">
            { for props.toasts.iter().map(toast) }
        </div>
    }
}
