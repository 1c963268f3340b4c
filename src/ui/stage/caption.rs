//! The caption, which is also what a screen reader is told.

use yew::prelude::*;

use crate::text::Key;
use crate::view::Caption;

use super::super::hooks::use_text;

#[derive(Properties, PartialEq)]
pub struct CaptionTextProps {
    pub caption: Caption,
    /// Whether what is shown lies in the past.
    pub past: bool,
}

/// What is happening, and why it matters.
#[component]
pub fn CaptionText(props: &CaptionTextProps) -> Html {
    let text = use_text();
    html! {
        <div class="caption" role="status" aria-live="polite">
            <h1>{ text.say(&props.caption.title) }</h1>
            <p>{ text.say(&props.caption.detail) }</p>
            if props.past {
                <p class="past-note">{ text.get(Key::PastNote) }</p>
            }
        </div>
    }
}
