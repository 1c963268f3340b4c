//! The page: all regions, each with its view.

use std::rc::Rc;

use yew::prelude::*;

use crate::text::Key;
use crate::view::{Notice, PageView, ShareView};

use super::dock::Dock;
use super::hooks::use_text;
use super::presenting::{Blank, LastKeyShown, OpenWhole, PresentingView};
use super::rail::Rail;
use super::sheets::{KeysSheet, LegendSheet, NoticeCard, ShareSheet, Sheet, Toast, Toasts};
use super::stage::Stage;
use super::top::TopBar;
use super::transport::Transport;
use super::{RailTab, Theme};

#[derive(Properties, PartialEq)]
pub struct PageProps {
    pub view: PageView,
    pub theme: Theme,
    pub sheet: Option<Sheet>,
    /// What the sheet with link and files shows, while it is open.
    pub share: Option<Rc<ShareView>>,
    pub notice: Option<Rc<Notice>>,
    pub focus: bool,
    pub hints: bool,
    /// The stage and the time bar alone, within somebody else's page.
    pub embed: bool,
    pub presenting: PresentingView,
    pub tab: RailTab,
    pub toasts: Vec<Toast>,
}

/// Everything, in the order in which the Tab key goes through it.
#[component]
pub fn Page(props: &PageProps) -> Html {
    let text = use_text();
    let view = &props.view;
    // Embedded, the page is the lecture view at the size of ordinary text.
    let alone = props.focus || props.embed;
    let focus = props.focus && !props.embed;
    html! {
        <div class="page" data-focus={alone.to_string()} data-embed={props.embed.to_string()}>
            <a class="skip" href="#stage">{ text.get(Key::SkipToStage) }</a>
            <Patterns />
            <TopBar scenario={view.scenario.clone()} laws={view.laws} theme={props.theme} />
            <Stage stage={view.stage.clone()} flights={view.flights.clone()}
                selection={view.selection} caption={view.caption.clone()}
                phases={view.phases.clone()} controls={view.controls.clone()}
                theme={props.theme} {focus} hints={props.hints}
                violation={view.laws_panel.violation.clone()} />
            <Transport controls={view.controls.clone()} overview={view.overview.clone()} />
            <Dock spacetime={view.spacetime.clone()} events={view.events.clone()}
                logs={view.logs.clone()} theme={props.theme}
                playing={view.controls.playing} />
            <Rail tab={props.tab} forest={view.forest.clone()} sessions={view.sessions.clone()}
                laws={view.laws_panel.clone()} requests={view.requests.clone()}
                controls={view.controls.clone()} console={view.console.clone()}
                selection={view.selection} inspector={view.inspector.clone()} />
            { match props.sheet {
                Some(Sheet::Legend) => html! { <LegendSheet /> },
                Some(Sheet::Keys) => html! { <KeysSheet /> },
                Some(Sheet::Share) => match &props.share {
                    Some(share) => html! { <ShareSheet share={share.clone()} /> },
                    None => Html::default(),
                },
                None => Html::default(),
            } }
            if let Some(notice) = &props.notice {
                <NoticeCard notice={notice.clone()} />
            }
            <Toasts toasts={props.toasts.clone()} />
            if props.embed {
                <OpenWhole />
            }
            if let Some(last) = &props.presenting.last_key {
                <LastKeyShown last={last.clone()} />
            }
            if props.presenting.blank {
                <Blank />
            }
        </div>
    }
}

/// The hatchings that drawings refer to.
#[component]
fn Patterns() -> Html {
    html! {
        <svg class="patterns" width="0" height="0" aria-hidden="true">
            <defs>
                <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)">
                    <rect class="hatch-line" width="2" height="6" />
                </pattern>
                <pattern id="hatch-fine" width="5" height="5" patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)">
                    <rect class="hatch-fine-line" width="1.4" height="5" />
                </pattern>
            </defs>
        </svg>
    }
}
