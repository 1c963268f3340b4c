//! Link and files.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::text::Key;
use crate::view::ShareView;
use crate::viewer::share::FileKind;

use super::super::PageAct;
use super::super::hooks::{use_dispatch, use_text};
use super::super::widgets::{Icon, IconName};
use super::SheetFrame;

/// The field with the link.
pub const LINK_FIELD: &str = "share-link";

const FILES: [(FileKind, Key, Key); 3] = [
    (FileKind::Scenario, Key::ShareScenario, Key::ShareScenarioAbout),
    (FileKind::Trace, Key::ShareTrace, Key::ShareTraceAbout),
    (FileKind::ShiViz, Key::ShareShiviz, Key::ShareShivizAbout),
];

#[derive(Properties, PartialEq)]
pub struct ShareSheetProps {
    pub share: Rc<ShareView>,
}

/// The link to what is shown, and the files that can be saved and opened.
#[component]
pub fn ShareSheet(props: &ShareSheetProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let share = &props.share;
    let file = |(kind, name, about): (FileKind, Key, Key)| {
        html! {
            <li>
                <button class="button" type="button"
                    onclick={dispatch.on_page(PageAct::Save(kind))}>
                    { text.get(name) }
                </button>
                <span>{ text.get(about) }</span>
            </li>
        }
    };
    html! {
        <SheetFrame title={text.get(Key::Share)} about={text.get(Key::ShareAbout)}>
            <div class="share">
                <h3>{ text.get(Key::ShareLink) }</h3>
                { match &share.link {
                    Ok(link) => html! { <LinkField link={link.clone()} /> },
                    Err(length) => html! { <p>{ text.say(&ShareView::too_long(*length)) }</p> },
                } }
                <p class="share-place">{ text.say(&share.place()) }</p>
                <h3>{ text.get(Key::ShareFiles) }</h3>
                <ul>{ for FILES.map(file) }<li><OpenFile /></li></ul>
            </div>
        </SheetFrame>
    }
}

#[derive(Properties, PartialEq)]
struct LinkFieldProps {
    link: Rc<str>,
}

/// The link, to be copied by a button or by hand.
#[component]
fn LinkField(props: &LinkFieldProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let select = Callback::from(|event: FocusEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            field.select();
        }
    });
    html! {
        <div class="share-row">
            <input id={LINK_FIELD} type="text" readonly=true aria-label={text.get(Key::ShareLink)}
                value={props.link.to_string()} onfocus={select} />
            <button class="button ink" type="button" onclick={dispatch.on_page(PageAct::CopyLink)}>
                <Icon name={IconName::Link} /><span>{ text.get(Key::ShareCopy) }</span>
            </button>
        </div>
    }
}

/// A button that opens the browser's dialog for files.
#[component]
fn OpenFile() -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let onchange = {
        let file = dispatch.file.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            if let Some(chosen) = input.files().and_then(|files| files.get(0)) {
                file.emit(chosen);
            }
            // The same file can be chosen again.
            input.set_value("");
        })
    };
    html! {
        <>
            <label class="button share-open">
                <span>{ text.get(Key::ShareOpen) }</span>
                <input type="file" accept=".json,.jsonl,.txt" {onchange} />
            </label>
            <span>{ text.get(Key::ShareOpenAbout) }</span>
        </>
    }
}
