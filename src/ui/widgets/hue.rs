//! From epochs and paints to the tokens that colour them.

use yew::AttrValue;

use crate::types::Epoch;
use crate::view::{Paint, hue};

/// The value of `data-epoch`, which sets `--epoch` and `--epoch-wash` for what is inside.
pub fn epoch_attribute(epoch: Epoch) -> Option<AttrValue> {
    hue(epoch).map(|hue| AttrValue::from(hue.to_string()))
}

/// The colour of an epoch.
pub fn epoch_color(epoch: Epoch) -> AttrValue {
    match hue(epoch) {
        Some(hue) => AttrValue::from(format!("var(--e{hue})")),
        None => AttrValue::Static("var(--ink-3)"),
    }
}

/// The ground colour of an epoch.
pub fn epoch_wash(epoch: Option<Epoch>) -> AttrValue {
    match epoch.and_then(hue) {
        Some(hue) => AttrValue::from(format!("var(--e{hue}-wash)")),
        None => AttrValue::Static("var(--sunken)"),
    }
}

/// The token of a paint, where `--epoch` is set.
pub const fn paint_color(paint: Paint) -> &'static str {
    match paint {
        Paint::None => "none",
        Paint::Epoch => "var(--epoch)",
        Paint::OnEpoch => "var(--on-epoch)",
        Paint::Surface => "var(--surface)",
        Paint::Ink => "var(--ink)",
        Paint::OnInk => "var(--on-ink)",
        Paint::Look => "var(--look)",
        Paint::LookLine => "var(--look-outline)",
        Paint::OnLook => "var(--on-look)",
        Paint::Faint => "var(--rule-strong)",
        Paint::Hatch => "url(#hatch)",
    }
}
