//! Toasts: a line on what was done.

use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::viewer::Action;

use super::super::Intent;
use super::super::hooks::{use_dispatch, use_text};

/// A line that goes by itself.
#[derive(Clone, PartialEq, Debug)]
pub struct Toast {
    pub number: u32,
    pub line: Phrase,
    /// Whether what was done can be taken back.
    pub undo: bool,
}

#[derive(Properties, PartialEq)]
pub struct ToastsProps {
    pub toasts: Vec<Toast>,
}

/// The toasts that have not gone yet.
#[component]
pub fn Toasts(props: &ToastsProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let toast = |toast: &Toast| {
        html! {
            <p class="toast" key={toast.number}>
                <span>{ text.say(&toast.line) }</span>
                if toast.undo {
                    <button type="button" onclick={dispatch.on(Intent::Do(Action::Undo))}>
                        { text.get(Key::Undo) }
                    </button>
                }
            </p>
        }
    };
    html! {
        <div class="toasts" role="status" aria-live="polite">
            { for props.toasts.iter().map(toast) }
        </div>
    }
}
