//! The selected znode: Stat side by side, ACL, data, watches.

use std::rc::Rc;

use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::types::ServerId;
use crate::view::{DataForm, DetailRow, WatchRow, ZnodeDetail};

use super::super::hooks::use_text;
use super::inspector::{label, value};

#[derive(Properties, PartialEq)]
pub struct ZnodeProps {
    pub detail: Rc<ZnodeDetail>,
    pub form: DataForm,
    pub on_form: Callback<DataForm>,
}

/// What is known of it.
#[component]
pub fn Znode(props: &ZnodeProps) -> Html {
    let text = use_text();
    let detail = &props.detail;
    let head = |servers: &Vec<ServerId>| {
        let names: Vec<_> = servers.iter().map(ServerId::to_string).collect();
        html! { <th scope="col">{ names.join(" ") }</th> }
    };
    let row = |row: &DetailRow| {
        html! {
            <tr data-differs={row.differs.to_string()}>
                <th scope="row">{ label(&text, &row.label) }</th>
                { for row.cells.iter().map(|cell| html! { <td>{ value(&text, cell) }</td> }) }
            </tr>
        }
    };
    let title = text.say(&Phrase::new(Key::ZnodeStat).with("path", &*detail.path));
    html! {
        <section class="znode" aria-label={title.clone()}>
            <div class="znode-title">
                <h2>{ &*detail.path }</h2>
                <FormSwitch form={props.form} on_form={props.on_form.clone()} />
            </div>
            if let Some(why) = &detail.why {
                <p class="znode-why">{ text.say(why) }</p>
            }
            <div class="znode-scroll" tabindex="0" role="group" aria-label={title}>
                <table class="stat">
                    <thead><tr><td />{ for detail.columns.iter().map(head) }</tr></thead>
                    <tbody>{ for detail.rows.iter().map(row) }</tbody>
                </table>
            </div>
            <h3>{ text.get(Key::ZnodeWatches) }</h3>
            if detail.watches.is_empty() {
                <p class="znode-none">{ text.get(Key::ZnodeWatchesNone) }</p>
            } else {
                <ul class="watches">{ for detail.watches.iter().map(|row| watch(&text, row)) }</ul>
            }
        </section>
    }
}

fn watch(text: &super::super::context::Language, row: &WatchRow) -> Html {
    let phrase = Phrase::new(Key::ZnodeWatch)
        .with("who", &*row.who)
        .with("server", row.server)
        .with("what", row.what.clone());
    html! { <li>{ text.say(&phrase) }</li> }
}

#[derive(Properties, PartialEq)]
struct FormSwitchProps {
    form: DataForm,
    on_form: Callback<DataForm>,
}

/// Text or hexadecimal digits.
#[component]
fn FormSwitch(props: &FormSwitchProps) -> Html {
    let text = use_text();
    let choice = |(form, key): (DataForm, Key)| {
        html! {
            <button type="button" aria-pressed={(props.form == form).to_string()}
                onclick={props.on_form.reform(move |_: MouseEvent| form)}>{ text.get(key) }</button>
        }
    };
    let forms = [(DataForm::Text, Key::DataFormText), (DataForm::Hex, Key::DataFormHex)];
    html! {
        <div class="segments" role="group" aria-label={text.get(Key::DataForm)}>
            { for forms.map(choice) }
        </div>
    }
}
