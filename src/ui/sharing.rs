//! App's part in sharing and keeping: links, files, and the run of last time.

use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use web_sys::File;
use yew::Context;
use yew::html::Scope;

use crate::text::{Key, Phrase};
use crate::view::{Notice, ShareView, opened};
use crate::viewer::share::{Arrival, FileKind, Link, Problem, ShareError, Subject};

use super::app::{self, App};
use super::outside::FileRead;
use super::sheets::{LINK_FIELD, Sheet};
use super::{Address, Model, RailTab, outside, preferences};

/// After the last act so many milliseconds pass before the run is kept: a drag is many acts.
const KEEP_AFTER_MILLIS: u32 = 500;

/// What reaches App about sharing.
pub enum Msg {
    /// A file was chosen or dropped.
    File(File),
    /// It was read.
    Read(FileRead),
    /// The address leads elsewhere.
    Visit(String),
    /// The link was copied, or could not be.
    Copied(bool),
    /// The run is to be kept for next time.
    Keep,
}

/// What the page knows about sharing.
#[derive(Default)]
pub struct Sharing {
    /// What the sheet shows while it is open.
    pub view: Option<Rc<ShareView>>,
    /// What stays until it is closed.
    pub notice: Option<Rc<Notice>>,
    /// What is to be said once the page is there.
    pub told: Option<Phrase>,
    /// The tab that the page begins with.
    pub tab: RailTab,
    /// Whether the address still leads to what is shown.
    pub is_linked: bool,
    keeping: Option<Timeout>,
    /// Within another page nothing is kept for next time.
    is_guest: bool,
}

/// The run that the page begins with: that of the link in its address, else that of last time, else
/// the model's own. Within another page, and where the address names a story, last time is no
/// concern.
pub fn begin<M: Model>(model: &mut M, address: &Address) -> Sharing {
    let mut sharing = Sharing { is_guest: address.embed, ..Sharing::default() };
    if let Some(fragment) = outside::link_in_address() {
        match visit(model, &fragment) {
            Ok((arrival, tab)) => {
                (sharing.is_linked, sharing.tab) = (true, tab);
                sharing.notice = Notice::arrived(&arrival, true).map(Rc::new);
                sharing.told = sharing.notice.is_none().then(|| opened(&arrival));
                return sharing;
            }
            Err(error) => sharing.notice = Some(Rc::new(Notice::refused(&error))),
        }
    }
    if address.embed || address.names_run() {
        return sharing;
    }
    // What cannot be read any more is of no use to anybody.
    let kept = preferences::kept_run().and_then(|fragment| visit(model, &fragment).ok());
    if let Some((arrival, tab)) = kept {
        sharing.tab = tab;
        sharing.notice.get_or_insert_with(|| Rc::new(Notice::kept(&arrival)));
    }
    sharing
}

/// Goes where a link leads; the tab that it was left with.
fn visit<M: Model>(model: &mut M, fragment: &str) -> Result<(Arrival, RailTab), ShareError> {
    let link = Link::parse(fragment)?;
    let refused = |wrong| ShareError { subject: Subject::Link, problem: Problem::Content(wrong) };
    let arrival = model.visit(&link).map_err(refused)?;
    // A tab that this page does not have is as good as none.
    let tab = link.shown.tab.as_deref().and_then(RailTab::of_name);
    Ok((arrival, tab.unwrap_or_default()))
}

/// Follows the address, files that are dropped, and the end of the page.
pub fn listeners<M: Model>(link: &Scope<App<M>>) -> [EventListener; 4] {
    let visit = link.callback(|fragment| app::Msg::Sharing(Msg::Visit(fragment)));
    let file = link.callback(|file| app::Msg::Sharing(Msg::File(file)));
    let leave = link.callback(|()| app::Msg::Sharing(Msg::Keep));
    outside::listeners(visit, file, leave)
}

impl<M: Model> App<M> {
    /// Does what a message about sharing asks for. True where the page is another one.
    pub(super) fn shared(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::File(file) => {
                let read = ctx.link().callback(|read| app::Msg::Sharing(Msg::Read(read)));
                outside::read(file, read);
                return false;
            }
            Msg::Keep => {
                self.keep();
                return false;
            }
            Msg::Read(read) => self.open_file(ctx, read),
            Msg::Visit(fragment) => self.visit(ctx, &fragment),
            Msg::Copied(is_copied) => self.copied(ctx, is_copied),
        }
        true
    }

    /// Opens or closes the sheet.
    pub(super) fn toggle_share(&mut self) {
        if self.sheet.take() == Some(Sheet::Share) {
            return;
        }
        let view = ShareView::of(&self.link(), &outside::address());
        self.sharing.view = Some(Rc::new(view));
        self.sheet = Some(Sheet::Share);
    }

    /// A link to what is shown. The first tab needs no word.
    fn link(&self) -> Link {
        let tab = (self.tab != RailTab::default()).then(|| self.tab.name());
        self.model.link(tab)
    }

    /// Copies the link of the sheet.
    pub(super) fn copy_link(&mut self, ctx: &Context<Self>) {
        let view = self.sharing.view.as_ref();
        if let Some(link) = view.and_then(|view| view.link.as_deref().ok()) {
            outside::copy(
                link.to_owned(),
                ctx.link().callback(|copied| app::Msg::Sharing(Msg::Copied(copied))),
            );
        }
    }

    /// The link was copied, or could not be.
    fn copied(&mut self, ctx: &Context<Self>, is_copied: bool) {
        if !is_copied {
            outside::select_field(LINK_FIELD);
        }
        let key = if is_copied { Key::ToastCopied } else { Key::ToastNotCopied };
        self.toast(ctx, key.into(), false);
    }

    /// Saves a file.
    pub(super) fn save(&mut self, ctx: &Context<Self>, kind: FileKind) {
        if outside::save(kind.file_name(), &self.model.file(kind)) {
            let line = Phrase::new(Key::ToastSaved).with("name", kind.file_name());
            self.toast(ctx, line, false);
        }
    }

    /// A file was read.
    fn open_file(&mut self, ctx: &Context<Self>, read: FileRead) {
        let unread = |problem| ShareError { subject: Subject::Scenario, problem };
        let result = read.map_err(unread).and_then(|bytes| self.model.open_file(&bytes));
        if result.is_ok() {
            self.leave_link();
        }
        let tab = self.tab;
        self.opened(ctx, result.map(|arrival| (arrival, tab)), false);
    }

    /// The address leads elsewhere.
    fn visit(&mut self, ctx: &Context<Self>, fragment: &str) {
        let result = visit(&mut self.model, fragment);
        self.sharing.is_linked = result.is_ok();
        self.opened(ctx, result, true);
    }

    /// Says what came of opening something.
    fn opened(
        &mut self,
        ctx: &Context<Self>,
        result: Result<(Arrival, RailTab), ShareError>,
        from_link: bool,
    ) {
        match result {
            Ok((arrival, tab)) => {
                self.sheet = None;
                self.sharing.notice = Notice::arrived(&arrival, from_link).map(Rc::new);
                if self.sharing.notice.is_none() {
                    self.toast(ctx, opened(&arrival), false);
                }
                self.show(true);
                self.tab = tab;
                self.keep_soon(ctx);
            }
            Err(error) => self.sharing.notice = Some(Rc::new(Notice::refused(&error))),
        }
    }

    /// Something was done: the address no longer leads to what is shown, and the run is kept.
    pub(super) fn changed(&mut self, ctx: &Context<Self>, is_first_act: bool) {
        if is_first_act {
            self.leave_link();
        }
        self.keep_soon(ctx);
    }

    fn leave_link(&mut self) {
        if std::mem::take(&mut self.sharing.is_linked) {
            outside::clear_address();
        }
    }

    fn keep_soon(&mut self, ctx: &Context<Self>) {
        let link = ctx.link().clone();
        let keep = move || link.send_message(app::Msg::Sharing(Msg::Keep));
        self.sharing.keeping = Some(Timeout::new(KEEP_AFTER_MILLIS, keep));
    }

    /// Keeps the run for next time, if it is the person's own.
    fn keep(&mut self) {
        self.sharing.keeping = None;
        if self.model.is_own() && !self.sharing.is_guest {
            preferences::keep_run(&self.link().fragment());
        }
    }

    /// Forgets the run that was kept, and begins anew.
    pub(super) fn forget_run(&mut self, ctx: &Context<Self>) {
        preferences::forget_run();
        self.leave_link();
        self.model.begin_anew();
        self.sharing = Sharing { is_guest: self.sharing.is_guest, ..Sharing::default() };
        self.show(true);
        self.toast(ctx, Key::ToastForgotten.into(), false);
    }
}
