//! A request's outcome: a tick and `ok`, a cross and the error's name, or what is not known.

use yew::prelude::*;

use crate::text::Key;
use crate::view::Outcome;

use super::super::hooks::use_text;
use super::super::widgets::{Icon, IconName};

#[derive(Properties, PartialEq)]
pub struct OutcomeMarkProps {
    pub outcome: Outcome,
}

/// What is known of the result, in a word and a sign.
#[component]
pub fn OutcomeMark(props: &OutcomeMarkProps) -> Html {
    let text = use_text();
    let outcome = &props.outcome;
    let icon = match outcome {
        Outcome::Ok(_) => Some(IconName::Check),
        Outcome::Error(_) => Some(IconName::Close),
        Outcome::Unknown => Some(IconName::Question),
        _ => None,
    };
    let word = match outcome {
        Outcome::Waiting => text.get(Key::RequestWaiting),
        Outcome::Acks { filled, total } | Outcome::NoQuorum { filled, total } => {
            format!("{filled}/{total}")
        }
        Outcome::Committed => text.get(Key::RequestCommitted),
        Outcome::Ok(None) => text.get(Key::RequestOk),
        Outcome::Ok(Some(value)) => value.to_string(),
        Outcome::Error(name) => (*name).to_owned(),
        Outcome::RolledBack => text.get(Key::RequestRolledBack),
        Outcome::Unknown => text.get(Key::RequestUnknown),
    };
    html! {
        <span class="outcome" data-outcome={outcome.name()}>
            if let Some(name) = icon {
                <Icon {name} />
            }
            <span>{ word }</span>
        </span>
    }
}
