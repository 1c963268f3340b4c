//! The top bar: brand, scenario menu, laws, theme, language, keys.

mod scenario_menu;

use std::rc::Rc;

use yew::prelude::*;

use crate::text::{Key, Language, Phrase};
use crate::view::{LawsView, ScenarioView};

use super::hooks::{use_dispatch, use_text};
use super::widgets::{Icon, IconName};
use super::{PageAct, RailTab, Theme};
use scenario_menu::ScenarioMenu;

#[derive(Properties, PartialEq)]
pub struct TopBarProps {
    pub scenario: Rc<ScenarioView>,
    pub laws: LawsView,
    pub theme: Theme,
}

/// What stands above everything.
#[component]
pub fn TopBar(props: &TopBarProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    html! {
        <header class="top">
            <div class="brand"><Mark /><span>{ text.get(Key::AppName) }</span></div>
            <ScenarioMenu scenario={props.scenario.clone()} />
            <span class="top-space" />
            <Laws laws={props.laws} />
            <button class="button bare top-share" type="button"
                aria-label={text.get(Key::Share)}
                onclick={dispatch.on_page(PageAct::ToggleShare)}>
                <Icon name={IconName::Link} /><span>{ text.get(Key::Share) }</span>
            </button>
            <ThemeSwitch theme={props.theme} />
            <LanguageSwitch />
            <button class="button bare top-legend" type="button" aria-label={text.get(Key::Legend)}
                onclick={dispatch.on_page(PageAct::ToggleLegend)}>
                <Icon name={IconName::Question} />
            </button>
            <button class="button bare top-keys" type="button" aria-label={text.get(Key::Keys)}
                onclick={dispatch.on_page(PageAct::ToggleKeys)}>
                <Icon name={IconName::Keys} /><span>{ text.get(Key::Keys) }</span>
            </button>
        </header>
    }
}

/// A Z of two lanes and one slanted message.
#[component]
pub fn Mark() -> Html {
    html! {
        <svg class="mark" viewBox="0 0 26 26" aria-hidden="true">
            <path class="mark-lane" d="M3 5.5h20M3 20.5h20" />
            <path class="mark-message" d="M5 20.5 21 5.5" />
            <circle class="mark-sent" cx="5" cy="20.5" r="3" />
            <circle class="mark-arrived" cx="21" cy="5.5" r="3.6" />
        </svg>
    }
}

#[derive(Properties, PartialEq)]
struct LawsProps {
    laws: LawsView,
}

/// Whether the watched laws hold.
#[component]
fn Laws(props: &LawsProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let LawsView { watched, broken } = props.laws;
    let (key, count, icon) = match broken {
        0 => (Key::LawsHold, watched, IconName::Check),
        broken => (Key::LawsBroken, broken, IconName::Bang),
    };
    let words = text.say(&Phrase::new(key).with("count", count));
    html! {
        <button class="laws" type="button" data-broken={(broken > 0).to_string()}
            title={words.clone()} onclick={dispatch.on_page(PageAct::ShowTab(RailTab::Safety))}>
            <Icon name={icon} /><span>{ words }</span>
        </button>
    }
}

#[derive(Properties, PartialEq)]
struct ThemeSwitchProps {
    theme: Theme,
}

/// The three themes.
#[component]
fn ThemeSwitch(props: &ThemeSwitchProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let choice = |theme: Theme| {
        let name = match theme {
            Theme::Light => Key::ThemeLight,
            Theme::Dark => Key::ThemeDark,
            Theme::Projector => Key::ThemeProjector,
        };
        html! {
            <button type="button" aria-pressed={(props.theme == theme).to_string()}
                onclick={dispatch.on_page(PageAct::SetTheme(theme))}>{ text.get(name) }</button>
        }
    };
    html! {
        <>
            <div class="segments theme-segments" role="group" aria-label={text.get(Key::Theme)}>
                { for Theme::ALL.map(choice) }
            </div>
            <button class="button bare theme-next" type="button" aria-label={text.get(Key::Theme)}
                onclick={dispatch.on_page(PageAct::NextTheme)}>
                <Icon name={IconName::Theme} />
            </button>
        </>
    }
}

/// The languages, each in its own words.
#[component]
fn LanguageSwitch() -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let choice = |&language: &Language| {
        html! {
            <button type="button" lang={language.tag()}
                aria-pressed={(text.language() == language).to_string()}
                onclick={dispatch.on_page(PageAct::SetLanguage(language))}>
                { language.own_name() }
            </button>
        }
    };
    html! {
        <div class="segments" role="group" aria-label={text.get(Key::LanguageSwitch)}>
            { for Language::ALL.iter().map(choice) }
        </div>
    }
}
