//! The tab "Safety": the laws, each with the properties that it consists of; above them what breaks
//! one.

use std::rc::Rc;

use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::view::{LawRow, LawStanding, LawsPanel, PropertyRow};

use super::super::context::Language;
use super::super::hooks::use_text;
use super::super::widgets::{Icon, IconName};
use super::violation::ViolationCard;

#[derive(Properties, PartialEq)]
pub struct SafetyProps {
    pub laws: Rc<LawsPanel>,
}

/// The laws and how they stand.
#[component]
pub fn Safety(props: &SafetyProps) -> Html {
    let text = use_text();
    let laws = &props.laws;
    html! {
        <div class="safety">
            if let Some(violation) = &laws.violation {
                <ViolationCard violation={violation.clone()} />
            }
            <ul aria-label={text.get(Key::Laws)}>
                { for laws.rows.iter().map(|row| law(&text, row, laws.violation.is_some())) }
            </ul>
        </div>
    }
}

/// A law; `brief` leaves out what it says, to make room for what is broken.
fn law(text: &Language, row: &LawRow, brief: bool) -> Html {
    let about = text.get(row.law.about());
    html! {
        <li key={row.law as usize} class="law" data-standing={row.standing.name()}>
            <details>
                <summary>
                    <Standing standing={row.standing} />
                    <span class="law-name">
                        <b>{ text.get(row.law.name()) }</b>
                        if !brief {
                            <small>{ about.clone() }</small>
                        }
                    </span>
                    { count(text, row.evaluations) }
                </summary>
                if brief {
                    <p class="law-about">{ about }</p>
                }
                <ul class="properties">
                    { for row.members.iter().map(|member| property(text, member)) }
                </ul>
            </details>
        </li>
    }
}

fn property(text: &Language, row: &PropertyRow) -> Html {
    let source = Phrase::new(Key::PropertySource).with("source", row.source);
    html! {
        <li key={row.name} class="property" data-standing={row.standing.name()}>
            <Standing standing={row.standing} />
            <span class="law-name">
                <span class="mono">{ row.name }</span>
                <small>{ text.get(row.about) }</small>
                <small>{ text.say(&source) }</small>
            </span>
            { count(text, row.evaluations) }
        </li>
    }
}

fn count(text: &Language, evaluations: u64) -> Html {
    let spoken = text.say(&Phrase::new(Key::LawEvaluations).with("count", evaluations));
    html! {
        <span class="law-count" title={spoken.clone()}>
            <span aria-hidden="true">{ evaluations }</span>
            <span class="visually-hidden">{ spoken }</span>
        </span>
    }
}

#[derive(Properties, PartialEq)]
struct StandingProps {
    standing: LawStanding,
}

/// Tick, triangle or question mark, with its word for who does not see it.
#[component]
fn Standing(props: &StandingProps) -> Html {
    let text = use_text();
    let name = match props.standing {
        LawStanding::Holds => IconName::Check,
        LawStanding::Broken => IconName::Bang,
        LawStanding::Undecided => IconName::Question,
    };
    let word = text.get(props.standing.key());
    html! {
        <span class="law-standing" data-standing={props.standing.name()} title={word.clone()}>
            <Icon {name} /><span class="visually-hidden">{ word }</span>
        </span>
    }
}
