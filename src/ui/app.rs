//! App: the one struct component. It owns the model, the clock of the viewer, and the page's own
//! state (theme, open sheet, toasts).

use std::rc::Rc;

use gloo_events::EventListener;
use gloo_render::{AnimationFrame, request_animation_frame};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use crate::text::{Language as Tongue, Phrase, Text};
use crate::types::Span;
use crate::view::{PageView, Selection};
use crate::viewer::Action;

use super::context::{Dispatch, Frames, Language};
use super::hooks::prefers_still;
use super::key_events::key_listeners;
use super::keyboard::{Called, call};
use super::page::Page;
use super::preferences;
use super::presenting::Presenting;
use super::sharing::{self, Sharing};
use super::sheets::{Sheet, Toast};
use super::{Address, Intent, Model, PageAct, RailTab, Theme, panic};

/// Hands App its model when it is created.
#[derive(Properties)]
pub struct AppProps<M: Model> {
    /// Makes the model; called once.
    pub model: fn() -> M,
}

/// App has no props that could change.
impl<M: Model> PartialEq for AppProps<M> {
    fn eq(&self, _: &AppProps<M>) -> bool {
        true
    }
}

/// What reaches App.
pub enum Msg {
    /// A frame, at the browser's time in milliseconds.
    Frame(f64),
    /// Something is wanted of the model.
    Intent(Intent),
    /// Something is wanted of the page.
    Page(PageAct),
    /// A key was pressed outside of any field.
    Key(KeyboardEvent),
    /// A toast has been there long enough.
    Forget(u32),
    /// Something to do with links, files and the run of last time.
    Sharing(sharing::Msg),
}

/// The page and everything behind it.
pub struct App<M: Model> {
    pub(super) model: M,
    view: PageView,
    address: Address,
    language: Language,
    dispatch: Dispatch,
    frames: Frames,
    theme: Theme,
    pub(super) sheet: Option<Sheet>,
    pub(super) sharing: Sharing,
    focus: bool,
    hints: bool,
    presenting: Presenting,
    pub(super) tab: RailTab,
    toasts: Vec<(Toast, Timeout)>,
    toasts_given: u32,
    frame: Option<AnimationFrame>,
    frame_before: Option<f64>,
    /// When the event list and the overview were shown last, and whether they have fallen behind.
    lists_shown: f64,
    lists_behind: bool,
    _listeners: ([EventListener; 2], [EventListener; 4]),
}

/// A frame that comes later than this (a hidden tab gets none) counts as so many milliseconds.
const FRAME_MAX: f64 = 100.0;
/// While time runs the event list and the overview follow so many milliseconds apart: nobody reads
/// faster, and lists of text are what costs a browser most. The stage never waits.
const LISTS_EVERY: f64 = 120.0;
const TOAST_MILLIS: u32 = 5_000;

impl<M: Model> Component for App<M> {
    type Message = Msg;
    type Properties = AppProps<M>;

    fn create(ctx: &Context<Self>) -> Self {
        let mut model = (ctx.props().model)();
        let address = preferences::address();
        let sharing = sharing::begin(&mut model, &address);
        for intent in address.intents(model.playing(), sharing.is_linked) {
            model.act(&intent);
        }
        let tab = sharing.tab;
        // Who asked for less motion starts it by hand.
        if prefers_still() && model.playing() {
            model.act(&Intent::PlayPause);
        }
        panic::remember(model.scenario_text());
        let link = ctx.link();
        let dispatch = Dispatch {
            model: link.callback(Msg::Intent),
            page: link.callback(Msg::Page),
            file: link.callback(|file| Msg::Sharing(sharing::Msg::File(file))),
        };
        let listeners = (key_listeners(link.callback(Msg::Key)), sharing::listeners::<M>(link));
        let view = model.page();
        let language = Language(Rc::new(preferences::text_at_start(&address)));
        preferences::apply_language(&language);
        let mut app = App {
            view,
            model,
            language,
            dispatch,
            frames: Frames::default(),
            theme: preferences::theme_at_start(&address),
            sheet: None,
            sharing,
            focus: false,
            presenting: Presenting::begin(),
            tab,
            hints: !address.embed && !preferences::visited(),
            address,
            toasts: Vec::new(),
            toasts_given: 0,
            frame: None,
            frame_before: None,
            lists_shown: 0.0,
            lists_behind: false,
            _listeners: listeners,
        };
        if let Some(line) = app.sharing.told.take() {
            app.toast(ctx, line, false);
        }
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Frame(time) => self.advance(ctx, time),
            Msg::Intent(intent) => self.act(ctx, &intent),
            Msg::Page(act) => self.page_act(ctx, act),
            Msg::Sharing(msg) => self.shared(ctx, msg),
            Msg::Key(event) => self.key(ctx, &event),
            Msg::Forget(number) => {
                self.toasts.retain(|(toast, _)| toast.number != number);
                true
            }
        }
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        let toasts: Vec<_> = self.toasts.iter().map(|(toast, _)| toast.clone()).collect();
        html! {
            <ContextProvider<Language> context={self.language.clone()}>
            <ContextProvider<Dispatch> context={self.dispatch.clone()}>
            <ContextProvider<Frames> context={self.frames.clone()}>
                <Page view={self.view.clone()} theme={self.theme} sheet={self.sheet}
                    share={self.sharing.view.clone()} notice={self.sharing.notice.clone()}
                    focus={self.focus} hints={self.hints} tab={self.tab}
                    embed={self.address.embed} presenting={self.presenting.view()} {toasts} />
            </ContextProvider<Frames>>
            </ContextProvider<Dispatch>>
            </ContextProvider<Language>>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            hide_boot();
        }
        self.frames.paint(self.model.now());
        self.arm(ctx);
    }
}

impl<M: Model> App<M> {
    /// One frame: time goes on. Only a new event renders; between events the painters paint.
    fn advance(&mut self, ctx: &Context<Self>, time: f64) -> bool {
        self.frame = None;
        let before = self.frame_before.replace(time).unwrap_or(time);
        let elapsed = (time - before).clamp(0.0, FRAME_MAX);
        let changed = self.model.advance(Span((elapsed * 1_000.0) as u64));
        let lists_due = time - self.lists_shown >= LISTS_EVERY;
        if changed || (self.lists_behind && lists_due) {
            self.show(lists_due);
            self.lists_shown = if lists_due { time } else { self.lists_shown };
            return true;
        }
        if !prefers_still() {
            self.frames.paint(self.model.now());
        }
        self.arm(ctx);
        false
    }

    /// Takes the model's page; while time runs the event list, the overview and what the rail lists
    /// only `with_lists`. A law that is broken opens its tab.
    pub(super) fn show(&mut self, with_lists: bool) {
        let page = self.model.page();
        let old = std::mem::replace(&mut self.view, page);
        self.lists_behind = !with_lists && self.model.playing();
        if self.lists_behind {
            self.view.events = old.events;
            self.view.overview = old.overview;
            self.view.forest = old.forest;
            self.view.sessions = old.sessions;
            self.view.laws_panel = old.laws_panel;
        } else if self.view.laws_panel.violation.is_some() && old.laws_panel.violation.is_none() {
            self.tab = RailTab::Safety;
        }
    }

    /// Asks for the next frame while time runs. Behind the cover of a blank page it stands still.
    fn arm(&mut self, ctx: &Context<Self>) {
        if self.presenting.blank || !self.model.playing() {
            self.frame = None;
            self.frame_before = None;
            return;
        }
        if self.frame.is_none() {
            let link = ctx.link().clone();
            self.frame =
                Some(request_animation_frame(move |time| link.send_message(Msg::Frame(time))));
        }
    }

    fn act(&mut self, ctx: &Context<Self>, intent: &Intent) -> bool {
        let line = self.model.act(intent);
        let selected = self.view.selection;
        self.show(true);
        if self.view.selection.is_some() && self.view.selection != selected {
            self.tab = RailTab::Inspect;
        }
        // A drag along the history is many seeks, and no seek changes what is to be remembered.
        if !matches!(intent, Intent::Do(Action::SeekInstant(_))) {
            panic::remember(self.model.scenario_text());
        }
        self.changed(ctx, is_first_act(intent));
        if is_first_act(intent) && self.hints {
            self.hints = false;
            preferences::keep_visited();
        }
        if let Some(line) = line {
            self.toast(ctx, line, self.model.can_undo(intent));
        }
        true
    }

    pub(super) fn toast(&mut self, ctx: &Context<Self>, line: Phrase, undo: bool) {
        let number = self.toasts_given;
        self.toasts_given = number.wrapping_add(1);
        let link = ctx.link().clone();
        let timeout = Timeout::new(TOAST_MILLIS, move || link.send_message(Msg::Forget(number)));
        self.toasts.push((Toast { number, line, undo }, timeout));
    }

    fn page_act(&mut self, ctx: &Context<Self>, act: PageAct) -> bool {
        let toggled = |sheet, open| if open == Some(sheet) { None } else { Some(sheet) };
        match act {
            PageAct::NextTheme => self.set_theme(self.theme.next()),
            PageAct::SetTheme(theme) => self.set_theme(theme),
            PageAct::NextLanguage => self.set_language(self.language.language().next()),
            PageAct::SetLanguage(language) => self.set_language(language),
            PageAct::ToggleLegend => self.sheet = toggled(Sheet::Legend, self.sheet),
            PageAct::ToggleKeys => self.sheet = toggled(Sheet::Keys, self.sheet),
            PageAct::ToggleBlank => self.presenting.blank = !self.presenting.blank,
            PageAct::ToggleLastKey => self.presenting.toggle_last_key(),
            PageAct::ToggleFocus => self.focus = !self.focus,
            PageAct::CloseSheet => self.sheet = None,
            PageAct::FocusConsole => {
                let tab = std::mem::replace(&mut self.tab, RailTab::Requests);
                if std::mem::replace(&mut self.focus, false) || tab != RailTab::Requests {
                    // Only once it is shown again can it have the focus.
                    Timeout::new(0, super::rail::focus_console).forget();
                } else {
                    super::rail::focus_console();
                }
            }
            PageAct::ShowTab(tab) => self.tab = tab,
            PageAct::ToggleShare => self.toggle_share(),
            PageAct::CopyLink => self.copy_link(ctx),
            PageAct::Save(kind) => self.save(ctx, kind),
            PageAct::ForgetRun => self.forget_run(ctx),
            PageAct::CloseNotice => self.sharing.notice = None,
        }
        true
    }

    fn set_theme(&mut self, theme: Theme) {
        self.theme = theme;
        preferences::apply_theme(theme);
        preferences::keep_theme(theme);
    }

    fn set_language(&mut self, language: Tongue) {
        self.language = Language(Rc::new(Text::new(language)));
        preferences::apply_language(&self.language);
        preferences::keep_language(language);
    }

    fn key(&mut self, ctx: &Context<Self>, event: &KeyboardEvent) -> bool {
        if std::mem::take(&mut self.presenting.blank) {
            event.prevent_default();
            return true;
        }
        let selected = match self.view.selection {
            Some(Selection::Server(server)) => Some(server),
            _ => None,
        };
        let Some(called) = call(&event.key(), event.shift_key(), event.alt_key(), selected) else {
            return false;
        };
        event.prevent_default();
        self.presenting.show(event);
        match called {
            Called::Intent(intent) => self.act(ctx, &intent),
            Called::Page(PageAct::CloseSheet) if self.sheet.is_none() => {
                self.act(ctx, &Intent::Deselect)
            }
            Called::Page(act) => self.page_act(ctx, act),
        }
    }
}

/// Mounts the page with this model in the element `app`.
pub fn start<M: Model>(model: fn() -> M) {
    panic::install();
    preferences::apply_theme(preferences::theme_at_start(&preferences::address()));
    let root = document()
        .and_then(|document| document.get_element_by_id("app"))
        .expect("index.html has an element with the id app");
    yew::Renderer::<App<M>>::with_root_and_props(root, AppProps { model }).render();
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn hide_boot() {
    let boot = document().and_then(|document| document.get_element_by_id("boot"));
    if let Some(boot) = boot.and_then(|boot| boot.dyn_into::<HtmlElement>().ok()) {
        boot.set_hidden(true);
    }
}

/// Whether it is what the notes in pencil invite to.
fn is_first_act(intent: &Intent) -> bool {
    !matches!(
        intent,
        Intent::PlayPause
            | Intent::Do(_)
            | Intent::Slower
            | Intent::Faster
            | Intent::SetSpeed(_)
            | Intent::SelectEvent(_)
            | Intent::SelectServer(_)
            | Intent::SelectMessage(_)
            | Intent::Deselect
            | Intent::ChooseClient(_)
    )
}
