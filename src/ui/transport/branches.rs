//! The branches: which there are, where they part, and the moves between them.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::run::BranchId;
use crate::text::{Key, Phrase};
use crate::view::{BranchStrip, OverviewView};
use crate::viewer::Action;

use super::super::Intent;
use super::super::context::Language;
use super::super::hooks::{Menu, use_dispatch, use_menu, use_text};
use super::super::widgets::{Icon, IconName};

#[derive(Properties, PartialEq)]
pub struct BranchesProps {
    pub overview: Rc<OverviewView>,
}

/// What a branch is called: its name, or its number.
pub fn branch_name(text: &Language, strip: &BranchStrip) -> String {
    match &strip.name {
        Some(name) => name.to_string(),
        None if strip.branch == BranchId::FIRST => text.get(Key::BranchFirst).to_string(),
        None => {
            let number = strip.branch.0 + 1;
            text.say(&Phrase::new(Key::BranchNumbered).with("number", number))
        }
    }
}

/// The name of the branch that is shown; it opens the list of all.
#[component]
pub fn Branches(props: &BranchesProps) -> Html {
    let text = use_text();
    let Menu { open, button, toggle, onkeydown, .. } = use_menu();
    let shown = props.overview.branches.iter().find(|strip| strip.shown);
    let name = shown.map(|strip| branch_name(&text, strip)).unwrap_or_default();
    html! {
        <div class="branches" {onkeydown}>
            <button class="button bare" type="button" ref={button} aria-haspopup="dialog"
                aria-expanded={open.to_string()} onclick={toggle}>
                <Icon name={IconName::Branch} /><span>{ name }</span>
            </button>
            if open {
                <div class="branches-list" role="dialog" aria-label={text.get(Key::BranchesLabel)}>
                    <ul>
                        { for props.overview.branches.iter().map(|strip| html! {
                            <li key={strip.branch.0}><Entry strip={strip.clone()} /></li>
                        }) }
                    </ul>
                </div>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct EntryProps {
    strip: BranchStrip,
}

/// One branch: show it, name it, delete it.
#[component]
fn Entry(props: &EntryProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let strip = &props.strip;
    let branch = strip.branch;
    let name = branch_name(&text, strip);
    let said = |key: Key| text.say(&Phrase::new(key).with("branch", name.clone()));
    let about = match strip.parts {
        Some(at) => Phrase::new(Key::BranchParts).with("at", at),
        None => Phrase::new(Key::BranchEnds).with("at", strip.until),
    };
    let onchange = {
        let model = dispatch.model.clone();
        Callback::from(move |event: Event| {
            let name = event.target_unchecked_into::<HtmlInputElement>().value();
            model.emit(Intent::Do(Action::RenameBranch(branch, name.trim().to_owned())));
        })
    };
    html! {
        <div class="branch" data-shown={strip.shown.to_string()}>
            <button class="branch-show" type="button" aria-pressed={strip.shown.to_string()}
                aria-label={said(Key::BranchShow)} title={said(Key::BranchShow)}
                onclick={dispatch.on(Intent::Do(Action::SwitchBranch(branch)))}>
                <i aria-hidden="true" />
            </button>
            <div>
                <input type="text" maxlength="40" autocomplete="off" value={name.clone()}
                    aria-label={said(Key::BranchRename)} {onchange} />
                <small>{ text.say(&about) }</small>
            </div>
            if !strip.shown {
                <button class="branch-delete" type="button" aria-label={said(Key::BranchDelete)}
                    title={said(Key::BranchDelete)}
                    onclick={dispatch.on(Intent::Do(Action::DeleteBranch(branch)))}>
                    <Icon name={IconName::Trash} />
                </button>
            }
        </div>
    }
}
