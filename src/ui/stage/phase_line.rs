//! The phase line: four stations, and the numerals of the servers at each.

use yew::prelude::*;

use crate::text::{Arg, Key, Phrase};
use crate::view::{PhasesView, Station, Traveller};
use crate::zab::RoleName;

use super::super::hooks::use_text;
use super::super::widgets::epoch_attribute;

#[derive(Properties, PartialEq)]
pub struct PhaseLineProps {
    pub phases: PhasesView,
}

/// Where on their way to broadcast the servers are.
#[component]
pub fn PhaseLine(props: &PhaseLineProps) -> Html {
    let text = use_text();
    let stations = &props.phases.stations;
    let busy = |station: &Station| !station.travellers.is_empty();
    let from = stations.iter().position(busy);
    let until = stations.iter().rposition(busy);
    let span = from.zip(until).filter(|(from, until)| from < until).map(|(from, until)| {
        let style = format!("--from:{from};--until:{until}");
        html! { <span class="phase-line-span" {style} aria-hidden="true" /> }
    });
    let station = |station: &Station| {
        let name = text.get(station.name);
        let spoken = busy(station).then(|| {
            let servers: Arg =
                station.travellers.iter().map(|traveller| traveller.server).collect();
            let phrase = Phrase::new(Key::PhaseLineStation).with("servers", servers);
            text.say(&phrase.with("station", station.name))
        });
        html! {
            <li class="phase-line-station" data-busy={busy(station).to_string()}>
                <span class="phase-line-stop" aria-hidden="true" />
                <span aria-hidden="true">{ &name }</span>
                <span class="phase-line-servers" aria-hidden="true">
                    { for station.travellers.iter().map(numeral) }
                </span>
                <span class="visually-hidden">{ spoken.unwrap_or(name) }</span>
            </li>
        }
    };
    html! {
        <ol class="phase-line" aria-label={text.get(Key::PhaseLine)}>
            if let Some(span) = span {
                <li class="phase-line-track" aria-hidden="true">{ span }</li>
            }
            { for stations.iter().map(station) }
        </ol>
    }
}

fn numeral(traveller: &Traveller) -> Html {
    let role = match traveller.role {
        RoleName::Leading => "leading",
        RoleName::Following => "following",
        RoleName::Observing => "observing",
        RoleName::Looking => "looking",
    };
    html! {
        <b data-role={role} data-epoch={epoch_attribute(traveller.epoch)}>{ traveller.server.0 }</b>
    }
}
