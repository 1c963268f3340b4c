//! How the person looks at the diagram: what part of it, and what is left out.

use std::rc::Rc;

use yew::prelude::*;

use crate::types::{Instant, Span};
use crate::view::spacetime::{Filter, Group, SpacetimeView, Window};

/// What is looked at.
#[derive(Clone, PartialEq)]
pub struct Look {
    pub span: Span,
    /// The left edge; `None` while the ink line is followed.
    pub from: Option<Instant>,
    pub folds: bool,
    pub filter: Filter,
}

/// What changes it.
pub enum Turn {
    Follow,
    Show(Window),
    Fold(bool),
    Filter(Filter),
}

const SPAN_MIN: Span = Span::micros(200);
const SPAN_MAX: Span = Span::millis(3_600_000);
/// Two milliseconds a hop: a transaction fills a third of the picture.
const SPAN_FIRST: Span = Span::millis(60);

impl Default for Look {
    fn default() -> Look {
        // Signs of life hide what matters until somebody asks for them.
        let filter = Filter::default().with(Group::Pings, false);
        Look { span: SPAN_FIRST, from: None, folds: true, filter }
    }
}

impl Reducible for Look {
    type Action = Turn;

    fn reduce(self: Rc<Look>, turn: Turn) -> Rc<Look> {
        let old = Look::clone(&self);
        Rc::new(match turn {
            Turn::Follow => Look { from: None, ..old },
            Turn::Show(window) => Look { from: Some(window.from), span: window.span, ..old },
            Turn::Fold(folds) => Look { folds, ..old },
            Turn::Filter(filter) => Look { filter, ..old },
        })
    }
}

impl Look {
    /// The window that this makes of a view. One that was chosen holds until the ink line leaves
    /// it while time runs.
    pub fn window(&self, view: &SpacetimeView, cursor: Instant, width: u32, runs: bool) -> Window {
        let following = || view.following(cursor, self.span, width, self.folds);
        let Some(from) = self.from else { return following() };
        let chosen = Window { from, span: self.span };
        let axis = view.axis(chosen, cursor, width, self.folds);
        if runs && cursor > axis.until() { following() } else { chosen }
    }

    /// The span, as exactly as it is worth reading.
    pub fn span_rounded(&self) -> Span {
        match self.span.0 {
            0..10_000 => Span(self.span.0 / 10 * 10),
            10_000..100_000 => Span(self.span.0 / 100 * 100),
            micros => Span(micros / 1_000 * 1_000),
        }
    }

    /// The window in which an instant stands at a place, at so many times the span.
    pub fn zoomed(
        &self,
        view: &SpacetimeView,
        (at, x): (Instant, i64),
        (times, of): (u64, u64),
        width: u32,
    ) -> Window {
        let span = Span(self.span.0 * times / of).clamp(SPAN_MIN, SPAN_MAX);
        view.placing(at, x, span, width, self.folds)
    }
}
