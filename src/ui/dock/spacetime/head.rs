//! The diagram's head: its name, what is shown, how much of it, and the picture as a file.

use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::ensemble::Endpoint;
use crate::text::Key;
use crate::types::Zxid;
use crate::view::spacetime::{Filter, Group, SpacetimeView};
use crate::viewer::MarkKind;

use super::super::super::hooks::{use_frames, use_text};
use super::look::{Look, Turn};

#[derive(Properties)]
pub struct HeadProps {
    pub view: Rc<SpacetimeView>,
    pub look: UseReducerHandle<Look>,
    pub on_svg: Callback<MouseEvent>,
    pub on_png: Callback<MouseEvent>,
    pub on_events: Callback<MouseEvent>,
}

/// What the head says of the view: which lanes there are. The rest it asks for when it is opened.
impl PartialEq for HeadProps {
    fn eq(&self, other: &HeadProps) -> bool {
        let lanes = |props: &HeadProps| props.view.index.lanes().count();
        self.look == other.look
            && lanes(self) == lanes(other)
            && (self.view.index.end().0 >> 16) == (other.view.index.end().0 >> 16)
            && self.on_svg == other.on_svg
            && self.on_events == other.on_events
    }
}

/// File formats have the same name in every language.
const SVG: &str = "SVG";
const PNG: &str = "PNG";

/// The head.
#[component]
pub fn Head(props: &HeadProps) -> Html {
    let text = use_text();
    let look = &props.look;
    let follow = {
        let look = look.clone();
        Callback::from(move |_: MouseEvent| look.dispatch(Turn::Follow))
    };
    html! {
        <div class="panel-head spacetime-head">
            <h2>{ text.get(Key::Spacetime) }</h2>
            <button class="spacetime-act" type="button" onclick={props.on_events.clone()}>
                { text.get(Key::Events) }
            </button>
            { switch(look, Group::Pings, text.get(Key::SpacetimePings)) }
            <details class="spacetime-menu">
                <summary>{ text.get(Key::SpacetimeFilter) }</summary>
                <div class="spacetime-choices">
                    { for Group::ALL.iter().filter(|group| **group != Group::Pings).map(|&group| {
                        switch(look, group, text.get(name_of(group)))
                    }) }
                    { folding(look, text.get(Key::SpacetimeFold)) }
                    <Choices view={props.view.clone()} look={look.clone()} />
                </div>
            </details>
            <span class="spacetime-span">{ look.span_rounded().to_string() }</span>
            if look.from.is_some() {
                <button class="spacetime-act" type="button" onclick={follow}>
                    { text.get(Key::SpacetimeFollow) }
                </button>
            }
            <button class="spacetime-act" type="button" title={text.get(Key::SpacetimeSvg)}
                onclick={props.on_svg.clone()}>{ SVG }</button>
            <button class="spacetime-act" type="button" title={text.get(Key::SpacetimePng)}
                onclick={props.on_png.clone()}>{ PNG }</button>
        </div>
    }
}

const fn name_of(group: Group) -> Key {
    match group {
        Group::Election => Key::StationElection,
        Group::Recovery => Key::SpacetimeRecovery,
        Group::Broadcast => Key::StationBroadcast,
        Group::Clients => Key::SpacetimeClients,
        Group::Pings => Key::SpacetimePings,
    }
}

fn switch(look: &UseReducerHandle<Look>, group: Group, name: String) -> Html {
    let onchange = {
        let look = look.clone();
        Callback::from(move |event: Event| {
            let shown = event.target_unchecked_into::<HtmlInputElement>().checked();
            look.dispatch(Turn::Filter(look.filter.with(group, shown)));
        })
    };
    html! {
        <label class="spacetime-switch">
            <input type="checkbox" checked={look.filter.has(group)} {onchange} />{ name }
        </label>
    }
}

fn folding(look: &UseReducerHandle<Look>, name: String) -> Html {
    let onchange = {
        let look = look.clone();
        Callback::from(move |event: Event| {
            let folds = event.target_unchecked_into::<HtmlInputElement>().checked();
            look.dispatch(Turn::Fold(folds));
        })
    };
    html! {
        <label class="spacetime-switch">
            <input type="checkbox" checked={look.folds} {onchange} />{ name }
        </label>
    }
}

#[derive(Properties)]
struct ChoicesProps {
    view: Rc<SpacetimeView>,
    look: UseReducerHandle<Look>,
}

impl PartialEq for ChoicesProps {
    fn eq(&self, other: &ChoicesProps) -> bool {
        self.view == other.view && self.look == other.look
    }
}

/// So many transactions can be chosen from: the newest.
const TRANSACTIONS: usize = 40;

/// One server or client, one transaction.
#[component]
fn Choices(props: &ChoicesProps) -> Html {
    let text = use_text();
    let frames = use_frames();
    let look = &props.look;
    let ends: Vec<Endpoint> = props.view.index.lanes().map(|(end, _)| end).collect();
    let zxids = recent(&props.view, frames.now());
    let by_end = {
        let (look, ends) = (look.clone(), ends.clone());
        Callback::from(move |event: Event| {
            let end = chosen(&event).and_then(|place| ends.get(place).copied());
            look.dispatch(Turn::Filter(Filter { end, ..look.filter.clone() }));
        })
    };
    let by_zxid = {
        let (look, zxids) = (look.clone(), zxids.clone());
        Callback::from(move |event: Event| {
            let zxid = chosen(&event).and_then(|place| zxids.get(place).copied());
            look.dispatch(Turn::Filter(Filter { zxid, ..look.filter.clone() }));
        })
    };
    let end = |end: &Endpoint| {
        html! { <option selected={look.filter.end == Some(*end)}>{ end.to_string() }</option> }
    };
    let zxid = |zxid: &Zxid| {
        html! { <option selected={look.filter.zxid == Some(*zxid)}>{ zxid.to_string() }</option> }
    };
    let all = text.get(Key::SpacetimeAll);
    html! {
        <>
            <label class="spacetime-choice">
                { text.get(Key::SpacetimeEnd) }
                <select onchange={by_end}>
                    <option selected={look.filter.end.is_none()}>{ all.clone() }</option>
                    { for ends.iter().map(end) }
                </select>
            </label>
            <label class="spacetime-choice">
                { text.get(Key::SpacetimeTransaction) }
                <select onchange={by_zxid}>
                    <option selected={look.filter.zxid.is_none()}>{ all }</option>
                    { for zxids.iter().map(zxid) }
                </select>
            </label>
        </>
    }
}

/// Which option behind the first one was chosen.
fn chosen(event: &Event) -> Option<usize> {
    let list = event.target_unchecked_into::<HtmlSelectElement>();
    usize::try_from(list.selected_index()).ok()?.checked_sub(1)
}

/// The transactions that were committed last, the newest first.
fn recent(view: &SpacetimeView, now: crate::types::Instant) -> Vec<Zxid> {
    let lanes = view.index.lanes();
    let marks = lanes.flat_map(|(_, lane)| lane.newest_marks(now, TRANSACTIONS * 4));
    let mut zxids: Vec<Zxid> = marks
        .filter_map(|mark| match mark.kind {
            MarkKind::Committed(zxid) => Some(zxid),
            _ => None,
        })
        .collect();
    zxids.sort_unstable_by(|one, other| other.cmp(one));
    zxids.dedup();
    zxids.truncate(TRANSACTIONS);
    zxids
}
