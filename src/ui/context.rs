//! What reaches every component without passing through all others: the language, the dispatchers,
//! and the frames.

use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use web_sys::File;
use yew::prelude::*;

use crate::text::Text;
use crate::types::Instant;

use super::{Intent, PageAct};

/// The language of the page, compared by pointer.
#[derive(Clone)]
pub struct Language(pub Rc<Text>);

impl PartialEq for Language {
    fn eq(&self, other: &Language) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for Language {
    type Target = Text;

    fn deref(&self) -> &Text {
        &self.0
    }
}

/// How components ask for things. It never changes.
#[derive(Clone, PartialEq)]
pub struct Dispatch {
    /// Of the model.
    pub model: Callback<Intent>,
    /// Of the page.
    pub page: Callback<PageAct>,
    /// To open a file.
    pub file: Callback<File>,
}

impl Dispatch {
    /// A handler that asks the model for `intent`, whatever the event.
    pub fn on<E: 'static>(&self, intent: Intent) -> Callback<E> {
        self.model.reform(move |_| intent.clone())
    }

    /// A handler that does `act` to the page.
    pub fn on_page<E: 'static>(&self, act: PageAct) -> Callback<E> {
        self.page.reform(move |_| act)
    }
}

type Painter = Box<dyn Fn(Instant)>;

/// The running instant, for the few that paint between events. A frame calls the painters; no
/// component is rendered for it.
#[derive(Clone, Default)]
pub struct Frames(Rc<FramesInner>);

#[derive(Default)]
struct FramesInner {
    painters: RefCell<Vec<(u32, Painter)>>,
    given: Cell<u32>,
    now: Cell<Instant>,
}

impl PartialEq for Frames {
    fn eq(&self, other: &Frames) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Frames {
    /// Paints the instant.
    pub fn paint(&self, now: Instant) {
        self.0.now.set(now);
        self.0.painters.borrow().iter().for_each(|(_, painter)| painter(now));
    }

    /// The instant painted last.
    pub fn now(&self) -> Instant {
        self.0.now.get()
    }

    /// Paints now and at every frame, until the handle is dropped.
    pub fn follow(&self, painter: impl Fn(Instant) + 'static) -> Following {
        painter(self.0.now.get());
        let name = self.0.given.get();
        self.0.given.set(name.wrapping_add(1));
        self.0.painters.borrow_mut().push((name, Box::new(painter)));
        Following { frames: self.clone(), name }
    }
}

/// Keeps a painter following.
pub struct Following {
    frames: Frames,
    name: u32,
}

impl Drop for Following {
    fn drop(&mut self) {
        self.frames.0.painters.borrow_mut().retain(|(name, _)| *name != self.name);
    }
}
