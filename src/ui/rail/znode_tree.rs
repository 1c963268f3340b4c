//! The tree of znodes. Only the rows in sight are rendered, whatever the tree's size; the keys of a
//! tree move through it.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::view::{
    Forest, Outline, Square, SquareState, TreeStep, ZnodeRow, scroll_to, short_session, window,
};

use super::super::context::Language;
use super::super::hooks::{use_size, use_text};
use super::super::widgets::{Icon, IconName, epoch_attribute};

#[derive(Properties, PartialEq)]
pub struct ZnodeTreeProps {
    pub forest: Rc<Forest>,
    pub outline: Rc<Outline>,
    pub selected: Rc<str>,
    pub on_select: Callback<Rc<str>>,
    pub on_fold: Callback<(Rc<str>, bool)>,
}

/// A row's height in CSS pixels before any has been measured, at the usual font size.
const ROW: f64 = 28.0;

/// The tree, with a square for each replica.
#[component]
pub fn ZnodeTree(props: &ZnodeTreeProps) -> Html {
    let text = use_text();
    let node = use_node_ref();
    let size = use_size(&node, ());
    let total = props.outline.len();
    let row_height = row_height(&node, total, size.root);
    // The place of the first row: scrolling within a row renders nothing.
    let first = use_state_eq(|| 0_usize);
    let onscroll = {
        let first = first.clone();
        Callback::from(move |event: Event| {
            let list = event.target_unchecked_into::<HtmlElement>();
            first.set((f64::from(list.scroll_top()) / row_height) as usize);
        })
    };
    let selected = props.outline.find(&props.selected);
    {
        let node = node.clone();
        use_effect_with((props.selected.clone(), selected), move |(_, selected)| {
            let (Some(index), Some(list)) = (*selected, node.cast::<HtmlElement>()) else { return };
            let (top, height) = (f64::from(list.scroll_top()), f64::from(list.client_height()));
            if let Some(top) = scroll_to(index, top, height, row_height) {
                list.set_scroll_top(top.ceil() as i32);
            }
        });
    }
    let onkeydown = keys(props, selected);
    let scrolled = *first as f64 * row_height;
    let shown = window(scrolled, size.height.max(row_height), row_height, total);
    // It is named only while it is there.
    let active = selected.filter(|index| shown.contains(index));
    let rows = props.outline.rows(&props.forest, shown);
    let row = |row: ZnodeRow| {
        let (key, chosen) = (row.path.to_string(), Some(row.index) == selected);
        html! {
            <Row {key} {chosen} {row}
                on_select={props.on_select.clone()} on_fold={props.on_fold.clone()} />
        }
    };
    html! {
        <>
            { head(&text, &props.forest) }
            <div class="znode-tree" ref={node} role="tree" tabindex="0"
                data-count={total.to_string()}
                aria-label={text.get(Key::DataTree)} {onscroll} {onkeydown}
                aria-activedescendant={active.map(|index| format!("znode-{index}"))}>
                <div class="znode-rows" role="presentation" style={format!("--rows:{total}")}>
                    { for rows.into_iter().map(row) }
                </div>
            </div>
        </>
    }
}

/// Measured off all rows together, since fingers get higher ones.
fn row_height(node: &NodeRef, total: usize, root: f64) -> f64 {
    let measured = node.cast::<HtmlElement>().and_then(|list| {
        let rows = list.first_element_child()?.get_bounding_client_rect().height();
        let count = list.get_attribute("data-count")?.parse::<f64>().ok()?;
        (rows > 0.0 && count > 0.0).then(|| rows / count)
    });
    debug_assert!(total > 0 || measured.is_none());
    measured.unwrap_or(ROW * root.max(1.0))
}

fn keys(props: &ZnodeTreeProps, selected: Option<usize>) -> Callback<KeyboardEvent> {
    let (outline, forest) = (props.outline.clone(), props.forest.clone());
    let (on_select, on_fold) = (props.on_select.clone(), props.on_fold.clone());
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key() {
            return;
        }
        let key = event.key();
        if !matches!(
            key.as_str(),
            "ArrowDown" | "ArrowUp" | "ArrowLeft" | "ArrowRight" | "Home" | "End"
        ) {
            return;
        }
        // The arrows mean this tree even where there is nowhere to go.
        event.prevent_default();
        event.stop_propagation();
        match outline.step(&forest, selected.unwrap_or(0), &key) {
            Some(TreeStep::To(path)) => on_select.emit(path),
            Some(TreeStep::Fold(path, open)) => on_fold.emit((path, open)),
            None => {}
        }
    })
}

fn head(text: &Language, forest: &Forest) -> Html {
    let width = width(forest.servers.len());
    let numeral = |(index, server): (usize, &crate::view::ServerTree)| {
        html! { <text x={middle(index).to_string()} y="10">{ server.server.0 }</text> }
    };
    html! {
        <div class="znode-head" aria-hidden="true">
            <span>{ text.get(Key::DataZnode) }</span>
            <span>{ text.get(Key::DataVersion) }</span>
            <svg class="squares" viewBox={format!("0 0 {width} 12")}
                style={format!("--width:{width}")}>
                { for forest.servers.iter().enumerate().map(numeral) }
            </svg>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    row: ZnodeRow,
    chosen: bool,
    on_select: Callback<Rc<str>>,
    on_fold: Callback<(Rc<str>, bool)>,
}

/// A znode.
#[component]
fn Row(props: &RowProps) -> Html {
    let text = use_text();
    let row = &props.row;
    let onclick = props.on_select.reform({
        let path = row.path.clone();
        move |_: MouseEvent| path.clone()
    });
    let fold = row.open.map(|open| {
        let (path, on_fold) = (row.path.clone(), props.on_fold.clone());
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            on_fold.emit((path.clone(), !open));
        })
    });
    let owner = row.owner.map(|session| {
        let owner = short_session(session);
        text.say(&Phrase::new(Key::DataOwner).with("owner", owner))
    });
    let (place, count) = row.place;
    html! {
        <div id={format!("znode-{}", row.index)} class="znode-row" role="treeitem"
            aria-level={row.level.to_string()} aria-posinset={place.to_string()}
            aria-setsize={count.to_string()} aria-selected={props.chosen.to_string()}
            aria-expanded={row.open.map(|open| open.to_string())}
            data-differs={row.differs.to_string()} data-fresh={row.fresh.to_string()}
            style={format!("--index:{};--level:{}", row.index, row.level)} {onclick}
            ondblclick={fold.clone()}>
            <span class="znode-name" title={row.path.to_string()}>
                <span class="znode-twist" data-open={row.open.map(|open| open.to_string())}
                    onclick={fold}>
                    if row.open.is_some() {
                        <Icon name={IconName::Down} />
                    }
                </span>
                <span class="znode-label">{ &*row.name }</span>
                if row.fresh {
                    <span class="fresh-mark" />
                }
                if let Some(owner) = owner {
                    <span class="znode-tag">{ owner }</span>
                }
            </span>
            <span class="znode-version">{ row.version }</span>
            <Squares squares={row.squares.clone()} differs={row.differs} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct SquaresProps {
    squares: Vec<Square>,
    differs: bool,
}

/// A square for each replica; where they differ they say so.
#[component]
fn Squares(props: &SquaresProps) -> Html {
    let text = use_text();
    let width = width(props.squares.len());
    let spoken = props.differs.then(|| text.list(props.squares.iter().map(Square::spoken)));
    html! {
        <svg class="squares" viewBox={format!("0 0 {width} 12")} style={format!("--width:{width}")}
            role={spoken.is_some().then_some("img")} aria-label={spoken.clone()}
            aria-hidden={spoken.is_none().then_some("true")}>
            { for props.squares.iter().enumerate().map(square) }
        </svg>
    }
}

fn square((index, square): (usize, &Square)) -> Html {
    let epoch = square.state.epoch().and_then(epoch_attribute);
    let half = if square.state == SquareState::Older { 3.0 } else { 5.0 };
    let middle = middle(index);
    html! {
        <g class="square" data-state={square.state.name()} data-epoch={epoch}>
            <rect x={(middle - half).to_string()} y={(6.0 - half).to_string()}
                width={(half * 2.0).to_string()} height={(half * 2.0).to_string()} />
            if matches!(square.state, SquareState::Deleted(_)) {
                <path d={format!("M{} 11l10 -10", middle - 5.0)} />
            }
            if square.fresh {
                <circle class="square-fresh" cx={middle.to_string()} cy="6" r="2" />
            }
        </g>
    }
}

/// The pitch of the squares.
const PITCH: f64 = 15.0;

fn width(count: usize) -> f64 {
    count as f64 * PITCH
}

fn middle(index: usize) -> f64 {
    (index as f64 + 0.5) * PITCH
}
