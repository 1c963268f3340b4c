//! The overview strip: strata of epochs with marks, and the ink line of now.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::rc::Rc;

use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::types::{Epoch, Instant};
use crate::view::{MarkKind, OverviewMark, OverviewView, Strip, StripKind};

use super::super::Theme;
use super::super::hooks::{Size, use_size, use_text};
use super::super::widgets::epoch_attribute;

#[derive(Properties, PartialEq)]
pub struct OverviewProps {
    pub overview: Rc<OverviewView>,
}

/// The strip's own height and its strata, in units of the root font over 16.
const HEIGHT: f64 = 48.0;
const TOP: f64 = 19.0;
const BAND: f64 = 12.0;
const MARGIN: f64 = 6.0;
/// A stratum narrower than this has no room for its name.
const NAMED_FROM: f64 = 50.0;

/// The whole history. It ends at the last event; the frames do not move it.
#[component]
pub fn Overview(props: &OverviewProps) -> Html {
    let text = use_text();
    let node = use_node_ref();
    let size: Size = use_size(&node, Theme::default());
    let view = &props.overview;
    let width = if size.root > 0.0 { size.width / size.root } else { 0.0 };
    let x = |at: Instant| MARGIN + OverviewView::share(at, view.end) * (width - MARGIN * 2.0);
    let now = x(view.end);
    let label = Phrase::new(Key::OverviewLabel).with("seconds", view.end);
    let strip = |strip: &Strip| {
        let (left, right) = (x(strip.from), x(strip.until.unwrap_or(view.end)));
        let name = |epoch| text.say(&Phrase::new(Key::OverviewEpoch).with("epoch", epoch));
        stratum(strip.kind, left, right - left, name)
    };
    let marks = view.marks_thinned(width.max(1.0) as u32 / 3);
    html! {
        <div class="overview" ref={node}>
            if width > 0.0 {
                <svg viewBox={format!("0 0 {width} {HEIGHT}")} role="img"
                    aria-label={text.say(&label)}>
                    <g>{ for view.strips.iter().map(strip) }</g>
                    <g>{ draw_marks(&marks, x) }</g>
                    <path class="overview-now" d={format!("M{now:.1} 4v41")} />
                    <path class="overview-head" d={format!("M{:.1} 0h12v5l-6 6-6-6z", now - 6.0)} />
                </svg>
            }
        </div>
    }
}

fn stratum(kind: StripKind, left: f64, width: f64, name: impl Fn(Epoch) -> String) -> Html {
    let (class, epoch, top, height) = match kind {
        StripKind::NoLeader => ("overview-look", None, TOP, BAND),
        StripKind::Epoch(epoch) => ("overview-epoch", Some(epoch), TOP, BAND),
        StripKind::Shared { epoch, upper: true } => {
            ("overview-epoch", Some(epoch), TOP, BAND / 2.0 - 0.5)
        }
        StripKind::Shared { epoch, upper: false } => {
            ("overview-epoch", Some(epoch), TOP + BAND / 2.0 + 0.5, BAND / 2.0 - 0.5)
        }
        StripKind::Cut => ("overview-cut", None, TOP - 8.0, 5.0),
    };
    let named = epoch.filter(|_| width > NAMED_FROM && height > BAND / 2.0);
    html! {
        <g data-epoch={epoch.and_then(epoch_attribute)}>
            <rect class={class} x={format!("{left:.1}")} y={top.to_string()}
                width={format!("{:.1}", width.max(2.0))} height={height.to_string()} />
            if let Some(epoch) = named {
                <text class="overview-name" x={format!("{:.1}", left + 6.0)}
                    y={(top + 9.6).to_string()}>{ name(epoch) }</text>
            }
        </g>
    }
}

/// All marks of a kind in one path each, so that a long history is a handful of elements.
fn draw_marks(marks: &[OverviewMark], x: impl Fn(Instant) -> f64) -> Html {
    let (mut faults, mut flags) = (String::new(), String::new());
    let mut commits: BTreeMap<Epoch, String> = BTreeMap::new();
    let (above, below) = (TOP - 8.0, TOP + BAND);
    for mark in marks {
        let x = x(mark.at);
        // Writing to a string cannot fail.
        match mark.kind {
            MarkKind::Crash => {
                write!(faults, "M{:.1} {:.1}l7 7m0-7-7 7", x - 3.5, above - 3.5).ok()
            }
            MarkKind::Restart => {
                write!(faults, "M{x:.1} {:.1}v-7m-3 3 3-3.5 3 3.5", above + 4.0).ok()
            }
            MarkKind::Commit(epoch) => {
                let path = commits.entry(epoch).or_default();
                write!(path, "M{x:.1} {:.1}v5", below + 3.0).ok()
            }
            MarkKind::Violation => {
                write!(flags, "M{x:.1} 0v{:.1}M{x:.1} 0h-34v13h34z", below + 8.0).ok()
            }
        };
    }
    let commit = |(epoch, path): (Epoch, String)| {
        html! {
            <path key={epoch.0} class="overview-commit" data-epoch={epoch_attribute(epoch)}
                d={path} />
        }
    };
    html! {
        <>
            { for commits.into_iter().map(commit) }
            <path class="overview-mark" d={faults} />
            <path class="overview-violation" d={flags} />
        </>
    }
}
