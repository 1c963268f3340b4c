//! The space–time diagram: the magnified window of the history. Everything that is drawn, the axis
//! and the ink line too, is painted on one canvas: while time runs all of it moves with every
//! frame, and no component is rendered for that. What the pointer is on is told beside it.

mod download;
mod head;
mod look;
mod painter;
mod plot;
mod pointer;

use std::rc::Rc;

use yew::prelude::*;

use crate::text::Key;
use crate::view::spacetime::{SpacetimeView, SvgFrame, Tokens, svg};

use super::super::Theme;
use super::super::hooks::{use_frames, use_size, use_text};
use download::{download, download_text};
use head::Head;
use look::Look;
use painter::Painter;
use plot::Plot;

#[derive(Properties, PartialEq)]
pub struct SpacetimeProps {
    pub view: Rc<SpacetimeView>,
    pub theme: Theme,
    pub playing: bool,
    /// Shows the event list in its place.
    pub on_events: Callback<MouseEvent>,
}

/// The diagram with its head.
#[component]
pub fn Spacetime(props: &SpacetimeProps) -> Html {
    let text = use_text();
    let frames = use_frames();
    let node = use_node_ref();
    let size = use_size(&node, props.theme);
    let look = use_reducer(Look::default);
    let painter = use_mut_ref(|| None::<Rc<Painter>>);
    let on_svg = {
        let (view, theme, look, frames) =
            (props.view.clone(), props.theme, look.clone(), frames.clone());
        let playing = props.playing;
        Callback::from(move |_: MouseEvent| {
            let Some(tokens) = Tokens::of(theme.name()) else { return };
            let frame = SvgFrame::default();
            let window = look.window(&view, frames.now(), frame.width, playing);
            let frame = SvgFrame { window: Some(window), folds: look.folds, ..frame };
            let picture = svg(&view, frames.now(), &look.filter, frame, &tokens);
            download_text("zabscope.svg", "image/svg+xml", &picture);
        })
    };
    let on_png = {
        let painter = painter.clone();
        Callback::from(move |_: MouseEvent| {
            let picture = painter.borrow().as_ref().and_then(|painter| painter.png());
            if let Some(picture) = picture {
                download("zabscope.png", &picture);
            }
        })
    };
    let width = pixels(size.width, size.root);
    let height = pixels(size.height, size.root);
    html! {
        <div class="dock-panel spacetime">
            <Head view={props.view.clone()} look={look.clone()} {on_svg} {on_png}
                on_events={props.on_events.clone()} />
            <div class="spacetime-place" ref={node} role="group"
                aria-label={text.get(Key::Spacetime)}>
                if width > 0 && height > 0 {
                    <Plot view={props.view.clone()} {look} {size} {width} {height}
                        theme={props.theme} playing={props.playing} {painter} />
                }
            </div>
        </div>
    }
}

/// A length in pixels of the diagram, which grow with the root font.
fn pixels(length: f64, root: f64) -> u32 {
    if root > 0.0 { (length / root).floor().max(0.0) as u32 } else { 0 }
}
