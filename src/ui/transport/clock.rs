//! The clock: simulated seconds, written by the frames.

use yew::prelude::*;

use crate::text::Key;

use super::super::hooks::{use_frames, use_text};

/// The running instant. Its digits are written outside of Yew's diff.
#[component]
pub fn Clock() -> Html {
    let text = use_text();
    let frames = use_frames();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(frames, move |frames| {
            let digits = node.get().expect("the clock is rendered below");
            let following =
                frames.follow(move |now| digits.set_text_content(Some(&now.to_string())));
            move || drop(following)
        });
    }
    html! {
        <div class="clock" role="timer" aria-label={text.get(Key::ClockLabel)}>
            <span ref={node} /><small>{ "s" }</small>
        </div>
    }
}
