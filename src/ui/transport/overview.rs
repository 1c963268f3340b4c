//! The overview strip: strata of epochs with marks, branches below, and the ink line of now, which
//! can be dragged.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::types::{Epoch, Instant};
use crate::view::{BranchStrip, MarkKind, OverviewMark, OverviewView, Strip, StripKind};
use crate::viewer::Action;

use super::super::hooks::{Size, root_scale, use_dispatch, use_frames, use_size, use_text};
use super::super::widgets::epoch_attribute;
use super::super::{Intent, Theme};

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

/// The first row of branches below the strip, and the distance of the rows.
const BRANCHES: f64 = TOP + BAND + 10.0;
const BRANCH_ROW: f64 = 6.0;

/// The whole history, as a slider. Its line follows the running instant; the frames move it.
#[component]
pub fn Overview(props: &OverviewProps) -> Html {
    let text = use_text();
    let node = use_node_ref();
    let size: Size = use_size(&node, Theme::default());
    let view = &props.overview;
    let width = if size.root > 0.0 { size.width / size.root } else { 0.0 };
    let longest = view.longest;
    let x = move |at: Instant| MARGIN + OverviewView::share(at, longest) * (width - MARGIN * 2.0);
    let strip = |strip: &Strip| {
        let (left, right) = (x(strip.from), x(strip.until.unwrap_or(view.end)));
        let name = |epoch| text.say(&Phrase::new(Key::OverviewEpoch).with("epoch", epoch));
        stratum(strip.kind, left, right - left, name)
    };
    let marks = view.marks_thinned(width.max(1.0) as u32 / 3);
    html! {
        <div class="overview" ref={node.clone()}>
            if width > 0.0 {
                <Scrubber {node} end={view.end} longest={view.longest} {width}>
                    <g>{ for view.strips.iter().map(strip) }</g>
                    <g>{ draw_marks(&marks, x) }</g>
                    <g>{ draw_branches(view, x) }</g>
                </Scrubber>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ScrubberProps {
    node: NodeRef,
    end: Instant,
    longest: Instant,
    width: f64,
    children: Children,
}

/// What is dragged: anywhere on the strip goes there, past the end goes live.
#[component]
fn Scrubber(props: &ScrubberProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let dragged = use_state_eq(|| false);
    let cursor = use_cursor(props.longest, props.width);
    let go = {
        let (node, model) = (props.node.clone(), dispatch.model.clone());
        let (end, longest) = (props.end, props.longest);
        move |event: &PointerEvent| {
            let Some(strip) = node.cast::<Element>() else { return };
            let bounds = strip.get_bounding_client_rect();
            let margin = MARGIN * root_scale();
            let along = f64::from(event.client_x()) - bounds.left() - margin;
            let at = OverviewView::instant(along / (bounds.width() - margin * 2.0), longest);
            let action = if at >= end { Action::SeekEnd } else { Action::SeekInstant(at) };
            model.emit(Intent::Do(action));
        }
    };
    let onpointerdown = {
        let (go, dragged) = (go.clone(), dragged.clone());
        Callback::from(move |event: PointerEvent| {
            if event.button() != 0 {
                return;
            }
            // Without capture a drag ends at the edge of the strip.
            let target = event.target_unchecked_into::<Element>();
            target.set_pointer_capture(event.pointer_id()).ok();
            dragged.set(true);
            go(&event);
        })
    };
    let onpointermove = {
        let dragged = dragged.clone();
        Callback::from(move |event: PointerEvent| {
            if *dragged {
                go(&event);
            }
        })
    };
    let drop = Callback::from(move |_: PointerEvent| dragged.set(false));
    html! {
        <svg ref={cursor} viewBox={format!("0 0 {} {HEIGHT}", props.width)} role="slider"
            tabindex="0" aria-label={text.get(Key::OverviewLabel)} aria-valuemin="0"
            aria-valuemax={props.end.0.to_string()} {onpointerdown} {onpointermove}
            onpointerup={drop.clone()} onpointercancel={drop}>
            <rect class="overview-ground" width={props.width.to_string()}
                height={HEIGHT.to_string()} />
            { props.children.clone() }
            <rect class="overview-future" y={(TOP - 9.0).to_string()} height="30" />
            <g class="overview-cursor">
                <path class="overview-now" d="M0 4v41" />
                <path class="overview-head" d="M-6 0h12v5l-6 6-6-6z" />
            </g>
        </svg>
    }
}

/// Lets the line, the veil over the future and the slider's value follow the frames.
#[hook]
fn use_cursor(longest: Instant, width: f64) -> NodeRef {
    let node = use_node_ref();
    let text = use_text();
    let frames = use_frames();
    {
        let node = node.clone();
        use_effect_with((frames, longest, width.to_bits()), move |(frames, longest, _)| {
            let slider = node.cast::<Element>().expect("the hook's element is rendered");
            let find = |class| slider.query_selector(class).ok().flatten();
            let (line, veil) = (find(".overview-cursor"), find(".overview-future"));
            let longest = *longest;
            let following = frames.follow(move |now| {
                let x = MARGIN + OverviewView::share(now, longest) * (width - MARGIN * 2.0);
                let end = width - MARGIN;
                let said = Phrase::new(Key::TimeAt).with("now", now).with("end", longest);
                let set = |element: &Option<Element>, name, value: String| {
                    if let Some(element) = element {
                        // It fails for malformed names only.
                        element.set_attribute(name, &value).ok();
                    }
                };
                set(&line, "transform", format!("translate({x:.1})"));
                set(&veil, "x", format!("{x:.1}"));
                set(&veil, "width", format!("{:.1}", (end - x).max(0.0)));
                let slider = Some(slider.clone());
                set(&slider, "aria-valuenow", now.0.to_string());
                set(&slider, "aria-valuetext", text.say(&said));
            });
            move || drop(following)
        });
    }
    node
}

/// The other branches, each below where it began.
fn draw_branches(view: &OverviewView, x: impl Fn(Instant) -> f64) -> Html {
    let branch = |(strip, row): (&BranchStrip, Option<u32>)| {
        let row = f64::from(row?);
        let (left, right) = (x(strip.parts.or(strip.from)?), x(strip.until));
        let top = BRANCHES + row * BRANCH_ROW;
        let (stem, height) = (TOP + BAND + 1.0, top + 2.0 - TOP - BAND - 1.0);
        Some(html! {
            <g key={strip.branch.0} class="overview-branch">
                <path d={format!("M{left:.1} {stem}v{height:.1}h5")} />
                <rect x={format!("{:.1}", left + 5.0)} y={format!("{top:.1}")} height="4" rx="2"
                    width={format!("{:.1}", (right - left - 5.0).max(3.0))} />
            </g>
        })
    };
    let rows = view.branch_rows();
    view.branches.iter().zip(rows).filter_map(branch).collect()
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
