//! A zxid, its epoch in its hue: `3·9`.

use yew::prelude::*;

use crate::types::{Epoch, Zxid};

use super::{epoch_attribute, epoch_color};

#[derive(Properties, PartialEq)]
pub struct ZxidProps {
    pub zxid: Zxid,
}

/// A zxid in running text.
#[component]
pub fn ZxidText(props: &ZxidProps) -> Html {
    let Zxid { epoch, counter } = props.zxid;
    html! {
        <span class="zxid" data-epoch={epoch_attribute(epoch)}>
            <span class="zxid-epoch">{ epoch.0 }{ "·" }</span>{ counter }
        </span>
    }
}

/// A zxid inside an SVG text.
#[component]
pub fn ZxidTspans(props: &ZxidProps) -> Html {
    let Zxid { epoch, counter } = props.zxid;
    html! {
        <>
            <tspan style={format!("fill:{}", epoch_color(epoch))}>{ epoch.0 }{ "·" }</tspan>
            <tspan>{ counter }</tspan>
        </>
    }
}

#[derive(Properties, PartialEq)]
pub struct EpochTextProps {
    pub epoch: Epoch,
}

/// An epoch's number in its hue.
#[component]
pub fn EpochText(props: &EpochTextProps) -> Html {
    html! {
        <span class="zxid" data-epoch={epoch_attribute(props.epoch)}>
            <span class="zxid-epoch">{ props.epoch.0 }</span>
        </span>
    }
}
