//! The inspector: what is known of the selected server or message.

use std::rc::Rc;

use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::view::why::Link;
use crate::view::{
    Cell, Headline, Icon as Picture, InspectorView, ItemAct, Label, Row, Section, Table, Value,
};

use super::super::Intent;
use super::super::context::{Dispatch, Language};
use super::super::hooks::{use_dispatch, use_text};
use super::super::widgets::{EpochText, GlyphIcon, Icon, IconName, RoleIcon, ZxidText};

#[derive(Properties, PartialEq)]
pub struct InspectorProps {
    pub inspector: Option<Rc<InspectorView>>,
}

/// The panel of what is selected.
#[component]
pub fn Inspector(props: &InspectorProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let Some(view) = &props.inspector else {
        return html! {
            <div class="empty">
                <h2>{ text.get(Key::InspectNone) }</h2>
                <p>{ text.get(Key::InspectNoneAbout) }</p>
            </div>
        };
    };
    html! {
        <div class="inspector">
            { headline(&text, &view.headline) }
            <Acts acts={view.acts.clone()} />
            { for view.sections.iter().map(|part| section(&text, &dispatch, part)) }
        </div>
    }
}

fn headline(text: &Language, headline: &Headline) -> Html {
    let picture = match headline.icon {
        Picture::Server(shape) => html! { <RoleIcon {shape} epoch={headline.epoch} /> },
        Picture::Event => html! { <i class="event-dot" aria-hidden="true" /> },
        Picture::Message(glyph, label) => {
            html! { <GlyphIcon {glyph} {label} epoch={headline.epoch} /> }
        }
    };
    html! {
        <div class="inspector-head">
            { picture }
            <div>
                <h2>
                    { &*headline.name }
                    if let Some(role) = &headline.role {
                        { " " }<span>{ text.say(role) }</span>
                    }
                </h2>
                <p>{ text.say(&headline.line) }</p>
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ActsProps {
    acts: Vec<ItemAct>,
}

/// What can be done to it.
#[component]
fn Acts(props: &ActsProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    if props.acts.is_empty() {
        return Html::default();
    }
    let act = |act: &ItemAct| {
        let (key, intent) = match *act {
            ItemAct::Power { server, on: true } => (Key::ActCrash, Intent::CrashOrRestart(server)),
            ItemAct::Power { server, on: false } => {
                (Key::ActRestart, Intent::CrashOrRestart(server))
            }
            ItemAct::Pause { server, paused: false } => {
                (Key::ActPause, Intent::PauseOrResume(server))
            }
            ItemAct::Pause { server, paused: true } => {
                (Key::ActResume, Intent::PauseOrResume(server))
            }
            ItemAct::Isolate { server } => (Key::ActIsolate, Intent::Isolate(server)),
        };
        let power = matches!(act, ItemAct::Power { .. });
        html! {
            <button class={classes!("button", power.then_some("ink"))} type="button"
                onclick={dispatch.on(intent)}>
                if power {
                    <Icon name={IconName::Power} />
                }
                { text.get(key) }
            </button>
        }
    };
    html! { <div class="inspector-acts">{ for props.acts.iter().map(act) }</div> }
}

fn section(text: &Language, dispatch: &Dispatch, section: &Section) -> Html {
    match section {
        Section::Pairs(rows) => html! {
            <dl class="pairs">{ for rows.iter().map(|row| pair(text, row)) }</dl>
        },
        Section::Table(table) => table_of(text, table),
        Section::Lead(phrase) => html! { <p class="lead">{ text.say(phrase) }</p> },
        Section::Chain { title, links } => chain(text, dispatch, title, links),
        Section::Remark(phrase) => html! { <p class="remark">{ text.say(phrase) }</p> },
    }
}

/// What led to it, each a button that goes there.
fn chain(text: &Language, dispatch: &Dispatch, title: &Phrase, links: &[Link]) -> Html {
    let link = |link: &Link| {
        html! {
            <li key={link.event.number()}>
                <button type="button" onclick={dispatch.on(Intent::SelectEvent(link.event))}>
                    <span class="mono">{ link.at.to_string() }</span>
                    { " " }{ text.say(&link.what) }
                </button>
            </li>
        }
    };
    html! {
        <section class="chain">
            <h3>{ text.say(title) }</h3>
            <ol>{ for links.iter().map(link) }</ol>
        </section>
    }
}

fn pair(text: &Language, row: &Row) -> Html {
    html! {
        <>
            <dt>{ label(text, &row.label) }</dt>
            <dd>{ value(text, &row.value) }</dd>
        </>
    }
}

fn table_of(text: &Language, table: &Table) -> Html {
    let head = |name: &Label| html! { <th scope="col">{ label(text, name) }</th> };
    let cell = |cell: &Cell| {
        let strong = cell.strong.then_some("strong");
        html! { <td class={classes!(strong)}>{ value(text, &cell.value) }</td> }
    };
    let row = |cells: &Vec<Cell>| html! { <tr>{ for cells.iter().map(cell) }</tr> };
    html! {
        <table class="facts">
            <caption>{ text.say(&table.title) }</caption>
            <thead><tr>{ for table.head.iter().map(head) }</tr></thead>
            <tbody>{ for table.rows.iter().map(row) }</tbody>
        </table>
    }
}

pub(super) fn label(text: &Language, label: &Label) -> Html {
    match label {
        Label::Name(name) => html! { <span class="mono">{ *name }</span> },
        Label::Key(key) => html! { { text.get(*key) } },
    }
}

pub(super) fn value(text: &Language, value: &Value) -> Html {
    match value {
        Value::Absent => html! { "–" },
        Value::Name(name) => html! { { &**name } },
        Value::Epoch(epoch) => html! { <EpochText epoch={*epoch} /> },
        Value::Zxid(zxid) => html! { <ZxidText zxid={*zxid} /> },
        Value::Phrase(phrase) => html! { <span class="words">{ text.say(phrase) }</span> },
    }
}
