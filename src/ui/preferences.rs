//! What the reader has chosen: kept by the browser, asked of the system where nothing was chosen,
//! and said to the document.

use web_sys::{Document, Storage};

use crate::text::{Key, Language, Text};

use super::{Address, Theme};

/// A link to where the run stood.
const RUN: &str = "zabscope.run";
const LANGUAGE: &str = "zabscope.language";
const THEME: &str = "zabscope.theme";
const LAST_KEY: &str = "zabscope.lastKey";
const VISITED: &str = "zabscope.visited";

/// The theme that the address asks for; else the one chosen last time; else what the system
/// prefers.
pub fn theme_at_start(address: &Address) -> Theme {
    let chosen = recalled(THEME).and_then(|name| Theme::of_name(&name));
    let dark = || {
        let query = web_sys::window()?.match_media("(prefers-color-scheme: dark)").ok()??;
        query.matches().then_some(Theme::Dark)
    };
    address.theme.or(chosen).or_else(dark).unwrap_or_default()
}

/// The language that the address asks for; else the one chosen last time; else the first of the
/// browser's that the page speaks.
pub fn text_at_start(address: &Address) -> Text {
    if address.marked {
        return Text::marked();
    }
    let chosen = || recalled(LANGUAGE).and_then(|tag| Language::of_tag(&tag));
    let language = address.language.or_else(chosen).unwrap_or_else(|| {
        let navigator = web_sys::window().map(|window| window.navigator());
        let tags = navigator.map(|navigator| navigator.languages()).unwrap_or_default();
        let tags: Vec<String> = tags.iter().filter_map(|tag| tag.as_string()).collect();
        Language::preferred(tags.iter().map(String::as_str))
    });
    Text::new(language)
}

/// What the page's address asks for.
pub fn address() -> Address {
    let query = web_sys::window().and_then(|window| window.location().search().ok());
    Address::parse(&query.unwrap_or_default())
}

/// Whether the last key pressed is to be shown.
pub fn shows_last_key() -> bool {
    recalled(LAST_KEY).is_some_and(|kept| kept == "1")
}

/// Whether the reader has done something here before. Where the browser keeps nothing, nobody was.
pub fn visited() -> bool {
    recalled(VISITED).is_some()
}

/// Keeps the theme for next time.
pub fn keep_theme(theme: Theme) {
    keep(THEME, theme.name());
}

/// Keeps the language for next time.
pub fn keep_language(language: Language) {
    keep(LANGUAGE, language.tag());
}

/// Keeps whether the last key pressed is to be shown.
pub fn keep_shows_last_key(shows: bool) {
    keep(LAST_KEY, if shows { "1" } else { "0" });
}

/// Keeps that the reader has done something.
pub fn keep_visited() {
    keep(VISITED, "1");
}

/// The run of last time, as the fragment of a link.
pub fn kept_run() -> Option<String> {
    recalled(RUN)
}

/// Keeps a run for next time, as the fragment of a link.
pub fn keep_run(fragment: &str) {
    keep(RUN, fragment);
}

/// Forgets the run of last time.
pub fn forget_run() {
    if let Some(storage) = storage() {
        storage.remove_item(RUN).ok();
    }
}

/// Gives the document its theme.
pub fn apply_theme(theme: Theme) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        // It fails for a malformed name only.
        root.set_attribute("data-theme", theme.name()).ok();
    }
}

/// Tells the document its language, for screen readers, fonts and hyphens, and titles it.
pub fn apply_language(text: &Text) {
    let Some(document) = document() else { return };
    if let Some(root) = document.document_element() {
        root.set_attribute("lang", text.language().tag()).ok();
    }
    document.set_title(&text.get(Key::PageTitle));
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The browser's storage, where it is allowed.
fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn recalled(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// A browser that keeps nothing, or is full, is no worse than a first visit.
fn keep(key: &str, value: &str) {
    if let Some(storage) = storage() {
        storage.set_item(key, value).ok();
    }
}
