//! The flags A and B at the servers that hold the facts of a broken law.

use std::rc::Rc;

use yew::prelude::*;

use crate::view::{Layout, ViolationView, flag_places};

use super::super::hooks::use_text;

#[derive(Properties, PartialEq)]
pub struct FlagsProps {
    pub violation: Rc<ViolationView>,
    pub layout: Rc<Layout>,
}

/// A flag for each fact whose server is on the stage.
#[component]
pub fn Flags(props: &FlagsProps) -> Html {
    let text = use_text();
    let flag = |(fact, at): (usize, crate::view::Point)| {
        let fact = &props.violation.facts[fact];
        html! {
            <g key={fact.letter} class="flag"
                transform={format!("translate({:.1} {:.1})", at.x, at.y)}>
                <path d="M-46-11h92v22h-40l-6 7-6-7h-40z" />
                <text text-anchor="middle" y="4.5">{ text.say(&fact.flag) }</text>
            </g>
        }
    };
    html! {
        <g class="flags">
            { for flag_places(&props.violation, &props.layout).into_iter().map(flag) }
        </g>
    }
}
