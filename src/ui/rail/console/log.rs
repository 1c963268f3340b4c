//! What stands on the console.

use std::rc::Rc;
use std::sync::Arc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::view::{ConsoleLine, ConsoleView};

use super::super::super::hooks::use_text;

#[derive(Properties, PartialEq)]
pub struct ConsoleLogProps {
    pub console: Rc<ConsoleView>,
}

/// Closer than this to its end, in CSS pixels, a log shows what comes next.
const AT_END: i32 = 24;

/// All entries, oldest first. The newest stays in sight unless someone reads further up.
#[component]
pub fn ConsoleLog(props: &ConsoleLogProps) -> Html {
    let text = use_text();
    let console = &props.console;
    let log = use_node_ref();
    let follows = use_mut_ref(|| true);
    {
        let (log, follows) = (log.clone(), follows.clone());
        let last = console.lines.last().map(|line| line.number);
        use_effect_with((console.client, last), move |_| {
            if let (true, Some(log)) = (*follows.borrow(), log.cast::<HtmlElement>()) {
                log.set_scroll_top(log.scroll_height());
            }
        });
    }
    let onscroll = Callback::from(move |event: Event| {
        let log = event.target_unchecked_into::<HtmlElement>();
        let left = log.scroll_height() - log.scroll_top() - log.client_height();
        *follows.borrow_mut() = left < AT_END;
    });
    let Some(client) = console.client else { return Html::default() };
    let label = text.say(&Phrase::new(Key::ConsoleOf).with("client", client));
    let is_empty = console.lines.is_empty() && console.typed_ahead.is_empty();
    html! {
        <div class="console-log" role="log" aria-label={label} ref={log} {onscroll}
            tabindex={(!is_empty).then_some("0")} data-empty={is_empty.to_string()}>
            { for console.lines.iter().map(entry) }
            if !console.typed_ahead.is_empty() {
                <div class="console-ahead">
                    <p>{ text.get(Key::ConsoleTypedAhead) }</p>
                    { for console.typed_ahead.iter().map(ahead) }
                </div>
            }
        </div>
    }
}

fn entry(line: &ConsoleLine) -> Html {
    let complains = line.complains.to_string();
    html! {
        <pre key={line.number} class="console-entry" data-complains={complains}
            data-entered={line.prompt.is_some().to_string()}>
            if let Some(prompt) = &line.prompt {
                <span>{ &**prompt }</span>
            }
            { &*line.text }
        </pre>
    }
}

fn ahead(line: &Arc<str>) -> Html {
    html! { <pre class="console-entry">{ &**line }</pre> }
}
