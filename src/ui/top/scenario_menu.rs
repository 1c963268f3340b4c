//! The scenario menu: which story, how many servers, which seed.

use std::rc::Rc;

use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::view::{PresetChoice, ScenarioView};

use super::super::Intent;
use super::super::hooks::{Menu, use_dispatch, use_menu, use_text};
use super::super::widgets::{Icon, IconName};

#[derive(Properties, PartialEq)]
pub struct ScenarioMenuProps {
    pub scenario: Rc<ScenarioView>,
}

/// A button that opens the menu.
#[component]
pub fn ScenarioMenu(props: &ScenarioMenuProps) -> Html {
    let text = use_text();
    let Menu { open, button, toggle, close, onkeydown } = use_menu();
    html! {
        <div class="scenario" {onkeydown}>
            <button class="button bare" type="button" ref={button} aria-haspopup="dialog"
                aria-expanded={open.to_string()} onclick={toggle}>
                <span>{ text.say(&props.scenario.title) }</span><Icon name={IconName::Down} />
            </button>
            if open {
                <ScenarioForm scenario={props.scenario.clone()} {close} />
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ScenarioFormProps {
    scenario: Rc<ScenarioView>,
    close: Callback<()>,
}

/// So many servers can be chosen.
const SERVERS: std::ops::RangeInclusive<u8> = 1..=9;

/// What is chosen, until it is started.
#[component]
fn ScenarioForm(props: &ScenarioFormProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let scenario = &props.scenario;
    let preset = use_state_eq(|| scenario.preset);
    let (servers, seed) = (use_node_ref(), use_node_ref());
    let form = use_node_ref();
    {
        let form = form.clone();
        use_effect_with((), move |()| {
            // The menu is a small dialog: the focus goes in with it.
            let first = form
                .cast::<HtmlElement>()
                .and_then(|form| form.query_selector("input:checked").ok().flatten());
            if let Some(first) = first {
                use wasm_bindgen::JsCast;
                first.unchecked_into::<HtmlElement>().focus().ok();
            }
        });
    }
    let onsubmit = {
        let (preset, servers, seed) = (preset.clone(), servers.clone(), seed.clone());
        let (model, close) = (dispatch.model.clone(), props.close.clone());
        let old = scenario.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let servers = servers.cast::<HtmlSelectElement>().map(|select| select.value());
            let seed = seed.cast::<HtmlInputElement>().map(|input| input.value());
            let number = |value: Option<String>| value.and_then(|value| value.trim().parse().ok());
            model.emit(Intent::Start {
                preset: *preset,
                servers: number(servers).map_or(old.servers, |count: u64| count as u8),
                seed: number(seed).unwrap_or(old.seed),
            });
            close.emit(());
        })
    };
    let size = |count: u8| {
        html! {
            <option value={count.to_string()} selected={count == scenario.servers}>
                { count }
            </option>
        }
    };
    html! {
        <div class="scenario-menu" role="dialog" aria-label={text.get(Key::ScenarioMenu)}>
        <form class="scenario-form" ref={form} {onsubmit}>
            <fieldset>
                <legend>{ text.get(Key::ScenarioPresets) }</legend>
                { for scenario.presets.iter().map(|choice| preset_choice(choice, &preset, &text)) }
            </fieldset>
            <fieldset class="scenario-museum">
                <legend>{ text.get(Key::Museum) }</legend>
                { for scenario.museum.iter().map(|choice| preset_choice(choice, &preset, &text)) }
            </fieldset>
            <div class="scenario-row">
                <label>
                    <span>{ text.get(Key::ScenarioServers) }</span>
                    <select ref={servers}>{ for SERVERS.map(size) }</select>
                </label>
                <label>
                    <span>{ text.get(Key::ScenarioSeed) }</span>
                    <input ref={seed} type="text" inputmode="numeric" pattern="[0-9]{1,19}"
                        autocomplete="off" value={scenario.seed.to_string()} />
                </label>
                <button class="button ink" type="submit">{ text.get(Key::ScenarioStart) }</button>
            </div>
            <p>{ text.get(Key::ScenarioSeedHint) }</p>
        </form>
        </div>
    }
}

fn preset_choice(
    choice: &PresetChoice,
    preset: &UseStateHandle<&'static str>,
    text: &super::super::context::Language,
) -> Html {
    let onchange = {
        let (preset, name) = (preset.clone(), choice.name);
        Callback::from(move |_: Event| preset.set(name))
    };
    html! {
        <label key={choice.name} class="scenario-preset">
            <input type="radio" name="preset" value={choice.name}
                checked={**preset == choice.name} {onchange} />
            <span>
                <b>{ text.get(choice.title) }</b>
                <small>{ text.say(&Phrase::new(choice.about)) }</small>
            </span>
        </label>
    }
}
