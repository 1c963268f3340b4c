//! The tab "Data": the trees of all servers as one, the selected znode, the sessions.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::types::ServerId;
use crate::view::{
    DataForm, Folds, Forest, SessionsView, differing_paths, outline, tree_lag, znode_detail,
};

use super::super::hooks::use_text;
use super::super::widgets::{Icon, IconName, ZxidText};
use super::sessions::Sessions;
use super::znode::Znode;
use super::znode_tree::ZnodeTree;

/// What the person has chosen here. It outlives the tab.
#[derive(Clone, PartialEq, Default)]
pub struct DataChoice {
    /// The one server whose tree is looked at; else all.
    pub only: Option<ServerId>,
    /// What is opened and closed.
    pub folds: Folds,
    /// The selected znode.
    pub path: Option<Rc<str>>,
    /// How data are written.
    pub form: DataForm,
}

#[derive(Properties, PartialEq)]
pub struct DataPanelProps {
    pub forest: Rc<Forest>,
    pub sessions: Rc<SessionsView>,
    pub choice: DataChoice,
    pub on_choose: Callback<DataChoice>,
}

/// So many differing znodes are opened at once.
const DIFFERING_MAX: usize = 200;

/// The panel.
#[component]
pub fn DataPanel(props: &DataPanelProps) -> Html {
    let text = use_text();
    let DataPanelProps { forest, choice, on_choose, .. } = props;
    let outline = use_memo((forest.clone(), choice.only, choice.folds.clone()), |seen| {
        let (forest, only, folds) = seen;
        Rc::new(outline(forest, *only, folds))
    });
    let path = choice.path.clone().unwrap_or_else(|| "/".into());
    let detail = znode_detail(forest, &path, choice.only, choice.form).map(Rc::new);
    let on_select = on_choose.reform({
        let choice = choice.clone();
        move |path| DataChoice { path: Some(path), ..choice.clone() }
    });
    let on_fold = on_choose.reform({
        let choice = choice.clone();
        move |(path, open): (Rc<str>, bool)| {
            let mut choice = choice.clone();
            choice.folds.set(&path, open);
            choice
        }
    });
    let on_form = on_choose.reform({
        let choice = choice.clone();
        move |form| DataChoice { form, ..choice.clone() }
    });
    html! {
        <div class="data">
            <DataHead forest={forest.clone()} choice={choice.clone()}
                on_choose={on_choose.clone()} />
            <div class="data-why">
                { for tree_lag(forest).iter().map(|phrase| html! { <p>{ text.say(phrase) }</p> }) }
                { last_change(&text, forest) }
            </div>
            if !outline.is_empty() {
                <ZnodeTree forest={forest.clone()} outline={(*outline).clone()} selected={path}
                    {on_select} {on_fold} />
            }
            if let Some(detail) = detail {
                <Znode {detail} form={choice.form} {on_form} />
            } else {
                <p class="remark">{ text.get(Key::DataNone) }</p>
            }
            <Sessions sessions={props.sessions.clone()} />
        </div>
    }
}

fn last_change(text: &super::super::context::Language, forest: &Forest) -> Html {
    let Some(change) = forest.last_change else { return Html::default() };
    let phrase = Phrase::new(Key::DataLastChange).with("server", change.server);
    let (before, behind) = text.say_around(&phrase, "zxid");
    html! {
        <p class="data-last"><span class="fresh-mark" aria-hidden="true" />
            { before }<ZxidText zxid={change.zxid} />{ behind }</p>
    }
}

#[derive(Properties, PartialEq)]
struct DataHeadProps {
    forest: Rc<Forest>,
    choice: DataChoice,
    on_choose: Callback<DataChoice>,
}

/// Whose tree is looked at, and the way to what differs.
#[component]
fn DataHead(props: &DataHeadProps) -> Html {
    let text = use_text();
    let DataHeadProps { forest, choice, on_choose } = props;
    let onchange = {
        let (choice, on_choose) = (choice.clone(), on_choose.clone());
        Callback::from(move |event: Event| {
            let select = event.target_unchecked_into::<HtmlSelectElement>();
            let only = select.value().parse().ok().map(ServerId);
            on_choose.emit(DataChoice { only, ..choice.clone() });
        })
    };
    let show_differing = {
        let (choice, on_choose, forest) = (choice.clone(), on_choose.clone(), forest.clone());
        Callback::from(move |_: MouseEvent| {
            let paths = differing_paths(&forest, DIFFERING_MAX);
            let mut choice = DataChoice { only: None, ..choice.clone() };
            paths.iter().for_each(|path| choice.folds.reveal(path));
            // The deepest says most: its parents differ because of it.
            choice.path = paths.into_iter().max_by_key(|path| path.matches('/').count());
            on_choose.emit(choice);
        })
    };
    let option = |server: ServerId| {
        html! {
            <option value={server.0.to_string()} selected={choice.only == Some(server)}>
                { server.to_string() }
            </option>
        }
    };
    html! {
        <div class="data-head">
            <label>
                <span>{ text.get(Key::DataServer) }</span>
                <select {onchange}>
                    <option value="" selected={choice.only.is_none()}>
                        { text.get(Key::DataAll) }
                    </option>
                    { for forest.servers.iter().map(|server| option(server.server)) }
                </select>
                <Icon name={IconName::Down} />
            </label>
            if forest.variants().len() > 1 {
                <button class="link" type="button" onclick={show_differing}>
                    { text.get(Key::DataDiffers) }
                </button>
            }
        </div>
    }
}
