//! A notice: it stays until it is closed.

use std::rc::Rc;

use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::view::Notice;

use super::super::PageAct;
use super::super::hooks::{use_dispatch, use_text};
use super::super::widgets::{Icon, IconName};

#[derive(Properties, PartialEq)]
pub struct NoticeProps {
    pub notice: Rc<Notice>,
}

/// What came of opening something, and what can be done about it.
#[component]
pub fn NoticeCard(props: &NoticeProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let notice = &props.notice;
    let line = |line: &Phrase| html! { <p>{ text.say(line) }</p> };
    html! {
        <section class="notice" role={if notice.is_bad { "alert" } else { "status" }}
            data-bad={notice.is_bad.to_string()}>
            <h2>{ text.say(&notice.title) }</h2>
            { for notice.lines.iter().map(line) }
            if notice.forgets {
                <button class="button" type="button"
                    onclick={dispatch.on_page(PageAct::ForgetRun)}>
                    { text.get(Key::ShareForget) }
                </button>
            }
            <button class="button bare notice-close" type="button"
                aria-label={text.get(Key::Close)} onclick={dispatch.on_page(PageAct::CloseNotice)}>
                <Icon name={IconName::Close} />
            </button>
        </section>
    }
}
